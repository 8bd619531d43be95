-- The session whose key an encrypted event takes: when a key arrives, only what it may open is tried again.
ALTER TABLE undecrypted ADD COLUMN session TEXT NOT NULL DEFAULT '';
UPDATE undecrypted SET session = coalesce(json_extract(json, '$.content.session_id'), '') WHERE json_valid(json);
CREATE INDEX undecrypted_session ON undecrypted (room, session);
CREATE INDEX undecrypted_since ON undecrypted (since);

-- How far the gap of each room behind the cursor has been filled: where the next page begins.
CREATE TABLE gap (
    room        TEXT PRIMARY KEY,
    token       TEXT NOT NULL
) STRICT;

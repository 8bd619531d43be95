-- The message with which a practice last asked somebody something in their direct room: what they say there without
-- pointing at anything answers it. One row a person; `at` is when it arrived (milliseconds).
CREATE TABLE floor (
    person      TEXT PRIMARY KEY,
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    key         TEXT,
    event       TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Whether a row asks the person to whom it goes something.
ALTER TABLE outbox ADD COLUMN asks INTEGER NOT NULL DEFAULT 0;

-- A message that was removed asks nothing any more.
CREATE TRIGGER taken_back AFTER DELETE ON message
BEGIN
    DELETE FROM floor WHERE event = old.event;
END;

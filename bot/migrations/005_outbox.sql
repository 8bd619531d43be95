-- How soon a row should be sent (0 answer, 1 prompt, 2 nudge, 3 housekeeping), to whom alone it goes, which row must be
-- gone before, when it is not to be sent any more (milliseconds), and whether a later one in its lane replaces it.
ALTER TABLE outbox ADD COLUMN importance INTEGER NOT NULL DEFAULT 1;
ALTER TABLE outbox ADD COLUMN person TEXT;
ALTER TABLE outbox ADD COLUMN after INTEGER;
ALTER TABLE outbox ADD COLUMN expires INTEGER;
ALTER TABLE outbox ADD COLUMN replaces INTEGER NOT NULL DEFAULT 0;
CREATE INDEX outbox_key ON outbox (community, practice, key) WHERE key IS NOT NULL;
CREATE INDEX outbox_person ON outbox (person) WHERE person IS NOT NULL;

-- Rows of the outbox that cannot be read, or whose sending fails in a way that it should not: the newest hundred, for
-- the operator to look at.
CREATE TABLE aside (
    id          INTEGER PRIMARY KEY,
    txn         TEXT NOT NULL,
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    person      TEXT,
    parcel      TEXT NOT NULL,
    vessel      TEXT,
    box         BLOB,
    why         TEXT NOT NULL
) STRICT;

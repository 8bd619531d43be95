-- Which vessels of sealed words have ended, and when (milliseconds): as this database did it (1), or as the folder `sealed`
-- says that a later copy of it did, of which practices are still to be told (0) or have been told (2). The vessel without
-- a name is any.
CREATE TABLE ended (
    vessel      TEXT NOT NULL,
    at          INTEGER NOT NULL,
    known       INTEGER NOT NULL,
    PRIMARY KEY (vessel, at)
) STRICT, WITHOUT ROWID;

-- The folder `sealed` that belongs to this database, and when the two were last seen together (milliseconds).
CREATE TABLE folder (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    id          TEXT NOT NULL,
    seen        INTEGER NOT NULL
) STRICT;

-- Any message of the bot's own that was seen in its room, for a while: where it is, if that is no direct room, and when
-- it was seen (milliseconds).
ALTER TABLE once ADD COLUMN room TEXT;
ALTER TABLE once ADD COLUMN event TEXT;
ALTER TABLE once ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

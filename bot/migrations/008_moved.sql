-- Rooms that were replaced by others, and since when. What pointed at the old one points at the new one.
CREATE TABLE moved (
    old         TEXT PRIMARY KEY,
    new         TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Rooms that were closed in favour of others which the bot is not in yet, since when, and whether leads were told.
CREATE TABLE closed (
    old         TEXT PRIMARY KEY,
    new         TEXT NOT NULL,
    at          INTEGER NOT NULL,
    told        INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

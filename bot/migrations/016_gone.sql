-- Who has left a room of a community and been in none of its rooms since, as far as was seen, and since when
-- (milliseconds).
CREATE TABLE gone (
    community   TEXT NOT NULL,
    person      TEXT NOT NULL,
    since       INTEGER NOT NULL,
    PRIMARY KEY (community, person)
) STRICT, WITHOUT ROWID;

-- Rooms that the bot is not in and of which something is remembered, and since when (milliseconds).
CREATE TABLE absent (
    room        TEXT PRIMARY KEY,
    since       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Who is in which room of a community, and since when (milliseconds); whether it was seen that they joined. It says whom
-- to ask, never what somebody may do.
CREATE TABLE member (
    room        TEXT NOT NULL,
    person      TEXT NOT NULL,
    community   TEXT NOT NULL,
    since       INTEGER NOT NULL,
    joined      INTEGER NOT NULL,
    PRIMARY KEY (room, person)
) STRICT, WITHOUT ROWID;

-- Keyed hashes of those who are in a room and have asked to be forgotten: they are not met there as if they were new.
CREATE TABLE nameless (
    room        TEXT NOT NULL,
    mark        TEXT NOT NULL,
    community   TEXT NOT NULL,
    PRIMARY KEY (room, mark)
) STRICT, WITHOUT ROWID;

-- Rooms that the bot is in and of which it is known that nobody else is there.
CREATE TABLE roster (
    room        TEXT PRIMARY KEY,
    community   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

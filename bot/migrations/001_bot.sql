-- The bot's own memory. Everything that one step of the bot decides is written in one transaction.

-- Where intake stands: the `since` of the next /sync. One row at most.
CREATE TABLE cursor (
    one         INTEGER PRIMARY KEY CHECK (one = 1),
    token       TEXT NOT NULL
) STRICT;

-- Rooms that the bot has seen itself join. `direct` is the person, where the room is theirs and the bot's alone.
CREATE TABLE room (
    room        TEXT PRIMARY KEY,
    direct      TEXT
) STRICT;

-- A person's one direct room.
CREATE TABLE direct (
    person      TEXT PRIMARY KEY,
    room        TEXT NOT NULL
) STRICT;

CREATE TABLE record (
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    key         TEXT NOT NULL,
    json        TEXT NOT NULL,
    PRIMARY KEY (community, practice, key)
) STRICT;

CREATE TABLE setting (
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    key         TEXT NOT NULL,
    value       TEXT NOT NULL,
    PRIMARY KEY (community, practice, key)
) STRICT;

-- Events that had consequences, so that they have them once.
CREATE TABLE handled (
    event       TEXT PRIMARY KEY,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- What waits to be sent, in the order of `id` within a lane. A row goes when the homeserver has it.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    txn         TEXT NOT NULL UNIQUE,
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    key         TEXT,
    lane        TEXT NOT NULL,
    parcel      TEXT NOT NULL,
    not_before  INTEGER NOT NULL DEFAULT 0,
    attempts    INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX outbox_lane ON outbox (lane, id);

-- Messages that practices named, and the events they became.
CREATE TABLE message (
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    key         TEXT NOT NULL,
    room        TEXT NOT NULL,
    event       TEXT NOT NULL,
    PRIMARY KEY (community, practice, key)
) STRICT;
CREATE INDEX message_event ON message (event);

-- Encrypted events whose key had not arrived.
CREATE TABLE undecrypted (
    event       TEXT PRIMARY KEY,
    room        TEXT NOT NULL,
    json        TEXT NOT NULL,
    since       INTEGER NOT NULL
) STRICT;

-- Nudges sent on a day, for the budget.
CREATE TABLE nudge (
    lane        TEXT NOT NULL,
    day         TEXT NOT NULL,
    sent        INTEGER NOT NULL,
    PRIMARY KEY (lane, day)
) STRICT;

-- Months that were reported, or given up.
CREATE TABLE report (
    community   TEXT NOT NULL,
    month       TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    PRIMARY KEY (community, month)
) STRICT;

-- How far back each room's past has been read: the next page's token, or NULL where the beginning was reached.
CREATE TABLE backfill (
    room        TEXT PRIMARY KEY,
    token       TEXT
) STRICT;

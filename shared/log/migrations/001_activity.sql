-- The activity log: who did what when, without a word of text.
-- People, rooms and events are dense integers, so that a reply points at a row and loading reads integers only.

CREATE TABLE community (
    id          INTEGER PRIMARY KEY,
    name        TEXT NOT NULL UNIQUE
) STRICT;

-- What one origin of rows can know: see `Capability`.
CREATE TABLE source (
    id           INTEGER PRIMARY KEY,
    community    INTEGER NOT NULL REFERENCES community(id),
    name         TEXT NOT NULL,
    capabilities TEXT NOT NULL,
    UNIQUE (community, name)
) STRICT;

CREATE TABLE room (
    id          INTEGER PRIMARY KEY,
    community   INTEGER NOT NULL REFERENCES community(id),
    external    TEXT NOT NULL,
    name        TEXT NOT NULL,
    UNIQUE (community, external)
) STRICT;

-- A keyed pseudonym (see `pseudonym`), never a user id.
CREATE TABLE person (
    id          INTEGER PRIMARY KEY,
    community   INTEGER NOT NULL REFERENCES community(id),
    pseudonym   BLOB NOT NULL,
    is_bot      INTEGER NOT NULL DEFAULT 0,
    opted_out   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (community, pseudonym)
) STRICT;

-- The dictionary of event ids: a keyed hash of each id that was written or pointed at.
CREATE TABLE event (
    id          INTEGER PRIMARY KEY,
    key         BLOB NOT NULL UNIQUE
) STRICT;

-- One row an act. `id` is the event's dense id, so `reply_to` and `thread` point at rows of this table (or at
-- an event that the log has not seen).
CREATE TABLE activity (
    id          INTEGER PRIMARY KEY,
    community   INTEGER NOT NULL,
    source      INTEGER NOT NULL,
    room        INTEGER NOT NULL,
    person      INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    ts          INTEGER NOT NULL,          -- milliseconds since 1970, UTC
    reply_to    INTEGER,
    thread      INTEGER,
    n_chars     INTEGER NOT NULL DEFAULT 0,
    mentions    INTEGER NOT NULL DEFAULT 0,
    value       INTEGER                    -- what the kind says it means
) STRICT;

-- One row. `erasure_epoch` grows with every erasure: a cache made under another epoch is stale.
CREATE TABLE state (
    erasure_epoch INTEGER NOT NULL
) STRICT;
INSERT INTO state VALUES (0);

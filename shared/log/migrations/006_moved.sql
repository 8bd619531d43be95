-- Acts that were taken back, by the events' numbers: an export from before must not bring them in again.
CREATE TABLE erased (
    event       INTEGER PRIMARY KEY
) STRICT;

-- Other ids of people: the keyed pseudonym of an id that somebody had elsewhere, and who they are here.
CREATE TABLE alias (
    id          INTEGER PRIMARY KEY,
    community   INTEGER NOT NULL REFERENCES community(id),
    pseudonym   BLOB NOT NULL,
    person      INTEGER NOT NULL REFERENCES person(id),
    UNIQUE (community, pseudonym)
) STRICT;

-- Which acts were done under another id, so that they can be given back. `act` is `activity.id`.
CREATE TABLE act_of_alias (
    act         INTEGER PRIMARY KEY,
    alias       INTEGER NOT NULL
) STRICT;
CREATE INDEX acts_of_alias ON act_of_alias (alias);

-- How far back the past of each room has been read into this log: where the next page begins, or NULL where the beginning
-- was reached. It lies with the rows that it is about, and is written with them. Readers of the log have no use for it.
CREATE TABLE backfill (
    community   INTEGER NOT NULL REFERENCES community(id),
    room        TEXT NOT NULL,
    token       TEXT,
    PRIMARY KEY (community, room)
) STRICT, WITHOUT ROWID;

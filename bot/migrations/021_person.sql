-- What somebody has said about themselves, for all communities: JSON.
CREATE TABLE person (
    person      TEXT PRIMARY KEY,
    json        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

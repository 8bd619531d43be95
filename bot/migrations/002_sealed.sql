-- What was told in confidence, encrypted with a key that lies in a file outside this database. `vessel` is that file's
-- name; `name` is a keyed hash of the record's key, so that neither key nor order says anything; `box` holds both, the
-- record's key and its value.
CREATE TABLE sealed (
    community   TEXT NOT NULL,
    practice    TEXT NOT NULL,
    vessel      TEXT NOT NULL,
    name        BLOB NOT NULL,
    box         BLOB NOT NULL,
    PRIMARY KEY (vessel, name)
) STRICT, WITHOUT ROWID;

-- A sealed parcel: `parcel` is empty, `box` holds it.
ALTER TABLE outbox ADD COLUMN vessel TEXT;
ALTER TABLE outbox ADD COLUMN box BLOB;

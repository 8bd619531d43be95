-- Commands of the last days, so that an edit of one is told from a link preview, and is answered once. `by` and `said`
-- are keyed hashes of who gave it and of its words; `edited` is 1 where the row is of an edit that was answered.
CREATE TABLE asked (
    event       TEXT NOT NULL,
    by          TEXT NOT NULL,
    said        TEXT NOT NULL,
    thread      TEXT,
    edited      INTEGER NOT NULL,
    at          INTEGER NOT NULL,
    PRIMARY KEY (event, by)
) STRICT, WITHOUT ROWID;
CREATE INDEX asked_at ON asked (at);

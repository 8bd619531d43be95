-- The names that a community gave to the themes of its retrospectives: short labels, published in the room by a
-- facilitator, so that a theme that comes back is known again. The only words in the log.
CREATE TABLE label (
    id          INTEGER PRIMARY KEY,
    community   INTEGER NOT NULL REFERENCES community(id),
    text        TEXT NOT NULL,
    UNIQUE (community, text)
) STRICT;

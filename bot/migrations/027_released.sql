-- Months that the worker has released, with the hash of the file where it said one. What is here is never made again, also
-- where its file is lost.
CREATE TABLE released (
    community   TEXT NOT NULL,
    month       TEXT NOT NULL,
    hash        TEXT,
    PRIMARY KEY (community, month)
) STRICT;

-- What was posted is released, and is not made anew after an erasure any more.
UPDATE report SET outcome = 'posted' WHERE outcome = 'stale';
INSERT INTO released (community, month) SELECT community, month FROM report WHERE outcome = 'posted';

-- Messages that are sent once ever and were seen in their rooms, by their transaction ids, which are keyed hashes. After
-- a restore of an older copy of this database they are not sent again.
CREATE TABLE once (
    id          INTEGER PRIMARY KEY,
    txn         TEXT NOT NULL UNIQUE
) STRICT;

-- Nudges that were sent, by their transaction ids: to whom (`person @ana:example.org`, or a room's id), and when
-- (milliseconds). Budgets of days and weeks are counted from it.
CREATE TABLE nudged (
    txn         TEXT PRIMARY KEY,
    whom        TEXT NOT NULL,
    at          INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX nudged_whom ON nudged (whom, at);

-- How many there were on a day was written for each lane. Noon of that day is in it in every zone.
INSERT INTO nudged
WITH RECURSIVE one(lane, day, number) AS (
    SELECT lane, day, sent FROM nudge WHERE sent > 0
    UNION ALL
    SELECT lane, day, number - 1 FROM one WHERE number > 1
)
SELECT 'before.' || lane || '.' || day || '.' || number, substr(lane, 7), strftime('%s', day || 'T12:00:00Z') * 1000
FROM one WHERE strftime('%s', day || 'T12:00:00Z') IS NOT NULL;
DROP TABLE nudge;

-- Where rows come from: a row a community, month, room and source.
--
-- rows: how many. early: whether some of them are in the month's first 72 hours (259,200,000 ms). last: the time of the
-- last one.
SELECT
    community,
    month,
    room,
    source,
    count(*) AS rows,
    min(ts - begin) < 259200000 AS early,
    max(ts) AS last
FROM acts
WHERE person IS NOT NULL
GROUP BY community, month, room, source

-- How far the log goes in a month: a row a community and month.
--
-- last: the time of the last act, be it a bot's or a heartbeat (82). beat: the time of the first heartbeat. beats: in how
-- many hours of UTC there was one.
SELECT
    community, month, max(ts) AS last,
    min(CASE WHEN kind = 82 THEN ts END) AS beat,
    count(DISTINCT CASE WHEN kind = 82 THEN floor(ts / 3600000.0) END) AS beats
FROM acts
GROUP BY community, month

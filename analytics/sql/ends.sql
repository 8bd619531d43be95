-- How far the log goes in a month: a row a community and month.
--
-- last: the time of the last act, be it a bot's or a heartbeat.
SELECT community, month, max(ts) AS last
FROM acts
GROUP BY community, month

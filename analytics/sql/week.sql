-- Who wrote when in the week: a row a community, month, hour (the local hour of the week, from 0 for Monday's first) and
-- person, with how many messages.
SELECT community, month, hour, person, count(*) AS messages
FROM acts
WHERE kind = 0 AND person IS NOT NULL
GROUP BY community, month, hour, person

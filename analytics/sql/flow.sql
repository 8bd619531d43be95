-- How the word passes on, and how messages follow each other: a row a community, month and room with a message, and one
-- more a month that has acts, with room null: all rooms together.
--
-- posters: people who wrote. steps: from one message to the next in a room. changes: those at which somebody else speaks.
-- gaps: between a message and the next, wherever that is. mean, deviation: of the gaps, in milliseconds; the deviation is
-- the population's, where there are two or more.
WITH messages AS (
    SELECT community, month, room, person, id, ts
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
steps AS (
    SELECT
        community,
        month,
        room,
        person,
        CAST(ts - lag(ts) OVER (PARTITION BY community, month, room ORDER BY ts, id) AS DOUBLE) AS gap,
        lag(person) OVER (PARTITION BY community, month, room ORDER BY ts, id) AS before_them
    FROM messages
),
by_room AS (
    SELECT
        community,
        month,
        room,
        count(DISTINCT person) AS posters,
        count(gap) AS steps,
        count(CASE WHEN before_them <> person THEN 1 END) AS changes,
        count(gap) AS gaps,
        avg(gap) AS mean,
        CASE WHEN count(gap) > 1 THEN stddev_pop(gap) END AS deviation
    FROM steps
    GROUP BY community, month, room
),
turns AS (
    SELECT community, month, CAST(sum(steps) AS BIGINT) AS steps, CAST(sum(changes) AS BIGINT) AS changes
    FROM by_room
    GROUP BY community, month
),
gaps AS (
    SELECT
        community,
        month,
        person,
        CAST(ts - lag(ts) OVER (PARTITION BY community, month ORDER BY ts, id) AS DOUBLE) AS gap
    FROM messages
),
everywhere AS (
    SELECT
        community,
        month,
        count(DISTINCT person) AS posters,
        count(gap) AS gaps,
        avg(gap) AS mean,
        CASE WHEN count(gap) > 1 THEN stddev_pop(gap) END AS deviation
    FROM gaps
    GROUP BY community, month
),
months AS (
    SELECT DISTINCT community, month FROM acts
)
SELECT community, month, room, posters, steps, changes, gaps, mean, deviation
FROM by_room
UNION ALL
SELECT
    community,
    month,
    CAST(NULL AS INT) AS room,
    coalesce(posters, 0) AS posters,
    coalesce(steps, 0) AS steps,
    coalesce(changes, 0) AS changes,
    coalesce(gaps, 0) AS gaps,
    mean,
    deviation
FROM months
LEFT JOIN turns USING (community, month)
LEFT JOIN everywhere USING (community, month)

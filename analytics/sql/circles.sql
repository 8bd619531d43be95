-- Who was together with whom: a row a community, month, room, circle and person who wrote in it.
--
-- circle: of a run of a main timeline (messages and prompts, without a pause of six hours, 21,600,000 ms) its first
-- message; of a thread or a topic its number with a minus. Of a thread is also who wrote its root, where that was in the
-- same quarter of the year: in each month in which somebody wrote in the thread.
WITH messages AS (
    SELECT
        community,
        month,
        room,
        person,
        id,
        ts,
        thread,
        thread IS NULL OR (thread = id AND NOT is_topic) AS is_main
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
line AS (
    SELECT community, month, room, person, id, ts FROM messages WHERE is_main
    UNION ALL
    SELECT community, month, room, CAST(NULL AS INT) AS person, id, ts FROM acts WHERE kind = 84
),
pauses AS (
    SELECT
        *,
        CASE
            WHEN ts - lag(ts) OVER (PARTITION BY community, room ORDER BY ts, id) < 21600000 THEN 0
            ELSE 1
        END AS begins
    FROM line
),
runs AS (
    SELECT
        *,
        sum(begins) OVER (
            PARTITION BY community, room ORDER BY ts, id ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS run
    FROM pauses
),
in_runs AS (
    SELECT
        community,
        month,
        room,
        first_value(id) OVER (PARTITION BY community, room, run ORDER BY ts, id) AS circle,
        person
    FROM runs
    WHERE person IS NOT NULL
),
in_threads AS (
    SELECT community, month, room, thread, person FROM messages WHERE NOT is_main
)
SELECT community, month, room, circle, person FROM in_runs
UNION
SELECT community, month, room, -thread AS circle, person FROM in_threads
UNION
SELECT in_threads.community, in_threads.month, in_threads.room, -in_threads.thread AS circle, root.person
FROM in_threads
JOIN messages AS root
    ON root.community = in_threads.community AND root.id = in_threads.thread AND root.room = in_threads.room
WHERE root.month - root.month % 3 = in_threads.month - in_threads.month % 3

-- First messages ever: a row a community, month and person who wrote one in it.
--
-- room, ts, date: where and when; the date is the month times 32, and the day from 0. came: whether the first that was
-- seen of its author is a join, or the room had been in view for 365 days (31,536,000,000 ms). is_main: whether it is on
-- the main timeline. answered: whether within 72 hours (259,200,000 ms) somebody else replied, or wrote after it in the
-- same run (without a pause of six hours, 21,600,000 ms), thread or topic. reacted: whether somebody else reacted.
WITH people AS (
    SELECT
        community,
        month,
        room,
        person,
        id,
        kind,
        ts,
        day,
        reply_to,
        thread,
        begin,
        thread IS NULL OR (thread = id AND NOT is_topic) AS is_main,
        row_number() OVER (PARTITION BY community, person ORDER BY ts, id) AS act,
        row_number() OVER (PARTITION BY community, person, kind ORDER BY ts, id) AS turn
    FROM acts
    WHERE kind <= 3 AND person IS NOT NULL
),
messages AS (
    SELECT * FROM people WHERE kind = 0
),
firsts AS (
    SELECT * FROM messages WHERE turn = 1
),
came AS (
    SELECT community, person FROM people WHERE act = 1 AND kind = 2
),
starts AS (
    SELECT community, room, min(ts) AS start FROM acts WHERE kind <> 82 GROUP BY community, room
),
line AS (
    SELECT community, room, person, id, ts FROM messages WHERE is_main
    UNION ALL
    SELECT community, room, CAST(NULL AS INT) AS person, id, ts FROM acts WHERE kind = 84
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
        ) AS place
    FROM pauses
),
-- A run has a positive number, a thread or a topic a negative one.
said AS (
    SELECT community, room, CAST(place AS BIGINT) AS place, person, id, ts FROM runs WHERE person IS NOT NULL
    UNION ALL
    SELECT community, room, CAST(-thread AS BIGINT) AS place, person, id, ts FROM messages WHERE NOT is_main
),
followed AS (
    SELECT DISTINCT first_one.community, first_one.id
    FROM firsts
    JOIN said AS first_one ON first_one.community = firsts.community AND first_one.id = firsts.id
    JOIN said AS later
        ON later.community = first_one.community AND later.room = first_one.room AND later.place = first_one.place
        AND (later.ts > first_one.ts OR (later.ts = first_one.ts AND later.id > first_one.id))
    WHERE later.person <> first_one.person AND later.ts - first_one.ts <= 259200000
),
pointing AS (
    SELECT community, room, person, ts, kind, reply_to AS target FROM people WHERE kind <= 1 AND reply_to IS NOT NULL
    UNION ALL
    SELECT community, room, person, ts, kind, thread AS target FROM messages WHERE thread IS NOT NULL
),
answers AS (
    SELECT firsts.community, firsts.id, min(answer.kind) AS least, max(answer.kind) AS most
    FROM firsts
    JOIN pointing AS answer
        ON answer.community = firsts.community AND answer.target = firsts.id AND answer.room = firsts.room
    WHERE answer.person <> firsts.person AND answer.ts - firsts.ts BETWEEN 0 AND 259200000
    GROUP BY firsts.community, firsts.id
)
SELECT
    firsts.community,
    firsts.month,
    firsts.person,
    firsts.room,
    firsts.ts,
    firsts.month * 32 + firsts.day AS date,
    came.person IS NOT NULL OR start <= firsts.ts - 31536000000 AS came,
    is_main,
    followed.id IS NOT NULL OR coalesce(least = 0, FALSE) AS answered,
    coalesce(most = 1, FALSE) AS reacted
FROM firsts
JOIN starts ON starts.community = firsts.community AND starts.room = firsts.room
LEFT JOIN came ON came.community = firsts.community AND came.person = firsts.person
LEFT JOIN followed ON followed.community = firsts.community AND followed.id = firsts.id
LEFT JOIN answers ON answers.community = firsts.community AND answers.id = firsts.id

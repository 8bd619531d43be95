-- Conversations: a row a conversation, in the month in which it began.
--
-- person, id, ts: who opened it, with which message, when. minutes: until it was taken up. is_topic: whether it is a topic.
-- On a main timeline a conversation ends where nobody writes for six hours (21,600,000 ms). A prompt of Hearth's (84)
-- opens none. It is taken up within 72 hours (259,200,000 ms), as far as is known 72 hours after the month.
WITH messages AS (
    SELECT community, month, room, person, id, ts, reply_to, thread, is_topic, begin
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
line AS (
    SELECT community, month, room, person, id, ts
    FROM messages
    WHERE thread IS NULL OR (thread = id AND NOT is_topic)
    UNION ALL
    SELECT community, month, room, CAST(NULL AS INT) AS person, id, ts
    FROM acts
    WHERE kind = 84
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
turns AS (
    SELECT
        *,
        row_number() OVER (PARTITION BY community, room, run ORDER BY ts, id) AS turn
    FROM runs
),
opened AS (
    SELECT community, month, room, run, person, id, ts
    FROM turns
    WHERE turn = 1 AND person IS NOT NULL
),
-- The first of somebody else.
next_ones AS (
    SELECT opened.community, opened.room, opened.run, min(said.turn) AS turn, min(said.ts) - min(opened.ts) AS after
    FROM opened
    JOIN turns AS said
        ON said.community = opened.community AND said.room = opened.room AND said.run = opened.run
        AND said.person <> opened.person
    GROUP BY opened.community, opened.room, opened.run
),
-- What the opener wrote before that.
own AS (
    SELECT opened.community, opened.month, opened.room, opened.run, opened.ts AS began, said.person, said.id, said.ts
    FROM opened
    JOIN turns AS said
        ON said.community = opened.community AND said.room = opened.room AND said.run = opened.run
        AND said.person = opened.person
    LEFT JOIN next_ones
        ON next_ones.community = opened.community AND next_ones.room = opened.room AND next_ones.run = opened.run
    WHERE next_ones.turn IS NULL OR said.turn < next_ones.turn
),
pointing AS (
    SELECT community, month, room, person, ts, begin, reply_to AS target FROM messages WHERE reply_to IS NOT NULL
    UNION ALL
    SELECT community, month, room, person, ts, begin, thread AS target FROM messages WHERE thread IS NOT NULL
),
links AS (
    SELECT own.community, own.room, own.run, min(answer.ts - own.began) AS after
    FROM own
    JOIN pointing AS answer
        ON answer.community = own.community AND answer.target = own.id AND answer.room = own.room
    WHERE answer.person <> own.person
        AND answer.ts - own.ts BETWEEN 0 AND 259200000
        AND (answer.month <= own.month OR (answer.month = own.month + 1 AND answer.ts < answer.begin + 259200000))
    GROUP BY own.community, own.room, own.run
),
answers AS (
    SELECT community, room, run, after FROM next_ones WHERE after <= 259200000
    UNION ALL
    SELECT community, room, run, after FROM links
),
taken AS (
    SELECT community, room, run, min(after) AS after FROM answers GROUP BY community, room, run
),
topics AS (
    SELECT
        community,
        month,
        room,
        thread,
        person,
        id,
        ts,
        row_number() OVER (PARTITION BY community, room, thread ORDER BY ts, id) AS turn
    FROM messages
    WHERE is_topic
),
topics_taken AS (
    SELECT opened.community, opened.room, opened.thread, min(said.ts - opened.ts) AS after
    FROM topics AS opened
    JOIN topics AS said
        ON said.community = opened.community AND said.room = opened.room AND said.thread = opened.thread
    WHERE opened.turn = 1 AND said.person <> opened.person AND said.ts - opened.ts <= 259200000
    GROUP BY opened.community, opened.room, opened.thread
)
SELECT
    opened.community,
    month,
    opened.room,
    person,
    id,
    ts,
    CAST(after AS DOUBLE) / 60000 AS minutes,
    FALSE AS is_topic
FROM opened
LEFT JOIN taken ON taken.community = opened.community AND taken.room = opened.room AND taken.run = opened.run
UNION ALL
SELECT
    opened.community,
    month,
    opened.room,
    person,
    id,
    ts,
    CAST(after AS DOUBLE) / 60000 AS minutes,
    TRUE AS is_topic
FROM topics AS opened
LEFT JOIN topics_taken AS taken
    ON taken.community = opened.community AND taken.room = opened.room AND taken.thread = opened.thread
WHERE turn = 1

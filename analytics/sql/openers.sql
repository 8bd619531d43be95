-- Messages that open a conversation, first messages ever, and what became of them: a row a message.
--
-- opens: whether it opens a conversation: it is no reply, and on the main timeline, the root of its thread, or the first
-- message of a thread whose root is in no row. is_first: whether it is its author's first message ever. minutes: to the
-- first answer by somebody else within 72 hours (259,200,000 ms). reacted: whether somebody else reacted within them.
-- followed: whether somebody else was the next to speak in that room and thread, within 60 minutes (3,600,000 ms).
WITH messages AS (
    SELECT
        community,
        month,
        room,
        person,
        id,
        ts,
        reply_to,
        thread,
        row_number() OVER (PARTITION BY community, person ORDER BY ts, id) AS turn
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
-- The first message of each thread whose root is in no row.
in_threads AS (
    SELECT
        community,
        id,
        thread,
        row_number() OVER (PARTITION BY community, thread ORDER BY ts, id) AS turn
    FROM messages
    WHERE thread IS NOT NULL
),
begins AS (
    SELECT first_one.community, first_one.id
    FROM in_threads AS first_one
    LEFT JOIN acts AS root
        ON root.community = first_one.community AND root.id = first_one.thread AND root.kind <= 3
    WHERE first_one.turn = 1 AND root.id IS NULL
),
told AS (
    SELECT
        messages.community,
        month,
        room,
        person,
        messages.id,
        ts,
        begins.id IS NOT NULL AND thread IS NOT NULL AS begins_thread,
        thread,
        reply_to IS NULL AND (thread IS NULL OR thread = messages.id OR begins.id IS NOT NULL) AS opens,
        turn = 1 AS is_first
    FROM messages
    LEFT JOIN begins ON begins.community = messages.community AND begins.id = messages.id
),
targets AS (
    SELECT * FROM told WHERE opens OR is_first
),
-- What answers a message: what points at it, what is in its thread, and what is in the thread that it begins.
pointing AS (
    SELECT community, room, person, ts, reply_to AS target FROM messages WHERE reply_to IS NOT NULL
    UNION ALL
    SELECT community, room, person, ts, thread AS target FROM messages WHERE thread IS NOT NULL
),
answers AS (
    SELECT asked.community, asked.id, answer.ts - asked.ts AS after
    FROM targets AS asked
    JOIN pointing AS answer
        ON answer.community = asked.community AND answer.target = asked.id AND answer.room = asked.room
    WHERE answer.person <> asked.person AND answer.ts - asked.ts BETWEEN 0 AND 259200000
    UNION ALL
    SELECT asked.community, asked.id, answer.ts - asked.ts AS after
    FROM targets AS asked
    JOIN messages AS answer
        ON answer.community = asked.community AND answer.thread = asked.thread AND answer.room = asked.room
    WHERE asked.begins_thread
        AND answer.person <> asked.person AND answer.ts - asked.ts BETWEEN 0 AND 259200000
),
answered AS (
    SELECT community, id, CAST(min(after) AS DOUBLE) / 60000 AS minutes
    FROM answers
    GROUP BY community, id
),
reacted AS (
    SELECT DISTINCT asked.community, asked.id
    FROM targets AS asked
    JOIN acts AS reaction
        ON reaction.community = asked.community AND reaction.reply_to = asked.id AND reaction.room = asked.room
    WHERE reaction.kind = 1 AND reaction.person IS NOT NULL
        AND reaction.person <> asked.person AND reaction.ts - asked.ts BETWEEN 0 AND 259200000
),
-- When the word passes to somebody else: the least time at or after a message at which it does is the next.
turns AS (
    SELECT
        community,
        room,
        thread,
        id,
        ts,
        CASE
            WHEN lead(person) OVER (PARTITION BY community, room, thread ORDER BY ts, id) <> person
                THEN lead(ts) OVER (PARTITION BY community, room, thread ORDER BY ts, id)
        END AS passes
    FROM messages
),
next_others AS (
    SELECT
        community,
        id,
        min(passes) OVER (
            PARTITION BY community, room, thread
            ORDER BY ts DESC, id DESC
            ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) - ts AS after
    FROM turns
)
SELECT
    targets.community,
    targets.month,
    targets.room,
    targets.person,
    targets.id,
    targets.ts,
    targets.opens,
    targets.is_first,
    answered.minutes,
    reacted.id IS NOT NULL AS reacted,
    coalesce(next_others.after <= 3600000, FALSE) AS followed
FROM targets
LEFT JOIN answered ON answered.community = targets.community AND answered.id = targets.id
LEFT JOIN reacted ON reacted.community = targets.community AND reacted.id = targets.id
LEFT JOIN next_others ON next_others.community = targets.community AND next_others.id = targets.id

-- Who did how much in each room: a row a community, month, room and person who wrote, reacted or was answered there.
--
-- messages, reactions: how many. days: on how many local days. partners: with how many others they exchanged replies.
-- edges: how often one of the two answered the other at all, once or twice a partner. mutual: those where each did.
WITH messages AS (
    SELECT community, month, room, person, id, reply_to
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
-- An answer counts in its own room only.
answers AS (
    SELECT DISTINCT reply.community, reply.month, reply.room, reply.person, asked.person AS other
    FROM messages AS reply
    JOIN messages AS asked
        ON asked.community = reply.community AND asked.id = reply.reply_to AND asked.room = reply.room
    WHERE asked.person <> reply.person
),
ends AS (
    SELECT community, month, room, person, other FROM answers
    UNION ALL
    SELECT community, month, room, other AS person, person AS other FROM answers
),
ties AS (
    SELECT community, month, room, person, other, count(*) AS edges
    FROM ends
    GROUP BY community, month, room, person, other
),
spoke AS (
    SELECT
        community,
        month,
        room,
        person,
        count(*) AS partners,
        CAST(sum(edges) AS BIGINT) AS edges,
        CAST(sum(CASE WHEN edges = 2 THEN 2 ELSE 0 END) AS BIGINT) AS mutual
    FROM ties
    GROUP BY community, month, room, person
),
did AS (
    SELECT
        community,
        month,
        room,
        person,
        count(CASE WHEN kind = 0 THEN 1 END) AS messages,
        count(CASE WHEN kind = 1 THEN 1 END) AS reactions,
        count(DISTINCT day) AS days
    FROM acts
    WHERE kind <= 1 AND person IS NOT NULL
    GROUP BY community, month, room, person
)
SELECT
    community,
    month,
    room,
    person,
    coalesce(messages, 0) AS messages,
    coalesce(reactions, 0) AS reactions,
    coalesce(days, 0) AS days,
    coalesce(partners, 0) AS partners,
    coalesce(edges, 0) AS edges,
    coalesce(mutual, 0) AS mutual
FROM did
FULL JOIN spoke USING (community, month, room, person)

-- How deep replies go: a row a community, month, room, person and depth, with how many replies.
--
-- A reply has depth 1, one to an earlier reply of the same room and month one more than that. Spark ends a recursion
-- after 100 levels and a million rows unless spark.sql.cteRecursionLevelLimit and spark.sql.cteRecursionRowLimit say
-- otherwise.
WITH RECURSIVE answers AS (
    SELECT community, month, room, person, id, ts, reply_to
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL AND reply_to IS NOT NULL
),
links AS (
    SELECT reply.community, reply.month, reply.room, reply.person, reply.id, asked.id AS target
    FROM answers AS reply
    LEFT JOIN answers AS asked
        ON asked.community = reply.community
        AND asked.month = reply.month
        AND asked.room = reply.room
        AND asked.id = reply.reply_to
        AND (asked.ts < reply.ts OR (asked.ts = reply.ts AND asked.id < reply.id))
),
depths AS (
    SELECT community, month, room, person, id, 1 AS depth FROM links WHERE target IS NULL
    UNION ALL
    SELECT links.community, links.month, links.room, links.person, links.id, depths.depth + 1 AS depth
    FROM depths
    JOIN links ON links.community = depths.community AND links.target = depths.id
)
SELECT community, month, room, person, depth, count(*) AS replies
FROM depths
GROUP BY community, month, room, person, depth

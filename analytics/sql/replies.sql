-- Who answered whom: a row a community, month, room, author of replies (person) and author of what they answer (to).
--
-- replies: how many. An answer counts in its own room only, and replies to oneself are none.
WITH messages AS (
    SELECT community, month, room, person, id, reply_to
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
)
SELECT reply.community, reply.month, reply.room, reply.person, asked.person AS to, count(*) AS replies
FROM messages AS reply
JOIN messages AS asked ON asked.community = reply.community AND asked.id = reply.reply_to AND asked.room = reply.room
WHERE asked.person <> reply.person
GROUP BY reply.community, reply.month, reply.room, reply.person, asked.person

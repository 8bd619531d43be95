-- Who did how much in all rooms together: a row a community, month and person who wrote, reacted or was answered.
--
-- messages, reactions, days, partners, edges, mutual: as in activity.sql. rooms: in how many they wrote. first, last: when
-- they wrote first and last in the month. cohort: of who wrote, the month in which they wrote for the first time.
-- before: the month before this one in which they wrote last.
WITH messages AS (
    SELECT community, month, room, person, id, reply_to
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
-- An answer counts in its own room only. Two may have spoken in several rooms.
answers AS (
    SELECT DISTINCT reply.community, reply.month, reply.person, asked.person AS other
    FROM messages AS reply
    JOIN messages AS asked
        ON asked.community = reply.community AND asked.id = reply.reply_to AND asked.room = reply.room
    WHERE asked.person <> reply.person
),
ends AS (
    SELECT community, month, person, other FROM answers
    UNION ALL
    SELECT community, month, other AS person, person AS other FROM answers
),
ties AS (
    SELECT community, month, person, other, count(*) AS edges
    FROM ends
    GROUP BY community, month, person, other
),
spoke AS (
    SELECT
        community,
        month,
        person,
        count(*) AS partners,
        CAST(sum(edges) AS BIGINT) AS edges,
        CAST(sum(CASE WHEN edges = 2 THEN 2 ELSE 0 END) AS BIGINT) AS mutual
    FROM ties
    GROUP BY community, month, person
),
by_day AS (
    SELECT
        community,
        month,
        person,
        room,
        day,
        count(CASE WHEN kind = 0 THEN 1 END) AS messages,
        count(CASE WHEN kind = 1 THEN 1 END) AS reactions,
        min(CASE WHEN kind = 0 THEN ts END) AS first_ts,
        max(CASE WHEN kind = 0 THEN ts END) AS last_ts
    FROM acts
    WHERE kind <= 1 AND person IS NOT NULL
    GROUP BY community, month, person, room, day
),
did AS (
    SELECT
        community,
        month,
        person,
        CAST(sum(messages) AS BIGINT) AS messages,
        CAST(sum(reactions) AS BIGINT) AS reactions,
        count(DISTINCT day) AS days,
        count(DISTINCT CASE WHEN messages > 0 THEN room END) AS rooms,
        min(first_ts) AS first_ts,
        max(last_ts) AS last_ts
    FROM by_day
    GROUP BY community, month, person
),
wrote AS (
    SELECT
        community,
        month,
        person,
        min(month) OVER (PARTITION BY community, person) AS cohort,
        lag(month) OVER (PARTITION BY community, person ORDER BY month) AS previous
    FROM did
    WHERE messages > 0
)
SELECT
    community,
    month,
    person,
    coalesce(messages, 0) AS messages,
    coalesce(reactions, 0) AS reactions,
    coalesce(days, 0) AS days,
    coalesce(partners, 0) AS partners,
    coalesce(edges, 0) AS edges,
    coalesce(mutual, 0) AS mutual,
    coalesce(rooms, 0) AS rooms,
    first_ts AS first,
    last_ts AS last,
    cohort,
    previous AS before
FROM did
FULL JOIN spoke USING (community, month, person)
LEFT JOIN wrote USING (community, month, person)

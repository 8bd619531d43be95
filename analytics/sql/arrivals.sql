-- Who was seen for the first time ever: a row a community, month and person.
--
-- joined: when they joined, where that is the first that was seen of them, and nobody else joined that room at the same
-- instant: so a workspace is moved, and not how people arrive.
WITH seen AS (
    SELECT
        community,
        month,
        room,
        person,
        kind,
        ts,
        row_number() OVER (PARTITION BY community, person ORDER BY ts, id) AS turn
    FROM acts
    WHERE person IS NOT NULL
),
together AS (
    SELECT community, room, ts, count(*) AS joins
    FROM seen
    WHERE kind = 2
    GROUP BY community, room, ts
)
SELECT community, month, person, CASE WHEN kind = 2 AND joins = 1 THEN ts END AS joined
FROM seen
LEFT JOIN together USING (community, room, ts)
WHERE turn = 1

-- Who was there when a room came into view, or was moved into one: a row a community, month and person who joined a room in
-- the second in which the first was seen of it, or in one in which two or more others did.
WITH starts AS (
    SELECT community, room, min(ts) AS start FROM acts WHERE kind <> 82 GROUP BY community, room
),
joins AS (
    SELECT
        acts.community,
        month,
        person,
        count(*) OVER (PARTITION BY acts.community, acts.room, ts - ts % 1000) AS together,
        ts - ts % 1000 = start - start % 1000 AS at_start
    FROM acts
    JOIN starts ON starts.community = acts.community AND starts.room = acts.room
    WHERE kind = 2 AND person IS NOT NULL
)
SELECT DISTINCT community, month, person
FROM joins
WHERE together >= 3 OR at_start

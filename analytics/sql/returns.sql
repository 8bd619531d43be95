-- Who came back: a row a community, month and person who in it, for the first time after their first message ever, wrote
-- on another day, at most 30 days (2,592,000,000 ms) after it.
WITH messages AS (
    SELECT
        community,
        month,
        person,
        ts,
        day,
        row_number() OVER (PARTITION BY community, person ORDER BY ts, id) AS turn
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
)
SELECT later.community, min(later.month) AS month, later.person
FROM messages AS later
JOIN messages AS first_one ON first_one.community = later.community AND first_one.person = later.person
WHERE first_one.turn = 1
    AND (later.month > first_one.month OR (later.month = first_one.month AND later.day > first_one.day))
    AND later.ts - first_one.ts <= 2592000000
GROUP BY later.community, later.person

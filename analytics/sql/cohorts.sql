-- How many of those who came in one month wrote in it or a later one: a row a community, month and cohort (the month of
-- somebody's first message), with how many of them wrote.
WITH wrote AS (
    SELECT DISTINCT community, month, person
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
cohorts AS (
    SELECT community, month, min(month) OVER (PARTITION BY community, person) AS cohort
    FROM wrote
)
SELECT community, month, cohort, count(*) AS wrote
FROM cohorts
GROUP BY community, month, cohort

-- The threads whose root is in no row: a row a community, month in which it began, and thread.
WITH in_threads AS (
    SELECT community, thread, min(month) AS month
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL AND thread IS NOT NULL
    GROUP BY community, thread
)
SELECT in_threads.community, in_threads.month, in_threads.thread
FROM in_threads
LEFT JOIN acts AS root
    ON root.community = in_threads.community AND root.id = in_threads.thread AND root.kind <= 3
WHERE root.id IS NULL

-- What messages of a month point at and is in no row: a row a community, month and id.
WITH messages AS (
    SELECT community, month, reply_to, thread
    FROM acts
    WHERE kind = 0 AND person IS NOT NULL
),
-- Each once, also where it is pointed at twice.
targets AS (
    SELECT community, month, reply_to AS id FROM messages WHERE reply_to IS NOT NULL
    UNION
    SELECT community, month, thread AS id FROM messages WHERE thread IS NOT NULL
)
SELECT targets.community, targets.month, targets.id
FROM targets
LEFT JOIN acts AS known
    ON known.community = targets.community AND known.id = targets.id AND known.kind <= 3
WHERE known.id IS NULL

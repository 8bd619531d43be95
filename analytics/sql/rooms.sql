-- Rooms: a row a community, month and room in which anything was seen, be it a bot's. A heartbeat (82) is of no room.
--
-- main: messages on the main timeline. adopted: how many times it came into view when it existed already. start: when the
-- first was seen of it, where that is in this month.
WITH seen AS (
    SELECT
        community,
        month,
        room,
        ts,
        kind,
        kind = 0 AND person IS NOT NULL AND (thread IS NULL OR (thread = id AND NOT is_topic)) AS is_main
    FROM acts
    WHERE kind <> 82
),
months AS (
    SELECT
        community,
        month,
        room,
        count(CASE WHEN is_main THEN 1 END) AS main,
        count(CASE WHEN kind = 83 THEN 1 END) AS adopted,
        min(ts) AS first_ts
    FROM seen
    GROUP BY community, month, room
)
SELECT
    community,
    month,
    room,
    main,
    adopted,
    CASE WHEN lag(month) OVER (PARTITION BY community, room ORDER BY month) IS NULL THEN first_ts END AS start
FROM months

-- How many people took part, and where they come from: a row a community and month, from its first month with acts to
-- its last, also of months between them without any.
--
-- active: people who wrote or reacted. posters: who wrote. days: on which somebody was active, summed over people.
-- new: posters who wrote their first message ever. retained, lapsed: last month's posters who wrote in this one, and who
-- did not. reactivated: posters who wrote before, but not last month. members: people who are in a room at the month's
-- end, and who took part in it and left. last: the time of the last act by a person.
WITH own AS (
    SELECT community, month, room, person, kind, ts, id, day
    FROM acts
    WHERE person IS NOT NULL
),
-- The months from 0 on, so many as a community can have: 1000.
digits AS (
    SELECT * FROM (VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) AS t (digit)
),
spans AS (
    SELECT community, min(month) AS first_month, max(month) AS last_month FROM acts GROUP BY community
),
months AS (
    SELECT community, first_month + ones.digit + 10 * tens.digit + 100 * hundreds.digit AS month
    FROM spans
    CROSS JOIN digits AS ones
    CROSS JOIN digits AS tens
    CROSS JOIN digits AS hundreds
    WHERE first_month + ones.digit + 10 * tens.digit + 100 * hundreds.digit <= last_month
),
-- A person is in a room from the first thing that they do there until they leave it.
at_end AS (
    SELECT
        community,
        month,
        room,
        person,
        kind,
        row_number() OVER (PARTITION BY community, month, room, person ORDER BY ts DESC, id DESC) AS turn
    FROM own
),
seats AS (
    SELECT community, month, room, person, CASE WHEN kind = 3 THEN 0 ELSE 1 END AS is_in
    FROM at_end
    WHERE turn = 1
),
moves AS (
    SELECT
        community,
        month,
        person,
        is_in - lag(is_in, 1, 0) OVER (PARTITION BY community, room, person ORDER BY month) AS rooms
    FROM seats
),
-- In how many rooms more or fewer they are at the end of each month in which they did something.
changes AS (
    SELECT community, month, person, CAST(sum(rooms) AS BIGINT) AS rooms FROM moves GROUP BY community, month, person
),
places AS (
    SELECT
        community,
        month,
        person,
        CASE
            WHEN sum(rooms) OVER (
                PARTITION BY community, person ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
            ) > 0 THEN 1
            ELSE 0
        END AS is_inside
    FROM changes
),
comings AS (
    SELECT
        community,
        month,
        is_inside - lag(is_inside, 1, 0) OVER (PARTITION BY community, person ORDER BY month) AS people
    FROM places
),
came AS (
    SELECT community, month, CAST(sum(people) AS BIGINT) AS people FROM comings GROUP BY community, month
),
did AS (
    SELECT
        community,
        month,
        person,
        count(CASE WHEN kind = 0 THEN 1 END) AS messages,
        count(DISTINCT day) AS days
    FROM own
    WHERE kind <= 1
    GROUP BY community, month, person
),
took_part AS (
    SELECT
        did.community,
        did.month,
        count(*) AS active,
        CAST(sum(days) AS BIGINT) AS days,
        count(CASE WHEN is_inside = 0 THEN 1 END) AS gone
    FROM did
    JOIN places ON places.community = did.community AND places.month = did.month AND places.person = did.person
    GROUP BY did.community, did.month
),
wrote AS (
    SELECT
        community,
        month,
        lag(month) OVER (PARTITION BY community, person ORDER BY month) AS previous
    FROM did
    WHERE messages > 0
),
posted AS (
    SELECT
        community,
        month,
        count(*) AS posters,
        count(CASE WHEN previous IS NULL THEN 1 END) AS new_ones,
        count(CASE WHEN previous = month - 1 THEN 1 END) AS retained,
        count(CASE WHEN previous < month - 1 THEN 1 END) AS reactivated
    FROM wrote
    GROUP BY community, month
),
ends AS (
    SELECT community, month, max(ts) AS last_ts FROM own GROUP BY community, month
),
filled AS (
    SELECT
        months.community,
        months.month,
        coalesce(took_part.active, 0) AS active,
        coalesce(posted.posters, 0) AS posters,
        coalesce(took_part.days, 0) AS days,
        coalesce(posted.new_ones, 0) AS new_ones,
        coalesce(posted.retained, 0) AS retained,
        coalesce(posted.reactivated, 0) AS reactivated,
        coalesce(took_part.gone, 0) AS gone,
        coalesce(came.people, 0) AS people,
        ends.last_ts
    FROM months
    LEFT JOIN took_part ON took_part.community = months.community AND took_part.month = months.month
    LEFT JOIN posted ON posted.community = months.community AND posted.month = months.month
    LEFT JOIN came ON came.community = months.community AND came.month = months.month
    LEFT JOIN ends ON ends.community = months.community AND ends.month = months.month
)
SELECT
    community,
    month,
    active,
    posters,
    days,
    new_ones AS new,
    retained,
    lag(posters, 1, 0) OVER (PARTITION BY community ORDER BY month) - retained AS lapsed,
    reactivated,
    CAST(
        sum(people) OVER (
            PARTITION BY community ORDER BY month ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
        ) AS BIGINT
    ) + gone AS members,
    last_ts AS last
FROM filled

WITH opener AS (SELECT m.id, m.person, m.ts, m.room, m.thread FROM msg AS m
                WHERE m.ts >= ?1 AND m.ts < ?2 AND m.ts + 259200000 <= ?4 AND m.reply_to IS NULL
                  AND (m.thread IS NULL OR m.thread = m.id
                       OR (NOT EXISTS (SELECT 1 FROM activity AS root WHERE root.id = m.thread)
                           AND m.id = (SELECT f.id FROM msg AS f WHERE f.thread = m.thread ORDER BY f.ts, f.id LIMIT 1)))),
     answered AS (SELECT o.id, o.person,
                         min((SELECT min(r.ts) FROM msg AS r WHERE r.reply_to = o.id AND r.person <> o.person
                              AND r.ts BETWEEN o.ts AND o.ts + 259200000)) AS direct,
                         min((SELECT min(r.ts) FROM msg AS r WHERE r.thread IN (o.id, CASE WHEN o.thread <> o.id THEN o.thread END)
                              AND r.person <> o.person AND r.ts BETWEEN o.ts AND o.ts + 259200000)) AS threaded, o.ts
                  FROM opener AS o GROUP BY o.id),
     x AS (SELECT (min(coalesce(direct, threaded), coalesce(threaded, direct)) - ts) / 60000.0 AS n FROM answered
           WHERE direct IS NOT NULL OR threaded IS NOT NULL),
     ranked AS (SELECT n, row_number() OVER (ORDER BY n) AS r, count(*) OVER () AS c FROM x)
SELECT avg(n) FROM ranked WHERE r IN ((c + 1) / 2, (c + 2) / 2)

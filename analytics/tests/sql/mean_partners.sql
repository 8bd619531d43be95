WITH edges AS (SELECT DISTINCT m.person AS a, t.person AS b FROM msg AS m JOIN msg AS t ON t.id = m.reply_to
               WHERE m.ts >= ?1 AND m.ts < ?2 AND m.person <> t.person),
     nodes AS (SELECT person FROM msg WHERE ts >= ?1 AND ts < ?2 UNION SELECT a FROM edges UNION SELECT b FROM edges),
     pairs AS (SELECT DISTINCT min(a, b) AS a, max(a, b) AS b FROM edges)
SELECT 2.0 * (SELECT count(*) FROM pairs) / nullif((SELECT count(*) FROM nodes), 0)

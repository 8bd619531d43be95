WITH edges AS (SELECT DISTINCT m.person AS a, t.person AS b FROM msg AS m JOIN msg AS t ON t.id = m.reply_to
               WHERE m.ts >= ?1 AND m.ts < ?2 AND m.person <> t.person),
     x AS (SELECT DISTINCT person FROM msg WHERE ts >= ?1 AND ts < ?2)
SELECT avg(person NOT IN (SELECT a FROM edges UNION SELECT b FROM edges)) FROM x

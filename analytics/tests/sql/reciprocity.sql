WITH edges AS (SELECT DISTINCT m.person AS a, t.person AS b FROM msg AS m JOIN msg AS t ON t.id = m.reply_to
               WHERE m.ts >= ?1 AND m.ts < ?2 AND m.person <> t.person)
SELECT avg(EXISTS (SELECT 1 FROM edges AS back WHERE back.a = edges.b AND back.b = edges.a)) FROM edges

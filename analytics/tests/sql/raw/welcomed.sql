SELECT count(*)
FROM origin AS o LEFT JOIN line AS o_line USING (id)
WHERE is_new AND o.ts >= ?1 AND o.ts < ?2 AND o.ts + 259200000 <= (SELECT max(ts) FROM activity)
  AND (o_line.id IS NULL OR NOT EXISTS (SELECT 1 FROM busy WHERE busy.room = o.room AND busy.month = o.month))
  AND (EXISTS (SELECT 1 FROM act AS a WHERE (a.reply_to = o.id OR a.kind = 0 AND a.thread = o.id) AND a.kind <= 1
               AND a.room = o.room AND a.person <> o.person AND a.ts BETWEEN o.ts AND o.ts + 259200000)
       OR EXISTS (SELECT 1 FROM line AS l WHERE l.room = o_line.room AND l.run = o_line.run AND l.person <> o.person
                  AND l.ts > o.ts AND l.ts <= o.ts + 259200000)
       OR EXISTS (SELECT 1 FROM msg AS t WHERE o_line.id IS NULL AND t.thread = o.thread AND t.room = o.room
                  AND t.person <> o.person AND t.ts > o.ts AND t.ts <= o.ts + 259200000))

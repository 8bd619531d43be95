-- What the queries here look at: main timelines cut by pauses, conversations, and first messages. `month` has the months.
CREATE TEMP TABLE line AS
    SELECT *, sum(cut) OVER (PARTITION BY room ORDER BY ts, id) AS run
    FROM (SELECT id, room, person, ts,
                 CASE WHEN ts - lag(ts) OVER (PARTITION BY room ORDER BY ts, id) < 21600000 THEN 0 ELSE 1 END AS cut
          FROM (SELECT id, room, person, ts FROM msg WHERE thread IS NULL OR thread = id
                UNION ALL SELECT id, room, NULL, ts FROM activity WHERE kind = 84));
CREATE INDEX temp.line_run ON line (room, run, ts);
CREATE INDEX temp.line_id ON line (id);
CREATE TEMP TABLE busy AS
    SELECT month.number AS month, room FROM line JOIN month ON ts >= begin AND ts < until
    WHERE person IS NOT NULL GROUP BY 1, 2 HAVING count(*) >= 150;
CREATE TEMP TABLE conversation AS
    WITH opener AS (SELECT room, run, person, ts, until, number
                    FROM (SELECT *, row_number() OVER (PARTITION BY room, run ORDER BY ts, id) AS turn FROM line)
                    JOIN month ON ts >= begin AND ts < until WHERE turn = 1 AND person IS NOT NULL),
         spoken AS (SELECT o.*, (SELECT min(l.ts) FROM line AS l WHERE l.room = o.room AND l.run = o.run
                                 AND l.person <> o.person) AS next FROM opener AS o),
         linked AS (SELECT s.room, s.run, min(a.ts) AS link
                    FROM spoken AS s
                    JOIN line AS l ON l.room = s.room AND l.run = s.run AND l.person = s.person
                                  AND (s.next IS NULL OR l.ts < s.next)
                    JOIN msg AS a ON (a.reply_to = l.id OR a.thread = l.id) AND a.room = l.room AND a.person <> s.person
                                  AND a.ts BETWEEN l.ts AND l.ts + 259200000 AND a.ts < s.until + 259200000
                    GROUP BY 1, 2)
    SELECT s.room, s.number AS month, s.person, s.ts,
           -- The scalar min of a null is null.
           min(coalesce(soon, link), coalesce(link, soon)) - s.ts AS taken
    FROM (SELECT *, CASE WHEN next - ts <= 259200000 THEN next END AS soon FROM spoken) AS s
    LEFT JOIN linked USING (room, run)
    WHERE s.ts + 259200000 <= (SELECT max(ts) FROM activity)
      AND NOT EXISTS (SELECT 1 FROM busy WHERE busy.room = s.room AND busy.month = s.number);
CREATE TEMP TABLE origin AS
    WITH start AS (SELECT room, min(ts) AS ts FROM activity WHERE kind <> 82 GROUP BY room),
         came AS (SELECT person FROM (SELECT person, kind, row_number() OVER (PARTITION BY person ORDER BY ts, id) AS turn
                                      FROM act) WHERE turn = 1 AND kind = 2),
         joins AS (SELECT a.person, a.ts, count(*) OVER (PARTITION BY a.room, a.ts / 1000) AS together,
                          a.ts / 1000 = start.ts / 1000 AS at_start
                   FROM act AS a JOIN start USING (room) WHERE kind = 2)
    SELECT f.*, month.number AS month,
           NOT EXISTS (SELECT 1 FROM joins AS j WHERE j.person = f.person AND (together >= 3 OR at_start))
           AND (f.person IN came OR start.ts <= f.ts - 31536000000) AS is_new
    FROM (SELECT *, row_number() OVER (PARTITION BY person ORDER BY ts, id) AS turn FROM msg) AS f
    JOIN start USING (room) JOIN month ON f.ts >= begin AND f.ts < until
    WHERE turn = 1;

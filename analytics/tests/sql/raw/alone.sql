WITH here AS (SELECT * FROM msg WHERE ts >= ?1 AND ts < ?2),
     circle AS (SELECT room, 'run ' || run AS name, person FROM line WHERE ts >= ?1 AND ts < ?2 AND person IS NOT NULL
                UNION SELECT room, 'thread ' || thread, person FROM here WHERE thread <> id
                UNION SELECT m.room, 'thread ' || m.thread, r.person
                      FROM here AS m JOIN here AS r ON r.id = m.thread AND r.room = m.room AND r.id <> m.id),
     shared AS (SELECT room, name FROM circle GROUP BY room, name HAVING count(DISTINCT person) > 1)
SELECT count(DISTINCT person) FROM here
WHERE person NOT IN (SELECT person FROM circle JOIN shared USING (room, name))

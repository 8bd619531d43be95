SELECT count(*) FROM (SELECT room, sum(n) AS total, max(n) AS most
                      FROM (SELECT room, count(*) AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY room, person) GROUP BY room)
WHERE total >= 10 AND 2 * most > total

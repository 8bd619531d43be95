SELECT count(*) FROM (SELECT room FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY room
                      HAVING count(DISTINCT person) >= 5)

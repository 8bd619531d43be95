SELECT avg(rooms > 1) FROM (SELECT count(DISTINCT room) AS rooms FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person)

SELECT count(*) FROM (SELECT min(ts) AS ts FROM msg GROUP BY person) WHERE ts >= ?1 AND ts < ?2

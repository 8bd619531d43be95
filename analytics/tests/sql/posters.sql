SELECT count(DISTINCT person) FROM msg WHERE ts >= ?1 AND ts < ?2

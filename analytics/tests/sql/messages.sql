SELECT count(*) FROM msg WHERE ts >= ?1 AND ts < ?2

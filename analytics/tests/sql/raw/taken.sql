SELECT count(taken) FROM conversation WHERE ts >= ?1 AND ts < ?2

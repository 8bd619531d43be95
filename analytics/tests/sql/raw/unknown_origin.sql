SELECT count(*) FROM origin WHERE NOT is_new AND ts >= ?1 AND ts < ?2

SELECT count(*) FROM origin WHERE is_new AND ts >= ?1 AND ts < ?2

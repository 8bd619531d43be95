SELECT count(*) FROM (SELECT person FROM msg WHERE ts >= ?3 AND ts < ?1 EXCEPT SELECT person FROM msg WHERE ts >= ?1 AND ts < ?2)

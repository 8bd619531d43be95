SELECT count(*) FROM (SELECT person FROM msg WHERE ts >= ?1 AND ts < ?2
                      INTERSECT SELECT person FROM msg WHERE ts >= ?2 AND ts < ?3)

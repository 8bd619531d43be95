SELECT count(DISTINCT person) FROM act WHERE kind = 1 AND ts >= ?1 AND ts < ?2
    AND person NOT IN (SELECT person FROM msg WHERE ts >= ?1 AND ts < ?2)

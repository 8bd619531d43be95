SELECT count(DISTINCT person) FROM act WHERE kind IN (0, 1) AND ts >= ?1 AND ts < ?2

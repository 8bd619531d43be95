SELECT count(*) * 1.0 / ((?2 - ?1) / 86400000)
FROM (SELECT DISTINCT person, ts / 86400000 FROM act WHERE kind IN (0, 1) AND ts >= ?1 AND ts < ?2)

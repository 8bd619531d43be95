WITH x AS (SELECT count(*) * 1.0 AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person)
SELECT sum(n) * sum(n) / sum(n * n) FROM x

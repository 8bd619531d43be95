WITH x AS (SELECT count(*) AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person)
SELECT (SELECT sum(n) FROM (SELECT n FROM x ORDER BY n DESC LIMIT 3)) * 1.0 / (SELECT sum(n) FROM x)

WITH x AS (SELECT count(*) AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person)
SELECT CASE WHEN count(*) > 1 THEN sum(d) / (2.0 * count(*) * sum(n)) END
FROM (SELECT n, (SELECT sum(abs(one.n - other.n)) FROM x AS other) AS d FROM x AS one)

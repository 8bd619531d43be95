WITH x AS (SELECT count(*) AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person),
     ranked AS (SELECT n, row_number() OVER (ORDER BY n) AS r, count(*) OVER () AS c FROM x)
SELECT avg(n) FROM ranked WHERE r IN ((c + 1) / 2, (c + 2) / 2)

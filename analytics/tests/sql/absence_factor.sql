WITH x AS (SELECT count(*) AS n FROM msg WHERE ts >= ?1 AND ts < ?2 GROUP BY person),
     r AS (SELECT row_number() OVER (ORDER BY n DESC) AS k,
                  sum(n) OVER (ORDER BY n DESC ROWS UNBOUNDED PRECEDING) AS so_far, sum(n) OVER () AS total FROM x)
SELECT min(k) FROM r WHERE 2 * so_far >= total

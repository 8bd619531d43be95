SELECT avg(taken) / 60000.0
FROM (SELECT taken, row_number() OVER (ORDER BY taken) AS turn, count(*) OVER () AS n FROM conversation WHERE ts >= ?1 AND ts < ?2
      AND taken IS NOT NULL)
WHERE turn IN ((n + 1) / 2, (n + 2) / 2)

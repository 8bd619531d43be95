SELECT avg(person <> before) FROM (SELECT person, lag(person) OVER (PARTITION BY room ORDER BY ts, id) AS before
                                   FROM msg WHERE ts >= ?1 AND ts < ?2) WHERE before IS NOT NULL

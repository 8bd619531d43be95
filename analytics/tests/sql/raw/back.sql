SELECT count(*) FROM origin AS o
WHERE is_new AND ts >= ?1 AND ts < ?2 AND ts + 2592000000 <= (SELECT max(ts) FROM activity)
  AND EXISTS (SELECT 1 FROM msg AS m WHERE m.person = o.person AND m.ts / 86400000 > o.ts / 86400000
              AND m.ts <= o.ts + 2592000000)

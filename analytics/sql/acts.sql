-- The relation `acts` that all other files here ask: a row an act, of all communities and months that were handed over.
--
-- It is made of `acts_files`: what `hearth-analytics acts` wrote, with `community` and `month` (text, like 2026-10) from
-- the path. The columns are those of `src/acts/mod.rs`, the number of a month among them (the year times twelve, and the
-- month from 0), and `begin` (`src/acts_files.rs`). An act without a person is a bot's or of somebody who opted out: it
-- is known that there was something, and it can be pointed at. Kinds from 82 on are what the log says of itself.
--
-- Ids of one community mean nothing in another.
SELECT
    community,
    CAST(substring(month, 1, 4) AS INT) * 12 + CAST(substring(month, 6, 2) AS INT) - 1 AS month,
    id,
    source,
    room,
    person,
    kind,
    ts,
    day,
    hour,
    reply_to,
    thread,
    is_topic,
    begin
FROM acts_files

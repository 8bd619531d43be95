//! What the command line says of a table from scratch.

/// What a table must hold, for whoever writes one.
pub const TABLE: &str =
    "CSV, from scratch: UTF-8, a first row with the columns' names, then a row an act. In any order:
  ts_ms      1704182400000         when: milliseconds since 1970, UTC; or instead
  ts         2024-01-02T08:00:00Z  when: with Z, or an offset like +01:00
  room       lobby                 the room's name or id
  event_id   4711                  what makes the act one act; no other one has it
  sender     ana                   who did it: a name or an id, always the same
  kind       message               message, reaction, join or leave
and where they are known, else empty or left out:
  reply_to   4710                  the event_id of the message that is answered, or reacted to
  thread_id  4700                  the event_id of the message that opened its thread; or
             topic:tides           a topic's name, which no message opened
  is_bot     0                     1 or true: a program, else 0 or false
  n_chars    120                   the length of the message, characters
  mentions   1                     how many people it mentions
For example:
  ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars,mentions
  1704182400000,lobby,1,ana,join,,,0,,
  1704182460000,lobby,2,ana,message,,,0,42,0
  1704182520000,lobby,3,ben,message,2,,0,17,1
  1704182580000,lobby,4,ana,reaction,3,,0,,
A message with a reply_to answers that message. With a thread_id alone it answers the message that
opened the thread. With neither it opens a conversation. What the table can know is judged by what
it holds: where replies, reactions or joins are few because there were few, say so with
--capabilities replies,threads,reactions,joins,edits.";

-- Rooms that the bot has come to without being told yet who was there already.
CREATE TABLE unmet (
    room        TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- The community that adopted a room, by its name. It stays when the bot has to leave: whoever lets it in again finds
-- everything as it was. Rooms from before there was such a thing belong to the one community that took every room; which
-- one that is only the configuration knows, and here it has the empty name.
CREATE TABLE adopted (
    room        TEXT PRIMARY KEY,
    community   TEXT NOT NULL
) STRICT;
INSERT INTO adopted SELECT room, '' FROM room WHERE direct IS NULL;

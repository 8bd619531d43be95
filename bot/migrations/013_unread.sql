-- Records that cannot be read, each part of its key apart, for the operator to look at.
CREATE TABLE unread (
    community TEXT NOT NULL,
    practice  TEXT NOT NULL,
    key       TEXT NOT NULL,
    json      TEXT NOT NULL,
    why       TEXT NOT NULL,
    PRIMARY KEY (community, practice, key)
) STRICT;

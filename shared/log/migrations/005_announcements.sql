-- Whether a room is for announcements, which nobody is expected to answer: as leads say, or as its power levels do.
ALTER TABLE room ADD COLUMN announcements INTEGER NOT NULL DEFAULT 0;

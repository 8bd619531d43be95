-- When those asked to be forgotten who are still in a room (milliseconds): that they came before is not learned anew where
-- the bot reads it again.
ALTER TABLE nameless ADD COLUMN at INTEGER NOT NULL DEFAULT 0;

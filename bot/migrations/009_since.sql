-- Since when the name of a message is known to be there: written when the bot tidies up, once a day.
ALTER TABLE message ADD COLUMN since INTEGER;

-- How far back each room's past has been read lies with the log that was filled with it.
DROP TABLE backfill;

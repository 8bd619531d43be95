-- What the columns hold is called as in the code: an item of the outbox, the scope whose key seals it, and how much
-- attention it asks for.
ALTER TABLE outbox RENAME COLUMN parcel TO item;
ALTER TABLE outbox RENAME COLUMN vessel TO scope;
ALTER TABLE outbox RENAME COLUMN importance TO attention;
ALTER TABLE aside RENAME COLUMN parcel TO item;
ALTER TABLE aside RENAME COLUMN vessel TO scope;
ALTER TABLE sealed RENAME COLUMN vessel TO scope;
ALTER TABLE ended RENAME COLUMN vessel TO scope;

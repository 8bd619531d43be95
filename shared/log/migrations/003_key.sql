-- The name with which a community's pseudonyms are made, where that is not what it is called: it was renamed, or bears
-- a name that another one had. `community.id` is its number, which never changes.
ALTER TABLE community ADD COLUMN keyed_as TEXT;

-- What the key of all pseudonyms in this log looks like from outside: a keyed hash of a constant. NULL in a log that
-- has not met its key since it was brought up to date.
ALTER TABLE state ADD COLUMN key_fingerprint BLOB;

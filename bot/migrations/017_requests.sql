-- The practice's own name for what it asks of the world, where a row is a request.
ALTER TABLE outbox ADD COLUMN request TEXT;

-- What is kept about somebody is sent by a practice, like anything else that it wants sent.
UPDATE outbox SET parcel = json_object('effect', json(parcel)), practice = 'privacy' WHERE parcel LIKE '{"my-data":{%';
UPDATE aside SET parcel = json_object('effect', json(parcel)), practice = 'privacy' WHERE parcel LIKE '{"my-data":{%';

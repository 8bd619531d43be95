-- What is kept about somebody is put together when it is sent to them: the row says only for whom it is.
UPDATE outbox SET parcel = json_object('my-data', json_object('person', json_extract(parcel, '$.file.person')))
    WHERE parcel LIKE '{"file":{%';
UPDATE aside SET parcel = json_object('my-data', json_object('person', json_extract(parcel, '$.file.person')))
    WHERE parcel LIKE '{"file":{%';

-- A message that was removed needs its name no more, and the name lies beside the room in which somebody read it: it
-- goes when the removal leaves the outbox.
CREATE TRIGGER removed AFTER DELETE ON outbox WHEN old.parcel LIKE '{"effect":{"redact":{%'
BEGIN
    DELETE FROM message
    WHERE community = old.community AND practice = old.practice
      AND key = json_extract(old.parcel, '$.effect.redact.key');
END;

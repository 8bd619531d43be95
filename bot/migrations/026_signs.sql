-- With the removal of a sign its name goes, as with any other's.
CREATE TRIGGER unsigned AFTER DELETE ON outbox WHEN old.item LIKE '{"effect":{"unsign":{%'
BEGIN
    DELETE FROM message
    WHERE community = old.community AND practice = old.practice
      AND key = json_extract(old.item, '$.effect.unsign.name');
END;

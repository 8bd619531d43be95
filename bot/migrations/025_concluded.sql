-- With the last text of a message its name goes, as with its removal.
CREATE TRIGGER concluded AFTER DELETE ON outbox WHEN old.item LIKE '{"effect":{"conclude":{%'
BEGIN
    DELETE FROM message
    WHERE community = old.community AND practice = old.practice
      AND key = json_extract(old.item, '$.effect.conclude.key');
END;
-- Who was sent the paper of a vote on topics is sealed with the votes.
DELETE FROM record WHERE practice = 'topics' AND key LIKE 'told/%';

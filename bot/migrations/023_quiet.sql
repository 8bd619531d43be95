-- Whether a message notifies nobody, however soon it is sent: an edit keeps the kind of what it replaces.
ALTER TABLE outbox ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;
ALTER TABLE message ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;

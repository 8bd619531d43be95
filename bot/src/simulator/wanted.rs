//! What the bot wanted sent, and for which community.

use hearth_practices::Outgoing;

use crate::store::{NewOutboxItem, OutboxItem};

/// What is known of an item that was committed.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    pub community: String,
    pub practice: String,
    pub txn: String,
    pub item: OutboxItem,
    /// Whether nobody may read it while it waits.
    pub sealed: bool,
}

impl From<&NewOutboxItem> for Wanted {
    fn from(new: &NewOutboxItem) -> Self {
        let NewOutboxItem { community, practice, txn, item, scope, .. } = new.clone();
        Self { community, practice, txn, item, sealed: scope.is_some() }
    }
}

/// Whether somebody is asked which community they mean.
pub(super) fn is_question(item: &OutboxItem) -> bool {
    matches!(item, OutboxItem::Send(Outgoing::Message(message)) if message.body.contains("in more than one community"))
}

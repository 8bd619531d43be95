//! What the bot wanted sent, and for which community.

use std::collections::BTreeMap;

use hearth_practices::{EventId, Outgoing};

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

/// What each memory of the bot made of an event: with an older `bot.db` it reads some once more, and knows less of what
/// was asked before them.
#[derive(Debug, Default)]
pub(super) struct Understood(BTreeMap<EventId, BTreeMap<usize, Vec<Wanted>>>);

impl Understood {
    /// An event was taken, and had consequences.
    pub(super) fn note(&mut self, event: &EventId, memory: usize, wanted: &[Wanted]) {
        let known = self.0.entry(event.clone()).or_default().entry(memory).or_default();
        known.extend(wanted.iter().cloned());
    }

    /// What a memory made of it, or the one from which that memory has it.
    pub(super) fn by(&self, event: &EventId, memory: usize) -> &[Wanted] {
        let taken = self.0.get(event).and_then(|all| all.range(..=memory).next_back());
        taken.map_or(&[], |(_, wanted)| wanted)
    }
}

#[cfg(test)]
mod tests {
    use hearth_practices::UserId;

    use super::*;

    #[test]
    fn what_somebody_meant_is_what_the_memory_that_counts_it_made_of_it() {
        let wanted = |community: &str| Wanted {
            community: community.to_owned(),
            practice: String::new(),
            txn: community.to_owned(),
            item: OutboxItem::ForgetDirect { person: UserId::from("@ana:t") },
            sealed: false,
        };
        let of = |understood: &Understood, memory| {
            let all = understood.by(&EventId::from("$vote"), memory);
            all.iter().map(|one| one.community.clone()).collect::<Vec<_>>()
        };
        let mut understood = Understood::default();
        assert_eq!(of(&understood, 0), [""; 0]);
        understood.note(&EventId::from("$vote"), 0, &[wanted("Choir")]);
        assert_eq!(of(&understood, 0), ["Choir"]);
        assert_eq!(of(&understood, 1), ["Choir"], "it was read before the backup");
        understood.note(&EventId::from("$vote"), 2, &[wanted("Guild")]);
        assert_eq!(of(&understood, 1), ["Choir"], "what was counted before the restore");
        assert_eq!(of(&understood, 2), ["Guild"], "and what was read again, and counted after it");
    }
}

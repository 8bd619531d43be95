//! What the outbox needs to know of the store.

use hearth_practices::{MessageKey, RoomId, UserId};
use tracing::error;

use super::App;
use crate::{matrix::outbox::Addresses, store::Posted};

impl Addresses for App {
    fn message(&self, community: &str, practice: &str, key: &MessageKey) -> Option<Posted> {
        self.core().store.message(community, practice, key).ok().flatten()
    }

    fn direct(&self, person: &UserId) -> Option<RoomId> {
        self.core().store.direct(person).ok().flatten()
    }

    fn set_direct(&self, person: &UserId, room: &RoomId) {
        let mut core = self.core();
        if let Err(error) = core.store.add_room(room, Some(person)) {
            error!("a direct room could not be remembered: {error}");
        }
        core.engine.set_direct(room, person);
    }

    fn forget_direct(&self, person: &UserId) {
        let core = &mut *self.core();
        // What a crash after the commit may have left undone comes first: it asks where the direct room is.
        let forgotten = core.store.forget(person.as_str()).and_then(|()| core.store.forget_direct(person));
        if let Err(error) = forgotten {
            error!("a person could not be forgotten: {error}");
        }
        if let Err(error) = core.log.scrub() {
            error!("what was erased from the log could not be overwritten: {error}");
        }
    }

    fn leads(&self, community: &str) -> Option<RoomId> {
        let core = self.core();
        core.engine.communities().find(|(name, ..)| *name == community)?.2.leads.clone()
    }
}

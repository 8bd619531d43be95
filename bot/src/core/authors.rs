//! Who wrote the message to which somebody reacts, where it can be told without keeping anything new about anybody.

use hearth_practices::RoomId;

use super::{Core, RunError};
use crate::{
    engine::Authority,
    incoming::{Incoming, What},
};

/// In a room of more people it is not looked for: each costs a hash.
const MOST: usize = 10_000;

impl Core {
    /// What is known of an author, and whose message they react to. The bot knows its own; whose another is, the log
    /// says by a pseudonym, which one of those in the room has.
    pub(crate) fn with_author(
        &self,
        room: &RoomId,
        incoming: &Incoming,
        authority: &Authority,
    ) -> Result<Authority, RunError> {
        let mut authority = authority.clone();
        let What::Reaction { to, .. } = &incoming.what else { return Ok(authority) };
        if self.store.message_of(room, to)?.is_some() {
            authority.author = Some(self.config.user.as_str().into());
            return Ok(authority);
        }
        let number = self.engine.community_of(room).map(|(number, _)| number);
        let served = number.and_then(|number| Some((number, self.engine.community(number)?)));
        let Some((number, served)) = served else { return Ok(authority) };
        if served.community.people_in(room).nth(MOST).is_none() {
            let people = served.community.people_in(room).map(|(who, _)| who);
            authority.author = self.log.author_among(number, room, to, people)?;
        }
        Ok(authority)
    }
}

//! Who wrote what somebody points at. The log has pseudonyms only: whoever is asked about is known by their own.

use hearth_practices::{EventId, RoomId, UserId};
use hearth_shared::pseudonym::Pseudonym;
use rusqlite::{OptionalExtension as _, params};

use super::ActivityLog;
use crate::engine::CommunityNumber;

impl ActivityLog {
    /// Who among these people did what an event of a room says. Nobody who has opted out.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn author_among<'a>(
        &self,
        community: CommunityNumber,
        room: &RoomId,
        event: &EventId,
        people: impl Iterator<Item = &'a UserId>,
    ) -> rusqlite::Result<Option<UserId>> {
        let log = self.log(community)?;
        let mut find = self.writer.db().prepare_cached(
            "SELECT p.pseudonym FROM event e JOIN activity a ON a.id = e.id JOIN person p ON p.id = a.person
             JOIN room r ON r.id = a.room WHERE e.key = ?1 AND r.external = ?2 AND p.community = ?3 AND NOT p.opted_out",
        )?;
        let key = log.key.event(event.as_str());
        let author: Option<Pseudonym> =
            find.query_row(params![key, room.as_str(), log.community], |row| row.get(0)).optional()?;
        let Some(author) = author else { return Ok(None) };
        Ok({ people }.find(|who| log.key.person(who.as_str()) == author).cloned())
    }
}

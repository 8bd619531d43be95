//! The log's numbers for what an export calls by ids of its own: events, people, rooms and sources.

use std::{
    collections::hash_map::Entry,
    hash::{DefaultHasher, Hash as _, Hasher as _},
};

use hearth_shared::pseudonym::Pseudonym;

use super::{Intake, Known, Place, Room, Seen, Told, short};
use crate::error::ImportError;

impl Intake<'_, '_> {
    /// Whether this import told an act.
    pub fn has_told(&self, event: &str) -> bool {
        self.seen.contains_key(&short(self.event(event)))
    }

    /// A person's number in the log, if they did anything.
    pub fn person_seen(&self, by: &str) -> Option<i64> {
        self.people.get(by).map(|known| known.person.id)
    }

    /// Whether the export has not told this act yet. The same id for something else is a mistake in the export.
    pub(super) fn is_first(
        &mut self,
        event: Pseudonym,
        told: &Told<'_>,
        room: i64,
        person: i64,
        place: Place<'_>,
    ) -> Result<bool, ImportError> {
        let mut hasher = DefaultHasher::new();
        (told.kind.code(), told.ts, room, person).hash(&mut hasher);
        // Half of a good hash is a good hash of half the length.
        let act = hasher.finish() as u32;
        match self.seen.entry(short(event)) {
            Entry::Vacant(entry) => {
                entry.insert(act);
                Ok(true)
            }
            Entry::Occupied(entry) if *entry.get() == act => {
                self.account.repeated += 1;
                Ok(false)
            }
            Entry::Occupied(_) => {
                self.problem(place, "its id was used before for something else; it was left out")?;
                Ok(false)
            }
        }
    }

    pub(super) fn event(&self, id: &str) -> Pseudonym {
        if self.prefix.is_empty() { self.key.event(id) } else { self.key.event(&format!("{}{id}", self.prefix)) }
    }

    pub(super) fn person(&mut self, by: &str, bot: bool) -> Result<Known, ImportError> {
        if let Some(known) = self.people.get(by)
            && (known.bot || !bot)
        {
            return Ok(*known);
        }
        let bot = bot || self.named_bots.contains(by) || self.bot_patterns.iter().any(|pattern| pattern.fits(by));
        let known = Known { person: self.batch.person(self.community, self.key.person(by), bot)?, bot };
        self.people.insert(by.to_owned(), known);
        Ok(known)
    }

    pub(super) fn room(&mut self, room: Room<'_>, ts: i64) -> Result<i64, ImportError> {
        if let Some(seen) = self.rooms.get_mut(room.id) {
            seen.last = ts.max(seen.last);
            return Ok(seen.id);
        }
        let id = self.batch.known_room(self.community, room.id, room.name)?;
        self.rooms.insert(room.id.to_owned(), Seen { id, name: room.name.to_owned(), last: ts });
        Ok(id)
    }

    pub(super) fn source(&mut self, number: usize) -> Result<i64, ImportError> {
        let source = &mut self.sources[number];
        if let Some(id) = source.id {
            return Ok(id);
        }
        // What it knows is settled at the end.
        let id = self.batch.source(self.community, &source.name, source.before.unwrap_or_default())?;
        source.id = Some(id);
        Ok(id)
    }
}

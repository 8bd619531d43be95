//! What people say about themselves: once, for all communities.

#[cfg(test)]
mod tests;

use jiff::{SignedDuration, Timestamp};

use super::{Engine, UnitOfWork, runtime::Runtime};
use crate::{Person, PersonChange, UserId};

/// A profile is asked for once in this time, whatever it says: people rarely move, and homeservers have other things to
/// do.
const PROFILE_READ_FOR: SignedDuration = SignedDuration::from_hours(24);

impl Runtime {
    /// Somebody says something about themselves.
    pub(super) fn note_person(&mut self, who: &UserId, change: PersonChange, unit: &mut UnitOfWork) {
        let person = self.known_of(who, unit).with(change);
        self.persons_mut().set(who, person.clone());
        unit.commit.persons.push((who.clone(), person));
    }

    /// What is known of somebody, in whichever community they have just said it.
    fn known_of<'a>(&'a self, who: &UserId, unit: &'a UnitOfWork) -> &'a Person {
        let known = unit.commit.persons.iter().rev().find(|(one, _)| one == who).map(|(_, person)| person);
        known.unwrap_or_else(|| self.community().persons.get(who))
    }

    /// The time zone in somebody's profile, if it was asked for lately. Otherwise it is asked for from this moment on.
    pub(super) fn zone_read(&mut self, who: &UserId, now: Timestamp, unit: &mut UnitOfWork) -> Option<Option<String>> {
        let known = self.known_of(who, unit);
        let lately = known.profile_read.is_some_and(|at| now.duration_since(at) < PROFILE_READ_FOR);
        let zone = known.profile_zone.clone();
        if !lately {
            self.note_person(who, PersonChange::ProfileRead(now), unit);
        }
        lately.then_some(zone)
    }

    /// Nothing is known of somebody any more.
    pub(super) fn forget_person(&mut self, who: &UserId, unit: &mut UnitOfWork) {
        self.persons_mut().set(who, Person::default());
        unit.commit.persons.push((who.clone(), Person::default()));
    }
}

impl Engine {
    /// Has every community know what people have said in any.
    pub fn spread(&mut self, persons: &[(UserId, Person)]) {
        if persons.is_empty() {
            return;
        }
        for runtime in self.runtimes.iter_mut() {
            for (who, person) in persons {
                runtime.persons_mut().set(who, person.clone());
            }
        }
    }

    /// What somebody has said about themselves.
    pub fn person(&self, who: &UserId) -> Person {
        let first = self.runtimes.first().map(|first| self.runtimes[first].community().persons.get(who).clone());
        first.unwrap_or_default()
    }

    /// Something is learned of somebody that is not said to a practice: what their profile says.
    pub fn note_person(&mut self, who: &UserId, change: PersonChange, unit: &mut UnitOfWork) {
        if let Some(first) = self.runtimes.first() {
            self.runtimes[first].note_person(who, change, unit);
        }
    }

    /// Forgets what somebody has said who is in no community any more.
    pub fn forget_person(&mut self, who: &UserId, unit: &mut UnitOfWork) {
        if let Some(first) = self.runtimes.first().filter(|_| self.person(who) != Person::default()) {
            self.runtimes[first].forget_person(who, unit);
        }
    }
}

//! What people say about themselves: once, for all communities.

use super::{Engine, Step, home::Home};
use crate::{Person, PersonChange, UserId};

impl Home {
    /// Somebody says something about themselves.
    pub(super) fn note_person(&mut self, who: &UserId, change: PersonChange, step: &mut Step) {
        let known = step.commit.persons.iter().rev().find(|(one, _)| one == who).map(|(_, person)| person);
        let person = known.unwrap_or_else(|| self.community().persons.get(who)).with(change);
        self.persons_mut().set(who, person.clone());
        step.commit.persons.push((who.clone(), person));
    }

    /// Nothing is known of somebody any more.
    pub(super) fn forget_person(&mut self, who: &UserId, step: &mut Step) {
        self.persons_mut().set(who, Person::default());
        step.commit.persons.push((who.clone(), Person::default()));
    }
}

impl Engine {
    /// Has every community know what people have said in any.
    pub fn spread(&mut self, persons: &[(UserId, Person)]) {
        if persons.is_empty() {
            return;
        }
        for home in self.homes.iter_mut() {
            for (who, person) in persons {
                home.persons_mut().set(who, person.clone());
            }
        }
    }

    /// What somebody has said about themselves.
    pub fn person(&self, who: &UserId) -> Person {
        let first = self.homes.first().map(|first| self.homes[first].community().persons.get(who).clone());
        first.unwrap_or_default()
    }

    /// Something is learned of somebody that is not said to a practice: what their profile says.
    pub fn note_person(&mut self, who: &UserId, change: PersonChange, step: &mut Step) {
        if let Some(first) = self.homes.first() {
            self.homes[first].note_person(who, change, step);
        }
    }

    /// Forgets what somebody has said who is in no community any more.
    pub fn forget_person(&mut self, who: &UserId, step: &mut Step) {
        if let Some(first) = self.homes.first().filter(|_| self.person(who) != Person::default()) {
            self.homes[first].forget_person(who, step);
        }
    }
}

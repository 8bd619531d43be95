//! Who facilitates and who takes notes: in turn among those who volunteered, the least recent first.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::series::Series;
use crate::{UserId, forget};

/// Somebody who volunteered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Volunteer {
    /// Who.
    pub who: UserId,
    /// To facilitate.
    pub facilitate: bool,
    /// To take notes.
    pub notes: bool,
}

forget!(Volunteer: who);

/// When somebody last did what, by the meeting's day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Led {
    /// Facilitated.
    pub facilitated: Option<Date>,
    /// Took notes.
    pub noted: Option<Date>,
}

forget!(Led);

/// Who leads a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Who facilitates.
    pub facilitator: Option<UserId>,
    /// Who takes notes.
    pub note_taker: Option<UserId>,
}

forget!(Roles: facilitator, note_taker);

impl Roles {
    /// Everybody in it.
    pub fn people(&self) -> impl Iterator<Item = &UserId> {
        self.facilitator.iter().chain(&self.note_taker)
    }
}

impl Series {
    /// Who leads the meeting of this day: as settled, and what nobody has as the turn says.
    pub fn roles(&self, date: Date) -> Roles {
        let mut roles = self.prepared.get(&date).and_then(|one| one.roles.clone()).unwrap_or_default();
        if roles.facilitator.is_none() {
            let others = |who: &UserId| roles.note_taker.as_ref() != Some(who);
            roles.facilitator = self.turn(|one| one.facilitate && others(&one.who), |led| led.facilitated);
        }
        if roles.note_taker.is_none() {
            let others = |who: &UserId| roles.facilitator.as_ref() != Some(who);
            roles.note_taker = self.turn(|one| one.notes && others(&one.who), |led| led.noted);
        }
        roles
    }

    /// The volunteer whose turn it is: who never did it before who did it long ago, and then who said so first.
    fn turn(&self, can: impl Fn(&Volunteer) -> bool, last: impl Fn(&Led) -> Option<Date>) -> Option<UserId> {
        let last = |one: &&Volunteer| self.led.get(&one.who).and_then(&last);
        self.volunteers.iter().filter(|one| can(one)).min_by_key(last).map(|one| one.who.clone())
    }

    /// Settles who leads the meeting of this day.
    pub fn settle(&mut self, date: Date) -> Roles {
        let roles = self.roles(date);
        self.prepared.entry(date).or_default().roles = Some(roles.clone());
        roles
    }

    /// Notes who led the meeting of this day.
    pub fn note_led(&mut self, date: Date, roles: &Roles) {
        if let Some(who) = &roles.facilitator {
            self.led.entry(who.clone()).or_default().facilitated = Some(date);
        }
        if let Some(who) = &roles.note_taker {
            self.led.entry(who.clone()).or_default().noted = Some(date);
        }
    }

    /// Takes somebody out of everything to come.
    pub fn drop_person(&mut self, who: &UserId) {
        self.volunteers.retain(|one| one.who != *who);
        for roles in self.prepared.values_mut().filter_map(|one| one.roles.as_mut()) {
            for role in [&mut roles.facilitator, &mut roles.note_taker] {
                if role.as_ref() == Some(who) {
                    *role = None;
                }
            }
        }
    }
}

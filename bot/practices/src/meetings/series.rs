//! A series of meetings: on which days it falls, which of them are skipped or moved, and which are behind it.
//!
//! A meeting is known by the day on which the rhythm puts it, wherever it was moved. Days are the series' own, in its
//! own zone, so that a meeting stays at ten when clocks change.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, ToSpan as _, civil::Date, tz::TimeZone};
use serde::{Deserialize, Serialize};

use super::roles::{Led, Roles, Volunteer};
use crate::{EventId, RoomId, Span, UserId, forget, schedule::Rhythm};

/// A series.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Series {
    /// Its number in the community.
    pub id: u32,
    /// Its name.
    pub name: String,
    /// When it repeats.
    pub rhythm: Rhythm,
    /// Its first day. Where it falls on every other week, this is in the first of them.
    pub first: Date,
    /// Its zone, as IANA names it.
    pub zone: String,
    /// Where people call in.
    pub link: Option<String>,
    /// How long a meeting is.
    pub length: Span,
    /// Its room.
    pub room: RoomId,
    /// Who planned it.
    pub by: Option<UserId>,
    /// The message that asked for it.
    pub event: EventId,
    /// Days before this one are behind it.
    pub from: Date,
    /// Days from then on that are behind it all the same, because a later one was moved before an earlier one.
    #[serde(default)]
    pub over: BTreeSet<Date>,
    /// What was changed, by day.
    #[serde(default)]
    pub changes: BTreeMap<Date, Change>,
    /// What was done about meetings to come.
    #[serde(default)]
    pub prepared: BTreeMap<Date, Prepared>,
    /// Who facilitates and takes notes in turn, in the order in which they said so.
    #[serde(default)]
    pub volunteers: Vec<Volunteer>,
    /// Who did so last when.
    #[serde(default)]
    pub led: BTreeMap<UserId, Led>,
    /// Volunteers who have left the room.
    #[serde(default)]
    pub gone: BTreeSet<UserId>,
}

forget!(
    Series: by, prepared, volunteers, led, gone;
    id, name, rhythm, first, zone, link, length, room, event, from, over, changes
);

/// How a meeting differs from its series.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// It does not happen.
    Skipped,
    /// It does not happen, because the community rests that day.
    Rested,
    /// It begins at another time.
    Moved(Timestamp),
}

/// What was done about a meeting to come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prepared {
    /// Whether those who lead it were told.
    pub asked: bool,
    /// For which beginnings the room was reminded: more than one where it was moved afterwards.
    pub reminded: BTreeSet<Timestamp>,
    /// Who leads it, once that is settled.
    pub roles: Option<Roles>,
}

forget!(Prepared: roles; asked, reminded);

/// A meeting to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occurrence {
    /// The day on which the rhythm puts it.
    pub date: Date,
    /// When it begins.
    pub start: Timestamp,
    /// Whether that is not when the rhythm puts it.
    pub moved: bool,
}

/// Longer than the longest rhythm.
const HORIZON_DAYS: usize = 400;

impl Series {
    /// Its zone. One that this build does not know (any more) is taken for UTC.
    pub fn zone(&self) -> TimeZone {
        TimeZone::get(&self.zone).unwrap_or(TimeZone::UTC)
    }

    /// Whether the rhythm puts a meeting on this day.
    pub fn falls_on(&self, date: Date) -> bool {
        date >= self.first
            && match self.rhythm {
                Rhythm::Weekly { every, on, .. } => {
                    let days = date.duration_since(self.first_of_rhythm()).as_hours() / 24;
                    date.weekday() == on && days % (7 * i64::from(every.max(1))) == 0
                }
                rhythm => rhythm.falls_on(date),
            }
    }

    /// The first day on which the rhythm puts a meeting.
    fn first_of_rhythm(&self) -> Date {
        match self.rhythm {
            Rhythm::Weekly { on, .. } if self.first.weekday() != on => {
                self.first.nth_weekday(1, on).unwrap_or(self.first)
            }
            _ => self.first,
        }
    }

    /// When the rhythm puts the meeting of this day.
    pub fn nominal(&self, date: Date) -> Option<Timestamp> {
        self.rhythm.time()?.on(date, &self.zone())
    }

    /// The meetings to come, in the order of the days on which the rhythm puts them.
    pub fn upcoming(&self) -> impl Iterator<Item = Occurrence> {
        self.days().filter_map(|date| match self.changes.get(&date) {
            Some(Change::Skipped | Change::Rested) => None,
            Some(Change::Moved(start)) => Some(Occurrence { date, start: *start, moved: true }),
            None => Some(Occurrence { date, start: self.nominal(date)?, moved: false }),
        })
    }

    /// The days to come, skipped ones among them.
    pub fn days(&self) -> impl Iterator<Item = Date> {
        let days = std::iter::successors(Some(self.from), |date| date.checked_add(1.day()).ok());
        days.take(HORIZON_DAYS).filter(|date| self.falls_on(*date) && !self.over.contains(date))
    }

    /// The meeting that comes first: that of the first day which was not moved, or one that was moved before it.
    pub fn next(&self) -> Option<Occurrence> {
        let moved = self.changes.iter().filter_map(|(date, change)| match change {
            Change::Moved(start) if !self.over.contains(date) && *date >= self.from => {
                Some(Occurrence { date: *date, start: *start, moved: true })
            }
            _ => None,
        });
        let regular = self.upcoming().find(|one| !one.moved);
        moved.chain(regular).min_by_key(|one| (one.start, one.date))
    }

    /// Puts a meeting behind the series.
    pub fn pass(&mut self, date: Date) {
        self.over.insert(date);
        let over = |date: &Date| self.over.contains(date) || self.is_out(*date);
        // Skipped days go when what comes after them is over.
        let last = self.over.last().copied().unwrap_or(date);
        let days = std::iter::successors(Some(self.from), |date| date.checked_add(1.day()).ok());
        let behind = days.take_while(|day| *day <= last && (!self.falls_on(*day) || over(day))).last();
        if let Some(from) = behind.and_then(|day| day.checked_add(1.day()).ok()) {
            self.from = from;
            self.over.retain(|date| *date >= from);
            self.changes.retain(|date, _| *date >= from);
            self.prepared.retain(|date, _| *date >= from);
        }
    }

    /// Whether the meeting of a day is left out.
    pub fn is_out(&self, date: Date) -> bool {
        matches!(self.changes.get(&date), Some(Change::Skipped | Change::Rested))
    }

    /// The name of a meeting in the log and on the board.
    pub fn name_of(&self, date: Date) -> String {
        format!("meeting/{}/{date}", self.id)
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

//! A community as it is now, and its own settings, as leads set them. Where they are unset, what the operator
//! configured holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use hearth_shared::bots::Pattern;
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use serde_json::{Map, Value};

use crate::{
    id::{RoomId, UserId},
    members::{Member, Members},
    person::Persons,
    rest::{self, Rest},
    schedule,
    words::Words,
};

/// Settings that differ from their defaults: practice → key → value.
pub type Overrides = BTreeMap<String, Map<String, Value>>;

/// Under which name the community's own settings stand among those of its practices.
pub const OWN: &str = "community";

/// A community as it is now.
#[derive(Clone, Debug)]
pub struct Community {
    /// Its name.
    pub name: String,
    /// The zone in which its schedules are kept.
    pub zone: TimeZone,
    /// What a command begins with, `!hearth`.
    pub prefix: String,
    /// The bot itself.
    pub bot: UserId,
    /// The room where everybody is, if leads said which.
    pub lobby: Option<RoomId>,
    /// The leads' room, if leads said which.
    pub leads: Option<RoomId>,
    /// Its rooms, without direct rooms.
    pub rooms: BTreeMap<RoomId, Room>,
    /// Rooms of which leads said that they are for announcements, or that they are not.
    pub announcements: BTreeMap<RoomId, bool>,
    /// What ids of bots, bridges' puppets and relays look like, as leads said.
    pub bots: Vec<Pattern>,
    /// Days off that leads have planned.
    pub rests: Vec<Rest>,
    /// Bridges that said of themselves that they serve one of its rooms.
    pub bridges: BTreeSet<UserId>,
    /// Who is in which room, as far as the bot remembers. It says whom to ask, and never what somebody may do.
    pub members: Members,
    /// What people have said about themselves, in whichever community.
    pub persons: Arc<Persons>,
}

/// A room of a community.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Room {
    /// Its name, or its alias, or its id.
    pub name: String,
    /// How many people are in it, the bot not counted; `None` while that is not known.
    pub people: Option<u64>,
    /// Whether everybody of the community may come in. What is said in a room that is not open is shown to those who
    /// are in it, and to nobody else.
    pub open: bool,
    /// Whether only moderators may write in it.
    pub moderated: bool,
}

impl Community {
    /// Whether somebody is no person: greeted by nobody, written to by nobody, counted nowhere.
    pub fn is_bot(&self, who: &UserId) -> bool {
        self.bridges.contains(who) || self.bots.iter().any(|pattern| pattern.fits(who.as_str()))
    }

    /// Whether a room is for announcements, which nobody is expected to answer: what leads said, else whether only
    /// moderators may write there.
    pub fn is_for_announcements(&self, room: &RoomId) -> bool {
        let moderated = || self.rooms.get(room).is_some_and(|room| room.moderated);
        self.announcements.get(room).copied().unwrap_or_else(moderated)
    }

    /// Who is in one of its rooms: people, without bots. It says whom to ask, and never what somebody may do.
    pub fn people_in<'a>(&'a self, room: &'a RoomId) -> impl Iterator<Item = (&'a UserId, Member)> {
        let known = self.rooms.contains_key(room).then(|| self.members.of(room));
        known.into_iter().flatten().filter(|(who, _)| !self.is_bot(who))
    }

    /// Its rooms in which somebody is.
    pub fn rooms_of<'a>(&'a self, who: &'a UserId) -> impl Iterator<Item = &'a RoomId> {
        self.rooms.keys().filter(|room| !self.is_bot(who) && self.members.is_in(room, who))
    }

    /// Since when somebody is one of its people: since they came to the first of the rooms in which they are. Whoever is in
    /// none, or only where leads are among themselves, is nobody to ask.
    pub fn member(&self, who: &UserId) -> Option<Member> {
        let rooms = self.rooms_of(who).filter(|room| self.leads.as_ref() != Some(room));
        rooms.filter_map(|room| self.members.get(room, who)).min_by_key(|member| member.since)
    }

    /// Its people, and since when they are.
    pub fn people(&self) -> BTreeMap<&UserId, Member> {
        let mut people: BTreeMap<&UserId, Member> = BTreeMap::new();
        let rooms = self.rooms.keys().filter(|room| self.leads.as_ref() != Some(room));
        for (who, member) in rooms.flat_map(|room| self.people_in(room)) {
            let earliest = people.entry(who).or_insert(member);
            if member.since < earliest.since {
                *earliest = member;
            }
        }
        people
    }

    /// What a room is called: its id, where nothing else is known.
    pub fn room_name<'a>(&'a self, room: &'a RoomId) -> &'a str {
        self.rooms.get(room).map_or(room.as_str(), |room| room.name.as_str())
    }

    /// A moment as its people say it.
    pub fn moment(&self, at: Timestamp, words: &Words) -> String {
        schedule::spoken(at, &self.zone, words)
    }

    /// A moment as one of its people reads it, on their own clock.
    pub fn moment_for(&self, who: &UserId, at: Timestamp, words: &Words) -> String {
        let theirs = self.persons.get(who).time_zone();
        schedule::spoken_away(at, theirs.as_ref().unwrap_or(&self.zone), &self.zone, words)
    }

    /// The days off that hold at a moment.
    pub fn rest_at(&self, at: Timestamp) -> Option<Rest> {
        rest::at(&self.rests, at, &self.zone)
    }

    /// A moment, or where it is on a day off, when the first day begins on which everything goes on.
    pub fn after_rest(&self, at: Timestamp) -> Timestamp {
        match self.rest_at(at) {
            Some(rest) => {
                let back = rest::day_after(&self.rests, rest.back);
                back.to_zoned(self.zone.clone()).map_or(at, |back| back.timestamp())
            }
            None => at,
        }
    }

    /// Whether two people are in a room together.
    pub fn share(&self, one: &UserId, other: &UserId) -> bool {
        self.rooms_of(one).any(|room| self.members.is_in(room, other)) && !self.is_bot(other)
    }

    /// Whether everybody of the community may come into a room. The leads' room is never open, and the lobby always.
    pub fn is_open(&self, room: &RoomId) -> bool {
        self.leads.as_ref() != Some(room)
            && (self.lobby.as_ref() == Some(room) || self.rooms.get(room).is_some_and(|room| room.open))
    }
}

/// What leads can set about the community itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {
    /// Its name, or the operator's for it.
    pub name: Option<String>,
    /// The IANA zone in which its schedules are kept, or the operator's.
    #[serde(deserialize_with = "zone")]
    pub zone: Option<String>,
    /// The tag of its language, one of [`Words::all`], or the operator's.
    #[serde(deserialize_with = "language")]
    pub language: Option<String>,
    /// The room where everybody is.
    pub lobby: Option<RoomId>,
    /// The leads' room.
    pub leads_room: Option<RoomId>,
    /// Whether a room is for announcements: where leads say nothing, it is if only moderators may write there.
    pub announcements: BTreeMap<RoomId, bool>,
    /// Whether changes of settings are announced in the leads' room.
    pub announce: bool,
    /// How many unsolicited messages a room gets a day at most.
    pub nudges_per_room: u32,
    /// How many unsolicited messages a person has had in a day, from whichever community of this bot, before this one
    /// writes no more.
    pub nudges_per_person: u32,
    /// The same in a week.
    pub nudges_per_person_a_week: u32,
    /// Who is no person: what ids of bots, bridges' puppets and relays look like.
    pub bots: Vec<Pattern>,
    /// Days off for everything that repeats.
    pub holidays: Vec<Rest>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: None,
            zone: None,
            language: None,
            lobby: None,
            leads_room: None,
            announcements: BTreeMap::new(),
            announce: true,
            nudges_per_room: 2,
            nudges_per_person: 1,
            nudges_per_person_a_week: 3,
            bots: Vec::new(),
            holidays: Vec::new(),
        }
    }
}

impl Settings {
    /// The zone, where leads have set one.
    pub fn time_zone(&self) -> Option<TimeZone> {
        TimeZone::get(self.zone.as_deref()?).ok()
    }

    /// The words of the language, where leads have set one.
    pub fn words(&self) -> Option<&'static Words> {
        Words::of(self.language.as_deref()?)
    }
}

/// The community's own settings among all that leads have set. One that no longer fits (a room id from elsewhere, a
/// zone that this machine does not know) falls back alone.
pub fn settings(overrides: &Overrides) -> Settings {
    let Ok(Value::Object(defaults)) = serde_json::to_value(Settings::default()) else { return Settings::default() };
    let read = |map: &Map<String, Value>| serde_json::from_value::<Settings>(Value::Object(map.clone()));
    let mut fitting = defaults;
    for (key, value) in overrides.get(OWN).into_iter().flatten() {
        let mut with = fitting.clone();
        with.insert(key.clone(), value.clone());
        if read(&with).is_ok() {
            fitting = with;
        }
    }
    read(&fitting).unwrap_or_default()
}

fn zone<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let zone = Option::<String>::deserialize(deserializer)?;
    match &zone {
        Some(name) if TimeZone::get(name).is_err() => Err(D::Error::custom(format!("{name} is no time zone"))),
        _ => Ok(zone),
    }
}

fn language<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let tag = Option::<String>::deserialize(deserializer)?;
    match &tag {
        Some(tag) if Words::of(tag).is_none() => {
            let tags: Vec<_> = Words::all().iter().map(|words| format!("`{}`", words.tag())).collect();
            Err(D::Error::custom(format!("unknown language, expected one of {}", tags.join(", "))))
        }
        _ => Ok(tag),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_does_not_fit_falls_back_alone() {
        let Value::Object(set) = json!({"zone": "Mars/Base", "language": "de", "nudges-per-room": 5, "old-key": 1})
        else {
            unreachable!("an object")
        };
        let settings = settings(&Overrides::from([(OWN.to_owned(), set)]));
        assert_eq!(settings.zone, None);
        assert_eq!(settings.words().unwrap().tag(), "de");
        assert_eq!((settings.nudges_per_room, settings.nudges_per_person, settings.announce), (5, 1, true));
    }
}

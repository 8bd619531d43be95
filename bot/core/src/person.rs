//! What people have said about themselves, once for all communities: how to speak to them, and when to leave them alone.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, Time},
    tz::TimeZone,
};
use serde::{Deserialize, Serialize};

use crate::{id::UserId, words::Words};

/// What somebody has said about themselves. What they have not said is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct Person {
    /// The tag of the language in which they want to be written to.
    pub language: Option<String>,
    /// Their time zone, as they have said: an IANA name.
    pub zone: Option<String>,
    /// Their time zone as their profile says (`m.tz`). It counts where they have said nothing.
    pub profile_zone: Option<String>,
    /// When their profile was last asked for, whatever it said.
    pub profile_read: Option<Timestamp>,
    /// When they are awake.
    pub waking: Option<Waking>,
    /// The first day on which they are back, in their own zone.
    pub away_until: Option<Date>,
    /// Whether they want to be asked nothing that they have not asked for.
    pub quiet: bool,
}

/// When somebody is awake, on which days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waking {
    /// From when.
    pub from: Time,
    /// Until when; later than `from`.
    pub until: Time,
    /// On which days, Monday is 1.
    pub days: BTreeSet<i8>,
}

impl Default for Waking {
    fn default() -> Self {
        Self { from: Time::constant(9, 0, 0, 0), until: Time::constant(18, 0, 0, 0), days: (1..=5).collect() }
    }
}

/// One thing that somebody says about themselves; nothing, where they take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonChange {
    /// In which language they want to be written to, by its tag.
    Language(Option<String>),
    /// Their time zone.
    Zone(Option<String>),
    /// Their time zone as their profile says.
    ProfileZone(Option<String>),
    /// That their profile is asked for at this moment.
    ProfileRead(Timestamp),
    /// When they are awake.
    Waking(Option<Waking>),
    /// Until when they are away: the first day on which they are back.
    Away(Option<Date>),
    /// Whether they want to be asked nothing.
    Quiet(bool),
}

impl Person {
    /// The same with what they say. What no zone, language or time of day is, is not taken.
    #[must_use]
    pub fn with(&self, change: PersonChange) -> Self {
        let mut person = self.clone();
        let is_zone = |zone: &String| TimeZone::get(zone).is_ok();
        match change {
            PersonChange::Language(tag) if tag.as_ref().is_none_or(|tag| Words::of(tag).is_some()) => {
                person.language = tag;
            }
            PersonChange::Zone(zone) if zone.as_ref().is_none_or(is_zone) => person.zone = zone,
            PersonChange::ProfileZone(zone) => person.profile_zone = zone.filter(is_zone),
            PersonChange::ProfileRead(at) => person.profile_read = Some(at),
            PersonChange::Waking(waking)
                if waking.as_ref().is_none_or(|it| it.from < it.until && !it.days.is_empty()) =>
            {
                person.waking = waking;
            }
            PersonChange::Away(until) => person.away_until = until,
            PersonChange::Quiet(quiet) => person.quiet = quiet,
            PersonChange::Language(_) | PersonChange::Zone(_) | PersonChange::Waking(_) => {}
        }
        person
    }

    /// Their time zone, if it is known.
    pub fn time_zone(&self) -> Option<TimeZone> {
        [&self.zone, &self.profile_zone].into_iter().flatten().find_map(|zone| TimeZone::get(zone).ok())
    }

    /// The words of their language, if they have said which.
    pub fn words(&self) -> Option<&'static Words> {
        Words::of(self.language.as_deref()?)
    }

    /// Until when they are to be left alone by whatever nobody asked for; `None` where they are not. `zone` is the
    /// community's.
    pub fn left_alone(&self, now: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        if self.quiet {
            return Some(Timestamp::MAX);
        }
        let zone = self.time_zone().unwrap_or_else(|| zone.clone());
        let back = self.away_until?.to_zoned(zone).ok()?.timestamp();
        (now < back).then_some(back)
    }

    /// The first moment from `at` on at which they are awake and not away. `zone` is the community's.
    pub fn awake(&self, at: Timestamp, zone: &TimeZone) -> Timestamp {
        let zone = self.time_zone().unwrap_or_else(|| zone.clone());
        let waking = self.waking.clone().unwrap_or_default();
        let mut from = at;
        if let Some(back) = self.away_until.and_then(|day| day.to_zoned(zone.clone()).ok()) {
            from = from.max(back.timestamp());
        }
        let first = from.to_zoned(zone.clone()).date();
        for days in 0..=7 {
            let day = first.saturating_add(SignedDuration::from_hours(24 * days));
            let at = |time: Time| day.to_datetime(time).to_zoned(zone.clone()).map(|at| at.timestamp());
            if let (true, Ok(begins), Ok(ends)) =
                (waking.days.contains(&day.weekday().to_monday_one_offset()), at(waking.from), at(waking.until))
                && from < ends
            {
                return from.max(begins);
            }
        }
        from
    }
}

/// Everybody who has said something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Persons(BTreeMap<UserId, Person>);

/// Of whom nothing is known.
static STRANGER: Person = Person {
    language: None,
    zone: None,
    profile_zone: None,
    profile_read: None,
    waking: None,
    away_until: None,
    quiet: false,
};

impl Persons {
    /// What somebody has said.
    pub fn get(&self, who: &UserId) -> &Person {
        self.0.get(who).unwrap_or(&STRANGER)
    }

    /// What is known of somebody from now on. Whoever has said nothing is not kept.
    pub fn set(&mut self, who: &UserId, person: Person) {
        if person == STRANGER {
            self.0.remove(who);
        } else {
            self.0.insert(who.clone(), person);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn what_somebody_said_of_their_zone_counts_before_what_their_profile_says() {
        let person = Person::default().with(PersonChange::ProfileZone(Some("Asia/Tokyo".to_owned())));
        assert_eq!(person.time_zone().unwrap().iana_name(), Some("Asia/Tokyo"));
        let said = person.with(PersonChange::Zone(Some("Europe/Lisbon".to_owned())));
        assert_eq!(said.time_zone().unwrap().iana_name(), Some("Europe/Lisbon"));
        assert_eq!(said.with(PersonChange::Zone(Some("Mars/Base".to_owned()))), said);
        assert_eq!(said.with(PersonChange::ProfileZone(Some("Mars/Base".to_owned()))).profile_zone, None);
        assert_eq!(said.with(PersonChange::Language(Some("tlh".to_owned()))), said);
        assert_eq!(said.with(PersonChange::Zone(None)), person);
        assert!(said.with(PersonChange::Language(Some("de".to_owned()))).words().is_some());
    }

    #[test]
    fn whoever_is_away_is_left_alone_until_the_day_on_which_they_are_back_where_they_live() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let person = Person::default()
            .with(PersonChange::Zone(Some("America/New_York".to_owned())))
            .with(PersonChange::Away(Some("2027-01-04".parse().unwrap())));
        let back = at("2027-01-04T00:00-05:00");
        assert_eq!(person.left_alone(at("2027-01-04T01:00+01:00"), &berlin), Some(back));
        assert_eq!(person.left_alone(back, &berlin), None);
        assert_eq!(person.awake(at("2026-12-24T12:00Z"), &berlin), at("2027-01-04T09:00-05:00"));
        let quiet = person.with(PersonChange::Quiet(true));
        assert_eq!(quiet.left_alone(back, &berlin), Some(Timestamp::MAX));
    }

    #[test]
    fn on_a_weekend_people_are_awake_on_monday() {
        let berlin = TimeZone::get("Europe/Berlin").unwrap();
        let awake = |text: &str| Person::default().awake(at(text), &berlin);
        assert_eq!(awake("2026-11-28T12:00+01:00"), at("2026-11-30T09:00+01:00"));
        assert_eq!(awake("2026-11-27T12:00+01:00"), at("2026-11-27T12:00+01:00"));
        assert_eq!(awake("2026-11-27T18:00+01:00"), at("2026-11-30T09:00+01:00"));
        assert_eq!(awake("2026-11-27T03:00+01:00"), at("2026-11-27T09:00+01:00"));
    }

    proptest! {
        #[test]
        fn nobody_is_woken_earlier_than_asked_or_later_than_a_week(
            second in 0i64..40_000_000, from in 0i8..20, hours in 1i8..4, day in 1i8..8,
        ) {
            let waking = Waking { from: Time::constant(from, 0, 0, 0), until: Time::constant(from + hours, 0, 0, 0), days: [day].into() };
            let person = Person::default().with(PersonChange::Waking(Some(waking)));
            let asked = Timestamp::from_second(1_790_000_000 + second).unwrap();
            let zone = TimeZone::get("America/Sao_Paulo").unwrap();
            let awake = person.awake(asked, &zone);
            let there = awake.to_zoned(zone.clone());
            prop_assert!(awake >= asked && awake.duration_since(asked) <= SignedDuration::from_hours(24 * 7 + 2));
            prop_assert_eq!(there.weekday().to_monday_one_offset(), day);
            prop_assert!(there.hour() >= from && there.hour() < from + hours);
        }
    }
}

//! Series over twenty years of clock changes, and meetings under any order of commands and pauses.

use std::collections::BTreeSet;

use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;

use super::*;
use crate::{
    Effect, Message, Outgoing,
    storm::{Outcome, Storm, Time, begun_by, weather},
};

const ZONES: [&str; 9] = [
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "America/Santiago",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "Asia/Gaza",
    "Pacific/Apia",
];

pub(super) fn series_of(rhythm: &str, zone: &str, first: Date) -> Series {
    let json = serde_json::json!({
        "id": 1, "name": "Call", "rhythm": rhythm, "first": first, "zone": zone, "link": null, "length": "1h",
        "room": "!lobby:t", "by": "@lea:t", "event": "$new", "from": first,
    });
    serde_json::from_value(json).unwrap()
}

/// Each meeting comes once, in order, on its day and at its hour, or as much later as the clock jumped.
#[test]
fn no_meeting_of_twenty_years_is_lost_or_doubled_at_any_clock_change() {
    for zone in ZONES {
        for (rhythm, every) in
            [("every sunday 02:30", 7), ("every 2 weeks on sunday 00:15", 14), ("every sunday 10:00", 7)]
        {
            let mut series = series_of(rhythm, zone, date(2020, 1, 5));
            let tz = series.zone();
            let mut expected = date(2020, 1, 5);
            let mut last = Timestamp::MIN;
            while expected < date(2041, 1, 1) {
                let next = series.next().unwrap();
                assert_eq!(next.date, expected, "{rhythm} in {zone}");
                assert!(next.start > last);
                last = next.start;
                let shown = tz.to_datetime(next.start);
                let wanted = expected.to_datetime(jiff::civil::Time::default())
                    + SignedDuration::from_mins(i64::from(match rhythm {
                        "every sunday 02:30" => 150,
                        "every sunday 10:00" => 600,
                        _ => 15,
                    }));
                let late = shown.duration_since(wanted);
                assert!(
                    late.is_zero() || (late.is_positive() && late <= SignedDuration::from_hours(24)),
                    "{rhythm} in {zone}: {shown}"
                );
                assert!(
                    late.is_zero() || tz.to_ambiguous_timestamp(wanted).is_ambiguous(),
                    "{rhythm} in {zone}: {shown}"
                );
                series.pass(next.date);
                assert!(series.over.is_empty() && series.from > expected);
                expected = expected.checked_add(jiff::Span::new().days(every)).unwrap();
            }
        }
    }
}

/// What may happen to two series. Numbers of days are from when it is said.
#[derive(Clone, Debug)]
enum SeriesAct {
    Says(String),
    /// Hours, and the bot is there.
    Awake(i64),
    /// Hours, and it is not.
    Away(i64),
}

fn act() -> impl Strategy<Value = SeriesAct> {
    let says = prop_oneof![
        Just("skip Call".to_owned()),
        Just("skip Standup".to_owned()),
        (1..20u8).prop_map(|days| format!("move Standup in {days} days 15:00")),
        (1..20u8).prop_map(|days| format!("move Call in {days} days 02:30")),
    ];
    prop_oneof![
        4 => (0..72i64).prop_map(SeriesAct::Awake),
        1 => (0..288i64).prop_map(SeriesAct::Away),
        3 => says.prop_map(SeriesAct::Says),
    ]
}

/// Two series of one zone, from some moment on.
struct SeriesStorm {
    zone: &'static str,
    start: Timestamp,
}

impl Storm for SeriesStorm {
    type Of = Meetings;
    type Act = SeriesAct;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        talk.overrides.insert("icebreakers".to_owned(), serde_json::from_str(r#"{"room-rhythm": "off"}"#).unwrap());
        talk.now = self.start;
        for series in ["Call every sunday 02:30", "Standup daily 09:00"] {
            talk.says("lea", "lobby", &format!("!hearth meeting new {series} --zone {}", self.zone));
        }
        talk
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &SeriesAct) {
        if let SeriesAct::Says(text) = act {
            talk.says("lea", "lobby", &format!("!hearth meeting {text}"));
        }
    }

    fn time(&self, act: &SeriesAct) -> Option<Time> {
        match act {
            SeriesAct::Says(_) => None,
            SeriesAct::Awake(hours) => Some(Time::Awake(hours * 60)),
            SeriesAct::Away(hours) => Some(Time::Away(hours * 60)),
        }
    }

    fn room(&self, _: &SeriesAct) -> Option<String> {
        None
    }

    /// Whatever is skipped, moved, and however long the bot is away: no card and no reminder comes twice, and a bot that
    /// is awake loses no meeting.
    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let mut sent: BTreeSet<&str> = BTreeSet::new();
        for outcome in run {
            let keys: Vec<&str> = outcome.effects().filter_map(key).collect();
            for key in &keys {
                prop_assert!(sent.insert(key), "{} came twice", key);
            }
            let awake = matches!(outcome.act(), Some(SeriesAct::Awake(_)));
            if awake && outcome.again {
                prop_assert_eq!(outcome.effects().count(), 0, "what is told again changes nothing");
                continue;
            }
            for series in all(&outcome.before).filter(|_| awake) {
                let Some(next) = series.next().filter(|next| next.start == outcome.sent) else { continue };
                let name = series.name_of(next.date);
                prop_assert!(keys.contains(&name.as_str()), "{} did not begin", name);
            }
        }
        Ok(())
    }
}

fn key(effect: &Effect) -> Option<&str> {
    match effect {
        Effect::Send(Outgoing::Message(Message { key: Some(key), .. })) => Some(key.as_str()),
        _ => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn nothing_is_said_twice(
        zone in proptest::sample::select(&ZONES[..]),
        start in 1_577_836_800_i64..2_208_988_800,
        acts in begun_by([], act(), 1..30),
    ) {
        let start = Timestamp::from_second(start).unwrap();
        weather(&SeriesStorm { zone, start }, &acts.and(SeriesAct::Awake(0)))?;
    }
}

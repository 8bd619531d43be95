//! Series over twenty years of clock changes, and meetings under any order of commands and pauses.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, civil::date};
use proptest::prelude::*;

use super::*;
use crate::{
    Input, Message, Outgoing, Overrides, Practice as _, Records, World, boards::Boards, records::RecordSet as _,
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

/// The practice alone, with a store that is read again after every step, as after a crash.
struct Stage {
    rows: BTreeMap<String, String>,
    now: Timestamp,
    talk: Dialogue,
}

impl Stage {
    fn new(now: Timestamp, zone: &str) -> Self {
        let rhythm = "every sunday 02:30";
        let today = TimeZone::get(zone).unwrap().to_datetime(now).date();
        let mut records = Records::<Meetings>::default();
        records.insert(SeriesAt { id: 1 }, series_of(rhythm, zone, today));
        let daily = Series { id: 2, name: "Daily".into(), ..series_of("daily 09:00", zone, today) };
        records.insert(SeriesAt { id: 2 }, daily);
        records.insert(LastSeries {}, 2);
        let rows = records.changes().into_iter().map(|(key, row)| (key, row.unwrap())).collect();
        Self { rows, now, talk: Dialogue::new() }
    }

    fn with<T>(&mut self, act: impl FnOnce(&mut Records<Meetings>, &Ctx<Settings>) -> T) -> T {
        let (mut records, unread) = Records::load_readable(self.rows.clone().into_iter().collect());
        assert!(unread.is_empty(), "{unread:?}");
        let (board, overrides) = (Boards::default(), Overrides::new());
        let world = World {
            now: self.now,
            seed: 7,
            lot: [7; 32],
            words: self.talk.words,
            community: &self.talk.community,
            practices: crate::registry::ALL.catalogue(),
            overrides: &overrides,
            boards: &board,
            present: crate::dialogue::everywhere(),
        };
        let done = act(&mut records, &Ctx { settings: &Settings::default(), world: &world });
        for (key, row) in records.changes() {
            match row {
                Some(row) => self.rows.insert(key, row),
                None => self.rows.remove(&key),
            };
        }
        done
    }

    fn wake(&mut self) -> Option<Timestamp> {
        self.with(|records, ctx| Meetings::wake(records, ctx))
    }

    fn tick(&mut self) -> Vec<Effect> {
        self.with(|records, ctx| Meetings::react(records, ctx, &Input::Tick))
    }

    fn says(&mut self, text: &str) -> Vec<Effect> {
        let spot = self.talk.spot("lobby", false, None);
        let words = text.split(' ').map(str::to_owned).collect();
        let by = user("lea");
        let asked = crate::Asked { by: &by, lead: true, spot: &spot, command: Command::Meeting { words } };
        self.with(|records, ctx| Meetings::react(records, ctx, &Input::Command(asked)))
    }
}

fn keys(effects: &[Effect]) -> impl Iterator<Item = &str> {
    effects.iter().filter_map(|effect| match effect {
        Effect::Send(Outgoing::Message(Message { key: Some(key), .. })) => Some(key.as_str()),
        _ => None,
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is skipped, moved, and however long the bot is away: no card and no reminder comes twice, none is
    /// sent for what was skipped, and a bot that is awake loses no meeting.
    #[test]
    fn nothing_is_said_twice(
        zone in proptest::sample::select(&ZONES[..]),
        start in 1_577_836_800_i64..2_208_988_800,
        steps in proptest::collection::vec((0_u8..8, 0_i64..72, 1_u8..20), 1..30),
    ) {
        let mut stage = Stage::new(Timestamp::from_second(start).unwrap(), zone);
        let mut sent: BTreeSet<String> = BTreeSet::new();
        let mut once = |effects: &[Effect]| -> Result<(), TestCaseError> {
            for key in keys(effects) {
                prop_assert!(sent.insert(key.to_owned()), "{} came twice", key);
            }
            Ok(())
        };
        for (what, hours, days) in steps {
            match what {
                // Awake.
                0..=3 => {
                    let until = stage.now + SignedDuration::from_hours(hours);
                    let mut guard = 0;
                    while let Some(at) = stage.wake().filter(|at| *at <= until) {
                        stage.now = stage.now.max(at);
                        let due: Vec<_> = stage.with(|records, _| {
                            all(records).filter_map(|one| Some((one.name_of(one.next()?.date), one.next()?.start))).collect()
                        });
                        let effects = stage.tick();
                        once(&effects)?;
                        for (name, start) in due {
                            if start == stage.now {
                                prop_assert!(keys(&effects).any(|key| key == name), "{} did not begin", name);
                            }
                        }
                        guard += 1;
                        prop_assert!(guard < 1_000, "it spins");
                    }
                    stage.now = until;
                }
                // Away.
                4 => {
                    stage.now += SignedDuration::from_hours(hours * 4);
                    let effects = stage.tick();
                    once(&effects)?;
                }
                5 => once(&stage.says(if days % 2 == 0 { "skip Call" } else { "skip Daily" }))?,
                6 => once(&stage.says(&format!("move Daily in {days} days 15:00")))?,
                _ => once(&stage.says(&format!("move Call in {days} days 02:30")))?,
            }
            // A step that is told again changes nothing.
            let again = stage.tick();
            once(&again)?;
            let before = stage.rows.clone();
            prop_assert!(stage.tick().is_empty());
            prop_assert_eq!(&before, &stage.rows);
            prop_assert!(stage.wake().is_none_or(|at| at > stage.now));
        }
    }
}

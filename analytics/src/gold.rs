//! The hand-made log of the definitions and its raw measures, to 12 digits: two months of thirty acts, and what
//! becomes of them in the two months after.
//!
//! It has fewer than five people, so nothing of it could be published: what is compared here is raw.

use std::collections::BTreeMap;

use hearth_import::{Import, Origin, import_with};
use hearth_shared::activity::{Capabilities, Kind};
use hearth_statistics::survival::kaplan_meier;
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    archive::{self, Community},
    lab::{BOT, Lab, Row, history},
    measures::{self, lifetime, newcomers},
    month_view::MonthView,
};

/// Asserts agreement to 12 significant digits.
#[track_caller]
pub fn close(value: f64, expected: f64) {
    let scale = expected.abs().max(1e-3);
    assert!((value - expected).abs() <= 1e-12 * scale, "{value} is not {expected}");
}

/// The hand-made log, with every capability.
fn tiny() -> Community {
    let (mut ids, mut people, mut rooms) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut rows = Vec::new();
    let number = |names: &mut BTreeMap<String, i32>, name: &str| -> i32 {
        let next = names.len() as i32 + 1;
        *names.entry(name.to_owned()).or_insert(next)
    };
    for line in include_str!("../testdata/tiny_events.csv").lines().skip(1) {
        let [ts, room, event, sender, kind, reply_to, thread, is_bot] =
            line.split(',').collect::<Vec<_>>().try_into().unwrap();
        let mut id = |name: &str| (!name.is_empty()).then(|| number(&mut ids, name));
        let (id, reply_to, thread) = (id(event).unwrap(), id(reply_to), id(thread));
        let kind = match kind {
            "message" => Kind::Message,
            "reaction" => Kind::Reaction,
            "join" => Kind::Join,
            _ => Kind::Leave,
        };
        let ts = ts.parse::<Timestamp>().unwrap().as_millisecond();
        let person = if is_bot == "1" { BOT } else { number(&mut people, sender) };
        let room = number(&mut rooms, room);
        rows.push(Row { id, room, person, kind, ts, reply_to, thread });
    }
    Lab::of(rows).community(now())
}

fn now() -> Timestamp {
    "2024-06-01T00:00:00Z".parse().unwrap()
}

fn with_views<T>(log: &Community, look: impl FnOnce(&[MonthView<'_>]) -> T) -> T {
    let (history, _) = history(log, "2024-04", now());
    look(&MonthView::all(&history))
}

const NULL: Option<f64> = None;

/// Raw values of January to April 2024.
#[rustfmt::skip]
const EXPECTED: &[(&str, [Option<f64>; 4])] = &[
    ("active_members", [Some(3.0), Some(5.0), Some(3.0), Some(2.0)]),
    ("posters", [Some(3.0), Some(4.0), Some(3.0), Some(2.0)]),
    ("reactors_only", [Some(0.0), Some(1.0), Some(0.0), Some(0.0)]),
    ("silent", [Some(1.0), Some(0.0), Some(3.0), Some(4.0)]),
    ("active_ratio", [Some(0.75), Some(1.0), Some(0.5), Some(0.333_333_333_333_333_3)]),
    ("daily_active_mean", [Some(0.225_806_451_612_903_22), Some(0.172_413_793_103_448_3), Some(0.129_032_258_064_516_13), Some(0.1)]),
    ("stickiness", [Some(0.075_268_817_204_301_08), Some(0.034_482_758_620_689_655), Some(0.043_010_752_688_172_04), Some(0.05)]),
    ("active_days_per_member", [Some(2.333_333_333_333_333_5), Some(1.0), Some(1.333_333_333_333_333_3), Some(1.5)]),
    ("messages", [Some(6.0), Some(5.0), Some(5.0), Some(3.0)]),
    ("effective_voices", [Some(2.749_459_273_997_205), Some(3.789_291_416_275_995_4), Some(2.871_745_887_492_587_6), Some(1.889_881_574_842_309_7)]),
    ("effective_voices_q2", [Some(2.571_428_571_428_571), Some(3.571_428_571_428_571), Some(2.777_777_777_777_777_2), Some(1.8)]),
    ("absence_factor", [Some(1.0), Some(2.0), Some(2.0), Some(1.0)]),
    ("top1_share", [Some(0.5), Some(0.4), Some(0.4), Some(0.666_666_666_666_666_6)]),
    ("gini", [Some(0.222_222_222_222_222_32), Some(0.15), Some(0.133_333_333_333_333_3), Some(0.166_666_666_666_666_74)]),
    ("gini_corrected", [Some(0.333_333_333_333_333_5), Some(0.2), Some(0.2), Some(0.333_333_333_333_333_5)]),
    ("evenness", [Some(0.920_619_835_714_304_7), Some(0.960_964_047_443_681_2), Some(0.960_229_717_860_761_2), Some(0.918_295_834_054_489_4)]),
    ("new_posters", [Some(3.0), Some(1.0), Some(1.0), Some(0.0)]),
    ("retained", [Some(0.0), Some(3.0), Some(2.0), Some(2.0)]),
    ("reactivated", [Some(0.0), Some(0.0), Some(0.0), Some(0.0)]),
    ("lapsed", [Some(0.0), Some(0.0), Some(2.0), Some(1.0)]),
    ("cohort_retention", [NULL, Some(1.0), Some(0.0), NULL]),
    ("opener_reply_rate", [Some(0.5), Some(0.5), Some(1.0), Some(1.0)]),
    ("acknowledged_rate", [Some(0.75), Some(0.5), Some(1.0), Some(1.0)]),
    ("reply_minutes_p50", [Some(75.0), Some(10.0), Some(40.0), Some(45.0)]),
    ("reply_minutes_p90", [Some(111.0), Some(10.0), Some(56.0), Some(45.0)]),
    ("newcomer_unanswered", [Some(1.0 / 3.0), Some(1.0), Some(0.0), NULL]),
    ("newcomer_reply_minutes", [Some(75.0), NULL, Some(60.0), NULL]),
    ("turn_taking", [Some(1.0), Some(1.0), Some(1.0), Some(1.0)]),
    ("burstiness", [Some(0.105_072_090_634_930_37), Some(0.264_515_655_258_014_46), Some(0.228_238_238_066_568_43), Some(-0.001_555_209_953_343_701_4)]),
    ("burstiness_corrected", [Some(0.401_039_623_694_480_7), Some(0.988_068_492_955_648_4), Some(0.866_608_726_559_77), Some(0.991_525_003_901_553_3)]),
    ("join_to_first_message", [Some(1.041_666_666_666_666_7), Some(1.059_027_777_777_777_7), Some(1.059_027_777_777_777_7), Some(1.059_027_777_777_777_7)]),
    ("reciprocity", [Some(0.0), Some(0.0), Some(0.666_666_666_666_666_6), Some(0.0)]),
    ("isolated_share", [Some(0.0), Some(0.25), Some(0.0), Some(0.0)]),
    ("giant_component", [Some(1.0), Some(0.75), Some(1.0), Some(1.0)]),
    ("mean_partners", [Some(1.333_333_333_333_333_3), Some(1.0), Some(1.333_333_333_333_333_3), Some(1.0)]),
    ("centralisation", [Some(1.0), Some(0.666_666_666_666_666_6), Some(1.0), NULL]),
    ("newcomer_mixing", [NULL, Some(-1.0), Some(1.0), NULL]),
    ("bridgers_share", [Some(0.666_666_666_666_666_6), Some(0.0), Some(0.0), Some(0.0)]),
    ("rooms_active", [Some(2.0), Some(2.0), Some(1.0), Some(1.0)]),
    ("rooms_dominated", [Some(0.0), Some(0.0), Some(0.0), Some(0.0)]),
];

/// Asserts that a log's raw measures are [`EXPECTED`].
fn agrees(log: &Community) {
    with_views(log, |views| {
        assert_eq!(views.len(), 4);
        for (id, months) in EXPECTED {
            let definition = measures::find(id).unwrap();
            for (view, expected) in views.iter().zip(months) {
                let raw = definition.raw(view).unwrap();
                assert_eq!(raw.value.is_some(), expected.is_some(), "{id} {}", view.facts.month);
                if let (Some(value), Some(expected)) = (raw.value, expected) {
                    assert!((value - expected).abs() <= 1e-12 * expected.abs().max(1e-3), "{id} {value} {expected}");
                }
            }
        }
    });
}

#[test]
fn every_raw_measure_agrees_with_gold() {
    agrees(&tiny());
}

#[test]
fn the_same_log_imported_from_its_table_agrees_with_gold() {
    let dir = tempfile::tempdir().unwrap();
    let (table, db) = (dir.path().join("tiny.csv"), dir.path().join("activity.db"));
    std::fs::write(&table, include_str!("../testdata/tiny_events.csv")).unwrap();
    let import = Import::new(Origin::Csv, &table, &db, "Tiny");
    import_with(&import, now(), indicatif::ProgressBar::hidden()).unwrap();
    let log = archive::without(&db, "Tiny", &TimeZone::UTC, now()).unwrap();
    assert_eq!(log.about.sources.values().copied().collect::<Vec<_>>(), [Capabilities::all()]);
    agrees(&log);
}

#[test]
fn samples_and_intervals_agree_with_gold() {
    let raw = |view: &MonthView<'_>, id: &str| measures::find(id).unwrap().raw(view).unwrap();
    with_views(&tiny(), |views| {
        let samples = |id: &str| views.iter().map(|view| raw(view, id).n).collect::<Vec<_>>();
        assert_eq!(samples("opener_reply_rate"), [4, 2, 2, 1]);
        assert_eq!(samples("newcomer_unanswered"), [3, 1, 1, 0]);
        assert_eq!(samples("reciprocity"), [2, 2, 3, 1]);
        assert_eq!(samples("active_ratio"), [4, 5, 6, 6]);
        for (id, month, low, high) in [
            ("active_ratio", 0, 0.300_641_842_582_401_84, 0.954_412_739_190_299_5),
            ("active_ratio", 3, 0.096_771_411_105_780_41, 0.700_006_684_861_608),
            ("opener_reply_rate", 0, 0.150_038_989_152_149_47, 0.849_961_010_847_850_6),
            ("opener_reply_rate", 2, 0.342_380_227_506_653_03, 1.0),
            ("newcomer_unanswered", 0, 0.061_491_944_720_396_21, 0.792_340_399_197_952_2),
            ("newcomer_unanswered", 2, 0.0, 0.793_450_685_622_762_6),
        ] {
            let [l, h] = raw(&views[month], id).interval.unwrap();
            close(l, low);
            close(h, high);
        }
        assert_eq!(raw(&views[3], "newcomer_unanswered").interval, None);
    });
}

#[test]
fn ways_through_the_community_agree_with_gold() {
    with_views(&tiny(), |views| {
        let sorted = |mut durations: Vec<(f64, bool)>| {
            durations.sort_by(|one, other| one.0.total_cmp(&other.0));
            durations
        };
        let agree = |found: Vec<(f64, bool)>, expected: &[(f64, bool)]| {
            assert_eq!(found.len(), expected.len());
            for ((days, seen), (expected_days, expected_seen)) in found.iter().zip(expected) {
                close(*days, *expected_days);
                assert_eq!(seen, expected_seen);
            }
        };
        let waiting = [
            (0.166_666_666_666_666_66, true),
            (1.041_666_666_666_666_7, true),
            (1.059_027_777_777_777_7, true),
            (1.083_333_333_333_333_3, true),
            (55.0, true),
            (60.125, false),
        ];
        agree(sorted(newcomers::waiting(&views[3])), &waiting);
        let lifetimes = [
            (0.0, true),
            (1.013_888_888_888_888_8, true),
            (34.986_111_111_111_114, true),
            (98.968_75, false),
            (119.083_333_333_333_33, false),
        ];
        let found = sorted(lifetime::durations(&views[3], 30.0));
        agree(found.clone(), &lifetimes);
        for (step, survival) in kaplan_meier(&found).iter().zip([0.8, 0.6, 0.4]) {
            close(step.survival, survival);
        }
        let cohorts = &views[0].history.cohorts;
        let wrote =
            |cohort: usize| (0..4 - cohort).map(|later| cohorts.wrote(cohort, later).unwrap()).collect::<Vec<_>>();
        assert_eq!([wrote(0), wrote(1), wrote(2)], [vec![3, 3, 2, 2], vec![1, 0, 0], vec![1, 0]]);
        let half_year = lifetime::LIFETIME_SURVIVAL;
        assert_eq!(half_year.raw(&views[3]).unwrap().value, None, "nobody has been silent for 90 days but cai");
    });
}

//! Releases and exact measures for which only some months are read, by way of the archive, are those of everything, to the
//! last bit.

use std::collections::BTreeMap;

use hearth_analytics::{
    archive::{self, Archive, Community},
    assembly,
    exact::Exact,
    month_view::MonthView,
    publish,
    read_plan::ReadPlan,
    releases::{self, Releases},
    rooms::RoomHistories,
};
use hearth_shared::{month::Month, release::Release};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

use crate::lab::{Deed, Lab, day, same};

/// So many days has the longest of these logs: fifteen months.
const DAYS: i64 = 450;

/// People who are enough to be told about, in rooms of which the last is young.
fn deed() -> impl Strategy<Value = Deed> {
    let near = || prop::option::weighted(0.5, 1..700_i64);
    let kind = prop_oneof![
        10 => Just(0), 3 => Just(1), 2 => Just(2), 1 => Just(3), 1 => Just(20), 1 => Just(40), 1 => Just(41)
    ];
    (1..14_i64, 1..5_i64, kind, 0..DAYS, near(), near()).prop_map(|(person, room, kind, day, reply_to, thread)| {
        // Newcomers arrive, and a room is opened.
        let (person, room) = (person.min(6 + day / 40), if day < 200 { room.min(3) } else { room });
        (person, room, kind, day, reply_to, thread.filter(|thread| thread % 3 == 0))
    })
}

/// What would be released of some months, all of which are due.
fn released(facts: &Community, months: &[Month], now: Timestamp) -> BTreeMap<Month, Release> {
    let Some(releases) = Releases::of(facts, months, false, "UTC", now).unwrap() else { return BTreeMap::new() };
    publish::preview(&releases, months).unwrap().into_iter().map(|release| (release.month, release)).collect()
}

/// The exact measures of some months, as they are printed: the community's, and its rooms'.
fn exact(facts: &Community, months: &[Month], now: Timestamp) -> BTreeMap<(Month, Option<String>), String> {
    let plan = ReadPlan::months(months.to_vec());
    let Some(history) = assembly::history(facts, &plan, now).unwrap() else { return BTreeMap::new() };
    let views = MonthView::all(&history);
    let indices = months.iter().filter_map(|month| history.index(*month));
    let whole = indices.map(|index| Exact::of(&views[index], "UTC").unwrap());
    let rooms = RoomHistories::of(&history);
    let all = whole.chain(rooms.views().exact(months, "UTC").unwrap());
    all.map(|one| ((one.month, one.room.clone()), serde_json::to_string(&one).unwrap())).collect()
}

/// By way of the archive, and where only what is needed is read, is said of each of these sets of months what is said of them
/// without it, where everything is read. Returns how many releases were compared.
#[track_caller]
fn agree(lab: &Lab, sets: &[Vec<Month>], zone: &TimeZone, now: Timestamp) -> usize {
    let kept = Archive::new(&lab.folder(), "Test/ers").read(&lab.file(), "Test/ers", zone, now).unwrap();
    let plain = archive::without(&lab.file(), "Test/ers", zone, now).unwrap();
    same(&kept, &plain, now);
    let due = releases::due(&plain).unwrap();
    let last = sets.iter().flatten().max().copied().unwrap();
    let first = plain.months().map_or(last, |(first, _)| first);
    let all: Vec<Month> = (0..).map_while(|age| first.plus(age).filter(|month| *month <= last)).collect();
    let (all_released, all_exact) = (released(&plain, &due, now), exact(&plain, &all, now));
    let mut compared = 0;
    for months in sets {
        let asked: Vec<Month> = due.iter().copied().filter(|month| months.contains(month)).collect();
        let told = released(&kept, &asked, now);
        assert_eq!(told.keys().copied().collect::<Vec<_>>(), asked);
        for (month, one) in &told {
            let other = &all_released[month];
            for (id, figure) in &one.figures {
                assert_eq!(Some(figure), other.figures.get(id), "{id}, {month} at {now}");
            }
            for (id, cell) in &one.measures {
                assert_eq!(Some(cell), other.measures.get(id), "{id}, {month} at {now}");
            }
            assert_eq!(one, other, "{month} at {now}");
        }
        compared += told.len();
        let mut expected = all_exact.clone();
        expected.retain(|(month, _), _| months.contains(month));
        assert_eq!(exact(&kept, months, now), expected, "at {now}");
    }
    compared
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2) })]

    #[test]
    fn what_is_said_of_some_months_is_what_is_said_of_everything(
        deeds in prop::collection::vec(deed(), 100..400),
        later in prop::collection::vec(deed(), 1..60),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"]),
        days in prop::collection::vec(30..DAYS + 60, 3..5),
        (late, out, gone) in (0..5_usize, 0..5_usize, 0..5_usize),
        (forgotten, opted_out) in (2..14_i64, 2..14_i64),
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let mut lab = Lab::new();
        lab.db.execute("INSERT INTO source VALUES (9, 1, 'other', 'replies,threads')", ()).unwrap();
        // As a bot writes them: in the order of time.
        let mut deeds = deeds;
        deeds.sort_by_key(|deed| deed.3);
        let (mut days, mut written, mut told) = (days, 0, 0);
        days.sort_unstable();
        // At the end, most months are due.
        *days.last_mut().unwrap() = DAYS + 59;
        for (at, today) in days.iter().copied().enumerate() {
            let until = deeds.partition_point(|deed| deed.3 <= today);
            let first = lab.next;
            lab.write(&deeds[written..until]);
            // Some of it comes from another source, which knows less.
            let other = "UPDATE activity SET source = 9 WHERE id >= ?1 AND id % 7 = 0 AND id > 150";
            lab.db.execute(other, [first]).unwrap();
            written = until;
            let now = day(today);
            let month = |back| Month::of(now, &zone).plus(back).unwrap();
            let before = month(-1);
            agree(&lab, &[vec![before]], &zone, now);
            if at == late {
                lab.write(&later);
            }
            if at == out {
                lab.db.execute("UPDATE person SET opted_out = 1 WHERE id = ?1", [opted_out]).unwrap();
            }
            if at == gone {
                lab.db.execute("DELETE FROM activity WHERE person = ?1", [forgotten]).unwrap();
                lab.db.execute("UPDATE state SET erasure_epoch = erasure_epoch + 1", ()).unwrap();
            }
            // This month, which is not over; an old one; several.
            told += agree(&lab, &[vec![month(0)], vec![month(-4)], vec![before, month(-7)]], &zone, now);
        }
        prop_assert!(told > 0, "something is released");
    }
}

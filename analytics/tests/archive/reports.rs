//! Reports for which only some months are read, by way of the archive, are the reports of everything, to the last bit.

use hearth_analytics::{
    archive::{self, Archive, Community},
    assembly,
    experiment::Tried,
    month_view::MonthView,
    read_plan::ReadPlan,
    rooms::RoomHistories,
};
use hearth_shared::{month::Month, report::Report};
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

/// What is said of some months: of the community, and of its rooms.
fn said(facts: &Community, plan: &ReadPlan, months: &[Month], tried: &Tried, now: Timestamp) -> [Vec<Report>; 2] {
    let Some(history) = assembly::history(facts, plan, now).unwrap() else { return [Vec::new(), Vec::new()] };
    let views = MonthView::all(&history);
    let rooms = RoomHistories::of(&history, plan);
    let rooms = rooms.views();
    let indices = months.iter().filter_map(|month| history.index(*month));
    let report = |index| assembly::report(&views, index, &rooms, "UTC", Some(tried)).unwrap();
    [indices.filter_map(report).collect(), rooms.reports(months, "UTC").unwrap()]
}

/// By way of the archive, and where only what is needed is read, is said of these months what is said without it.
#[track_caller]
fn agree(lab: &Lab, months: &[Month], since: Month, zone: &TimeZone, now: Timestamp) {
    let tried = format!(r#"{{"what": "greet", "measure": "acknowledged_rate", "aim": "more", "since": "{since}"}}"#);
    let tried: Tried = tried.parse().unwrap();
    let plan = ReadPlan::reports(months.to_vec(), Some(since));
    let kept = Archive::new(&lab.folder(), "Test/ers").read(&lab.file(), "Test/ers", zone, now).unwrap();
    let plain = archive::without(&lab.file(), "Test/ers", zone, now).unwrap();
    same(&kept, &plain, now);
    // Everything up to the last of them: every month is reported.
    let last = *months.iter().max().unwrap();
    let first = plain.months().map_or(last, |(first, _)| first);
    let all = (0..).map_while(|age| first.plus(age).filter(|month| *month <= last)).collect();
    let expected = said(&plain, &ReadPlan::reports(all, Some(since)), months, &tried, now);
    let told = said(&kept, &plan, months, &tried, now);
    for (one, other) in told.iter().flatten().zip(expected.iter().flatten()) {
        for (id, figure) in &one.figures {
            assert_eq!(Some(figure), other.figures.get(id), "{id}, {} at {now}", one.month);
        }
        for (id, measure) in &one.measures {
            assert_eq!(Some(measure), other.measures.get(id), "{id}, {} at {now}", one.month);
        }
        let json = |report: &Report| serde_json::to_string(report).unwrap();
        assert_eq!(json(one), json(other), "{} at {now}", one.month);
    }
    assert_eq!(told.map(|reports| reports.len()), expected.map(|reports| reports.len()));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4) })]

    #[test]
    fn reports_of_some_months_are_those_of_everything(
        deeds in prop::collection::vec(deed(), 100..400),
        later in prop::collection::vec(deed(), 1..60),
        zone in prop::sample::select(vec!["UTC", "Europe/Berlin", "Pacific/Kiritimati", "America/New_York"]),
        days in prop::collection::vec(30..DAYS + 60, 3..7),
        (late, out, gone) in (0..7_usize, 0..7_usize, 0..7_usize),
        (forgotten, opted_out) in (2..14_i64, 2..14_i64),
        since in 31..DAYS,
    ) {
        let zone = TimeZone::get(zone).unwrap();
        let mut lab = Lab::new();
        lab.db.execute("INSERT INTO source VALUES (9, 1, 'other', 'replies,threads')", ()).unwrap();
        // As a bot writes them: in the order of time.
        let mut deeds = deeds;
        deeds.sort_by_key(|deed| deed.3);
        let (mut days, mut written) = (days, 0);
        days.sort_unstable();
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
            let (before, since) = (month(-1), Month::of(day(since), &zone));
            agree(&lab, &[before], since, &zone, now);
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
            for months in [vec![month(0)], vec![month(-4)], vec![before, month(-7)]] {
                agree(&lab, &months, since, &zone, now);
            }
        }
    }
}

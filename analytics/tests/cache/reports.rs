//! Reports of months whose past is known from summaries alone are the reports of the whole log, to the last bit.

use hearth_analytics::{
    assembly, cache::Cache, experiment::Tried, history::History, load, loaded_log::LoadedLog, measures,
    month_view::MonthView, raw::Raw, read_plan::ReadPlan, rooms::RoomLogs, summary,
};
use hearth_shared::{month::Month, report::Report};
use jiff::{Timestamp, tz::TimeZone};
use proptest::prelude::*;

use crate::lab::{Deed, Lab, day};

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

/// What is said of some months, and what measures come to before it is decided what may be said.
struct Said {
    reports: Vec<Report>,
    of_rooms: Vec<Report>,
    raw: Vec<(Month, &'static str, Raw)>,
}

fn said(loaded: LoadedLog, months: &[Month], tried: &Tried, zone: &TimeZone, now: Timestamp, per_room: bool) -> Said {
    let LoadedLog { log, mut summaries, end, .. } = loaded;
    let last = *months.iter().max().unwrap();
    summaries.retain(|summary| summary.month <= last);
    let history = History::of(&log, summaries, end.unwrap_or(0), zone.clone(), now);
    let views = MonthView::all(&history);
    let logs = RoomLogs::of(&history);
    let rooms = logs.histories(&history);
    let rooms = rooms.views();
    let (mut reports, mut raw) = (Vec::new(), Vec::new());
    for month in months {
        let Some(index) = history.index(*month) else { continue };
        reports.extend(assembly::report(&views, index, &rooms, "UTC", Some(tried)).unwrap());
        // The month, and those that it is compared with; of these the rows are read where rooms are.
        let compared = [index.checked_sub(1), index.checked_sub(12)].into_iter().flatten().filter(|_| per_room);
        for index in compared.chain([index]) {
            let view = &views[index];
            raw.extend(measures::ALL.iter().map(|it| (view.facts.month, it.id, (it.raw)(view).unwrap())));
        }
    }
    let of_rooms = if per_room { rooms.reports(months, "UTC").unwrap() } else { Vec::new() };
    Said { reports, of_rooms, raw }
}

/// By way of the cache is said of these months what is said without it.
#[track_caller]
fn agree(lab: &Lab, months: &[Month], since: Month, zone: &TimeZone, now: Timestamp) -> usize {
    let tried = format!(r#"{{"what": "greet", "measure": "acknowledged_rate", "aim": "more", "since": "{since}"}}"#);
    let tried: Tried = tried.parse().unwrap();
    let plan = ReadPlan::reports(months.to_vec(), Some(since));
    let read = |plan| Cache::new(&lab.folder(), "Test/ers").read(&lab.file(), "Test/ers", zone, now, plan).unwrap();
    let cached = read(&plan);
    let rows = cached.log.len();
    // What follows makes no month settle: what the first left is used.
    let [again, of_rooms] = [read(&plan), read(&plan.clone().per_room())];
    let log = load::load(&lab.file(), "Test/ers", now).unwrap();
    let last = *months.iter().max().unwrap();
    let plain = LoadedLog {
        summaries: summary::all(&log, zone, last, |_| true),
        first: log.ts.first().map(|ts| Month::of(Timestamp::from_millisecond(*ts).unwrap(), zone)),
        end: log.ts.last().copied(),
        log: log.clone(),
    };
    assert_eq!((cached.first, cached.end), (plain.first, plain.end));
    let without_cache = LoadedLog::whole(log, zone, &plan);
    let plain = said(plain, months, &tried, zone, now, true);
    for (loaded, per_room) in [(cached, false), (again, false), (of_rooms, true), (without_cache, false)] {
        let told = said(loaded, months, &tried, zone, now, per_room);
        assert!(!per_room || told.raw.len() == plain.raw.len());
        for one in &told.raw {
            assert!(plain.raw.contains(one), "{one:?} at {now}");
        }
        if per_room {
            assert_eq!(told.of_rooms, plain.of_rooms, "{months:?} at {now}");
        }
        assert_eq!(told.reports.len(), plain.reports.len());
        for (one, other) in told.reports.iter().zip(&plain.reports) {
            for (id, figure) in &one.figures {
                assert_eq!(Some(figure), other.figures.get(id), "{id}, {} at {now}", one.month);
            }
            for (id, measure) in &one.measures {
                assert_eq!(Some(measure), other.measures.get(id), "{id}, {} at {now}", one.month);
            }
            let json = |report: &Report| serde_json::to_string(report).unwrap();
            assert_eq!(json(one), json(other), "{} at {now}", one.month);
        }
    }
    rows
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4) })]

    #[test]
    fn reports_by_way_of_summaries_are_the_reports_of_the_log(
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

#[test]
fn a_report_reads_the_rows_of_its_months_and_not_of_history() {
    let mut lab = Lab::new();
    let deeds: Vec<Deed> =
        (0..900).map(|at| (2 + at % 12, 1 + at % 3, i64::from(at % 5 == 0), at / 2, None, None)).collect();
    lab.write(&deeds);
    let (zone, now) = (TimeZone::UTC, day(455));
    let newest = Month::of(day(424), &zone);
    // February, and of March what there is: when the cache is made, and when it is used. What February is compared with is
    // kept.
    for _ in 0..2 {
        let rows = agree(&lab, &[newest], newest, &zone, now);
        assert!((55..120).contains(&rows), "{rows} of 900");
    }
}

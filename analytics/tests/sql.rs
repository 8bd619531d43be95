//! A second implementation of the measures, in plain SQL over the same file, against the worker's own: every month of
//! a small generated community. What the two disagree on, one of them has wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{collections::BTreeMap, path::Path};

use hearth_analytics::{
    archive, assembly, facts, measures,
    month_view::MonthView,
    raw_months::{self, Terms},
    read_plan::ReadPlan,
};
use hearth_release::raw::{RawMonth, RawQuarter};
use hearth_shared::release::Quarter;
use jiff::{Timestamp, tz::TimeZone};
use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rusqlite::{Connection, OptionalExtension as _, params};

/// What both implementations may differ by: the last digits of sums in another order.
const TOLERANCE: f64 = 1e-9;

/// Acts and messages of who may be counted.
const ACTS: &str = "CREATE TEMP VIEW act AS SELECT a.* FROM activity a JOIN person p ON p.id = a.person
         WHERE p.is_bot = 0 AND p.opted_out = 0 AND a.kind <= 3;
     CREATE TEMP TABLE msg AS SELECT * FROM act WHERE kind = 0;
     CREATE UNIQUE INDEX temp.msg_id ON msg (id);
     CREATE INDEX temp.msg_ts ON msg (ts);
     CREATE INDEX temp.msg_reply ON msg (reply_to);
     CREATE INDEX temp.msg_thread ON msg (thread, ts);
     CREATE INDEX temp.msg_person ON msg (person, ts);";

/// One measure a file: `?1` and `?2` are the month's first and the next month's first millisecond, `?3` the month
/// before's first, `?4` the last row's time.
const QUERIES: &[(&str, &str)] = &[
    ("active_members", include_str!("sql/active_members.sql")),
    ("posters", include_str!("sql/posters.sql")),
    ("reactors_only", include_str!("sql/reactors_only.sql")),
    ("daily_active_mean", include_str!("sql/daily_active_mean.sql")),
    ("active_days_per_member", include_str!("sql/active_days_per_member.sql")),
    ("messages", include_str!("sql/messages.sql")),
    ("messages_per_poster_median", include_str!("sql/messages_per_poster_median.sql")),
    ("effective_voices_q2", include_str!("sql/effective_voices_q2.sql")),
    ("absence_factor", include_str!("sql/absence_factor.sql")),
    ("top1_share", include_str!("sql/top1_share.sql")),
    ("top3_share", include_str!("sql/top3_share.sql")),
    ("gini", include_str!("sql/gini.sql")),
    ("new_posters", include_str!("sql/new_posters.sql")),
    ("retained", include_str!("sql/retained.sql")),
    ("reactivated", include_str!("sql/reactivated.sql")),
    ("lapsed", include_str!("sql/lapsed.sql")),
    ("reciprocity", include_str!("sql/reciprocity.sql")),
    ("isolated_share", include_str!("sql/isolated_share.sql")),
    ("mean_partners", include_str!("sql/mean_partners.sql")),
    ("bridgers_share", include_str!("sql/bridgers_share.sql")),
    ("rooms_active", include_str!("sql/rooms_active.sql")),
    ("rooms_dominated", include_str!("sql/rooms_dominated.sql")),
    ("turn_taking", include_str!("sql/turn_taking.sql")),
    ("opener_reply_rate", include_str!("sql/opener_reply_rate.sql")),
    ("reply_minutes_p50", include_str!("sql/reply_minutes_p50.sql")),
];

/// What a month comes to, a value a file, over what `sql/raw/tables.sql` makes: `?1` and `?2` are the first and the last
/// millisecond that is not in it.
const OF_MONTHS: &[(&str, Of<RawMonth>, &str)] = &[
    ("posters", |raw| Some(raw.posters as f64), include_str!("sql/posters.sql")),
    ("active", |raw| raw.active.map(|count| count as f64), include_str!("sql/active_members.sql")),
    ("messages", |raw| Some(raw.messages as f64), include_str!("sql/messages.sql")),
    ("voices", |raw| raw.voices, include_str!("sql/effective_voices_q2.sql")),
    ("rooms_active", |raw| Some(raw.rooms_active as f64), include_str!("sql/rooms_active.sql")),
    ("rooms_shared", |raw| Some(raw.rooms_shared as f64), include_str!("sql/raw/rooms_shared.sql")),
    ("new", |raw| raw.new.map(|count| count as f64), include_str!("sql/raw/new.sql")),
    ("unknown_origin", |raw| Some(raw.unknown_origin as f64), include_str!("sql/raw/unknown_origin.sql")),
    ("conversations", |raw| Some(raw.conversations as f64), include_str!("sql/raw/conversations.sql")),
    ("openers", |raw| Some(raw.openers as f64), include_str!("sql/raw/openers.sql")),
    ("taken", |raw| Some(raw.taken as f64), include_str!("sql/raw/taken.sql")),
    ("taken_openers", |raw| Some(raw.taken_openers as f64), include_str!("sql/raw/taken_openers.sql")),
    ("answer_minutes", |raw| raw.answer_minutes, include_str!("sql/raw/answer_minutes.sql")),
];

/// What a quarter comes to, the same; `?3` is when the next one ends.
const OF_QUARTERS: &[(&str, Of<RawQuarter>, &str)] = &[
    ("posters", |raw| Some(raw.posters as f64), include_str!("sql/posters.sql")),
    ("alone", |raw| Some(raw.alone as f64), include_str!("sql/raw/alone.sql")),
    ("stayed", |raw| raw.stayed.map(|count| count as f64), include_str!("sql/raw/stayed.sql")),
    ("newcomers", |raw| Some(raw.newcomers as f64), include_str!("sql/raw/newcomers.sql")),
    ("welcomed", |raw| Some(raw.welcomed as f64), include_str!("sql/raw/welcomed.sql")),
    ("back", |raw| Some(raw.back as f64), include_str!("sql/raw/back.sql")),
];

/// A value of what something comes to.
type Of<T> = fn(&T) -> Option<f64>;

/// A community in which people come, go, talk in three rooms, answer each other, and react; one is a bot, one has opted
/// out.
fn generate(path: &Path) {
    let mut db = hearth_log::open(path).unwrap();
    let transaction = db.transaction().unwrap();
    transaction.execute("INSERT INTO community (id, name) VALUES (1, 'Testers')", ()).unwrap();
    transaction
        .execute("INSERT INTO source VALUES (1, 1, 'lab', 'replies,threads,reactions,joins,edits')", ())
        .unwrap();
    for room in 1..=3 {
        transaction.execute("INSERT INTO room (id, community, external, name) VALUES (?1, 1, ?1, ?1)", [room]).unwrap();
    }
    for person in 1..=60_i64 {
        let row = params![person, [person as u8; 16], person == 1, person == 2];
        let insert = "INSERT INTO person (id, community, pseudonym, is_bot, opted_out) VALUES (?1, 1, ?2, ?3, ?4)";
        transaction.execute(insert, row).unwrap();
    }
    let mut random = ChaCha8Rng::seed_from_u64(7);
    let mut below = |limit: i64| (random.next_u64() % limit as u64) as i64;
    let start: i64 = "2024-01-01T00:00:00Z".parse::<Timestamp>().unwrap().as_millisecond();
    let mut ts = start;
    let mut messages: Vec<(i64, i64, Option<i64>)> = Vec::new();
    for id in 1..=6000_i64 {
        // Nights and busy hours: most gaps are short, some are long.
        ts += if below(10) == 0 { below(30) * 3_600_000 } else { below(40) * 60_000 + 1 };
        let age = (ts - start) / 86_400_000;
        // Few write much; newcomers arrive as time goes by.
        let known = 10 + (age / 4).min(50);
        let person = 1 + below(known) * below(known) / known;
        let recent = |back: i64| messages.get(messages.len().wrapping_sub(1 + back as usize)).copied();
        let (kind, reply_to, thread, room) = match below(10) {
            0 => match recent(below(20)) {
                Some((target, room, _)) => (1, Some(target), None, room),
                None => (0, None, None, 1),
            },
            1..=4 => match recent(below(8)) {
                Some((target, room, thread)) => (0, Some(target), thread, room),
                None => (0, None, None, 1),
            },
            5 => match recent(below(5)) {
                Some((target, room, thread)) => (0, None, thread.or(Some(target)), room),
                None => (0, None, None, 1),
            },
            _ => (0, None, None, 1 + below(3)),
        };
        let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread)
                      VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7)";
        transaction.execute(insert, params![id, room, person, kind, ts, reply_to, thread]).unwrap();
        if kind == 0 {
            messages.push((id, room, thread));
        }
    }
    // Of half of them it was seen that they came. Two of these were moved in with somebody else.
    transaction
        .execute(
            "INSERT INTO activity (id, community, source, room, person, kind, ts)
             SELECT 100000 + person, 1, 1, room, person, 2, ts - 60000 FROM
                 (SELECT person, room, min(ts) AS ts FROM activity GROUP BY person) WHERE person % 2 = 0",
            (),
        )
        .unwrap();
    for person in [40, 41, 42] {
        let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts)
                      SELECT 200000 + ?1, 1, 1, 1, ?1, 2, ts FROM activity WHERE id = 100040";
        transaction.execute(insert, [person]).unwrap();
    }
    transaction.commit().unwrap();
}

/// Compares every month and measure, and returns how many pairs there were and the largest relative difference.
fn compare(path: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> (BTreeMap<&'static str, usize>, f64) {
    let facts = archive::without(path, community, zone, now).unwrap();
    let history = assembly::history(&facts, &ReadPlan::everything(), now).unwrap().unwrap();
    let db = Connection::open(path).unwrap();
    db.execute_batch(ACTS).unwrap();
    let (mut agreed, mut largest, mut disagreed) = (BTreeMap::new(), 0.0_f64, Vec::new());
    for view in MonthView::all(&history) {
        let (from, until) = view.facts.month.bounds(zone);
        let (before, _) = view.facts.month.previous().unwrap().bounds(zone);
        for (id, sql) in QUERIES {
            let mut query = db.prepare(sql).unwrap();
            let parameters = [from, until, before, history.end];
            let taken = query.parameter_count();
            let theirs: Option<f64> = query
                .query_row(rusqlite::params_from_iter(&parameters[..taken]), |row| row.get(0))
                .optional()
                .unwrap()
                .flatten();
            let ours = measures::find(id).unwrap().raw(&view).unwrap().value;
            let difference = match (ours, theirs) {
                (Some(ours), Some(theirs)) => (ours - theirs).abs() / theirs.abs().max(1.0),
                (None, None) => 0.0,
                _ => f64::INFINITY,
            };
            if difference > TOLERANCE {
                disagreed.push(format!("{id} in {}: {ours:?}, by SQL {theirs:?}", view.facts.month));
                continue;
            }
            largest = largest.max(difference);
            *agreed.entry(*id).or_insert(0) += 1;
        }
    }
    assert!(disagreed.is_empty(), "{disagreed:#?}");
    (agreed, largest)
}

/// Compares what months and quarters come to, and returns how many values of each there were.
fn compare_raw(path: &Path, community: &str, zone: &TimeZone, now: Timestamp) -> BTreeMap<String, Vec<f64>> {
    let facts = archive::without(path, community, zone, now).unwrap();
    let terms = Terms { busy: 150, ..Terms::default() };
    let db = Connection::open(path).unwrap();
    db.execute_batch(ACTS).unwrap();
    db.execute_batch("CREATE TEMP TABLE month (number INTEGER, begin INTEGER, until INTEGER)").unwrap();
    for month in facts.months_of(None) {
        let (begin, until) = month.bounds(zone);
        db.execute("INSERT INTO month VALUES (?1, ?2, ?3)", params![month.ordinal(), begin, until]).unwrap();
    }
    db.execute_batch(include_str!("sql/raw/tables.sql")).unwrap();
    let (mut agreed, mut disagreed) = (BTreeMap::<String, Vec<f64>>::new(), Vec::new());
    let mut compare = |name: String, at: String, ours: Option<f64>, sql: &str, times: [i64; 3]| {
        let mut query = db.prepare(sql).unwrap();
        let taken = query.parameter_count();
        let theirs: Option<f64> = query
            .query_row(rusqlite::params_from_iter(&times[..taken]), |row| row.get(0))
            .optional()
            .unwrap()
            .flatten();
        let is_near = |(ours, theirs): (f64, f64)| (ours - theirs).abs() <= 1e-12 * theirs.abs().max(1.0);
        match ours.zip(theirs).map_or(ours == theirs, is_near) {
            true => agreed.entry(name).or_default().extend(ours),
            false => disagreed.push(format!("{name} in {at}: {ours:?}, by SQL {theirs:?}")),
        }
    };
    for raw in raw_months::months(&facts, &terms).unwrap() {
        let (begin, until) = raw.month.bounds(zone);
        // Of who was known to have come, SQL knows nothing.
        for (name, of, sql) in OF_MONTHS.iter().filter(|(name, ..)| *name != "new" || raw.new.is_some()) {
            compare((*name).to_owned(), raw.month.to_string(), of(&raw), sql, [begin, until, until]);
        }
    }
    for raw in raw_months::quarters(&facts, &terms).unwrap() {
        let begin = |quarter: Quarter| facts::begin(quarter.first().ordinal(), zone);
        let times = [0, 1, 2].map(|later| begin(raw.quarter.plus(later).unwrap()));
        for (name, of, sql) in OF_QUARTERS.iter().filter(|(name, ..)| *name != "stayed" || raw.stayed.is_some()) {
            compare(format!("quarter's {name}"), raw.quarter.to_string(), of(&raw), sql, times);
        }
    }
    assert!(disagreed.is_empty(), "{disagreed:#?}");
    agreed
}

#[test]
fn sql_agrees_on_what_every_month_and_quarter_comes_to() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("activity.db");
    generate(&path);
    let agreed = compare_raw(&path, "Testers", &TimeZone::UTC, "2030-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(agreed.len(), OF_MONTHS.len() + OF_QUARTERS.len());
    // Each is more than nothing somewhere.
    assert!(agreed.values().all(|values| values.len() >= 3 && values.iter().any(|value| *value > 0.0)), "{agreed:?}");
}

#[test]
fn sql_agrees_on_every_measure_of_every_month() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("activity.db");
    generate(&path);
    let (agreed, _) = compare(&path, "Testers", &TimeZone::UTC, "2030-01-01T00:00:00Z".parse().unwrap());
    assert_eq!(agreed.len(), QUERIES.len());
    assert!(agreed.values().all(|months| *months >= 8), "{agreed:?}");
}

/// The same over a log of one's own: `HEARTH_COMPARE=activity.db:Community`.
#[test]
fn sql_agrees_on_a_log_that_the_environment_names() {
    let Ok(named) = std::env::var("HEARTH_COMPARE") else { return };
    let (path, community) = named.rsplit_once(':').unwrap();
    let (agreed, largest) =
        compare(Path::new(path), community, &TimeZone::UTC, "2030-01-01T00:00:00Z".parse().unwrap());
    println!("agreed in {agreed:?} months; largest relative difference {largest:e}");
}

//! The facts of the worker again, in SQL: run by DuckDB over acts that the worker wrote, they are its archive's.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use hearth_shared::activity::TOPIC;
use hearth_tests::python::Python;
use jiff::Timestamp;
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rusqlite::params;
use serde::Deserialize;
use tempfile::TempDir;
use tokio::process::Command;

use crate::stage::PROGRAM;

const SQL: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../analytics/sql");

/// Two communities whose ids mean different things; the names are none that a path could hold as they are. In New York,
/// clocks change in the first hours of 2020-11.
const COMMUNITIES: [(&str, &str, u64); 2] = [("Test/ers", "America/New_York", 1), ("Töpfer", "Asia/Kathmandu", 2)];

/// The closed months in which there was anything. Nothing happened in 2020-12, and in 2021-02 only a bot wrote.
const MONTHS: [&str; 8] = ["2020-09", "2020-10", "2020-11", "2020-12", "2021-01", "2021-02", "2021-03", "2021-04"];

const MINUTE: i64 = 60_000;
const BOT: i64 = 1;
const OPTED_OUT: i64 = 2;

fn at(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

/// One act as the log has it.
#[derive(Clone, Copy)]
struct Act {
    source: i64,
    room: i64,
    person: i64,
    kind: i64,
    ts: i64,
    reply_to: Option<i64>,
    thread: Option<i64>,
}

/// Eight months in four rooms: messages, answers and threads, also to what is in another room or in no row, also before
/// what they answer; reactions, joins alone and together, leaves, gatherings; many at one instant, and ids that are
/// not in the order of times.
fn invent(seed: u64) -> Vec<(i64, Act)> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let (mut ts, end) = (at("2020-09-10T00:00:00Z"), at("2021-05-20T00:00:00Z"));
    let is_silent = |ts: i64| (at("2020-11-29T00:00:00Z")..at("2021-01-03T00:00:00Z")).contains(&ts);
    let is_bots = |ts: i64| (at("2021-01-30T00:00:00Z")..at("2021-03-03T00:00:00Z")).contains(&ts);
    let mut acts: Vec<(i64, Act)> = Vec::new();
    let (mut next, mut more) = (0, 400_000);
    while ts < end {
        ts += match random.random_range(0..12) {
            0..3 => 0,
            3..9 => random.random_range(1..70 * MINUTE),
            9..11 => random.random_range(0..5 * 60 * MINUTE),
            _ => random.random_range(0..30 * 60 * MINUTE),
        };
        if is_silent(ts) {
            continue;
        }
        next += 1;
        // Of two neighbours, the later one often has the lower id.
        let id: i64 = if (next / 2) % 3 == 2 { next ^ 1 } else { next };
        // Some write all the time, many seldom, and some come late.
        let known = random.random_range(10..=20 + next / 16);
        let before = acts.last().filter(|(_, last)| last.ts == ts && random.random_bool(0.5));
        let person = match before {
            _ if is_bots(ts) => BOT,
            // Two things at once.
            Some((_, last)) => last.person,
            None if random.random_bool(0.2) => random.random_range(3..9),
            None => random.random_range(1..=known),
        };
        let mut act = Act {
            source: 1 + i64::from(random.random_bool(0.1)),
            room: before.map_or(random.random_range(1..=4), |(_, last)| last.room),
            person,
            kind: [0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 3, 40][random.random_range(0..12)],
            ts,
            reply_to: None,
            thread: None,
        };
        if is_bots(ts) {
            act.kind = 0;
        }
        let back = if random.random_bool(0.1) { 1000 } else { 12 };
        let recent = acts.len().checked_sub(random.random_range(1..=back)).and_then(|at| acts.get(at)).copied();
        let recent = recent.filter(|_| act.kind <= 1 && random.random_bool(if act.kind == 1 { 0.95 } else { 0.6 }));
        if let Some((target, other)) = recent {
            act.room = if random.random_bool(0.9) { other.room } else { act.room };
            match random.random_range(0..10) {
                0..4 => act.reply_to = Some(target),
                4..7 if act.kind == 0 => act.thread = other.thread.or(Some(target)),
                7 if act.kind == 0 => (act.reply_to, act.thread) = (Some(target), other.thread.or(Some(target))),
                // What comes next, or what was never heard of.
                8 if random.random_bool(0.3) => act.reply_to = Some(100_000 + id / 9),
                8 => act.reply_to = Some(id + random.random_range(1..4)),
                9 if act.kind == 0 => act.thread = Some(200_000 + id / 15),
                _ => act.reply_to = Some(target),
            }
        }
        acts.push((id, act));
        if act.kind == 0 && person != BOT && random.random_bool(0.01) {
            // Somebody looks in, and is gone again.
            let guest = Act { person: random.random_range(180..200), ..act };
            acts.extend([(more + 1, guest), (more + 2, Act { kind: 3, ts: ts + 1, ..guest })]);
            more += 2;
        }
        if act.kind == 2 && random.random_bool(0.3) {
            // A workspace is moved: others join in the same moment.
            for person in [act.person + 1, act.person + 2] {
                more += 1;
                acts.push((more, Act { person, ..act }));
            }
        }
    }
    // Three days of November have 73 hours in New York. A source that came up in the last of them, and one in the one
    // before: only the latter came up in the first 72 hours.
    let plain = Act { source: 3, room: 5, person: 7, kind: 0, ts: 0, reply_to: None, thread: None };
    acts.push((300_001, Act { ts: at("2020-11-04T04:30:00Z"), ..plain }));
    acts.push((300_002, Act { ts: at("2020-11-04T03:30:00Z"), source: 4, room: 6, ..plain }));
    let marks = marks(&acts);
    acts.into_iter().chain(marks).chain(cases()).collect()
}

/// What the log says of itself beside such acts: prompts, rooms that came into view, heartbeats.
fn marks(acts: &[(i64, Act)]) -> Vec<(i64, Act)> {
    let mark = |(at, (_, act)): (usize, &(i64, Act))| {
        let kind = [(9, 84), (40, 83), (50, 82)].into_iter().find(|(step, _)| at % step == 3)?.1;
        let room = if kind == 82 { 0 } else { act.room };
        let mark = Act { person: BOT, kind, room, ts: act.ts + 1, reply_to: None, thread: None, ..*act };
        Some((500_000 + at as i64, mark))
    };
    acts.iter().enumerate().filter_map(mark).collect()
}

/// What happens seldom: who did what where and when, what it answers, in which thread.
fn cases() -> Vec<(i64, Act)> {
    let topic = Some(250_001);
    let mut cases = vec![
        // The opener's third message is answered in time, and more than 72 hours after the month.
        (20, 7, 0, "2020-10-31T22:00:00Z", None, None),
        (20, 7, 0, "2020-11-01T03:30:00Z", None, None),
        (20, 7, 0, "2020-11-01T09:00:00Z", None, None),
        (21, 7, 0, "2020-11-04T08:00:00Z", Some(600_002), None),
        // More than 72 hours after the first message, and fewer after the second, which is answered.
        (20, 7, 0, "2021-01-10T00:00:00Z", None, None),
        (20, 7, 0, "2021-01-10T05:00:00Z", None, None),
        (21, 7, 0, "2021-01-13T03:00:00Z", Some(600_005), None),
        // Who joins as the room comes into view.
        (BOT, 8, 83, "2021-01-20T10:00:00.100Z", None, None),
        (200, 8, 2, "2021-01-20T10:00:00.300Z", None, None),
        (200, 8, 0, "2021-01-20T10:05:00Z", None, None),
        // A pause of six hours to the millisecond.
        (20, 8, 0, "2021-01-22T00:00:00Z", None, None),
        (21, 8, 0, "2021-01-22T06:00:00Z", None, None),
        // The root of a thread that says so.
        (20, 8, 0, "2021-01-25T00:00:00Z", None, Some(600_012)),
        // A topic that nobody answers for days, by somebody who comes back too late.
        (201, 7, 0, "2021-01-11T00:00:00Z", None, topic),
        (20, 7, 0, "2021-01-16T00:00:00Z", None, topic),
        (201, 7, 0, "2021-03-20T00:00:00Z", None, None),
    ];
    let ids = (600_000..).zip(cases.drain(..));
    let mut acts: Vec<(i64, Act)> = ids
        .map(|(id, (person, room, kind, ts, reply_to, thread))| {
            (id, Act { source: 1, room, person, kind, ts: at(ts), reply_to, thread })
        })
        .collect();
    // Somebody speaks alone for more than three days, and goes on when another has spoken.
    let hour = 60 * MINUTE;
    let alone = Act { room: 8, ts: at("2021-03-05T00:00:00Z"), ..acts[0].1 };
    acts.extend((0..17).map(|step| (600_100 + step, Act { ts: alone.ts + step * 5 * hour, ..alone })));
    acts.extend([
        (600_200, Act { person: 21, ts: alone.ts + 81 * hour, ..alone }),
        (600_201, Act { ts: alone.ts + 82 * hour, ..alone }),
        (600_202, Act { person: 21, ts: alone.ts + 83 * hour, reply_to: Some(600_201), ..alone }),
    ]);
    acts
}

/// Whether a thread is a topic.
fn is_topic(thread: Option<i64>) -> bool {
    thread.is_some_and(|thread| (200_000..300_000).contains(&thread) && thread % 2 == 1)
}

/// What the worker made of two logs.
struct Lab {
    dir: TempDir,
}

impl Lab {
    async fn new() -> Self {
        let lab = Self { dir: tempfile::tempdir().unwrap() };
        for (community, zone, seed) in COMMUNITIES {
            let log = lab.dir.path().join(format!("{seed}.db"));
            write(&log, community, &invent(seed));
            lab.work(&log, community, zone).await;
        }
        lab
    }

    fn acts(&self) -> PathBuf {
        self.dir.path().join("acts")
    }

    fn archive(&self) -> PathBuf {
        self.dir.path().join("archive")
    }

    /// Lets the worker write acts and archive.
    async fn work(&self, log: &Path, community: &str, zone: &str) {
        let asked = ["--community", community, "--timezone", zone, "--db"];
        let mut acts = Command::new(PROGRAM);
        acts.args(["worker", "acts"]).args(asked).arg(log).arg("--out").arg(self.acts());
        let mut archive = Command::new(PROGRAM);
        archive
            .args(["worker", "measure", "--month", "2021-03"])
            .args(asked)
            .arg(log)
            .arg("--cache")
            .arg(self.archive());
        for mut command in [acts, archive] {
            let output = command.output().await.unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }

    /// What comes of the statements in these folders, beside the archive.
    async fn compare(&self, python: &Python, folders: &[PathBuf]) -> Vec<BTreeMap<String, Compared>> {
        let mut script = python.script("twin.py");
        let output = script.arg(self.acts()).arg(self.archive()).args(folders).output().await.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = String::from_utf8(output.stdout).unwrap();
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// What came of one statement.
#[derive(Debug, Deserialize)]
struct Compared {
    /// How many rows the archive has.
    rows: usize,
    /// A few of those that only one of the two has, or that differ.
    wrong: Vec<serde_json::Value>,
    /// In which months the archive has any, by community.
    months: BTreeMap<String, Vec<i32>>,
}

fn write(log: &Path, community: &str, acts: &[(i64, Act)]) {
    let mut db = hearth_log::open(log).unwrap();
    let transaction = db.transaction().unwrap();
    transaction.execute("INSERT INTO community (id, name) VALUES (1, ?1)", [community]).unwrap();
    for source in 1..=4 {
        let row = params![source, source.to_string(), "replies,threads,reactions,joins,edits"];
        transaction.execute("INSERT INTO source VALUES (?1, 1, ?2, ?3)", row).unwrap();
    }
    for room in 1..=8 {
        transaction.execute("INSERT INTO room (id, community, external, name) VALUES (?1, 1, ?1, ?1)", [room]).unwrap();
    }
    for person in 1..=201_i64 {
        let row = params![person, [person as u8; 16], person == BOT, person == OPTED_OUT];
        let insert = "INSERT INTO person (id, community, pseudonym, is_bot, opted_out) VALUES (?1, 1, ?2, ?3, ?4)";
        transaction.execute(insert, row).unwrap();
    }
    for (id, act) in acts {
        let Act { source, room, person, kind, ts, reply_to, thread } = act;
        let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, value)
                      VALUES (?1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
        let value = (*kind == 0 && is_topic(*thread)).then_some(TOPIC);
        transaction.execute(insert, params![id, source, room, person, kind, ts, reply_to, thread, value]).unwrap();
    }
    transaction.commit().unwrap();
}

/// The names of the statements, each a table.
fn statements() -> Vec<String> {
    let names = fs::read_dir(SQL).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = names.map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect();
    names.retain(|name| name != "acts");
    names.sort();
    names
}

#[tokio::test]
async fn facts_in_sql_are_the_facts_of_the_worker() {
    let python = Python::with_duckdb().await.unwrap();
    let lab = Lab::new().await;
    let found = lab.compare(&python, &[PathBuf::from(SQL)]).await.remove(0);
    assert_eq!(found.keys().cloned().collect::<Vec<_>>(), statements());
    let months = MONTHS.map(|month| month.parse::<hearth_shared::month::Month>().unwrap().ordinal());
    let closed = BTreeMap::from(COMMUNITIES.map(|(community, ..)| (community.to_owned(), months.to_vec())));
    assert_eq!(found["counts"].months, closed);
    let wrong: Vec<_> = found.iter().filter(|(_, compared)| !compared.wrong.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    // In the log is what the statements tell apart.
    assert!(found.values().all(|compared| compared.rows >= 14), "{found:#?}");
}

/// Each takes one rule out of a statement: table, what stands there, what stands there instead.
const FAULTS: &[(&str, &str, &str)] = &[
    ("activity", "AND asked.room = reply.room", ""),
    ("activity", "edges = 2 THEN 2", "edges = 2 THEN 1"),
    ("arrivals", "AND joins = 1", ""),
    ("arrivals", "ORDER BY ts, id", "ORDER BY ts, id DESC"),
    ("circles", "WHERE kind = 84", "WHERE FALSE"),
    ("circles", "AND root.room = in_threads.room", ""),
    ("circles", "WHERE root.month - root.month % 3 = in_threads.month - in_threads.month % 3", ""),
    ("cohorts", "min(month)", "max(month)"),
    ("conversations", "< 21600000", "<= 21600000"),
    ("conversations", "WHERE kind = 84", "WHERE FALSE"),
    ("conversations", "AND answer.ts - own.ts BETWEEN", "AND answer.ts - own.began BETWEEN"),
    (
        "conversations",
        "AND (answer.month <= own.month OR (answer.month = own.month + 1 AND answer.ts < answer.begin + 259200000))",
        "",
    ),
    ("conversations", "OR said.turn < next_ones.turn", "OR TRUE"),
    ("conversations", "AND answer.room = own.room", ""),
    ("conversations", "WHERE after <= 259200000", ""),
    ("conversations", "AND said.ts - opened.ts <= 259200000", ""),
    ("conversations", "OR (thread = id AND NOT is_topic)", ""),
    ("counts", "WHEN is_inside = 0 THEN 1 END) AS gone", "WHEN is_inside = 2 THEN 1 END) AS gone"),
    ("counts", "ORDER BY ts DESC, id DESC", "ORDER BY ts DESC, id"),
    ("counts", "previous = month - 1", "previous < month"),
    ("counts", "PARTITION BY community, room, person ORDER BY month", "PARTITION BY community, person ORDER BY month"),
    ("dangling", "person IS NOT NULL", "TRUE"),
    ("depths", "AND asked.month = reply.month", ""),
    ("depths", "AND (asked.ts < reply.ts OR (asked.ts = reply.ts AND asked.id < reply.id))", ""),
    ("ends", "FROM acts", "FROM acts WHERE person IS NOT NULL"),
    ("flow", "PARTITION BY community, month, room ORDER BY", "PARTITION BY community, room ORDER BY"),
    ("flow", "stddev_pop", "stddev_samp"),
    ("flow", "FROM months\nLEFT JOIN turns", "FROM months\nJOIN turns"),
    ("openers", "BETWEEN 0 AND 259200000", "<= 259200000"),
    ("openers", "BETWEEN 0 AND 259200000", "BETWEEN 0 AND 86400000"),
    ("openers", "AND answer.room = asked.room", ""),
    ("openers", "AND root.id IS NULL", ""),
    (
        "openers",
        "LEFT JOIN acts AS root",
        "LEFT JOIN (SELECT * FROM acts WHERE kind = 0 AND person IS NOT NULL) AS root",
    ),
    ("openers", "AND reaction.room = asked.room", ""),
    ("openers", "PARTITION BY community, room, thread", "PARTITION BY community, room"),
    ("openers", "<= 3600000", "<= 7200000"),
    ("moved", "together >= 3", "together >= 2"),
    ("moved", "OR at_start", ""),
    ("origins", "act = 1 AND kind = 2", "kind = 2"),
    ("origins", "31536000000", "3153600000"),
    (
        "origins",
        "WHERE later.person <> first_one.person AND later.ts - first_one.ts <= 259200000",
        "WHERE later.person <> first_one.person",
    ),
    ("origins", "kind <= 1 AND reply_to IS NOT NULL", "kind = 0 AND reply_to IS NOT NULL"),
    ("people", "AND asked.room = reply.room", ""),
    ("people", "lag(month)", "lag(month, 2)"),
    ("replies", "WHERE asked.person <> reply.person", ""),
    ("replies", "ON asked.community = reply.community AND", "ON"),
    ("returns", "later.ts - first_one.ts <= 2592000000", "TRUE"),
    ("returns", "OR (later.month = first_one.month AND later.day > first_one.day)", ""),
    ("rooms", "WHERE kind <> 82", ""),
    ("rooms", "kind = 83", "kind = 84"),
    ("rooms", "THEN first_ts END", "THEN NULL END"),
    ("sources", "min(ts - begin) < 259200000", "min(day) < 3"),
    ("sources", "WHERE person IS NOT NULL", ""),
    ("threads", "LEFT JOIN acts AS root", "LEFT JOIN (SELECT * FROM acts WHERE person IS NOT NULL) AS root"),
    ("week", "kind = 0", "kind <= 1"),
];

#[tokio::test]
async fn a_statement_without_one_of_its_rules_is_found_out() {
    let python = Python::with_duckdb().await.unwrap();
    let lab = Lab::new().await;
    let folders: Vec<PathBuf> = (0..FAULTS.len()).map(|at| lab.dir.path().join(format!("wrong-{at}"))).collect();
    for (folder, (table, rule, instead)) in folders.iter().zip(FAULTS) {
        let [name, acts] = [format!("{table}.sql"), "acts.sql".to_owned()];
        let right = fs::read_to_string(Path::new(SQL).join(&name)).unwrap();
        assert!(right.contains(rule), "{name} has no `{rule}`");
        fs::create_dir(folder).unwrap();
        fs::write(folder.join(name), right.replace(rule, instead)).unwrap();
        fs::copy(Path::new(SQL).join(&acts), folder.join(acts)).unwrap();
    }
    let found = lab.compare(&python, &folders).await;
    assert_eq!(found.len(), FAULTS.len());
    let unseen = FAULTS.iter().zip(found).filter(|((table, ..), found)| found[*table].wrong.is_empty());
    let unseen: Vec<_> = unseen.map(|(fault, _)| fault).collect();
    assert!(unseen.is_empty(), "{unseen:#?}");
    // Each table has a rule that was broken.
    let tables: BTreeSet<&str> = FAULTS.iter().map(|(table, ..)| *table).collect();
    assert_eq!(tables.into_iter().collect::<Vec<_>>(), statements());
}

//! A year in the life of a community, and what is left of it in every table.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use serde_json::json;

use crate::{incoming, stage::Stage};

/// How many people there are, who come and go.
const PEOPLE: usize = 40;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

fn name(number: usize) -> String {
    format!("p{:02}", number % PEOPLE)
}

/// No table of a community of this size holds more rows than this, however old it is. Most are events that had
/// consequences, for ninety days.
const MOST: i64 = 1_500;

/// How many topics that were discussed are kept: those of a year, of which one a week is discussed here.
const TOPICS: i64 = 53;

/// Forty messages and reactions in one batch, as a sync brings them.
fn chatter(stage: &mut Stage, day: usize, number: usize) {
    let mut unit = crate::engine::UnitOfWork::default();
    for one in 0..40 {
        let id = format!("$talk-{day}-{number}-{one}");
        let reply = format!("$talk-{day}-{number}-{}", one / 2);
        let (kind, content) = match one % 5 {
            4 => {
                let to = json!({"rel_type": "m.annotation", "event_id": reply, "key": "👍"});
                ("m.reaction", json!({"m.relates_to": to}))
            }
            _ => ("m.room.message", json!({"msgtype": "m.text", "body": "Good morning"})),
        };
        let event = json!({
            "type": kind, "event_id": id, "sender": crate::stage::user(&name(day + one * 7)), "content": content,
            "origin_server_ts": stage.now.as_millisecond(),
        });
        let incoming = incoming::read(&event.to_string(), false).unwrap();
        let (room, now) = (crate::stage::room_id("lobby"), stage.now);
        stage.core.take(&room, &incoming, &Default::default(), now, &mut unit).unwrap();
    }
    unit.commit.cursor = Some(format!("s{day}-{number}"));
    stage.finish(unit);
}

/// The event of the newest message that the practice named so.
fn newest(stage: &Stage, like: &str) -> Option<String> {
    let find = "SELECT event FROM message WHERE key LIKE ?1 ORDER BY rowid DESC LIMIT 1";
    stage.core.store.db.query_row(find, [like], |row| row.get(0)).ok()
}

/// Five people a week arrive, and leave after a fortnight; two write to the bot and never join; a room comes every ten
/// days, is replaced after ten more, and goes after another ten.
fn comes_and_goes(stage: &mut Stage, day: usize) {
    if day % 7 < 5 {
        let who = format!("new{day}");
        stage.moves(&who, "lobby", true);
        stage.direct(&who);
        stage.tells(&who, "!hearth help");
        stage.says(&who, "lobby", "good morning, I am new here");
    }
    if day % 7 >= 5 {
        let who = format!("guest{day}");
        stage.direct(&who);
        stage.tells(&who, "help");
    }
    if day >= 14 && (day - 14) % 7 < 5 {
        stage.moves(&format!("new{}", day - 14), "lobby", false);
    }
    if day.is_multiple_of(10) {
        let side = |day: usize| format!("side{day}");
        stage.brought_by("lea", &side(day), &["lea", "p01"]);
        stage.says("p01", &side(day), "!hearth poll \"Here?\" Yes | No --close 1h");
        stage.says("lea", &side(day), "!hearth icebreaker");
        if day >= 10 {
            let old = side(day - 10);
            stage.is_replaced(&old, &format!("{old}b"), &["lea", "p01"]);
            stage.has_to_leave(&old);
        }
        if day >= 20 {
            stage.has_to_leave(&format!("side{}b", day - 20));
        }
    }
}

/// The rooms that the bot wants to leave, it leaves.
fn departs(stage: &mut Stage, lines: &[String]) -> usize {
    let left = lines.iter().filter(|line| line.contains("LeaveDirect"));
    let rooms: Vec<String> =
        left.filter_map(|line| Some(line.split("!direct-").nth(1)?.split(':').next()?.to_owned())).collect();
    for who in &rooms {
        stage.has_to_leave(&format!("direct-{who}"));
    }
    rooms.len()
}

/// What a community does in a day.
fn day(stage: &mut Stage, day: usize) {
    chatter(stage, day, 0);
    stage.moves(&name(day), "lobby", false);
    stage.moves(&name(day * 3 + 5), "lobby", true);
    stage.moves(&name(day), "lobby", true);
    stage.passes(HOUR);
    if day.is_multiple_of(2) {
        stage.says(&name(day), "lobby", "!hearth poll \"Lunch?\" Soup | Rice --close 3h");
        if let Some(poll) = newest(stage, "poll/%") {
            for voter in 0..12 {
                let vote = json!({
                    "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
                    "org.matrix.msc3381.poll.response": {"answers": [if voter % 3 == 0 { "1" } else { "2" }]},
                });
                stage.sends(&name(voter), "lobby", "org.matrix.msc3381.poll.response", vote);
            }
        }
    }
    if day % 7 == 1 {
        stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There --close 4h");
        for voter in 0..8 {
            stage.tells(&name(voter), "vote");
            stage.tells(&name(voter), "vote 1");
            stage.tells(&name(voter), "vote 2");
        }
    }
    if day % 7 == 2 {
        stage.says(&name(day), "lobby", &format!("!hearth topic add Topic of day {day}"));
        stage.says("lea", "lobby", "!hearth topic list");
        let number = day / 7 + 1;
        stage.says("lea", "lobby", &format!("!hearth topic discussed {number}"));
    }
    if day % 7 == 3 {
        let number = day / 7 + 1;
        stage.says(&name(day), "lobby", "!hearth action write it down by tomorrow");
        stage.says(&name(day), "lobby", &format!("!hearth action done {number}"));
        stage.says("lea", "lobby", "!hearth meeting find \"Talk\" tomorrow 10:00 | tomorrow 16:00 --close 5h");
        for who in 0..6 {
            stage.says(&name(who), "lobby", "!hearth meeting can 1 2");
        }
    }
    if day % 30 == 4 {
        stage.says("lea", "lobby", "!hearth retro start --collect 4h --vote 4h");
        for who in 0..6 {
            stage.tells(&name(who), "happy: the new build");
            stage.tells(&name(who), "sad: the old one");
        }
    }
    if day % 30 == 9 {
        stage.says(&name(day), "lobby", "!hearth privacy");
        stage.tells(&name(day), "my-data");
        stage.tells(&name(day), "opt-out");
        stage.tells(&name(day), "opt-in");
    }
    let today = stage.now.to_string()[..10].to_owned();
    for who in [name(day), name(day * 5)] {
        let budget = crate::store::Budget { since: stage.now, most: 1 };
        let whom = crate::store::to_person(&crate::stage::user(&who));
        stage.core.store.spend_nudge(&format!("{who} {today}"), &whom, stage.now, &[budget]).unwrap();
    }
    let lines = stage.passes(HOUR * 23);
    departs(stage, &lines);
}

/// How many bytes each table and index has, free pages not counted.
fn bytes(stage: &Stage) -> BTreeMap<String, i64> {
    let db = &stage.core.store.db;
    let mut sizes = db.prepare("SELECT name, sum(payload) FROM dbstat GROUP BY name").unwrap();
    sizes.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

/// How many rows each table has; records by what their keys begin with.
fn sizes(stage: &Stage) -> BTreeMap<String, i64> {
    let db = &stage.core.store.db;
    let mut tables = db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'").unwrap();
    let tables: Vec<String> = tables.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
    let mut sizes = BTreeMap::new();
    for table in tables.iter().filter(|table| !table.starts_with("sqlite_")) {
        let count = db.query_row(&format!("SELECT count(*) FROM {table}"), (), |row| row.get(0)).unwrap();
        sizes.insert(table.clone(), count);
    }
    let group = "practice || ' ' || substr(key || '/', 1, instr(key || '/', '/')), count(*)";
    for table in ["record", "message"] {
        let mut kinds = db.prepare(&format!("SELECT {group} FROM {table} GROUP BY 1")).unwrap();
        let kinds = kinds.query_map((), |row| Ok((format!("{table} {}", row.get::<_, String>(0)?), row.get(1)?)));
        sizes.extend(kinds.unwrap().map(Result::unwrap));
    }
    sizes
}

#[test]
fn after_a_year_no_table_is_larger_than_after_four_months_however_many_have_come_and_gone() {
    let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
    stage.core.store.db.execute_batch("PRAGMA synchronous = OFF").unwrap();
    stage.core.log.hurry();
    let everybody: Vec<String> = (0..PEOPLE).map(name).chain(["lea".to_owned()]).collect();
    let everybody: Vec<&str> = everybody.iter().map(String::as_str).collect();
    stage.comes_to("lobby", &everybody);
    stage.comes_to("leads", &["lea"]);
    for who in &everybody {
        stage.direct(who);
    }
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage.says("lea", "lobby", "!hearth meeting new \"Standup\" every tuesday 10:00");
    let (mut quarter, mut before) = (BTreeMap::new(), BTreeMap::new());
    for number in 0..365 {
        comes_and_goes(&mut stage, number);
        day(&mut stage, number);
        if number == 125 {
            (quarter, before) = (sizes(&stage), bytes(&stage));
        }
    }
    let year = sizes(&stage);
    assert!(quarter["handled"] > 1_000 && quarter["message poll result/"] > 20, "there was something to forget");
    assert!(quarter["gone"] > 70 && quarter["direct"] > 115, "so many have come and gone within three months");
    // Topics that were discussed are kept for a year.
    for (table, size) in bytes(&stage).into_iter().filter(|(table, _)| !table.contains("record")) {
        let before = before.get(&table).copied().unwrap_or_default();
        assert!(size <= before + before / 10 + 2_048, "{table}: {before} → {size} bytes");
    }
    for (table, rows) in &year {
        // What is kept for a year is not at its height after four months.
        let topics = if ["record", "record topics topic/"].contains(&table.as_str()) { TOPICS } else { 0 };
        let before = quarter.get(table).copied().unwrap_or_default();
        assert!(*rows <= before + before / 10 + 3 + topics, "{table}: {before} → {rows}");
        assert!(*rows <= MOST, "{table}: {rows}");
    }
}

#[test]
fn a_poll_that_is_open_for_months_still_ends() {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    stage.comes_to("lobby", &["ana", "lea"]);
    stage.says("lea", "lobby", "!hearth settings poll longest 200d");
    stage.says("ana", "lobby", "!hearth poll \"Where next year?\" Here | There --close 100d");
    let mut lines = Vec::new();
    for _ in 0..101 {
        lines.extend(stage.passes(HOUR * 24));
    }
    assert!(lines.iter().any(|line| line.contains("EndPoll")), "{lines:#?}");
    for _ in 0..101 {
        stage.passes(HOUR * 24);
    }
    assert_eq!(newest(&stage, "poll/%"), None);
}

#[test]
fn ten_years_of_reports_are_remembered() {
    let mut stage = Stage::new(&[("Guild", &["lobby"])]);
    let month = |one: usize| format!("{}-{:02}", 2020 + one / 12, one % 12 + 1);
    let reports = (0..130).map(|one| ("Guild".to_owned(), month(one), "posted".to_owned())).collect();
    stage.core.store.commit(&crate::store::Commit { reports, ..Default::default() }).unwrap();
    stage.core.store.prune(stage.now, |_, _, _| false).unwrap();
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM report"), 120);
    assert_eq!(stage.core.store.last_report("Guild").unwrap(), Some("2030-10".parse().unwrap()));
}

//! Retrospectives, room by room and month by month, as a caller of the worker sees them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{path::PathBuf, process::Command};

use hearth_shared::{
    activity::{FACILITATOR, Kind},
    release::{Release, Released},
    report::{Figure, QUARTER_OPEN, Status, item_id},
};
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use serde_json::Value;
use tempfile::TempDir;

const BOT: i64 = 1;

struct Lab {
    dir: TempDir,
    next: i64,
}

impl Lab {
    /// Thirty people who write every week from January to June 2024: those up to 20 in room 1, the others in room 2, and
    /// three of them in room 3. The bot is still there in July.
    fn new() -> Self {
        let mut lab = Self { dir: tempfile::tempdir().unwrap(), next: 0 };
        lab.write(|lab, db| {
            db.execute("INSERT INTO community (id, name) VALUES (1, 'Testers')", ()).unwrap();
            let all = "replies,threads,reactions,joins,edits";
            db.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [all]).unwrap();
            db.execute(
                "INSERT INTO room (id, community, external, name) VALUES (1, 1, 'a', 'square'), (2, 1, 'b', 'craft'), (3, 1, 'c', 'corner')",
                (),
            )
            .unwrap();
            for person in BOT..=31_i64 {
                let insert = "INSERT INTO person (id, community, pseudonym, is_bot) VALUES (?1, 1, ?2, ?3)";
                db.execute(insert, params![person, [person as u8; 16], person == BOT]).unwrap();
            }
            for week in 0..26 {
                for person in 2..=31 {
                    let room = if person <= 20 { 1 } else { 2 };
                    lab.act(db, Kind::Message, person, room, &day(week * 7), None, None);
                    if person > 28 {
                        lab.act(db, Kind::Message, person, 3, &day(week * 7 + 1), None, None);
                    }
                }
            }
            lab.act(db, Kind::Heartbeat, BOT, 0, &day(185), None, None);
        });
        lab
    }

    fn db(&self) -> PathBuf {
        self.dir.path().join("activity.db")
    }

    fn write(&mut self, write: impl FnOnce(&mut Self, &Transaction<'_>)) {
        let mut db = hearth_log::open(&self.db()).unwrap();
        let transaction = db.transaction().unwrap();
        write(self, &transaction);
        transaction.commit().unwrap();
    }

    #[expect(clippy::too_many_arguments, reason = "an act has so many parts")]
    fn act(
        &mut self,
        db: &Transaction<'_>,
        kind: Kind,
        person: i64,
        room: i64,
        at: &str,
        within: Option<i64>,
        value: Option<i64>,
    ) -> i64 {
        self.next += 1;
        let ts = at.parse::<Timestamp>().unwrap().as_millisecond();
        let points_at = value.filter(|_| matches!(kind, Kind::ActionDone | Kind::ActionDropped));
        let value = value.filter(|_| points_at.is_none());
        let insert = "INSERT INTO activity (id, community, source, room, person, kind, ts, reply_to, thread, value)
                      VALUES (?1, 1, 1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
        db.execute(insert, params![self.next, room, person, kind.code(), ts, points_at, within, value]).unwrap();
        self.next
    }

    /// A retrospective of `people`, with one action each for the first `actions` of them, and an answer each.
    fn retro(&mut self, room: i64, at: &str, people: std::ops::Range<i64>, actions: i64, themes: &[&str]) -> Vec<i64> {
        let mut agreed = Vec::new();
        self.write(|lab, db| {
            let retro = lab.act(db, Kind::RetroStarted, people.start, room, at, None, None);
            lab.act(db, Kind::Facilitated, people.start, room, at, Some(retro), Some(FACILITATOR));
            for person in people.clone() {
                lab.act(db, Kind::RetroJoined, person, room, at, Some(retro), None);
                lab.act(db, Kind::RotiAnswered, BOT, room, at, Some(retro), Some(3));
            }
            for theme in themes {
                db.execute("INSERT OR IGNORE INTO label (community, text) VALUES (1, ?1)", [theme]).unwrap();
                let label = db.query_row("SELECT id FROM label WHERE text = ?1", [theme], |row| row.get(0)).unwrap();
                lab.act(db, Kind::RetroTheme, people.start, room, at, Some(retro), Some(label));
            }
            for person in people.clone().take(actions as usize) {
                let owner = if person % 2 == 0 { person } else { BOT };
                agreed.push(lab.act(db, Kind::ActionAgreed, owner, room, at, Some(retro), None));
            }
            let count = people.end - people.start;
            lab.act(db, Kind::RetroClosed, people.start, room, at, Some(retro), Some(count));
        });
        agreed
    }

    /// A pulse of twenty people, answered by so many of them.
    fn pulse(&mut self, at: &str, sheets: i64) {
        self.write(|lab, db| {
            let pulse = lab.act(db, Kind::PulseAsked, 2, 1, at, None, Some(20));
            for _ in 0..sheets {
                let first = lab.next + 1;
                for item in 1..=7 {
                    // Half say the best, and half what is in the middle; items 1, 3 and 5 are turned round.
                    let best = if [1, 3, 5].contains(&item) { 1 } else { 7 };
                    let score = if first % 2 == 0 { best } else { 4 };
                    let id = lab.act(db, Kind::PulseAnswered, BOT, 1, at, Some(pulse), Some(item * 100 + score));
                    db.execute("UPDATE activity SET reply_to = ?2 WHERE id = ?1", [id, first]).unwrap();
                }
            }
        });
    }

    /// What `measure` prints of one month, or of several.
    fn printed(&self, arguments: &[&str]) -> Vec<Value> {
        let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics"))
            .args(["measure", "--community", "Testers", "--db"])
            .arg(self.db())
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        match serde_json::from_slice(&output.stdout).unwrap() {
            Value::Array(all) => all,
            one => vec![one],
        }
    }

    fn released(&self, arguments: &[&str]) -> Vec<Release> {
        self.printed(arguments).into_iter().map(|one| serde_json::from_value(one).unwrap()).collect()
    }

    /// The exact measures of a month.
    fn exact(&self, month: &str) -> Value {
        self.printed(&["--exact", "--month", month]).remove(0)["measures"].take()
    }
}

fn number(value: Option<Released>) -> Option<f64> {
    value.and_then(Released::value)
}

/// Noon of a day of 2024, counted from 0.
fn day(number: i64) -> String {
    let start: Timestamp = "2024-01-01T12:00:00Z".parse().unwrap();
    Timestamp::from_millisecond(start.as_millisecond() + number * 86_400_000).unwrap().to_string()
}

#[test]
fn what_a_retrospective_left_is_measured_though_the_bot_wrote_it_down() {
    let mut lab = Lab::new();
    let agreed = lab.retro(1, &day(70), 2..10, 6, &["deploys", "onboarding"]);
    lab.retro(1, &day(110), 3..11, 0, &["onboarding", "tests"]);
    lab.write(|lab, db| {
        for action in &agreed[..3] {
            lab.act(db, Kind::ActionDone, 2, 1, &day(80), None, Some(*action));
        }
    });
    let release = lab.released(&["--month", "2024-04"]).remove(0);
    let value = |id: &str| number(release.value(id));
    assert_eq!((value("action_completion"), release.measures["action_completion"].about), (Some(0.5), Some(6.0)));
    assert_eq!(value("action_carry_over"), Some(0.5));
    assert_eq!(value("theme_recurrence"), Some(0.5));
    assert_eq!((value("roti"), release.measures["roti"].about), (Some(3.0), Some(5.0)));
    assert_eq!(release.measures["safety_pulse"].reason.as_deref(), Some("no_pulse"));
    assert_eq!(release.events, ["retro"]);
    let exact = lab.exact("2024-04");
    assert_eq!(exact["theme_overlap"]["value"], 1.0 / 3.0);
    assert_eq!(exact["facilitation_rotation"]["value"], 2.0);
    assert_eq!((&exact["action_completion"]["value"], &exact["action_completion"]["n"]), (&0.5.into(), &6.into()));
    let Figure::Actions(actions) = &release.figures["actions"] else { panic!() };
    let retro = &actions.retros[0];
    assert_eq!([retro.done, retro.open, retro.dropped].map(|point| number(point.value)), [3.0, 3.0, 0.0].map(Some));
    let Figure::Themes(themes) = &release.figures["themes"] else { panic!() };
    assert_eq!((themes.themes[0].name.as_str(), themes.themes.len()), ("onboarding", 3));
    let later = lab.released(&["--month", "2024-06"]).remove(0);
    let Figure::Actions(actions) = &later.figures["actions"] else { panic!() };
    let old: Vec<_> = actions.open.iter().filter(|age| age.from >= QUARTER_OPEN).collect();
    assert_eq!((old.len(), number(old[0].actions.value)), (1, Some(3.0)), "what is open for a quarter is told apart");
}

#[test]
fn a_retrospective_of_four_is_left_out() {
    let mut lab = Lab::new();
    lab.retro(1, &day(100), 2..6, 3, &["deploys"]);
    let release = lab.released(&["--month", "2024-04"]).remove(0);
    for id in ["action_completion", "open_action_age", "roti", "theme_recurrence"] {
        assert_eq!(release.measures[id].status, Status::Suppressed, "{id}");
    }
    assert!(release.events.is_empty(), "{:?}", release.events);
    for id in ["actions", "themes"] {
        assert!(matches!(&release.figures[id], Figure::Nothing(_)), "{id}");
    }
    let exact = lab.exact("2024-04");
    for id in ["action_completion", "open_action_age", "roti", "facilitation_rotation", "theme_recurrence"] {
        assert_eq!(exact[id]["reason"], "too_few_people", "{id}");
    }
    lab.retro(1, &day(105), 2..8, 2, &["deploys"]);
    let with_a_larger_one = lab.released(&["--month", "2024-04"]).remove(0);
    assert_eq!(with_a_larger_one.measures["action_completion"].about, Some(2.0), "the small one's are not added");
}

#[test]
fn a_pulse_is_told_from_ten_sheets_on_and_on_grids() {
    let mut lab = Lab::new();
    lab.pulse(&day(65), 9);
    lab.pulse(&day(126), 12);
    let releases = lab.released(&["--month", "2024-03", "--month", "2024-05"]);
    for id in ["safety_pulse", "safety_response_rate"] {
        let cell = &releases[0].measures[id];
        assert_eq!((cell.status, cell.about), (Status::Suppressed, None), "{id}");
    }
    assert!(matches!(&releases[0].figures["pulse"], Figure::Nothing(_)));
    let told = &releases[1].measures;
    assert_eq!((number(told["safety_pulse"].value), told["safety_pulse"].about), (Some(5.5), Some(10.0)));
    // Twelve of twenty, on steps of five people.
    let rate = &told["safety_response_rate"];
    assert_eq!((number(rate.value), rate.about), (Some(0.5), Some(20.0)));
    let Figure::Dots(dots) = &releases[1].figures["pulse"] else { panic!() };
    assert_eq!(dots.items.len(), 8);
    assert_eq!((dots.items[0].id.as_str(), number(dots.items[0].times[0].mean.value)), (item_id::SAFETY, Some(5.5)));
    assert!(dots.items.iter().all(|item| item.times[0].about == Some(10.0)));
    let exact = lab.exact("2024-05");
    assert_eq!(
        (&exact["safety_response_rate"]["value"], &exact["safety_response_rate"]["n"]),
        (&0.6.into(), &20.into())
    );
}

#[test]
fn every_month_that_is_over_is_told() {
    let releases = Lab::new().released(&["--all"]);
    let months: Vec<String> = releases.iter().map(|release| release.month.to_string()).collect();
    assert_eq!(months, ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]);
}

#[test]
fn what_the_log_says_of_itself_is_nobodys_act_and_no_practices() {
    let mut lab = Lab::new();
    lab.retro(1, &day(70), 2..10, 6, &["deploys", "onboarding"]);
    let before = [lab.printed(&["--all"]), lab.printed(&["--all", "--exact"])];
    lab.write(|lab, db| {
        for hour in 0..300 {
            lab.act(db, Kind::Heartbeat, BOT, 0, &day(hour), None, None);
        }
        lab.act(db, Kind::RoomAdopted, BOT, 3, &day(0), None, None);
        lab.act(db, Kind::PromptPosted, BOT, 1, &day(100), None, None);
    });
    let after = [lab.printed(&["--all"]), lab.printed(&["--all", "--exact"])];
    // That a room came into view that existed, and in how many hours the log was written, is what is said of months, and
    // nothing else.
    let without_these = |all: [Vec<Value>; 2]| {
        let mut all = all.concat();
        for one in &mut all {
            ["scope", "hours"].iter().for_each(|said| drop(one.as_object_mut().unwrap().remove(*said)));
        }
        all
    };
    assert_eq!(without_these(before), without_these(after));
}

#[test]
fn the_people_of_a_small_room_are_not_had_from_its_neighbours() {
    let lab = Lab::new();
    let releases = lab.released(&["--month", "2024-05", "--per", "room"]);
    let rooms: Vec<Option<&str>> = releases.iter().map(|release| release.room.as_deref()).collect();
    assert_eq!(rooms, [None, Some("square"), Some("craft"), Some("corner")]);
    let posters: Vec<[f64; 2]> = releases.iter().map(|release| release.value("posters").unwrap().ends()).collect();
    // Nineteen, eleven and three of thirty.
    assert_eq!(posters, [[30.0, 30.0], [15.0, 19.0], [10.0, 14.0], [0.0, 4.0]]);
    assert_eq!(number(releases[1].value("effective_voices")), Some(20.0));
    for small in [2, 3] {
        assert_ne!(releases[small].measures["effective_voices"].status, Status::Ok);
    }
    for room in &releases[1..] {
        for id in ["new_posters", "messages", "rooms_active", "members"] {
            assert_eq!(room.measures[id].reason.as_deref(), Some("community_only"), "{id}");
        }
        assert!(room.figures.is_empty());
    }
    let exact = lab.printed(&["--exact", "--month", "2024-05", "--per", "room"]);
    let posters: Vec<f64> = exact.iter().map(|one| one["measures"]["posters"]["value"].as_f64().unwrap()).collect();
    assert_eq!(posters, [30.0, 19.0, 11.0, 3.0]);
    assert_eq!(exact[1]["measures"]["new_posters"]["reason"], "community_only");
}

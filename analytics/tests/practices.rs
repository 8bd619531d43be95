//! Retrospectives, room by room and month by month, as a caller of the worker sees them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{path::PathBuf, process::Command};

use hearth_shared::{
    activity::{FACILITATOR, Kind},
    report::{Figure, QUARTER_OPEN, Report, Status},
};
use jiff::Timestamp;
use rusqlite::{Transaction, params};
use tempfile::TempDir;

const BOT: i64 = 1;

struct Lab {
    dir: TempDir,
    next: i64,
}

impl Lab {
    /// Thirty people who write every week from January to June 2024: those up to 20 in room 1, the others in room 2, and
    /// three of them in room 3.
    fn new() -> Self {
        let mut lab = Self { dir: tempfile::tempdir().unwrap(), next: 0 };
        lab.write(|lab, db| {
            db.execute("INSERT INTO community (id, name) VALUES (1, 'Testers')", ()).unwrap();
            let all = "replies,threads,reactions,joins,edits";
            db.execute("INSERT INTO source VALUES (1, 1, 'lab', ?1)", [all]).unwrap();
            db.execute(
                "INSERT INTO room VALUES (1, 1, 'a', 'square'), (2, 1, 'b', 'craft'), (3, 1, 'c', 'corner')",
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

    fn measured(&self, arguments: &[&str]) -> Vec<Report> {
        let output = Command::new(env!("CARGO_BIN_EXE_hearth-analytics"))
            .args(["measure", "--community", "Testers", "--db"])
            .arg(self.db())
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let list = if json.is_array() { json } else { serde_json::Value::Array(vec![json]) };
        serde_json::from_value(list).unwrap()
    }
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
    let reports = lab.measured(&["--month", "2024-04"]);
    let value = |id: &str| reports[0].measures[id].value;
    assert_eq!(value("action_completion"), Some(0.5));
    assert_eq!(value("action_carry_over"), Some(0.5));
    assert_eq!(value("theme_recurrence"), Some(0.5));
    assert_eq!(value("theme_overlap"), Some(1.0 / 3.0));
    assert_eq!(value("roti"), Some(3.0));
    assert_eq!(value("facilitation_rotation"), Some(2.0));
    assert_eq!(reports[0].measures["safety_pulse"].reason.as_deref(), Some("no_pulse"));
    let Figure::Actions(actions) = &reports[0].figures["actions"] else { panic!() };
    assert_eq!((actions.retros[0].done.value, actions.retros[0].open.value), (Some(3.0), Some(3.0)));
    let Figure::Themes(themes) = &reports[0].figures["themes"] else { panic!() };
    assert_eq!((themes.themes[0].name.as_str(), themes.themes.len()), ("onboarding", 3));
    let later = lab.measured(&["--month", "2024-06"]);
    let Figure::Actions(actions) = &later[0].figures["actions"] else { panic!() };
    let old: Vec<_> = actions.open.iter().filter(|age| age.from >= QUARTER_OPEN).collect();
    assert_eq!((old.len(), old[0].actions.value), (1, Some(3.0)), "what is open for a quarter of a year is told apart");
}

#[test]
fn a_retrospective_of_four_is_left_out() {
    let mut lab = Lab::new();
    lab.retro(1, &day(100), 2..6, 3, &["deploys"]);
    let reports = lab.measured(&["--month", "2024-04"]);
    for id in ["action_completion", "open_action_age", "roti", "facilitation_rotation", "theme_recurrence"] {
        assert_eq!(reports[0].measures[id].status, Status::Suppressed, "{id}");
    }
    lab.retro(1, &day(105), 2..8, 2, &["deploys"]);
    let with_a_larger_one = lab.measured(&["--month", "2024-04"]);
    assert_eq!(with_a_larger_one[0].measures["action_completion"].n, Some(2), "the small one's are not added");
}

#[test]
fn every_month_that_is_over_is_told() {
    let reports = Lab::new().measured(&["--all"]);
    let months: Vec<String> = reports.iter().map(|report| report.month.to_string()).collect();
    assert_eq!(months, ["2024-01", "2024-02", "2024-03", "2024-04", "2024-05", "2024-06"]);
}

#[test]
fn what_the_log_says_of_itself_is_nobodys_act_and_no_practices() {
    let mut lab = Lab::new();
    lab.retro(1, &day(70), 2..10, 6, &["deploys", "onboarding"]);
    let before = lab.measured(&["--all"]);
    lab.write(|lab, db| {
        for hour in 0..300 {
            lab.act(db, Kind::Heartbeat, BOT, 0, &day(hour), None, None);
        }
        lab.act(db, Kind::RoomAdopted, BOT, 3, &day(0), None, None);
        lab.act(db, Kind::PromptPosted, BOT, 1, &day(100), None, None);
    });
    let [before, after] = [before, lab.measured(&["--all"])].map(|all| serde_json::to_value(all).unwrap());
    assert_eq!(before, after);
}

#[test]
fn a_small_room_closes_its_neighbour_too() {
    let reports = Lab::new().measured(&["--month", "2024-05", "--per", "room"]);
    let rooms: Vec<Option<&str>> = reports.iter().map(|report| report.room.as_deref()).collect();
    assert_eq!(rooms, [None, Some("square"), Some("craft"), Some("corner")]);
    let posters = |at: usize| &reports[at].measures["posters"];
    assert_eq!((posters(0).value, posters(1).value), (Some(30.0), Some(19.0)));
    for closed in [2, 3] {
        for id in ["posters", "messages", "effective_voices", "rooms_active"] {
            assert_ne!(reports[closed].measures[id].status, Status::Ok, "{id}");
        }
    }
    assert_eq!(reports[1].measures["new_posters"].reason.as_deref(), Some("community_only"));
}

//! Rows of the bot's memory that are damaged cost what they held, and not the bot.

use std::collections::BTreeSet;

use hearth_practices::dialogue::user;
use jiff::SignedDuration;
use rusqlite::Connection;

use crate::{
    sending::desk::Desk,
    stage::{Stage, stopped::Stopped},
    store::Which,
};

/// Rows that a life of minutes does not leave behind.
const MORE: &str = "
    INSERT INTO adopted VALUES ('!club:t', 'Guild');
    INSERT INTO moved VALUES ('!before:t', '!craft:t', 1);
    INSERT INTO closed VALUES ('!closed:t', '!elsewhere:t', 1, 0);
    INSERT INTO unmet VALUES ('!craft:t');
    INSERT INTO gone VALUES ('Guild', '@zoe:t', 1);
    INSERT INTO absent VALUES ('!long-ago:t', 1);
    INSERT INTO report VALUES ('Guild', '2026-07', 'posted'), ('Guild', '2026-08', 'posted');
    INSERT INTO released VALUES ('Guild', '2026-07', 'a1'), ('Guild', '2026-08', NULL);
    INSERT INTO undecrypted (event, room, json, since, session) VALUES ('$kept', '!lobby:t', '{}', 1, 'session');
    INSERT OR REPLACE INTO cursor VALUES (1, 's1');
    INSERT OR REPLACE INTO floor VALUES ('@ana:t', 'Guild', 'retro', NULL, '$asked', 9000000000000);
    INSERT INTO gap VALUES ('!lobby:t', 'p1');
    INSERT OR REPLACE INTO handled VALUES ('$old', 1);
    INSERT INTO outbox (txn, community, practice, key, lane, item) VALUES ('waits', 'Guild', 'report', 'picture',
        '!lobby:t', '{\"attachment\":{\"room\":\"!lobby:t\",\"path\":\"a.png\",\"name\":\"a.png\",\"caption\":null}}');
    INSERT INTO nudged VALUES ('nudge', '!lobby:t', 1);";

fn life() -> Stopped {
    let mut stage = Stage::new(&[("Guild", &["lobby", "craft", "leads"])]);
    stage.comes_to("lobby", &["ana", "ben", "cem", "dora", "eva", "lea"]);
    stage.comes_to("craft", &["ana", "lea"]);
    stage.comes_to("leads", &["lea"]);
    stage.says("lea", "lobby", "!hearth settings lobby here");
    stage.says("lea", "leads", "!hearth settings leads-room here");
    stage.says("ana", "lobby", "!hearth poll \"Lunch?\" Soup | Rice");
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    for who in ["ana", "ben"] {
        stage.direct(who);
        stage.tells(who, "vote 1");
    }
    let stopped = stage.stop();
    Connection::open(stopped.file("bot.db")).unwrap().execute_batch(MORE).unwrap();
    stopped
}

/// Every column that holds text.
fn columns(stopped: &Stopped) -> Vec<(String, String)> {
    let db = Connection::open(stopped.file("bot.db")).unwrap();
    let find = "SELECT t.name, c.name FROM pragma_table_list t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND t.schema = 'main' AND c.type = 'TEXT' AND t.name NOT LIKE 'sqlite_%'";
    let mut find = db.prepare(find).unwrap();
    find.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().collect::<Result<_, _>>().unwrap()
}

fn count(stage: &Stage, table: &str) -> i64 {
    stage.count("bot.db", &format!("SELECT count(*) FROM {table}"))
}

#[test]
fn whatever_text_in_its_memory_is_damaged_the_bot_starts_answers_and_sends() {
    let life = life();
    let mut damaged = BTreeSet::new();
    for (table, column) in columns(&life) {
        let stopped = life.copied();
        let damage = format!(
            "UPDATE \"{table}\" SET \"{column}\" = CAST(CAST(\"{column}\" AS BLOB) || x'ff' AS TEXT)
             WHERE \"{column}\" IS NOT NULL"
        );
        if Connection::open(stopped.file("bot.db")).unwrap().execute(&damage, ()).unwrap() == 0 {
            continue;
        }
        damaged.insert(table.clone());
        let mut stage = stopped.start(|_| {});
        stage.core.store.unread(&Which::All, 0).unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"));
        stage.core.store.gaps().unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"));
        stage.core.store.last_report("Guild").unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"));
        stage.core.store.released("Guild").unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"));
        let (mut desk, now) = (Desk::new(), stage.now);
        while stage
            .core
            .next_errand(&mut desk, now)
            .unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"))
            .is_some()
        {}
        stage.comes_to("lobby", &["ana", "ben", "cem", "dora", "eva", "lea"]);
        stage.direct("ana");
        let said = stage.says("ana", "lobby", "!hearth help").join("\n");
        assert!(said.contains("poll"), "{table}.{column}: {said}");
        stage.tells("ana", "help");
        stage.tells("ana", "yes");
        stage.core.store.last_asked("Guild", &user("ana")).unwrap_or_else(|fault| panic!("{table}.{column}: {fault}"));
        stage.passes(SignedDuration::from_hours(30));
    }
    for table in [
        "absent",
        "adopted",
        "closed",
        "cursor",
        "direct",
        "floor",
        "folder",
        "gap",
        "gone",
        "handled",
        "message",
        "moved",
        "nudged",
        "outbox",
        "record",
        "released",
        "report",
        "room",
        "sealed",
        "setting",
        "undecrypted",
        "unmet",
    ] {
        assert!(damaged.contains(table), "{table} was empty");
    }
}

#[test]
fn a_damaged_row_is_set_aside_once_for_the_operator_and_the_others_are_read() {
    let stopped = life();
    let damage = "INSERT INTO adopted VALUES (CAST(x'21ff' AS TEXT), 'Guild');
                  INSERT INTO moved VALUES ('!x:t', CAST(x'21ff' AS TEXT), 1);
                  INSERT INTO report VALUES ('Guild', 'smarch', 'posted');
                  INSERT INTO released VALUES ('Guild', 'smarch', NULL);
                  INSERT INTO setting VALUES ('Guild', 'poll', 'close', 'no json');
                  INSERT INTO gone VALUES ('Guild', CAST(x'407a6f653a74ff' AS TEXT), 1);";
    Connection::open(stopped.file("bot.db")).unwrap().execute_batch(damage).unwrap();
    let mut stage = stopped.start(|_| {});
    assert_eq!(stage.core.store.adopted().unwrap(), [("!club:t".into(), "Guild".to_owned())]);
    assert_eq!(stage.core.store.moved().unwrap().len(), 1);
    let last = stage.core.store.last_report("Guild").unwrap().map(|month| month.to_string());
    assert_eq!(last.as_deref(), Some("2026-08"), "a month that is none is in nobody's way");
    assert_eq!(stage.core.store.released("Guild").unwrap().len(), 2);
    assert_eq!(count(&stage, "unread"), 6);
    let kept =
        stage.count("bot.db", "SELECT count(*) FROM unread WHERE practice = 'table moved' AND key LIKE '!x:t/%'");
    assert_eq!(kept, 1);
    stage = stage.restart();
    assert_eq!(count(&stage, "unread"), 6, "they are said once");
    stage.core.store.forget("@ben:t").unwrap();
    assert_eq!(count(&stage, "unread"), 3, "who stands in a damaged text cannot be told: it goes with anybody");
}

#[test]
fn a_damaged_row_of_what_is_sealed_calls_off_what_it_may_have_belonged_to() {
    let stopped = life();
    let damage = "UPDATE sealed SET scope = CAST(CAST(scope AS BLOB) || x'ff' AS TEXT)
                  WHERE name = (SELECT min(name) FROM sealed)";
    assert_eq!(Connection::open(stopped.file("bot.db")).unwrap().execute(damage, ()).unwrap(), 1);
    let mut stage = stopped.start(|_| {});
    let said = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(said.contains("**Ballot 1 is called off.**") && !said.contains("took part"), "{said}");
}

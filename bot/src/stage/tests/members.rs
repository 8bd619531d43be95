//! Who is in which room, and what follows where nobody saw them come or go.

use jiff::SignedDuration;
use serde_json::json;

use super::guild;
use crate::stage::{Stage, user};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);

fn welcomed(lines: &[String], who: &str) -> bool {
    lines.iter().any(|line| line.starts_with(&format!("!direct-{who}")) && line.contains("Welcome"))
}

fn passes(stage: &mut Stage, days: usize) -> Vec<String> {
    (0..days).flat_map(|_| stage.passes(DAY)).collect()
}

/// The records in which somebody stands, by practice and key.
fn records_of(stage: &Stage, who: &str) -> Vec<String> {
    let rows = stage.core.engine.rows(stage.core.engine.number_of("Guild").unwrap());
    let id = user(who);
    let theirs = rows
        .iter()
        .filter(|(_, row)| row.key.contains(id.as_str()) || row.json.to_string().contains(&format!("\"{id}\"")));
    theirs.map(|(practice, row)| format!("{practice}: {}", row.key)).collect()
}

fn bytes_hold(stage: &Stage, word: &[u8]) -> bool {
    stage.core.store.scrub().unwrap();
    let bytes = std::fs::read(stage.file("bot.db")).unwrap();
    bytes.windows(word.len()).any(|part| part == word)
}

#[test]
fn somebody_who_waits_for_a_welcome_and_leaves_while_the_bot_is_out_of_the_room_is_not_welcomed() {
    for stays in [true, false] {
        let mut stage = guild();
        stage.moves("zoe", "lobby", true);
        stage.has_to_leave("lobby");
        let here: &[&str] = if stays { &["ana", "lea", "zoe"] } else { &["ana", "lea"] };
        let mut lines = stage.comes_to("lobby", here);
        lines.extend(stage.passes(DAY));
        assert_eq!(welcomed(&lines, "zoe"), stays, "{lines:#?}");
    }
}

#[test]
fn a_facilitator_who_leaves_while_the_bot_is_out_of_the_room_is_missed_when_it_is_back() {
    let mut stage = guild();
    stage.says("ana", "lobby", "!hearth retro start");
    stage.has_to_leave("lobby");
    let lines = stage.comes_to("lobby", &["ben", "cem", "lea"]);
    assert!(lines.iter().any(|line| line.contains("who facilitates this retro, has left")), "{lines:#?}");
}

#[test]
fn whoever_left_without_a_word_is_missed_once_a_day_and_whoever_came_so_is_nobodys_newcomer() {
    let mut stage = guild();
    stage.moves("zoe", "lobby", true);
    let logged = stage.logged();
    let mut lines = stage.is_compared("lobby", &["ana", "ben", "cem", "dora", "eva", "lea", "yan"], |_| {});
    assert_eq!(stage.logged(), logged + 2, "one has left, and one is there");
    lines.extend(stage.is_compared("lobby", &["ana", "ben", "cem", "dora", "eva", "lea", "yan"], |_| {}));
    assert_eq!(stage.logged(), logged + 2, "nothing is said twice");
    lines.extend(passes(&mut stage, 3));
    assert!(!welcomed(&lines, "zoe") && !welcomed(&lines, "yan"), "{lines:#?}");
    let there = stage.remembered_in("lobby");
    assert!(!there.contains_key(&user("zoe")));
    assert!(there.get(&user("yan")).is_some_and(|yan| !yan.joined));
    // Should they move again, they are members as anybody.
    lines = stage.moves("zoe", "lobby", true);
    lines.extend(stage.moves("yan", "craft", true));
    lines.extend(passes(&mut stage, 1));
    assert!(welcomed(&lines, "zoe") && !welcomed(&lines, "yan"), "{lines:#?}");
}

#[test]
fn whoever_comes_or_goes_while_it_is_asked_who_is_there_is_where_the_later_news_says() {
    let mut stage = guild();
    let everybody = ["ana", "ben", "cem", "dora", "eva", "lea"];
    let mut lines = stage.is_compared("lobby", &everybody, |stage| {
        stage.moves("zoe", "lobby", true);
        stage.moves("ben", "lobby", false);
    });
    lines.extend(stage.passes(HOUR));
    assert!(welcomed(&lines, "zoe"), "{lines:#?}");
    let there = stage.remembered_in("lobby");
    assert!(there.contains_key(&user("zoe")) && !there.contains_key(&user("ben")));
}

#[test]
fn an_answer_about_another_time_or_from_a_gap_changes_nothing() {
    let mut stage = guild();
    let room = crate::stage::room_id("lobby");
    let mut unit = crate::engine::UnitOfWork::default();
    unit.commit.cursor = Some("now".to_owned());
    stage.finish(unit);
    // Nobody was asked; and where the bot itself is not there, it is not about now.
    for (asks, people) in [(false, vec![user("hearth")]), (true, vec![user("ana")])] {
        if asks {
            stage.core.look_at(&room).unwrap().unwrap();
        }
        let mut unit = crate::engine::UnitOfWork::default();
        stage.core.looked_at(&room, Some(&people), stage.now, &mut unit);
        assert!(unit.commit.is_empty() && unit.log.is_empty(), "{unit:?}");
    }
    let mut unit = crate::engine::UnitOfWork::default();
    unit.commit.gap = Some((room.clone(), "page".to_owned()));
    stage.finish(unit);
    assert_eq!(stage.core.look_at(&room).unwrap(), None, "more was read than the cursor says");
    let mut stage = stage.restart();
    assert_eq!(stage.core.look_at(&room).unwrap(), None, "after a crash, too");
}

/// Somebody closes the room, and the bot has not followed yet.
#[test]
fn whoever_moves_on_before_the_bot_does_has_left_nothing_and_joined_nothing() {
    for (closed_first, follows_first) in [(true, false), (false, false), (false, true)] {
        let mut stage = guild();
        let room = crate::stage::room_id("lobby");
        let logged = stage.logged();
        if closed_first {
            let mut unit = crate::engine::UnitOfWork::default();
            unit.commit.cursor = Some("now".to_owned());
            stage.finish(unit);
            stage.is_closed("lobby", "hall");
            assert_eq!(stage.core.look_at(&room).unwrap(), None, "who is still there says nothing");
        } else {
            stage.is_compared("lobby", &["lea"], |stage| {
                stage.is_closed("lobby", "hall");
                if follows_first {
                    stage.is_replaced("lobby", "hall", &["lea"]);
                }
            });
        }
        if !follows_first {
            stage.is_replaced("lobby", "hall", &["lea"]);
        }
        stage.moves("ana", "hall", true);
        assert_eq!(stage.logged(), logged, "{closed_first} {follows_first}");
        assert!(!stage.remembered_in("hall")[&user("ana")].joined);
    }
}

#[test]
fn who_is_where_and_since_when_outlives_a_restart_and_an_upgrade() {
    let mut stage = guild();
    stage.passes(DAY);
    let joined = stage.now;
    stage.moves("zoe", "lobby", true);
    let before = stage.remembered_in("lobby");
    assert!(before[&user("zoe")].joined && before[&user("zoe")].since == joined);
    assert!(!before[&user("ana")].joined);
    let mut stage = stage.restart();
    assert_eq!(stage.remembered_in("lobby"), before);
    stage.passes(DAY);
    stage.is_replaced("lobby", "hall", &["ana", "lea"]);
    stage.moves("zoe", "hall", true);
    let after = stage.remembered_in("hall");
    for who in ["ana", "lea", "zoe"] {
        assert_eq!(after.get(&user(who)), before.get(&user(who)), "{who}");
    }
    assert_eq!(after.len(), 3, "ben has not come along yet");
    // And has not gone, either, before three months are over.
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM gone"), 0);
    passes(&mut stage, 95);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM member WHERE room = '!lobby:t'"), 0);
    passes(&mut stage, 95);
    assert_eq!(records_of(&stage, "ben"), Vec::<String>::new());
    assert!(!records_of(&stage, "ana").is_empty());
}

#[test]
fn whoever_opted_out_and_left_keeps_no_row_but_the_opt_out() {
    let mut stage = guild();
    stage.moves("zoe", "lobby", true);
    stage.direct("zoe");
    stage.passes(HOUR);
    stage.tells("zoe", "opt-out");
    stage.moves("zoe", "lobby", false);
    assert!(records_of(&stage, "zoe").len() > 1, "that she was welcomed, and what she was asked");
    passes(&mut stage, 95);
    assert_eq!(records_of(&stage, "zoe"), ["privacy: out/@zoe:t"]);
    stage.has_to_leave("direct-zoe");
    for table in ["direct WHERE person", "room WHERE direct", "gone WHERE person", "member WHERE person"] {
        assert_eq!(stage.count("bot.db", &format!("SELECT count(*) FROM {table} = '@zoe:t'")), 0, "{table}");
    }
    // It lasts: should she come back, nothing is logged.
    let logged = stage.logged();
    stage.moves("zoe", "lobby", true);
    stage.says("zoe", "lobby", "hello again");
    assert_eq!(stage.logged(), logged);
}

#[test]
fn whoever_asked_to_be_forgotten_and_stays_is_not_written_down_again_by_a_comparison() {
    let mut stage = guild();
    stage.direct("ben");
    stage.tells("ben", "forget-me");
    stage.tells("ben", "forget-me yes");
    assert!(!bytes_hold(&stage, b"@ben:t"));
    let everybody = ["ana", "ben", "cem", "dora", "eva", "lea"];
    let mut stage = stage.restart();
    stage.is_compared("lobby", &everybody, |_| {});
    assert!(!bytes_hold(&stage, b"@ben:t") && bytes_hold(&stage, b"@ana:t"));
    assert!(!stage.remembered_in("lobby").contains_key(&user("ben")), "he is asked nothing");
    stage.moves("ben", "lobby", false);
    stage.moves("ben", "lobby", true);
    assert!(stage.remembered_in("lobby").contains_key(&user("ben")));
}

/// The bot died before it had written down how far it had read.
#[test]
fn whoever_asked_to_be_forgotten_is_not_known_again_by_what_is_read_once_more() {
    let mut stage = guild();
    let joins = |stage: &mut Stage, at: jiff::Timestamp| {
        let event = json!({
            "type": "m.room.member", "event_id": format!("$zoe{}", at.as_second()), "sender": "@zoe:t",
            "state_key": "@zoe:t", "origin_server_ts": at.as_millisecond(),
            "content": {"membership": "join"}, "unsigned": {"prev_content": {"membership": "leave"}},
        });
        stage.takes("lobby", &event, false)
    };
    let (first, told_late) = (stage.now, stage.now + SignedDuration::from_secs(1));
    joins(&mut stage, first);
    stage.passes(HOUR);
    stage.direct("zoe");
    stage.tells("zoe", "forget-me");
    stage.tells("zoe", "forget-me yes");
    assert!(!bytes_hold(&stage, b"@zoe:t"));
    let mut stage = stage.restart();
    for at in [first, told_late] {
        let mut lines = joins(&mut stage, at);
        lines.extend(stage.passes(HOUR));
        assert!(!bytes_hold(&stage, b"@zoe:t") && !welcomed(&lines, "zoe"), "{lines:#?}");
    }
    let now = stage.now;
    joins(&mut stage, now);
    assert!(stage.remembered_in("lobby").contains_key(&user("zoe")), "whoever comes back is known again");
}

#[test]
fn whoever_is_in_a_room_only_as_the_bot_remembers_may_do_nothing_there() {
    let mut stage = guild();
    stage.direct("lea");
    let people = std::mem::take(&mut stage.people);
    assert!(stage.remembered_in("leads").contains_key(&user("lea")));
    let refused = stage.says("lea", "lobby", "!hearth settings language de").join("\n");
    assert!(!refused.contains("Done") && !refused.contains("Erledigt"), "{refused}");
    assert!(stage.tells("lea", "actions all").join("\n").contains("can't see you in any room"));
    stage.people = people;
}

#[test]
fn a_memory_of_before_rosters_were_kept_is_filled_in_silence_and_takes_nobody_for_gone() {
    let mut stage = guild();
    stage.direct("ana");
    stage.moves("ana", "lobby", false);
    stage.moves("yan", "lobby", true);
    stage.passes(HOUR);
    stage.moves("yan", "lobby", false);
    let stopped = stage.stop();
    let db = rusqlite::Connection::open(stopped.file("bot.db")).unwrap();
    db.execute_batch("DELETE FROM member; DELETE FROM roster; DELETE FROM gone;").unwrap();
    drop(db);
    let mut stage = stopped.start(|_| {});
    // As long as it is not known who is where, nobody has gone.
    let early = passes(&mut stage, 95);
    assert!(!early.iter().any(|line| line.contains("LeaveDirect")), "{early:#?}");
    assert!(!records_of(&stage, "yan").is_empty());
    let logged = stage.logged();
    for (room, here) in [("lobby", ["ben", "lea"]), ("craft", ["ana", "lea"]), ("leads", ["lea", "lea"])] {
        let lines = stage.is_compared(room, &here, |_| {});
        assert!(lines.is_empty(), "{lines:#?}");
    }
    assert_eq!(stage.logged(), logged);
    passes(&mut stage, 95);
    assert_eq!(records_of(&stage, "yan"), Vec::<String>::new(), "whom nobody saw leave");
    assert!(!records_of(&stage, "ana").is_empty(), "she is in the craft room");
}

#[test]
fn what_is_remembered_of_a_room_goes_when_leads_let_it_go_or_the_bot_has_not_been_in_it_for_long() {
    let mut stage = guild();
    stage.brought_by("lea", "side", &["lea", "zoe"]);
    assert_eq!(stage.remembered_in("side").len(), 2);
    stage.says("lea", "side", "!hearth release");
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM member WHERE room = '!side:t'"), 0);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM gone WHERE person = '@zoe:t'"), 1);
    stage.has_to_leave("craft");
    passes(&mut stage, 80);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM member WHERE room = '!craft:t'"), 2);
    assert!(stage.remembered_in("craft").is_empty(), "whom the bot cannot see there, it does not ask");
    passes(&mut stage, 20);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM member WHERE room = '!craft:t'"), 0);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM absent WHERE room = '!craft:t'"), 0);
}

#[test]
fn my_data_says_in_which_rooms_somebody_is() {
    let mut stage = guild();
    stage.direct("ana");
    let data = stage.tells("ana", "my-data").join("\n");
    assert!(data.contains("\"rooms\"") && data.contains("!craft:t") && !data.contains("!leads:t"), "{data}");
}

#[test]
fn whose_message_somebody_reacts_to_is_known_where_they_are_there_and_logged() {
    let mut stage = guild();
    stage.direct("ben");
    stage.says("ana", "lobby", "good morning");
    let anas = stage.last_event();
    stage.says("ben", "lobby", "and to you");
    let bens = stage.last_event();
    stage.says("ana", "craft", "in the other room");
    let elsewhere = stage.last_event();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    let card = stage.core.store.message("Guild", "ballot", &"card/1".into()).unwrap().unwrap().event;
    let author = |stage: &Stage, of: &str| {
        let content = serde_json::json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": of, "key": "👍"}});
        let json = serde_json::json!({
            "type": "m.reaction", "event_id": "$reaction", "sender": user("cem"), "content": content,
            "origin_server_ts": stage.now.as_millisecond(),
        });
        let incoming = crate::incoming::read(&json.to_string(), false).unwrap();
        stage.core.with_author(&crate::stage::room_id("lobby"), &incoming, &Default::default()).unwrap().author
    };
    assert_eq!(author(&stage, &anas), Some(user("ana")));
    assert_eq!(author(&stage, card.as_str()), Some(user("hearth")));
    assert_eq!(author(&stage, &elsewhere), None, "whoever points at it from another room points at nothing");
    assert_eq!(author(&stage, "$unknown"), None);
    assert_eq!(author(&stage, &bens), Some(user("ben")));
    stage.tells("ben", "opt-out");
    assert_eq!(author(&stage, &bens), None);
    stage.moves("ana", "lobby", false);
    assert_eq!(author(&stage, &anas), None, "she is not there any more");
}

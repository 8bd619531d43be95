//! Somebody lives in a community, is in every table of every practice, and is forgotten: nothing of them is left.

use std::collections::BTreeSet;

use hearth_practices::registry;
use jiff::SignedDuration;
use serde_json::json;

use super::guild;
use crate::stage::{Stage, user};

/// Tables in whose rows nobody stands: numbers that count up, what was published without names, commands by their
/// events.
const OF_NOBODY: &[(&str, &str)] = &[
    ("welcome", "pace"),
    ("icebreakers", "own"),
    ("retro", "count"),
    ("retro", "room"),
    ("meetings", "last"),
    ("meetings", "last-find"),
    ("meetings", "ended-find"),
    ("meetings", "heard"),
    ("ballot", "last"),
    ("topics", "last"),
    ("topics", "list"),
    ("topics", "list-room"),
    ("topics", "heard"),
    ("topics", "last-round"),
    // Votes of a time before they were sealed.
    ("topics", "vote"),
    ("actions", "closed"),
    ("actions", "last"),
    ("report", "experiment"),
    ("community", "introduced"),
    ("welcome", "list"),
    ("welcome", "looks"),
];

const OTHERS: [&str; 5] = ["ana", "ben", "cem", "dora", "eva"];

fn hours(stage: &mut Stage, hours: i64) {
    stage.passes(SignedDuration::from_hours(hours));
}

/// Somebody reacts to a message that a practice sent.
fn reacts(stage: &mut Stage, practice: &str, key: &str, with: &str) {
    let to = stage.core.store.message("Guild", practice, &key.into()).unwrap().expect("the message");
    let content = json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": to.event, "key": with}});
    let room = to.room.as_str().trim_start_matches('!').trim_end_matches(":t").to_owned();
    stage.sends("nia", &room, "m.reaction", content);
}

fn leads_want_to_know_who_waits(stage: &mut Stage) {
    stage.says("lea", "leads", "!hearth settings welcome to-answer yes");
}

fn comes(stage: &mut Stage) {
    stage.moves("nia", "lobby", true);
    stage.direct("nia");
}

fn writes_for_the_first_time(stage: &mut Stage) {
    stage.says("nia", "lobby", "Hello, I'm new here.");
}

fn is_welcomed_and_asked(stage: &mut Stage) {
    hours(stage, 24 * 9);
    stage.tells("nia", "I knit, and I mend bicycles.");
    stage.tells("nia", "icebreakers stop");
}

fn answers_a_rooms_prompt(stage: &mut Stage) {
    stage.says("lea", "lobby", "!hearth icebreaker");
    let rows = stage.core.engine.rows(stage.core.engine.number_of("Guild").unwrap());
    let (_, prompts) = rows.iter().find(|(practice, row)| *practice == "icebreakers" && row.table == "room").unwrap();
    let key = prompts.json["current"]["key"].as_str().unwrap().to_owned();
    let posted = stage.core.store.message("Guild", "icebreakers", &key.as_str().into()).unwrap().unwrap();
    let thread = json!({"rel_type": "m.thread", "event_id": posted.event});
    stage.sends("nia", "lobby", "m.room.message", json!({"msgtype": "m.text", "body": "tea", "m.relates_to": thread}));
}

fn polls(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth poll \"Tea?\" Yes | No");
    let asked = stage.last_event();
    let poll = stage.core.store.message("Guild", "poll", &format!("poll/{asked}").as_str().into()).unwrap().unwrap();
    let vote = json!({
        "org.matrix.msc3381.poll.response": {"answers": ["1"]},
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll.event},
    });
    stage.sends("nia", "lobby", "org.matrix.msc3381.poll.response", vote);
}

fn closes_the_poll(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth poll close");
}

fn votes_in_secret(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth ballot \"Where?\" Here | There");
    for who in OTHERS.iter().chain(&["nia"]) {
        stage.direct(who);
        stage.tells(who, "vote");
        stage.tells(who, "vote 1");
    }
}

fn proposes_and_dots(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth topic add Test code");
    stage.says("ana", "lobby", "!hearth topic add Tea");
    stage.says("nia", "lobby", "!hearth topic claim 2");
    stage.says("nia", "lobby", "!hearth topic vote");
    stage.tells("nia", "topic vote");
    stage.tells("nia", "topic vote 2:2");
}

fn agrees(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth action @nia:t water the plants by 2027-01-31");
    stage.says("nia", "lobby", "!hearth action @ana:t book the room");
}

fn meets(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth meeting new Circle every tuesday 10:00");
    stage.says("nia", "lobby", "!hearth meeting volunteer");
    stage.says("nia", "lobby", "!hearth meeting find \"Outing\" tue 10:00 | wed 16:00");
    reacts(stage, "meetings", "find/1", "1️⃣");
    let is_on = |stage: &Stage| {
        stage.core.engine.rows(stage.core.engine.number_of("Guild").unwrap()).iter().any(|(_, row)| row.table == "live")
    };
    for _ in 0..24 * 8 {
        if is_on(stage) {
            break;
        }
        hours(stage, 1);
    }
    stage.says("nia", "lobby", "!hearth meeting here");
}

fn looks_back(stage: &mut Stage) {
    stage.says("nia", "lobby", "!hearth retro start");
    for who in ["ana", "ben", "nia"] {
        stage.tells(who, "happy: the new build");
        stage.tells(who, "unhappy: the noise");
    }
}

fn gives_dots(stage: &mut Stage) {
    (0..3).for_each(|_| drop(stage.says("nia", "lobby", "!hearth retro next")));
    stage.tells("nia", "dots 1:1");
    stage.tells("nia", "dots A:1");
}

fn says_whether_it_was_worth_it(stage: &mut Stage) {
    for _ in 0..8 {
        let is_last = |(_, row): &(&str, hearth_practices::records::Row)| row.json["phase"] == "worth";
        if stage.core.engine.rows(stage.core.engine.number_of("Guild").unwrap()).iter().any(is_last) {
            break;
        }
        stage.says("nia", "lobby", "!hearth retro next");
    }
    stage.tells("nia", "4");
}

fn withdraws(stage: &mut Stage) {
    stage.tells("nia", "opt-out");
}

/// She leads for a moment, and waits for what the world says.
fn shares_a_report(stage: &mut Stage) {
    stage.moderators.insert(user("nia"));
    stage.absent = true;
    stage.says("nia", "lobby", "!hearth report share");
    stage.absent = false;
    stage.moderators.remove(&user("nia"));
}

/// One part of a life.
type Chapter = fn(&mut Stage);

const LIFE: [Chapter; 17] = [
    leads_want_to_know_who_waits,
    comes,
    writes_for_the_first_time,
    is_welcomed_and_asked,
    answers_a_rooms_prompt,
    polls,
    closes_the_poll,
    votes_in_secret,
    proposes_and_dots,
    agrees,
    meets,
    looks_back,
    gives_dots,
    says_whether_it_was_worth_it,
    shares_a_report,
    withdraws,
    |stage| drop(stage.tells("nia", "forget-me")),
];

/// The tables in which she is.
fn tables_with_her(stage: &Stage) -> BTreeSet<(&'static str, &'static str)> {
    let rows = stage.core.engine.rows(stage.core.engine.number_of("Guild").unwrap());
    let hers = rows.iter().filter(|(_, row)| row.key.contains("@nia:t") || row.json.to_string().contains("@nia:t"));
    hers.map(|(practice, row)| (*practice, row.table)).collect()
}

#[test]
fn whoever_is_in_every_table_of_every_practice_is_in_none_after_forget_me() {
    let mut met = BTreeSet::new();
    for end in 1..=LIFE.len() {
        let mut stage = guild();
        for chapter in &LIFE[..end] {
            chapter(&mut stage);
            met.extend(tables_with_her(&stage));
        }
        stage.tells("nia", "forget-me");
        stage.tells("nia", "forget-me yes");
        assert_eq!(tables_with_her(&stage), BTreeSet::new(), "after chapter {end}");
        stage.core.store.scrub().unwrap();
        for file in ["bot.db", "bot.db-wal"] {
            let bytes = std::fs::read(stage.file(file)).unwrap_or_default();
            let at = bytes.windows(6).position(|part| part == b"@nia:t");
            let around = at.map(|at| String::from_utf8_lossy(&bytes[at.saturating_sub(80)..at + 40]).into_owned());
            assert_eq!(around, None, "chapter {end}, {file}");
        }
        assert!(bytes_hold(&stage, b"@ana:t"), "the search finds who is there");
    }
    let all = registry::ALL.iter().flat_map(|one| one.tables().into_iter().map(|table| (one.name, table)));
    let all: BTreeSet<_> = all.collect();
    let nobodys: BTreeSet<_> = OF_NOBODY.iter().copied().collect();
    let without_her: Vec<_> = all.difference(&met).filter(|table| !nobodys.contains(*table)).collect();
    assert!(without_her.is_empty(), "a life must lead through these: {without_her:?}");
    let wrong: Vec<_> = nobodys.iter().filter(|table| met.contains(*table) || !all.contains(*table)).collect();
    assert!(wrong.is_empty(), "somebody stands there, or there is no such table: {wrong:?}");
}

fn bytes_hold(stage: &Stage, word: &[u8]) -> bool {
    let bytes = std::fs::read(stage.file("bot.db")).unwrap();
    bytes.windows(word.len()).any(|part| part == word)
}

/// Three communities. Nia is in all of them, ben in the last.
fn three() -> Stage {
    let mut stage = Stage::new(&[("Guild", &["lobby"]), ("Choir", &["hall"]), ("Crew", &["deck"])]);
    for room in ["lobby", "hall", "deck"] {
        stage.comes_to(room, &["ana", "lea", "nia"]);
        stage.says("lea", room, "!hearth settings lobby here");
    }
    stage.moves("ben", "deck", true);
    for who in ["nia", "ben"] {
        stage.direct(who);
    }
    stage
}

/// In how many communities somebody is remembered.
fn communities_with(stage: &Stage, who: &str) -> usize {
    let who = user(who);
    let rows = |name: &&str| stage.core.engine.rows(stage.core.engine.number_of(name).unwrap());
    let is_theirs = |row: &hearth_practices::records::Row| {
        row.key.contains(who.as_str()) || row.json.to_string().contains(who.as_str())
    };
    ["Guild", "Choir", "Crew"].iter().filter(|name| rows(name).iter().any(|(_, row)| is_theirs(row))).count()
}

#[test]
fn a_yes_to_whether_one_is_to_be_forgotten_is_for_all_communities_and_answered_once() {
    for yes in ["Yes!", "ja"] {
        let mut stage = three();
        for room in ["lobby", "hall", "deck"] {
            stage.says("nia", room, "!hearth topic add Tea");
        }
        stage.says("lea", "hall", "!hearth retro start");
        stage.tells("nia", "in Choir: happy: the song");
        stage.tells("nia", "in Crew icebreaker");
        let asked = stage.tells("nia", "forget-me");
        assert!(asked.len() == 1 && asked[0].contains("Shall I forget you?"), "{asked:#?}");
        assert_eq!(communities_with(&stage, "nia"), 3);
        let lines = stage.tells("nia", yes);
        let said: Vec<_> =
            lines.iter().filter(|line| line.starts_with("!direct-nia:t") && !line.contains("Forget")).collect();
        assert!(said.len() == 1 && said[0].contains("I'm forgetting you"), "{lines:#?}");
        assert_eq!(communities_with(&stage, "nia"), 0, "{yes}");
    }
}

#[test]
fn a_yes_in_answer_to_another_question_erases_nothing() {
    let mut stage = three();
    stage.tells("nia", "in Crew icebreaker");
    let prompt = stage.last_asked("nia");
    stage.tells("nia", "forget-me");
    let lines = stage.replies("nia", "direct-nia", prompt.as_str(), "yes");
    assert_eq!(lines, ["!direct-nia:t react 💛"]);
    assert_eq!(communities_with(&stage, "nia"), 3, "she may still confirm it in each");
    let sure = stage.last_asked("nia");
    stage.tells("nia", "in Crew icebreaker");
    let lines = stage.replies("nia", "direct-nia", sure.as_str(), "yes");
    assert!(lines[0].contains("I'm forgetting you"), "the answered question decides: {lines:#?}");
    assert_eq!(communities_with(&stage, "nia"), 0);
}

#[test]
fn a_no_to_whether_one_is_to_be_forgotten_is_answered_once_and_nothing_is_erased_anywhere() {
    let mut stage = three();
    stage.says("nia", "hall", "!hearth topic add Tea");
    let rows = |stage: &Stage| {
        let numbers = ["Guild", "Choir", "Crew"].map(|name| stage.core.engine.number_of(name).unwrap());
        format!("{:?}", numbers.map(|number| stage.core.engine.rows(number)))
    };
    let before = rows(&stage);
    stage.tells("nia", "forget-me");
    let lines = stage.tells("nia", "No.");
    assert!(lines.len() == 1 && lines[0].contains("nothing is erased"), "{lines:#?}");
    let lines = stage.tells("nia", "yes");
    assert!(lines.len() == 1 && lines[0].contains("nothing is erased"), "it was answered: {lines:#?}");
    assert!(before.contains("Tea"));
    assert_eq!(rows(&stage), before);
}

#[test]
fn a_question_about_the_person_says_of_no_community_that_it_is_meant() {
    let mut stage = three();
    stage.tells("nia", "forget-me");
    let lines = stage.tells("nia", "icebreakers start");
    assert!(lines.len() == 1 && lines[0].contains("in more than one community"), "{lines:#?}");
}

#[test]
fn whoever_is_in_no_community_any_more_says_yes_as_everybody_does() {
    let mut stage = three();
    stage.says("ben", "deck", "!hearth topic add Rum");
    stage.moves("ben", "deck", false);
    stage.tells("ben", "forget-me");
    assert_eq!(communities_with(&stage, "ben"), 3);
    let lines = stage.tells("ben", "yes");
    assert!(lines[0].contains("I'm forgetting you"), "{lines:#?}");
    assert_eq!(communities_with(&stage, "ben"), 0);
    let lines = stage.tells("ben", "yes");
    assert!(lines.len() == 1 && lines[0].contains("can't see you in any room"), "{lines:#?}");
}

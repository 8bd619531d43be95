//! Records that cannot be read are set aside, and the rest goes on. Those whose keys were written otherwise stay one.

use jiff::SignedDuration;

use super::guild;
use crate::store::Commit;

fn written(practice: &'static str, key: &str) -> Commit {
    let change = (key.to_owned(), Some("{\"sing\":\"@zoe:t\"}".to_owned()));
    Commit { records: vec![("Guild".to_owned(), practice, vec![change])], ..Commit::default() }
}

fn unread(stage: &crate::stage::Stage) -> i64 {
    let bot = rusqlite::Connection::open(stage.file("bot.db")).unwrap();
    bot.query_row("SELECT count(*) FROM unread", (), |row| row.get(0)).unwrap()
}

#[test]
fn a_record_that_cannot_be_read_stops_nobody_and_goes_with_its_person() {
    let mut stage = guild();
    stage.says("ana", "lobby", "!hearth action water the plants");
    stage.core.store.commit(&written("actions", "open/7")).unwrap();
    stage.core.store.commit(&written("welcome", "known/@yan:t")).unwrap();
    let mut stage = stage.restart();
    let listed = stage.says("ana", "lobby", "!hearth actions").join("\n");
    assert!(listed.contains("water the plants"), "{listed}");
    assert_eq!(unread(&stage), 2);
    let mut stage = stage.restart();
    assert_eq!(unread(&stage), 2, "they are said once, and kept for the operator");
    stage.core.store.forget("@yan:t").unwrap();
    assert_eq!(unread(&stage), 1, "by the key");
    stage.core.store.forget("@zoe:t").unwrap();
    assert_eq!(unread(&stage), 0, "by what it holds");
    assert!(stage.says("ana", "lobby", "!hearth help").join("\n").contains("poll"));
}

#[test]
fn a_record_whose_key_was_written_otherwise_is_stored_once() {
    let mut stage = guild();
    let change = ("out/@z/oe:t".to_owned(), Some("null".to_owned()));
    let records = vec![("Guild".to_owned(), "privacy", vec![change])];
    stage.core.store.commit(&Commit { records, ..Commit::default() }).unwrap();
    let stage = stage.restart();
    let stored = stage.core.store.records("Guild", "privacy").unwrap();
    assert_eq!(stored, [("out/@z%2Foe:t".to_owned(), "null".to_owned())]);
}

#[test]
fn a_vote_that_cannot_be_read_is_not_left_out_of_the_count_in_silence() {
    let mut stage = guild();
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    for who in ["ana", "ben", "cem", "dora", "eva"] {
        stage.direct(who);
        stage.tells(who, "vote 1");
    }
    stage.core.store.commit(&written("ballot", "sealed/1/paper/1/@ana:t")).unwrap();
    let mut stage = stage.restart();
    let said = stage.passes(SignedDuration::from_hours(200)).join("\n");
    assert!(said.contains("**Ballot 1 is called off.**") && !said.contains("took part"), "{said}");
}

#[test]
fn a_note_or_dots_that_cannot_be_read_end_what_they_were_given_for_aloud() {
    let mut stage = guild();
    for text in ["Pairing", "On call"] {
        stage.says("lea", "lobby", &format!("!hearth topic add {text}"));
    }
    stage.says("lea", "lobby", "!hearth topic vote");
    stage.says("lea", "lobby", "!hearth retro start");
    stage.core.store.commit(&written("topics", "sealed/1/@ana:t")).unwrap();
    stage.core.store.commit(&written("retro", "sealed/retro-1/$note/0")).unwrap();
    let mut stage = stage.restart();
    let said = stage.passes(SignedDuration::from_hours(1)).join("\n");
    for called_off in
        ["**The vote on topics is called off.**", "what you had sent me can't be read by anybody any more"]
    {
        assert!(said.contains(called_off), "{called_off}: {said}");
    }
}

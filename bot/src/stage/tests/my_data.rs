//! `my-data`: what is kept about somebody, and where it lies until they have it.

use hearth_practices::Outgoing;
use serde_json::json;

use super::guild;
use crate::{
    engine::{Authority, UnitOfWork},
    matrix::intake::RawEvent,
    stage::{Stage, room_id, user},
    store::OutboxItem,
};

/// Which of these words stand in a file of the data folder, byte for byte.
fn found(stage: &Stage, words: &[&str]) -> Vec<String> {
    let (mut found, mut folders) = (Vec::new(), vec![stage.file("")]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let holds = |word: &&&str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
            found.extend(words.iter().filter(holds).map(|word| format!("{word} in {}", path.display())));
        }
    }
    found
}

/// Somebody tells the bot something, and the homeserver takes nothing that follows.
fn told_unsent(stage: &mut Stage, who: &str, text: &str) {
    let event = json!({
        "type": "m.room.message", "event_id": format!("$unsent-{text}"), "sender": user(who),
        "origin_server_ts": stage.now.as_millisecond(), "content": {"msgtype": "m.text", "body": text},
    });
    let (room, mut unit) = (room_id(&format!("direct-{who}")), UnitOfWork::default());
    let raw = RawEvent { json: event.to_string(), decrypted: false };
    let pending = stage.core.read(&room, &raw, stage.now, &mut unit).unwrap().unwrap();
    stage.core.take(&room, &pending.incoming, &Authority::default(), stage.now, &mut unit).unwrap();
    stage.core.finish(unit, stage.now).unwrap();
}

/// What stands in the file and nowhere else.
const FILE: [&str; 4] =
    ["answers_something", "in_a_thread", "\\\"characters\\\"", "kept in confidence until it closes"];

#[test]
fn whoever_steals_the_disk_finds_no_copy_of_what_somebody_asked_to_see() {
    let mut stage = guild();
    stage.direct("ana");
    stage.says("ana", "lobby", "good morning");
    stage.says("lea", "lobby", "!hearth ballot \"Where?\" Here | There");
    stage.tells("ana", "vote 2");
    told_unsent(&mut stage, "ana", "my-data");
    let waiting = stage.count("bot.db", "SELECT count(*) FROM outbox WHERE item LIKE '%\"my-data\":%'");
    assert_eq!(waiting, 1, "it waits");
    assert_eq!(found(&stage, &FILE), [""; 0]);
    let rows = stage.core.store.rows_after(0).unwrap();
    let mut items = rows.iter().filter_map(|row| stage.core.store.item(row.id).unwrap());
    assert!(items.any(|due| due.item == OutboxItem::Send(Outgoing::MyData { person: user("ana") })));
    let mut stage = stage.restart();
    let lines = stage.passes(jiff::SignedDuration::ZERO).join("\n");
    for part in ["file my-data.json for @ana:t", "answers_something", "\"sealed/1\": \"2 sealed"] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    assert_eq!(found(&stage, &FILE), [""; 0]);
    assert_eq!(stage.count("bot.db", "SELECT count(*) FROM outbox"), 0);
}

#[test]
fn whoever_is_forgotten_before_their_data_was_sent_gets_what_is_left() {
    let mut stage = guild();
    stage.direct("ana");
    stage.says("ana", "lobby", "!hearth topic add Marmalade");
    told_unsent(&mut stage, "ana", "my-data");
    told_unsent(&mut stage, "ana", "forget-me");
    let lines = stage.tells("ana", "forget-me yes");
    let file = lines.iter().find(|line| line.contains("file my-data.json for @ana:t")).unwrap();
    assert!(!file.contains("\"characters\"") && !file.contains("Marmalade"), "{file}");
}

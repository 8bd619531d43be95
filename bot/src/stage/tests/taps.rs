//! What a tap may do, by whoever taps: as the rooms say it at that moment.

use serde_json::json;

use super::guild;
use crate::{
    engine::UnitOfWork,
    matrix::intake::RawEvent,
    stage::{Stage, room_id, user},
};

/// The card of the retro that somebody has just started.
fn card(stage: &Stage) -> String {
    let key = "retro/1/card".into();
    stage.core.store.message("Guild", "retro", &key).unwrap().unwrap().event.to_string()
}

#[test]
fn a_lead_moves_a_retro_by_a_tap_and_neither_a_member_nor_somebody_who_led_before_does() {
    let mut stage = guild();
    stage.says("ana", "lobby", "!hearth retro start");
    let card = card(&stage);
    let more = |stage: &mut Stage, who: &str| stage.reacts(who, "lobby", &card, "+5 min").join("\n");
    assert!(more(&mut stage, "lea").contains("edit retro/1/card"), "lea moderates");
    assert_eq!(more(&mut stage, "ben"), "", "a member");
    stage.moderators.insert(user("ben"));
    assert!(more(&mut stage, "ben").contains("edit retro/1/card"), "who leads by now");
    stage.moderators.remove(&user("ben"));
    assert_eq!(more(&mut stage, "ben"), "", "who leads no more");
    for room in ["craft", "leads", "lobby"] {
        stage.moves("lea", room, false);
    }
    assert_eq!(more(&mut stage, "lea"), "", "a moderator who left");
}

/// What somebody writes to the bot in a ciphertext.
fn confides(stage: &mut Stage, who: &str, text: &str) -> Vec<String> {
    let json = json!({
        "type": "m.room.message", "event_id": format!("$confided-{text}"), "sender": user(who),
        "origin_server_ts": stage.now.as_millisecond(), "content": {"msgtype": "m.text", "body": text},
    });
    stage.takes(&format!("direct-{who}"), &json, true)
}

#[test]
fn a_vote_that_the_homeserver_has_read_is_shown_by_a_reaction_and_one_that_it_has_not_by_the_paper() {
    let mut stage = guild();
    stage.direct("ben");
    stage.says("ana", "lobby", "!hearth ballot \"Where?\" Park | Café | Online --kind ranked");
    stage.says("ben", "lobby", "!hearth vote");
    let plain = stage.tells("ben", "vote 3 > 1").join("\n");
    assert!(plain.contains("✅ 3 › 1") && plain.contains(" 🧾 ") && !plain.contains("edit sheet/"), "{plain}");
    let hidden = confides(&mut stage, "ben", "vote 2 > 1").join("\n");
    assert!(hidden.contains("edit sheet/") && hidden.contains("✅ **Café > Park**"), "{hidden}");
    let signs: Vec<&str> = hidden.lines().filter(|line| line.contains(" sign ") || line.contains("🧾")).collect();
    assert!(signs.is_empty(), "{signs:?}");
    // The bot is started anew, and knows what it has shown.
    let mut stage = stage.stop().start(|_| ());
    let plain = stage.tells("ben", "vote 1 > 2").join("\n");
    assert!(plain.contains("✅ 1 › 2") && plain.contains("edit sheet/") && !plain.contains("✅ **"), "{plain}");
    let mut stage = stage.stop().start(|_| ());
    let none = stage.tells("ben", "vote none").join("\n");
    assert!(none.contains("Unsign") && !none.contains("edit sheet/") && !none.contains(" sign "), "{none}");
    stage.tells("ben", "vote 2");
    let names = "SELECT count(*) FROM message WHERE key LIKE 'answer/1/%'";
    assert!(stage.count("bot.db", names) >= 2, "the sign and the receipt");
    stage.says("lea", "lobby", "!hearth ballot close");
    let ended = stage.says("lea", "lobby", "!hearth ballot close 1").join("\n");
    assert!(ended.contains("edit sheet/"), "the paper says how it ended: {ended}");
    assert_eq!(stage.count("bot.db", names), 0, "and nothing else stays: {ended}");
}

#[test]
fn the_rooms_are_asked_who_leads_for_taps_and_not_for_reactions_to_what_people_write() {
    let mut stage = guild();
    let asks = |stage: &mut Stage, to: &str| {
        let json = json!({
            "type": "m.reaction", "event_id": "$tap", "sender": user("ben"),
            "origin_server_ts": stage.now.as_millisecond(),
            "content": {"m.relates_to": {"rel_type": "m.annotation", "event_id": to, "key": "+5 min"}},
        });
        let (event, mut unit) = (RawEvent { json: json.to_string(), decrypted: false }, UnitOfWork::default());
        let pending = stage.core.read(&room_id("lobby"), &event, stage.now, &mut unit).unwrap().unwrap();
        pending.question.is_some()
    };
    stage.says("ana", "lobby", "Good morning");
    let talk = stage.last_event();
    assert!(!asks(&mut stage, &talk));
    stage.says("ana", "lobby", "!hearth retro start");
    let card = card(&stage);
    assert!(asks(&mut stage, &card));
}

//! What a homeserver may do to a bot: deliver everything three times, deliver nonsense, deliver hostility.

use std::path::Path;

use hearth_bot::clock::Clock;
use hearth_tests::{
    bot::{Bot, Setup},
    scripted_homeserver::{ScriptedHomeserver, USER_ID},
};
use serde_json::{Value, json};

use crate::stage::{PROGRAM, SOON};

const ROOM: &str = "!lobby:scripted.test";

fn event(id: &str, kind: &str, sender: &str, content: Value) -> Value {
    let now = Clock::default().now().as_millisecond();
    json!({"type": kind, "event_id": id, "sender": sender, "origin_server_ts": now, "content": content})
}

fn state(id: &str, kind: &str, key: &str, sender: &str, content: Value) -> Value {
    let mut event = event(id, kind, sender, content);
    event["state_key"] = json!(key);
    event
}

fn says(id: &str, sender: &str, body: &str) -> Value {
    event(id, "m.room.message", sender, json!({"msgtype": "m.text", "body": body}))
}

fn batch(timeline: Vec<Value>) -> Value {
    json!({"rooms": {"join": {ROOM: {"timeline": {"events": timeline, "limited": false, "prev_batch": "p"},
        "state": {"events": []}, "account_data": {"events": []}, "ephemeral": {"events": []}}}}})
}

/// The room as it is at the first sync.
fn room() -> Value {
    let member = json!({"membership": "join"});
    batch(vec![
        state("$create", "m.room.create", "", "@lea:scripted.test", json!({"room_version": "11"})),
        state("$lea", "m.room.member", "@lea:scripted.test", "@lea:scripted.test", member.clone()),
        state("$power", "m.room.power_levels", "", "@lea:scripted.test", json!({"users": {"@lea:scripted.test": 100}})),
        state("$bot", "m.room.member", USER_ID, USER_ID, member),
    ])
}

async fn play(folder: &Path, batches: Vec<Value>, waits_for: usize) -> (ScriptedHomeserver, Bot) {
    let scripted = ScriptedHomeserver::play_batches(batches).await.unwrap();
    let setup = Setup {
        homeserver: &scripted.url(),
        user: USER_ID,
        community: "Testers",
        lead: "@lea:scripted.test",
        rooms: &["!lobby:scripted.test".to_owned()],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(Path::new(PROGRAM), folder, &setup).await.unwrap();
    bot.start().await.unwrap();
    scripted.wait_until_read(SOON).await.unwrap();
    for _ in 0..600 {
        if scripted.sent().len() >= waits_for {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(bot.stop().await.unwrap(), Some(0), "{}", bot.printed());
    (scripted, bot)
}

#[tokio::test]
async fn every_event_delivered_three_times_is_answered_once() {
    let folder = tempfile::tempdir().unwrap();
    let lively = batch(vec![
        says("$1", "@lea:scripted.test", "!hearth help"),
        says("$2", "@nia:scripted.test", "good morning"),
        says("$3", "@nia:scripted.test", "!hearth poll \"Lunch?\" Soup | Rice"),
        says("$4", "@nia:scripted.test", "!hearth dance"),
    ]);
    // `init` takes the first answer, too.
    let (scripted, bot) =
        play(folder.path(), vec![room(), batch(vec![]), lively.clone(), lively.clone(), lively], 5).await;
    let sent = scripted.sent();
    let of_kind = |kind: &str| sent.iter().filter(|(path, _)| path.contains(&format!("/send/{kind}/"))).count();
    assert_eq!(of_kind("org.matrix.msc3381.poll.start"), 1, "{sent:#?}");
    // The introduction, help, the unknown command, and what goes with the poll.
    assert_eq!(of_kind("m.room.message"), 4, "{sent:#?}");
    let log = hearth_log::open_read_only(&bot.data().join("activity.db")).unwrap();
    let rows: i64 = log.query_row("SELECT count(*) FROM activity WHERE kind = 0", (), |row| row.get(0)).unwrap();
    assert_eq!(rows, 1);
}

#[tokio::test]
async fn malformed_and_hostile_events_are_skipped_and_what_follows_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut forged = says("$forged", "@nia:scripted.test", "!hearth settings community name Forged");
    forged["unsigned"] = json!({"sender": "@lea:scripted.test"});
    let hostile = batch(vec![
        json!({"type": "m.room.message"}),
        json!({"type": 7, "event_id": [], "sender": {}, "origin_server_ts": "yesterday", "content": "x"}),
        json!("not an object"),
        event("$a", "m.room.message", "@nia:scripted.test", json!({"body": {"deep": 1}, "msgtype": []})),
        event("$b", "org.matrix.msc3381.poll.response", "@nia:scripted.test", json!({"m.relates_to": 7})),
        event("$c", "m.reaction", "@nia:scripted.test", json!({"m.relates_to": {"rel_type": "m.annotation"}})),
        event("$d", "m.room.encrypted", "@nia:scripted.test", json!({"algorithm": "none"})),
        says("$e", "@nia:scripted.test", &"[".repeat(20_000)),
        forged,
        says("$last", "@lea:scripted.test", "!hearth help"),
    ]);
    let (scripted, bot) = play(folder.path(), vec![room(), batch(vec![]), hostile, batch(vec![])], 3).await;
    let bodies: Vec<_> =
        scripted.sent().iter().map(|(_, content)| content["body"].as_str().unwrap_or_default().to_owned()).collect();
    // The introduction, the refusal to somebody who leads nothing, and the help.
    assert_eq!(bodies.len(), 3, "{bodies:#?}\n{}", bot.printed());
}

/// A sync with an invitation from somebody.
fn invitation(from: &str) -> Value {
    let invite = |kind: &str, key: &str, content: Value| json!({"type": kind, "state_key": key, "sender": from, "content": content});
    json!({"rooms": {"invite": {"!new:scripted.test": {"invite_state": {"events": [
        invite("m.room.create", "", json!({"room_version": "11"})),
        invite("m.room.member", from, json!({"membership": "join"})),
        invite("m.room.member", USER_ID, json!({"membership": "invite"})),
    ]}}}}})
}

#[tokio::test]
async fn strangers_from_elsewhere_get_no_answer_and_neighbours_get_the_bot() {
    let joins = async |from: &str| {
        let folder = tempfile::tempdir().unwrap();
        let batches = vec![room(), batch(vec![]), invitation(from), batch(vec![]), batch(vec![])];
        let (scripted, _bot) = play(folder.path(), batches, 1).await;
        scripted.requests().iter().filter(|(what, _)| what.contains("join") && what.starts_with("POST")).count()
    };
    assert_eq!(joins("@eve:elsewhere.test").await, 0);
    assert_eq!(joins("@nia:scripted.test").await, 1);
}

//! The lab itself: what the other tests rely on.

use std::time::Duration;

use hearth_tests::content::{Choice, POLL_START};
use hearth_tests::history::{History, PastAct, ROOMS};
use hearth_tests::member::NewRoom;
use hearth_tests::nio::{self, NioMember};
use hearth_tests::python::Python;
use hearth_tests::replay::{PASSWORD, Stage};
use hearth_tests::synapse::{Options, Synapse};
use jiff::Timestamp;
use jiff::tz::TimeZone;

const SOON: Duration = Duration::from_secs(30);

async fn synapse(options: Options) -> (Python, tempfile::TempDir, Synapse) {
    let python = Python::ready().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let synapse = Synapse::start(&python, &folder.path().join("synapse"), options).await.unwrap();
    (python, folder, synapse)
}

#[tokio::test]
async fn a_killed_homeserver_comes_back_with_what_it_had() {
    let (_python, _folder, mut synapse) = synapse(Options::default()).await;
    let mut ada = synapse.register("ada", "secret").await.unwrap();
    let room = ada.create_room(&NewRoom { name: "Lobby", public: true, ..NewRoom::default() }).await.unwrap();
    let sent = ada.send_as(&room, "m.room.message", &hearth_tests::content::message("before"), "once").await.unwrap();

    let url = synapse.url();
    synapse.kill9().await.unwrap();
    assert!(ada.say(&room, "into the void").await.is_err());
    synapse.restart().await.unwrap();

    assert_eq!(synapse.url(), url);
    let again = ada.send_as(&room, "m.room.message", &hearth_tests::content::message("before"), "once").await.unwrap();
    assert_eq!(again, sent, "the same transaction is the same event across a crash");
    let bea = synapse.register("bea", "secret").await.unwrap();
    bea.join(&room).await.unwrap();
    bea.say(&room, "after").await.unwrap();
    ada.wait_for(SOON, |heard| heard.body() == "after").await.unwrap();
    let bodies: Vec<_> = ada
        .read_all(&room)
        .await
        .unwrap()
        .iter()
        .filter_map(|e| e["content"]["body"].as_str().map(String::from))
        .collect();
    assert_eq!(bodies, ["before", "after"]);
}

#[tokio::test]
async fn a_past_is_replayed_with_its_own_timestamps() {
    let (_python, _folder, mut synapse) = synapse(Options::for_replay()).await;
    let end = Timestamp::from_millisecond(1_793_700_000_000).unwrap();
    let mut history = History::invent(7, end, &TimeZone::UTC);
    // A few weeks are enough here; the demo replays them all.
    history.events.truncate(400);
    let stage = Stage::set(&synapse, &history).await.unwrap();
    let replayed = stage.play(&history, |_, _| {}).await.unwrap();
    eprintln!("replayed {} events, {:.0} a second", replayed.events.len(), replayed.rate());

    synapse.restart_with(Options::for_people()).await.unwrap();
    let reader = synapse.login(&history.people[0].localpart, PASSWORD).await.unwrap();
    for place in 0..ROOMS.len() {
        let events = reader.read_all(&replayed.rooms[place]).await.unwrap();
        let expected: Vec<_> = history.events.iter().enumerate().filter(|(_, event)| event.room == place).collect();
        let first = events.iter().position(|e| e["event_id"] == replayed.events[expected[0].0].as_str()).unwrap();
        for ((index, past), event) in expected.iter().zip(&events[first..]) {
            assert_eq!(event["event_id"], replayed.events[*index].as_str());
            assert_eq!(event["origin_server_ts"], past.at);
            assert_eq!(event["sender"], replayed.people[past.who].as_str());
            if let PastAct::Say(text) = &past.act {
                assert_eq!(event["content"]["body"], text.as_str());
            }
        }
        let mut inside = reader.joined_members(&replayed.rooms[place]).await.unwrap();
        let mut told: Vec<_> = history.members_at_end(place).iter().map(|who| replayed.people[*who].clone()).collect();
        inside.sort();
        told.sort();
        assert_eq!(inside, told);
    }
}

#[tokio::test]
async fn an_independent_count_agrees_with_a_count_by_hand() {
    let (python, _folder, synapse) = synapse(Options::default()).await;
    let host = synapse.register("host", "secret").await.unwrap();
    let room = host.create_room(&NewRoom { name: "Lobby", public: true, ..NewRoom::default() }).await.unwrap();
    let choices = [Choice { id: "tea", text: "Tea" }, Choice { id: "coffee", text: "Coffee" }];
    let poll = host.open_poll(&room, "What to drink?", &choices, true).await.unwrap();
    let mut voters = Vec::new();
    for name in ["ada", "bea", "cem", "dan", "eve", "fay"] {
        let voter = synapse.register(name, "secret").await.unwrap();
        voter.join(&room).await.unwrap();
        voters.push(voter);
    }
    let [ada, bea, cem, dan, eve, fay] = voters.as_slice() else { panic!("six voters") };
    ada.vote(&room, &poll, &["tea"]).await.unwrap();
    bea.vote(&room, &poll, &["tea"]).await.unwrap();
    bea.vote(&room, &poll, &["coffee"]).await.unwrap();
    cem.vote(&room, &poll, &["milk"]).await.unwrap();
    dan.vote(&room, &poll, &["coffee"]).await.unwrap();
    let regretted = dan.vote(&room, &poll, &["tea"]).await.unwrap();
    dan.redact(&room, &regretted).await.unwrap();
    // Who may not end it does not end it.
    eve.end_poll(&room, &poll).await.unwrap();
    eve.vote(&room, &poll, &["tea", "coffee"]).await.unwrap();
    host.end_poll(&room, &poll).await.unwrap();
    fay.vote(&room, &poll, &["tea"]).await.unwrap();

    let counted = nio::count_poll(&python, &synapse.url(), &host.user_id, "secret", &room, &poll).await.unwrap();
    let id = |name: &str| synapse.user_id(name);
    let vote = |name: &str, answer: &str| (id(name), vec![answer.to_owned()]);
    let votes = [vote("ada", "tea"), vote("bea", "coffee"), vote("dan", "coffee"), vote("eve", "tea")];
    assert_eq!(counted.votes, votes.into());
    assert_eq!(counted.counts, [("tea".into(), 2), ("coffee".into(), 2)].into());
    assert_eq!(counted.spoiled, [id("cem")]);
    assert!(counted.closed);
}

#[tokio::test]
async fn members_of_an_encrypted_room_read_and_count_with_each_other() {
    let (python, folder, synapse) = synapse(Options::default()).await;
    for name in ["ada", "bea"] {
        synapse.register(name, "secret").await.unwrap();
    }
    let url = synapse.url();
    let ada_id = synapse.user_id("ada");
    let bea_id = synapse.user_id("bea");
    let mut ada = NioMember::login(&python, &url, &ada_id, "secret", &folder.path().join("ada")).await.unwrap();
    let mut bea = NioMember::login(&python, &url, &bea_id, "secret", &folder.path().join("bea")).await.unwrap();
    let room = ada.create_encrypted_room("Quiet corner", &[&bea_id]).await.unwrap();
    assert_eq!(bea.accept_invite(&ada_id, SOON).await.unwrap(), room);

    let hello = ada.say(&room, "only for us").await.unwrap();
    let heard = bea.wait_for_text(&room, "only for us", SOON).await.unwrap();
    assert!(heard.encrypted);
    assert_eq!(heard.id(), hello);
    bea.reply(&room, &hello, "indeed").await.unwrap();
    ada.wait_for_text(&room, "indeed", SOON).await.unwrap();

    let start = hearth_tests::content::poll_start("Again?", &[Choice { id: "y", text: "Yes" }], false, 1);
    let poll = ada.send(&room, POLL_START, &start).await.unwrap();
    bea.vote(&room, &poll, &["y"]).await.unwrap();
    let counted = ada.count_poll(&room, &poll).await.unwrap();
    assert_eq!(counted.counts, [("y".into(), 1)].into());
    assert!(!counted.closed);
}

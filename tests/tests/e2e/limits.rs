//! A homeserver with Synapse's own limits, and more people than it lets the bot open rooms for.

use std::{collections::BTreeSet, time::Duration};

use hearth_tests::{
    member::{Heard, Member, NewRoom},
    synapse::Options,
};
use serde_json::Value;

use crate::stage::{Community, SOON, Wishes};

const NEWCOMERS: usize = 25;

/// Whose direct rooms the bot has made, by its marks on the homeserver: once for each room.
fn rooms_made(community: &Community) -> Vec<String> {
    let path = community.synapse.folder().join("homeserver.db");
    let database = rusqlite::Connection::open(path).unwrap();
    let mut rows = database
        .prepare(
            "SELECT json FROM event_json JOIN state_events USING (event_id)
             WHERE state_events.type = 'org.hearth.direct'",
        )
        .unwrap();
    let rows = rows.query_map((), |row| row.get::<_, String>(0)).unwrap();
    let person = |json: String| {
        let event: Value = serde_json::from_str(&json).unwrap();
        event["content"]["person"].as_str().unwrap().to_owned()
    };
    rows.map(|row| person(row.unwrap())).collect()
}

/// How many messages wait in the outbox, nudges apart: those may wait for tomorrow.
fn waiting(community: &Community) -> i64 {
    let memory = rusqlite::Connection::open(community.bot.data().join("bot.db")).unwrap();
    memory.busy_timeout(Duration::from_secs(10)).unwrap();
    memory.query_row("SELECT count(*) FROM outbox WHERE importance <> 2", (), |row| row.get(0)).unwrap()
}

fn is_paper(heard: &Heard) -> bool {
    heard.body().contains("What I promise")
}

#[tokio::test]
async fn twenty_five_newcomers_at_once_get_their_papers_and_hold_up_nobody() {
    let mut community = Community::begin(Wishes { limited: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut people: Vec<Member> = Vec::new();
    for number in 0..NEWCOMERS {
        people.push(community.synapse.register(&format!("new{number}"), "secret").await.unwrap());
    }
    for person in &people[..5] {
        person.join(&lobby).await.unwrap();
    }
    community.lead.say(&lobby, "!hearth retro start --collect 2h").await.unwrap();
    let is_retro = |heard: &Heard| heard.sender() == bot && heard.body().contains("Retrospective 1");
    let retro = community.lead.wait_for(2 * SOON, is_retro).await.unwrap();
    community.lead.say(&lobby, "!hearth ballot \"Where?\" Wombat park | Quokka café --close 6h").await.unwrap();
    let is_card = |heard: &Heard| heard.sender() == bot && heard.body().contains("Nobody has voted yet.");
    let card = community.lead.wait_for(2 * SOON, is_card).await.unwrap();
    // Everybody is there within seconds, and wants both.
    for person in &people[5..] {
        person.join(&lobby).await.unwrap();
    }
    for person in &people {
        person.react(&lobby, card.id(), "🗳️").await.unwrap();
        person.react(&lobby, retro.id(), "👍").await.unwrap();
    }

    // Somebody who asks for something in a room has their answer, while rooms are waited for.
    let answer = community.ask(&lobby, "!hearth help poll").await;
    assert!(answer.body().contains("!hearth poll"), "{}", answer.body());
    assert!(waiting(&community) > 0 && rooms_made(&community).len() < NEWCOMERS, "papers wait");

    // The card says how to be served at once, and it is true.
    let says_how = |heard: &Heard| {
        heard.sender() == bot
            && heard.event["content"]["m.new_content"]["body"]
                .as_str()
                .is_some_and(|body| body.contains("first, and yours comes at once"))
    };
    community.lead.wait_for(2 * SOON, says_how).await.unwrap();
    let made = rooms_made(&community);
    let eager = people.iter_mut().rev().find(|person| !made.contains(&person.user_id)).unwrap();
    let own = eager.create_room(&NewRoom { direct: true, invite: &[&bot], ..NewRoom::default() }).await.unwrap();
    let paper = eager.wait_for(SOON, |heard| heard.room == own && is_paper(heard)).await.unwrap();
    assert_eq!(paper.sender(), bot);
    let eager = eager.user_id.clone();

    // In the end everything is delivered, and nobody has two rooms. A quarter of an hour would prove no more.
    community.synapse.restart_with(Options::default()).await.unwrap();
    for person in people.iter_mut().filter(|person| person.user_id != eager) {
        let room = person.accept_invite(&bot, 2 * SOON).await.unwrap();
        person.wait_for(SOON, |heard| heard.room == room && is_paper(heard)).await.unwrap();
        let letter = |heard: &Heard| heard.room == room && heard.body().contains("Retrospective 1");
        person.wait_for(SOON, letter).await.unwrap();
    }
    for _ in 0..600 {
        if waiting(&community) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(waiting(&community), 0, "every lane is empty in the end");
    let made = rooms_made(&community);
    let distinct: BTreeSet<&String> = made.iter().collect();
    assert_eq!((made.len(), distinct.len()), (distinct.len(), NEWCOMERS - usize::from(!distinct.contains(&eager))));
}

#[tokio::test]
async fn a_third_person_in_a_direct_room_does_not_get_what_is_kept_about_somebody() {
    let community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ana = community.synapse.register("ana", "secret").await.unwrap();
    let mut eve = community.synapse.register("eve", "secret").await.unwrap();
    for person in [&ana, &eve] {
        person.join(&lobby).await.unwrap();
    }
    let is_file = |heard: &Heard| heard.event["content"]["msgtype"] == "m.file";
    ana.say(&lobby, "!hearth my-data").await.unwrap();
    let room = ana.accept_invite(&bot, SOON).await.unwrap();
    ana.wait_for(SOON, is_file).await.unwrap();
    // She lets eve in, who stays.
    ana.invite(&room, &eve.user_id).await.unwrap();
    eve.join(&room).await.unwrap();
    eve.wait_for(SOON, |heard| heard.room == room).await.unwrap();
    ana.say(&lobby, "!hearth my-data").await.unwrap();
    let other = ana.accept_invite(&bot, SOON).await.unwrap();
    assert_ne!(other, room);
    ana.wait_for(SOON, |heard| heard.room == other && is_file(heard)).await.unwrap();
    let why = |heard: &Heard| heard.room == room && heard.body().contains("no longer only between the two of us");
    eve.wait_for(SOON, why).await.unwrap();
    for _ in 0..300 {
        if !eve.joined_members(&room).await.unwrap().contains(&bot) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert!(!eve.joined_members(&room).await.unwrap().contains(&bot), "the bot has left");
    // Neither what came after eve nor what was there before her is hers to read.
    let events = eve.read_all(&room).await.unwrap();
    assert!(!events.iter().any(|event| event["content"]["msgtype"] == "m.file"), "{events:#?}");
}

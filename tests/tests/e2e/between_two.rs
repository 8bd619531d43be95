//! Direct rooms are between two: who else comes in receives nothing.

use std::time::Duration;

use hearth_tests::member::{Heard, Member};
use reqwest::Method;
use serde_json::json;

use crate::stage::{Community, SOON, Wishes};

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

/// The invitation names its reason and no more, both may do everything in the room, and whoever invites has a face.
#[tokio::test]
async fn an_invitation_to_a_direct_room_says_why_and_from_whom() {
    for version in ["", "10"] {
        let community = Community::begin(Wishes { version, ..Wishes::default() }).await;
        let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
        let mut ana = community.synapse.register("ana", "secret").await.unwrap();
        let mut ben = community.synapse.register("ben", "secret").await.unwrap();
        for person in [&ana, &ben] {
            person.join(&lobby).await.unwrap();
        }
        // A ballot takes five.
        for name in ["cem", "dia"] {
            community.synapse.register(name, "secret").await.unwrap().join(&lobby).await.unwrap();
        }
        let invited = async |person: &mut Member, says: &str| {
            person.say(&lobby, says).await.unwrap();
            person.wait_for(SOON, |heard| heard.invite && heard.sender() == bot).await.unwrap()
        };
        ana.say(&lobby, "!hearth ballot \"Where?\" Park | Café").await.unwrap();
        ana.wait_for(SOON, |heard| heard.body().contains("Ballot 1")).await.unwrap();
        let asked = invited(&mut ana, "!hearth vote").await;
        let content = &asked.event["content"];
        let reason = content["reason"].as_str().unwrap();
        assert!(reason.starts_with("You asked to vote in ballot 1, in ") && !reason.contains("Where?"), "{reason}");
        assert_eq!(content["is_direct"], true);
        let other = invited(&mut ben, "!hearth my-data").await;
        let reason = other.event["content"]["reason"].as_str().unwrap();
        assert!(reason.starts_with("I'm the bot of ") && reason.ends_with("This is about: Privacy."), "{reason}");
        ana.join(&asked.room).await.unwrap();
        ana.wait_for(SOON, |heard| heard.room == asked.room && heard.body().contains("1: Where?")).await.unwrap();
        ana.set_state(&asked.room, "m.room.name", "", &json!({"name": "Ours"})).await.unwrap();

        let profile = ana.http().call(Method::GET, &["profile", &bot], &[], None).await.unwrap();
        assert_eq!(profile["displayname"], "Hearth");
        assert!(profile["avatar_url"].as_str().is_some_and(|url| url.starts_with("mxc://")), "{profile}");
    }
}

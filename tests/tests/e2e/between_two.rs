//! Direct rooms are between two: who else comes in receives nothing.

use std::time::Duration;

use hearth_tests::member::Heard;

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

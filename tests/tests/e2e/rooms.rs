//! The bot among people, in plain rooms: it answers once, welcomes once, and hears nothing from before its time.

use std::time::Duration;

use crate::stage::{Community, SOON, Wishes};

#[tokio::test]
async fn a_command_is_answered_in_place_and_a_stranger_is_welcomed_once_across_rejoin() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    let help = community.ask(&lobby, "!hearth help").await;
    assert_eq!(help.event["content"]["msgtype"], "m.notice");
    assert_eq!(help.event["content"]["m.mentions"], serde_json::json!({}));

    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let mut nia = community.synapse.register("nia", "secret").await.unwrap();
    nia.join(&lobby).await.unwrap();
    nia.leave(&lobby).await.unwrap();
    nia.join(&lobby).await.unwrap();
    tokio::time::sleep(Duration::from_secs(2)).await;
    // A later hour, without waiting for it.
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let bot = community.synapse.user_id("hearth");
    let direct = nia.accept_invite(&bot, SOON).await.unwrap();
    let welcome = nia.wait_for(SOON, |heard| heard.room == direct && heard.kind() == "m.room.message").await.unwrap();
    assert_eq!(welcome.sender(), bot);
    assert_eq!(welcome.event["content"]["msgtype"], "m.text");

    nia.leave(&lobby).await.unwrap();
    nia.join(&lobby).await.unwrap();
    community.bot.stop().await.unwrap();
    community.bot.start_with(&["--ahead", "PT60M"]).await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    let heard: Vec<_> =
        nia.read_all(&direct).await.unwrap().into_iter().filter(|event| event["type"] == "m.room.message").collect();
    assert_eq!(heard.len(), 1, "{heard:#?}");
}

//! The bot among people, in plain rooms: it answers once, welcomes once, and hears nothing from before its time.

use std::time::Duration;

use hearth_tests::{
    content::POLL_START,
    member::{Heard, NewRoom},
};

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

#[tokio::test]
async fn a_poll_of_thirty_is_counted_and_said_once() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.lead.say(&lobby, "!hearth poll \"Lunch?\" Soup | Rice | Bread --hidden").await.unwrap();
    let poll =
        community.lead.wait_for(SOON, |heard| heard.kind() == POLL_START && heard.sender() == bot).await.unwrap();
    let start = &poll.event["content"][POLL_START];
    assert_eq!(start["kind"], "org.matrix.msc3381.poll.undisclosed");
    let ids: Vec<_> =
        start["answers"].as_array().unwrap().iter().map(|answer| answer["id"].as_str().unwrap()).collect();
    for number in 0..30 {
        let voter = community.synapse.register(&format!("voter{number}"), "secret").await.unwrap();
        voter.join(&lobby).await.unwrap();
        voter.vote(&lobby, poll.id(), &[ids[number % 3]]).await.unwrap();
        if number < 6 {
            // A change of mind: the first six end up with soup.
            voter.vote(&lobby, poll.id(), &[ids[0]]).await.unwrap();
        }
    }
    community.lead.say(&lobby, "!hearth poll close").await.unwrap();
    let result = community
        .lead
        .wait_for(SOON, |heard| heard.sender() == bot && heard.body().contains("took part"))
        .await
        .unwrap();
    // 14 soup, 8 rice, 8 bread; the lead and the bot did not vote.
    assert!(result.body().contains("30 of 31"), "{}", result.body());
    let says: Vec<_> = community.said_by_bot(&lobby).await;
    assert_eq!(says.iter().filter(|text| text.contains("took part")).count(), 1, "{says:#?}");
    let counted = hearth_tests::nio::count_poll(
        &community.python,
        &community.synapse.url(),
        &community.lead.user_id,
        "secret",
        &lobby,
        poll.id(),
    )
    .await
    .unwrap();
    let counts: Vec<_> = ids.iter().map(|id| counted.counts[*id]).collect();
    assert_eq!(counts, [14, 8, 8]);
}

#[tokio::test]
async fn what_happened_while_the_bot_was_down_is_read_and_answered_once() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.bot.stop().await.unwrap();
    let before = community.messages_logged();
    let asked = community.lead.say(&lobby, "!hearth help").await.unwrap();
    // A gap of five thousand, so that the timeline comes limited and must be filled.
    let mut writers = Vec::new();
    for number in 0..5 {
        let writer = community.synapse.register(&format!("writer{number}"), "secret").await.unwrap();
        writer.join(&lobby).await.unwrap();
        let lobby = lobby.clone();
        writers.push(tokio::spawn(async move {
            for message in 0..1000 {
                writer.say(&lobby, &format!("message {message} of writer {number}")).await.unwrap();
            }
        }));
    }
    for writer in writers {
        writer.await.unwrap();
    }
    community.bot.start().await.unwrap();
    let answers = |heard: &Heard| {
        heard.sender() == bot && heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str()
    };
    community.lead.wait_for(SOON, answers).await.unwrap();
    assert_eq!(community.messages_logged() - before, 5000);
    // Once more from the same place: nothing is written or said twice.
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    assert_eq!(community.messages_logged() - before, 5000);
    let events = community.lead.read_all(&lobby).await.unwrap();
    let answered = events
        .iter()
        .filter(|event| event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str())
        .count();
    assert_eq!(answered, 1);
}

#[tokio::test]
async fn nobody_edits_a_command_into_anybodys_mouth() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    let nia = community.synapse.register("nia", "secret").await.unwrap();
    nia.join(&lobby).await.unwrap();
    let innocent = community.lead.say(&lobby, "Good morning").await.unwrap();
    // Somebody else's edit of a lead's message, and the lead's own: an edit never is a command.
    nia.edit(&lobby, &innocent, "!hearth settings community name Mine").await.unwrap();
    community.lead.edit(&lobby, &innocent, "!hearth settings community name Edited").await.unwrap();
    nia.say(&lobby, "!hearth settings community name Theirs").await.unwrap();
    let shown = community.ask(&lobby, "!hearth settings community").await;
    for name in ["Mine", "Edited", "Theirs"] {
        assert!(!shown.body().contains(name), "{}", shown.body());
    }
    let mut says = community.said_by_bot(&lobby).await;
    says.retain(|text| !text.starts_with("Hello, I'm Hearth"));
    assert_eq!(says.len(), 4, "the setting of the lobby, a word on edits, the refusal, the settings shown: {says:#?}");
}

#[tokio::test]
async fn what_was_said_before_the_bot_came_is_never_answered() {
    let mut community = Community::begin(Wishes::default()).await;
    let bot = community.synapse.user_id("hearth");
    let room =
        community.lead.create_room(&NewRoom { name: "Craft", public: true, ..NewRoom::default() }).await.unwrap();
    for _ in 0..3 {
        community.lead.say(&room, "!hearth help").await.unwrap();
    }
    community.lead.invite(&room, &bot).await.unwrap();
    for _ in 0..300 {
        if community.lead.joined_members(&room).await.unwrap().contains(&bot) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    community.ask(&room, "!hearth help poll").await;
    assert_eq!(community.said_by_bot(&room).await.len(), 1);
}

#[tokio::test]
async fn a_homeserver_that_asks_for_patience_gets_it_and_every_command_its_answer() {
    // Synapse's own limits: ten messages at once, then one in five seconds.
    let mut community = Community::begin(Wishes { limited: true, ..Wishes::default() }).await;
    let lobby = community.lobby.clone();
    let mut asked = Vec::new();
    for _ in 0..14 {
        asked.push(community.lead.say(&lobby, "!hearth help poll").await.unwrap());
    }
    let bot = community.synapse.user_id("hearth");
    for event in &asked {
        let answers = |heard: &Heard| {
            heard.sender() == bot
                && heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == event.as_str()
        };
        community.lead.wait_for(2 * SOON, answers).await.unwrap();
    }
    let says = community.said_by_bot(&lobby).await;
    let answered = says.iter().filter(|text| text.contains("!hearth poll")).count();
    assert_eq!(answered, asked.len(), "{says:#?}");
}

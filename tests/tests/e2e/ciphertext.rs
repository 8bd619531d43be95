//! What is believed of an encrypted payload: what clients encrypt, and nothing else. The people are on matrix-nio.

use hearth_shared::activity::Kind;
use hearth_tests::{
    content::{self, Choice, POLL_END, POLL_RESPONSE, POLL_START},
    nio::{NioMember, Read},
};
use serde_json::json;

use crate::{
    encrypted::{answer_to, comes_in},
    stage::{Community, SOON, Wishes},
};

const CHOICES: [Choice<'static>; 2] = [Choice { id: "tea", text: "Tea" }, Choice { id: "coffee", text: "Coffee" }];

/// An encrypted lobby, where the results of members' own polls are announced.
async fn lobby() -> (Community, String, String) {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth settings poll announce-members-polls yes").await;
    (community, lobby, bot)
}

/// How many rows of a kind the log has. An answer in between says that the bot has read everything before.
async fn logged(community: &mut Community, kind: Kind) -> i64 {
    community.ask(&community.lobby.clone(), "!hearth help").await;
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    log.query_row("SELECT count(*) FROM activity WHERE kind = ?1", [kind.code()], |row| row.get(0)).unwrap()
}

/// The result of a poll, once it is there.
async fn result(reader: &mut NioMember, room: &str, bot: &str) -> String {
    let took_part = |read: &Read| read.sender() == bot && read.body().contains("took part");
    reader.wait_until(room, SOON, took_part).await.unwrap().body().to_owned()
}

#[tokio::test]
async fn nobody_erases_or_ends_what_is_others_from_inside_a_ciphertext() {
    let (mut community, lobby, bot) = lobby().await;
    let mut ada = comes_in(&community, "ada").await;
    let mut mallory = comes_in(&community, "mallory").await;
    let said = ada.say(&lobby, "good morning").await.unwrap();
    let poll = ada.send(&lobby, POLL_START, &content::poll_start("Again?", &CHOICES, false, 1)).await.unwrap();
    let vote = ada.vote(&lobby, &poll, &["tea"]).await.unwrap();
    assert_eq!(logged(&mut community, Kind::Message).await, 1);

    for target in [&said, &vote, &poll] {
        mallory.send(&lobby, "m.room.redaction", &json!({"redacts": target})).await.unwrap();
    }
    // A vote and an end that the room does not see, and a message that says something else to the bot than to the room.
    let vote = content::poll_response(&poll, &["coffee"]);
    mallory.send_with_relation(&lobby, POLL_RESPONSE, &vote, None).await.unwrap();
    ada.send_with_relation(&lobby, POLL_END, &content::poll_end(&poll), None).await.unwrap();
    let reply = json!({"m.in_reply_to": {"event_id": said}});
    let edit = content::edit(&said, "a reply, by what the room sees");
    mallory.send_with_relation(&lobby, "m.room.message", &edit, Some(&reply)).await.unwrap();

    assert_eq!(logged(&mut community, Kind::Message).await, 2);
    assert_eq!(logged(&mut community, Kind::PollVoted).await, 1);
    ada.send(&lobby, POLL_END, &content::poll_end(&poll)).await.unwrap();
    let result = result(&mut ada, &lobby, &bot).await;
    assert!(result.contains(" 1 · Tea") && result.contains("1 of 3 took part"), "{result}");
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let replies = "SELECT count(*) FROM activity WHERE kind = 0 AND reply_to IS NOT NULL";
    assert_eq!(log.query_row(replies, (), |row| row.get::<_, i64>(0)).unwrap(), 1);
    // What the room's server allows still erases.
    ada.ask("redact", json!({"room": lobby, "event": said})).await.unwrap();
    assert_eq!(logged(&mut community, Kind::Message).await, 1);
}

#[tokio::test]
async fn a_poll_edited_in_a_client_before_the_first_vote_counts_with_its_new_answers() {
    let (community, lobby, bot) = lobby().await;
    let mut ada = comes_in(&community, "ada").await;
    let mut bea = comes_in(&community, "bea").await;
    let edit = |poll: &str, question: &str, choices: &[Choice<'_>]| {
        json!({"m.new_content": content::poll_start(question, choices, false, 1),
            "m.relates_to": {"rel_type": "m.replace", "event_id": poll}})
    };
    let poll = ada.send(&lobby, POLL_START, &content::poll_start("Again?", &CHOICES, false, 1)).await.unwrap();
    let better = [Choice { id: "water", text: "Water" }, Choice { id: "juice", text: "Juice" }];
    ada.send(&lobby, POLL_START, &edit(&poll, "Once more?", &better)).await.unwrap();
    bea.vote(&lobby, &poll, &["juice"]).await.unwrap();
    ada.send(&lobby, POLL_START, &edit(&poll, "Never again?", &CHOICES)).await.unwrap();
    bea.send(&lobby, POLL_START, &edit(&poll, "Mine?", &CHOICES)).await.unwrap();
    ada.send(&lobby, POLL_END, &content::poll_end(&poll)).await.unwrap();
    let result = result(&mut ada, &lobby, &bot).await;
    assert!(result.contains("Once more?") && result.contains(" 1 · Juice"), "{result}");
}

#[tokio::test]
async fn an_edit_of_a_command_is_answered_alike_in_encrypted_and_plain_rooms() {
    let edited = "I don't read edits";
    let (mut community, lobby, bot) = lobby().await;
    let mut ada = comes_in(&community, "ada").await;
    let slip = ada.say(&lobby, "!hearth poll \"Lunch?\" Soup").await.unwrap();
    answer_to(&mut ada, &lobby, &slip, &bot).await;
    ada.edit(&lobby, &slip, "!hearth poll \"Lunch?\" Soup | Rice").await.unwrap();
    let told = |read: &Read| read.sender() == bot && read.body().contains(edited) && read.reply_to() == slip;
    ada.wait_until(&lobby, SOON, told).await.unwrap();
    let talk = ada.say(&lobby, "lunch?").await.unwrap();
    let into = ada.edit(&lobby, &talk, "!hearth poll \"Lunch?\" Soup | Rice").await.unwrap();
    let answer = answer_to(&mut ada, &lobby, &into, &bot).await;
    assert!(answer.body().contains(edited), "{}", answer.body());
    // A link preview is an edit that says the same.
    let help = ada.say(&lobby, "!hearth help poll").await.unwrap();
    answer_to(&mut ada, &lobby, &help, &bot).await;
    ada.edit(&lobby, &help, "!hearth help poll").await.unwrap();

    let leads = community.leads.clone();
    let guest = hearth_tests::member::NewRoom { name: "Plain", public: true, invite: &[&bot], ..Default::default() };
    let plain = community.lead.create_room(&guest).await.unwrap();
    while !community.lead.joined_members(&plain).await.unwrap().contains(&bot) {
        community.ask(&leads, "!hearth help").await;
    }
    let told = async |community: &mut Community, of: &str| {
        let edit = content::edit(of, "!hearth poll \"Lunch?\" Soup | Rice");
        let edit = community.lead.send(&plain, "m.room.message", &edit).await.unwrap();
        let answers = [edit, of.to_owned()];
        let told = |heard: &hearth_tests::member::Heard| {
            let to = heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"].as_str();
            heard.body().contains(edited) && to.is_some_and(|to| answers.iter().any(|answer| answer == to))
        };
        community.lead.wait_for(SOON, told).await.unwrap();
    };
    let slip = community.lead.say(&plain, "!hearth poll \"Lunch?\" Soup").await.unwrap();
    told(&mut community, &slip).await;
    let talk = community.lead.say(&plain, "lunch?").await.unwrap();
    told(&mut community, &talk).await;
    for room in [&plain, &lobby] {
        let events = community.lead.read_all(room).await.unwrap();
        assert!(events.iter().all(|event| event["type"] != POLL_START));
    }
    let seen = ada.seen(&lobby).await.unwrap();
    assert!(seen.iter().all(|read| read.event["type"] != POLL_START));
    assert_eq!(seen.iter().filter(|read| read.sender() == bot && read.body().contains(edited)).count(), 2);
}

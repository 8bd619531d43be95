//! What `rooms` and `deliveries` prove of plain rooms, in rooms that only devices can read. The people are on matrix-nio.

use std::time::Duration;

use hearth_shared::activity::Kind;
use hearth_tests::{
    content::POLL_START,
    duplicating_proxy::{self, DuplicatingProxy},
    nio::{NioMember, Read},
};

use crate::{
    encrypted::{answer_to, answers_to, comes_in, confidential, said},
    stage::{Community, SOON, Wishes},
};

/// The poll that the bot opened, and the ids of its answers.
async fn poll(reader: &mut NioMember, room: &str, bot: &str) -> (String, Vec<String>) {
    let is_poll = |read: &Read| read.event["type"] == POLL_START && read.sender() == bot;
    let poll = reader.wait_until(room, SOON, is_poll).await.unwrap();
    assert!(poll.encrypted);
    let answers = poll.event["content"][POLL_START]["answers"].as_array().unwrap();
    (poll.id().to_owned(), answers.iter().map(|answer| answer["id"].as_str().unwrap().to_owned()).collect())
}

#[tokio::test]
async fn a_stranger_is_welcomed_once_across_rejoin() {
    let mut community = confidential().await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let mut nia = comes_in(&community, "nia").await;
    nia.leave(&lobby).await.unwrap();
    nia.join(&lobby).await.unwrap();
    // An answer says that the bot has read all that came before.
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let direct = nia.accept_invite(&bot, SOON).await.unwrap();
    let from_bot = |read: &Read| read.sender() == bot && read.event["type"] == "m.room.message";
    let welcome = nia.wait_until(&direct, SOON, from_bot).await.unwrap();
    assert!(welcome.encrypted);
    assert_eq!(welcome.event["content"]["msgtype"], "m.text");

    nia.leave(&lobby).await.unwrap();
    nia.join(&lobby).await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    community.bot.kill9().await.unwrap();
    community.bot.start_with(&["--ahead", "PT60M"]).await.unwrap();
    // In a direct room commands need no prefix, and whoever is welcomed already is only answered.
    let asked = nia.say(&direct, "privacy").await.unwrap();
    answer_to(&mut nia, &direct, &asked, &bot).await;
    let said = nia.seen(&direct).await.unwrap().into_iter().filter(from_bot).count();
    assert_eq!((said, nia.unreadable(&direct).await.unwrap()), (2, 0), "the welcome and the answer");
}

#[tokio::test]
async fn a_poll_of_thirty_is_counted_and_said_once() {
    let community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    ada.say(&lobby, "!hearth poll \"Lunch?\" Soup | Rice | Bread --hidden").await.unwrap();
    let (poll, ids) = poll(&mut ada, &lobby, &bot).await;
    for number in 0..30 {
        let mut voter = comes_in(&community, &format!("voter{number}")).await;
        voter.vote(&lobby, &poll, &[&ids[number % 3]]).await.unwrap();
        if number < 6 {
            // A change of mind: the first six end up with soup.
            voter.vote(&lobby, &poll, &[&ids[0]]).await.unwrap();
        }
    }
    ada.say(&lobby, "!hearth poll close").await.unwrap();
    let took_part = |read: &Read| read.sender() == bot && read.body().contains("took part");
    let result = ada.wait_until(&lobby, SOON, took_part).await.unwrap();
    assert!(result.encrypted);
    // 14 soup, 8 rice, 8 bread; the lead, the opener and the bot did not vote.
    assert!(result.body().contains("30 of 32"), "{}", result.body());
    let counted = ada.count_poll(&lobby, &poll).await.unwrap();
    assert!(counted.closed);
    let counts: Vec<_> = ids.iter().map(|id| counted.counts[id]).collect();
    assert_eq!(counts, [14, 8, 8]);
    let says = said(&mut ada, &lobby, &bot).await;
    assert_eq!(says.iter().filter(|text| text.contains("took part")).count(), 1, "{says:#?}");
}

#[tokio::test]
async fn what_happened_while_the_bot_was_down_is_read_and_answered_once() {
    let mut community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    let before = community.messages_logged();
    let asked = ada.say(&lobby, "!hearth help poll").await.unwrap();
    // A gap of five thousand, in fifty sessions of people of whom the bot has never heard.
    let mut writers = tokio::task::JoinSet::new();
    for number in 0..5 {
        let mut writer = comes_in(&community, &format!("writer{number}")).await;
        let lobby = lobby.clone();
        writers.spawn(async move {
            for _ in 0..10 {
                writer.talk(&lobby, 100).await.unwrap();
            }
        });
    }
    writers.join_all().await;
    community.bot.start().await.unwrap();
    answer_to(&mut ada, &lobby, &asked, &bot).await;
    assert_eq!(community.messages_logged() - before, 5000);

    // Once more from the same place: nothing is written or said twice.
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let last = ada.say(&lobby, "!hearth help welcome").await.unwrap();
    answer_to(&mut ada, &lobby, &last, &bot).await;
    assert_eq!(community.messages_logged() - before, 5000);
    assert_eq!(answers_to(&mut ada, &lobby, &asked, &bot).await, 1);
}

#[tokio::test]
async fn nobody_edits_a_command_into_anybodys_mouth() {
    let community = Community::begin(Wishes { encrypted: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    community.lead.set_power(&lobby, &ada.user_id, 50).await.unwrap();
    let mut nia = comes_in(&community, "nia").await;
    let innocent = ada.say(&lobby, "Good morning").await.unwrap();
    let command = ada.say(&lobby, "!hearth settings community name Ours").await.unwrap();
    answer_to(&mut ada, &lobby, &command, &bot).await;
    // Somebody else's edits of a lead's words, and the lead's own: an edit never is a command.
    nia.edit(&lobby, &innocent, "!hearth settings community name Mine").await.unwrap();
    nia.edit(&lobby, &command, "!hearth settings community name Mine").await.unwrap();
    ada.edit(&lobby, &innocent, "!hearth settings community name Edited").await.unwrap();
    let refused = nia.say(&lobby, "!hearth settings community name Theirs").await.unwrap();
    answer_to(&mut nia, &lobby, &refused, &bot).await;
    let asked = ada.say(&lobby, "!hearth settings community").await.unwrap();
    let shown = answer_to(&mut ada, &lobby, &asked, &bot).await;
    assert!(shown.body().contains("Ours"), "{}", shown.body());
    for name in ["Mine", "Edited", "Theirs"] {
        assert!(!shown.body().contains(name), "{}", shown.body());
    }
    let says = said(&mut ada, &lobby, &bot).await;
    assert_eq!(says.len(), 4, "the name set, a word on edits, the refusal, the settings shown: {says:#?}");
}

#[tokio::test]
async fn every_event_delivered_three_times_is_answered_once() {
    let mut community = Community::prepare(Wishes { encrypted: true, ..Wishes::default() }).await;
    let proxy = DuplicatingProxy::before(&community.synapse.url()).await.unwrap();
    community.bot.configure(|text| text.replace(&community.synapse.url(), &proxy.url())).unwrap();
    community.bot.start().await.unwrap();
    community.settle().await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ada = comes_in(&community, "ada").await;
    let mut bea = comes_in(&community, "bea").await;
    let asked = ada.say(&lobby, "!hearth help").await.unwrap();
    bea.say(&lobby, "good morning").await.unwrap();
    let unknown = bea.say(&lobby, "!hearth dance").await.unwrap();
    ada.say(&lobby, "!hearth poll \"Lunch?\" Soup | Rice").await.unwrap();
    let (poll, ids) = poll(&mut ada, &lobby, &bot).await;
    ada.vote(&lobby, &poll, &[&ids[0]]).await.unwrap();
    bea.vote(&lobby, &poll, &[&ids[1]]).await.unwrap();
    ada.say(&lobby, "!hearth poll close").await.unwrap();
    let took_part = |read: &Read| read.sender() == bot && read.body().contains("took part");
    ada.wait_until(&lobby, SOON, took_part).await.unwrap();
    let last = ada.say(&lobby, "!hearth help welcome").await.unwrap();
    answer_to(&mut ada, &lobby, &last, &bot).await;
    for _ in 0..600 {
        if proxy.delivered(&last) >= duplicating_proxy::TIMES {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    // The bot reads what was delivered before it stops, and says what is left to say.
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));

    for event in [&asked, &unknown, &last] {
        // A batch in which something relates to something is read a second time: then it is more often still.
        assert!(proxy.delivered(event) >= duplicating_proxy::TIMES);
        assert_eq!(answers_to(&mut ada, &lobby, event, &bot).await, 1);
    }
    let seen = ada.seen(&lobby).await.unwrap();
    let polls = seen.iter().filter(|read| read.event["type"] == POLL_START).count();
    assert_eq!((polls, seen.iter().filter(|read| took_part(read)).count()), (1, 1));
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let count = |kind: Kind| {
        let count = "SELECT count(*) FROM activity WHERE kind = ?1";
        log.query_row(count, [kind.code()], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!((count(Kind::Message), count(Kind::PollVoted), count(Kind::PollClosed)), (1, 2, 1));
}

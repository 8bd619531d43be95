//! A retrospective of twelve in an encrypted room, read by an independent client, the bot killed at every turn.

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use hearth_tests::{content, nio::NioMember, nio::Read};

use crate::{
    encrypted::{comes_in, confidential, said},
    stage::{Community, SOON, bytes_with, keys_in},
};

const PEOPLE: usize = 12;

/// What everybody writes: words that stand nowhere else.
fn note(who: usize) -> String {
    let column = ["happy", "unsure", "unhappy"][who % 3];
    format!("{column}: quokka{who:02} deserves a word")
}

/// The facilitator goes on, the bot dies before or while it answers, and comes back; the card shows the next phase.
async fn goes_on(community: &mut Community, ada: &mut NioMember, phase: &str) {
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    ada.say(&lobby, "!hearth retro next").await.unwrap();
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    shows(ada, &lobby, &bot, phase).await;
}

/// The facilitator goes on by one step, and the card is as it becomes.
async fn turns(ada: &mut NioMember, lobby: &str, bot: &str) -> String {
    let before = card(ada, lobby, bot).await;
    ada.say(lobby, "!hearth retro next").await.unwrap();
    for _ in 0..600 {
        let now = card(ada, lobby, bot).await;
        if now != before {
            return now;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("the card stays as it is: {before}");
}

/// Waits until all of this was said. The card may show a phase before everything has been said that belongs to it.
async fn has_said(ada: &mut NioMember, lobby: &str, bot: &str, words: &[String]) {
    for _ in 0..600 {
        let shown = said(ada, lobby, bot).await.join("\n");
        if words.iter().all(|word| shown.contains(word)) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    panic!("{words:?} was not said");
}

async fn card(ada: &mut NioMember, lobby: &str, bot: &str) -> String {
    let seen = ada.seen(lobby).await.unwrap();
    let cards = seen.iter().filter(|read| read.sender() == bot && read.body().contains("Retro 1 · "));
    cards.map(Read::body).next_back().unwrap().to_owned()
}

async fn shows(ada: &mut NioMember, lobby: &str, bot: &str, phase: &str) {
    let title = format!("Retro 1 · {phase}");
    ada.wait_until(lobby, SOON, |read| read.sender() == bot && read.body().contains(&title)).await.unwrap();
}

/// Somebody tells the bot something in confidence, and hears that it has arrived.
async fn confides(member: &mut NioMember, direct: &str, bot: &str, text: &str) {
    let told = member.say(direct, text).await.unwrap();
    let answers = |read: &Read| {
        let relation = &read.event["content"]["m.relates_to"];
        read.sender() == bot && (read.reply_to() == told || relation["event_id"] == told.as_str())
    };
    if let Err(error) = member.wait_until(direct, SOON, answers).await {
        let seen = member.seen(direct).await.unwrap();
        let seen: Vec<_> = seen.iter().map(|read| (read.sender().to_owned(), read.body().to_owned())).collect();
        panic!("`{text}` got no answer: {error:#}; {seen:#?}");
    }
}

#[tokio::test]
async fn twelve_look_back_and_no_crash_loses_a_note_or_says_one_twice() {
    let mut community = confidential().await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut people = Vec::new();
    for who in 0..PEOPLE {
        people.push(comes_in(&community, &format!("person{who}")).await);
    }
    people[0].say(&lobby, "!hearth retro start --collect 2h --vote 1h").await.unwrap();
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let is_card = |read: &Read| read.sender() == bot && read.body().contains("Retro 1 · notes");
    let card = people[0].wait_until(&lobby, SOON, is_card).await.unwrap();
    assert!(card.encrypted);

    // Each reacts, is written to, and confides; the bot dies in between.
    let mut direct = Vec::new();
    for (who, person) in people.iter_mut().enumerate() {
        person.send(&lobby, "m.reaction", &content::reaction(card.id(), "👍")).await.unwrap();
        let room = person.accept_invite(&bot, SOON).await.unwrap();
        person.wait_for_text(&room, "Retro 1 in", SOON).await.unwrap();
        if who == PEOPLE / 2 {
            community.bot.kill9().await.unwrap();
            community.bot.start().await.unwrap();
        }
        confides(person, &room, &bot, &note(who)).await;
        direct.push(room);
    }
    let memory = community.bot.data().join("bot.db");
    assert_eq!(bytes_with(&memory, "quokka"), 0, "notes are sealed until they are revealed");

    goes_on(&mut community, &mut people[0], "what we wrote").await;
    let notes: Vec<String> = (0..PEOPLE).map(|who| format!("quokka{who:02}")).collect();
    has_said(&mut people[0], &lobby, &bot, &notes).await;
    let shown = said(&mut people[0], &lobby, &bot).await.join("\n");
    for who in 0..PEOPLE {
        assert_eq!(shown.matches(&format!("quokka{who:02}")).count(), 1, "{shown}");
    }
    assert!(!(1..PEOPLE).any(|who| shown.contains(&format!("person{who}"))), "{shown}");

    goes_on(&mut community, &mut people[0], "what belongs together").await;
    people[0].say(&lobby, "!hearth retro name 1 \"Marsupials\"").await.unwrap();
    people[0].say(&lobby, "!hearth retro split 2").await.unwrap();
    goes_on(&mut community, &mut people[0], "vote").await;
    for (person, room) in people.iter_mut().zip(&direct) {
        confides(person, room, &bot, "dots A:3 B:2").await;
    }
    goes_on(&mut community, &mut people[0], "discussion").await;
    has_said(&mut people[0], &lobby, &bot, &["The vote is closed.".to_owned()]).await;
    let shown = said(&mut people[0], &lobby, &bot).await;
    let results: Vec<_> = shown.iter().filter(|text| text.contains("The vote is closed.")).collect();
    assert_eq!(results.len(), 1);
    assert!(results[0].contains("12 people gave their dots"), "{results:?}");

    // As many themes as there are; then what is to be done.
    while !turns(&mut people[0], &lobby, &bot).await.contains("Retro 1 · what we do") {}
    let somebody = community.synapse.user_id("person3");
    people[0].say(&lobby, &format!("!hearth action {somebody} feed the quokkas in two weeks")).await.unwrap();
    goes_on(&mut community, &mut people[0], "a last question").await;
    for (person, room) in people.iter_mut().zip(&direct) {
        confides(person, room, &bot, "3").await;
    }
    people[0].say(&lobby, "!hearth retro next").await.unwrap();
    community.bot.kill9().await.unwrap();
    community.bot.start().await.unwrap();
    let over = |read: &Read| read.sender() == bot && read.body().contains("Retro 1 is over");
    let over = people[0].wait_until(&lobby, SOON, over).await.unwrap();
    assert!(over.body().contains("12 people took part") && over.body().contains("3.0 of 4"), "{}", over.body());

    // Nothing twice, nothing kept, nobody's name beside what they chose.
    community.bot.stop().await.unwrap();
    let shown = said(&mut people[0], &lobby, &bot).await;
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    let not_asked_for = shown.iter().filter(|text| !text.starts_with("Retrospectives – "));
    not_asked_for.for_each(|text| *times.entry(text).or_default() += 1);
    let twice: Vec<_> = times.iter().filter(|(_, times)| **times > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    assert_eq!(keys_in(&community.bot.data()), 0, "every key is destroyed");
    for file in ["bot.db", "bot.db-wal", "activity.db", "activity.db-wal"] {
        assert_eq!(bytes_with(&community.bot.data().join(file), "deserves a word"), 0, "{file}");
    }
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let count = |kind: Kind| {
        let count = "SELECT count(*) FROM activity WHERE kind = ?1";
        log.query_row(count, [kind.code()], |row| row.get::<_, usize>(0)).unwrap()
    };
    let logged = [Kind::RetroStarted, Kind::RetroJoined, Kind::RotiAnswered, Kind::ActionAgreed, Kind::RetroClosed];
    assert_eq!(logged.map(count), [1, PEOPLE, PEOPLE, 1, 1]);
}

//! What is said while a room is replaced by another: in the old one after its end, in the new one before the bot is there.

use std::time::Duration;

use hearth_tests::{
    content::POLL_START,
    member::{Choice, Heard, Member, NewRoom},
};

use crate::{
    stage::{Community, SOON, Wishes},
    upgrades::{JOINS, WELCOMES, all_join, bot_comes_to, grown, hears, logged},
};

const LEAVES: &str = "SELECT count(*) FROM activity WHERE kind = 3";
const VOTES: &str = "SELECT count(*) FROM activity WHERE kind = 21";
const MESSAGES: &str = "SELECT count(*) FROM activity WHERE kind = 0";

/// How often the bot has answered something in a room.
async fn answers(member: &Member, room: &str, asked: &str) -> usize {
    let events = member.read_all(room).await.unwrap();
    events.iter().filter(|event| event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked).count()
}

#[tokio::test]
async fn what_is_said_in_the_new_room_before_the_bot_comes_is_counted_and_answered_once() {
    let (mut community, people) = grown("11").await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let (joins, messages) = (logged(&community, JOINS), logged(&community, MESSAGES));
    community.bot.stop().await.unwrap();
    people[0].say(&lobby, "one last word").await.unwrap();
    people[0].say(&lobby, "!hearth topic add Said before the end").await.unwrap();
    let second = community.lead.upgrade(&lobby, "12").await.unwrap();
    community.lead.say(&lobby, "a word after the end").await.unwrap();
    community.lead.say(&lobby, "!hearth help").await.unwrap();
    all_join(&people, &second).await;
    // Whoever moves leaves the old room; Nora has never been in it.
    people[1].leave(&lobby).await.unwrap();
    let mut nora = community.synapse.register("nora", "secret").await.unwrap();
    nora.join(&second).await.unwrap();
    let asked = community.lead.say(&second, "!hearth help poll").await.unwrap();
    people[0].say(&second, "!hearth topic add Said before the bot was there").await.unwrap();
    // More than a timeline and a page hold.
    for number in 0..230 {
        people[number % 5].say(&second, &format!("word {number}")).await.unwrap();
    }
    let choices = [Choice { id: "a", text: "Soup" }, Choice { id: "b", text: "Rice" }];
    let poll = people[0].open_poll(&second, "Lunch?", &choices, false).await.unwrap();
    for member in &people {
        member.vote(&second, &poll, &["a"]).await.unwrap();
    }

    community.bot.start().await.unwrap();
    bot_comes_to(&community, &second).await;
    let answered = |heard: &Heard| {
        heard.sender() == bot && heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str()
    };
    community.lead.wait_for(SOON, answered).await.unwrap();
    // What was asked in the old room after its end is answered in the new one, too.
    hears(&mut community, &second, "I help to keep").await;
    people[0].end_poll(&second, &poll).await.unwrap();
    community.ask(&second, "!hearth help ballot").await;
    community.bot.kill9().await.unwrap();
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let welcome = nora.accept_invite(&bot, SOON).await.unwrap();
    nora.wait_for(SOON, |heard| heard.room == welcome && heard.body().contains("Welcome")).await.unwrap();
    community.lead.say(&second, "!hearth topics").await.unwrap();
    let list = hears(&mut community, &second, "Said before the bot was there").await;
    assert!(list.body().contains("Said before the end"), "{}", list.body());
    assert_eq!(answers(&community.lead, &second, &asked).await, 1);
    assert_eq!(logged(&community, MESSAGES), messages + 232, "two in the old room, the others in the new one");
    assert_eq!((logged(&community, JOINS), logged(&community, LEAVES)), (joins + 1, 0), "Nora, and nobody else");
    assert_eq!(logged(&community, WELCOMES), 1);
    assert_eq!(logged(&community, VOTES), 5);
    assert_eq!(logged(&community, "SELECT count(DISTINCT room) FROM activity WHERE kind = 0"), 1);
}

#[tokio::test]
async fn what_was_said_in_a_closed_room_until_the_bot_is_let_in_is_not_lost() {
    let mut community = Community::begin(Wishes { version: "12", ..Wishes::default() }).await;
    let (bot, leads) = (community.synapse.user_id("hearth"), community.leads.clone());
    let mut people = Vec::new();
    for name in ["ana", "ben"] {
        people.push(community.synapse.register(name, "secret").await.unwrap());
    }
    let guests: Vec<&str> = people.iter().map(|member| member.user_id.as_str()).chain([bot.as_str()]).collect();
    let room = NewRoom { name: "Craft", public: false, invite: &guests, ..NewRoom::default() };
    let craft = community.lead.create_room(&room).await.unwrap();
    all_join(&people, &craft).await;
    bot_comes_to(&community, &craft).await;
    community.ask(&craft, "!hearth topic add Deploys").await;
    let before = logged(&community, MESSAGES);
    let second = community.lead.upgrade(&craft, "12").await.unwrap();
    hears(&mut community, &leads, "Craft").await;
    for member in &people {
        community.lead.invite(&second, &member.user_id).await.unwrap();
        member.join(&second).await.unwrap();
        member.leave(&craft).await.unwrap();
        member.say(&second, "the bot is late").await.unwrap();
    }
    community.lead.say(&second, "!hearth topics").await.unwrap();
    let asked = people[1].say(&second, "!hearth help poll").await.unwrap();
    community.lead.invite(&second, &bot).await.unwrap();
    bot_comes_to(&community, &second).await;
    hears(&mut community, &second, "1 · Deploys").await;
    community.ask(&second, "!hearth help topics").await;
    assert_eq!(answers(&people[0], &second, &asked).await, 1);
    assert_eq!((logged(&community, MESSAGES), logged(&community, LEAVES)), (before + 2, 0));
}

/// Waits until an event of the bot's in a room satisfies, and gives its text.
async fn until(member: &mut Member, room: &str, bot: &str, words: &str) -> String {
    let says = |heard: &Heard| heard.room == room && heard.sender() == bot && heard.body().contains(words);
    member.wait_for(SOON, says).await.unwrap().body().to_owned()
}

const NOTES: [&str; 5] = ["slow builds", "kind words", "long meetings", "good coffee", "loud corridors"];

#[expect(clippy::disallowed_methods, reason = "people live now")]
fn now() -> jiff::Timestamp {
    jiff::Timestamp::now()
}

async fn upgrades_in_the_middle(version: &'static str) {
    let (mut community, mut people) = grown(version).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.lead.say(&lobby, "!hearth meeting new \"Exchange\" every day 10:00").await.unwrap();
    hears(&mut community, &lobby, "Exchange").await;
    community.lead.say(&lobby, "!hearth retro start --collect 2h --vote 1h").await.unwrap();
    let card = hears(&mut community, &lobby, "Retro 1 · notes").await;
    let mut direct = Vec::new();
    for (number, member) in people.iter_mut().enumerate() {
        member.react(&lobby, card.id(), "👍").await.unwrap();
        let room = member.accept_invite(&bot, SOON).await.unwrap();
        until(member, &room, &bot, "Retro 1 in").await;
        let note = member.say(&room, &format!("happy: {}", NOTES[number])).await.unwrap();
        let kept = |heard: &Heard| heard.sender() == bot && heard.event.to_string().contains(&note);
        member.wait_for(SOON, kept).await.unwrap();
        direct.push(room);
    }
    let second = community.lead.upgrade(&lobby, "12").await.unwrap();
    bot_comes_to(&community, &second).await;
    all_join(&people, &second).await;
    community.lead.say(&second, "!hearth retro next").await.unwrap();
    hears(&mut community, &second, "Retro 1 · what we wrote").await;
    let notes = hears(&mut community, &second, NOTES[0]).await;
    assert!(NOTES.iter().all(|note| notes.body().contains(note)), "{}", notes.body());
    for phase in ["what belongs together", "vote"] {
        community.lead.say(&second, "!hearth retro next").await.unwrap();
        hears(&mut community, &second, &format!("Retro 1 · {phase}")).await;
    }
    for (member, room) in people.iter_mut().zip(&direct) {
        let dots = member.say(room, "dots A:3 B:2").await.unwrap();
        let kept = |heard: &Heard| heard.sender() == bot && heard.event.to_string().contains(&dots);
        member.wait_for(SOON, kept).await.unwrap();
    }
    community.lead.say(&second, "!hearth retro next").await.unwrap();
    let counted = hears(&mut community, &second, "The vote is closed.").await;
    assert!(counted.body().contains("5 people gave their dots"), "{}", counted.body());
    community.lead.say(&second, "!hearth retro close").await.unwrap();
    hears(&mut community, &second, "Retro 1 is over").await;

    let list = community.ask(&second, "!hearth meeting list").await;
    assert!(list.body().contains("Exchange"), "{}", list.body());
    // The next two meetings come by, the bot's clock ahead of the world's.
    let was = community.said_by_bot(&lobby).await.len();
    community.bot.stop().await.unwrap();
    let remind = 10 * 60 - 59;
    let today = now().to_zoned(jiff::tz::TimeZone::UTC);
    let minute = i64::from(today.hour()) * 60 + i64::from(today.minute());
    let ahead = (remind - minute).rem_euclid(24 * 60);
    community.bot.start_with(&["--ahead", &format!("PT{ahead}M")]).await.unwrap();
    hears(&mut community, &second, "is coming up").await;
    assert_eq!(community.said_by_bot(&lobby).await.len(), was, "nothing is said in the old room");
}

#[tokio::test]
async fn a_retro_and_a_meeting_go_on_from_version_ten_to_twelve() {
    upgrades_in_the_middle("10").await;
}

#[tokio::test]
async fn a_retro_and_a_meeting_go_on_from_version_twelve_to_twelve() {
    upgrades_in_the_middle("12").await;
}

/// The exact measures of the month, for the community and its rooms; the same acts with an upgrade in between, or
/// without.
async fn measured(upgraded: bool, base: jiff::Timestamp) -> serde_json::Value {
    let (community, mut people) = grown("12").await;
    let service = community.synapse.history_service();
    let mut room = community.lobby.clone();
    let mut nora = community.synapse.register("nora", "secret").await.unwrap();
    let mut minute = 0;
    for half in 0..2 {
        for round in 0..8 {
            let mut asked: Option<String> = None;
            for (number, member) in people.iter_mut().enumerate() {
                minute += 1 + i64::try_from(number).unwrap();
                member.act_at(&service, base + jiff::SignedDuration::from_mins(minute));
                let said = match &asked {
                    Some(of) if number % 2 == 1 => member.reply(&room, of, "an answer").await.unwrap(),
                    _ => member.say(&room, &format!("round {round} of half {half}")).await.unwrap(),
                };
                if let Some(of) = &asked {
                    member.react(&room, of, "👍").await.unwrap();
                }
                asked = Some(said);
            }
        }
        if half == 0 && upgraded {
            let second = community.lead.upgrade(&room, "12").await.unwrap();
            all_join(&people, &second).await;
            for member in &people {
                member.leave(&room).await.unwrap();
            }
            bot_comes_to(&community, &second).await;
            room = second;
        }
    }
    // Somebody really is new.
    let at = (base + jiff::SignedDuration::from_mins(minute + 1)).as_millisecond().to_string();
    let path = ["rooms", &room, "state", "m.room.member", &nora.user_id];
    let query = [("user_id", nora.user_id.as_str()), ("ts", at.as_str())];
    let join = serde_json::json!({"membership": "join"});
    service.call(reqwest::Method::PUT, &path, &query, Some(&join)).await.unwrap();
    nora.act_at(&service, base + jiff::SignedDuration::from_mins(minute + 5));
    nora.say(&room, "hello, I'm new here").await.unwrap();
    for _ in 0..300 {
        if logged(&community, MESSAGES) == 81 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(logged(&community, MESSAGES), 81);
    // What stood between the messages of a page may be a moment behind the last of them.
    let mut acts = vec![0];
    for _ in 0..300 {
        acts.push(logged(&community, "SELECT count(*) FROM activity"));
        if acts.len() > 20 && acts[acts.len() - 20..].iter().all(|count| Some(count) == acts.last()) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let month = base.to_zoned(jiff::tz::TimeZone::UTC).strftime("%Y-%m").to_string();
    let log = community.bot.data().join("activity.db");
    let output = tokio::process::Command::new(crate::stage::PROGRAM)
        .args(["worker", "measure", "--exact", "--community", "Testers", "--per", "room", "--month", &month, "--db"])
        .arg(log)
        .output()
        .await
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut exact: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    // Rooms come in the order in which the log came to know them.
    exact.sort_by_key(|exact| exact["room"].as_str().map(str::to_owned));
    exact.into()
}

#[tokio::test]
async fn a_month_with_an_upgrade_is_measured_as_the_same_month_without_one() {
    let base = now() - jiff::SignedDuration::from_hours(8);
    let (with, without) = (measured(true, base).await, measured(false, base).await);
    let text = without.to_string();
    assert!(text.contains("Lobby"), "{text}");
    assert_eq!(with, without);
}

#[tokio::test]
async fn a_poll_that_waits_for_its_votes_is_not_asked_twice() {
    let (mut community, people) = grown("12").await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.lead.say(&lobby, "!hearth poll \"Lunch?\" Soup | Rice").await.unwrap();
    let asks = |heard: &Heard| heard.kind() == POLL_START && heard.sender() == bot && heard.room == lobby;
    let poll = community.lead.wait_for(SOON, asks).await.unwrap();
    community.bot.stop().await.unwrap();
    // The last votes come between the bot's last look and the end of the room.
    for member in &people {
        member.vote(&lobby, poll.id(), &["1"]).await.unwrap();
    }
    let second = community.lead.upgrade(&lobby, "12").await.unwrap();
    all_join(&people, &second).await;
    community.bot.start().await.unwrap();
    bot_comes_to(&community, &second).await;
    let result = hears(&mut community, &second, "took part").await;
    assert!(result.body().contains("5 of"), "{}", result.body());
    community.ask(&second, "!hearth help poll").await;
    let says = [community.said_by_bot(&lobby).await, community.said_by_bot(&second).await].concat();
    assert_eq!(says.iter().filter(|text| text.contains("took part")).count(), 1, "{says:#?}");
}

#[tokio::test]
async fn a_direct_room_that_is_replaced_goes_on_as_one() {
    let (mut community, mut people) = grown("12").await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut ana = people.remove(0);
    let room = NewRoom { direct: true, public: false, invite: &[&bot], version: "11", ..NewRoom::default() };
    let first = ana.create_room(&room).await.unwrap();
    for _ in 0..300 {
        if ana.joined_members(&first).await.unwrap().contains(&bot) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    ana.say(&first, "help").await.unwrap();
    until(&mut ana, &first, &bot, "I help to keep").await;
    let second = ana.upgrade(&first, "12").await.unwrap();
    ana.invite(&second, &bot).await.unwrap();
    ana.say(&second, "help").await.unwrap();
    until(&mut ana, &second, &bot, "I help to keep").await;
    community.lead.say(&lobby, "!hearth ballot \"Where to?\" Lake | Hills --close 6h").await.unwrap();
    hears(&mut community, &lobby, "Where to?").await;
    ana.say(&lobby, "!hearth vote").await.unwrap();
    let paper = |heard: &Heard| heard.sender() == bot && heard.room != lobby && heard.body().contains("Where to?");
    let invited = |heard: &Heard| heard.invite && heard.sender() == bot;
    let got = ana.wait_for(SOON, |heard| paper(heard) || invited(heard)).await.unwrap();
    assert_eq!(got.room, second, "it is in the room that she has with the bot");
}

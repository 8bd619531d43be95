//! The bot loses rooms and people on a real homeserver, and goes on without spinning.

use std::time::Duration;

use hearth_tests::member::{Heard, Member, NewRoom};
use reqwest::Method;
use serde_json::json;

use crate::{
    stage::{Community, SOON, Wishes},
    upgrades::{JOINS, WELCOMES, all_join, bot_comes_to, hears, logged},
};

/// A community with a craft room and some people, on a homeserver that writes down every request.
async fn with_craft() -> (Community, String, Vec<Member>) {
    let mut community = Community::prepare(Wishes { requests: true, version: "12", ..Wishes::default() }).await;
    let bot = community.synapse.user_id("hearth");
    let craft = NewRoom { name: "Craft", public: true, invite: &[&bot], ..NewRoom::default() };
    let craft = community.lead.create_room(&craft).await.unwrap();
    let mut people = Vec::new();
    for name in ["ana", "ben", "cem", "dora", "eva"] {
        let member = community.synapse.register(name, "secret").await.unwrap();
        all_join(std::slice::from_ref(&member), &community.lobby).await;
        all_join(std::slice::from_ref(&member), &craft).await;
        people.push(member);
    }
    community.bot.start().await.unwrap();
    community.settle().await;
    bot_comes_to(&community, &craft).await;
    (community, craft, people)
}

/// How many requests the bot makes within some seconds, once what goes on has settled.
async fn requests_within(community: &Community, seconds: u64) -> Vec<String> {
    tokio::time::sleep(Duration::from_secs(4)).await;
    let before = community.synapse.requests("hearth").len();
    assert!(before > 10, "the homeserver writes down what the bot asks");
    tokio::time::sleep(Duration::from_secs(seconds)).await;
    community.synapse.requests("hearth").split_off(before)
}

async fn admin(community: &mut Community) {
    community.synapse.kill9().await.unwrap();
    community.synapse.make_admin("lea").unwrap();
    community.synapse.restart().await.unwrap();
}

#[tokio::test]
async fn a_bot_that_is_banned_leaves_the_homeserver_alone_and_is_whole_again_when_it_is_back() {
    let (mut community, craft, people) = with_craft().await;
    let (lobby, leads, bot) = (community.lobby.clone(), community.leads.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth topic add Deploys").await;
    community.lead.say(&lobby, "!hearth meeting new \"Exchange\" every day 10:00").await.unwrap();
    hears(&mut community, &lobby, "Exchange").await;
    let joins = logged(&community, JOINS);
    community.lead.ban(&lobby, &bot).await.unwrap();
    hears(&mut community, &leads, "no longer in").await;
    let made = requests_within(&community, 20).await;
    assert!(made.len() <= 4, "one long poll, and little more: {made:#?}");
    // A day and more goes by, with a meeting in it; Eva leaves, Zoe joins.
    community.bot.stop().await.unwrap();
    community.bot.start_with(&["--ahead", "PT23H"]).await.unwrap();
    people[4].leave(&lobby).await.unwrap();
    let zoe = community.synapse.register("zoe", "secret").await.unwrap();
    zoe.join(&lobby).await.unwrap();
    community.ask(&craft, "!hearth help poll").await;
    let said = community.said_by_bot(&lobby).await.len();
    community.lead.unban(&lobby, &bot).await.unwrap();
    community.lead.invite(&lobby, &bot).await.unwrap();
    bot_comes_to(&community, &lobby).await;
    let list = community.ask(&lobby, "!hearth meeting list").await;
    assert!(list.body().contains("Exchange"), "{}", list.body());
    let report = community.ask(&lobby, "!hearth report").await;
    assert!(!report.body().is_empty());
    let says = community.said_by_bot(&lobby).await;
    assert!(!says[said..].iter().any(|text| text.contains("begins now")), "no meeting is announced late: {says:#?}");
    assert_eq!(logged(&community, "SELECT count(*) FROM activity WHERE kind = 3"), 1, "Eva has left");
    assert_eq!((logged(&community, JOINS), logged(&community, WELCOMES)), (joins + 1, 0), "Zoe is a member");
    let told = community.said_by_bot(&leads).await;
    assert_eq!(told.iter().filter(|text| text.contains("no longer in")).count(), 1, "{told:#?}");
}

#[tokio::test]
async fn a_room_that_was_purged_while_the_bot_was_down_is_missed_once_and_gives_nobody_authority() {
    let (mut community, craft, people) = with_craft().await;
    let (lobby, leads) = (community.lobby.clone(), community.leads.clone());
    community.lead.set_power(&lobby, &people[0].user_id, 50).await.unwrap();
    community.lead.say(&lobby, "!hearth ballot \"Where?\" Here | There --close 6h").await.unwrap();
    hears(&mut community, &lobby, "Where?").await;
    community.bot.stop().await.unwrap();
    admin(&mut community).await;
    let path = ["", "_synapse", "admin", "v1", "rooms", &lobby];
    let body = json!({"purge": true, "force_purge": true});
    community.lead.http().call(Method::DELETE, &path, &[], Some(&body)).await.unwrap();
    for _ in 0..2 {
        community.bot.start().await.unwrap();
        hears_once(&mut community, &leads, "no longer in").await;
        assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    }
    community.bot.start().await.unwrap();
    let made = requests_within(&community, 20).await;
    assert!(made.len() <= 4, "{made:#?}");
    // Who was a moderator there leads nothing any more; whom the operator named does.
    let mut ana = community.synapse.login("ana", "secret").await.unwrap();
    let asked = ana.say(&craft, "!hearth settings poll close-after 3d").await.unwrap();
    let answers = |heard: &Heard| heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str();
    let refused = ana.wait_for(SOON, answers).await.unwrap();
    assert!(refused.body().contains("Only leads"), "{}", refused.body());
    let named = community.ask(&craft, "!hearth settings lobby here").await;
    assert!(!named.body().contains("Only leads"), "{}", named.body());
    community.ask(&craft, "!hearth report").await;
}

/// Waits until the bot has said something in a room, and for what might follow; it was said once.
async fn hears_once(community: &mut Community, room: &str, words: &str) {
    for _ in 0..300 {
        if community.said_by_bot(room).await.iter().any(|text| text.contains(words)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    community.ask(room, "!hearth help poll").await;
    let told = community.said_by_bot(room).await;
    assert_eq!(told.iter().filter(|text| text.contains(words)).count(), 1, "{told:#?}");
}

#[tokio::test]
async fn a_paper_for_somebody_who_is_deactivated_holds_up_nobody_and_is_not_tried_for_ever() {
    let (mut community, _, mut people) = with_craft().await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.lead.say(&lobby, "!hearth ballot \"Where to?\" Lake | Hills --close 6h").await.unwrap();
    hears(&mut community, &lobby, "Where to?").await;
    community.bot.stop().await.unwrap();
    for member in &people {
        member.say(&lobby, "!hearth vote").await.unwrap();
    }
    admin(&mut community).await;
    let path = ["", "_synapse", "admin", "v1", "deactivate", &people[0].user_id];
    community.lead.http().call(Method::POST, &path, &[], Some(&json!({"erase": true}))).await.unwrap();
    community.bot.start().await.unwrap();
    for member in &mut people[1..] {
        let direct = member.accept_invite(&bot, SOON).await.unwrap();
        member.wait_for(SOON, |heard| heard.room == direct && heard.body().contains("Where to?")).await.unwrap();
        let voted = member.say(&direct, "vote 1").await.unwrap();
        let kept = |heard: &Heard| heard.sender() == bot && heard.event.to_string().contains(&voted);
        member.wait_for(SOON, kept).await.unwrap();
    }
    let made = requests_within(&community, 20).await;
    assert!(made.len() <= 6, "{made:#?}");
    community.ask(&lobby, "!hearth help poll").await;
}

#[tokio::test]
async fn an_invitation_that_cannot_be_followed_is_tried_less_often_each_time() {
    let (mut community, craft, _) = with_craft().await;
    let bot = community.synapse.user_id("hearth");
    community.bot.stop().await.unwrap();
    admin(&mut community).await;
    let den = NewRoom { name: "Den", public: false, invite: &[&bot], ..NewRoom::default() };
    let den = community.lead.create_room(&den).await.unwrap();
    let path = ["", "_synapse", "admin", "v1", "rooms", &den, "block"];
    community.lead.http().call(Method::PUT, &path, &[], Some(&json!({"block": true}))).await.unwrap();
    community.bot.start().await.unwrap();
    for _ in 0..5 {
        community.ask(&craft, "!hearth help poll").await;
        tokio::time::sleep(Duration::from_secs(4)).await;
    }
    let tried = community.synapse.requests("hearth");
    let joins = tried.iter().filter(|line| line.contains("/join") && line.contains(&den[1..])).count();
    assert!((1..=3).contains(&joins), "{joins} attempts within half a minute");
}

//! Rooms that are replaced by others, on a real homeserver.

use std::time::Duration;

use hearth_tests::{
    content::POLL_START,
    member::{Heard, Member, NewRoom},
};

use crate::stage::{Community, SOON, Wishes};

const NAMES: [&str; 5] = ["ana", "ben", "cem", "dora", "eva"];

/// A community whose people were there before the bot.
pub async fn grown(version: &'static str) -> (Community, Vec<Member>) {
    let mut community = Community::prepare(Wishes { version, ..Wishes::default() }).await;
    let mut people = Vec::new();
    for name in NAMES {
        let member = community.synapse.register(name, "secret").await.unwrap();
        member.join(&community.lobby).await.unwrap();
        people.push(member);
    }
    community.bot.start().await.unwrap();
    community.settle().await;
    (community, people)
}

/// One number from the activity log.
pub fn logged(community: &Community, sql: &str) -> i64 {
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    log.query_row(sql, (), |row| row.get(0)).unwrap()
}

pub const JOINS: &str = "SELECT count(*) FROM activity WHERE kind = 2";
pub const WELCOMES: &str = "SELECT count(*) FROM activity WHERE kind = 10";

pub async fn bot_comes_to(community: &Community, room: &str) {
    let bot = community.synapse.user_id("hearth");
    for _ in 0..900 {
        if community.lead.joined_members(room).await.unwrap().contains(&bot) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the bot never came to {room}");
}

pub async fn all_join(people: &[Member], room: &str) {
    for member in people {
        member.join(room).await.unwrap();
    }
}

/// Opens a poll in the lobby and lets everybody vote. Gives what it asks.
async fn poll(community: &mut Community, people: &[Member], question: &str) {
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.lead.say(&lobby, &format!("!hearth poll \"{question}\" Soup | Rice")).await.unwrap();
    let asks = |heard: &Heard| heard.kind() == POLL_START && heard.sender() == bot && heard.room == lobby;
    let poll = community.lead.wait_for(SOON, asks).await.unwrap();
    for member in people {
        member.vote(&lobby, poll.id(), &["1"]).await.unwrap();
    }
}

/// Waits for a result that the bot tells in a room.
pub async fn hears(community: &mut Community, room: &str, words: &str) -> Heard {
    let bot = community.synapse.user_id("hearth");
    let told = |heard: &Heard| heard.room == room && heard.sender() == bot && heard.body().contains(words);
    community.lead.wait_for(SOON, told).await.unwrap()
}

#[tokio::test]
async fn a_lobby_that_is_upgraded_takes_everything_with_it_and_is_upgraded_again() {
    let (mut community, mut people) = grown("11").await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth topic add Deploys").await;
    community.lead.say(&lobby, "!hearth ballot \"Where to?\" Lake | Hills").await.unwrap();
    hears(&mut community, &lobby, "Where to?").await;
    poll(&mut community, &people, "Lunch?").await;
    for member in &mut people {
        member.say(&lobby, "!hearth vote").await.unwrap();
        let direct = member.accept_invite(&bot, SOON).await.unwrap();
        member.wait_for(SOON, |heard| heard.room == direct && heard.body().contains("Where to?")).await.unwrap();
        member.say(&direct, "vote 1").await.unwrap();
        member.wait_for(SOON, |heard| heard.room == direct && heard.sender() == bot).await.unwrap();
    }
    let joins = logged(&community, JOINS);

    // From version 11 to 12, whose ids name no server.
    assert!(lobby.contains(':'), "{lobby}");
    let second = community.lead.upgrade(&lobby, "12").await.unwrap();
    assert!(!second.contains(':'), "{second}");
    bot_comes_to(&community, &second).await;
    let result = hears(&mut community, &second, "took part").await;
    assert!(result.body().contains("5 of"), "{}", result.body());
    all_join(&people, &second).await;
    community.lead.say(&second, "!hearth topics").await.unwrap();
    hears(&mut community, &second, "1 · Deploys").await;

    // And twice more, within it.
    let third = community.lead.upgrade(&second, "12").await.unwrap();
    bot_comes_to(&community, &third).await;
    all_join(&people, &third).await;
    let fourth = community.lead.upgrade(&third, "12").await.unwrap();
    bot_comes_to(&community, &fourth).await;
    all_join(&people, &fourth).await;
    community.ask(&fourth, "!hearth help poll").await;
    community.lead.say(&fourth, "!hearth ballot close").await.unwrap();
    let result = hears(&mut community, &fourth, "5 of").await;
    assert!(result.body().contains("Where to?"), "{}", result.body());
    // Who made a room of version 12 leads there without standing among its power levels.
    let named = community.ask(&fourth, "!hearth settings community name Moved").await;
    assert!(!named.body().contains("Only leads"), "{}", named.body());

    // Whoever is left in the old room and asks there hears where everybody is.
    community.lead.say(&lobby, "!hearth help").await.unwrap();
    let direct = community.lead.accept_invite(&bot, SOON).await.unwrap();
    let told = hears(&mut community, &direct, "has moved").await;
    assert!(told.event["content"]["formatted_body"].to_string().contains(&fourth), "{:#?}", told.event);

    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start_with(&["--ahead", "PT2H"]).await.unwrap();
    community.ask(&fourth, "!hearth help poll").await;
    assert_eq!(logged(&community, JOINS), joins);
    assert_eq!(logged(&community, WELCOMES), 0);
    let rooms = "SELECT count(DISTINCT room) FROM activity WHERE room != 0";
    assert_eq!(logged(&community, rooms), 2, "the lobby and the leads' room");
}

#[tokio::test]
async fn an_upgrade_while_the_bot_is_down_is_followed_when_it_is_back() {
    let (mut community, people) = grown("12").await;
    poll(&mut community, &people, "Lunch?").await;
    community.ask(&community.lobby.clone(), "!hearth topic add Deploys").await;
    let joins = logged(&community, JOINS);
    community.bot.stop().await.unwrap();
    let second = community.lead.upgrade(&community.lobby, "12").await.unwrap();
    all_join(&people, &second).await;
    let third = community.lead.upgrade(&second, "12").await.unwrap();
    all_join(&people[..3], &third).await;
    community.bot.start().await.unwrap();
    bot_comes_to(&community, &third).await;
    let result = hears(&mut community, &third, "Lunch?").await;
    assert!(result.body().contains("5 of"), "{}", result.body());
    community.lead.say(&third, "!hearth topics").await.unwrap();
    hears(&mut community, &third, "1 · Deploys").await;
    all_join(&people[3..], &third).await;
    community.ask(&third, "!hearth help poll").await;
    assert_eq!((logged(&community, JOINS), logged(&community, WELCOMES)), (joins, 0));
}

#[tokio::test]
async fn leads_are_told_once_where_the_bot_is_not_let_in_and_an_invitation_mends_it() {
    let mut community = Community::begin(Wishes::default()).await;
    let (bot, leads) = (community.synapse.user_id("hearth"), community.leads.clone());
    let room = NewRoom { name: "Craft", public: false, invite: &[&bot], ..NewRoom::default() };
    let craft = community.lead.create_room(&room).await.unwrap();
    bot_comes_to(&community, &craft).await;
    community.ask(&craft, "!hearth action me book the room by 2027-05-01").await;
    community.lead.forget_heard().await.unwrap();
    let second = community.lead.upgrade(&craft, "12").await.unwrap();
    let told = hears(&mut community, &leads, "Craft").await;
    assert!(told.body().contains(&second), "{}", told.body());
    // Everybody else is answered as before.
    community.ask(&leads, "!hearth help poll").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start().await.unwrap();
    community.ask(&community.lobby.clone(), "!hearth help poll").await;
    community.lead.invite(&second, &bot).await.unwrap();
    bot_comes_to(&community, &second).await;
    let actions = community.ask(&second, "!hearth actions").await;
    assert!(actions.body().contains("book the room"), "{}", actions.body());
    let says = community.said_by_bot(&leads).await;
    assert_eq!(says.iter().filter(|text| text.contains(&second)).count(), 1, "{says:#?}");
}

#[tokio::test]
async fn a_bot_that_is_kicked_and_banned_goes_on_elsewhere_and_comes_back_as_if_nothing_had_been() {
    let (mut community, _people) = grown("12").await;
    let (lobby, leads, bot) = (community.lobby.clone(), community.leads.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth action me book the room by 2027-05-01").await;
    let joins = logged(&community, JOINS);
    community.lead.kick(&lobby, &bot).await.unwrap();
    hears(&mut community, &leads, "no longer in").await;
    community.lead.ban(&lobby, &bot).await.unwrap();
    community.ask(&leads, "!hearth help poll").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start().await.unwrap();
    community.ask(&leads, "!hearth help poll").await;
    community.lead.unban(&lobby, &bot).await.unwrap();
    community.lead.invite(&lobby, &bot).await.unwrap();
    bot_comes_to(&community, &lobby).await;
    let actions = community.ask(&lobby, "!hearth actions").await;
    assert!(actions.body().contains("book the room"), "{}", actions.body());
    assert_eq!((logged(&community, JOINS), logged(&community, WELCOMES)), (joins, 0));
    let says = community.said_by_bot(&leads).await;
    assert_eq!(says.iter().filter(|text| text.contains("no longer in")).count(), 1, "{says:#?}");
}

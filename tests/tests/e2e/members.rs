//! Who is in which room: what is remembered, and what follows where nobody saw somebody come or go.

use std::time::Duration;

use rusqlite::Connection;

use crate::{
    stage::{Community, SOON, Wishes},
    upgrades::{bot_comes_to, hears},
};

/// Who is in a room, as the bot has written it down.
fn remembered(community: &Community, room: &str) -> Vec<String> {
    let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
    let mut find = memory.prepare("SELECT person FROM member WHERE room = ?1 ORDER BY person").unwrap();
    let people = find.query_map([room], |row| row.get(0)).unwrap();
    people.map(Result::unwrap).collect()
}

#[tokio::test]
async fn somebody_who_leaves_while_the_bot_is_out_is_not_welcomed() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, leads, bot) = (community.lobby.clone(), community.leads.clone(), community.synapse.user_id("hearth"));
    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let mut nia = community.synapse.register("nia", "secret").await.unwrap();
    let mut ora = community.synapse.register("ora", "secret").await.unwrap();
    nia.join(&lobby).await.unwrap();
    ora.join(&lobby).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    community.lead.kick(&lobby, &bot).await.unwrap();
    hears(&mut community, &leads, "no longer in").await;
    nia.leave(&lobby).await.unwrap();
    community.lead.invite(&lobby, &bot).await.unwrap();
    bot_comes_to(&community, &lobby).await;
    community.ask(&lobby, "!hearth help poll").await;
    let mut there = [community.lead.user_id.clone(), ora.user_id.clone()];
    there.sort();
    assert_eq!(remembered(&community, &lobby), there);
    // A later hour, without waiting for it.
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let direct = ora.accept_invite(&bot, SOON).await.unwrap();
    ora.wait_for(SOON, |heard| heard.room == direct && heard.body().contains("Welcome")).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    let invited = nia.accept_invite(&bot, Duration::from_secs(2)).await;
    assert!(invited.is_err(), "{invited:?}");
}

#[tokio::test]
async fn who_is_in_a_room_is_compared_with_what_the_homeserver_says_at_each_start() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    let nia = community.synapse.register("nia", "secret").await.unwrap();
    nia.join(&lobby).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    let there = remembered(&community, &lobby);
    assert_eq!(there.len(), 2, "{there:?}");
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
    let strayed = "UPDATE member SET person = '@nobody:example.org' WHERE person = ?1";
    assert_eq!(memory.execute(strayed, [&nia.user_id]).unwrap(), 1);
    drop(memory);
    // Who comes and goes before the answer is taken is where later news says.
    let ora = community.synapse.register("ora", "secret").await.unwrap();
    ora.join(&lobby).await.unwrap();
    community.bot.start().await.unwrap();
    let mut expected = [there, vec![ora.user_id.clone()]].concat();
    expected.sort();
    for _ in 0..300 {
        if remembered(&community, &lobby) == expected {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(remembered(&community, &lobby), expected);
    let memory = Connection::open(community.bot.data().join("bot.db")).unwrap();
    let joined: bool =
        memory.query_row("SELECT joined FROM member WHERE person = ?1", [&nia.user_id], |row| row.get(0)).unwrap();
    assert!(!joined, "nobody saw her join: she is nobody's newcomer");
}

//! A bridge on a real homeserver: an application service with puppets, and a relay that says what others said elsewhere.

use std::time::Duration;

use hearth_tests::{
    content::{self, POLL_RESPONSE, POLL_START},
    http::Http,
    member::{Heard, text},
};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    stage::{Community, SOON, Wishes, bytes_with},
    upgrades::{bot_comes_to, hears, logged},
};

/// The bridge's side.
struct Bridge {
    service: Http,
    sent: u32,
}

impl Bridge {
    async fn call(&self, who: &str, method: Method, path: &[&str], body: &Value) -> Value {
        self.service.call(method, path, &[("user_id", who)], Some(body)).await.unwrap()
    }

    /// A puppet that speaks for somebody elsewhere.
    async fn puppet(&self, community: &Community, name: &str) -> String {
        let body = json!({"type": "m.login.application_service", "username": name, "inhibit_login": true});
        self.service.call(Method::POST, &["register"], &[], Some(&body)).await.unwrap();
        community.synapse.user_id(name)
    }

    async fn join(&self, who: &str, room: &str) {
        self.call(who, Method::POST, &["join", room], &json!({})).await;
    }

    async fn leave(&self, who: &str, room: &str) {
        self.call(who, Method::POST, &["rooms", room, "leave"], &json!({})).await;
    }

    async fn send(&mut self, who: &str, room: &str, kind: &str, content: &Value) -> String {
        self.sent += 1;
        let transaction = format!("bridge-{}", self.sent);
        let answer = self.call(who, Method::PUT, &["rooms", room, "send", kind, &transaction], content).await;
        text(&answer, "/event_id").to_owned()
    }

    async fn say(&mut self, who: &str, room: &str, words: &str) -> String {
        self.send(who, room, "m.room.message", &content::message(words)).await
    }
}

const PEOPLE: &str = "SELECT count(*) FROM person WHERE NOT is_bot";
const OF_PEOPLE: &str =
    "SELECT count(*) FROM activity a JOIN person p ON p.id = a.person WHERE NOT p.is_bot AND a.kind = ";

#[tokio::test]
async fn puppets_and_relays_are_greeted_by_nobody_obeyed_by_nobody_and_counted_nowhere() {
    let mut community = Community::prepare(Wishes { bridge: true, ..Wishes::default() }).await;
    let (lobby, leads, bot) = (community.lobby.clone(), community.leads.clone(), community.synapse.user_id("hearth"));
    let mut bridge = Bridge { service: community.synapse.bridge(), sent: 0 };
    let relay = community.synapse.user_id("bridgebot");
    bridge.join(&relay, &lobby).await;
    let mut people = Vec::new();
    for name in ["ana", "ben", "cem", "dora", "eva"] {
        let member = community.synapse.register(name, "secret").await.unwrap();
        member.join(&lobby).await.unwrap();
        people.push(member);
    }
    community.bot.start().await.unwrap();
    community.settle().await;
    bot_comes_to(&community, &lobby).await;
    community.ask(&leads, "!hearth settings bots @bridge_*:hearth.test @bridgebot:hearth.test").await;
    community.ask(&lobby, "!hearth settings welcome after 1m").await;
    let messages = logged(&community, &format!("{OF_PEOPLE} 0"));
    let before = logged(&community, PEOPLE);

    // Forty come at once, as after a netsplit, and one person among them.
    let mut puppets = Vec::new();
    for number in 0..40 {
        puppets.push(bridge.puppet(&community, &format!("bridge_nick{number:02}")).await);
    }
    for puppet in &puppets {
        bridge.join(puppet, &lobby).await;
    }
    let mut nia = community.synapse.register("nia", "secret").await.unwrap();
    nia.join(&lobby).await.unwrap();

    // They speak, command, react, vote and are spoken for.
    community.lead.say(&lobby, "!hearth poll \"Lunch?\" Soup | Rice").await.unwrap();
    let asks = |heard: &Heard| heard.kind() == POLL_START && heard.sender() == bot;
    let poll = community.lead.wait_for(SOON, asks).await.unwrap();
    let word = people[0].say(&lobby, "good morning").await.unwrap();
    for puppet in &puppets {
        bridge.say(puppet, &lobby, "good morning from elsewhere").await;
        bridge.send(puppet, &lobby, "m.reaction", &content::reaction(&word, "👍")).await;
        bridge.send(puppet, &lobby, POLL_RESPONSE, &content::poll_response(poll.id(), &["1"])).await;
    }
    for member in &people {
        member.vote(&lobby, poll.id(), &["2"]).await.unwrap();
    }
    for number in 0..20 {
        bridge.say(&relay, &lobby, &format!("<nick{number}> good morning")).await;
    }
    let orders = [
        bridge.say(&puppets[0], &lobby, "!hearth help").await,
        bridge.say(&puppets[1], &lobby, "!hearth vote").await,
        bridge.say(&relay, &lobby, "!hearth topic add From a relay").await,
        bridge.say(&relay, &lobby, "!hearth poll \"Whose?\" Theirs | Ours").await,
    ];
    community.ask(&lobby, &format!("!hearth action {} look at the build by tomorrow", puppets[2])).await;
    community.lead.say(&lobby, "!hearth poll close").await.unwrap();
    let result = hears(&mut community, &lobby, "took part").await;
    assert!(result.body().contains("5 of 7"), "five of seven people: {}", result.body());

    // A netsplit: all of them go and come back.
    for puppet in &puppets {
        bridge.leave(puppet, &lobby).await;
        bridge.join(puppet, &lobby).await;
    }
    community.ask(&lobby, "!hearth help poll").await;
    community.bot.stop().await.unwrap();
    community.bot.start_with(&["--ahead", "PT15M"]).await.unwrap();
    let direct = nia.accept_invite(&bot, SOON).await.unwrap();
    nia.wait_for(SOON, |heard| heard.room == direct && heard.body().contains("Welcome")).await.unwrap();
    // A week later, when everything is due that was promised.
    community.bot.stop().await.unwrap();
    community.bot.start_with(&["--ahead", "PT30H"]).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    tokio::time::sleep(Duration::from_secs(3)).await;

    let homeserver = rusqlite::Connection::open(community.synapse.folder().join("homeserver.db")).unwrap();
    let written_to = "SELECT count(*) FROM room_memberships WHERE user_id LIKE '@bridge%' AND room_id != ?1";
    let written_to: i64 = homeserver.query_row(written_to, [&lobby], |row| row.get(0)).unwrap();
    assert_eq!(written_to, 0, "no puppet is asked into any other room");
    let events = community.lead.read_all(&lobby).await.unwrap();
    for order in &orders {
        let answered = |event: &&Value| {
            event["sender"] == bot.as_str() && event["content"]["m.relates_to"].to_string().contains(order.as_str())
        };
        assert_eq!(events.iter().filter(answered).count(), 0);
    }
    assert_eq!(logged(&community, PEOPLE), before + 1, "Nia");
    assert_eq!(logged(&community, &format!("{OF_PEOPLE} 0")), messages + 1, "one person said good morning");
    assert_eq!(logged(&community, &format!("{OF_PEOPLE} 1")), 0, "puppets reacted");
    assert_eq!(logged(&community, &format!("{OF_PEOPLE} 21")), 5);
    assert_eq!(logged(&community, &format!("{OF_PEOPLE} 10")), 1, "Nia is welcomed");
    for file in ["bot.db", "bot.db-wal"] {
        assert_eq!(bytes_with(&community.bot.data().join(file), "From a relay"), 0, "{file}");
    }
    let told = community.said_by_bot(&leads).await;
    // The introduction speaks of newcomers, too, in whichever room the bot comes to first.
    let estimate = |text: &&String| text.contains("newcomers") && !text.starts_with("Hello, I'm Hearth");
    assert_eq!(told.iter().find(estimate), None, "no estimate of ghosts: {told:#?}");
}

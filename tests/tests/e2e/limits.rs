//! A homeserver with Synapse's own limits, and more people than it lets the bot open rooms for.

use std::time::Duration;

use hearth_tests::{
    crowd::{self, Plan, rooms_made},
    member::{Heard, Member, NewRoom},
    synapse::{Options, RateLimits},
};

use crate::stage::{Community, PROGRAM, SOON, Wishes};

const NEWCOMERS: usize = 25;

/// How many messages wait in the outbox, nudges apart: those may wait for tomorrow.
fn waiting(community: &Community) -> i64 {
    let memory = rusqlite::Connection::open(community.bot.data().join("bot.db")).unwrap();
    memory.busy_timeout(Duration::from_secs(10)).unwrap();
    memory.query_row("SELECT count(*) FROM outbox WHERE attention <> 2", (), |row| row.get(0)).unwrap()
}

/// Waits until nothing does.
async fn nothing_waits(community: &Community) {
    for _ in 0..600 {
        if waiting(community) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    assert_eq!(waiting(community), 0, "every lane is empty in the end");
}

fn is_paper(heard: &Heard) -> bool {
    heard.body().contains("Sealed: nobody here")
}

#[tokio::test]
async fn twenty_five_newcomers_at_once_get_their_papers_and_hold_up_nobody() {
    let mut community = Community::begin(Wishes { limited: true, ..Wishes::default() }).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut people: Vec<Member> = Vec::new();
    for number in 0..NEWCOMERS {
        people.push(community.synapse.register(&format!("new{number}"), "secret").await.unwrap());
    }
    for person in &people[..5] {
        person.join(&lobby).await.unwrap();
    }
    community.lead.say(&lobby, "!hearth retro start --collect 2h").await.unwrap();
    let is_retro = |heard: &Heard| heard.sender() == bot && heard.body().starts_with("Retro 1");
    let retro = community.lead.wait_for(2 * SOON, is_retro).await.unwrap();
    community.lead.say(&lobby, "!hearth ballot \"Where?\" Wombat park | Quokka café --close 6h").await.unwrap();
    let is_card = |heard: &Heard| heard.sender() == bot && heard.body().contains("of the 5 votes it needs");
    let card = community.lead.wait_for(2 * SOON, is_card).await.unwrap();
    // Everybody is there within seconds, and wants both.
    for person in &people[5..] {
        person.join(&lobby).await.unwrap();
    }
    for person in &people {
        person.react(&lobby, card.id(), "🗳️").await.unwrap();
        person.react(&lobby, retro.id(), "👍").await.unwrap();
    }

    // Somebody who asks for something in a room has their answer, while rooms are waited for.
    let answer = community.ask(&lobby, "!hearth help poll").await;
    assert!(answer.body().contains("!hearth poll"), "{}", answer.body());
    assert!(waiting(&community) > 0 && rooms_made(&community.synapse).unwrap().len() < NEWCOMERS, "papers wait");

    // The card says how to be served at once, and it is true.
    let says_how = |heard: &Heard| {
        heard.sender() == bot
            && heard.event["content"]["m.new_content"]["body"]
                .as_str()
                .is_some_and(|body| body.contains("first, and yours comes at once"))
    };
    community.lead.wait_for(2 * SOON, says_how).await.unwrap();
    let made = rooms_made(&community.synapse).unwrap();
    let eager = people.iter_mut().rev().find(|person| !made.contains_key(&person.user_id)).unwrap();
    let own = eager.create_room(&NewRoom { direct: true, invite: &[&bot], ..NewRoom::default() }).await.unwrap();
    let paper = eager.wait_for(SOON, |heard| heard.room == own && is_paper(heard)).await.unwrap();
    assert_eq!(paper.sender(), bot);
    let eager = eager.user_id.clone();

    // In the end everything is delivered, and nobody has two rooms. A quarter of an hour would prove no more.
    community.synapse.restart_with(Options::default()).await.unwrap();
    for person in people.iter_mut().filter(|person| person.user_id != eager) {
        let room = person.accept_invite(&bot, 2 * SOON).await.unwrap();
        person.wait_for(SOON, |heard| heard.room == room && is_paper(heard)).await.unwrap();
        let letter = |heard: &Heard| heard.room == room && heard.body().contains("Retro 1 in");
        person.wait_for(SOON, letter).await.unwrap();
    }
    nothing_waits(&community).await;
    let made = rooms_made(&community.synapse).unwrap();
    assert!(made.values().all(|rooms| *rooms == 1), "{made:?}");
    assert_eq!(made.len(), NEWCOMERS - usize::from(!made.contains_key(&eager)));
}

#[tokio::test]
async fn redactions_after_a_ballot_of_twelve_do_not_hold_up_help() {
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let (mut people, mut votes) = (Vec::new(), Vec::new());
    for number in 0..12 {
        let person = community.synapse.register(&format!("voter{number}"), "secret").await.unwrap();
        person.join(&lobby).await.unwrap();
        people.push(person);
    }
    // The bot has seen them all.
    community.ask(&lobby, "!hearth help poll").await;
    community.lead.say(&lobby, "!hearth ballot \"Where?\" Wombat park | Quokka café --close 6h").await.unwrap();
    let is_card = |heard: &Heard| heard.sender() == bot && heard.body().contains("of the 5 votes it needs");
    let card = community.lead.wait_for(SOON, is_card).await.unwrap();
    for mut person in people {
        person.react(&lobby, card.id(), "🗳️").await.unwrap();
        let room = person.accept_invite(&bot, SOON).await.unwrap();
        person.wait_for(SOON, |heard| heard.room == room && is_paper(heard)).await.unwrap();
        let vote = person.say(&room, "vote 2").await.unwrap();
        person.wait_for(SOON, |heard| heard.room == room && heard.reaction().starts_with("🧾 ")).await.unwrap();
        votes.push((person, room, vote));
    }
    nothing_waits(&community).await;
    // From here on the homeserver lets the bot say ten things at once, and one in five seconds.
    let limited = Options { rate_limits: RateLimits::Defaults, ..Options::default() };
    community.synapse.restart_with(limited).await.unwrap();
    community.lead.say(&lobby, "!hearth ballot close").await.unwrap();
    let is_closed = |heard: &Heard| heard.sender() == bot && heard.body().contains("Ballot 1 is closed");
    community.lead.wait_for(SOON, is_closed).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    assert!(waiting(&community) > 0, "what is to be removed waits, and help does not wait for it");
    community.synapse.restart_with(Options::default()).await.unwrap();
    nothing_waits(&community).await;
    for (person, room, vote) in &mut votes {
        let gone = |heard: &Heard| heard.sender() == bot && heard.event["redacts"] == vote.as_str();
        person.wait_for(SOON, |heard| heard.room == *room && gone(heard)).await.unwrap();
    }
}

/// `hearth-bench crowd` does it with sixty people at limits that are not sped up.
#[tokio::test]
async fn a_crowd_votes_though_rooms_are_few_and_the_homeserver_denies_that_it_made_them() {
    let folder = tempfile::tempdir().unwrap();
    let plan = Plan { people: 20, invitations: 10, faster: 6, close: "1h" };
    let vote = crowd::vote(PROGRAM.as_ref(), folder.path(), plan, |_| ());
    let figures = tokio::time::timeout(Duration::from_secs(480), vote).await.unwrap().unwrap();
    assert!(figures.denied > 0 && figures.rooms > 0, "{figures}");
}

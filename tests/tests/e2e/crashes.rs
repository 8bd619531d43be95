//! The bot is killed forty times in the course of a poll, and the homeserver three times: nothing is lost, nothing is
//! said twice, and the result is what an independent client counts. And what a homeserver cannot say now is asked later.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use hearth_bot::clock::Clock;
use hearth_shared::{activity::Kind, pseudonym::Pseudonym};
use hearth_tests::{
    bot::{Bot, Setup},
    content::POLL_START,
    member::Member,
    nio::{self, PollCount},
    scripted_homeserver::{self, ScriptedHomeserver},
    synapse::persist,
};
use rand::{Rng as _, SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};

use crate::bytes::wait_until_sent;
use crate::stage::{Community, PROGRAM, SOON, Wishes};

/// Kills before the poll is seen in the room, while people vote, and around its close: forty.
const KILLS: [usize; 3] = [6, 26, 8];

/// The homeserver dies with these kills of the bot, counted from the first vote.
const HOMESERVER_DIES: [usize; 3] = [5, 13, 21];

/// Commands are given while the bot is down before these.
const ASKED_DURING: [usize; 3] = [3, 13, 20];

const ANSWERS: [&str; 3] = ["Monday", "Tuesday", "Friday"];

/// One thing that a voter does.
#[derive(Clone, Copy, Debug)]
enum Deed {
    /// Votes for the answer at this place.
    Vote(usize),
    /// Votes for an answer that is none.
    Spoil,
    /// Sends a vote without an answer.
    Withdraw,
    /// Redacts the latest vote.
    TakeBack,
}

/// How many messages people write after each thing they do.
const TALKATIVE: usize = 3;

/// Somebody with a plan.
struct Voter {
    member: Member,
    plan: Vec<Deed>,
    latest: Option<String>,
}

impl Voter {
    /// What thirty voters do: most vote once, some change their mind, take a vote back, or spoil it.
    fn plan(number: usize) -> Vec<Deed> {
        use Deed::{Spoil, TakeBack, Vote, Withdraw};
        let (first, second) = (number % 3, (number + 1) % 3);
        match number {
            0..12 => vec![Vote(first)],
            12..18 => vec![Vote(first), Vote(second)],
            18..22 => vec![Vote(first), Vote(second), TakeBack],
            22..25 => vec![Vote(first), Spoil],
            25..27 => vec![Spoil, Vote(second)],
            27 => vec![Vote(first), Withdraw],
            28 => vec![Vote(first), TakeBack],
            _ => vec![Spoil],
        }
    }

    /// The answer that must count in the end.
    fn choice(number: usize) -> Option<usize> {
        let mut votes = Vec::new();
        for deed in Self::plan(number) {
            match deed {
                Deed::Vote(place) => votes.push(Some(place)),
                Deed::Spoil | Deed::Withdraw => votes.push(None),
                Deed::TakeBack => drop(votes.pop()),
            }
        }
        votes.pop().flatten()
    }

    /// Whether they take part for certain: they choose an answer and do not take it back before the bot may have
    /// seen it.
    fn takes_part(number: usize) -> bool {
        (0..28).contains(&number)
    }

    /// Does the next thing on the plan, however long the homeserver is away.
    async fn act(&mut self, room: &str, poll: &str, ids: &[String]) {
        let (member, latest) = (&self.member, self.latest.clone());
        let answers = match self.plan.remove(0) {
            Deed::Vote(place) => vec![ids[place].as_str()],
            Deed::Spoil => vec!["an answer that is none"],
            Deed::Withdraw => vec![],
            Deed::TakeBack => {
                let latest = latest.unwrap();
                persist(SOON, async || member.redact(room, &latest).await).await.unwrap();
                return;
            }
        };
        self.latest = Some(persist(SOON, async || member.vote(room, poll, &answers).await).await.unwrap());
    }

    /// Writes messages which all count, and of which none counts twice.
    async fn chat(&self, room: &str, times: usize) {
        for _ in 0..times {
            persist(SOON, async || self.member.say(room, "well").await).await.unwrap();
        }
    }
}

async fn pause(chance: &mut ChaCha8Rng) {
    tokio::time::sleep(Duration::from_millis(chance.random_range(0..=400))).await;
}

/// Starts the bot and kills it: at a random moment after its start, or after it is ready. `homeserver`: which goes
/// down with it and comes back.
async fn live_and_die(community: &mut Community, number: usize, homeserver: bool, chance: &mut ChaCha8Rng) {
    if homeserver {
        community.bot.spawn(&[]).unwrap();
        pause(chance).await;
        community.synapse.kill9().await.unwrap();
        pause(chance).await;
        if chance.random() {
            community.synapse.restart().await.unwrap();
            pause(chance).await;
        }
    } else if number.is_multiple_of(3) {
        community.bot.spawn(&[]).unwrap();
    } else {
        community.bot.start().await.unwrap();
    }
    pause(chance).await;
    community.bot.kill9().await.unwrap();
    if homeserver {
        // Where it is up already, this is one more crash.
        community.synapse.restart().await.unwrap();
    }
}

#[tokio::test]
async fn a_poll_survives_forty_crashes_of_the_bot_and_three_of_the_homeserver() {
    let mut chance = ChaCha8Rng::seed_from_u64(0x4EA7);
    let mut community = Community::begin(Wishes::default()).await;
    let (lobby, bot) = (community.lobby.clone(), community.synapse.user_id("hearth"));
    let mut opener = community.synapse.register("olga", "secret").await.unwrap();
    opener.join(&lobby).await.unwrap();
    let mut voters = Vec::new();
    for number in 0..30 {
        let member = community.synapse.register(&format!("voter{number}"), "secret").await.unwrap();
        member.join(&lobby).await.unwrap();
        voters.push(Voter { member, plan: Voter::plan(number), latest: None });
    }
    let mut asked = Vec::new();

    // The poll is asked for while the bot is down.
    community.bot.kill9().await.unwrap();
    let command = format!("!hearth poll \"Which day?\" {} --close 6h", ANSWERS.join(" | "));
    opener.say(&lobby, &command).await.unwrap();
    for number in 0..KILLS[0] {
        live_and_die(&mut community, number, false, &mut chance).await;
    }
    community.bot.start().await.unwrap();
    let poll = opener.wait_for(SOON, |heard| heard.kind() == POLL_START && heard.sender() == bot).await.unwrap();
    let answers = poll.event["content"][POLL_START]["answers"].as_array().unwrap();
    let ids: Vec<String> = answers.iter().map(|answer| answer["id"].as_str().unwrap().to_owned()).collect();
    community.bot.kill9().await.unwrap();

    let mut turns: Vec<usize> = (0..30).flat_map(|number| vec![number; Voter::plan(number).len()]).collect();
    turns.shuffle(&mut chance);
    let most = turns.len().div_ceil(KILLS[1]);
    for number in 0..KILLS[1] {
        if ASKED_DURING.contains(&number) {
            asked.push(community.lead.say(&lobby, "!hearth help poll").await.unwrap());
        }
        let now = turns.split_off(turns.len().saturating_sub(most));
        let homeserver = HOMESERVER_DIES.contains(&number);
        let mut own = ChaCha8Rng::seed_from_u64(chance.random());
        let life = live_and_die(&mut community, number, homeserver, &mut chance);
        let deeds = async {
            for &voter in &now {
                pause(&mut own).await;
                voters[voter].act(&lobby, poll.id(), &ids).await;
                voters[voter].chat(&lobby, TALKATIVE).await;
            }
        };
        tokio::join!(life, deeds);
    }
    assert!(turns.is_empty() && voters.iter().all(|voter| voter.plan.is_empty()));

    asked.push(opener.say(&lobby, "!hearth poll close").await.unwrap());
    for number in 0..KILLS[2] {
        live_and_die(&mut community, number, false, &mut chance).await;
    }
    community.bot.start().await.unwrap();
    let result =
        opener.wait_for(SOON, |heard| heard.sender() == bot && heard.body().contains("took part")).await.unwrap();
    // Too late.
    voters[0].member.vote(&lobby, poll.id(), &[&ids[2]]).await.unwrap();
    // Whatever else the bot wanted to say in this room, it said before this.
    community.ask(&lobby, "!hearth help poll").await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));

    let (url, lead) = (community.synapse.url(), &community.lead.user_id);
    let counted = nio::count_poll(&community.python, &url, lead, "secret", &lobby, poll.id()).await.unwrap();
    let planned: BTreeMap<_, _> = (0..30)
        .filter_map(|number| {
            Some((community.synapse.user_id(&format!("voter{number}")), vec![ids[Voter::choice(number)?].clone()]))
        })
        .collect();
    assert_eq!(counted.votes, planned, "no vote is lost");
    assert!(counted.closed);
    assert_result_is(result.body(), &counted, &ids);
    let events = community.lead.read_all(&lobby).await.unwrap();
    assert_said_once(&events, &bot);
    let closing = asked.pop().unwrap();
    for command in &asked {
        assert_eq!(answers_to(&events, &bot, command), 1, "a command sent while the bot was down");
    }
    assert_eq!(answers_to(&events, &bot, &closing), 0, "the result is the answer");
    let count = |kind: &str| events.iter().filter(|event| event["type"] == kind).count();
    assert_eq!((count(POLL_START), count("org.matrix.msc3381.poll.end")), (1, 1));
    let talk = events.iter().filter(|event| event["content"]["body"] == "well").count();
    assert_eq!(community.messages_logged(), i64::try_from(talk).unwrap(), "no message is lost or logged twice");
    // Votes are kept for an hour after the close, for those that come late.
    community.bot.start_with(&["--ahead", "PT2H"]).await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    // By then everybody is welcomed, too, and answers go first.
    wait_until_sent(&community).await;
    assert_eq!(community.bot.stop().await.unwrap(), Some(0));
    assert_logged_once(&community, counted.votes.len());
}

#[tokio::test]
async fn a_crash_between_reading_and_writing_loses_nothing_that_comes_after_it() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    community.bot.kill9().await.unwrap();
    community.lead.say(&lobby, "before").await.unwrap();
    // With the homeserver away, the bot opens its files and waits; then they are held, so that it reads and cannot write.
    community.synapse.kill9().await.unwrap();
    community.bot.spawn(&["--log", "info,hearth_bot=debug"]).unwrap();
    community.bot.wait_until_printed("the homeserver cannot be read").await.unwrap();
    let held = rusqlite::Connection::open(community.bot.data().join("activity.db")).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    community.synapse.restart().await.unwrap();
    community.bot.wait_until_printed("read again what lies behind the cursor").await.unwrap();
    community.bot.kill9().await.unwrap();
    drop(held);

    community.lead.say(&lobby, "after").await.unwrap();
    community.bot.start().await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    assert_eq!(community.messages_logged(), 2, "neither is lost");
}

#[tokio::test]
async fn an_old_memory_says_nothing_twice_even_when_the_homeserver_has_forgotten() {
    let mut community = Community::begin(Wishes::default()).await;
    let lobby = community.lobby.clone();
    community.bot.stop().await.unwrap();
    let memory = community.bot.data().join("bot.db");
    let old = std::fs::read(&memory).unwrap();
    community.bot.start().await.unwrap();
    community.ask(&lobby, "!hearth help").await;
    community.lead.say(&lobby, "!hearth poll \"Tea?\" Yes | No").await.unwrap();
    community.lead.wait_for(SOON, |heard| heard.body().contains("You can change your vote until then")).await.unwrap();
    let said = community.said_by_bot(&lobby).await.len();
    community.bot.stop().await.unwrap();
    std::fs::write(&memory, old).unwrap();
    community.synapse.kill9().await.unwrap();
    community.synapse.forget_transactions().unwrap();
    community.synapse.restart().await.unwrap();

    community.bot.start().await.unwrap();
    community.ask(&lobby, "!hearth help poll").await;
    assert_eq!(community.said_by_bot(&lobby).await.len(), said + 1, "only what was asked just now is answered");
    let events = community.lead.read_all(&lobby).await.unwrap();
    assert_eq!(events.iter().filter(|event| event["type"] == POLL_START).count(), 1);
    // It knows its poll by the event that it was before: closing it works.
    community.lead.say(&lobby, "!hearth poll close").await.unwrap();
    community.lead.wait_for(SOON, |heard| heard.kind() == "org.matrix.msc3381.poll.end").await.unwrap();
}

#[tokio::test]
async fn a_gap_that_cannot_be_filled_at_first_is_filled_later() {
    let folder = tempfile::tempdir().unwrap();
    let says = |id: &str, body: &str| {
        json!({"type": "m.room.message", "event_id": id, "sender": "@lea:scripted.test",
            "origin_server_ts": Clock::default().now().as_millisecond(),
            "content": {"msgtype": "m.text", "body": body}})
    };
    let batch = |timeline: Value, state: Value| {
        let room = json!({"timeline": timeline, "state": {"events": state}});
        json!({"rooms": {"join": {"!lobby:scripted.test": room}}})
    };
    let member = json!({"type": "m.room.member", "state_key": scripted_homeserver::USER_ID, "event_id": "$bot",
        "sender": scripted_homeserver::USER_ID, "origin_server_ts": 1_790_000_000_000_u64, "content": {"membership": "join"}});
    let nothing = json!({"events": [], "limited": false});
    let gap = json!({"events": [says("$3", "good morning")], "limited": true, "prev_batch": "gap"});
    let script = vec![batch(nothing.clone(), json!([member])), batch(nothing, json!([])), batch(gap, json!([]))];
    let scripted = ScriptedHomeserver::play_batches(script).await.unwrap();
    scripted.answer_with_pages([None, None, Some(vec![says("$1", "hello"), says("$2", "!hearth help")])]);
    let setup = Setup {
        homeserver: &scripted.url(),
        user: scripted_homeserver::USER_ID,
        community: "Testers",
        lead: "@lea:scripted.test",
        rooms: &["!lobby:scripted.test".to_owned()],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(Path::new(PROGRAM), folder.path(), &setup).await.unwrap();
    bot.start().await.unwrap();
    let begun = Instant::now();
    let answered = || scripted.sent().iter().any(|(_, content)| content["m.relates_to"].is_object());
    while !answered() && begun.elapsed() < SOON {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(bot.stop().await.unwrap(), Some(0));
    let sent = scripted.sent();
    let answers = sent.iter().filter(|(_, content)| content["m.relates_to"]["m.in_reply_to"]["event_id"] == "$2");
    assert_eq!(answers.count(), 1, "{sent:#?}\n{}", bot.printed());
    let log = hearth_log::open_read_only(&bot.data().join("activity.db")).unwrap();
    let messages: i64 = log.query_row("SELECT count(*) FROM activity WHERE kind = 0", (), |row| row.get(0)).unwrap();
    assert_eq!(messages, 2);
}

#[tokio::test]
async fn a_gap_that_is_half_filled_is_not_begun_anew_after_a_crash() {
    let folder = tempfile::tempdir().unwrap();
    let now = Clock::default().now().as_millisecond();
    let event = |id: u32, kind: &str, content: Value| {
        json!({"type": kind, "event_id": format!("${id}"), "sender": "@lea:scripted.test", "origin_server_ts": now,
            "content": content})
    };
    let says = |id: u32| event(id, "m.room.message", json!({"msgtype": "m.text", "body": "good morning"}));
    let batch = |timeline: Value, state: Value| json!({"rooms": {"join": {"!lobby:scripted.test": {"timeline": timeline, "state": {"events": state}}}}});
    let member = json!({"type": "m.room.member", "state_key": scripted_homeserver::USER_ID, "event_id": "$bot",
        "sender": scripted_homeserver::USER_ID, "origin_server_ts": now, "content": {"membership": "join"}});
    let mut leaves = event(250, "m.room.member", json!({"membership": "leave"}));
    leaves["state_key"] = json!("@lea:scripted.test");
    leaves["unsigned"] = json!({"prev_content": {"membership": "join"}});
    let nothing = json!({"events": [], "limited": false});
    let gap = json!({"events": [says(300)], "limited": true, "prev_batch": "gap"});
    let script = vec![batch(nothing.clone(), json!([member])), batch(nothing, json!([])), batch(gap, json!([]))];
    let scripted = ScriptedHomeserver::play_batches(script).await.unwrap();
    let page = |ids: std::ops::Range<u32>| Some(ids.map(says).collect::<Vec<_>>());
    let mut last = page(100..200).unwrap();
    last.push(leaves);
    // After the first page, the homeserver has trouble for a while.
    scripted.answer_with_pages([page(0..100), None, None, None, None, None, None, Some(last)]);
    let setup = Setup {
        homeserver: &scripted.url(),
        user: scripted_homeserver::USER_ID,
        community: "Testers",
        lead: "@lea:scripted.test",
        rooms: &["!lobby:scripted.test".to_owned()],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(Path::new(PROGRAM), folder.path(), &setup).await.unwrap();
    bot.start().await.unwrap();
    let begun = Instant::now();
    while scripted.pages_from().len() < 3 && begun.elapsed() < SOON {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    bot.kill9().await.unwrap();
    let path = bot.data().join("activity.db");
    let count = |kind: i64| {
        let log = hearth_log::open_read_only(&path).unwrap();
        let sql = "SELECT count(*) FROM activity WHERE kind = ?1";
        log.query_row(sql, [kind], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(count(0), 100, "what has come is in the log");
    bot.start().await.unwrap();
    while count(0) < 201 && begun.elapsed() < SOON {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(count(0), 201, "{}", bot.printed());
    assert_eq!(count(Kind::Leave.code()), 1, "who left meanwhile has left");
    let from = scripted.pages_from();
    assert!(from[0].starts_with('s') && from[1..].iter().all(|from| from == "p7"), "{from:?}");
}

/// The closing message says what was counted by somebody else.
fn assert_result_is(said: &str, counted: &PollCount, ids: &[String]) {
    let mut votes = BTreeMap::new();
    for line in said.lines() {
        if let Some((left, answer)) = line.split_once(" · ") {
            votes.insert(answer.trim(), left.split_whitespace().last().unwrap().parse::<u64>().unwrap());
        }
    }
    let expected = ANSWERS.iter().zip(ids).map(|(answer, id)| (*answer, counted.counts[id])).collect();
    assert_eq!(votes, expected, "{said}");
    // The opener, the lead and the voters.
    assert!(said.contains(&format!("{} of 32 took part", counted.votes.len())), "{said}");
    // The other client does not tell an empty vote from one that names what the poll does not have.
    assert!(said.contains(&format!("{} votes could not be counted", counted.spoiled.len() - 1)), "{said}");
}

/// What the bot says here says something about something else, or something of its own: what it says twice is a
/// repetition.
fn assert_said_once(events: &[Value], bot: &str) {
    let mut said = BTreeMap::new();
    for event in events.iter().filter(|event| event["sender"] == bot && event.get("state_key").is_none()) {
        let (relation, body) = (&event["content"]["m.relates_to"], &event["content"]["body"]);
        let about = (event["type"].to_string(), if relation.is_null() { body } else { relation }.to_string());
        let before = said.insert(about, event);
        assert!(before.is_none(), "said twice: {:#}\n{event:#}", before.unwrap_or(event));
    }
}

fn answers_to(events: &[Value], bot: &str, command: &str) -> usize {
    let answers = |event: &&Value| {
        event["sender"] == bot && event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == command
    };
    events.iter().filter(answers).count()
}

/// The log knows once that the poll was opened and closed, and of everybody once that they voted.
fn assert_logged_once(community: &Community, votes: usize) {
    let log = hearth_log::open_read_only(&community.bot.data().join("activity.db")).unwrap();
    let rows = |kind: Kind| -> Vec<(Pseudonym, Option<i64>)> {
        let mut rows = log
            .prepare("SELECT p.pseudonym, a.value FROM activity a JOIN person p ON p.id = a.person WHERE a.kind = ?1")
            .unwrap();
        let rows = rows.query_map([kind.code()], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
        rows.collect::<Result<_, _>>().unwrap()
    };
    let who = |name: &str| community.bot.pseudonym(&community.synapse.user_id(name)).unwrap();
    assert_eq!(rows(Kind::PollOpened), [(who("olga"), Some(3))]);
    assert_eq!(rows(Kind::PollClosed), [(who("olga"), i64::try_from(votes).ok())]);
    let voted: Vec<_> = rows(Kind::PollVoted).into_iter().map(|(who, _)| who).collect();
    for number in 0..30 {
        let times = voted.iter().filter(|voter| **voter == who(&format!("voter{number}"))).count();
        match number {
            // A vote that was redacted may have been gone before the bot could read it.
            28 => assert!(times <= 1),
            number => assert_eq!(times, usize::from(Voter::takes_part(number)), "voter{number}"),
        }
    }
    let memory = rusqlite::Connection::open(community.bot.data().join("bot.db")).unwrap();
    let count = |what: &str| memory.query_row(&format!("SELECT count(*) FROM {what}"), (), |row| row.get::<_, i64>(0));
    assert_eq!(count("outbox").unwrap(), 0, "nothing waits to be sent");
    assert_eq!(count("record WHERE key LIKE 'vote/%'").unwrap(), 0, "nobody can tell who chose what");
}

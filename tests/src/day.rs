//! A day of a community during which the bot is killed at random moments: a poll, a sealed ballot and a retrospective
//! of thirty people, and commands in between. In the end everything that was said counts once, and nothing waits.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};
use rand::{Rng as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    bot::{Bot, PASSWORD, Setup},
    content::{self, POLL_START},
    member::{Heard, Member, NewRoom},
    nio::NioMember,
    python::Python,
    synapse::{Options, RateLimits, Synapse, persist},
};

/// How long a homeserver may keep somebody waiting.
const PATIENCE: Duration = Duration::from_secs(600);

const OPTIONS: [&str; 3] = ["Garden", "Library", "Workshop"];

/// What people choose first, in turn: no two options come to the same.
const FIRST: [usize; 7] = [0, 1, 1, 2, 1, 0, 1];

/// What kind of day.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// How many people vote and write.
    pub people: usize,
    /// How often the bot is killed at least.
    pub kills: usize,
    /// Whether everybody encrypts.
    pub encrypted: bool,
    /// Whether the homeserver limits rates, as Synapse does unless told otherwise.
    pub limited: bool,
    /// What decides when the bot dies, and who does what when.
    pub seed: u64,
}

/// How a day ended.
#[derive(Clone, Copy, Debug)]
pub struct Evening {
    /// How often the bot was killed.
    pub kills: usize,
    /// How many commands were answered, each once.
    pub answered: usize,
    /// How long it took.
    pub took: Duration,
}

/// Somebody in a plain or in an encrypted room.
enum Person {
    Plain(Box<Member>),
    Encrypted(Box<NioMember>),
}

/// An event as that person reads it.
struct Seen {
    id: String,
    sender: String,
    kind: String,
    body: String,
    answers: String,
    edit: bool,
    content: serde_json::Value,
}

impl Person {
    async fn say(&mut self, room: &str, text: &str) -> Result<String> {
        match self {
            Self::Plain(member) => persist(PATIENCE, async || member.say(room, text).await).await,
            Self::Encrypted(member) => member.say(room, text).await,
        }
    }

    async fn react(&mut self, room: &str, to: &str, with: &str) -> Result<String> {
        match self {
            Self::Plain(member) => persist(PATIENCE, async || member.react(room, to, with).await).await,
            Self::Encrypted(member) => member.send(room, "m.reaction", &content::reaction(to, with)).await,
        }
    }

    async fn vote(&mut self, room: &str, poll: &str, answer: &str) -> Result<String> {
        match self {
            Self::Plain(member) => persist(PATIENCE, async || member.vote(room, poll, &[answer]).await).await,
            Self::Encrypted(member) => member.vote(room, poll, &[answer]).await,
        }
    }

    /// The direct room with the bot: made by this person where they can, so that no limit of the bot's holds them up;
    /// else by the bot, to which they have reacted.
    async fn direct_room(&mut self, bot: &str) -> Result<String> {
        match self {
            Self::Plain(member) => {
                let room = NewRoom { direct: true, public: false, invite: &[bot], ..NewRoom::default() };
                let room = persist(PATIENCE, async || member.create_room(&room).await).await?;
                comes(member, &room, bot).await?;
                Ok(room)
            }
            Self::Encrypted(member) => member.accept_invite(bot, PATIENCE).await,
        }
    }

    async fn seen(&mut self, room: &str) -> Result<Vec<Seen>> {
        let events: Vec<serde_json::Value> = match self {
            Self::Plain(member) => persist(PATIENCE, async || member.read_all(room).await).await?,
            Self::Encrypted(member) => member.seen(room).await?.into_iter().map(|read| read.event).collect(),
        };
        let text = |event: &serde_json::Value, at: &str| crate::member::text(event, at).to_owned();
        let seen = events.iter().map(|event| Seen {
            id: text(event, "/event_id"),
            sender: text(event, "/sender"),
            kind: text(event, "/type"),
            body: text(event, "/content/body"),
            answers: text(event, "/content/m.relates_to/m.in_reply_to/event_id"),
            edit: text(event, "/content/m.relates_to/rel_type") == "m.replace",
            content: event["content"].clone(),
        });
        Ok(seen.collect())
    }

    /// Waits until the bot has said something.
    async fn wait_for(&mut self, room: &str, bot: &str, wanted: impl Fn(&Seen) -> bool) -> Result<Seen> {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if let Some(found) = self.seen(room).await?.into_iter().find(|seen| seen.sender == bot && wanted(seen)) {
                return Ok(found);
            }
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
        bail!("the bot has not said what was expected within {} s", PATIENCE.as_secs())
    }
}

/// Waits until the bot is in a room.
async fn comes(member: &Member, room: &str, bot: &str) -> Result<()> {
    for _ in 0..6000 {
        if member.joined_members(room).await.is_ok_and(|all| all.iter().any(|one| one == bot)) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    bail!("the bot does not come to a room to which it was invited")
}

struct Day {
    plan: Plan,
    bot_id: String,
    lobby: String,
    people: Vec<Person>,
    chance: ChaCha8Rng,
    /// Commands that want exactly one answer.
    asked: Vec<String>,
}

/// Lives a day. `program` is the lab's own program, which is the bot, too; `folder` is empty.
///
/// # Errors
/// What went wrong, in words: a vote that was not counted, an answer that came twice or not at all, a message that
/// still waits.
pub async fn live(program: &Path, folder: &Path, plan: Plan, tell: impl Fn(&str)) -> Result<Evening> {
    let begun = Instant::now();
    let python = Python::ready().await?;
    let rate_limits = if plan.limited { RateLimits::Defaults } else { RateLimits::Lifted };
    let synapse =
        Synapse::start(&python, &folder.join("synapse"), Options { rate_limits, ..Options::default() }).await?;
    let mut lead = synapse.register("lea", "secret").await?;
    synapse.register("hearth", PASSWORD).await?;
    let (bot_id, url) = (synapse.user_id("hearth"), synapse.url());
    let room = NewRoom { encrypted: plan.encrypted, public: true, invite: &[&bot_id], ..NewRoom::default() };
    let lobby = lead.create_room(&NewRoom { name: "Lobby", ..room }).await?;
    let setup = Setup {
        homeserver: &url,
        user: &bot_id,
        community: "Testers",
        lead: &lead.user_id,
        rooms: std::slice::from_ref(&lobby),
        zone: "UTC",
        encrypt_direct_rooms: plan.encrypted,
    };
    let mut bot = Bot::init(program, &folder.join("bot"), &setup).await?;
    bot.start().await?;
    comes(&lead, &lobby, &bot_id).await?;
    let set = lead.say(&lobby, "!hearth settings lobby here").await?;
    let done = |heard: &Heard| heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == set.as_str();
    lead.wait_for(PATIENCE, done).await?;

    let mut people = Vec::new();
    for number in 0..plan.people {
        let name = format!("person{number}");
        let member = synapse.register(&name, "secret").await?;
        persist(PATIENCE, async || member.join(&lobby).await).await?;
        people.push(match plan.encrypted {
            false => Person::Plain(Box::new(member)),
            true => {
                let store = folder.join(&name);
                let user = synapse.user_id(&name);
                Person::Encrypted(Box::new(NioMember::login(&python, &url, &user, "secret", &store).await?))
            }
        });
    }
    tell(&format!("{} people are in the lobby", plan.people));
    let chance = ChaCha8Rng::seed_from_u64(plan.seed);
    let mut day = Day { plan, bot_id, lobby, people, chance, asked: Vec::new() };
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let (kills, outcome) = tokio::join!(die_again_and_again(&mut bot, plan, stopped), async {
        let outcome = day.pass(&tell).await;
        let _ = stop.send(true);
        outcome
    });
    let kills = kills?;
    let truth = outcome.with_context(|| format!("the end of the bot's log:\n{}", last_lines(&bot.printed())))?;
    ensure!(kills >= plan.kills, "the day was over after {kills} kills");
    tell(&format!("killed {kills} times; the rest is waited for"));
    let waited = day.check(&mut bot, &truth).await;
    waited.with_context(|| format!("the end of the bot's log:\n{}", last_lines(&bot.printed())))?;
    Ok(Evening { kills, answered: day.asked.len(), took: begun.elapsed() })
}

fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().rev().take(30).collect();
    lines.into_iter().rev().collect::<Vec<_>>().join("\n")
}

/// Starts the bot and kills it at a random moment, until told to stop and until it was often enough. It runs when this
/// returns.
async fn die_again_and_again(bot: &mut Bot, plan: Plan, stopped: tokio::sync::watch::Receiver<bool>) -> Result<usize> {
    let mut chance = ChaCha8Rng::seed_from_u64(plan.seed ^ 0xD1E);
    let mut kills = 0;
    while !*stopped.borrow() {
        // Now and then it lives long enough for a queue of answers; mostly it dies at work.
        let life = if chance.random_ratio(1, 8) { 6000 } else { 1800 };
        tokio::time::sleep(Duration::from_millis(chance.random_range(0..life))).await;
        bot.kill9().await?;
        kills += 1;
        if chance.random_ratio(1, 3) {
            tokio::time::sleep(Duration::from_millis(chance.random_range(0..700))).await;
        }
        bot.spawn(&[])?;
    }
    Ok(kills)
}

/// What everybody did, and so what must come out.
struct Truth {
    poll: String,
    /// The last vote of each person in the poll, by answer id.
    votes: BTreeMap<String, usize>,
    /// The last choice of each person on the ballot.
    ballot: [usize; 3],
    notes: Vec<String>,
}

impl Day {
    /// People take their time: the day is to last for all its kills.
    async fn pause(&mut self) {
        let longest = (1100 * self.plan.kills / self.plan.people.max(1)) as u64;
        tokio::time::sleep(Duration::from_millis(self.chance.random_range(0..=longest))).await;
    }

    /// Somebody asks the bot something that it answers once.
    async fn asks(&mut self) -> Result<()> {
        let who = self.chance.random_range(0..self.people.len());
        let command = self.people[who].say(&self.lobby.clone(), "!hearth help poll").await?;
        self.asked.push(command);
        Ok(())
    }

    async fn pass(&mut self, tell: &impl Fn(&str)) -> Result<Truth> {
        let (lobby, bot) = (self.lobby.clone(), self.bot_id.clone());
        let options = OPTIONS.join(" | ");
        let opener = &mut self.people[0];
        opener.say(&lobby, &format!("!hearth poll \"Where do we sit?\" {options} --close 20h")).await?;
        opener.say(&lobby, &format!("!hearth ballot \"Where do we meet?\" {options} --close 20h")).await?;
        opener.say(&lobby, "!hearth retro start --collect 20h --vote 20h").await?;
        let poll = opener.wait_for(&lobby, &bot, |seen| seen.kind == POLL_START).await?;
        let answers = poll.content[POLL_START]["answers"].as_array().cloned().unwrap_or_default();
        let ids: Vec<String> = answers.iter().map(|one| one["id"].as_str().unwrap_or_default().to_owned()).collect();
        ensure!(ids.len() == OPTIONS.len(), "the poll has {} answers", ids.len());
        let card = opener.wait_for(&lobby, &bot, |seen| seen.body.contains("of the 5 votes it needs")).await?.id;
        opener.wait_for(&lobby, &bot, |seen| seen.body.contains("Retro 1 · notes")).await?;

        let mut truth = Truth { poll: poll.id, votes: BTreeMap::new(), ballot: [0; 3], notes: Vec::new() };
        let mut direct = Vec::new();
        for who in 0..self.people.len() {
            if who % 4 == 1 {
                self.asks().await?;
            }
            if self.plan.encrypted {
                self.people[who].react(&lobby, &card, "🗳️").await?;
            }
            let room = self.people[who].direct_room(&bot).await?;
            let times = 1 + usize::from(who.is_multiple_of(5));
            for change in 0..times {
                let choice = (FIRST[who % FIRST.len()] + change) % 3;
                self.people[who].vote(&lobby, &truth.poll.clone(), &ids[choice]).await?;
                *truth.votes.entry(format!("person{who}")).or_default() = choice;
                self.pause().await;
                let choice = (FIRST[who % FIRST.len()] + 2 * change) % 3;
                self.people[who].say(&room, &format!("vote {}", choice + 1)).await?;
                truth.ballot[choice] += usize::from(change + 1 == times);
            }
            // Words that no two notes share, so that each stays a theme of its own.
            let note = format!("quokka{who:02} wombat{who:02}");
            self.people[who].say(&room, &format!("{}: {note}", ["happy", "unsure", "unhappy"][who % 3])).await?;
            truth.notes.push(note);
            direct.push(room);
            self.pause().await;
        }
        tell("everybody has voted twice and written a note");
        for (who, room) in direct.iter().enumerate() {
            let times = 1 + usize::from(who.is_multiple_of(5));
            let begun = Instant::now();
            loop {
                let seen = self.people[who].seen(room).await?;
                let receipts =
                    seen.iter().filter(|seen| seen.sender == bot && seen.body.contains("receipt is")).count();
                ensure!(receipts <= times, "person{who} has {receipts} receipts for {times} votes");
                // A paper says where its owner stands, and what it said in between may never have been sent.
                if receipts == times || (self.plan.encrypted && receipts > 0) {
                    break;
                }
                ensure!(begun.elapsed() < PATIENCE, "person{who} has {receipts} receipts for {times} votes");
                tokio::time::sleep(Duration::from_secs(1)).await;
            }
        }
        tell("everybody has a receipt");
        for phase in ["what we wrote", "what belongs together", "vote"] {
            self.asks().await?;
            self.people[0].say(&lobby, "!hearth retro next").await?;
            let title = format!("Retro 1 · {phase}");
            let shows = |seen: &Seen| {
                let new = crate::member::text(&seen.content, "/m.new_content/body");
                seen.body.contains(&title) || new.contains(&title)
            };
            self.people[0].wait_for(&lobby, &bot, shows).await?;
        }
        self.people[0].say(&lobby, "!hearth ballot close").await?;
        self.people[0].say(&lobby, "!hearth poll close").await?;
        self.people[0].say(&lobby, "!hearth retro close").await?;
        for said in ["Ballot 1 is closed", "The poll is closed", "Retro 1 is over"] {
            self.people[0].wait_for(&lobby, &bot, |seen| seen.body.contains(said)).await?;
            self.asks().await?;
        }
        Ok(truth)
    }

    async fn check(&mut self, bot: &mut Bot, truth: &Truth) -> Result<()> {
        let (lobby, id) = (self.lobby.clone(), self.bot_id.clone());
        // Everything that is still to be said is said.
        let begun = Instant::now();
        while waiting(bot)? > 0 {
            ensure!(begun.elapsed() < 2 * PATIENCE, "{} messages still wait", waiting(bot)?);
            tokio::time::sleep(Duration::from_secs(1)).await;
        }
        let seen = self.people[0].seen(&lobby).await?;
        let own: Vec<_> = seen.iter().filter(|seen| seen.sender == id).collect();
        for command in &self.asked {
            let answers = own.iter().filter(|seen| seen.answers == *command && !seen.edit).count();
            ensure!(answers == 1, "a command has {answers} answers");
        }
        let mut votes = [0; 3];
        truth.votes.values().for_each(|choice| votes[*choice] += 1);
        let once = |wanted: &str| -> Result<&Seen> {
            let found: Vec<_> = own.iter().filter(|seen| seen.body.contains(wanted) && !seen.edit).collect();
            let all: Vec<_> = found.iter().map(|seen| seen.content.to_string()).collect();
            ensure!(found.len() == 1, "`{wanted}` was said {} times: {all:#?}", found.len());
            Ok(found[0])
        };
        let result = once("The poll is closed")?;
        for (count, option) in votes.iter().zip(OPTIONS) {
            ensure!(result.body.contains(&format!(" {count} · {option}")), "not the poll's truth: {}", result.body);
        }
        once("Ballot 1 is closed")?;
        let list = once("Every ballot with its receipt")?;
        for (place, count) in truth.ballot.iter().enumerate() {
            let ending = format!(" {}", place + 1);
            let shown = list.body.lines().filter(|line| line.starts_with("- `") && line.ends_with(&ending)).count();
            ensure!(shown == *count, "{shown} ballots for {}, not {count}: {}", OPTIONS[place], list.body);
        }
        for note in &truth.notes {
            let shown: usize = own.iter().filter(|seen| !seen.edit).map(|seen| seen.body.matches(note).count()).sum();
            ensure!(shown >= 1, "the note `{note}` was lost");
        }
        let markers: Vec<_> = own.iter().filter_map(|seen| seen.content["org.hearth.txn"].as_str()).collect();
        let different: BTreeSet<_> = markers.iter().collect();
        ensure!(markers.len() == different.len(), "something was said twice");
        Ok(())
    }
}

/// How many rows wait in the outbox.
fn waiting(bot: &Bot) -> Result<i64> {
    let db = rusqlite::Connection::open_with_flags(
        bot.data().join("bot.db"),
        rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY | rusqlite::OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    Ok(db.query_row("SELECT count(*) FROM outbox", (), |row| row.get(0))?)
}

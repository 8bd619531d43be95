//! More people than a homeserver lets the bot open rooms for: they ask for a ballot within seconds, while others invite
//! the bot and somebody asks for help elsewhere. Most of those who wait write to the bot first, as it tells them; every
//! third waits on. In the end everybody has one room and one paper, every vote counts, and nothing waits.

use std::{
    collections::BTreeMap,
    fmt,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, ensure};
use serde_json::Value;
use tokio::{sync::watch, task::JoinSet};

use crate::{
    bot::{Bot, PASSWORD, Setup},
    denial::Denial,
    member::{Heard, Member, NewRoom, text},
    python::Python,
    synapse::{Options, RateLimits, Synapse},
};

/// How long anybody waits for anything.
const PATIENCE: Duration = Duration::from_secs(45 * 60);

/// How often somebody asks for help in another room, and how long somebody waits before they write to the bot first, at
/// Synapse's own limits.
const ASKS_EVERY: Duration = Duration::from_secs(45);
const EAGER: Duration = Duration::from_secs(90);

/// What kind of crowd.
#[derive(Clone, Copy, Debug)]
pub struct Plan<'a> {
    /// How many people vote.
    pub people: usize,
    /// To how many new rooms the bot is invited at once.
    pub invitations: usize,
    /// How many times as fast as Synapse's own the limits are.
    pub faster: u32,
    /// When the ballot closes, as in the command.
    pub close: &'a str,
}

/// How it went.
#[derive(Clone, Debug)]
pub struct Figures {
    /// How many votes were counted.
    pub votes: usize,
    /// How many direct rooms the bot made.
    pub rooms: usize,
    /// The most that it made for one person.
    pub most_rooms: usize,
    /// Of how many rooms the homeserver denied that it had made them.
    pub denied: usize,
    /// When the last person had their paper.
    pub papers: Duration,
    /// How long each call for help in another room was unanswered.
    pub answers: Vec<Duration>,
    /// How many invitations the bot accepted.
    pub joined: usize,
    /// Whether the card said how to be served at once.
    pub told: bool,
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { votes, rooms, most_rooms, denied, papers, answers, joined, told } = self;
        let longest = answers.iter().max().copied().unwrap_or_default().as_secs_f64();
        let (asked, papers) = (answers.len(), papers.as_secs());
        let told = if *told { "says" } else { "does not say" };
        write!(
            f,
            "{votes} votes counted; {rooms} direct rooms made ({denied} of them denied), {most_rooms} a person at most; \
             the last paper after {papers} s; help asked {asked} times elsewhere, the longest answer took {longest:.1} s; \
             {joined} invitations accepted; the card {told} how to be served at once"
        )
    }
}

/// Lets a crowd vote. `program` is the lab's own program, which is the bot, too; `folder` is empty.
///
/// # Errors
/// What went wrong, in words, with the end of the bot's log.
pub async fn vote(program: &Path, folder: &Path, plan: Plan<'_>, tell: impl Fn(&str)) -> Result<Figures> {
    let python = Python::ready().await?;
    let mut synapse = Synapse::start(&python, &folder.join("synapse"), Options::default()).await?;
    let mut lead = synapse.register("lea", "secret").await?;
    synapse.register("hearth", PASSWORD).await?;
    let bot_id = synapse.user_id("hearth");
    let room = NewRoom { public: true, invite: &[&bot_id], ..NewRoom::default() };
    let lobby = lead.create_room(&NewRoom { name: "Lobby", ..room.clone() }).await?;
    let garden = lead.create_room(&NewRoom { name: "Garden", ..room }).await?;
    // They are here before the bot, so that it welcomes none of them: sixty more messages would prove nothing.
    let (mut people, mut hosts) = (Vec::new(), Vec::new());
    for number in 0..plan.people {
        let person = synapse.register(&format!("person{number}"), "secret").await?;
        person.join(&lobby).await?;
        people.push(person);
    }
    for number in 0..plan.invitations {
        hosts.push(synapse.register(&format!("host{number}"), "secret").await?);
    }
    let proxy = Denial::before(&synapse.url()).await?;
    let setup = Setup {
        homeserver: &proxy.url(),
        user: &bot_id,
        community: "Testers",
        lead: &lead.user_id,
        rooms: &[lobby.clone(), garden.clone()],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    let mut bot = Bot::init(program, &folder.join("bot"), &setup).await?;
    bot.start().await?;
    for (room, command) in [(&lobby, "!hearth settings lobby here"), (&garden, "!hearth help poll")] {
        comes(&lead, room, &bot_id).await?;
        answered(&mut lead, room, command).await?;
    }
    let rate_limits = RateLimits::Strict(plan.faster);
    synapse.restart_with(Options { rate_limits, ..Options::default() }).await?;
    lead.forget_heard().await?;
    lead.say(&lobby, &format!("!hearth ballot \"Where?\" Wombat park | Quokka café --close {}", plan.close)).await?;
    let is_card = |body: &str| body.contains("of the 5 votes it needs");
    lead.wait_for(PATIENCE, |heard| heard.sender() == bot_id && is_card(heard.body())).await?;
    tell(&format!("{} people ask for a ballot", plan.people));

    let crowd = Arc::new(Crowd {
        bot: bot_id.clone(),
        papers: AtomicUsize::new(0),
        begun: Instant::now(),
        people: plan.people,
        faster: plan.faster.max(1),
    });
    let (stop, stopped) = watch::channel(false);
    let (voted, killed, answers, rooms) = tokio::join!(
        async {
            let voted = crowd.everybody_votes(people, &lobby, &tell).await;
            let _ = stop.send(true);
            voted
        },
        crowd.kill_twice(&mut bot, stopped.clone(), &tell),
        crowd.ask_elsewhere(&mut lead, &garden, stopped, &tell),
        invite(hosts, &bot_id),
    );
    let outcome = async {
        let papers = voted?.into_iter().max().unwrap_or_default();
        killed?;
        tell(&format!("everybody has voted after {} s", crowd.begun.elapsed().as_secs()));
        let (answers, joined) = (answers?, rooms?);
        lead.say(&lobby, "!hearth ballot close").await?;
        let is_list = |body: &str| body.contains("Every ballot with its receipt");
        lead.wait_for(PATIENCE, |heard| heard.sender() == bot_id && is_list(heard.body())).await?;
        // What is to be removed waits for as long again, which would prove no more.
        synapse.restart_with(Options::default()).await?;
        nothing_waits(&bot).await?;
        let said = lead.read_all(&lobby).await?;
        let own = |event: &&Value| text(event, "/sender") == bot_id && text(event, "/type") == "m.room.message";
        let receipts =
            |event: &Value| text(event, "/content/body").lines().filter(|line| line.starts_with("- `")).count();
        let told =
            |event: &Value| text(event, "/content/m.new_content/body").contains("first, and yours comes at once");
        let made = rooms_made(&synapse)?;
        anyhow::Ok(Figures {
            votes: said.iter().filter(own).map(receipts).sum(),
            rooms: made.values().sum(),
            most_rooms: made.values().copied().max().unwrap_or_default(),
            denied: proxy.denied(),
            papers,
            answers,
            joined,
            told: said.iter().filter(own).any(told),
        })
    };
    let figures: Figures = outcome.await.with_context(|| last_lines(&bot.printed()))?;
    ensure!(figures.votes == plan.people, "not every vote was counted: {figures}");
    ensure!(figures.most_rooms <= 1, "somebody has two rooms: {figures}");
    ensure!(figures.joined == plan.invitations, "an invitation was lost: {figures}");
    Ok(figures)
}

fn last_lines(text: &str) -> String {
    let lines: Vec<_> = text.lines().rev().take(30).collect();
    format!("the end of the bot's log:\n{}", lines.into_iter().rev().collect::<Vec<_>>().join("\n"))
}

struct Crowd {
    bot: String,
    /// How many people have their paper.
    papers: AtomicUsize,
    begun: Instant,
    people: usize,
    faster: u32,
}

impl Crowd {
    /// Everybody asks, and votes as soon as they have a paper. Gives when they had it.
    async fn everybody_votes(
        self: &Arc<Self>,
        people: Vec<Member>,
        lobby: &str,
        tell: impl Fn(&str),
    ) -> Result<Vec<Duration>> {
        let (mut voting, mut waited) = (JoinSet::new(), Vec::new());
        for (number, person) in people.into_iter().enumerate() {
            person.say(lobby, "!hearth vote").await?;
            let crowd = Arc::clone(self);
            voting.spawn(async move { crowd.votes(person, number % 3 > 0).await });
        }
        while let Some(voted) = voting.join_next().await {
            waited.push(voted??);
            let papers = self.papers.load(Ordering::Relaxed);
            tell(&format!("after {} s: {papers} papers, {} receipts", self.begun.elapsed().as_secs(), waited.len()));
        }
        Ok(waited)
    }

    async fn votes(&self, mut person: Member, eager: bool) -> Result<Duration> {
        let is_paper = |body: &str| body.contains("Sealed: nobody here");
        let mut limit = if eager { EAGER / self.faster } else { PATIENCE };
        let room = loop {
            let news = |heard: &Heard| heard.sender() == self.bot && (heard.invite || is_paper(heard.body()));
            match person.wait_for(limit, news).await {
                Ok(heard) if heard.invite => person.join(&heard.room).await?,
                Ok(paper) => break paper.room,
                Err(error) if limit == PATIENCE => return Err(error),
                Err(_) => {
                    let own = NewRoom { direct: true, invite: &[&self.bot], ..NewRoom::default() };
                    person.create_room(&own).await?;
                    limit = PATIENCE;
                }
            }
        };
        let waited = self.begun.elapsed();
        self.papers.fetch_add(1, Ordering::Relaxed);
        person.say(&room, "vote 2").await?;
        let stands = |heard: &Heard| heard.sender() == self.bot && heard.reaction().starts_with("🧾 ");
        person.wait_for(PATIENCE, stands).await?;
        let papers =
            person.read_all(&room).await?.iter().filter(|event| is_paper(text(event, "/content/body"))).count();
        ensure!(papers == 1, "{} has {papers} papers", person.user_id);
        Ok(waited)
    }

    /// The bot dies when a third have their papers, and when two thirds have.
    async fn kill_twice(&self, bot: &mut Bot, stopped: watch::Receiver<bool>, tell: impl Fn(&str)) -> Result<()> {
        for third in 1..=2 {
            while self.papers.load(Ordering::Relaxed) < self.people * third / 3 && !*stopped.borrow() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            bot.kill9().await?;
            bot.start().await?;
            tell(&format!("the bot was killed after {} s", self.begun.elapsed().as_secs()));
        }
        Ok(())
    }

    /// Somebody asks for help in another room now and then. Gives how long each answer took.
    async fn ask_elsewhere(
        &self,
        lead: &mut Member,
        room: &str,
        stopped: watch::Receiver<bool>,
        tell: impl Fn(&str),
    ) -> Result<Vec<Duration>> {
        let mut answers = Vec::new();
        while !*stopped.borrow() {
            let took = answered(lead, room, "!hearth help poll").await?;
            tell(&format!("after {} s: help came in {:.1} s", self.begun.elapsed().as_secs(), took.as_secs_f64()));
            answers.push(took);
            tokio::time::sleep(ASKS_EVERY / self.faster).await;
        }
        Ok(answers)
    }
}

/// Says something to the bot, and waits for its answer. Gives how long that took.
async fn answered(member: &mut Member, room: &str, command: &str) -> Result<Duration> {
    let asked = member.say(room, command).await?;
    let begun = Instant::now();
    member
        .wait_for(PATIENCE, |heard| text(&heard.event, "/content/m.relates_to/m.in_reply_to/event_id") == asked)
        .await?;
    Ok(begun.elapsed())
}

/// Each makes a room and invites the bot. Gives into how many it came.
async fn invite(hosts: Vec<Member>, bot: &str) -> Result<usize> {
    let mut coming = JoinSet::new();
    for host in hosts {
        let room = host.create_room(&NewRoom { name: "Corner", invite: &[bot], ..NewRoom::default() }).await?;
        let bot = bot.to_owned();
        coming.spawn(async move { comes(&host, &room, &bot).await });
    }
    let mut came = 0;
    while let Some(joined) = coming.join_next().await {
        came += usize::from(joined?.is_ok());
    }
    Ok(came)
}

/// Waits until the bot is in a room.
async fn comes(member: &Member, room: &str, bot: &str) -> Result<()> {
    let begun = Instant::now();
    while !member.joined_members(room).await?.iter().any(|one| one == bot) {
        ensure!(begun.elapsed() < PATIENCE, "the bot does not come to a room to which it was invited");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    Ok(())
}

/// Waits until nothing waits in the outbox but nudges, which may wait for tomorrow.
async fn nothing_waits(bot: &Bot) -> Result<()> {
    let begun = Instant::now();
    loop {
        let memory = rusqlite::Connection::open(bot.data().join("bot.db"))?;
        memory.busy_timeout(Duration::from_secs(10))?;
        let count = "SELECT count(*) FROM outbox WHERE attention <> 2";
        let waiting: i64 = memory.query_row(count, (), |row| row.get(0))?;
        if waiting == 0 {
            return Ok(());
        }
        ensure!(begun.elapsed() < PATIENCE, "{waiting} messages still wait");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
}

/// How many rooms the bot has made for each person, by its marks on the homeserver.
///
/// # Errors
/// When the homeserver's database cannot be read.
pub fn rooms_made(synapse: &Synapse) -> Result<BTreeMap<String, usize>> {
    let database = rusqlite::Connection::open(synapse.folder().join("homeserver.db"))?;
    database.busy_timeout(Duration::from_secs(10))?;
    let mut rows = database.prepare(
        "SELECT json FROM event_json JOIN state_events USING (event_id) WHERE state_events.type = 'org.hearth.direct'",
    )?;
    let mut made = BTreeMap::new();
    for json in rows.query_map((), |row| row.get::<_, String>(0))? {
        let event: Value = serde_json::from_str(&json?)?;
        *made.entry(text(&event, "/content/person").to_owned()).or_default() += 1;
    }
    Ok(made)
}

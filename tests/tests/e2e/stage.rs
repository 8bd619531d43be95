//! What most end-to-end tests begin with: a homeserver, a lead with a lobby and a leads' room, and the bot in both.

use std::{io::Write as _, path::Path, time::Duration};

use hearth_tests::{
    bot::{Bot, PASSWORD, Setup},
    member::{Heard, Member, NewRoom},
    python::Python,
    synapse::{Options, RateLimits, Synapse},
};

/// The lab's program, which is the bot and the worker too.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_hearth-demo");

/// How long anything may take that should happen soon.
pub const SOON: Duration = Duration::from_secs(60);

/// A running community.
pub struct Community {
    pub python: Python,
    pub synapse: Synapse,
    pub bot: Bot,
    pub lead: Member,
    pub lobby: String,
    pub leads: String,
    // Last, so that everything has ended when it goes.
    pub folder: tempfile::TempDir,
}

/// How a community differs from the usual.
#[derive(Clone, Copy, Default)]
pub struct Wishes {
    /// Whether its rooms are encrypted.
    pub encrypted: bool,
    /// Whether its homeserver limits rates, as Synapse does unless told otherwise.
    pub limited: bool,
    /// Whether the homeserver's log names every request.
    pub requests: bool,
    /// Whether the homeserver has a bridge.
    pub bridge: bool,
    /// The version of all rooms there; the homeserver's own choice where it is empty.
    pub version: &'static str,
}

impl Community {
    /// A homeserver, a lead, a lobby and a leads' room, and the bot at work in both.
    pub async fn begin(wishes: Wishes) -> Self {
        let mut community = Self::prepare(wishes).await;
        community.bot.start().await.unwrap();
        community.settle().await;
        community
    }

    /// The same without starting the bot.
    pub async fn prepare(wishes: Wishes) -> Self {
        let python = Python::ready().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let rate_limits = if wishes.limited { RateLimits::Defaults } else { RateLimits::Lifted };
        let options = Options {
            rate_limits,
            requests: wishes.requests,
            bridge: wishes.bridge,
            version: wishes.version,
            ..Options::default()
        };
        let synapse = Synapse::start(&python, &folder.path().join("synapse"), options).await.unwrap();
        let lead = synapse.register("lea", "secret").await.unwrap();
        synapse.register("hearth", PASSWORD).await.unwrap();
        let user = synapse.user_id("hearth");
        let room =
            NewRoom { encrypted: wishes.encrypted, version: wishes.version, invite: &[&user], ..NewRoom::default() };
        let lobby = lead.create_room(&NewRoom { name: "Lobby", public: true, ..room.clone() }).await.unwrap();
        let leads = lead.create_room(&NewRoom { name: "Leads", public: false, ..room }).await.unwrap();
        let bot = bot(folder.path(), &synapse, "bot").await;
        Self { python, synapse, bot, lead, lobby, leads, folder }
    }

    /// Waits for the bot to be in its rooms and tells it which is which.
    pub async fn settle(&mut self) {
        let bot = self.synapse.user_id("hearth");
        for room in [self.lobby.clone(), self.leads.clone()] {
            for _ in 0..300 {
                if self.lead.joined_members(&room).await.unwrap().contains(&bot) {
                    break;
                }
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
        self.ask(&self.lobby.clone(), "!hearth settings community lobby here").await;
        self.ask(&self.leads.clone(), "!hearth settings community leads-room here").await;
        self.lead.forget_heard().await.unwrap();
    }

    /// The lead says something, and the bot's next answer in that room.
    pub async fn ask(&mut self, room: &str, text: &str) -> Heard {
        let bot = self.synapse.user_id("hearth");
        let asked = self.lead.say(room, text).await.unwrap();
        self.lead
            .wait_for(SOON, |heard| {
                heard.room == room
                    && heard.sender() == bot
                    && heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked.as_str()
            })
            .await
            .unwrap()
    }

    /// How many messages the activity log holds.
    pub fn messages_logged(&self) -> i64 {
        let path = self.bot.data().join("activity.db");
        let log = hearth_log::open_read_only(&path).unwrap();
        log.query_row("SELECT count(*) FROM activity WHERE kind = 0", (), |row| row.get(0)).unwrap()
    }

    /// What the bot has said in a room, in order.
    pub async fn said_by_bot(&self, room: &str) -> Vec<String> {
        let bot = self.synapse.user_id("hearth");
        let events = self.lead.read_all(room).await.unwrap();
        events
            .iter()
            .filter(|event| event["sender"] == bot.as_str() && event["type"] == "m.room.message")
            .filter_map(|event| event["content"]["body"].as_str().map(String::from))
            .collect()
    }
}

impl Drop for Community {
    /// A test that fails says what the bot had to say.
    fn drop(&mut self) {
        if std::thread::panicking() {
            let _ = writeln!(std::io::stderr().lock(), "the bot's log:\n{}", self.bot.printed());
        }
    }
}

/// The bot's answer to something that somebody says.
pub async fn ask(member: &mut Member, room: &str, bot: &str, text: &str) -> String {
    let asked = member.say(room, text).await.unwrap();
    answer(member, bot, &asked).await
}

/// The bot's answer to a message.
async fn answer(member: &mut Member, bot: &str, asked: &str) -> String {
    let answers = |heard: &Heard| {
        heard.sender() == bot && heard.event["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == asked
    };
    member.wait_for(SOON, answers).await.unwrap().body().to_owned()
}

/// Waits until the bot is in a room.
pub async fn comes(member: &Member, room: &str, bot: &str) {
    for _ in 0..300 {
        if member.joined_members(room).await.unwrap().iter().any(|one| one == bot) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    panic!("the bot does not come");
}

/// The bot, set up in a folder of its own.
pub async fn bot(folder: &Path, synapse: &Synapse, name: &str) -> Bot {
    let setup = Setup {
        homeserver: &synapse.url(),
        user: &synapse.user_id("hearth"),
        community: "Testers",
        lead: &synapse.user_id("lea"),
        rooms: &[],
        zone: "UTC",
        encrypt_direct_rooms: false,
    };
    Bot::init(Path::new(PROGRAM), &folder.join(name), &setup).await.unwrap()
}

/// How often a text stands in a file, as bytes; in one that is not there, never.
pub fn bytes_with(path: &Path, text: &str) -> usize {
    let bytes = std::fs::read(path).unwrap_or_default();
    bytes.windows(text.len()).filter(|window| *window == text.as_bytes()).count()
}

/// How many keys of what is sealed there are in a bot's data.
pub fn keys_in(data: &Path) -> usize {
    let files = std::fs::read_dir(data.join("sealed")).into_iter().flatten();
    files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "key")).count()
}

//! What the story stands on: a homeserver, a community with a past, and the bot.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use hearth_bot::clock::Clock;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use serde_json::Value;

use super::ears::{SOON, ask};
use super::keep::Keepsake;
use super::names::{BOT_NAME, COMMUNITY};
use super::terminal::Terminal;
use crate::bot::{self, Bot, Setup};
use crate::history::{History, ROOMS};
use crate::member::{Heard, Member, NewRoom, text};
use crate::python::Python;
use crate::replay::{PASSWORD, Replayed, Stage as Rooms};
use crate::synapse::{Options, Synapse};

/// The bot's account.
const BOT: &str = "hearth";
/// Where [`ROOMS`] lists the lobby.
pub(super) const LOBBY: usize = 0;

/// What must be ended, whatever happens.
#[derive(Debug)]
pub(super) struct Ground {
    folder: PathBuf,
    seed: u64,
    synapse: Option<Synapse>,
    bot: Option<Bot>,
}

impl Ground {
    pub fn new(folder: &Path, seed: u64) -> Self {
        Self { folder: folder.to_owned(), seed, synapse: None, bot: None }
    }

    /// Installs and starts Synapse, brings the invented past into it, and sets the bot up meanwhile.
    pub async fn prepare(&mut self, terminal: &mut Terminal) -> Result<Stage<'_>> {
        let bar = terminal.wait("looking for Synapse");
        let mut announced = false;
        let python = Python::with_synapse(|progress| {
            if !announced && progress.total > 0 {
                announced = true;
                bar.println("   … installing Synapse, once");
            }
            bar.set_message(match progress.total {
                0 => progress.phase.clone(),
                total => format!("{}: {} of {total} packages", progress.phase, progress.done),
            });
        })
        .await?;
        terminal.begin("starting Synapse");
        let synapse = Synapse::start(
            &python,
            &self.folder.join("synapse"),
            Options { other_times: true, ..Options::for_replay() },
        )
        .await?;
        let synapse = self.synapse.insert(synapse);
        terminal.done("Synapse", &format!("a private Synapse answers at {}", synapse.url()));

        terminal.wait("registering people");
        let zone = local_zone();
        let now = Clock::default().now();
        let days = LastDays::before(now, &zone)?;
        let history = History::invent(self.seed, days.evening, &zone);
        // What the past does not date, such as the opening of a room, stands at its beginning, or after what was last there.
        let begins = history.events.first().context("a community of this seed has no past; try another --seed")?.at;
        synapse.set_ahead(Some((begins - now.as_millisecond()) / 1000))?;
        let rooms = Rooms::set(synapse, &history).await?;
        synapse.register(BOT, bot::PASSWORD).await?.set_display_name(BOT_NAME).await?;
        let people = history.people.len();
        terminal.done("people", &format!("{people} people, {} rooms, and an account for the bot", ROOMS.len() + 1));

        let total = history.events.len();
        let bar = terminal.begin_counted("replaying two years of talk", "about a minute", total as u64);
        let url = synapse.url();
        let setup = Setup {
            homeserver: &url,
            user: &synapse.user_id(BOT),
            community: COMMUNITY,
            lead: &synapse.user_id(&history.people[0].localpart),
            rooms: &[],
            zone: zone.iana_name().unwrap_or("UTC"),
            encrypt_direct_rooms: false,
        };
        let program = std::env::current_exe().context("cannot tell where this program lies")?;
        let folder = self.folder.join("bot");
        // The homeserver and this program keep a processor each busy, but not all the time.
        let (replayed, bot) = tokio::try_join!(
            rooms.play(&history, |done, _| bar.set_position(done)),
            Bot::init(&program, &folder, &setup)
        )?;
        let bot = self.bot.insert(bot);
        terminal.done("history", &format!("{total} joins, messages, reactions and votes, each with its own time"));

        terminal.wait("restarting Synapse for people");
        synapse.restart_with(Options { other_times: true, ..Options::for_people() }).await?;
        let lead = synapse.login(&history.people[0].localpart, PASSWORD).await?;
        terminal.lap("restart");
        let room = replayed.rooms[LOBBY].clone();
        Ok(Stage { bot_id: synapse.user_id(BOT), synapse, bot, history, replayed, zone, lead, room, days })
    }

    /// Starts homeserver and bot of an earlier demo again. Returns the homeserver's address.
    pub async fn reopen(&mut self, terminal: &mut Terminal) -> Result<String> {
        let bar = terminal.wait("looking for Synapse");
        let python = Python::with_synapse(|progress| bar.set_message(progress.phase.clone())).await?;
        terminal.wait("starting Synapse");
        let synapse = Synapse::start(&python, &self.folder.join("synapse"), Options::for_people()).await?;
        let url = synapse.url();
        self.synapse = Some(synapse);
        terminal.done("Synapse", &format!("Synapse answers at {url}"));
        terminal.wait("hearth-bot run");
        let program = std::env::current_exe().context("cannot tell where this program lies")?;
        self.bot.insert(Bot::open(&program, &self.folder.join("bot"), COMMUNITY)).start().await?;
        terminal.done("bot", "hearth-bot run: ready");
        Ok(url)
    }

    /// The end of what the programs wrote, for whoever looks for a mistake.
    pub fn last_words(&self) -> String {
        let Some(bot) = &self.bot else { return String::new() };
        let printed = bot.printed();
        let mut lines: Vec<String> = printed.lines().rev().take(8).map(|line| format!("  {line}")).collect();
        lines.push("The bot's last words:".to_owned());
        lines.reverse();
        lines.join("\n")
    }

    /// Ends the bot in order, then the homeserver.
    pub async fn end(mut self) {
        if let Some(mut bot) = self.bot.take()
            && bot.stop().await.is_err()
        {
            let _ = bot.kill9().await;
        }
        if let Some(mut synapse) = self.synapse.take() {
            let _ = synapse.kill9().await;
        }
        // What was cut short in the middle is being killed; let it go before its folder does.
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// When it is to the people in the lobby, before it is now: nothing stands there at a time that is still to come, and days
/// go forwards.
#[derive(Debug, Clone, Copy)]
pub(super) struct LastDays {
    /// The bot comes, and a newcomer.
    pub evening: Timestamp,
    /// The last ten o'clock, the day after it.
    pub morning: Timestamp,
}

impl LastDays {
    fn before(now: Timestamp, zone: &TimeZone) -> Result<Self> {
        let ten = Time::constant(10, 0, 5, 0);
        let today = now.to_zoned(zone.clone()).date();
        let at = |date: Date, time: Time| anyhow::Ok(date.to_datetime(time).to_zoned(zone.clone())?.timestamp());
        let day = if at(today, ten)? <= now { today } else { today.yesterday()? };
        Ok(Self { evening: at(day.yesterday()?, Time::constant(18, 0, 0, 0))?, morning: at(day, ten)? })
    }
}

/// The machine's time zone, where it has a name.
fn local_zone() -> TimeZone {
    let zone = TimeZone::system();
    match zone.iana_name() {
        None | Some("Etc/UTC") => TimeZone::UTC,
        Some(_) => zone,
    }
}

/// The community and the bot, ready to act.
#[derive(Debug)]
pub(super) struct Stage<'a> {
    pub synapse: &'a Synapse,
    pub bot: &'a mut Bot,
    pub bot_id: String,
    pub history: History,
    pub replayed: Replayed,
    pub zone: TimeZone,
    /// The first of those who lead.
    pub lead: Member,
    /// Where people look back and meet; the lobby, until [`Stage::open_room`].
    pub room: String,
    /// When what happens in the lobby happens.
    pub days: LastDays,
}

impl Stage<'_> {
    /// The bot is invited, reads the past, and is told which room is which.
    pub async fn move_in(&mut self, terminal: &mut Terminal) -> Result<()> {
        terminal.wait("inviting the bot");
        let ahead = self.days.evening.duration_since(Clock::default().now());
        self.synapse.set_ahead(Some(ahead.as_secs()))?;
        for room in self.replayed.rooms.iter().chain([&self.replayed.leads_room]) {
            self.lead.invite(room, &self.bot_id).await.context("the bot could not be invited")?;
        }
        terminal.begin("hearth-bot backfill: the bot reads the past through the homeserver");
        let output = tokio::time::timeout(Duration::from_secs(300), self.bot.command(&["backfill"]).output())
            .await
            .context("`hearth-bot backfill` took more than five minutes")??;
        fs::write(self.bot.data().with_file_name("backfill.log"), &output.stderr)?;
        if !output.status.success() {
            bail!("`hearth-bot backfill` failed: {}", String::from_utf8_lossy(&output.stderr).trim());
        }
        let words = String::from_utf8_lossy(&output.stdout);
        terminal.done("backfill", &format!("hearth-bot backfill: {}", words.trim().trim_end_matches('.')));
        terminal.wait("hearth-bot run");
        self.turn_clock(Some(self.days.evening)).await?;
        self.lead.forget_heard().await?;
        terminal.done("start", "hearth-bot run: ready");
        terminal.aside(
            "The demo turns clocks: to bot and people it is the evening before, and what they say stands there.",
        );
        let name = self.lead_name().to_owned();
        terminal.tell(&format!("{name}, who leads, fits it to the community, in the lobby:"));
        self.tell_bot(terminal, "!hearth settings community lobby here").await?;
        let purpose = "!hearth settings welcome purpose \"We help each other to test better.\"";
        self.tell_bot(terminal, purpose).await?;
        self.tell_bot(terminal, "!hearth settings icebreakers room-rhythm daily 10:00").await?;
        terminal.lap("settings");
        Ok(())
    }

    /// The lead opens a room for what is played in the past: in a room that has a past already, days would alternate.
    pub async fn open_room(&mut self, name: &str) -> Result<()> {
        let room = NewRoom { name, public: true, invite: &[&self.bot_id], ..NewRoom::default() };
        self.room = self.lead.create_room(&room).await?;
        let (room, bot) = (self.room.clone(), self.bot_id.clone());
        let enters = |heard: &Heard| {
            heard.room == room && heard.sender() == bot && text(&heard.event, "/content/membership") == "join"
        };
        self.lead.wait_for(SOON, enters).await.context("the bot did not come into the new room").map(drop)
    }

    /// The lead gives a command in the lobby, and the bot answers.
    async fn tell_bot(&mut self, terminal: &mut Terminal, command: &str) -> Result<()> {
        let name = self.lead_name().to_owned();
        terminal.speech(&name, command, 2);
        terminal.wait("");
        let lobby = self.lobby().to_owned();
        let answer = ask(&mut self.lead, &self.bot_id, &lobby, command).await?;
        terminal.speech(BOT_NAME, &answer, 2);
        Ok(())
    }

    pub fn lead_name(&self) -> &str {
        &self.history.people[0].name
    }

    pub fn lobby(&self) -> &str {
        &self.replayed.rooms[LOBBY]
    }

    /// Members of the lobby who do not lead, those who talk most first.
    pub fn members(&self) -> Vec<usize> {
        let everybody = self.history.members_at_end(LOBBY);
        everybody.into_iter().filter(|who| !self.history.people[*who].lead).collect()
    }

    /// Logs a member in.
    pub async fn enter(&self, who: usize) -> Result<Member> {
        self.synapse.login(&self.history.people[who].localpart, PASSWORD).await
    }

    /// Starts the bot again with its clock at `when`, or right where that is `None`.
    pub async fn turn_clock(&mut self, when: Option<Timestamp>) -> Result<()> {
        self.bot.stop().await?;
        let Some(when) = when else {
            self.synapse.set_ahead(None)?;
            return self.bot.start().await;
        };
        let ahead: SignedDuration = when.duration_since(Clock::default().now());
        // What the bot says then stands at that time, and after what it answers.
        self.synapse.set_ahead(Some(ahead.as_secs()))?;
        let sign = if ahead.is_negative() { "-" } else { "" };
        self.bot.start_with(&[&format!("--ahead={sign}PT{}S", ahead.as_secs().abs())]).await
    }

    /// A day and hour, by the community's clock, of the last month that is reported by now: three days after its end.
    pub fn last_month(&self, day: i8, hour: i8) -> Result<Timestamp> {
        let settles = SignedDuration::from_hours(72);
        let this = (Clock::default().now() - settles).to_zoned(self.zone.clone()).date().first_of_month();
        let day = this.checked_sub(1.month())?.with().day(day).build()?;
        Ok(day.at(hour, 0, 0, 0).to_zoned(self.zone.clone())?.timestamp())
    }

    /// In each room days go forwards, and none is still to come: whoever looks around speaks after all that was said.
    pub async fn days_go_forwards(&self) -> Result<()> {
        let now = Clock::default().now().as_millisecond();
        for room in self.replayed.rooms.iter().chain([&self.replayed.leads_room, &self.room]) {
            let mut last = None;
            for event in self.lead.read_all(room).await? {
                let at = event.get("origin_server_ts").and_then(Value::as_i64).context("an event without a time")?;
                let day = Timestamp::from_millisecond(at)?.to_zoned(self.zone.clone()).date();
                if last > Some(day) || at > now {
                    bail!("in {room} something stands at {day} that is not its day: {event}");
                }
                last = Some(day);
            }
        }
        Ok(())
    }

    /// What is to be known to come back.
    pub fn keepsake(&self, page: &Path) -> Keepsake {
        let leads = self.history.people.iter().filter(|one| one.lead).map(|one| one.localpart.clone()).collect();
        let member = self.members().first().map(|who| self.history.people[*who].localpart.clone());
        Keepsake { leads, member: member.unwrap_or_default(), page: page.to_owned() }
    }
}

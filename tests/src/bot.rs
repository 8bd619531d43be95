//! The bot under test: a process of its own, with a data folder of its own, started, stopped and killed at will.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};

use anyhow::{Context as _, bail};
use hearth_shared::pseudonym::Pseudonym;
use tokio::process::{Child, ChildStdin, Command};

/// The bot's password in every test.
pub const PASSWORD: &str = "hearth-password";

/// Set for a bot that shall end when its standard input does, as it does when whoever started it dies.
pub(crate) const LIFELINE: &str = "HEARTH_LAB_LIFELINE";

/// How far ahead of the machine's clock a bot runs, for the worker that it starts: both have one time.
pub(crate) const AHEAD: &str = "HEARTH_LAB_AHEAD";

/// The bot of one test or demo.
#[derive(Debug)]
pub struct Bot {
    program: PathBuf,
    folder: PathBuf,
    community: String,
    /// What `init` printed.
    introduced: String,
    child: Option<Child>,
    /// The running bot ends when this closes: with its [`Bot`], and with a lab that is killed.
    lifeline: Option<ChildStdin>,
}

/// What the operator says about the community.
#[derive(Clone, Debug)]
pub struct Setup<'a> {
    /// Where the homeserver answers.
    pub homeserver: &'a str,
    /// The bot's user id; registered already, with [`PASSWORD`].
    pub user: &'a str,
    /// The community's name.
    pub community: &'a str,
    /// Who leads it first.
    pub lead: &'a str,
    /// Its rooms, by id, as far as the operator lists them.
    pub rooms: &'a [String],
    /// Its zone.
    pub zone: &'a str,
    /// Whether direct rooms are encrypted.
    pub encrypt_direct_rooms: bool,
}

impl Bot {
    /// Sets a bot up with `hearth-bot init`. `program` is the lab's own program, which is bot and worker too.
    ///
    /// # Errors
    /// Where `init` fails: what it printed.
    pub async fn init(program: &Path, folder: &Path, setup: &Setup<'_>) -> anyhow::Result<Self> {
        fs::create_dir_all(folder)?;
        let mut bot = Self::open(program, folder, setup.community);
        let output = bot
            .command(&["init"])
            .args(["--homeserver", setup.homeserver, "--user", setup.user, "--community", setup.community])
            .args(["--zone", setup.zone, "--lead", setup.lead])
            .env("HEARTH_PASSWORD", PASSWORD)
            .output()
            .await?;
        if !output.status.success() {
            bail!("init failed: {}", String::from_utf8_lossy(&output.stderr));
        }
        bot.introduced = String::from_utf8_lossy(&output.stdout).into_owned();
        bot.configure(|text| {
            let worker = format!("worker = [{program:?}, \"worker\"]\n", program = program.display().to_string());
            let text =
                text.replace("worker = []\n", &worker).replace("\nrooms = []", &format!("\nrooms = {:?}", setup.rooms));
            text.replace(
                "encrypt-direct-rooms = true",
                &format!("encrypt-direct-rooms = {}", setup.encrypt_direct_rooms),
            )
        })?;
        Ok(bot)
    }

    /// The recovery key that `init` showed, once.
    #[must_use]
    pub fn recovery_key(&self) -> Option<&str> {
        self.introduced.lines().skip_while(|line| !line.contains("Recovery key")).nth(2).map(str::trim)
    }

    /// A bot that was set up in `folder` before.
    pub fn open(program: &Path, folder: &Path, community: &str) -> Self {
        Self {
            program: program.to_owned(),
            folder: folder.to_owned(),
            community: community.to_owned(),
            introduced: String::new(),
            child: None,
            lifeline: None,
        }
    }

    /// Changes `hearth.toml`.
    ///
    /// # Errors
    /// Where the file cannot be read or written.
    pub fn configure(&self, change: impl FnOnce(String) -> String) -> anyhow::Result<()> {
        let path = self.folder.join("hearth.toml");
        Ok(fs::write(&path, change(fs::read_to_string(&path)?))?)
    }

    /// The bot's data folder.
    pub fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// The file that what the bot prints goes to.
    pub fn log(&self) -> PathBuf {
        self.folder.join("bot.log")
    }

    /// A command of the bot, to be run to its end.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.program);
        command
            .arg("bot")
            .args(arguments)
            .arg("--config")
            .arg(self.folder.join("hearth.toml"))
            .stdin(Stdio::null())
            .kill_on_drop(true);
        command
    }

    /// Starts the bot, and waits until it has caught up and is ready.
    ///
    /// # Errors
    /// Where it stops by itself, or is not ready within a minute: the end of its log.
    pub async fn start(&mut self) -> anyhow::Result<()> {
        self.start_with(&[]).await
    }

    /// Starts the bot with further arguments to `run`.
    ///
    /// # Errors
    /// See [`Self::start`].
    pub async fn start_with(&mut self, arguments: &[&str]) -> anyhow::Result<()> {
        let seen = self.printed().matches("ready").count();
        self.spawn(arguments)?;
        for _ in 0..600 {
            if self.printed().matches("ready").count() > seen {
                return Ok(());
            }
            if let Some(status) = self.child.as_mut().map(Child::try_wait).transpose()?.flatten() {
                bail!("the bot stopped ({status}): {}", self.printed());
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the bot is not ready after a minute: {}", self.printed())
    }

    /// Starts the bot without waiting for it.
    ///
    /// # Errors
    /// Where the process cannot be started.
    pub fn spawn(&mut self, arguments: &[&str]) -> anyhow::Result<()> {
        let log = fs::File::options().create(true).append(true).open(self.log())?;
        let mut command = self.command(&["run"]);
        command.args(arguments).stdout(log.try_clone()?).stderr(log);
        command.stdin(Stdio::piped()).env(LIFELINE, "stdin");
        let mut words = arguments.iter().flat_map(|argument| argument.split('='));
        if let Some(ahead) = words.find(|word| *word == "--ahead").and_then(|_| words.next()) {
            command.env(AHEAD, ahead);
        }
        let mut child = command.spawn().context("the bot cannot be started")?;
        self.lifeline = child.stdin.take();
        self.child = Some(child);
        Ok(())
    }

    /// What the bot has printed so far.
    pub fn printed(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// Ends the bot at once, as a crash would.
    ///
    /// # Errors
    /// Where the process cannot be ended.
    pub async fn kill9(&mut self) -> anyhow::Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Asks the bot to stop, and waits until it has. Gives its exit code.
    ///
    /// # Errors
    /// Where it does not stop within half a minute.
    pub async fn stop(&mut self) -> anyhow::Result<Option<i32>> {
        let Some(mut child) = self.child.take() else { return Ok(None) };
        if let Some(id) = child.id() {
            Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
        }
        let status =
            tokio::time::timeout(Duration::from_secs(30), child.wait()).await.context("the bot does not stop")??;
        Ok(status.code())
    }

    /// Waits until the bot has printed a text, in this run or an earlier one.
    ///
    /// # Errors
    /// Where it has not within a minute: the end of its log.
    pub async fn wait_until_printed(&self, text: &str) -> anyhow::Result<()> {
        for _ in 0..1200 {
            if self.printed().contains(text) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("the bot has not said `{text}` within a minute: {}", self.printed())
    }

    /// What the activity log calls somebody in the community that [`Self::init`] was told of.
    ///
    /// # Errors
    /// Where the key of the pseudonyms cannot be read.
    pub fn pseudonym(&self, user_id: &str) -> anyhow::Result<Pseudonym> {
        let key = hearth_log::key::open_or_create(&self.data().join("pseudonym.key"))?;
        Ok(key.for_community(&self.community).person(user_id))
    }

    /// The process id, while it runs.
    pub fn id(&self) -> Option<u32> {
        self.child.as_ref().and_then(Child::id)
    }
}

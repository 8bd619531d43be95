//! Logs from anywhere: exports of Slack, Element and Mattermost, and plain CSV, into the activity log.
//!
//! The way of an act: [`archive`] (which files there are) → [`records`] (one record after another) → [`slack`],
//! [`element`], [`mattermost`] or [`csv`] (what it means) → [`intake`] (checked, pseudonymised, written once). Everything
//! is one transaction: an import that is interrupted leaves the log as it was. What an export cannot know is judged by
//! [`evidence`]. No text, and no user id, gets further than the importer that reads it.

pub mod account;
pub mod archive;
pub mod csv;
pub mod element;
pub mod evidence;
pub mod intake;
pub mod mattermost;
pub mod records;
pub mod slack;
pub mod text;

use std::{
    fmt, fs,
    io::Write as _,
    path::{Path, PathBuf},
};
use strum::VariantArray as _;

use clap::{Args, ValueEnum, builder::NonEmptyStringValueParser};
use hearth_shared::{
    activity::{Capabilities, Capability, OpenError, write::Writer},
    bots::Pattern,
    lock::{self, LockError},
    pseudonym::{Key, KeyError},
};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use rusqlite::{ErrorCode, OptionalExtension as _};

use account::{Account, Problem, counted};
use archive::{Archive, ArchiveError};
use evidence::{Attendance, Format, settle};
use intake::{Intake, Settled, Source, Terms};

/// What to import, from where, into what.
#[derive(Args, Clone, Debug)]
pub struct Import {
    /// What made the export
    #[arg(value_enum)]
    pub from: Origin,
    /// The export: a folder, a .zip, a .tar.gz, or a file (.gz or not)
    pub path: PathBuf,
    /// The activity log; it is made where there is none
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// The community's name in the log
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub community: String,
    /// What the export can know (replies,threads,reactions,joins,edits) [default: judged by what it holds]
    #[arg(long, value_name = "LIST")]
    pub capabilities: Option<Capabilities>,
    /// The key that makes pseudonyms of people, the same as the bot's [default: pseudonym.key beside the log; made
    /// where there is none]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Stop at the first thing that cannot be imported, and write nothing
    #[arg(long)]
    pub strict: bool,
    /// The name of this origin in the log; ids of two origins are never mixed up [default: what made the export]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub source: Option<String>,
    /// The id of somebody who is a bot, where the export does not say so; may be given several times
    #[arg(long = "bot", value_name = "ID")]
    pub bots: Vec<String>,
    /// The ids of bots, as a pattern in which `*` stands for anything, like `@_irc_*:example.org`; may be given several
    /// times
    #[arg(long = "bots", value_name = "PATTERN")]
    pub bot_patterns: Vec<Pattern>,
    /// Import private channels, too; direct messages never are
    #[arg(long)]
    pub private_channels: bool,
    /// The longest record that is read, in bytes, or like 64K, 16M
    #[arg(long, value_name = "SIZE", default_value_t = MAX_RECORD, value_parser = bytes)]
    pub max_record: u64,
}

impl Import {
    /// What the command line asks for where it says no more than it must.
    pub fn new(from: Origin, path: &Path, db: &Path, community: &str) -> Self {
        Self {
            from,
            path: path.to_owned(),
            db: db.to_owned(),
            community: community.to_owned(),
            capabilities: None,
            key: None,
            strict: false,
            source: None,
            bots: Vec::new(),
            bot_patterns: Vec::new(),
            private_channels: false,
            max_record: MAX_RECORD,
        }
    }
}

/// The longest record that is read unless more is asked for, bytes: far more than anybody writes.
const MAX_RECORD: u64 = 16 << 20;

/// What made an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// Slack's own export
    Slack,
    /// "Export chat" of Element, as JSON
    Element,
    /// Mattermost's bulk export, JSONL
    Mattermost,
    /// ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars,mentions
    Csv,
}

impl Origin {
    /// Its name, which is also the default name of its source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Element => "element",
            Self::Mattermost => "mattermost",
            Self::Csv => "csv",
        }
    }

    fn format(self) -> Format {
        match self {
            Self::Slack => slack::FORMAT,
            Self::Element => element::FORMAT,
            Self::Mattermost => mattermost::FORMAT,
            Self::Csv => csv::FORMAT,
        }
    }
}

/// Why nothing was imported, or not everything.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The export cannot be read.
    #[error("{0}. Nothing was imported")]
    Archive(#[from] ArchiveError),
    /// The log cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// The key cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// The log was written with a key that is not there.
    #[error(
        "the people in {db} are pseudonyms made with a key, and {key} does not exist: a new key would make strangers of them. Give the bot's pseudonym.key with --key"
    )]
    KeyMissing {
        /// The log.
        db: PathBuf,
        /// Where the key should be.
        key: PathBuf,
    },
    /// The log was written with another key.
    #[error(
        "{key} is not the key with which the people in {db} were made pseudonyms: they would become strangers, and who opted out would be counted. Give the bot's pseudonym.key with --key. Nothing was imported"
    )]
    OtherKey {
        /// The log.
        db: PathBuf,
        /// The key.
        key: PathBuf,
    },
    /// The log's folder is missing.
    #[error("the folder {0} does not exist; make it, or name a log in another one with --db")]
    NoFolder(PathBuf),
    /// The bot is at work on the log.
    #[error("{0}. A log has one writer: stop the bot, import, and start it again")]
    Running(#[from] LockError),
    /// The log cannot be written.
    #[error("{}", unwritten(db, source))]
    Write {
        /// The log.
        db: PathBuf,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The first problem ended it.
    #[error("{0}. Nothing was imported, because of --strict")]
    Strict(Problem),
    /// There is nothing in the export.
    #[error("{}", nothing(path, account))]
    Nothing {
        /// The export.
        path: PathBuf,
        /// What was wrong with it.
        account: Box<Account>,
    },
    /// Something was imported and something was not.
    #[error("{} could not be imported, the rest was:\n{}", counted(.0.problems, "thing", "things"), .0.problem_lines())]
    Partly(Box<Account>),
    /// Standard output is gone.
    #[error("standard output cannot be written: {0}")]
    Print(std::io::Error),
}

impl From<rusqlite::Error> for ImportError {
    fn from(source: rusqlite::Error) -> Self {
        Self::Write { db: PathBuf::new(), source }
    }
}

impl ImportError {
    /// The exit code: 3 where a part was imported, 1 where nothing was.
    pub fn code(&self) -> u8 {
        if matches!(self, Self::Partly(_)) { 3 } else { 1 }
    }
}

fn unwritten(db: &Path, error: &rusqlite::Error) -> String {
    let db = db.display();
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => {
            format!("the disk is full. Nothing was imported, and {db} is as it was; make room and import again")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            format!("{db} is being written by another program. Nothing was imported; try again when that is done")
        }
        _ => format!("{db} could not be written: {error}. Nothing was imported, and it is as it was"),
    }
}

fn nothing(path: &Path, account: &Account) -> String {
    let nothing = format!("there is nothing to import in {}, and nothing was written", path.display());
    if account.problems == 0 { nothing } else { format!("{nothing}:\n{}", account.problem_lines()) }
}

/// What an import came to, in words.
#[derive(Debug)]
pub struct Done {
    /// What happened, and where from.
    pub settled: Settled,
    format: Format,
    heading: String,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Settled { account, sources, capabilities, .. } = &self.settled;
        write!(f, "{}\n{account}", self.heading)?;
        for (source, knows) in sources.iter().zip(capabilities).filter(|(source, _)| source.is_used()) {
            let known = if *knows == Capabilities::default() { "nothing".to_owned() } else { knows.to_string() };
            write!(f, "\n`{}` knows, besides messages: {}", source.name, known.replace(',', ", "))?;
            for lacking in Capability::VARIANTS.iter().copied().filter(|one| !knows.has(*one)) {
                write!(f, "\n  not {}: {}", lacking.name(), self.why_not(source, lacking))?;
            }
        }
        Ok(())
    }
}

impl Done {
    fn why_not(&self, source: &Source, lacking: Capability) -> String {
        if source.evidence.found(self.format, &self.settled.attendance).has(lacking) {
            let earlier = source.before.is_some_and(|before| !before.has(lacking));
            let why = if earlier { "what was imported before lacks them" } else { "from before there were any" };
            return format!("{why}; --capabilities says otherwise");
        }
        source.evidence.lacks(lacking, self.format, &self.settled.attendance)
    }
}

/// Imports, and says on standard output what came of it.
///
/// # Errors
/// [`ImportError`], in words for the operator; [`ImportError::Partly`] where some of it could not be imported.
pub fn run(import: &Import, now: Timestamp) -> Result<(), ImportError> {
    // Drawn on a terminal only.
    let bar = ProgressBar::new(0);
    if let Ok(style) =
        ProgressStyle::with_template("{wide_bar} {bytes}/{total_bytes}, {bytes_per_sec}, {msg}, {eta} left")
    {
        bar.set_style(style);
    }
    let done = import_with(import, now, bar.clone());
    bar.finish_and_clear();
    let done = done?;
    match writeln!(std::io::stdout().lock(), "{done}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => return Err(ImportError::Print(error)),
        _ => {}
    }
    if done.settled.account.problems > 0 {
        return Err(ImportError::Partly(Box::new(done.settled.account)));
    }
    Ok(())
}

/// So much of the log SQLite keeps at hand while it imports, in KiB: ids come in no order, and with its own 2 MiB it would
/// write and read the same pages again and again.
const PAGES_KIB: i64 = 64 << 10;

/// Imports everything that can be, in one transaction.
///
/// # Errors
/// [`ImportError`] where nothing was written.
pub fn import_with(import: &Import, now: Timestamp, bar: ProgressBar) -> Result<Done, ImportError> {
    let archive = Archive::open(&import.path, bar.clone())?;
    let folder = match import.db.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    };
    if !folder.is_dir() {
        return Err(ImportError::NoFolder(folder.to_owned()));
    }
    // The folder of a bot has a lock.
    let _lock = if folder.join(lock::NAME).exists() { Some(lock::take(folder)?) } else { None };
    let (is_new, key, key_is_new) = (!import.db.exists(), key_path(import), !key_path(import).exists());
    let imported = Writer::open(&import.db)
        .map_err(ImportError::from)
        .and_then(|mut writer| import_into(&mut writer, import, &archive, now, bar));
    if is_new && imported.is_err() {
        for ending in ["", "-wal", "-shm"] {
            let mut file = import.db.clone().into_os_string();
            file.push(ending);
            let _ = fs::remove_file(file);
        }
    }
    // A key that was made for this import names nobody yet.
    if key_is_new && imported.is_err() {
        let _ = fs::remove_file(key);
    }
    imported.map_err(|error| match error {
        ImportError::Write { source, .. } => ImportError::Write { db: import.db.clone(), source },
        error => error,
    })
}

fn import_into(
    writer: &mut Writer,
    import: &Import,
    archive: &Archive,
    now: Timestamp,
    bar: ProgressBar,
) -> Result<Done, ImportError> {
    writer.db().pragma_update(None, "cache_size", -PAGES_KIB)?;
    let name = import.source.clone().unwrap_or_else(|| import.from.name().to_owned());
    let key = key(writer, import)?;
    let is_new = writer
        .db()
        .query_row("SELECT 1 FROM community WHERE name = ?1", [&import.community], |_| Ok(()))
        .optional()?
        .is_none();
    let source = |name: String| {
        let before = known(writer, &import.community, &name)?;
        Ok::<_, rusqlite::Error>(Source::new(name, before))
    };
    let sources = [source(name.clone())?, source(format!("{name} before threads"))?];
    let format = import.from.format();
    let settled = writer.transact(|batch| {
        if !batch.is_keyed(&key)? {
            return Err(ImportError::OtherKey { db: import.db.clone(), key: key_path(import) });
        }
        let community = batch.community(&import.community)?;
        let key = batch.key_of(community, &key)?;
        let mut intake = Intake::new(
            batch,
            Terms {
                key,
                community,
                sources,
                worldwide_ids: import.from == Origin::Element,
                bots: import.bots.iter().cloned().collect(),
                bot_patterns: import.bot_patterns.clone(),
                now,
                strict: import.strict,
                bar,
            },
        );
        match import.from {
            Origin::Slack => slack::read(archive, import, &mut intake)?,
            Origin::Element => element::read(archive, import, &mut intake)?,
            Origin::Mattermost => mattermost::read(archive, import, &mut intake)?,
            Origin::Csv => csv::read(archive, import, &mut intake)?,
        }
        if intake.account.acts() == 0 && intake.account.erased == 0 {
            return Err(ImportError::Nothing {
                path: import.path.clone(),
                account: Box::new(std::mem::take(&mut intake.account)),
            });
        }
        intake.finish(|number, source, attendance| knows(import, format, number, source, attendance))
    })?;
    let named = if is_new { " (which is new there)" } else { "" };
    let heading =
        format!("{} → {}, community `{}`{named}", import.path.display(), import.db.display(), import.community);
    Ok(Done { settled, format, heading })
}

/// What a source knows from now on. What is from before there were threads cannot know any.
fn knows(import: &Import, format: Format, number: usize, source: &Source, attendance: &Attendance) -> Capabilities {
    let knows = import
        .capabilities
        .unwrap_or_else(|| settle(source.evidence.found(format, attendance), source.before, &source.evidence));
    let threadless = |one: &Capability| number == 1 && matches!(one, Capability::Replies | Capability::Threads);
    knows.iter().filter(|one| !threadless(one)).collect()
}

/// Where the key is, or is to be.
fn key_path(import: &Import) -> PathBuf {
    import.key.clone().unwrap_or_else(|| import.db.with_file_name("pseudonym.key"))
}

/// The key, made where there is none, unless the log holds pseudonyms of another one.
fn key(writer: &Writer, import: &Import) -> Result<Key, ImportError> {
    let path = key_path(import);
    let has_people = || writer.db().prepare("SELECT 1 FROM person LIMIT 1")?.exists(());
    if !path.exists() && has_people()? {
        return Err(ImportError::KeyMissing { db: import.db.clone(), key: path });
    }
    Ok(Key::open_or_create(&path)?)
}

/// What earlier imports said that a source knows. What this build cannot read counts as nothing.
fn known(writer: &Writer, community: &str, source: &str) -> rusqlite::Result<Option<Capabilities>> {
    let found: Option<String> = writer
        .db()
        .query_row(
            "SELECT s.capabilities FROM source s JOIN community c ON c.id = s.community
             WHERE c.name = ?1 AND s.name = ?2",
            [community, source],
            |row| row.get(0),
        )
        .optional()?;
    Ok(found.map(|text| text.parse().unwrap_or_default()))
}

/// A size: `1000`, `64K`, `16M`, `1G`.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err("a size is a number of bytes, or like 64K, 16M, 1G".to_owned()),
    };
    match digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift)) {
        Some(size) if size > 0 => Ok(size),
        _ => Err("a size is a number of bytes, or like 64K, 16M, 1G".to_owned()),
    }
}

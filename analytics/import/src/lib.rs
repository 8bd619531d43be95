//! Logs from anywhere: exports of chats, forums and mailing lists, and plain CSV, into the activity log.
//!
//! The way of an act: [`archive`] (which files there are) → [`records`] and [`paths`] (one record after another) → a module
//! a source, like [`slack`] or [`zulip`] (what it means; [`reach`] says what is taken) → [`intake`] (checked, pseudonymised,
//! written once). Everything is one transaction: an import that is interrupted leaves the log as it was. What an export
//! cannot know is judged by [`evidence`]. No text, and no user id, gets further than the importer that reads it.

pub mod account;
mod adopted;
pub mod alike;
pub mod archive;
pub mod csv;
pub mod discord;
pub mod discourse;
mod discourse_forum;
mod discourse_tables;
pub mod element;
mod encoding;
pub mod error;
pub mod evidence;
pub mod help;
pub mod html;
pub mod intake;
pub mod irc;
pub mod irc_line;
pub mod mail;
mod mail_text;
pub mod mattermost;
mod moved;
pub mod options;
pub mod paths;
mod people;
pub mod reach;
pub mod reading;
pub mod records;
pub mod references;
pub mod rocketchat;
pub mod slack;
pub mod teams;
pub mod telegram;
mod telegram_escapes;
pub mod text;
pub mod told;
pub mod zulip;
mod zulip_archive;
mod zulip_words;

use std::{
    fmt, fs,
    io::Write as _,
    path::{Path, PathBuf},
};
use strum::VariantArray as _;

use hearth_log::write::Writer;
use hearth_shared::{
    activity::{Capabilities, Capability},
    lock,
    pseudonym::Key,
};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use rusqlite::OptionalExtension as _;

pub use self::{
    error::ImportError,
    options::{Import, Origin},
};
use account::Account;
use archive::Archive;
use evidence::{Attendance, Format, settle};
use intake::{Intake, Settled, Source, Terms};

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
    if import.undo && import.from != Origin::People {
        return Err(ImportError::Undo);
    }
    // A table of people may be all that there is.
    let path = if import.from == Origin::People { import.people_table().unwrap_or(&import.path) } else { &import.path };
    let archive = Archive::open(path, bar.clone())?;
    if import.from == Origin::People && !import.db.exists() {
        return Err(ImportError::NoLog(import.db.clone()));
    }
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
    let format = format_of(import.from);
    let mut settled = writer.transact(|batch| {
        if !batch.is_keyed(&key)? {
            return Err(ImportError::OtherKey { db: import.db.clone(), key: key_path(import) });
        }
        let community = batch.community(&import.community)?;
        let key = batch.key_of(community, &key)?;
        let mut account = Account::default();
        if let Some(table) = import.people_table() {
            people::join(batch, community, &key, table, (import.undo, import.strict), &mut account)?;
        }
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
                account,
            },
        )?;
        match import.from {
            Origin::Slack => slack::read(archive, import, &mut intake)?,
            Origin::Element => element::read(archive, import, &mut intake)?,
            Origin::Mattermost => mattermost::read(archive, import, &mut intake)?,
            Origin::Zulip => zulip::read(archive, import, &mut intake)?,
            Origin::Discord => discord::read(archive, import, &mut intake)?,
            Origin::Discourse => discourse::read(archive, import, &mut intake)?,
            Origin::Rocketchat => rocketchat::read(archive, import, &mut intake)?,
            Origin::Telegram => telegram::read(archive, import, &mut intake)?,
            Origin::Teams => teams::read(archive, import, &mut intake)?,
            Origin::Mail => mail::read(archive, import, &mut intake)?,
            Origin::Irc => irc::read(archive, import, &mut intake)?,
            Origin::Csv => csv::read(archive, import, &mut intake)?,
            Origin::People => {}
        }
        if import.from == Origin::Csv
            && let Some(dangling) = intake.dangling()?
            && dangling.is_most()
        {
            return Err(ImportError::Dangling { path: import.path.clone(), dangling: Box::new(dangling) });
        }
        if import.from != Origin::People && intake.account.acts() == 0 && intake.account.erased == 0 {
            return Err(ImportError::Nothing {
                path: import.path.clone(),
                account: Box::new(std::mem::take(&mut intake.account)),
            });
        }
        intake.finish(|number, source, attendance| knows(import, format, number, source, attendance))
    })?;
    settled.account.notes.extend(moved::hint(writer.db(), &import.community)?);
    let named = if is_new { " (which is new there)" } else { "" };
    let path = if import.from == Origin::People { import.people_table().unwrap_or(&import.path) } else { &import.path };
    let heading = format!("{} → {}, community `{}`{named}", path.display(), import.db.display(), import.community);
    Ok(Done { settled, format, heading })
}

/// What is to be said before anybody believes a log in which one source ends as another begins, and nobody is in both.
///
/// # Errors
/// Where the log cannot be read.
pub fn moved_hint(db: &Path, community: &str) -> Result<Option<String>, ImportError> {
    let log = hearth_log::open_read_only(db)?;
    Ok(moved::hint(&log, community)?)
}

/// What a source knows from now on. What is from before there were threads cannot know any.
fn knows(import: &Import, format: Format, number: usize, source: &Source, attendance: &Attendance) -> Capabilities {
    let knows = import
        .capabilities
        .unwrap_or_else(|| settle(source.evidence.found(format, attendance), source.before, &source.evidence));
    let threadless = |one: &Capability| number == 1 && matches!(one, Capability::Replies | Capability::Threads);
    knows.iter().filter(|one| !threadless(one)).collect()
}

/// What an export of this origin can know.
fn format_of(origin: Origin) -> Format {
    match origin {
        Origin::Slack => slack::FORMAT,
        Origin::Element => element::FORMAT,
        Origin::Mattermost => mattermost::FORMAT,
        Origin::Zulip => zulip::FORMAT,
        Origin::Discord => discord::FORMAT,
        Origin::Discourse => discourse::FORMAT,
        Origin::Rocketchat => rocketchat::FORMAT,
        Origin::Telegram => telegram::FORMAT,
        Origin::Teams => teams::FORMAT,
        Origin::Mail => mail::FORMAT,
        Origin::Irc => irc::FORMAT,
        Origin::Csv | Origin::People => csv::FORMAT,
    }
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
    Ok(hearth_log::key::open_or_create(&path)?)
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

//! Why an import failed, in words for the operator.

use std::path::{Path, PathBuf};

use hearth_log::{OpenError, key::KeyError};
use hearth_shared::lock::LockError;
use rusqlite::ErrorCode;

use crate::{
    account::{Account, Problem, counted},
    archive::ArchiveError,
    references::Dangling,
};

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
    /// Nothing says which conversations are public.
    #[error(
        "{path} does not say which conversations are public: {list} is missing. If all of these are, import them with --unlisted-channels: {most}. Nothing was imported"
    )]
    Unlisted {
        /// The export.
        path: PathBuf,
        /// What would say it.
        list: &'static str,
        /// The first conversations.
        most: String,
    },
    /// Most answers lead nowhere.
    #[error(
        "{} of {} answers point at no event of {path}: their ids look like `{}`, those of events like `{}`. Write both in one way, leave empty what points at nothing, and put `topic:` before the name of a topic. Nothing was imported",
        .dangling.lost, .dangling.of, .dangling.shape, .dangling.event
    )]
    Dangling {
        /// The export.
        path: PathBuf,
        /// How many, and what they look like.
        dangling: Box<Dangling>,
    },
    /// The table of people cannot be read.
    #[error("{table} is no table of people, an old id and a new one a row: {why}. Nothing was imported")]
    People {
        /// The table.
        table: PathBuf,
        /// What is wrong with it.
        why: String,
    },
    /// There is no log in which people could be joined.
    #[error("{0} does not exist: import a log first, or give --people with the import")]
    NoLog(PathBuf),
    /// Something else than people cannot be taken back.
    #[error("--undo takes back what a table of people said, and nothing else: `import people TABLE --undo`")]
    Undo,
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

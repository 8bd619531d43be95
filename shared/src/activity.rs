//! The activity log: its vocabulary, its table, and how a program opens it.
//!
//! A row says who did what, where and when, and what it answered: never what was said. The bot is its writer;
//! the worker opens it read-only.

pub mod write;

use std::{fmt, path::Path, str::FromStr, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use strum::{EnumString, FromRepr, IntoStaticStr, VariantArray};

/// What somebody did. The number is what the table holds; it never changes its meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, FromRepr, VariantArray)]
#[repr(u8)]
pub enum Kind {
    /// Wrote a message (edits and redacted messages are not in the log).
    Message = 0,
    /// Reacted to a message, `reply_to`.
    Reaction = 1,
    /// Joined a room they were not in.
    Join = 2,
    /// Left a room, or was removed.
    Leave = 3,
    /// Was welcomed by the bot.
    Welcomed = 10,
    /// Was given an icebreaker prompt.
    Prompted = 11,
    /// Answered a prompt; `value`: the prompt's number in its deck.
    PromptAnswered = 12,
    /// Passed on a prompt, which is as good.
    PromptPassed = 13,
    /// Opened a poll.
    PollOpened = 20,
    /// Took part in a poll; what they chose is not here.
    PollVoted = 21,
    /// Closed a poll; `value`: how many took part.
    PollClosed = 22,
    /// Started a retrospective and facilitates it. The retrospective is the act's own event: what belongs to it
    /// points there with `thread`.
    RetroStarted = 30,
    /// Took part in the retrospective `thread`: once a person, and never with what.
    RetroJoined = 31,
    /// Published a theme of the retrospective `thread`; `value`: the theme's row in the table `label`.
    RetroTheme = 32,
    /// Closed the retrospective `thread`; `value`: how many took part.
    RetroClosed = 33,
    /// One answer to "was this worth your time?" in the retrospective or meeting `thread`; `value`: 0 to 4. The bot's
    /// act, because whose answer it was is not known.
    RotiAnswered = 34,
    /// Took an action on, in the retrospective or meeting `thread`; `value`: the day it is due, days since 1970-01-01.
    /// The bot's act where nobody has taken it on.
    ActionAgreed = 35,
    /// Did the action `reply_to`.
    ActionDone = 36,
    /// Dropped the action `reply_to`.
    ActionDropped = 37,
    /// Led the retrospective or meeting `thread`; `value`: [`FACILITATOR`] or [`NOTE_TAKER`].
    Facilitated = 38,
    /// A meeting began. What belongs to it points at this act with `thread`. The bot's act.
    MeetingHeld = 40,
    /// Was at the meeting `thread`.
    Attended = 41,
    /// Opened a sealed ballot.
    BallotOpened = 50,
    /// Took part in the sealed ballot `thread`; what they chose is not here.
    BallotCast = 51,
    /// Closed the sealed ballot `thread`; `value`: how many took part.
    BallotClosed = 52,
    /// Proposed a topic. The topic is the act's own event.
    TopicProposed = 60,
    /// Took part in a vote on topics; for which is not here.
    TopicVoted = 61,
    /// Marked the topic `reply_to` as discussed.
    TopicDiscussed = 62,
    /// Asked for a pulse; `value`: how many people were asked. What belongs to it points at this act with `thread`.
    PulseAsked = 70,
    /// One answer on the sheet `reply_to` of the pulse `thread`; `value`: the item's number times 100, and its score.
    /// Items 1 to 7 ask how safe people feel, 1 to 7; item 8 whether they would recommend the community, 0 to 10. The
    /// bot's act: a sheet has no name.
    PulseAnswered = 71,
    /// Changed the community's purpose or rules. The bot's act.
    RulesChanged = 80,
    /// Began to serve the community. The bot's act, once.
    HearthStarted = 81,
}

/// What a [`Kind::Facilitated`] is worth: they facilitated.
pub const FACILITATOR: i64 = 1;
/// What a [`Kind::Facilitated`] is worth: they took notes.
pub const NOTE_TAKER: i64 = 2;

impl Kind {
    /// The number in the table.
    pub fn code(self) -> i64 {
        self as i64
    }

    /// The kind of a number in the table, or `None` for one from a newer Hearth.
    pub fn from_code(code: i64) -> Option<Self> {
        u8::try_from(code).ok().and_then(Self::from_repr)
    }
}

/// What an origin of rows can know. A measure that needs what a source lacks is n/a, never 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, EnumString, IntoStaticStr, VariantArray)]
#[strum(serialize_all = "kebab-case")]
pub enum Capability {
    /// Which message a message answers.
    Replies,
    /// Which thread a message is in.
    Threads,
    /// Reactions.
    Reactions,
    /// Joins and leaves, completely: who is a member is known.
    Joins,
    /// Edits, so that they are not counted as messages.
    Edits,
}

impl Capability {
    /// Its name in the table and in reports.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// A set of capabilities, written `replies,threads`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Capabilities(u8);

impl Capabilities {
    /// All of them: what the bot sees in a room it is in.
    pub fn all() -> Self {
        Capability::VARIANTS.iter().copied().collect()
    }

    /// Whether the set holds `capability`.
    pub fn has(self, capability: Capability) -> bool {
        self.0 & 1 << capability as u8 != 0
    }

    /// What both know.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// The capabilities in the set, in a fixed order.
    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::VARIANTS.iter().copied().filter(move |capability| self.has(*capability))
    }
}

impl FromIterator<Capability> for Capabilities {
    fn from_iter<I: IntoIterator<Item = Capability>>(set: I) -> Self {
        Self(set.into_iter().fold(0, |bits, capability| bits | 1 << capability as u8))
    }
}

impl fmt::Display for Capabilities {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<_> = self.iter().map(Capability::name).collect();
        f.write_str(&names.join(","))
    }
}

/// A word is no capability.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not something a source can know; choose from replies, threads, reactions, joins, edits")]
pub struct CapabilityError(String);

impl FromStr for Capabilities {
    type Err = CapabilityError;

    fn from_str(text: &str) -> Result<Self, CapabilityError> {
        text.split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(|word| Capability::from_str(word).map_err(|_| CapabilityError(word.to_owned())))
            .collect()
    }
}

/// The version of the log's layout that this build reads and writes (`PRAGMA user_version`).
pub const VERSION: i64 = 4;

/// What brings a log from one version to the next; the first makes it.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("../migrations/001_activity.sql"),
    include_str!("../migrations/002_labels.sql"),
    include_str!("../migrations/003_key.sql"),
    include_str!("../migrations/004_backfill.sql"),
];

/// Why an activity log could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no such file, or it is not an activity log.
    #[error(
        "{path} cannot be read as an activity log: {source}. Restore it from a backup, or move it away to begin a new log"
    )]
    Sqlite {
        /// The file.
        path: String,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// There is such a file, and SQLite cannot make what it needs beside it.
    #[error(
        "{path} cannot be read where it is: a log needs a folder in which two small files can be made beside it. Give this program the right to write in the folder, or copy the log, with `-wal` if there is one, to another"
    )]
    Folder {
        /// The file.
        path: String,
    },
    /// The file was written by a newer Hearth.
    #[error("{path} was written by a newer Hearth (layout {found}, this one knows {VERSION}); upgrade this program")]
    Newer {
        /// The file.
        path: String,
        /// Its layout's version.
        found: i64,
    },
    /// The file was written by an older Hearth, and a reader changes nothing.
    #[error(
        "{path} was written by an older Hearth (layout {found}, this one knows {VERSION}); start the bot once, or import into it, to bring it up to date"
    )]
    Older {
        /// The file.
        path: String,
        /// Its layout's version.
        found: i64,
    },
    /// The key that is here is not the one with which the log was written.
    #[error(
        "pseudonym.key is not the key with which {path} was written: with it, everybody in the log would be a stranger, and who opted out would be logged again. Put back the key that was there before, from its backup; or move {path} away to begin a new log"
    )]
    OtherKey {
        /// The log.
        path: String,
    },
    /// The file is a database without the log's tables.
    #[error("{path} is not an activity log; point to the activity.db that hearth-bot or an import made")]
    NotALog {
        /// The file.
        path: String,
    },
}

/// Opens the log for writing, making or migrating it where needed: WAL, erasures overwritten.
///
/// # Errors
/// [`OpenError`] where the file is no log, is newer than this build, or SQLite refuses.
pub fn open(path: &Path) -> Result<Connection, OpenError> {
    let shown = path.display().to_string();
    let failed = |source| OpenError::Sqlite { path: shown.clone(), source };
    let mut db = Connection::open(path).map_err(failed)?;
    #[cfg(unix)]
    let _ = std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600));
    db.busy_timeout(Duration::from_secs(30)).map_err(failed)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
    )
    .map_err(failed)?;
    let found = version(&db).map_err(failed)?;
    if found > VERSION {
        return Err(OpenError::Newer { path: shown, found });
    }
    if found == 0 && tables(&db).map_err(failed)? > 0 {
        return Err(OpenError::NotALog { path: shown });
    }
    let transaction = db.transaction().map_err(failed)?;
    for (migration, to) in MIGRATIONS.iter().zip(1..).filter(|(_, to)| *to > found) {
        transaction.execute_batch(migration).map_err(failed)?;
        transaction.pragma_update(None, "user_version", to).map_err(failed)?;
    }
    transaction.commit().map_err(failed)?;
    Ok(db)
}

/// Opens the log for reading only, as the worker does.
///
/// # Errors
/// [`OpenError`] where there is no such file, it is no log, or it is newer than this build.
pub fn open_read_only(path: &Path) -> Result<Connection, OpenError> {
    let shown = path.display().to_string();
    let failed = |source: rusqlite::Error| match source.sqlite_error_code() {
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly) if path.is_file() => {
            OpenError::Folder { path: shown.clone() }
        }
        _ => OpenError::Sqlite { path: shown.clone(), source },
    };
    let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
        .map_err(failed)?;
    db.busy_timeout(Duration::from_secs(30)).map_err(failed)?;
    match version(&db).map_err(failed)? {
        0 => Err(OpenError::NotALog { path: shown }),
        found if found > VERSION => Err(OpenError::Newer { path: shown, found }),
        VERSION => Ok(db),
        found => Err(OpenError::Older { path: shown, found }),
    }
}

fn tables(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))
}

fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", (), |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_keeps_its_number() {
        for &kind in Kind::VARIANTS {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
        }
        assert_eq!((Kind::Leave.code(), Kind::TopicDiscussed.code(), Kind::HearthStarted.code()), (3, 62, 81));
        assert_eq!(Kind::from_code(999), None);
    }

    #[test]
    fn capabilities_are_written_as_they_are_read() {
        let set: Capabilities = "threads, replies".parse().unwrap();
        assert_eq!(set.to_string(), "replies,threads");
        assert!("gossip".parse::<Capabilities>().unwrap_err().to_string().contains("gossip"));
        assert_eq!(Capabilities::all().and(set), set);
    }

    #[test]
    fn a_log_of_every_earlier_layout_is_brought_up_to_date() {
        for layout in 1..VERSION {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("activity.db");
            let old = Connection::open(&path).unwrap();
            for migration in &MIGRATIONS[..usize::try_from(layout).unwrap()] {
                old.execute_batch(migration).unwrap();
            }
            old.pragma_update(None, "user_version", layout).unwrap();
            drop(old);
            let db = open(&path).unwrap();
            assert_eq!(version(&db).unwrap(), VERSION, "from {layout}");
            assert_eq!(db.query_row("SELECT count(*) FROM backfill", (), |row| row.get::<_, i64>(0)).unwrap(), 0);
            drop(db);
            assert!(open_read_only(&path).is_ok(), "from {layout}");
        }
    }

    #[test]
    fn a_newer_log_and_a_stranger_are_refused_in_words() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("activity.db");
        open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        assert!(matches!(open(&path), Err(OpenError::Newer { found: 99, .. })));
        assert!(matches!(open_read_only(&path), Err(OpenError::Newer { found: 99, .. })));

        let stranger = dir.path().join("other.db");
        Connection::open(&stranger).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
        assert!(matches!(open(&stranger), Err(OpenError::NotALog { .. })));
        assert!(matches!(open_read_only(&stranger), Err(OpenError::NotALog { .. })));
        assert!(matches!(open_read_only(&dir.path().join("none.db")), Err(OpenError::Sqlite { .. })));
    }
}

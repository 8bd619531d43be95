//! The activity log as a file: its tables, how a program opens it, and its one writer.
//!
//! What a row can say stands in [`hearth_shared::activity`]. The bot, or an import, writes with [`write::Writer`]; the
//! worker opens the file with [`open_read_only`]. [`key`] keeps the secret under which people are pseudonyms in it.
//! [`database`] is how any file of Hearth's is opened for writing.

pub mod database;
pub mod key;
pub mod sources;
pub mod write;

use std::path::Path;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use database::{DatabaseError, layout};

/// The version of the log's layout that this build reads and writes (`PRAGMA user_version`).
pub const VERSION: i64 = 6;

/// What brings a log from one version to the next; the first makes it.
const MIGRATIONS: [&str; VERSION as usize] = [
    include_str!("../migrations/001_activity.sql"),
    include_str!("../migrations/002_labels.sql"),
    include_str!("../migrations/003_key.sql"),
    include_str!("../migrations/004_backfill.sql"),
    include_str!("../migrations/005_announcements.sql"),
    include_str!("../migrations/006_moved.sql"),
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

/// Opens the log for writing, making or migrating it where needed: see [`database::open`].
///
/// # Errors
/// [`OpenError`] where the file is no log, is newer than this build, or SQLite refuses.
pub fn open(path: &Path) -> Result<Connection, OpenError> {
    let shown = || path.display().to_string();
    database::open(path, &MIGRATIONS).map_err(|error| match error {
        DatabaseError::Sqlite(source) => OpenError::Sqlite { path: shown(), source },
        DatabaseError::Newer(found) => OpenError::Newer { path: shown(), found },
        DatabaseError::Stranger => OpenError::NotALog { path: shown() },
    })
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
    db.busy_timeout(database::PATIENCE).map_err(failed)?;
    match layout(&db).map_err(failed)? {
        0 => Err(OpenError::NotALog { path: shown }),
        found if found > VERSION => Err(OpenError::Newer { path: shown, found }),
        VERSION => Ok(db),
        found => Err(OpenError::Older { path: shown, found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_of_every_earlier_layout_is_brought_up_to_date() {
        for old in 1..VERSION {
            let dir = tempfile::tempdir().unwrap();
            let path = dir.path().join("activity.db");
            let log = Connection::open(&path).unwrap();
            for migration in &MIGRATIONS[..usize::try_from(old).unwrap()] {
                log.execute_batch(migration).unwrap();
            }
            log.pragma_update(None, "user_version", old).unwrap();
            drop(log);
            let db = open(&path).unwrap();
            assert_eq!(layout(&db).unwrap(), VERSION, "from {old}");
            assert_eq!(db.query_row("SELECT count(*) FROM backfill", (), |row| row.get::<_, i64>(0)).unwrap(), 0);
            drop(db);
            assert!(open_read_only(&path).is_ok(), "from {old}");
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

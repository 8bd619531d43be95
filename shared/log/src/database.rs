//! How a database of Hearth's is opened for writing: private, overwritten where something is erased, and brought up to
//! date. The log and the bot's own memory are opened alike.

use std::{path::Path, time::Duration};

use rusqlite::Connection;

/// How long whoever meets somebody else's lock waits for it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// SQLite refused, or the file is no database.
    #[error(transparent)]
    Sqlite(#[from] rusqlite::Error),
    /// It was written by a newer Hearth, in this layout.
    #[error("it was written by a newer Hearth (layout {0})")]
    Newer(i64),
    /// It is a database of another program.
    #[error("it is a database of another program")]
    Stranger,
}

/// Opens a database for writing, and makes it where there is none. Each of `migrations` brings it from the layout of its
/// place in the list (`PRAGMA user_version`) to the next, all in one transaction.
///
/// # Errors
/// [`DatabaseError`] where the file is another program's, is newer than the last migration, or SQLite refuses.
pub fn open(path: &Path, migrations: &[&str]) -> Result<Connection, DatabaseError> {
    let mut db = Connection::open(path)?;
    #[cfg(unix)]
    let _ = std::fs::set_permissions(path, std::os::unix::fs::PermissionsExt::from_mode(0o600));
    db.busy_timeout(PATIENCE)?;
    db.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA foreign_keys = ON;",
    )?;
    let found = layout(&db)?;
    if found == 0 && db.query_row("SELECT count(*) > 0 FROM sqlite_schema", (), |row| row.get(0))? {
        return Err(DatabaseError::Stranger);
    }
    let Some(missing) = usize::try_from(found).ok().and_then(|found| migrations.get(found..)) else {
        return Err(DatabaseError::Newer(found));
    };
    let transaction = db.transaction()?;
    for (migration, to) in missing.iter().zip(found + 1..) {
        transaction.execute_batch(migration)?;
        transaction.pragma_update(None, "user_version", to)?;
    }
    transaction.commit()?;
    Ok(db)
}

/// The layout's version.
pub(crate) fn layout(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA user_version", (), |row| row.get(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    const FIRST: &str = "CREATE TABLE one (x);";
    const SECOND: &str = "CREATE TABLE two (x REFERENCES one (x));";

    #[test]
    fn what_is_erased_is_overwritten_and_nobody_else_may_read_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        let db = open(&path, &[FIRST]).unwrap();
        let set = |name: &str| db.query_row(&format!("PRAGMA {name}"), (), |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!((set("secure_delete"), set("synchronous"), set("foreign_keys")), (1, 2, 1));
        let journal: String = db.query_row("PRAGMA journal_mode", (), |row| row.get(0)).unwrap();
        assert_eq!(journal, "wal");
        #[cfg(unix)]
        assert_eq!(
            std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions()) & 0o777,
            0o600
        );
    }

    #[test]
    fn a_database_is_brought_up_to_date_once_and_a_failed_step_leaves_it_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        drop(open(&path, &[FIRST]).unwrap());
        assert!(matches!(open(&path, &[FIRST, SECOND, "CREATE NONSENSE"]), Err(DatabaseError::Sqlite(_))));
        assert_eq!(layout(&open(&path, &[FIRST]).unwrap()).unwrap(), 1);
        for _ in 0..2 {
            assert_eq!(layout(&open(&path, &[FIRST, SECOND]).unwrap()).unwrap(), 2);
        }
        assert!(matches!(open(&path, &[FIRST]), Err(DatabaseError::Newer(2))));
    }

    #[test]
    fn a_database_of_another_program_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.db");
        Connection::open(&path).unwrap().execute_batch(SECOND).unwrap();
        assert!(matches!(open(&path, &[FIRST]), Err(DatabaseError::Stranger)));
    }
}

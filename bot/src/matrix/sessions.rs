//! Sessions by which keys come, whole or not at all.
//!
//! The SDK keeps a session that somebody begins, and only then, with the rest of what a sync brought, the room keys that
//! came by it. Killed in between it would be given the same message again and could not read it, because the session
//! has used up what opens it: the key, and all that is said under it, would be lost. So a session that was written
//! once, and never again, is taken out before the SDK opens its store: then the message begins it anew. A session that
//! is in use was written a second time, with what came by it or before the first message that went out by it.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tracing::{info, warn};

/// The name that the SDK gives to its store of keys.
const FILE: &str = "matrix-sdk-crypto.sqlite3";

const WATCH: &str = "
    CREATE TABLE IF NOT EXISTS hearth_begun (session_id BLOB PRIMARY KEY NOT NULL) WITHOUT ROWID;
    CREATE TRIGGER IF NOT EXISTS hearth_begins AFTER INSERT ON session BEGIN
        INSERT OR IGNORE INTO hearth_begun VALUES (new.session_id);
    END;
    CREATE TRIGGER IF NOT EXISTS hearth_is_in_use AFTER UPDATE ON session BEGIN
        DELETE FROM hearth_begun WHERE session_id = new.session_id;
    END;";

const UNDO: &str = "
    BEGIN IMMEDIATE;
    DELETE FROM session WHERE session_id IN (SELECT session_id FROM hearth_begun);
    DELETE FROM hearth_begun;
    COMMIT;";

fn file(store: &Path) -> PathBuf {
    store.join(FILE)
}

/// Takes out the sessions that a crash cut off. Call it before the SDK opens the store in this folder.
pub(super) fn undo_cut_off(store: &Path) {
    if let Err(problem) = try_to_undo(&file(store)) {
        warn!("sessions that a crash cut off cannot be taken out: {problem}");
    }
}

fn try_to_undo(file: &Path) -> rusqlite::Result<()> {
    if !file.is_file() {
        return Ok(());
    }
    let store = Connection::open(file)?;
    let watched = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'hearth_begun'";
    if !store.prepare(watched)?.exists(())? {
        return Ok(());
    }
    let begun: i64 = store.query_row("SELECT count(*) FROM hearth_begun", (), |row| row.get(0))?;
    if begun > 0 {
        store.execute_batch(UNDO)?;
        info!("{begun} sessions that a crash cut off are begun anew");
    }
    Ok(())
}

/// Notes from now on which sessions are begun. Call it when the SDK has made its tables.
pub(super) fn watch(store: &Path) {
    let watch = || Connection::open(file(store))?.execute_batch(WATCH);
    if let Err(problem) = watch() {
        warn!("a crash while somebody's first key arrives can lose that key: {problem}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the SDK writes one.
    fn write(store: &Connection, session: &str) {
        store
            .execute(
                "INSERT INTO session (session_id, sender_key, data) VALUES (?1, 'sender', 'pickle')
                 ON CONFLICT (session_id) DO UPDATE SET data = ?1",
                [session.as_bytes()],
            )
            .unwrap();
    }

    fn sessions(store: &Connection) -> Vec<String> {
        let mut all = store.prepare("SELECT CAST(session_id AS TEXT) FROM session ORDER BY 1").unwrap();
        all.query_map((), |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    }

    #[tokio::test]
    async fn a_session_that_was_written_once_is_begun_anew_and_one_in_use_stays() {
        let folder = tempfile::tempdir().unwrap();
        undo_cut_off(folder.path());
        drop(matrix_sdk::SqliteCryptoStore::open(folder.path(), Some("a passphrase")).await.unwrap());
        watch(folder.path());
        watch(folder.path());
        let store = Connection::open(file(folder.path())).unwrap();
        write(&store, "in use");
        write(&store, "in use");
        write(&store, "cut off");
        undo_cut_off(folder.path());
        assert_eq!(sessions(&store), ["in use"]);
        // It comes again, and this time with its key.
        write(&store, "cut off");
        write(&store, "cut off");
        undo_cut_off(folder.path());
        assert_eq!(sessions(&store), ["cut off", "in use"]);
    }
}

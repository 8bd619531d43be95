//! Why the bot's memory could not be used.

use hearth_log::key::KeyError;

/// Why the bot's memory could not be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite refused.
    #[error("bot.db: {0}")]
    Sqlite(#[from] rusqlite::Error),
    /// The file was written by a newer Hearth.
    #[error("{path} was written by a newer Hearth (layout {found}, this one knows {known}); upgrade hearth-bot")]
    Newer {
        /// The file.
        path: String,
        /// Its layout's version.
        found: i64,
        /// The newest that this build knows.
        known: i64,
    },
    /// The file cannot be opened or is something else.
    #[error(
        "{path} cannot be opened as the bot's database: {source}. Restore it from a backup, or move it away to start afresh"
    )]
    Open {
        /// The file.
        path: String,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// The file is another program's.
    #[error("{0} is a database, but not the bot's; move it away, or choose another data folder in hearth.toml")]
    Stranger(String),
    /// A row does not hold what it should.
    #[error("bot.db: {place} cannot be read: {source}. Upgrade hearth-bot, or restore bot.db from a backup")]
    Row {
        /// Which row.
        place: String,
        /// What is wrong with it.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A key of what is sealed cannot be read, made or written.
    #[error("{path} cannot be used for the keys of sealed votes: {source}; it must belong to whoever runs Hearth")]
    Vault {
        /// The file or folder.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The key of the pseudonyms cannot be used.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// Something could not be sealed: its scope has no key, or the system gives no randomness.
    #[error("bot.db: something sealed could not be written")]
    Unsealable,
}

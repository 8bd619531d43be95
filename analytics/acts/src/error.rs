//! Why a log could not be loaded.

use hearth_log::OpenError;
use hearth_shared::activity::CapabilityError;
use polars::prelude::PolarsError;

/// Why a log could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file could not be opened as a log.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no such file.
    #[error("{0} does not exist; --db takes the activity.db that hearth-bot or an import made")]
    Missing(String),
    /// The log was opened but not readable to its end.
    #[error("{path} could not be read: {source}; if the file is damaged, restore it from a backup")]
    Read {
        /// The file.
        path: String,
        /// What SQLite said.
        source: rusqlite::Error,
    },
    /// No community of that name.
    #[error("{path} has no community `{wanted}`; {}", known(.communities))]
    UnknownCommunity {
        /// The file.
        path: String,
        /// The name that was asked for.
        wanted: String,
        /// The names that there are.
        communities: Vec<String>,
    },
    /// A source claims to know what this build has no word for.
    #[error("in {path}, the source `{name}` is described wrongly: {source}")]
    Source {
        /// The file.
        path: String,
        /// The source's name.
        name: String,
        /// What is wrong.
        source: CapabilityError,
    },
    /// The rows could not be made a frame.
    #[error("the acts could not be put together: {0}")]
    Frame(#[from] PolarsError),
}

fn known(communities: &[String]) -> String {
    if communities.is_empty() {
        return "it holds none yet: let the bot run, or import a log first".to_owned();
    }
    format!("it has: {}", communities.join(", "))
}

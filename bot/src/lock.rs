//! One program at a time on the bot's data.

use std::fs::File;

use anyhow::{Context as _, anyhow};
use hearth_shared::lock::{self, LockError};

use crate::config::Config;

/// Takes the lock of the data folder.
///
/// # Errors
/// Where another Hearth holds it, or the folder cannot be used.
pub(crate) fn lock(config: &Config) -> anyhow::Result<File> {
    std::fs::create_dir_all(&config.data)
        .with_context(|| format!("the data folder {} cannot be made", config.data.display()))?;
    lock::take(&config.data).map_err(|error| match error {
        LockError::Held(_) => anyhow!("{error}; stop it first (two on one device would corrupt its keys)"),
        error => error.into(),
    })
}

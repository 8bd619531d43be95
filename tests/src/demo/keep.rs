//! Where the demo's data lie, whether they stay, and what is needed to come back to them.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};
use serde::{Deserialize, Serialize};

use super::terminal::Terminal;

/// What is to be known of a story that was told.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Keepsake {
    /// The accounts of those who lead.
    pub leads: Vec<String>,
    /// The account of one who does not.
    pub member: String,
    /// The report's page.
    pub page: PathBuf,
}

/// Where everything lies.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
    /// Removed at the end, where nobody wants to keep it.
    temporary: Option<tempfile::TempDir>,
}

impl Folder {
    /// The folder that shall be kept, or else one that goes with the demo.
    ///
    /// # Errors
    /// When the folder to be kept holds something else.
    pub fn make(keep: Option<&Path>) -> Result<Self> {
        let Some(keep) = keep else {
            let temporary = tempfile::Builder::new().prefix("hearth-demo-").tempdir();
            let temporary = temporary.context("cannot make a temporary folder; `--keep DIR` uses one of yours")?;
            return Ok(Self { path: temporary.path().to_owned(), temporary: Some(temporary) });
        };
        fs::create_dir_all(keep)
            .with_context(|| format!("cannot make the folder {}; choose another with --keep", keep.display()))?;
        let folder = Self { path: keep.canonicalize()?, temporary: None };
        if !folder.keepsake_file().exists() && fs::read_dir(&folder.path)?.next().is_some() {
            bail!(
                "{} is neither empty nor a demo that was told to its end; name another folder with --keep, or empty \
                 this one",
                folder.path.display()
            );
        }
        Ok(folder)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn is_kept(&self) -> bool {
        self.temporary.is_none()
    }

    /// Where the report's page stays: in the folder, if that is kept, else below cargo's target folder.
    pub fn rescue(&self, page: &Path) -> Result<PathBuf> {
        let (Some(_), Some(month)) = (&self.temporary, page.parent()) else { return Ok(page.to_owned()) };
        let safe =
            crate::python::target_folder()?.join("hearth-demo/report").join(month.file_name().unwrap_or_default());
        fs::create_dir_all(&safe).with_context(|| format!("cannot make the folder {}", safe.display()))?;
        for file in fs::read_dir(month)? {
            let file = file?;
            if file.file_type()?.is_file() {
                fs::copy(file.path(), safe.join(file.file_name()))?;
            }
        }
        Ok(safe.join(page.file_name().unwrap_or_default()))
    }

    fn keepsake_file(&self) -> PathBuf {
        self.path.join("hearth-demo.json")
    }

    /// What an earlier demo left here.
    pub fn keepsake(&self) -> Result<Option<Keepsake>> {
        let file = self.keepsake_file();
        if !file.exists() {
            return Ok(None);
        }
        let read = || Ok(serde_json::from_slice(&fs::read(&file)?)?);
        read().map(Some).map_err(|error: anyhow::Error| {
            error.context(format!("{} cannot be read; name a new folder with --keep", file.display()))
        })
    }

    /// Notes that the story is told.
    pub fn keep(&self, keepsake: &Keepsake) -> Result<()> {
        fs::write(self.keepsake_file(), serde_json::to_string_pretty(keepsake)?)
            .with_context(|| format!("cannot write to {}", self.path.display()))
    }

    /// Removes what is not to be kept.
    pub fn end(self, terminal: &mut Terminal) {
        let Some(temporary) = self.temporary else { return };
        if let Err(error) = temporary.close() {
            terminal.error(&format!("{} could not be removed: {error}; you can delete it", self.path.display()));
        }
    }
}

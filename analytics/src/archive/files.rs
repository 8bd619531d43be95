//! The files of one community: in its folder a folder a month, in that a file a table. A table without rows has none.
//! They are rows about people: nobody but their owner may read them.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use hearth_shared::{month::Month, private_file};
use polars::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use strum::IntoEnumIterator as _;

use super::{
    error::{ArchiveError, failed},
    manifest::{Kept, Manifest},
};
use crate::{
    facts::{Past, Table},
    parquet,
};

const MANIFEST: &str = "_manifest.json";

/// A manifest as it is written.
#[derive(Serialize, Deserialize)]
struct Sealed<'a> {
    crc: u32,
    #[serde(borrow)]
    manifest: &'a RawValue,
}

/// One community's folder.
#[derive(Clone, Debug)]
pub(super) struct Files {
    path: PathBuf,
}

impl Files {
    /// The folder at `path`, which need not be there yet.
    pub fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where a new folder is filled before it takes this one's place.
    pub fn fresh(&self) -> Self {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        Self { path: self.path.with_file_name(format!("_new-{name}")) }
    }

    fn file(&self, month: i32, table: &str) -> PathBuf {
        let month = Month::from_ordinal(month).map_or_else(|| month.to_string(), |month| month.to_string());
        self.path.join(format!("month={month}")).join(format!("{table}.parquet"))
    }

    /// Keeps what a month has in a table.
    pub fn keep(&self, kept: &mut Kept, table: Table, rows: &mut DataFrame) -> Result<(), ArchiveError> {
        if rows.height() == 0 {
            return Ok(());
        }
        let bytes = parquet::write(rows)?;
        let file = self.file(kept.month, table.name());
        let folder = file.parent().unwrap_or(&self.path);
        private_file::folder(folder).map_err(failed(folder))?;
        write(&file, &bytes)?;
        kept.tables.insert(table.name().to_owned(), (rows.height(), crc32fast::hash(&bytes)));
        Ok(())
    }

    /// What a month has in a table.
    pub fn scan(&self, kept: &Kept, table: Table) -> PolarsResult<LazyFrame> {
        parquet::scan(&self.file(kept.month, table.name()), table.schema())
    }

    /// How things stand at the end of a month that is kept, or before the log.
    pub fn past(&self, month: Option<&Kept>) -> PolarsResult<Past> {
        let Some(kept) = month else { return Ok(Past::default()) };
        let states = Table::iter().filter(|table| table.is_state() && kept.has(*table));
        let facts = states.map(|table| Ok((table, self.scan(kept, table)?.collect()?)));
        Ok(Past::of(&facts.collect::<PolarsResult<_>>()?))
    }

    /// Removes the files of what was let go of; where one stays, it is in nobody's way.
    pub fn forget(&self, old: &Kept) {
        for table in old.tables.keys() {
            let _ = fs::remove_file(self.file(old.month, table));
        }
    }

    /// Whether every file is as it was written.
    pub fn are_whole(&self, months: &[Kept]) -> bool {
        let is_whole = |month: i32, table: &String, crc: &u32| {
            fs::read(self.file(month, table)).is_ok_and(|bytes| crc32fast::hash(&bytes) == *crc)
        };
        months.iter().all(|kept| kept.tables.iter().all(|(table, (_, crc))| is_whole(kept.month, table, crc)))
    }

    /// What is in the folder, where that was written whole.
    pub fn manifest(&self) -> Option<Manifest> {
        let text = fs::read(self.path.join(MANIFEST)).ok()?;
        let Sealed { crc, manifest } = serde_json::from_slice(&text).ok()?;
        let is_whole = crc32fast::hash(manifest.get().as_bytes()) == crc;
        is_whole.then(|| serde_json::from_str(manifest.get()).ok()).flatten()
    }

    /// Writes what is in the folder.
    pub fn seal(&self, manifest: &Manifest) -> Result<(), ArchiveError> {
        let unwritten = |error: serde_json::Error| failed(&self.path)(error.into());
        let manifest = serde_json::value::to_raw_value(manifest).map_err(unwritten)?;
        let sealed = Sealed { crc: crc32fast::hash(manifest.get().as_bytes()), manifest: &manifest };
        private_file::folder(&self.path).map_err(failed(&self.path))?;
        write(&self.path.join(MANIFEST), &serde_json::to_vec(&sealed).map_err(unwritten)?)
    }

    /// Removes the folder with all that is in it.
    pub fn remove(&self) -> Result<(), ArchiveError> {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&self.path)(error)),
            _ => Ok(()),
        }
    }

    /// Puts another folder in this one's place.
    pub fn replace_with(&self, other: &Self) -> Result<(), ArchiveError> {
        self.remove()?;
        fs::rename(&other.path, &self.path).map_err(failed(&self.path))
    }
}

/// Writes a file about people such that it is there whole, or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), ArchiveError> {
    private_file::write(path, bytes).map_err(failed(path))
}

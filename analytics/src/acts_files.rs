//! Acts as Parquet, for engines that run on more than one machine: a folder a community, in that a folder a month
//! (`OUT/community=Testers/month=2026-10/acts.parquet`), in time order.
//!
//! The columns are those of [`acts`], but for the month, which is in the path as other engines expect it, and one more:
//!
//! | column | type | meaning |
//! |---|---|---|
//! | `begin` | Int64 | when the month begins where the community lives, in milliseconds since 1970 |
//!
//! A name is written in the path as Hive writes it: what is no letter, digit, `-`, `_` or `.` as `%` and two digits a
//! byte. Facts are made of these files by the statements in `sql/`. Nobody but their owner may read them.

use std::path::{Path, PathBuf};

use hearth_shared::{month::Month, private_file};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;

use crate::{
    acts::{ReadError, Shelf, Source, Start},
    archive::escaped,
    facts,
    output::{self, OutputError},
    parquet,
};

/// Why acts could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ActsError {
    /// The log could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A file could not be written.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// A month could not be made a table.
    #[error("the acts could not be written as Parquet: {0}")]
    Table(#[from] PolarsError),
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The community's folder.
    pub folder: PathBuf,
    /// How many acts.
    pub acts: usize,
    /// How many months have acts.
    pub months: usize,
}

/// Writes a community's acts up to `now` into a folder in `out`, which takes the place of what was there once it is
/// whole. A community without acts has an empty folder: who was erased is not left in it.
///
/// # Errors
/// [`ActsError`] where the log cannot be read or a file not be written; what was there before is then still there.
pub fn write(db: &Path, community: &str, zone: &TimeZone, now: Timestamp, out: &Path) -> Result<Written, ActsError> {
    let mut shelf = Shelf::default();
    Source::open(db, community, now)?.read(Start::BEGINNING, zone, &mut shelf)?;
    let (mut acts, mut months) = (0, 0);
    let folder = output::replace(out, &format!("community={}", escaped(community)), private_file::folder, |folder| {
        let Some((first, last)) = shelf.months() else { return Ok(()) };
        for month in first..=last {
            if shelf.has(month) {
                acts += write_month(shelf.take_month(month)?, month, zone, folder)?;
                months += 1;
            }
        }
        Ok::<_, ActsError>(())
    })?;
    Ok(Written { folder, acts, months })
}

/// Writes the acts of one month, and says how many they are.
fn write_month(acts: DataFrame, month: i32, zone: &TimeZone, folder: &Path) -> Result<usize, ActsError> {
    let begin = lit(facts::begin(month, zone)).alias("begin");
    let mut acts = acts.lazy().with_column(begin).drop(cols(["month"])).collect()?;
    let name = Month::from_ordinal(month).map_or_else(|| month.to_string(), |month| month.to_string());
    let folder = folder.join(format!("month={name}"));
    private_file::folder(&folder).map_err(output::failed(&folder))?;
    let path = folder.join("acts.parquet");
    private_file::write(&path, &parquet::write(&mut acts)?).map_err(output::failed(&path))?;
    Ok(acts.height())
}

//! Releases as files that are written once, and reports made of them.

use std::{
    collections::BTreeSet,
    fs::{self, File},
    path::{Path, PathBuf},
};

use hearth_release::{
    claims,
    frozen::{self, FrozenError, Kept},
};
use hearth_shared::{
    lock::{self, LockError},
    month::Month,
    release::Release,
    report::{Experiment, Report},
};

use crate::{experiment::Tried, output::OutputError, releases::Releases};

/// The folder of releases in a folder of reports.
pub const FOLDER: &str = "releases";

/// Why releases could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file cannot be read or written, or is not what was released.
    #[error(transparent)]
    Frozen(#[from] FrozenError),
    /// The folder cannot be made.
    #[error(transparent)]
    Output(#[from] OutputError),
    /// Another program has the folder.
    #[error(transparent)]
    Locked(#[from] LockError),
    /// A table could not be computed.
    #[error("the tables could not be computed: {0}")]
    Tables(#[from] polars::error::PolarsError),
}

/// What a folder of reports has of releases, for one program at a time.
#[derive(Debug)]
pub struct Open {
    folder: PathBuf,
    kept: Kept,
    _lock: File,
}

impl Open {
    /// Whether anything was ever released into it.
    pub fn is_begun(&self) -> bool {
        !self.kept.releases.is_empty() || !self.kept.lost.is_empty()
    }

    /// Whether a month is kept, or was and is lost: where the first that is there names one before it, that was not the
    /// first, and nobody knows how many are lost.
    pub fn has(&self, month: Month) -> bool {
        let is_before = |first: &Release| first.before.is_some() && month < first.month;
        self.kept.lost.contains(&month)
            || self.kept.releases.first().is_some_and(is_before)
            || self.kept.releases.iter().any(|release| release.month == month)
    }
}

/// What was released into a folder of reports. Months in `noted` were released before: what is lost of them is not made
/// again.
///
/// # Errors
/// [`PublishError`] where the folder cannot be read, or another program has it.
pub fn open(out: &Path, noted: &BTreeSet<Month>) -> Result<Open, PublishError> {
    let folder = out.join(FOLDER);
    fs::create_dir_all(&folder).map_err(|source| OutputError::Write { path: folder.clone(), source })?;
    let lock = lock::take(&folder)?;
    let mut kept = frozen::read(&folder)?;
    let there: BTreeSet<Month> = kept.releases.iter().map(|release| release.month).collect();
    kept.lost.extend(noted.difference(&there));
    Ok(Open { folder, kept, _lock: lock })
}

/// All releases of a community, those included that are due now and were not kept yet; and which were kept now, each with
/// the hash of its file.
///
/// # Errors
/// [`PublishError`] where they cannot be kept; what was kept before is still there.
pub fn publish(
    releases: &Releases<'_>,
    open: Open,
    noted: &BTreeSet<Month>,
) -> Result<(Kept, Vec<(Month, String)>), PublishError> {
    let views = releases.views();
    let (there, missing): (Vec<Month>, Vec<Month>) = releases.due().partition(|month| open.has(*month));
    let (folder, mut kept) = (&open.folder, open.kept);
    let known: BTreeSet<Month> = kept.releases.iter().map(|release| release.month).collect();
    kept.lost.extend(there.into_iter().filter(|month| !known.contains(month)));
    let mut fresh = Vec::new();
    for month in missing {
        let before = kept.releases.partition_point(|release| release.month < month);
        let Some(release) = releases.release(&views, month, &kept.releases[..before], &kept.lost)? else { continue };
        let Some(release) = frozen::keep(folder, &release, noted)? else { continue };
        fresh.push((month, frozen::hash(folder, month)?));
        kept.releases.insert(before, release);
    }
    Ok((kept, fresh))
}

/// What would be released now of these months, in their order, without files. The months before them are looked at as far
/// as shares that are gathered need them.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn preview(releases: &Releases<'_>, months: &[Month]) -> polars::error::PolarsResult<Vec<Release>> {
    let views = releases.views();
    let (mut all, nothing): (Vec<Release>, _) = (Vec::new(), BTreeSet::new());
    let mut told = Vec::new();
    for month in releases.due() {
        if months.contains(&month) {
            let Some(release) = releases.release(&views, month, &all, &nothing)? else { continue };
            told.push(release.clone());
            all.push(release);
        } else if months.iter().any(|asked| *asked > month) {
            all.push(releases.shares_alone(month, &all, &nothing));
        }
    }
    Ok(told)
}

/// The report of a month, or `None` where it is not kept.
pub fn report(releases: &[Release], month: Month, tried: Option<&Tried>) -> Option<Report> {
    let index = releases.iter().position(|release| release.month == month)?;
    let mut report = hearth_release::assembly::report(releases, index)?;
    let past = &releases[..=index];
    report.experiment = tried.filter(|tried| tried.since <= month).map(|tried| Experiment {
        what: tried.what.clone(),
        measure: tried.measure.clone(),
        aim: tried.aim,
        since: tried.since,
        outcome: claims::experiment(past, &tried.measure, tried.since),
    });
    Some(report)
}

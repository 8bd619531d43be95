//! Writing a report's folder so that whoever looks finds the old one or the new one, never half of either.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use hearth_shared::report::Report;

use crate::export;

/// Why a report could not be written.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder or a file in it could not be written.
    #[error("{path} cannot be written: {source}; --out takes a folder that may be written to")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The report could not be written as JSON.
    #[error("the report could not be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The measures could not be written as a table.
    #[error("the measures could not be written as a table: {0}")]
    Table(#[from] polars::error::PolarsError),
    /// The page or a picture could not be made.
    #[error(transparent)]
    Pictures(#[from] hearth_reports::Error),
}

/// Writes `report.json`, its measures as tables, the page and the pictures into `out/<month>`, and returns that folder.
///
/// # Errors
/// [`OutputError`] where something cannot be written; what was there before is then still there.
pub fn write(report: &Report, language: &str, out: &Path) -> Result<PathBuf, OutputError> {
    replace(
        out,
        &report.month.to_string(),
        |folder| fs::create_dir_all(folder),
        |folder| {
            let path = folder.join("report.json");
            let mut json = serde_json::to_vec_pretty(report)?;
            json.push(b'\n');
            fs::write(&path, json).map_err(failed(&path))?;
            let path = folder.join("measures.parquet");
            fs::write(&path, export::measures_parquet(report)?).map_err(failed(&path))?;
            let path = folder.join("measures.csv");
            fs::write(&path, export::measures_csv(&[report])?).map_err(failed(&path))?;
            hearth_reports::write(report, language, folder)?;
            Ok(())
        },
    )
}

/// Writes the index of all reports in `folder` and one level below it, and their measures as one `measures.csv`.
///
/// # Errors
/// [`OutputError`] where something cannot be written.
pub fn write_index(folder: &Path, language: &str) -> Result<(), OutputError> {
    let Some(index) = hearth_reports::write_index(folder, language)? else { return Ok(()) };
    let reports: Vec<&Report> = index.reports.iter().collect();
    let (path, fresh) = (folder.join("measures.csv"), folder.join(".measures.csv.new"));
    let written = fs::write(&fresh, export::measures_csv(&reports)?).and_then(|()| fs::rename(&fresh, &path));
    written.map_err(failed(&path))
}

/// Fills a folder beside `out/name` and puts it in the place of `out/name`. `make` makes a folder with those that it lies
/// in, as far as they are not there: it says who may look into it.
pub(crate) fn replace<E: From<OutputError>>(
    out: &Path,
    name: &str,
    make: impl Fn(&Path) -> io::Result<()>,
    fill: impl FnOnce(&Path) -> Result<(), E>,
) -> Result<PathBuf, E> {
    let (place, fresh, old) = (out.join(name), out.join(format!(".{name}.new")), out.join(format!(".{name}.old")));
    make(out).map_err(failed(out))?;
    if !place.exists() && old.exists() {
        // An earlier run was interrupted between the two renames below.
        fs::rename(&old, &place).map_err(failed(&place))?;
    }
    remove(&fresh)?;
    make(&fresh).map_err(failed(&fresh))?;
    if let Err(error) = fill(&fresh).and_then(|()| Ok(settle(&fresh)?)) {
        let _ = fs::remove_dir_all(&fresh);
        return Err(error);
    }
    remove(&old)?;
    if !place.exists() {
        fs::rename(&fresh, &place).map_err(failed(&place))?;
    } else if exchange(&fresh, &place).is_ok() {
        remove(&fresh)?;
    } else {
        fs::rename(&place, &old).map_err(failed(&place))?;
        fs::rename(&fresh, &place).map_err(failed(&place))?;
        remove(&old)?;
    }
    Ok(place)
}

/// Swaps two folders in one step, where the system can.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Waits until every file of a folder, and of the folders in it, is on the disk.
fn settle(folder: &Path) -> Result<(), OutputError> {
    for entry in fs::read_dir(folder).map_err(failed(folder))? {
        let path = entry.map_err(failed(folder))?.path();
        if path.is_dir() {
            settle(&path)?;
        }
        fs::File::open(&path).and_then(|file| file.sync_all()).map_err(failed(&path))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<(), OutputError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(folder)(error)),
        _ => Ok(()),
    }
}

/// Of what the system says about a file or folder: that it cannot be written.
pub(crate) fn failed(path: &Path) -> impl FnOnce(io::Error) -> OutputError + '_ {
    move |source| OutputError::Write { path: path.to_owned(), source }
}

/// Writes lines for whoever ran the program.
///
/// # Errors
/// Where standard output is gone.
pub fn print(text: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{text}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(text: &'static str) -> impl FnOnce(&Path) -> Result<(), OutputError> {
        move |folder| fs::write(folder.join("note"), text).map_err(failed(folder))
    }

    fn make(folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn names(folder: &Path) -> Vec<String> {
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[test]
    fn a_second_report_takes_the_place_of_the_first() {
        let out = tempfile::tempdir().unwrap();
        replace(out.path(), "2026-10", make, note("first")).unwrap();
        let place = replace(out.path(), "2026-10", make, note("second")).unwrap();
        assert_eq!(fs::read_to_string(place.join("note")).unwrap(), "second");
        assert_eq!(names(out.path()), ["2026-10"]);
    }

    #[test]
    fn a_failure_leaves_the_old_report() {
        let out = tempfile::tempdir().unwrap();
        let place = replace(out.path(), "2026-10", make, note("first")).unwrap();
        let fails = |folder: &Path| Err(failed(folder)(io::ErrorKind::StorageFull.into()));
        assert!(replace(out.path(), "2026-10", make, fails).is_err());
        assert_eq!(fs::read_to_string(place.join("note")).unwrap(), "first");
        assert_eq!(names(out.path()), ["2026-10"]);
    }

    #[test]
    fn what_an_interrupted_run_left_is_cleared_away() {
        let out = tempfile::tempdir().unwrap();
        fs::create_dir(out.path().join(".2026-10.new")).unwrap();
        fs::create_dir(out.path().join(".2026-10.old")).unwrap();
        fs::write(out.path().join(".2026-10.old/note"), "old").unwrap();
        let fails = |folder: &Path| Err(failed(folder)(io::ErrorKind::StorageFull.into()));
        assert!(replace(out.path(), "2026-10", make, fails).is_err());
        assert_eq!(fs::read_to_string(out.path().join("2026-10/note")).unwrap(), "old");
        assert_eq!(names(out.path()), ["2026-10"]);
    }
}

//! Releases as files that are written once and never again.
//!
//! `releases/2026-10.json` is a community's month, `releases/rooms/<key>/2026-10.json` a room's ([`room`]). Each names the
//! SHA-256 of the file before it, so that a file that was changed later is found. A month whose file is lost is not kept:
//! it is not made again, because the log may say something else by now, and the two could be subtracted.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::{Path, PathBuf},
};

use hearth_shared::{
    month::Month,
    private_file,
    release::{Release, VERSION},
};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

/// Why releases cannot be read or kept: which file, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{}: {what}", file.display())]
pub struct FrozenError {
    /// The file or folder.
    pub file: PathBuf,
    /// What is wrong.
    #[source]
    pub what: Wrong,
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
pub enum Wrong {
    /// The system refuses.
    #[error("{0}")]
    Io(#[from] io::Error),
    /// It is no release.
    #[error("this is no release: {0}")]
    Format(#[from] serde_json::Error),
    /// A newer program wrote it.
    #[error("a newer Hearth wrote it (version {0}, this one reads up to {VERSION}); update Hearth")]
    Newer(u32),
    /// It is about another month than its name says.
    #[error("it is about {0}, another month than its name says")]
    OtherMonth(Month),
    /// It is not what it was when the next one was written.
    #[error(
        "it was changed after {0} was released; bring the file back from a backup, or remove it: its month is then not kept"
    )]
    Changed(Month),
}

/// The releases of a folder.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    /// Those that are there, in order.
    pub releases: Vec<Release>,
    /// The months between the first and the last whose file is lost.
    pub lost: BTreeSet<Month>,
}

/// A release as the bytes of its file.
///
/// # Errors
/// A number in it is no number.
pub fn to_bytes(release: &Release) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(release)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// A release from the bytes of its file, which is named after `month`.
///
/// # Errors
/// See [`Wrong`].
pub fn from_bytes(bytes: &[u8], month: Month) -> Result<Release, Wrong> {
    /// What every version says of itself. The rest is read only if this build knows the version.
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let Version { version } = serde_json::from_slice(bytes)?;
    if version > VERSION {
        return Err(Wrong::Newer(version));
    }
    let release: Release = serde_json::from_slice(bytes)?;
    if release.month != month {
        return Err(Wrong::OtherMonth(release.month));
    }
    Ok(release)
}

/// The SHA-256 of a file, in hexadecimal: what the next release says of it, and what the bot notes.
pub fn digest(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// The hash of a month's file.
///
/// # Errors
/// The file cannot be read.
pub fn hash(folder: &Path, month: Month) -> Result<String, FrozenError> {
    let file = path(folder, month);
    fs::read(&file).map(|bytes| digest(&bytes)).map_err(|error| FrozenError { file, what: error.into() })
}

/// All releases out of their files, checked against each other.
///
/// # Errors
/// The month of the file, and what is wrong with it.
pub fn chain(files: &BTreeMap<Month, Vec<u8>>) -> Result<Kept, (Month, Wrong)> {
    let mut kept = Kept::default();
    let mut before: Option<(Month, String)> = None;
    for (month, bytes) in files {
        let release = from_bytes(bytes, *month).map_err(|wrong| (*month, wrong))?;
        // A release that names none was the first: what is before it came later, and between them nothing is lost.
        if let (Some((last, hash)), Some(named)) = (&before, &release.before) {
            let between = (last.ordinal() + 1..month.ordinal()).filter_map(Month::from_ordinal);
            let lost = kept.lost.len();
            kept.lost.extend(between);
            // Where a file between is lost, it may be the one that is named.
            if kept.lost.len() == lost && named != hash {
                return Err((*last, Wrong::Changed(*month)));
            }
        }
        before = Some((*month, digest(bytes)));
        kept.releases.push(release);
    }
    Ok(kept)
}

/// The folder of a room's releases below that of its community's. The room's id is not in its name.
pub fn room(releases: &Path, room_id: &str) -> PathBuf {
    let mut key = digest(room_id.as_bytes());
    key.truncate(16);
    releases.join("rooms").join(key)
}

/// All releases of a folder; none where there is no folder.
///
/// # Errors
/// A file cannot be read, or is not what was released.
pub fn read(folder: &Path) -> Result<Kept, FrozenError> {
    chain(&files(folder)?).map_err(|(month, what)| FrozenError { file: path(folder, month), what })
}

/// Keeps a release, unless its month has one: then that one is read and returned, whatever the log says now. `None` where
/// its month had one that is lost: where `noted`, the months whose releases were ever written, says so, or a file before
/// it and one after it are there. Whoever calls it is the only one who writes there ([`hearth_shared::lock`]).
///
/// # Errors
/// A file cannot be read or written, or is not what was released.
pub fn keep(folder: &Path, release: &Release, noted: &BTreeSet<Month>) -> Result<Option<Release>, FrozenError> {
    let month = release.month;
    let file = path(folder, month);
    let wrong = |what: Wrong| FrozenError { file: file.clone(), what };
    let files = files(folder)?;
    let kept = chain(&files).map_err(|(month, what)| FrozenError { file: path(folder, month), what })?;
    if let Some(there) = kept.releases.into_iter().find(|one| one.month == month) {
        return Ok(Some(there));
    }
    if noted.contains(&month) || kept.lost.contains(&month) {
        return Ok(None);
    }
    let before = files.range(..month).next_back().map(|(_, bytes)| digest(bytes));
    let release = Release { before, ..release.clone() };
    let bytes = to_bytes(&release).map_err(|error| wrong(error.into()))?;
    fs::create_dir_all(folder).map_err(|error| wrong(error.into()))?;
    private_file::write(&file, &bytes).map_err(|error| wrong(error.into()))?;
    // The name must be on the disk as well as the bytes.
    fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| wrong(error.into()))?;
    // What is read back is what every later run will read.
    from_bytes(&bytes, month).map(Some).map_err(wrong)
}

fn path(folder: &Path, month: Month) -> PathBuf {
    folder.join(format!("{month}.json"))
}

/// The files of a folder that are named after a month.
fn files(folder: &Path) -> Result<BTreeMap<Month, Vec<u8>>, FrozenError> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        entries => entries.map_err(|error| FrozenError { file: folder.to_owned(), what: error.into() })?,
    };
    let mut files = BTreeMap::new();
    for entry in entries {
        let file = entry.map_err(|error| FrozenError { file: folder.to_owned(), what: error.into() })?.path();
        let name = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".json"));
        let Some(month) = name.and_then(|name| name.parse().ok()) else { continue };
        let bytes = fs::read(&file).map_err(|error| FrozenError { file, what: error.into() })?;
        files.insert(month, bytes);
    }
    Ok(files)
}

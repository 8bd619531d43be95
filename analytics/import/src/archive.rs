//! Where an export's files are: a folder, a zip, a tar (gzipped or not), or one file (gzipped or not).
//!
//! Nothing is ever unpacked onto the disk, so a name in an archive is only a name. Files are read one after the other,
//! each as a stream, and an archive that unpacks to far more than an export could is given up.

use std::{
    cell::Cell,
    fs::{self, File},
    io::{self, BufReader, Read, Seek as _, SeekFrom},
    path::{Path, PathBuf},
    rc::Rc,
};

use flate2::read::MultiGzDecoder;
use indicatif::ProgressBar;
use zip::{ZipArchive, result::ZipError};

use crate::encoding::Decoded;

/// Exports compress five- to thirtyfold. What unpacks to more than this many times its size is no export.
const MOST_FOLD: u64 = 100;
/// This much may be unpacked from however small an archive, in bytes.
const ALWAYS_ALLOWED: u64 = 64 << 20;
/// Folders in folders deeper than this are not looked into.
const DEPTH: usize = 12;

/// Why an export could not be opened or read on.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The path, or a folder below it, cannot be read.
    #[error("{path} cannot be read: {source}")]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The archive's own structure is broken, so that what it should hold cannot be known.
    #[error("{path} is damaged or was cut off: {why}; fetch it once more")]
    Damaged {
        /// The archive.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
    /// It unpacks to more than any export.
    #[error(
        "{path} unpacks to more than {MOST_FOLD} times its size, which no export does; if you trust it, unpack it yourself and import the folder"
    )]
    Bomb {
        /// The archive.
        path: PathBuf,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Folder,
    Zip,
    Tar { gzipped: bool },
    File { gzipped: bool },
}

/// An export as a set of named files.
#[derive(Debug)]
pub struct Archive {
    path: PathBuf,
    form: Form,
    bar: ProgressBar,
}

impl Archive {
    /// Finds out what `path` is by what it begins with, whatever it is called. `bar` is told of every byte read.
    ///
    /// # Errors
    /// [`ArchiveError`] where it cannot be read.
    pub fn open(path: &Path, bar: ProgressBar) -> Result<Self, ArchiveError> {
        let failed = |source| ArchiveError::Read { path: path.to_owned(), source };
        let form = if fs::metadata(path).map_err(failed)?.is_dir() {
            Form::Folder
        } else {
            let mut file = File::open(path).map_err(failed)?;
            let start = start_of(&mut file).map_err(failed)?;
            let gzipped = start.starts_with(&[0x1f, 0x8b]);
            file.seek(SeekFrom::Start(0)).map_err(failed)?;
            // What cannot be unpacked at all says so when it is read.
            let inner =
                if gzipped { start_of(&mut MultiGzDecoder::new(file)).unwrap_or_default() } else { start.clone() };
            if start.starts_with(b"PK\x03\x04") || start.starts_with(b"PK\x05\x06") {
                Form::Zip
            } else if inner.get(257..262) == Some(b"ustar") {
                Form::Tar { gzipped }
            } else {
                Form::File { gzipped }
            }
        };
        Ok(Self { path: path.to_owned(), form, bar })
    }

    /// Whether it is one file that holds nothing but itself.
    pub fn is_one_file(&self) -> bool {
        matches!(self.form, Form::File { .. })
    }

    /// The names of all its files, in the order in which [`Archive::each`] gives them.
    ///
    /// # Errors
    /// [`ArchiveError`] where they cannot be known.
    pub fn names(&self) -> Result<Vec<String>, ArchiveError> {
        let mut names = Vec::new();
        let note = |name: &str| {
            names.push(name.to_owned());
            false
        };
        self.each(note, |_, _| Ok::<(), ArchiveError>(()))?;
        Ok(names)
    }

    /// Gives `visit` each file that `wants` wants by its name: the path inside the export, with `/`. Files of a folder and
    /// of a zip come ordered by their own names, then by their folders'; those of a tar as they lie there. A file that
    /// cannot be opened is given as a reader that says why. All come as UTF-8 without a byte order mark.
    ///
    /// # Errors
    /// What `visit` returns, or [`ArchiveError`] where the rest of the files cannot be known.
    pub fn each<E: From<ArchiveError>>(
        &self,
        mut wants: impl FnMut(&str) -> bool,
        mut visit: impl FnMut(&str, &mut dyn Read) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut visit = |name: &str, content: &mut dyn Read| visit(name, &mut Decoded::new(content));
        match self.form {
            Form::Folder => {
                let mut files = Vec::new();
                self.walk(&self.path, "", 0, &mut files)?;
                files.retain(|(name, _)| !is_chaff(name) && wants(name));
                files.sort_by(|(one, _), (other, _)| order(one).cmp(&order(other)));
                self.expect(files.iter().map(|(_, size)| size).sum());
                for (name, _) in files {
                    match File::open(self.path.join(&name)) {
                        Ok(file) => visit(&name, &mut self.bar.wrap_read(file))?,
                        Err(error) => visit(&name, &mut Unreadable(Some(error)))?,
                    }
                }
                Ok(())
            }
            Form::Zip => self.each_of_zip(wants, visit),
            Form::Tar { gzipped } => self.each_of_tar(gzipped, wants, visit),
            Form::File { gzipped } => {
                let name = self.own_name(gzipped);
                if !wants(&name) {
                    return Ok(());
                }
                let guard = Guard::new(self.size()?);
                let file = self.file()?;
                if gzipped {
                    visit(&name, &mut guard.watch(MultiGzDecoder::new(BufReader::new(file))))?;
                } else {
                    visit(&name, &mut { file })?;
                }
                Ok(guard.check(&self.path)?)
            }
        }
    }

    fn each_of_zip<E: From<ArchiveError>>(
        &self,
        mut wants: impl FnMut(&str) -> bool,
        mut visit: impl FnMut(&str, &mut dyn Read) -> Result<(), E>,
    ) -> Result<(), E> {
        let damaged = || ArchiveError::Damaged {
            path: self.path.clone(),
            why: "its list of files is missing or makes no sense".to_owned(),
        };
        let file = BufReader::new(self.open_file()?);
        let mut zip = ZipArchive::new(file).map_err(|_| damaged())?;
        let mut files: Vec<(String, usize, u64)> = Vec::new();
        for index in 0..zip.len() {
            let entry = zip.by_index_raw(index).map_err(|_| damaged())?;
            let name = clean(&String::from_utf8_lossy(entry.name_raw()));
            if entry.is_file() && !is_chaff(&name) && wants(&name) {
                files.push((name, index, entry.compressed_size()));
            }
        }
        files.sort_by(|(one, ..), (other, ..)| order(one).cmp(&order(other)));
        self.expect(files.iter().map(|(_, _, size)| size).sum());
        let guard = Guard::new(self.size()?);
        for (name, index, size) in files {
            match zip.by_index(index) {
                Ok(entry) => visit(&name, &mut guard.watch(entry))?,
                Err(error) => visit(&name, &mut Unreadable(Some(unpackable(&error))))?,
            }
            self.bar.inc(size);
            guard.check(&self.path)?;
        }
        Ok(())
    }

    fn each_of_tar<E: From<ArchiveError>>(
        &self,
        gzipped: bool,
        mut wants: impl FnMut(&str) -> bool,
        mut visit: impl FnMut(&str, &mut dyn Read) -> Result<(), E>,
    ) -> Result<(), E> {
        let guard = Guard::new(self.size()?);
        let file = BufReader::with_capacity(1 << 17, self.file()?);
        let stream: Box<dyn Read> = if gzipped { Box::new(MultiGzDecoder::new(file)) } else { Box::new(file) };
        let mut tar = tar::Archive::new(guard.watch(stream));
        let damaged = |error: &io::Error| match guard.check(&self.path) {
            Err(bomb) => bomb,
            Ok(()) => ArchiveError::Damaged { path: self.path.clone(), why: harm(error) },
        };
        for entry in tar.entries().map_err(|error| damaged(&error))? {
            let mut entry = entry.map_err(|error| damaged(&error))?;
            let name = clean(&String::from_utf8_lossy(&entry.path_bytes()));
            if entry.header().entry_type().is_file() && !is_chaff(&name) && wants(&name) {
                visit(&name, &mut entry)?;
            }
        }
        // What follows the last file holds the checksum of all.
        let mut rest = tar.into_inner();
        match io::copy(&mut rest, &mut io::sink()) {
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(damaged(&error).into()),
            _ => Ok(guard.check(&self.path)?),
        }
    }

    fn walk(
        &self,
        folder: &Path,
        prefix: &str,
        depth: usize,
        files: &mut Vec<(String, u64)>,
    ) -> Result<(), ArchiveError> {
        let failed = |source| ArchiveError::Read { path: folder.to_owned(), source };
        for entry in fs::read_dir(folder).map_err(failed)? {
            let entry = entry.map_err(failed)?;
            // A name that is no text belongs to no export. Links are not followed: they could lead anywhere.
            let Ok(name) = entry.file_name().into_string() else { continue };
            let kind = entry.file_type().map_err(failed)?;
            let name = format!("{prefix}{name}");
            if kind.is_dir() && depth < DEPTH {
                self.walk(&entry.path(), &format!("{name}/"), depth + 1, files)?;
            } else if kind.is_file() {
                files.push((name, entry.metadata().map_or(0, |data| data.len())));
            }
        }
        Ok(())
    }

    /// A single file's name, with the folder that it is in, which may say what it is about.
    fn own_name(&self, gzipped: bool) -> String {
        let part = |path: Option<&std::ffi::OsStr>| path.map(|name| name.to_string_lossy().into_owned());
        let file = part(self.path.file_name()).unwrap_or_default();
        let file = if gzipped { file.strip_suffix(".gz").unwrap_or(&file) } else { &file };
        let folder = std::path::absolute(&self.path).ok();
        let folder = folder.as_deref().and_then(Path::parent).and_then(|folder| part(folder.file_name()));
        match folder {
            Some(folder) => format!("{folder}/{file}"),
            None => file.to_owned(),
        }
    }

    fn open_file(&self) -> Result<File, ArchiveError> {
        File::open(&self.path).map_err(|source| ArchiveError::Read { path: self.path.clone(), source })
    }

    /// The file from its start, and the bar at its start.
    fn file(&self) -> Result<impl Read + use<>, ArchiveError> {
        self.expect(self.size()?);
        Ok(self.bar.wrap_read(self.open_file()?))
    }

    fn size(&self) -> Result<u64, ArchiveError> {
        let failed = |source| ArchiveError::Read { path: self.path.clone(), source };
        Ok(fs::metadata(&self.path).map_err(failed)?.len())
    }

    fn expect(&self, bytes: u64) {
        self.bar.set_length(bytes);
        self.bar.set_position(0);
    }
}

/// What is wrong with an archive, without what a reader says of it: that may quote the files in it.
fn harm(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::UnexpectedEof => "it ends in the middle".to_owned(),
        _ => "its structure makes no sense".to_owned(),
    }
}

/// Why a file of a zip cannot be unpacked. What is not supported has a fixed text.
fn unpackable(error: &ZipError) -> io::Error {
    match error {
        ZipError::UnsupportedArchive(what) => io::Error::new(io::ErrorKind::Unsupported, *what),
        _ => io::ErrorKind::InvalidData.into(),
    }
}

/// As much of a stream as tells what it is.
fn start_of(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut start = Vec::new();
    stream.take(512).read_to_end(&mut start)?;
    Ok(start)
}

/// A name as it is shown: with `/`, from the archive's top, and without what would confuse a terminal.
fn clean(name: &str) -> String {
    let name = name.replace('\\', "/");
    name.trim_start_matches("./").trim_start_matches('/').chars().filter(|letter| !letter.is_control()).collect()
}

/// What systems leave in archives beside what was put there.
fn is_chaff(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|file| file.starts_with('.'))
}

/// By a file's own name first: of a day's files, all rooms come before the next day's.
fn order(name: &str) -> (&str, &str) {
    name.rsplit_once('/').map_or((name, ""), |(folder, file)| (file, folder))
}

/// A file that cannot be read, and why.
struct Unreadable(Option<io::Error>);

impl Read for Unreadable {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::Other.into()))
    }
}

/// How much may still be unpacked.
struct Guard {
    left: Rc<Cell<u64>>,
}

impl Guard {
    fn new(packed: u64) -> Self {
        Self { left: Rc::new(Cell::new(packed.saturating_mul(MOST_FOLD).saturating_add(ALWAYS_ALLOWED))) }
    }

    fn watch<R: Read>(&self, input: R) -> Watched<R> {
        Watched { input, left: self.left.clone() }
    }

    fn check(&self, path: &Path) -> Result<(), ArchiveError> {
        if self.left.get() == 0 { Err(ArchiveError::Bomb { path: path.to_owned() }) } else { Ok(()) }
    }
}

struct Watched<R> {
    input: R,
    left: Rc<Cell<u64>>,
}

impl<R: Read> Read for Watched<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        self.left.set(self.left.get().saturating_sub(read as u64));
        if self.left.get() == 0 && read > 0 {
            return Err(io::Error::other("it unpacks to more than any export"));
        }
        Ok(read)
    }
}

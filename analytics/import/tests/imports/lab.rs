//! A folder with exports, a log and a key, and what one wants to know of the log.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::Write as _,
    path::{Path, PathBuf},
};

use clap::Parser;
use flate2::{Compression, write::GzEncoder};
use hearth_import::{Done, Import, ImportError, import_with};
use indicatif::ProgressBar;
use jiff::Timestamp;
use tempfile::TempDir;

/// The time at which tests import.
pub const NOW: &str = "2026-06-01T00:00:00Z";

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    import: Import,
}

/// An act as the log has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub ts: i64,
    pub room: String,
    pub kind: i64,
    pub person: i64,
    pub is_bot: bool,
    /// The time of what it answers, where the log has that.
    pub answers: Option<i64>,
    /// The time of what opened its thread, where the log has that.
    pub thread: Option<i64>,
    pub n_chars: i64,
    pub mentions: i64,
}

pub struct Lab {
    dir: TempDir,
}

impl Lab {
    pub fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub fn db(&self) -> PathBuf {
        self.path("activity.db")
    }

    /// Writes a file, and the folders above it.
    pub fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }

    /// Writes a folder of files.
    pub fn folder(&self, name: &str, files: &[(String, Vec<u8>)]) -> PathBuf {
        for (file, content) in files {
            self.file(&format!("{name}/{file}"), content);
        }
        self.path(name)
    }

    pub fn zip(&self, name: &str, files: &[(String, Vec<u8>)]) -> PathBuf {
        self.file(name, zipped(files))
    }

    pub fn tar_gz(&self, name: &str, files: &[(String, Vec<u8>)]) -> PathBuf {
        self.file(name, gzipped(&tarred(files)))
    }

    /// What the command line makes of these arguments, for `community` Testers.
    pub fn import(&self, from: &str, path: &Path, more: &[&str]) -> Import {
        let mut arguments: Vec<String> =
            ["import", from, path.to_str().unwrap(), "--community", "Testers", "--db"].map(str::to_owned).to_vec();
        arguments.push(self.db().to_str().unwrap().to_owned());
        arguments.extend(more.iter().map(|word| (*word).to_owned()));
        Line::try_parse_from(arguments).unwrap().import
    }

    pub fn try_import(&self, from: &str, path: &Path, more: &[&str]) -> Result<Done, ImportError> {
        let now: Timestamp = NOW.parse().unwrap();
        import_with(&self.import(from, path, more), now, ProgressBar::hidden())
    }

    pub fn imported(&self, from: &str, path: &Path, more: &[&str]) -> Done {
        self.try_import(from, path, more).unwrap()
    }

    /// Imports no export: what is said of people without one.
    pub fn try_people(&self, more: &[&str]) -> Result<Done, ImportError> {
        let db = self.db();
        let arguments = [&["import", "--community", "Testers", "--db", db.to_str().unwrap()], more].concat();
        let import = Line::try_parse_from(arguments).unwrap().import;
        import_with(&import, NOW.parse().unwrap(), ProgressBar::hidden())
    }

    pub fn imported_people(&self, more: &[&str]) -> Done {
        self.try_people(more).unwrap()
    }

    /// What is said of an export of which nothing is imported.
    pub fn refused(&self, from: &str, path: &Path, more: &[&str]) -> String {
        let error = self.try_import(from, path, more).map(|done| done.to_string()).unwrap_err();
        assert_eq!(error.code(), 1);
        error.to_string()
    }

    /// The rooms' names, in their order, with how many acts each has.
    pub fn rooms(&self) -> Vec<(String, usize)> {
        let mut rooms = BTreeMap::new();
        for row in self.rows() {
            *rooms.entry(row.room).or_default() += 1;
        }
        rooms.into_iter().collect()
    }

    /// Everything in the log, by time.
    pub fn rows(&self) -> Vec<Row> {
        let db = hearth_log::open_read_only(&self.db()).unwrap();
        let mut statement = db
            .prepare(
                "SELECT a.ts, r.name, a.kind, a.person, p.is_bot, b.ts, t.ts, a.n_chars, a.mentions FROM activity a
                 JOIN room r ON r.id = a.room JOIN person p ON p.id = a.person
                 LEFT JOIN activity b ON b.id = a.reply_to LEFT JOIN activity t ON t.id = a.thread
                 ORDER BY a.ts, a.kind, a.n_chars, a.id",
            )
            .unwrap();
        let rows = statement.query_map((), |row| {
            Ok(Row {
                ts: row.get(0)?,
                room: row.get(1)?,
                kind: row.get(2)?,
                person: row.get(3)?,
                is_bot: row.get(4)?,
                answers: row.get(5)?,
                thread: row.get(6)?,
                n_chars: row.get(7)?,
                mentions: row.get(8)?,
            })
        });
        rows.unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// How many messages are in a topic.
    pub fn topics(&self) -> i64 {
        let db = hearth_log::open_read_only(&self.db()).unwrap();
        let sql = "SELECT count(*) FROM activity WHERE value = ?1 AND thread IS NOT NULL";
        db.query_row(sql, [hearth_shared::activity::TOPIC], |row| row.get(0)).unwrap()
    }

    /// What the sources know: `slack: replies,threads`.
    pub fn sources(&self) -> Vec<String> {
        let db = hearth_log::open_read_only(&self.db()).unwrap();
        let mut statement = db.prepare("SELECT name || ': ' || capabilities FROM source ORDER BY id").unwrap();
        statement.query_map((), |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap()
    }

    /// Every byte of the log and its key, as they lie on the disk.
    pub fn bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for name in ["activity.db", "activity.db-wal", "pseudonym.key"] {
            all.extend(fs::read(self.path(name)).unwrap_or_default());
        }
        all
    }
}

pub fn files(files: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    files.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect()
}

pub fn gzipped(content: &[u8]) -> Vec<u8> {
    let mut gz = GzEncoder::new(Vec::new(), Compression::default());
    gz.write_all(content).unwrap();
    gz.finish().unwrap()
}

pub fn tarred(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = tar::Header::new_ustar();
        // Names as they are, however wicked: the builder would refuse some.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_entry_type(tar::EntryType::Regular);
        header.set_cksum();
        tar.append(&header, content.as_slice()).unwrap();
    }
    tar.into_inner().unwrap()
}

pub fn zipped(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(name.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Whether a file is there.
pub fn exists(path: &Path) -> bool {
    File::open(path).is_ok()
}

//! The files of one closed month: its rows, and the tables of what they come to.
//!
//! A table without lines has no file.

use std::{
    fs,
    io::{self, Write as _},
    ops::Range,
    path::{Path, PathBuf},
};

use hearth_shared::{activity::Kind, month::Month};
use serde::{Deserialize, Serialize};

use super::error::{CacheError, failed};
use crate::{
    columns::{self, Table, Values},
    counts::{PersonMonth, RoomMonth},
    log::Log,
    practices::PracticeAct,
    summary::{Answers, Came, Heard, MonthSummary, Move},
};

const ROWS: &str = "part.parquet";
const ROOMS: &str = "_rooms.parquet";
const PEOPLE: &str = "_people.parquet";
const CAME: &str = "_came.parquet";
const MOVES: &str = "_moves.parquet";
const THREADS: &str = "_threads.parquet";
const ACTS: &str = "_acts.parquet";
const FRESH: &str = "_new";

/// A table as it was written.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Written {
    pub lines: usize,
    crc: u32,
}

/// What is kept of a closed month: where its tables are, and what is no table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Kept {
    /// Which month.
    pub month: Month,
    pub(super) rows: Written,
    rooms: Written,
    people: Written,
    came: Written,
    moves: Written,
    threads: Written,
    pub(super) last: Option<i64>,
    active_days: u64,
    members: u64,
    pub(super) heard: Vec<Heard>,
    /// What became of its messages, once they all had their time.
    pub(super) answers: Option<Answers>,
}

/// One community's folder in a cache: in it a folder a month.
#[derive(Debug)]
pub(super) struct Folder {
    path: PathBuf,
}

impl Folder {
    /// The folder at `path`, which need not be there yet.
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path }
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    fn month(&self, month: Month) -> PathBuf {
        self.path.join(format!("month={month}"))
    }

    /// Removes it with all that is in it.
    pub(super) fn remove(&self) -> Result<(), CacheError> {
        match fs::remove_dir_all(&self.path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(failed(&self.path)(error)),
            _ => Ok(()),
        }
    }

    /// Keeps a month: its rows and its summary.
    pub(super) fn keep(&self, log: &Log, summary: &MonthSummary, moves: &[Move]) -> Result<Kept, CacheError> {
        let folder = self.month(summary.month);
        let table = |name: &str, columns: &[(&'static str, Values)]| written(&folder.join(name), columns);
        let rows = summary.rows.clone().unwrap_or_default();
        Ok(Kept {
            month: summary.month,
            rows: table(ROWS, &row_columns(log, rows.clone()))?,
            rooms: table(ROOMS, &room_columns(summary.rooms.as_deref().unwrap_or_default()))?,
            people: table(PEOPLE, &people_columns(&summary.people))?,
            came: table(
                CAME,
                &[
                    ("person", Values::Int(summary.came.iter().map(|came| came.person).collect())),
                    ("joined", Values::MaybeLong(summary.came.iter().map(|came| came.joined.unwrap_or(-1)).collect())),
                ],
            )?,
            moves: table(
                MOVES,
                &[
                    ("person", Values::Int(moves.iter().map(|step| step.person).collect())),
                    ("room", Values::Few(moves.iter().map(|step| step.room).collect())),
                    ("is_in", Values::Bool(moves.iter().map(|step| step.is_in).collect())),
                ],
            )?,
            threads: table(THREADS, &[("thread", Values::Int(begun(log, rows)))])?,
            last: summary.last,
            active_days: summary.active_days,
            members: summary.members,
            heard: summary.heard.clone(),
            answers: summary.answers.clone(),
        })
    }

    /// A month's summary, without its rows, and without its rooms unless they are wanted; `None` where a file is not as it
    /// was written.
    pub(super) fn summary(&self, kept: &Kept, with_rooms: bool) -> Option<MonthSummary> {
        let rooms = if with_rooms { Some(self.rooms(kept)?) } else { None };
        Some(MonthSummary {
            month: kept.month,
            rows: None,
            last: kept.last,
            people: self.people(kept)?,
            rooms,
            active_days: kept.active_days,
            members: kept.members,
            came: self.came(kept)?,
            heard: kept.heard.clone(),
            answering: Vec::new(),
            answers: kept.answers.clone(),
        })
    }

    /// A month's rows, or `None` where the file is not as it was written.
    pub(super) fn rows(&self, kept: &Kept) -> Option<Log> {
        self.table(kept.month, ROWS, kept.rows, |table| {
            let codes = table.int("kind").ok()?;
            let mut kinds = Vec::with_capacity(codes.capacity());
            for code in codes {
                kinds.push(Kind::from_code(code.into())?);
            }
            let log = Log {
                id: table.int("id").ok()?,
                source: table.int("source").ok()?,
                room: table.int("room").ok()?,
                person: table.int("person").ok()?,
                kind: kinds,
                ts: table.long("ts").ok()?,
                reply_to: table.int("reply_to").ok()?,
                thread: table.int("thread").ok()?,
                reply_person: table.int("reply_person").ok()?,
                first_in_thread: table.bool("first_in_thread").ok()?,
                ..Log::default()
            };
            (log.len() == kept.rows.lines).then_some(log)
        })
    }

    /// What a month came to by room and person, or `None` where the file is not as it was written.
    pub(super) fn rooms(&self, kept: &Kept) -> Option<Vec<RoomMonth>> {
        self.table(kept.month, ROOMS, kept.rooms, |table| {
            let (room, person) = (table.int("room").ok()?, table.int("person").ok()?);
            let (messages, reactions) = (table.int("messages").ok()?, table.int("reactions").ok()?);
            let cells = room.into_iter().zip(person).zip(messages).zip(reactions);
            let cell = |(((room, person), messages), reactions)| {
                Some(RoomMonth { room, person, messages: count(messages)?, reactions: count(reactions)? })
            };
            cells.map(cell).collect()
        })
    }

    fn people(&self, kept: &Kept) -> Option<Vec<PersonMonth>> {
        self.table(kept.month, PEOPLE, kept.people, |table| {
            let (messages, reactions) = (table.int("messages").ok()?, table.int("reactions").ok()?);
            let (first, last) = (table.long("first").ok()?, table.long("last").ok()?);
            let lines = table.int("person").ok()?.into_iter().zip(messages).zip(reactions).zip(first).zip(last);
            let person = |((((person, messages), reactions), first), last)| {
                let (messages, reactions) = (count(messages)?, count(reactions)?);
                Some(PersonMonth { person, messages, reactions, wrote: [first, last] })
            };
            lines.map(person).collect()
        })
    }

    pub(super) fn came(&self, kept: &Kept) -> Option<Vec<Came>> {
        self.table(kept.month, CAME, kept.came, |table| {
            let lines = table.int("person").ok()?.into_iter().zip(table.long("joined").ok()?);
            let came = |(person, joined)| Came { person, joined: Some(joined).filter(|joined| *joined >= 0) };
            Some(lines.map(came).collect())
        })
    }

    pub(super) fn moves(&self, kept: &Kept) -> Option<Vec<Move>> {
        self.table(kept.month, MOVES, kept.moves, |table| {
            let lines =
                table.int("person").ok()?.into_iter().zip(table.int("room").ok()?).zip(table.bool("is_in").ok()?);
            Some(lines.map(|((person, room), is_in)| Move { person, room, is_in }).collect())
        })
    }

    /// The threads that began in a month with a message whose root the log has not.
    pub(super) fn threads(&self, kept: &Kept) -> Option<Vec<i32>> {
        self.table(kept.month, THREADS, kept.threads, |table| table.int("thread").ok())
    }

    /// Keeps acts of practices, which are of no month.
    pub(super) fn keep_acts(&self, acts: &[PracticeAct]) -> Result<Written, CacheError> {
        written(&self.path.join(ACTS), &act_columns(acts))
    }

    /// The acts that are kept, or `None` where the file is not as it was written.
    pub(super) fn acts(&self, kept: Written) -> Option<Vec<PracticeAct>> {
        read(&self.path.join(ACTS), kept, |table| {
            let (person, kinds, ts) = (table.int("person").ok()?, table.int("kind").ok()?, table.long("ts").ok()?);
            let (reply_to, thread) = (table.long("reply_to").ok()?, table.long("thread").ok()?);
            let (value, has_value) = (table.long("value").ok()?, table.bool("has_value").ok()?);
            let ids = table.long("id").ok()?.into_iter().zip(table.int("room").ok()?);
            let known = |id: i64| Some(id).filter(|id| *id != NOTHING);
            let act = |(at, (id, room)): (usize, (i64, i32))| {
                Some(PracticeAct {
                    id,
                    room,
                    person: Some(*person.get(at)?).filter(|person| i64::from(*person) != NOTHING),
                    kind: Kind::from_code((*kinds.get(at)?).into())?,
                    ts: *ts.get(at)?,
                    reply_to: known(*reply_to.get(at)?),
                    thread: known(*thread.get(at)?),
                    value: has_value.get(at)?.then_some(*value.get(at)?),
                })
            };
            ids.enumerate().map(act).collect()
        })
    }

    fn table<T>(&self, month: Month, name: &str, kept: Written, of: impl FnOnce(&Table) -> Option<T>) -> Option<T>
    where
        T: Default,
    {
        read(&self.month(month).join(name), kept, of)
    }
}

/// Stands for an id that is not there.
const NOTHING: i64 = -1;

fn count(count: i32) -> Option<u32> {
    u32::try_from(count).ok()
}

/// A file's table, or `None` where it is not as it was written.
fn read<T: Default>(path: &Path, kept: Written, of: impl FnOnce(&Table) -> Option<T>) -> Option<T> {
    if kept.lines == 0 {
        return Some(T::default());
    }
    let bytes = fs::read(path).ok()?;
    (crc32fast::hash(&bytes) == kept.crc).then(|| Table::open(bytes).ok()).flatten().and_then(|table| of(&table))
}

fn written(path: &Path, columns: &[(&'static str, Values)]) -> Result<Written, CacheError> {
    let lines = columns.first().map_or(0, |(_, values)| values.len());
    if lines == 0 {
        return Ok(Written::default());
    }
    let bytes = columns::encode(columns)?;
    write(path, &bytes)?;
    Ok(Written { lines, crc: crc32fast::hash(&bytes) })
}

/// The threads that begin in these rows, and whose root the log has not.
fn begun(log: &Log, rows: Range<usize>) -> Vec<i32> {
    rows.filter(|row| log.first_in_thread[*row]).map(|row| log.thread[row]).collect()
}

fn row_columns(log: &Log, rows: Range<usize>) -> [(&'static str, Values); 10] {
    let at = || rows.clone();
    [
        ("id", Values::Int(log.id[at()].to_vec())),
        ("source", Values::Few(log.source[at()].to_vec())),
        ("room", Values::Few(log.room[at()].to_vec())),
        ("person", Values::Int(log.person[at()].to_vec())),
        ("kind", Values::Few(log.kind[at()].iter().map(|kind| *kind as i32).collect())),
        ("ts", Values::Time(log.ts[at()].to_vec())),
        ("reply_to", Values::MaybeInt(log.reply_to[at()].to_vec())),
        ("thread", Values::MaybeInt(log.thread[at()].to_vec())),
        ("reply_person", Values::MaybeInt(log.reply_person[at()].to_vec())),
        ("first_in_thread", Values::Bool(log.first_in_thread[at()].to_vec())),
    ]
}

fn counts(counts: impl Iterator<Item = u32>) -> Values {
    Values::Int(counts.map(|count| i32::try_from(count).unwrap_or(i32::MAX)).collect())
}

fn room_columns(cells: &[RoomMonth]) -> [(&'static str, Values); 4] {
    [
        ("room", Values::Few(cells.iter().map(|cell| cell.room).collect())),
        ("person", Values::Int(cells.iter().map(|cell| cell.person).collect())),
        ("messages", counts(cells.iter().map(|cell| cell.messages))),
        ("reactions", counts(cells.iter().map(|cell| cell.reactions))),
    ]
}

fn people_columns(people: &[PersonMonth]) -> [(&'static str, Values); 5] {
    [
        ("person", Values::Int(people.iter().map(|one| one.person).collect())),
        ("messages", counts(people.iter().map(|one| one.messages))),
        ("reactions", counts(people.iter().map(|one| one.reactions))),
        ("first", Values::Time(people.iter().map(|one| one.wrote[0]).collect())),
        ("last", Values::Time(people.iter().map(|one| one.wrote[1]).collect())),
    ]
}

fn act_columns(acts: &[PracticeAct]) -> [(&'static str, Values); 9] {
    [
        ("id", Values::Long(acts.iter().map(|act| act.id).collect())),
        ("room", Values::Int(acts.iter().map(|act| act.room).collect())),
        ("person", Values::MaybeInt(acts.iter().map(|act| act.person.unwrap_or(-1)).collect())),
        ("kind", Values::Few(acts.iter().map(|act| act.kind as i32).collect())),
        ("ts", Values::Time(acts.iter().map(|act| act.ts).collect())),
        ("reply_to", Values::MaybeLong(acts.iter().map(|act| act.reply_to.unwrap_or(NOTHING)).collect())),
        ("thread", Values::MaybeLong(acts.iter().map(|act| act.thread.unwrap_or(NOTHING)).collect())),
        ("value", Values::Long(acts.iter().map(|act| act.value.unwrap_or(0)).collect())),
        ("has_value", Values::Bool(acts.iter().map(|act| act.value.is_some()).collect())),
    ]
}

/// Writes a file beside its place and moves it there, so that there is never half of it.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), CacheError> {
    let fresh = path.with_file_name(FRESH);
    let written = || {
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&fresh)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&fresh, path)
    };
    written().map_err(|error| {
        let _ = fs::remove_file(&fresh);
        failed(path)(error)
    })
}

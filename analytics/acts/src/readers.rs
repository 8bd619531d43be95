//! Connections that read a log in the order of ids, and the columns that they fill.

use std::{path::Path, sync::mpsc};

use hearth_shared::activity::{Kind, TOPIC};
use jiff::tz::TimeZone;
use polars::prelude::*;
use rusqlite::Connection;

use crate::{
    error::ReadError,
    local::Clock,
    practices::PracticeRows,
    shelf::Shelf,
    wanted::{Start, Wanted},
};

/// How often it is tried to get several connections to see the same log.
const ATTEMPTS: usize = 5;

/// So many rows are made a frame at a time.
const CHUNK: usize = 1 << 20;

/// How many connections read one log: a second one halves the time, more only wait for the disk.
pub(super) fn readers() -> usize {
    std::thread::available_parallelism().map_or(1, |threads| threads.get().min(4))
}

/// Connections that all see the log as it was at one moment.
pub(super) struct Readers(Vec<Connection>);

impl Readers {
    /// Opens `count` connections, or one where the log is written to so often that they never agree.
    pub fn open(path: &Path, count: usize) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Read { path: path.display().to_string(), source };
        let witness = hearth_log::open_read_only(path)?;
        for _ in 0..ATTEMPTS {
            let before = version(&witness).map_err(failed)?;
            let readers = Self::begin(path, count)?;
            if count < 2 || version(&witness).map_err(failed)? == before {
                return Ok(readers);
            }
        }
        Self::begin(path, 1)
    }

    fn begin(path: &Path, count: usize) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Read { path: path.display().to_string(), source };
        let begun = (0..count.max(1)).map(|_| {
            let db = hearth_log::open_read_only(path)?;
            // The transaction begins with its first look.
            db.execute_batch("BEGIN; SELECT erasure_epoch FROM state;").map_err(failed)?;
            Ok(db)
        });
        Ok(Self(begun.collect::<Result<_, ReadError>>()?))
    }

    pub fn first(&self) -> &Connection {
        &self.0[0]
    }

    /// Puts the wanted rows from an id on upon a shelf, and gives the ids of what practices logged.
    pub fn rows(
        &mut self,
        path: &str,
        wanted: &Wanted,
        start: Start,
        zone: &TimeZone,
        shelf: &mut Shelf,
    ) -> Result<Vec<i64>, ReadError> {
        let failed = |source| ReadError::Read { path: path.to_owned(), source };
        // Each by itself is one step; both together would look at every row.
        let ends =
            "SELECT (SELECT min(id) FROM activity WHERE id >= ?1), (SELECT max(id) FROM activity WHERE id >= ?1)";
        let ends = self.first().query_row(ends, [start.id], |row| Ok((row.get(0)?, row.get(1)?))).map_err(failed)?;
        let (Some(first), Some(last)): (Option<i64>, Option<i64>) = ends else { return Ok(Vec::new()) };
        let readers = self.0.len() as i64;
        let step = last.saturating_sub(first) / readers + 1;
        let (send, receive) = mpsc::sync_channel(1);
        std::thread::scope(|scope| {
            for (number, db) in (0..readers).zip(&mut self.0) {
                let from = first.saturating_add(step.saturating_mul(number));
                let to = if number + 1 == readers { last } else { from.saturating_add(step - 1) };
                let send = send.clone();
                scope.spawn(move || {
                    let read = rows(db, wanted, (from, to, start.ts), zone, |part| send.send(Ok(part)).is_ok());
                    // Nobody listens where another reader has failed.
                    read.unwrap_or_else(|error| drop(send.send(Err(error))));
                });
            }
            drop(send);
            let mut ids = Vec::new();
            for part in receive {
                let Part { acts, practices } = part.map_err(failed)?;
                ids.extend(practices);
                shelf.add(acts.finish()?)?;
            }
            ids.sort_unstable();
            Ok(ids)
        })
    }
}

/// What was read from a range of ids.
#[derive(Default)]
struct Part {
    acts: Columns,
    /// The ids of what practices logged.
    practices: Vec<i64>,
}

/// The columns of acts while they are read.
struct Columns {
    id: PrimitiveChunkedBuilder<Int32Type>,
    source: PrimitiveChunkedBuilder<Int32Type>,
    room: PrimitiveChunkedBuilder<Int32Type>,
    person: PrimitiveChunkedBuilder<Int32Type>,
    kind: PrimitiveChunkedBuilder<UInt8Type>,
    ts: PrimitiveChunkedBuilder<Int64Type>,
    month: PrimitiveChunkedBuilder<Int32Type>,
    day: PrimitiveChunkedBuilder<UInt8Type>,
    hour: PrimitiveChunkedBuilder<UInt8Type>,
    reply_to: PrimitiveChunkedBuilder<Int32Type>,
    thread: PrimitiveChunkedBuilder<Int32Type>,
    is_topic: BooleanChunkedBuilder,
    rows: usize,
}

impl Default for Columns {
    fn default() -> Self {
        Self {
            id: PrimitiveChunkedBuilder::new("id".into(), 0),
            source: PrimitiveChunkedBuilder::new("source".into(), 0),
            room: PrimitiveChunkedBuilder::new("room".into(), 0),
            person: PrimitiveChunkedBuilder::new("person".into(), 0),
            kind: PrimitiveChunkedBuilder::new("kind".into(), 0),
            ts: PrimitiveChunkedBuilder::new("ts".into(), 0),
            month: PrimitiveChunkedBuilder::new("month".into(), 0),
            day: PrimitiveChunkedBuilder::new("day".into(), 0),
            hour: PrimitiveChunkedBuilder::new("hour".into(), 0),
            reply_to: PrimitiveChunkedBuilder::new("reply_to".into(), 0),
            thread: PrimitiveChunkedBuilder::new("thread".into(), 0),
            is_topic: BooleanChunkedBuilder::new("is_topic".into(), 0),
            rows: 0,
        }
    }
}

impl Columns {
    fn finish(self) -> PolarsResult<DataFrame> {
        DataFrame::new(
            self.rows,
            vec![
                self.id.finish().into_column(),
                self.source.finish().into_column(),
                self.room.finish().into_column(),
                self.person.finish().into_column(),
                self.kind.finish().into_column(),
                self.ts.finish().into_column(),
                self.month.finish().into_column(),
                self.day.finish().into_column(),
                self.hour.finish().into_column(),
                self.reply_to.finish().into_column(),
                self.thread.finish().into_column(),
                self.is_topic.finish().into_column(),
            ],
        )
    }
}

/// Changes when somebody else has written.
fn version(db: &Connection) -> rusqlite::Result<i64> {
    db.query_row("PRAGMA data_version", (), |row| row.get(0))
}

/// Whether acts of a kind are among these, and not with those of practices: people's in rooms, and what the log says of
/// itself.
fn is_act(kind: Kind) -> bool {
    kind <= Kind::Leave || kind > *PracticeRows::KINDS.end()
}

/// The wanted rows with ids in a range, handed over a chunk at a time until nobody takes them. Times and kinds are looked
/// at here and not in SQL, where it takes longer; a community is not looked at where there is only one.
fn rows(
    db: &Connection,
    wanted: &Wanted,
    (from, to, since): (i64, i64, i64),
    zone: &TimeZone,
    mut hand_over: impl FnMut(Part) -> bool,
) -> rusqlite::Result<()> {
    let mut select = "SELECT id, source, room, person, kind, ts, reply_to, thread, value FROM activity
                      WHERE id BETWEEN ?1 AND ?2"
        .to_owned();
    if !wanted.is_only {
        select += " AND community = ?3";
    }
    let mut statement = db.prepare(&select)?;
    let community = (!wanted.is_only).then_some(wanted.community);
    let mut found = statement.query(rusqlite::params_from_iter([from, to].into_iter().chain(community)))?;
    let (mut part, mut clock) = (Part::default(), Clock::of(zone));
    while let Some(row) = found.next()? {
        let ts = row.get(5)?;
        let Some(kind) = Kind::from_code(row.get(4)?).filter(|_| wanted.is_time(ts) && ts >= since) else { continue };
        if PracticeRows::KINDS.contains(&kind) {
            part.practices.push(row.get(0)?);
        }
        let Some(local) = clock.tell(ts).filter(|_| is_act(kind)) else { continue };
        let (acts, person) = (&mut part.acts, row.get(3)?);
        acts.id.append_value(row.get(0)?);
        acts.source.append_value(row.get(1)?);
        acts.room.append_value(row.get(2)?);
        acts.person.append_option(Some(person).filter(|person| wanted.people.contains(person)));
        acts.kind.append_value(kind as u8);
        acts.ts.append_value(ts);
        acts.month.append_value(local.month);
        acts.day.append_value(local.day);
        acts.hour.append_value(local.hour);
        acts.reply_to.append_option(row.get(6)?);
        let thread: Option<i32> = row.get(7)?;
        acts.thread.append_option(thread);
        acts.is_topic.append_value(thread.is_some() && row.get::<_, Option<i64>>(8)? == Some(TOPIC));
        acts.rows += 1;
        if acts.rows == CHUNK && !hand_over(std::mem::take(&mut part)) {
            return Ok(());
        }
    }
    hand_over(part);
    Ok(())
}

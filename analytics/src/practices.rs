//! What practices logged: retrospectives and meetings, what was agreed there, and pulses.
//!
//! Many of these acts are the bot's own, because whose they were is not known or nobody's business. So they are kept
//! apart from the log's messages, with the person only where it is one who may be counted.
//!
//! What is counted here are whole groups: a gathering of fewer than five people, or a pulse of fewer than ten answers,
//! is left out of every sum. Whatever is subtracted from whatever, what remains is about groups that large.

pub mod actions;
pub mod gatherings;
pub mod pulses;
pub mod themes;

use hearth_shared::activity::Kind;
use polars::prelude::*;

/// One act of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PracticeAct {
    /// The act's dense id.
    pub id: i64,
    /// The room.
    pub room: i32,
    /// Who did it, where that is a person who may be counted.
    pub person: Option<i32>,
    /// What was done.
    pub kind: Kind,
    /// When, in milliseconds since 1970.
    pub ts: i64,
    /// What it points at.
    pub reply_to: Option<i64>,
    /// The gathering or pulse that it belongs to.
    pub thread: Option<i64>,
    /// What the kind says it means.
    pub value: Option<i64>,
}

/// A community's acts of practices, in time order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Practices {
    acts: Vec<PracticeAct>,
}

impl Practices {
    /// The acts of a table of them.
    ///
    /// # Errors
    /// Where it lacks a column.
    pub fn of(table: &DataFrame) -> PolarsResult<Self> {
        let long = |name: &str| PolarsResult::Ok(table.column(name)?.i64()?.clone());
        let (id, ts, reply_to, thread, value) =
            (long("id")?, long("ts")?, long("reply_to")?, long("thread")?, long("value")?);
        let (room, person, kind) =
            (table.column("room")?.i32()?, table.column("person")?.i32()?, table.column("kind")?.u8()?);
        let act = |row: usize| {
            Some(PracticeAct {
                id: id.get(row)?,
                room: room.get(row)?,
                person: person.get(row),
                kind: Kind::from_code(kind.get(row)?.into())?,
                ts: ts.get(row)?,
                reply_to: reply_to.get(row),
                thread: thread.get(row),
                value: value.get(row),
            })
        };
        let mut acts: Vec<PracticeAct> = (0..table.height()).filter_map(act).collect();
        acts.sort_unstable_by_key(|act| (act.ts, act.id));
        Ok(Self { acts })
    }

    /// The acts before a time.
    pub fn until(&self, ts: i64) -> &[PracticeAct] {
        &self.acts[..self.acts.partition_point(|act| act.ts < ts)]
    }

    /// The same, of one room.
    #[must_use]
    pub fn of_room(&self, room: i32) -> Self {
        Self { acts: self.acts.iter().filter(|act| act.room == room).copied().collect() }
    }
}

//! One community's activity as typed columns, wherever it was read from.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    convert::Infallible,
    ops::Range,
};

use hearth_shared::activity::{Capabilities, Kind};

use crate::{
    index::{Index, Numbering},
    practices::Practices,
};

/// Stands for "answers nothing" and "in no thread" in [`Log`]'s columns.
pub const NOTHING: i32 = -1;

/// Stands for "nobody who may be counted" in [`Log::reply_person`].
pub const NOBODY: i32 = -1;

/// One act, as [`Log::from_rows`] takes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Row {
    /// The act's dense id.
    pub id: i32,
    /// Which source it came from.
    pub source: i32,
    /// The room.
    pub room: i32,
    /// Who did it.
    pub person: i32,
    /// What they did.
    pub kind: Kind,
    /// When, in milliseconds since 1970.
    pub ts: i64,
    /// The message that it answers or reacts to, or [`NOTHING`].
    pub reply_to: i32,
    /// Its thread, or [`NOTHING`].
    pub thread: i32,
}

/// One community's log: a column a field, in time order, people only.
#[derive(Clone, Debug, Default)]
pub struct Log {
    /// The community's name.
    pub community: String,
    /// Dense ids.
    pub id: Vec<i32>,
    /// Sources.
    pub source: Vec<i32>,
    /// Rooms.
    pub room: Vec<i32>,
    /// People.
    pub person: Vec<i32>,
    /// What was done.
    pub kind: Vec<Kind>,
    /// When, in milliseconds since 1970; ascending.
    pub ts: Vec<i64>,
    /// The message that a row answers or reacts to, or [`NOTHING`].
    pub reply_to: Vec<i32>,
    /// The thread, or [`NOTHING`].
    pub thread: Vec<i32>,
    /// Who wrote the message that a message answers, or [`NOBODY`]: worked out once, so that a month can be looked at
    /// without the months before it.
    pub reply_person: Vec<i32>,
    /// Whether a row is the first message of a thread that no person's row has the id of; worked out once, too.
    pub first_in_thread: Vec<bool>,
    /// What each source can know.
    pub sources: BTreeMap<i32, Capabilities>,
    /// What rooms are called.
    pub room_names: BTreeMap<i32, String>,
    /// The names that themes of retrospectives were given, by their rows.
    pub labels: BTreeMap<i64, String>,
    /// What practices logged.
    pub practices: Practices,
}

impl Log {
    /// A log of these rows, sorted by time. `hidden` are ids that exist but are not people's (a bot's messages).
    pub fn from_rows(
        community: &str,
        mut rows: Vec<Row>,
        sources: BTreeMap<i32, Capabilities>,
        hidden: &[i32],
    ) -> Self {
        rows.sort_unstable_by_key(|row| (row.ts, row.id));
        let mut log = Self { community: community.to_owned(), sources, ..Self::default() };
        for row in &rows {
            log.push(row);
        }
        log.relate(hidden.to_vec());
        log
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.ts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ts.is_empty()
    }

    /// Whether a row is a message that opens a conversation: no reply, and on the main timeline or first of its thread.
    pub fn is_opener(&self, row: usize) -> bool {
        let (id, thread) = (self.id[row], self.thread[row]);
        self.kind[row] == Kind::Message
            && self.reply_to[row] == NOTHING
            && (thread == NOTHING || thread == id || self.first_in_thread[row])
    }

    /// What of it happened in each of these rooms. What rows say about each other is known from the whole log.
    pub fn of_rooms(&self, rooms: &BTreeSet<i32>) -> Vec<(i32, Self)> {
        let mut rows_of: BTreeMap<i32, Vec<usize>> = rooms.iter().map(|room| (*room, Vec::new())).collect();
        let numbers = Numbering::of(&rooms.iter().copied().collect::<Vec<_>>());
        let mut by_number: Vec<&mut Vec<usize>> = rows_of.values_mut().collect();
        for (row, room) in self.room.iter().enumerate() {
            if let Some(number) = numbers.number(*room) {
                by_number[number].push(row);
            }
        }
        rows_of.into_iter().map(|(room, rows)| (room, self.of_room(room, &rows))).collect()
    }

    fn of_room(&self, room: i32, rows: &[usize]) -> Self {
        fn take<T: Copy>(column: &[T], rows: &[usize]) -> Vec<T> {
            rows.iter().map(|row| column[*row]).collect()
        }
        Self {
            community: self.community.clone(),
            id: take(&self.id, rows),
            source: take(&self.source, rows),
            room: take(&self.room, rows),
            person: take(&self.person, rows),
            kind: take(&self.kind, rows),
            ts: take(&self.ts, rows),
            reply_to: take(&self.reply_to, rows),
            thread: take(&self.thread, rows),
            reply_person: take(&self.reply_person, rows),
            first_in_thread: take(&self.first_in_thread, rows),
            sources: self.sources.clone(),
            room_names: BTreeMap::new(),
            labels: self.labels.clone(),
            practices: self.practices.of_room(room),
        }
    }

    /// Adds a row; [`Log::relate`] follows when all are there.
    pub(crate) fn push(&mut self, row: &Row) {
        self.id.push(row.id);
        self.source.push(row.source);
        self.room.push(row.room);
        self.person.push(row.person);
        self.kind.push(row.kind);
        self.ts.push(row.ts);
        self.reply_to.push(row.reply_to);
        self.thread.push(row.thread);
    }

    /// Adds the rows of another log, before either is sorted and related.
    pub(crate) fn append(&mut self, other: Self) {
        fn join<T>(column: &mut Vec<T>, mut more: Vec<T>) {
            if column.is_empty() { *column = more } else { column.append(&mut more) }
        }
        join(&mut self.id, other.id);
        join(&mut self.source, other.source);
        join(&mut self.room, other.room);
        join(&mut self.person, other.person);
        join(&mut self.kind, other.kind);
        join(&mut self.ts, other.ts);
        join(&mut self.reply_to, other.reply_to);
        join(&mut self.thread, other.thread);
        join(&mut self.reply_person, other.reply_person);
        join(&mut self.first_in_thread, other.first_in_thread);
    }

    /// Everything but the rows.
    pub(crate) fn without_rows(&self) -> Self {
        Self {
            community: self.community.clone(),
            sources: self.sources.clone(),
            room_names: self.room_names.clone(),
            labels: self.labels.clone(),
            practices: self.practices.clone(),
            ..Self::default()
        }
    }

    /// Some of the rows, with what is worked out about them.
    pub(crate) fn slice(&self, rows: Range<usize>) -> Self {
        let at = || rows.clone();
        Self {
            id: self.id[at()].to_vec(),
            source: self.source[at()].to_vec(),
            room: self.room[at()].to_vec(),
            person: self.person[at()].to_vec(),
            kind: self.kind[at()].to_vec(),
            ts: self.ts[at()].to_vec(),
            reply_to: self.reply_to[at()].to_vec(),
            thread: self.thread[at()].to_vec(),
            reply_person: self.reply_person[at()].to_vec(),
            first_in_thread: self.first_in_thread[at()].to_vec(),
            ..Self::default()
        }
    }

    /// Drops the rows before a time; for rows that are not related yet.
    pub(crate) fn retain_from(&mut self, from: i64) {
        if self.ts.iter().all(|ts| *ts >= from) {
            return;
        }
        let stays: Vec<usize> = (0..self.len()).filter(|row| self.ts[*row] >= from).collect();
        self.take(&stays);
    }

    /// Puts rows in time order where the file did not have them so.
    pub(crate) fn sort(&mut self) {
        if self.ts.is_sorted() {
            return;
        }
        let mut order: Vec<usize> = (0..self.len()).collect();
        order.sort_unstable_by_key(|row| (self.ts[*row], self.id[*row]));
        self.take(&order);
    }

    /// These rows in this order.
    fn take(&mut self, order: &[usize]) {
        fn take<T: Copy>(column: &mut Vec<T>, order: &[usize]) {
            *column = order.iter().map(|row| column[*row]).collect();
        }
        take(&mut self.id, order);
        take(&mut self.source, order);
        take(&mut self.room, order);
        take(&mut self.person, order);
        take(&mut self.kind, order);
        take(&mut self.ts, order);
        take(&mut self.reply_to, order);
        take(&mut self.thread, order);
    }

    /// Works out what rows say about each other; `hidden` are ids that exist but are not people's.
    pub(crate) fn relate(&mut self, mut hidden: Vec<i32>) {
        hidden.sort_unstable();
        let elsewhere = |id| match hidden.binary_search(&id) {
            Ok(_) => Elsewhere::NotCounted,
            Err(_) => Elsewhere::Nowhere,
        };
        let Ok(()) = self.relate_to(|id| Ok::<_, Infallible>(elsewhere(id)), || Ok(HashSet::new()));
    }

    /// The same for rows that others come before: `elsewhere` says what an id is that none of these rows has, and
    /// `begun` which threads that no row has the id of had a message before them.
    ///
    /// # Errors
    /// What `elsewhere` and `begun` say.
    pub(crate) fn relate_to<E>(
        &mut self,
        elsewhere: impl Fn(i32) -> Result<Elsewhere, E>,
        begun: impl FnOnce() -> Result<HashSet<i32>, E>,
    ) -> Result<(), E> {
        let rows = Index::new(self.id.iter().map(|id| i64::from(*id)).zip(0_u32..), self.len());
        let mut known: HashMap<i32, Elsewhere> = HashMap::new();
        let mut look = |id: i32| match known.get(&id) {
            Some(known) => Ok(*known),
            None => {
                let found = elsewhere(id)?;
                known.insert(id, found);
                Ok(found)
            }
        };
        self.reply_person = Vec::with_capacity(self.len());
        for row in 0..self.len() {
            let target = self.reply_to[row];
            self.reply_person.push(if self.kind[row] != Kind::Message || target == NOTHING {
                NOBODY
            } else if let Some(target) = rows.get(target.into()) {
                if self.kind[target] == Kind::Message { self.person[target] } else { NOBODY }
            } else if let Elsewhere::Row { person, kind: Kind::Message } = look(target)? {
                person
            } else {
                NOBODY
            });
        }
        // Threads that no row has the id of, by the row that is first in them.
        let mut first: BTreeMap<i32, usize> = BTreeMap::new();
        for row in (0..self.len()).filter(|row| self.kind[*row] == Kind::Message && self.thread[*row] != NOTHING) {
            if rows.get(self.thread[row].into()).is_none() {
                first.entry(self.thread[row]).or_insert(row);
            }
        }
        self.first_in_thread = vec![false; self.len()];
        let mut candidates = Vec::new();
        for (thread, row) in first {
            if look(thread)? == Elsewhere::Nowhere {
                candidates.push((thread, row));
            }
        }
        if !candidates.is_empty() {
            let begun = begun()?;
            for (_, row) in candidates.iter().filter(|(thread, _)| !begun.contains(thread)) {
                self.first_in_thread[*row] = true;
            }
        }
        Ok(())
    }
}

/// What an id is that none of the rows at hand has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Elsewhere {
    /// Nothing that the log has seen.
    Nowhere,
    /// An act by somebody who is not counted.
    NotCounted,
    /// Another row.
    Row {
        /// Who did it.
        person: i32,
        /// What they did.
        kind: Kind,
    },
}

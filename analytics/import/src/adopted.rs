//! Rooms that existed before they come into a log: those of an import into a log that had acts already. Whoever writes in
//! one of them is no newcomer just because nothing of theirs is in the log from before.

use std::collections::HashMap;

use hearth_log::write::{Act, Batch, Span};

/// What the log had before an import, and where in it the rooms of the import begin.
#[derive(Debug)]
pub(super) struct Rooms {
    before: Vec<Span>,
    /// The first act of each room that the import brings, and whether it is from before its source had threads.
    firsts: HashMap<i64, (i64, usize)>,
}

/// Where a room begins that came into view with an import.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Adopted {
    pub room: i64,
    pub ts: i64,
    /// Which of the import's sources tells of it first.
    pub source: usize,
}

impl Rooms {
    pub(super) fn new(before: Vec<Span>) -> Self {
        Self { before, firsts: HashMap::new() }
    }

    /// When the log last heard of a room, before the import.
    pub(super) fn last(&self, room: i64) -> Option<i64> {
        self.before.iter().filter(|span| span.room == room).map(|span| span.last).max()
    }

    /// An act is in the log that was not there before.
    pub(super) fn see(&mut self, act: &Act, source: usize) {
        let first = self.firsts.entry(act.room).or_insert((act.ts, source));
        if act.ts < first.0 {
            *first = (act.ts, source);
        }
    }

    /// The rooms that existed before they came into view: the log knew none of them, and was at work when they begin. A
    /// room that begins after all that these sources told before was made meanwhile, and is none of them.
    fn adopted(&self, sources: [Option<i64>; 2]) -> Vec<Adopted> {
        let begins = self.before.iter().map(|span| span.first).min();
        let told = self.before.iter().filter(|span| sources.contains(&Some(span.source))).map(|span| span.last).max();
        let mut adopted: Vec<Adopted> = self
            .firsts
            .iter()
            .map(|(room, (ts, source))| Adopted { room: *room, ts: *ts, source: *source })
            .filter(|one| self.before.iter().all(|span| span.room != one.room))
            .filter(|one| begins.is_some_and(|begins| begins < one.ts) && told.is_none_or(|told| one.ts <= told))
            .collect();
        adopted.sort_unstable_by_key(|one| one.room);
        adopted
    }

    /// The rooms that the log knew, and that begin earlier now.
    fn earlier(&self) -> Vec<(i64, i64)> {
        let known = |room: i64| self.before.iter().filter(|span| span.room == room).map(|span| span.first).min();
        let begins = self.firsts.iter().map(|(room, (ts, _))| (*room, *ts));
        begins.filter(|(room, ts)| known(*room).is_some_and(|known| *ts < known)).collect()
    }

    /// Writes which rooms came into view, and when. `act` makes the act of one of them.
    pub(super) fn write(
        &self,
        batch: &mut Batch,
        sources: [Option<i64>; 2],
        mut act: impl FnMut(&mut Batch, Adopted) -> rusqlite::Result<Act>,
    ) -> rusqlite::Result<()> {
        for (room, since) in self.earlier() {
            batch.set_seen_since(room, Some(since))?;
        }
        for one in self.adopted(sources) {
            let act = act(batch, one)?;
            batch.act(&act)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rooms(before: &[(i64, i64, i64, i64)], firsts: &[(i64, i64)]) -> Rooms {
        let span = |(room, source, first, last): &(i64, i64, i64, i64)| Span {
            room: *room,
            source: *source,
            first: *first,
            last: *last,
        };
        let firsts = firsts.iter().map(|(room, ts)| (*room, (*ts, 0))).collect();
        Rooms { before: before.iter().map(span).collect(), firsts }
    }

    fn adopted(rooms: &Rooms, source: Option<i64>) -> Vec<i64> {
        rooms.adopted([source, None]).into_iter().map(|one| one.room).collect()
    }

    #[test]
    fn what_begins_while_the_log_was_at_work_existed_before() {
        let log = [(0, 1, 100, 100), (1, 1, 110, 900)];
        assert_eq!(adopted(&rooms(&[], &[(1, 50), (2, 60)]), None), [0; 0], "the first import is the log's beginning");
        assert_eq!(adopted(&rooms(&log, &[(2, 200), (3, 950)]), None), [2, 3]);
        assert_eq!(adopted(&rooms(&log, &[(2, 90), (3, 100)]), None), [0; 0], "the log begins with them now");
        assert_eq!(adopted(&rooms(&log, &[(1, 950)]), None), [0; 0], "it knew the room");
    }

    #[test]
    fn what_begins_after_all_that_the_source_told_was_made_meanwhile() {
        let log = [(1, 7, 100, 500)];
        assert_eq!(
            adopted(&rooms(&log, &[(2, 400), (3, 600)]), Some(7)),
            [2],
            "a channel that was private, and a new one"
        );
        assert_eq!(rooms(&log, &[(1, 60), (2, 400)]).earlier(), [(1, 60)]);
    }
}

//! Who did how much in which room: the first small facts that one pass over a month's rows leaves.

use std::ops::Range;

use hearth_shared::activity::Kind;
use jiff::tz::TimeZone;

use crate::{calendar, index::Numbering, log::Log};

/// One person's month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonMonth {
    /// The person.
    pub person: i32,
    /// Messages written.
    pub messages: u32,
    /// Reactions given.
    pub reactions: u32,
    /// When they wrote first and last in it, in milliseconds since 1970, if they did.
    pub wrote: [i64; 2],
}

/// One person's month in one room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomMonth {
    /// The room.
    pub room: i32,
    /// The person.
    pub person: i32,
    /// Messages written there.
    pub messages: u32,
    /// Reactions given there.
    pub reactions: u32,
}

/// What a month's messages and reactions come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Everybody who posted or reacted, ordered by person.
    pub people: Vec<PersonMonth>,
    /// The same by room, ordered by room and person.
    pub rooms: Vec<RoomMonth>,
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
}

/// Counts month after month; what it needs for that it keeps from one to the next.
#[derive(Debug)]
pub struct Teller<'a> {
    log: &'a Log,
    people: &'a Numbering,
    rooms: Numbering,
    here: Sheet,
    everywhere: Sheet,
}

impl<'a> Teller<'a> {
    /// Counts the rows of `log`, whose people are `people`.
    pub fn new(log: &'a Log, people: &'a Numbering) -> Self {
        let sheet = || Sheet { counts: vec![Count::NOTHING; people.len()], touched: Vec::new() };
        Self { log, people, rooms: Numbering::of(&log.room), here: sheet(), everywhere: sheet() }
    }

    /// What these rows of one month come to, with days as `zone` has them.
    ///
    /// People are counted room by room, and only what they come to there is laid together: few people are in one room,
    /// so that what is counted stays near the processor.
    pub fn count(&mut self, rows: Range<usize>, zone: &TimeZone) -> Tally {
        let from = rows.start;
        let mut cells = Vec::new();
        for (room, acts) in self.by_room(rows, zone).into_iter().enumerate().filter(|(_, acts)| !acts.is_empty()) {
            for act in acts {
                let Some(person) = self.people.number(act.person) else { continue };
                self.here.of(person).add(Count::of(act));
            }
            let room = self.rooms.id(room);
            for (person, count) in self.here.take() {
                self.everywhere.of(person).add(count);
                let Count { messages, reactions, .. } = count;
                cells.push(RoomMonth { room, person: self.people.id(person), messages, reactions });
            }
        }
        let mut active_days = 0;
        let mut people = Vec::with_capacity(self.everywhere.touched.len());
        for (person, Count { messages, reactions, days, wrote }) in self.everywhere.take() {
            active_days += u64::from(days.count_ones());
            let at = |row: u32| self.log.ts[from + row as usize];
            let wrote = if messages > 0 { wrote.map(at) } else { [0; 2] };
            people.push(PersonMonth { person: self.people.id(person), messages, reactions, wrote });
        }
        Tally { people, rooms: cells, active_days }
    }

    /// The messages and reactions of each room, in their order.
    fn by_room(&self, rows: Range<usize>, zone: &TimeZone) -> Vec<Vec<Act>> {
        let log = self.log;
        let is_act = |row: &usize| matches!(log.kind[*row], Kind::Message | Kind::Reaction);
        let mut sizes = vec![0; self.rooms.len()];
        for room in rows.clone().filter(is_act).filter_map(|row| self.rooms.number(log.room[row])) {
            sizes[room] += 1;
        }
        let mut by_room: Vec<Vec<Act>> = sizes.into_iter().map(Vec::with_capacity).collect();
        let days = calendar::days(&log.ts[rows.clone()], zone);
        for ((row, number), day) in rows.zip(0_u32..).zip(days).filter(|((row, _), _)| is_act(row)) {
            let Some(room) = self.rooms.number(log.room[row]) else { continue };
            let is_message = log.kind[row] == Kind::Message;
            by_room[room].push(Act { person: log.person[row], row: number, day: day as u32, is_message });
        }
        by_room
    }
}

/// A message or a reaction.
#[derive(Clone, Copy)]
struct Act {
    person: i32,
    /// Which of the rows it is.
    row: u32,
    /// Which day of the month.
    day: u32,
    is_message: bool,
}

/// What somebody did in what is being counted.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Count {
    messages: u32,
    reactions: u32,
    /// A bit for each day of the month on which they did something.
    days: u32,
    /// The rows of their first and of their last message.
    wrote: [u32; 2],
}

impl Count {
    const NOTHING: Self = Self { messages: 0, reactions: 0, days: 0, wrote: [u32::MAX, 0] };

    fn of(act: Act) -> Self {
        let days = 1_u32.checked_shl(act.day).unwrap_or(0);
        if act.is_message {
            Self { messages: 1, reactions: 0, days, wrote: [act.row; 2] }
        } else {
            Self { messages: 0, reactions: 1, days, ..Self::NOTHING }
        }
    }

    fn add(&mut self, more: Self) {
        self.messages += more.messages;
        self.reactions += more.reactions;
        self.days |= more.days;
        self.wrote = [self.wrote[0].min(more.wrote[0]), self.wrote[1].max(more.wrote[1])];
    }
}

/// What everybody did in what is being counted, by their numbers.
#[derive(Debug)]
struct Sheet {
    counts: Vec<Count>,
    /// Whose counts are not nothing.
    touched: Vec<u32>,
}

impl Sheet {
    /// The count of somebody to whom something is added now.
    fn of(&mut self, person: usize) -> &mut Count {
        let count = &mut self.counts[person];
        if *count == Count::NOTHING {
            self.touched.push(person as u32);
        }
        count
    }

    /// Everybody who did something since the last time, ordered.
    fn take(&mut self) -> impl Iterator<Item = (usize, Count)> {
        self.touched.sort_unstable();
        let counts = &mut self.counts;
        self.touched
            .drain(..)
            .map(move |person| (person as usize, std::mem::replace(&mut counts[person as usize], Count::NOTHING)))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::log::{NOTHING, Row};

    const HOUR: i64 = 3_600_000;

    proptest! {
        #[test]
        fn a_tally_is_what_one_counts_by_hand(acts in prop::collection::vec((0..9_i32, 0..4_i32, 0..3_u8, 0..700_i64), 0..120)) {
            let kinds = [Kind::Message, Kind::Reaction, Kind::Join];
            let rows: Vec<Row> = acts
                .iter()
                .zip(1..)
                .map(|((person, room, kind, hour), id)| Row {
                    id,
                    source: 1,
                    room: *room,
                    person: *person,
                    kind: kinds[usize::from(*kind)],
                    ts: hour * HOUR,
                    reply_to: NOTHING,
                    thread: NOTHING,
                })
                .collect();
            let log = Log::from_rows("Testers", rows.clone(), BTreeMap::new(), &[]);
            let people = Numbering::of(&log.person);
            let mut teller = Teller::new(&log, &people);
            let (mut by_person, mut by_room, mut days) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
            let mut wrote: BTreeMap<i32, Vec<i64>> = BTreeMap::new();
            for row in rows.iter().filter(|row| row.kind != Kind::Join) {
                let is_message = row.kind == Kind::Message;
                for count in [by_person.entry((0, row.person)), by_room.entry((row.room, row.person))] {
                    let (messages, reactions): &mut (u32, u32) = count.or_default();
                    *messages += u32::from(is_message);
                    *reactions += u32::from(!is_message);
                }
                days.insert((row.person, row.ts / (24 * HOUR)));
                if is_message {
                    wrote.entry(row.person).or_default().push(row.ts);
                }
            }
            // Twice: nothing may be left over from the first time.
            for _ in 0..2 {
                let tally = teller.count(0..log.len(), &TimeZone::UTC);
                let people: Vec<_> = tally.people.iter().map(|one| ((0, one.person), (one.messages, one.reactions))).collect();
                let rooms: Vec<_> = tally.rooms.iter().map(|one| ((one.room, one.person), (one.messages, one.reactions))).collect();
                for one in tally.people.iter().filter(|one| one.messages > 0) {
                    let times = &wrote[&one.person];
                    prop_assert_eq!(one.wrote, [*times.iter().min().unwrap(), *times.iter().max().unwrap()]);
                }
                prop_assert_eq!(people, by_person.clone().into_iter().collect::<Vec<_>>());
                prop_assert_eq!(rooms, by_room.clone().into_iter().collect::<Vec<_>>());
                prop_assert_eq!(tally.active_days, days.len() as u64);
            }
        }
    }
}

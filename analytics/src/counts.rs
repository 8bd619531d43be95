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
pub struct MonthCounts {
    /// Everybody who posted or reacted, ordered by person.
    pub people: Vec<PersonMonth>,
    /// The same by room, ordered by room and person.
    pub rooms: Vec<RoomMonth>,
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
}

/// Counts month after month.
#[derive(Debug)]
pub struct ActivityCounter<'a> {
    log: &'a Log,
    rooms: Numbering,
}

impl<'a> ActivityCounter<'a> {
    /// Counts the rows of `log`.
    pub fn new(log: &'a Log) -> Self {
        Self { log, rooms: Numbering::of(&log.room) }
    }

    /// What these rows of one month come to, with days as `zone` has them.
    pub fn count(&self, rows: Range<usize>, zone: &TimeZone) -> MonthCounts {
        let began = self.log.ts.get(rows.start).copied().unwrap_or_default();
        let mut counts = MonthCounts::default();
        for mut acts in self.acts(rows, zone) {
            acts.sort_unstable();
            for acts in acts.chunk_by(|one, other| one.person() == other.person()) {
                let (person, mut all) = (acts[0].person(), PersonCount::default());
                for acts in acts.chunk_by(|one, other| one.room() == other.room()) {
                    let (room, here) = (self.rooms.id(acts[0].room()), PersonCount::of(acts));
                    counts.rooms.push(RoomMonth { room, person, messages: here.messages, reactions: here.reactions });
                    all.add(&here);
                }
                let PersonCount { messages, reactions, days, wrote } = all;
                counts.active_days += u64::from(days.count_ones());
                let wrote = wrote.map_or([0; 2], |after| after.map(|after| began + i64::from(after)));
                counts.people.push(PersonMonth { person, messages, reactions, wrote });
            }
        }
        counts.rooms = self.by_room(&counts.rooms);
        counts
    }

    /// The same cells, those of each room together.
    fn by_room(&self, cells: &[RoomMonth]) -> Vec<RoomMonth> {
        let number = |cell: &RoomMonth| self.rooms.number(cell.room).unwrap_or_default();
        let mut places = vec![0; self.rooms.len() + 1];
        for cell in cells {
            places[number(cell) + 1] += 1;
        }
        for room in 0..self.rooms.len() {
            places[room + 1] += places[room];
        }
        let mut by_room = cells.to_vec();
        for cell in cells {
            let place = &mut places[number(cell)];
            by_room[*place] = *cell;
            *place += 1;
        }
        by_room
    }

    /// The messages and reactions of people who are neighbours by their ids, in parts of about a size.
    fn acts(&self, rows: Range<usize>, zone: &TimeZone) -> Vec<Vec<PackedAct>> {
        let log = self.log;
        let people = &log.person[rows.clone()];
        let [least, most] =
            people.iter().fold([i32::MAX, i32::MIN], |[least, most], id| [least.min(*id), most.max(*id)]);
        let parts = rows.len() / PART + 1;
        let place = |person: i32| (i64::from(person) - i64::from(least)) as usize;
        let neighbours = place(most.max(least)) / parts + 1;
        let mut split: Vec<Vec<PackedAct>> = (0..parts).map(|_| Vec::with_capacity(rows.len() / parts)).collect();
        let (times, days) = (&log.ts[rows.clone()], calendar::days(&log.ts[rows.clone()], zone));
        for (row, (ts, day)) in rows.zip(times.iter().zip(days)) {
            if let kind @ (Kind::Message | Kind::Reaction) = log.kind[row] {
                let (Some(room), person) = (self.rooms.number(log.room[row]), log.person[row]) else { continue };
                let act = PackedAct::new(person, room, ts - times[0], day, kind == Kind::Message);
                split[place(person) / neighbours].push(act);
            }
        }
        split
    }
}

/// About so many acts are counted at a time: they fit into a processor's own memory, where a table of everybody would
/// not.
const PART: usize = 1 << 13;

/// A message or a reaction. It is one number, because numbers are ordered fastest: 32 bits for the person, 32 for the
/// number of the room, 32 for the milliseconds since the month's first act, and at the end the day of the month and
/// whether it is a message.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct PackedAct(u128);

impl PackedAct {
    fn new(person: i32, room: usize, after: i64, day: i32, is_message: bool) -> Self {
        // What is below 0 would come last.
        let person = u128::from(person.cast_unsigned() ^ (1 << 31));
        let end = u128::from(day as u8) << 1 | u128::from(is_message);
        Self(person << 96 | u128::from(room as u32) << 64 | u128::from(after as u32) << 32 | end)
    }

    fn person(self) -> i32 {
        ((self.0 >> 96) as u32 ^ (1 << 31)).cast_signed()
    }

    fn room(self) -> usize {
        (self.0 >> 64) as u32 as usize
    }

    fn after(self) -> u32 {
        (self.0 >> 32) as u32
    }

    fn day(self) -> u32 {
        u32::from((self.0 >> 1) as u8)
    }

    fn is_message(self) -> bool {
        self.0 & 1 == 1
    }
}

/// What somebody did.
#[derive(Clone, Copy, Default)]
struct PersonCount {
    messages: u32,
    reactions: u32,
    /// A bit for each day of the month on which they did something.
    days: u32,
    /// When they wrote first and last, in milliseconds since the month's first act.
    wrote: Option<[u32; 2]>,
}

impl PersonCount {
    /// What acts come to that are ordered.
    fn of(acts: &[PackedAct]) -> Self {
        let mut count = Self::default();
        for act in acts {
            count.messages += u32::from(act.is_message());
            count.reactions += u32::from(!act.is_message());
            count.days |= 1_u32.checked_shl(act.day()).unwrap_or_default();
            if act.is_message() {
                count.wrote = Some([count.wrote.map_or(act.after(), |[first, _]| first), act.after()]);
            }
        }
        count
    }

    /// Adds what they did elsewhere.
    fn add(&mut self, more: &Self) {
        self.messages += more.messages;
        self.reactions += more.reactions;
        self.days |= more.days;
        self.wrote = match (self.wrote, more.wrote) {
            (Some(one), Some(other)) => Some([one[0].min(other[0]), one[1].max(other[1])]),
            (one, other) => one.or(other),
        };
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;

    use super::*;
    use crate::{
        calendar::HOUR,
        log::{NOTHING, Row},
    };

    /// Somebody, somewhere, a kind (0 to 2), and an hour.
    type Told = (i32, i32, u8, i64);

    /// A counts is what one counts by hand.
    fn check(acts: &[Told]) {
        let kinds = [Kind::Message, Kind::Reaction, Kind::Join];
        let row = |((person, room, kind, hour), id): (&Told, i32)| Row {
            id,
            source: 1,
            room: *room,
            person: *person,
            kind: kinds[usize::from(*kind)],
            ts: hour * HOUR,
            reply_to: NOTHING,
            thread: NOTHING,
        };
        let rows: Vec<Row> = acts.iter().zip(1..).map(row).collect();
        let log = Log::from_rows("Testers", rows.clone(), BTreeMap::new(), &[]);
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
        let counts = ActivityCounter::new(&log).count(0..log.len(), &TimeZone::UTC);
        let people = counts.people.iter().map(|one| ((0, one.person), (one.messages, one.reactions)));
        let rooms = counts.rooms.iter().map(|one| ((one.room, one.person), (one.messages, one.reactions)));
        for one in counts.people.iter().filter(|one| one.messages > 0) {
            let times = &wrote[&one.person];
            assert_eq!(one.wrote, [*times.iter().min().unwrap(), *times.iter().max().unwrap()]);
        }
        assert!(people.eq(by_person), "{:?}", counts.people);
        assert!(rooms.eq(by_room), "{:?}", counts.rooms);
        assert_eq!(counts.active_days, days.len() as u64);
    }

    proptest! {
        #[test]
        fn a_few_acts_are_counted_as_by_hand(
            acts in prop::collection::vec((0..9_i32, 0..4_i32, 0..3_u8, 0..700_i64), 0..120)
        ) {
            check(&acts);
        }
    }

    #[test]
    fn many_parts_are_counted_as_by_hand() {
        // Few busy people and many quiet ones, in parts of very different size.
        let act = |number: i32| {
            let person = if number % 3 == 0 { number % 7 } else { number % 2_003 * 1_000 };
            (person, number % 11, (number % 5 % 3) as u8, i64::from(number % 700))
        };
        let acts: Vec<Told> = (0..5 * PART as i32).map(act).collect();
        check(&acts);
    }
}

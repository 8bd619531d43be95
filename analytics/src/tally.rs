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
    counts: Vec<Count>,
    touched: Vec<u32>,
}

/// What somebody did in what is being counted.
#[derive(Clone, Copy, Debug)]
struct Count {
    messages: u32,
    reactions: u32,
    /// The last day on which they did something.
    day: i32,
    wrote: [i64; 2],
}

const NOTHING_YET: Count = Count { messages: 0, reactions: 0, day: i32::MIN, wrote: [0; 2] };

impl<'a> Teller<'a> {
    /// Counts the rows of `log`, whose people are `people`.
    pub fn new(log: &'a Log, people: &'a Numbering) -> Self {
        let rooms = Numbering::of(&log.room);
        Self { log, people, rooms, counts: vec![NOTHING_YET; people.len()], touched: Vec::new() }
    }

    /// What these rows come to, with days as `zone` has them.
    pub fn count(&mut self, rows: Range<usize>, zone: &TimeZone) -> Tally {
        let days = calendar::days(&self.log.ts[rows.clone()], zone);
        let mut active_days = 0;
        let mut acts: Vec<Act> = Vec::with_capacity(rows.len());
        for (row, day) in rows.zip(days) {
            let is_message = match self.log.kind[row] {
                Kind::Message => true,
                Kind::Reaction => false,
                _ => continue,
            };
            let numbers = (self.rooms.number(self.log.room[row]), self.people.number(self.log.person[row]));
            let (Some(room), Some(person)) = numbers else { continue };
            let act = Act { room: room as u32, person: person as u32, is_message };
            self.see(act);
            let count = &mut self.counts[person];
            active_days += u64::from(count.day != day);
            count.day = day;
            if is_message {
                let ts = self.log.ts[row];
                count.wrote = [if count.messages == 1 { ts } else { count.wrote[0] }, ts];
            }
            acts.push(act);
        }
        let people = self
            .take()
            .map(|(person, Count { messages, reactions, wrote, .. })| PersonMonth {
                person,
                messages,
                reactions,
                wrote,
            })
            .collect();
        let mut rooms = Vec::new();
        for here in by_room(&acts, self.rooms.len()).iter().filter(|here| !here.is_empty()) {
            for act in here {
                self.see(*act);
            }
            let room = here.first().map_or(0, |act| self.rooms.id(act.room as usize));
            let cells = self.take().map(|(person, Count { messages, reactions, .. })| RoomMonth {
                room,
                person,
                messages,
                reactions,
            });
            rooms.extend(cells);
        }
        Tally { people, rooms, active_days }
    }

    fn see(&mut self, act: Act) {
        let count = &mut self.counts[act.person as usize];
        if count.messages + count.reactions == 0 {
            self.touched.push(act.person);
        }
        count.messages += u32::from(act.is_message);
        count.reactions += u32::from(!act.is_message);
    }

    /// Everybody who was seen since the last time, ordered.
    fn take(&mut self) -> impl Iterator<Item = (i32, Count)> {
        self.touched.sort_unstable();
        let (people, counts) = (self.people, &mut self.counts);
        self.touched.drain(..).map(move |person| {
            (people.id(person as usize), std::mem::replace(&mut counts[person as usize], NOTHING_YET))
        })
    }
}

/// A message or a reaction, with numbers for room and person.
#[derive(Clone, Copy)]
struct Act {
    room: u32,
    person: u32,
    is_message: bool,
}

/// The acts of each room.
fn by_room(acts: &[Act], rooms: usize) -> Vec<Vec<Act>> {
    let mut sizes = vec![0; rooms];
    for act in acts {
        sizes[act.room as usize] += 1;
    }
    let mut by_room: Vec<Vec<Act>> = sizes.into_iter().map(Vec::with_capacity).collect();
    for act in acts {
        by_room[act.room as usize].push(*act);
    }
    by_room
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

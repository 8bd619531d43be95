//! Who is there, how talkative they are, when they come and go.

use std::ops::Range;

use jiff::ToSpan as _;
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

use super::past::{Person, ROOMS};
use super::phrases;
use super::rhythm::Day;

const DAY: i64 = 86_400_000;
const HOUR: i64 = 3_600_000;

/// A person with the traits that the story needs.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub person: Person,
    /// How often they speak, 1 being an occasional poster.
    pub voice: f64,
    /// How likely they answer others.
    pub helpful: f64,
    /// How likely they react.
    pub reacts: f64,
    /// When they entered each room; never, if absent.
    pub joined: [Option<i64>; ROOMS.len()],
    /// When they left all rooms.
    pub left: Option<i64>,
    /// A long silence, from and until: of those who come back.
    pub silent: Option<(i64, i64)>,
    /// Whether they introduce themselves.
    pub says_hello: bool,
}

impl Member {
    /// Whether they are in `room` and not in a silence at `at`.
    pub fn is_active(&self, room: usize, at: i64) -> bool {
        let silent = self.silent.is_some_and(|(from, until)| from <= at && at < until);
        self.joined[room].is_some_and(|joined| joined < at) && self.left.is_none_or(|left| at < left) && !silent
    }

    /// How much of a beginner's voice they have: people speak up more after their first weeks.
    pub fn voice_at(&self, at: i64) -> f64 {
        let weeks = self.joined[0].map_or(0, |joined| (at - joined) / (7 * DAY));
        self.voice * if weeks < 2 { 0.6 } else { 1.0 }
    }
}

/// Who arrives together, in one calendar month.
struct Wave {
    /// How many months before the last one that is over; `None` for those who founded the community.
    months_before: Option<i32>,
    /// How many write.
    writers: usize,
    /// How many only react.
    reactors: usize,
    /// How many only read.
    readers: usize,
}

/// People come, pause and go in groups, as after a talk or when a team changes. Of fewer than five people a report
/// says nothing, so a trickle would make for a month of silence; the sixteen months between are quiet enough.
const WAVES: &[Wave] = &[
    Wave { months_before: None, writers: 14, reactors: 6, readers: 5 },
    Wave { months_before: Some(17), writers: 5, reactors: 1, readers: 0 },
    Wave { months_before: Some(9), writers: 5, reactors: 0, readers: 0 },
    Wave { months_before: Some(0), writers: 6, reactors: 0, readers: 0 },
];
/// A team among the founders, which leaves as the month so long before the last one begins.
const LEAVERS: Range<usize> = 9..14;
const LEAVE: i32 = 7;
/// The wave that pauses together, in these months before the last one.
const PAUSING_WAVE: usize = 1;
const PAUSE: (i32, i32) = (5, 3);
/// When one of those who only react does not, the first first.
const QUIET: [(i32, i32); 3] = [(14, 11), (8, 6), (2, 0)];

/// What somebody does in a community.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Writes,
    Reacts,
    Reads,
}

pub(super) fn cast(rng: &mut ChaCha8Rng, days: &[Day]) -> Vec<Member> {
    let begin = days.first().map_or(0, |day| day.morning);
    let mut cast = Vec::new();
    for (number, wave) in WAVES.iter().enumerate() {
        let parts = [(Part::Writes, wave.writers), (Part::Reacts, wave.reactors), (Part::Reads, wave.readers)];
        for part in parts.into_iter().flat_map(|(part, count)| std::iter::repeat_n(part, count)) {
            let place = cast.len();
            let arrival = match wave.months_before {
                None => begin + rng.random_range(0..9 * DAY),
                Some(months) => month(days, months) + rng.random_range(2 * DAY..20 * DAY),
            };
            let arrival = office_hour(rng, days, arrival);
            let mut member = member(rng, place, part, arrival);
            if number > 0 {
                // A first word within the month, by which they are counted.
                member.says_hello = part == Part::Writes;
            }
            if number == PAUSING_WAVE {
                member.silent = Some((month(days, PAUSE.0), month(days, PAUSE.1)));
            }
            if part == Part::Reacts
                && let Some(quiet) = place.checked_sub(wave.writers).and_then(|place| QUIET.get(place))
            {
                member.silent = Some((month(days, quiet.0), month(days, quiet.1)));
            }
            if LEAVERS.contains(&place) {
                member.left = Some(month(days, LEAVE) - rng.random_range(HOUR..3 * DAY));
            }
            cast.push(member);
        }
    }
    cast
}

/// The first moment of the month that lies so many months before the last one that is over.
fn month(days: &[Day], months_before: i32) -> i64 {
    let Some(last) = days.last() else { return 0 };
    let first = last.date.first_of_month().saturating_sub((months_before + 1).months());
    days.iter().find(|day| day.date >= first).map_or(last.morning, |day| day.morning)
}

fn member(rng: &mut ChaCha8Rng, place: usize, part: Part, arrival: i64) -> Member {
    let name = phrases::NAMES[place % phrases::NAMES.len()];
    // A few carry the conversation, most take part now and then.
    let (voice, helpful, reacts) = match (part, place) {
        (Part::Reads, _) => (0.0, 0.0, 0.0),
        (Part::Reacts, _) => (0.0, 0.0, 4.0),
        (Part::Writes, 0..2) => (12.0, 9.0, 3.0),
        (Part::Writes, 2..5) => (7.0, 6.0, 3.0),
        (Part::Writes, 5..9) => (3.0, 3.0, 2.0),
        (Part::Writes, _) => match rng.random_range(0..10) {
            0 | 1 => (4.0, 3.0, 2.0),
            2..=5 => (2.0, 1.5, 2.0),
            _ => (0.9, 0.6, 1.5),
        },
    };
    let mut joined = [None; ROOMS.len()];
    let mut at = arrival;
    for (room, likely) in [1.0, 0.92, 0.9, 0.65].into_iter().enumerate() {
        // Founders are everywhere.
        if rng.random_bool(likely) || place < 5 {
            joined[room] = Some(at);
            at += rng.random_range(20_000..400_000);
        }
    }
    Member {
        person: Person { localpart: name.to_lowercase(), name: name.into(), lead: place < 3 },
        voice,
        helpful,
        reacts,
        joined,
        left: None,
        silent: None,
        says_hello: place > 0 && part == Part::Writes && rng.random_bool(0.7),
    }
}

/// The same moment, moved into the working hours of that day.
fn office_hour(rng: &mut ChaCha8Rng, days: &[Day], at: i64) -> i64 {
    let day = days.iter().rev().find(|day| day.morning <= at);
    day.map_or(at, |day| day.morning + 9 * HOUR + rng.random_range(0..8 * HOUR))
}

//! Who is there, how talkative they are, when they come and go.

use jiff::Timestamp;
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

use super::rhythm::Day;
use super::{Person, ROOMS, phrases};

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
    /// A long silence, from and until: the one who comes back.
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

/// Shares of the two years at which people arrive, and how many.
const WAVES: &[(f64, usize)] =
    &[(0.0, 13), (0.12, 3), (0.25, 5), (0.40, 3), (0.50, 5), (0.66, 4), (0.79, 3), (0.90, 3), (0.945, 2), (0.975, 1)];

pub(super) fn cast(rng: &mut ChaCha8Rng, days: &[Day], end: Timestamp) -> Vec<Member> {
    let begin = days.first().map_or(0, |day| day.morning);
    let span = (end.as_millisecond() - begin).max(1);
    let mut cast = Vec::new();
    for (share, count) in WAVES {
        for _ in 0..*count {
            let place = cast.len();
            let founder = place < 13;
            let wave = begin + (span as f64 * share) as i64;
            let spread = if founder { 9 * DAY } else { 12 * DAY };
            let late = rng.random_range(0..spread);
            let arrival = office_hour(rng, days, wave + late);
            cast.push(member(rng, place, arrival, begin, span));
        }
    }
    cast
}

fn member(rng: &mut ChaCha8Rng, place: usize, arrival: i64, begin: i64, span: i64) -> Member {
    let name = phrases::NAMES[place % phrases::NAMES.len()];
    // A few carry the conversation, most take part now and then, some read.
    let (voice, helpful, reacts) = match place {
        0..5 => (7.0, 6.0, 3.0),
        5..9 => (3.0, 3.0, 2.0),
        _ => match rng.random_range(0..10) {
            0 | 1 => (4.0, 3.0, 2.0),
            2..=4 => (2.0, 1.5, 2.0),
            5..=7 => (0.9, 0.6, 1.5),
            _ => (0.15, 0.05, 1.0),
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
    let leaves = matches!(place, 8 | 11 | 15 | 20 | 24) || (place > 13 && rng.random_bool(0.06));
    let left = leaves.then(|| arrival + rng.random_range(span / 8..span / 3)).filter(|left| *left < begin + span);
    // Two fall silent for months and come back in the last weeks.
    let silent = matches!(place, 10 | 17).then(|| (begin + span / 100 * 62, begin + span / 100 * 94));
    Member {
        person: Person { localpart: name.to_lowercase(), name: name.into(), lead: place < 3 },
        voice,
        helpful,
        reacts,
        joined,
        left,
        silent,
        says_hello: place > 0 && rng.random_bool(0.7),
    }
}

/// The same moment, moved into the working hours of that day.
fn office_hour(rng: &mut ChaCha8Rng, days: &[Day], at: i64) -> i64 {
    let day = days.iter().rev().find(|day| day.morning <= at);
    day.map_or(at, |day| day.morning + 9 * HOUR + rng.random_range(0..8 * HOUR))
}

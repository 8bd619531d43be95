//! What an adversary learns from a release: all it knows are published cells and the rules by which they were made.

use std::collections::BTreeMap;

use hearth_release::{
    policy::{self, Of, cells},
    raw::RawMonth,
};
use hearth_shared::{
    release::{Cell, Released, grid},
    report::measure_id as id,
};

use super::random::Random;

/// A month of a generated community, exactly.
pub fn raw(counts: &[u32], random: &mut Random) -> RawMonth {
    let messages: u64 = counts.iter().map(|count| u64::from(*count)).sum();
    // Conversations are between a fiftieth and nearly all of the messages, and each that was taken up has another one.
    let share = (random.unit() * (45_f64).ln()).exp() / 50.0;
    let conversations = ((messages as f64 * share).round() as u64).clamp(1, messages);
    let taken = random.below((conversations.min(messages - conversations) + 1) as usize) as u64;
    let openers = conversations.min(counts.len() as u64);
    RawMonth {
        month: "2026-10".parse().unwrap(),
        scope: 0,
        posters: counts.len() as u64,
        active: Some(counts.len() as u64),
        messages,
        voices: Some(voices(counts)),
        new: Some(0),
        unknown_origin: 0,
        conversations,
        openers,
        taken,
        taken_openers: openers.min(taken),
        answer_minutes: (taken > 0).then_some(60.0),
        rooms_active: 1,
        rooms_shared: 1,
    }
}

/// Effective voices of order 2.
pub fn voices(counts: &[u32]) -> f64 {
    let (sum, squares) = sums(counts);
    (sum * sum) as f64 / squares as f64
}

pub fn sums(counts: &[u32]) -> (u64, u64) {
    counts.iter().fold((0, 0), |(sum, squares), count| {
        let count = u64::from(*count);
        (sum + count, squares + count * count)
    })
}

/// What is known of the counts of everybody who wrote.
#[derive(Clone, Debug)]
pub struct Seen {
    /// The least and the largest number of messages that fit.
    pub messages: [u64; 2],
    /// How likely what was published of conversations is, by the number of messages from the least on: logarithms.
    conversations: Vec<f64>,
    /// The ends of effective voices.
    pub voices: Option<[f64; 2]>,
}

impl Seen {
    /// Everything that a release tells of counts.
    pub fn of(raw: &RawMonth) -> Self {
        Self::of_cells(raw.posters, &policy::month(raw, Of::Community { members: None }))
    }

    fn of_cells(posters: u64, cells: &BTreeMap<String, Cell>) -> Self {
        let messages = match cells[id::MESSAGES].value.and_then(Released::value) {
            Some(told) => [
                first(|count| grid::one_two_five(count) as f64 >= told),
                first(|count| grid::one_two_five(count) as f64 > told) - 1,
            ],
            // They are not told where they are few, and that tells that they are.
            None => [0, first(|count| grid::one_two_five(count) >= policy::MESSAGES_A_POSTER * posters) - 1],
        };
        let told = cells[id::EFFECTIVE_VOICES].value;
        let voices = told.map(|told| voices_ends(told, posters as f64));
        let mut seen = Self { messages: [messages[0].max(posters), messages[1]], conversations: Vec::new(), voices };
        seen.conversations = seen.by_conversations(&cells[id::TAKEN_UP], cells[id::ANSWER_TIME].value.is_some());
        seen
    }

    /// What a release tells in which conversations are not told.
    pub fn only_messages(counts: &[u32]) -> Self {
        let raw = RawMonth { conversations: 0, openers: 0, taken: 0, ..raw(counts, &mut Random::new(0)) };
        Self::of(&raw)
    }

    /// The largest fit that any counts have.
    pub fn best(&self) -> f64 {
        self.conversations.iter().copied().fold(f64::NEG_INFINITY, f64::max)
    }

    /// An exact number of messages, and voices between two ends.
    pub fn exactly(messages: u64, voices: Option<[f64; 2]>) -> Self {
        Self { messages: [messages, messages], conversations: vec![0.0], voices }
    }

    /// Conversations are messages, and so are what took them up: they bound the messages from below.
    fn by_conversations(&self, cell: &Cell, timed: bool) -> Vec<f64> {
        let [least, most] = self.messages;
        let Some((about, share)) = cell.about.zip(cell.value.and_then(Released::value)) else {
            return vec![0.0; (most - least + 1) as usize];
        };
        let from = first(|count| grid::ten_a_decade(count as f64) >= about);
        // So many or more: as many as are messages.
        let to = if cell.or_more { most } else { first(|count| grid::ten_a_decade(count as f64) > about) - 1 };
        // The time of an answer is told where enough were taken up.
        let enough = if timed { cells::VALUES as f64 } else { 0.0 };
        // Some places in the band are enough where it is wide. Each with how many of its conversations were taken up.
        let stride = ((to - from) / 24).max(1);
        let places = (from..=to).step_by(stride as usize).map(|begun| {
            let is_told = grid::ten_a_decade(begun as f64) == about;
            let step = grid::conversation_step(if is_told { begun } else { about as u64 }).unwrap_or(1.0);
            let [low, high] = [share - step / 2.0, share + step / 2.0].map(|share| share * begun as f64);
            (begun as f64, low.max(enough).ceil(), high.floor())
        });
        let places: Vec<_> = places.collect();
        let likely = |messages: u64| -> f64 {
            let fits = |(begun, low, high): &(f64, f64, f64)| {
                let messages = messages as f64;
                let most = begun.min(messages - begun);
                let high = high.min(most);
                // As [`raw`] makes them.
                let usual = begun - 0.5 <= messages * 0.9 && begun + 0.5 >= messages / 50.0;
                if !usual || high < *low { 0.0 } else { (high - low + 1.0) / (most + 1.0) / begun }
            };
            places.iter().map(fits).sum()
        };
        (least..=most).map(|messages| likely(messages).ln()).collect()
    }

    /// How likely counts with these sums are by what was published: a logarithm.
    pub fn fit(&self, (sum, squares): (u64, u64)) -> f64 {
        if sum < self.messages[0] || sum > self.messages[1] {
            return f64::NEG_INFINITY;
        }
        if let Some([low, high]) = self.voices {
            let voices = (sum * sum) as f64 / squares as f64;
            if voices < low || voices >= high {
                return f64::NEG_INFINITY;
            }
        }
        self.conversations[(sum - self.messages[0]) as usize]
    }
}

/// The ends of the voices that are told as `told`.
pub fn voices_ends(told: Released, posters: f64) -> [f64; 2] {
    let middle = told.middle().min(posters);
    let same = |voices: f64| Released::voices(voices) == told;
    let end = |away: f64| {
        let (mut inside, mut outside) = (middle, away);
        if same(outside) {
            return outside;
        }
        for _ in 0..60 {
            let between = f64::midpoint(inside, outside);
            if same(between) { inside = between } else { outside = between }
        }
        outside
    };
    assert!(same(middle), "{told:?}");
    [end(1.0), end(posters + 1.0)]
}

/// The first count of which something holds that holds of all larger ones.
fn first(holds: impl Fn(u64) -> bool) -> u64 {
    let (mut low, mut high) = (0_u64, 1 << 30);
    while low < high {
        let middle = u64::midpoint(low, high);
        if holds(middle) { high = middle } else { low = middle + 1 }
    }
    low
}

//! Buttons of meetings: to say that one is there, when one can, and to lead.
//!
//! On the card of a meeting that is on, anybody says that they are there. What goes on and what takes longer is obeyed
//! only from whoever leads it or planned it, and from leads; others' taps are met with silence.

use super::text::ordinal;
use crate::{Words, schedule::Rhythm};

/// What a tap on a meeting's card asks for, beside saying that somebody is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tap {
    /// The next in the round, or on the agenda, or a round.
    Next,
    /// The topic before.
    Back,
    /// More time.
    More,
    /// To say nothing in the round.
    Pass,
}

fn plain(text: &str) -> String {
    text.replace('\u{fe0f}', "").trim().to_lowercase()
}

impl Tap {
    /// What a reaction asks for, in whichever language its button was written.
    pub(super) fn read(with: &str) -> Option<Self> {
        let labels = |words: &Words| {
            [
                (words.meetings_tap_next(), Self::Next),
                (words.meetings_tap_back(), Self::Back),
                (words.meetings_tap_more(), Self::More),
                (words.meetings_tap_pass(), Self::Pass),
            ]
        };
        let mut all = Words::all().iter().flat_map(labels);
        all.find(|(label, _)| plain(label) == plain(with)).map(|(_, tap)| tap)
    }
}

/// The buttons of a meeting that is on; back where there are topics to go back to.
pub(super) fn of_card(words: &Words, topics: bool) -> Vec<String> {
    let back = topics.then(|| words.meetings_tap_back());
    let there = [words.meetings_tap_here(), words.meetings_tap_next()];
    there.into_iter().chain(back).chain([words.meetings_tap_more()]).collect()
}

/// A time on a button: `Tue 10:00`.
pub(super) fn label(words: &Words, rhythm: Rhythm) -> String {
    let day = |on: jiff::civil::Weekday| words.meetings_short_day(on.to_monday_one_offset());
    match rhythm {
        Rhythm::Off => String::new(),
        Rhythm::Daily { at } => words.meetings_tap_daily(at.to_string()),
        Rhythm::Weekdays { at } => words.meetings_tap_weekdays(at.to_string()),
        Rhythm::Weekly { every: 1, on, at } => format!("{} {at}", day(on)),
        Rhythm::Weekly { every, on, at } => words.meetings_tap_weeks(day(on), at.to_string(), u32::from(every)),
        Rhythm::Monthly { nth, on, at } => format!("{} {} {at}", ordinal(words, nth), day(on)),
    }
}

/// Which of these times a tap means, by number.
pub(super) fn time_of(with: &str, times: &[Rhythm]) -> Option<usize> {
    let means = |rhythm: &Rhythm| Words::all().iter().any(|words| plain(&label(words, *rhythm)) == plain(with));
    times.iter().position(means).map(|place| place + 1)
}

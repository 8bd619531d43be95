//! Days as people name them, in English and German alike: `friday`, `in two weeks`, `Ende des Monats`, `27.11.`.
//!
//! Both languages are understood everywhere, because people mix them. A phrase is read whole or not at all: what holds
//! a word that is not understood, or can be read in two ways (`11/12`, `friday or monday`), is asked about, with the
//! days that were perhaps meant. Whoever uses a day says it back with its weekday, so that a misunderstanding shows at
//! once.

mod calendar;
mod clock;
mod error;
mod grammar;
mod guess;
mod lexicon;
mod period;
mod periods;
mod phrase;
mod reader;
mod sentence;
mod stretch;
#[cfg(test)]
mod tests;

pub use self::{
    clock::{DayTime, time},
    error::DateError,
    lexicon::{count, weekday},
    phrase::{date, moment},
    reader::Moment,
    sentence::due,
    stretch::{Stretch, stretch},
};

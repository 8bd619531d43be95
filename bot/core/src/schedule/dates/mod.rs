//! Days as people name them, in English and German alike: `friday`, `in two weeks`, `Ende des Monats`, `27.11.`.
//!
//! Both languages are understood everywhere, because people mix them. A phrase is read whole or not at all: what holds
//! a word that is not understood, or can be read in two ways (`11/12`, `friday or monday`), is asked about, with the
//! days that were perhaps meant. Whoever uses a day says it back with its weekday, so that a misunderstanding shows at
//! once.

mod clock;
mod grammar;
mod guess;
mod lexicon;
mod period;
mod sentence;
mod stretch;
#[cfg(test)]
mod tests;

use jiff::{ToSpan as _, civil::Date};

pub use self::{
    clock::{DayTime, time},
    lexicon::{count, weekday},
    sentence::due,
    stretch::{Stretch, stretch},
};
use self::{
    grammar::{Moment, Reader, Sure},
    lexicon::{Lexed, Token, lex},
};

/// Why words are no day that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// They name no day, or one that does not exist.
    Unknown(String),
    /// They are not understood whole, or mean more than one day.
    Unsure {
        /// What was written.
        text: String,
        /// The days that were perhaps meant, one to three.
        days: Vec<Date>,
    },
    /// The day is over.
    Past(Date),
    /// The day is more than five years away: a slip of the finger.
    Far(Date),
}

/// The day that `text` names, seen from `today`. A time of day behind it is read, and left out.
///
/// # Errors
/// [`DateError`], for its author.
pub fn date(text: &str, today: Date) -> Result<Date, DateError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    sole(text, &lex(&words), today)?.0.ok_or_else(|| DateError::Unknown(text.trim().to_owned()))
}

/// The day and the time of day that `text` names, seen from `today`: one of them, or both.
///
/// # Errors
/// [`DateError`], for its author.
pub fn moment(text: &str, today: Date) -> Result<(Option<Date>, Option<DayTime>), DateError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    sole(text, &lex(&words), today)
}

/// The only reading of a phrase.
fn sole(text: &str, tokens: &[Lexed], today: Date) -> Result<Moment, DateError> {
    let tokens = without_marker(tokens);
    let read = Reader { tokens, today, sure: Sure::Yes }.whole();
    match read.as_slice() {
        [(Some(day), time)] => Ok((Some(in_reach(*day, today)?), *time)),
        [only] => Ok(*only),
        _ => Err(unsure(text, tokens, today)),
    }
}

fn unsure(text: &str, tokens: &[Lexed], today: Date) -> DateError {
    let days = guess::days(tokens, today);
    let text = text.trim().to_owned();
    if days.is_empty() { DateError::Unknown(text) } else { DateError::Unsure { text, days } }
}

/// The tokens behind `by`, `until`, and the like.
fn without_marker(tokens: &[Lexed]) -> &[Lexed] {
    let marked = tokens.iter().take_while(|lexed| is_marker(lexed.token)).count();
    &tokens[marked..]
}

fn is_marker(token: Token) -> bool {
    matches!(token, Token::By | Token::Until)
}

fn in_reach(found: Date, today: Date) -> Result<Date, DateError> {
    match today.checked_add(5.years()) {
        _ if found < today => Err(DateError::Past(found)),
        Ok(far) if found > far => Err(DateError::Far(found)),
        _ => Ok(found),
    }
}

//! A phrase that is a day, and nothing else.

use jiff::civil::Date;

use super::{
    error::{DateError, in_reach},
    guess,
    lexicon::{Lexed, Token, lex},
    reader::{Moment, Reader, Sure},
};

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
pub fn moment(text: &str, today: Date) -> Result<Moment, DateError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    sole(text, &lex(&words), today)
}

/// The only reading of a phrase.
pub(super) fn sole(text: &str, tokens: &[Lexed], today: Date) -> Result<Moment, DateError> {
    let tokens = without_marker(tokens);
    let read = Reader { tokens, today, sure: Sure::Yes }.whole();
    match read.as_slice() {
        [(Some(day), time)] => Ok((Some(in_reach(*day, today)?), *time)),
        [only] => Ok(*only),
        _ => Err(unsure(text, tokens, today)),
    }
}

/// What is said of a phrase that is not understood whole.
pub(super) fn unsure(text: &str, tokens: &[Lexed], today: Date) -> DateError {
    let days = guess::days(tokens, today);
    let text = text.trim().to_owned();
    if days.is_empty() { DateError::Unknown(text) } else { DateError::Unsure { text, days } }
}

/// The tokens behind `by`, `until`, and the like.
pub(super) fn without_marker(tokens: &[Lexed]) -> &[Lexed] {
    let marked = tokens.iter().take_while(|lexed| is_marker(lexed.token)).count();
    &tokens[marked..]
}

/// Whether a day must follow.
pub(super) fn is_marker(token: Token) -> bool {
    matches!(token, Token::By | Token::Until)
}

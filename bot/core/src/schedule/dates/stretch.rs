//! Several days at once: `25 december and 1 january`, `until 8 january`, `24 december to 6 january`.

use jiff::civil::Date;

use super::{
    error::DateError,
    lexicon::{Lexed, Token, lex},
    phrase::{date, sole, unsure, without_marker},
};

/// Which days are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stretch {
    /// Each of these, in the order in which they were named.
    Days(Vec<Date>),
    /// All of them before this one, on which it goes on.
    Until(Date),
    /// All of them from the first to the last.
    Between(Date, Date),
}

/// The days that `text` names, seen from `today`.
///
/// # Errors
/// [`DateError`], for its author: one of the days is not understood, or what joins them.
pub fn stretch(text: &str, today: Date) -> Result<Stretch, DateError> {
    let spaced = text.replace(['–', '—'], " – ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let tokens = lex(&words);
    if let Some(Token::Until) = tokens.first().map(|lexed| lexed.token) {
        return date(&spaced, today).map(Stretch::Until);
    }
    let read = |tokens: &[Lexed], today: Date| sole(text, tokens, today).ok().and_then(|(day, _)| day);
    match sole(text, &tokens, today) {
        Ok((Some(day), _)) => return Ok(Stretch::Days(vec![day])),
        Err(over @ (DateError::Past(_) | DateError::Far(_))) => return Err(over),
        _ => {}
    }
    let is = |at: usize, among: &[Token]| among.contains(&tokens[at].token);
    let start = usize::from(tokens.first().is_some_and(|lexed| matches!(lexed.token, Token::From | Token::Of)));
    for at in (start + 1..tokens.len()).filter(|at| is(*at, &[Token::To, Token::Until])) {
        let (first, last) = (&tokens[start..at], without_marker(&tokens[at + 1..]));
        // `24 to 31 december`: the month is that of the last day.
        let first = read(first, today).or_else(|| {
            let [only] = first else { return None };
            let day = matches!(only.token, Token::Number(_, 1..=2) | Token::Ordinal(_));
            let with: Vec<Lexed> = first.iter().chain(last.get(1..)?).copied().collect();
            read(&with, today).filter(|_| day)
        });
        if let Some(first) = first
            && let Some(last) = read(last, first).filter(|last| *last >= first)
        {
            return Ok(Stretch::Between(first, last));
        }
    }
    let joins = |at: usize| at == tokens.len() || is(at, &[Token::And]) || tokens[at].comma;
    list(&tokens, &read, &joins, today).map(Stretch::Days).ok_or_else(|| unsure(text, &tokens, today))
}

/// The days of a list, each as long as can be: `friday, 25 december, and 1 january` are two.
fn list(
    tokens: &[Lexed],
    read: &impl Fn(&[Lexed], Date) -> Option<Date>,
    joins: &impl Fn(usize) -> bool,
    today: Date,
) -> Option<Vec<Date>> {
    let mut days = Vec::new();
    let mut from = 0;
    while from < tokens.len() {
        let ends = (from + 1..=tokens.len()).rev().filter(|end| joins(*end));
        let (day, end) = ends.filter_map(|end| Some((read(&tokens[from..end], today)?, end))).next()?;
        days.push(day);
        from = end;
        if tokens.get(from).is_some_and(|lexed| lexed.token == Token::And) {
            from += 1;
            // What joins, joins two.
            tokens.get(from)?;
        }
    }
    (!days.is_empty()).then_some(days)
}

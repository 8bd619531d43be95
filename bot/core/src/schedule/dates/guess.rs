//! The days that a phrase perhaps means which is not understood whole.

use jiff::civil::Date;

use super::{
    error::in_reach,
    lexicon::{Lexed, Token},
    period::{Edge, Period},
    reader::{Reader, Sure, next_of_number},
};

/// How many days can be told apart in one sentence.
const MOST: usize = 3;

/// The days, in the order in which they are named.
pub(super) fn days(tokens: &[Lexed], today: Date) -> Vec<Date> {
    let reader = Reader { tokens, today, sure: Sure::Yes };
    let mut found: Vec<Date> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = at.checked_sub(1).map(|before| tokens[before].token);
        let readings = reader.day(at);
        // `or so`
        let end = readings.iter().map(|(_, end)| *end).max().filter(|end| !(tokens[at].doubtful && *end == at + 1));
        let days: Vec<Date> = match end {
            Some(end) => readings.into_iter().filter(|(_, at)| *at == end).map(|(day, _)| day).collect(),
            None => perhaps(&reader, at),
        };
        at = end.unwrap_or(at + 1);
        // What is not meant is not offered, and what lies before a day may be that day or the one before.
        for day in days.into_iter().filter(|_| before != Some(Token::Not)) {
            let eve = (before == Some(Token::Before)).then(|| day.yesterday().ok()).flatten();
            found.extend(eve.into_iter().chain([day]).filter(|day| in_reach(*day, today).is_ok()));
        }
    }
    let mut seen = Vec::new();
    found.retain(|day| {
        !seen.contains(day) && {
            seen.push(*day);
            true
        }
    });
    found.truncate(MOST);
    found
}

/// What can be said of a token with which no day begins.
fn perhaps(reader: &Reader, at: usize) -> Vec<Date> {
    let today = reader.today;
    let is_number = |at: Option<usize>| {
        let lexed = at.and_then(|at| reader.tokens.get(at));
        lexed.is_some_and(|lexed| matches!(lexed.token, Token::Number(..) | Token::Ordinal(_)))
    };
    let is_month = |at: usize| reader.tokens.get(at).is_some_and(|lexed| matches!(lexed.token, Token::Month(_)));
    match reader.tokens[at].token {
        Token::Slashed(one, two, year) => {
            let both = [(two, one), (one, two)].into_iter();
            both.filter_map(|(month, day)| reader.in_year(month, day, year)).collect()
        }
        Token::DayMonth(day, month, _) => Vec::from_iter(reader.in_year(month, day, None)),
        Token::Month(_) => {
            let Some((month, _)) = reader.period(at).pop() else { return Vec::new() };
            let (first, last) = (month.edge(Edge::First, today), month.edge(Edge::End, today));
            // `30 february` is perhaps its end.
            let first = first.filter(|first| last.is_some_and(|last| *first <= last));
            first.filter(|_| !is_number(at.checked_sub(1))).into_iter().chain(last).collect()
        }
        Token::Quarter(quarter) => {
            let first = Date::new(today.year(), quarter * 3 - 2, 1).ok();
            Vec::from_iter(first.and_then(|first| Period::Quarter { first, free: true }.edge(Edge::End, today)))
        }
        Token::Number(..) | Token::A | Token::Short(..) | Token::Half if !reader.step(at).is_empty() => {
            reader.step(at).into_iter().filter_map(|(step, _)| step.from(today)).collect()
        }
        Token::Number(number, 1..=2) if !is_month(at + 1) => {
            let day = i8::try_from(number).ok().filter(|day| (1..=31).contains(day));
            Vec::from_iter(day.and_then(|day| next_of_number(day, today)))
        }
        _ => Vec::new(),
    }
}

//! A day at the end of a sentence: `book the room by friday`.

use jiff::civil::Date;

use super::{
    error::{DateError, in_reach},
    guess,
    lexicon::{Lexed, Token, lex},
    phrase::{is_marker, unsure, without_marker},
    reader::{Reader, Sure},
};

/// So many words may stand behind `by` that are all unknown, for it to be asked which day they mean: a sentence goes on.
const SHORT: usize = 4;

/// A sentence and the day at its end: `book the room by friday`.
///
/// What stands behind a word like `by` is a day, all of it, or it is asked about. Without such a word the end of the
/// sentence that consists of nothing but words for days is read, whole. A sentence in quotation marks (one word that
/// holds spaces) is left whole.
///
/// # Errors
/// [`DateError`], for its author.
pub fn due(words: &[String], today: Date) -> Result<(String, Option<Date>), DateError> {
    let quoted = words.iter().rposition(|word| word.contains(char::is_whitespace)).map_or(0, |at| at + 1);
    let tokens = lex(&words[quoted..]);
    let known = tokens.iter().rposition(|lexed| lexed.token == Token::Other).map_or(0, |at| at + 1);
    let text = |from: usize| words[quoted + tokens[from].word..].join(" ");
    let before = |from: usize| words[..quoted + tokens[from].word].join(" ");
    let behind = |at: usize| at + tokens[at..].len() - without_marker(&tokens[at..]).len();

    // What follows the first `by` among them must be a day.
    let marked = (known..tokens.len()).find(|at| is_marker(tokens[*at].token));
    if let Some(marker) = marked {
        let phrase = behind(marker);
        if phrase == tokens.len() {
            return Ok((words.join(" "), None));
        }
        return match whole(&tokens[phrase..], today, Sure::Yes).as_slice() {
            [only] => Ok((before(marker), Some(in_reach(*only, today)?))),
            _ => Err(unsure(&text(phrase), &tokens[phrase..], today)),
        };
    }

    // `clean up and tomorrow`: what joins is no part of a day.
    let joins = |lexed: &&Lexed| matches!(lexed.token, Token::And | Token::Please);
    let first = known + tokens[known..].iter().take_while(joins).count();
    let mut found = None;
    for from in first..tokens.len() {
        let on = tokens[from].token == Token::On;
        if !may_begin(&tokens[first..from], on, today) {
            break;
        }
        let days = whole(&tokens[from..], today, if on { Sure::Perhaps } else { Sure::No });
        if let [only] = days.as_slice() {
            found = Some((from, *only));
            break;
        }
    }
    // `by tuesday, that is monday`: a day behind `by`, and something else after it.
    let promised = tokens[..known].iter().rposition(|lexed| is_marker(lexed.token)).map(behind);
    if let Some(phrase) = promised.filter(|phrase| *phrase < tokens.len()) {
        let first = phrase + usize::from(tokens[phrase].token == Token::Article);
        let begins = tokens.get(first).is_some_and(|lexed| {
            lexed.strong || matches!(lexed.token, Token::End | Token::Middle | Token::Begin { .. })
        });
        let named = begins || !guess::days(&tokens[phrase..=phrase], today).is_empty();
        let short = words.len() - quoted - tokens[phrase].word <= SHORT;
        if named || (short && found.is_none()) {
            return Err(unsure(&text(phrase), &tokens[phrase..], today));
        }
    }
    match found {
        Some((from, day)) => Ok((before(from), Some(in_reach(day, today)?))),
        None => {
            let rest = &tokens[first..];
            let named = rest.iter().any(|lexed| lexed.strong) && !sure_days(rest, today).is_empty();
            if named { Err(unsure(&text(first), rest, today)) } else { Ok((words.join(" "), None)) }
        }
    }
}

/// The days that all of the tokens are read as; a time of day with it is left out.
fn whole(tokens: &[Lexed], today: Date, sure: Sure) -> Vec<Date> {
    let mut days: Vec<Date> = Reader { tokens, today, sure }.whole().into_iter().filter_map(|(day, _)| day).collect();
    days.dedup();
    days
}

/// The days that are named by words which hardly mean anything else.
fn sure_days(tokens: &[Lexed], today: Date) -> Vec<Date> {
    let reader = Reader { tokens, today, sure: Sure::No };
    (0..tokens.len()).flat_map(|at| reader.day(at)).map(|(day, _)| day).collect()
}

/// Whether a day may begin behind these words, which then belong to the sentence: none of them is about a day, or `on`
/// follows and they name none.
fn may_begin(before: &[Lexed], on: bool, today: Date) -> bool {
    let changes =
        |token| matches!(token, Token::Not | Token::Every | Token::Or | Token::After | Token::Before | Token::To);
    let weak = !before.iter().any(|lexed| lexed.strong);
    weak || (on && !before.iter().any(|lexed| changes(lexed.token)) && sure_days(before, today).is_empty())
}

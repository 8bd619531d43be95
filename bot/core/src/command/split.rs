//! Splits a line into arguments as people on phones mean it.
//!
//! Unlike a shell's: an apostrophe is an apostrophe, `#` and `\` are themselves, quotes may be typographic (and nest,
//! `"what is “done”?"`), and a typographic dash before a letter is the `--` that the keyboard made it from.

use std::{iter::Peekable, str::Chars};

/// The arguments of a line, or `None` where a quotation mark has no partner.
pub(super) fn split(line: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let mut rest = line.chars().peekable();
    loop {
        while rest.next_if(|char| char.is_whitespace()).is_some() {}
        if rest.peek().is_none() {
            return Some(arguments);
        }
        arguments.push(argument(&mut rest)?);
    }
}

fn argument(rest: &mut Peekable<Chars>) -> Option<String> {
    let mut argument = option_dashes(rest);
    let mut may_open = true;
    while let Some(char) = rest.next_if(|char| !char.is_whitespace()) {
        if may_open && let Some(closers) = closers(char, rest) {
            argument.push_str(&until(rest, closers)?);
            return Some(argument);
        }
        may_open = char == '=';
        if char == '\\' && rest.peek() == Some(&'"') {
            continue;
        }
        argument.push(char);
    }
    Some(argument)
}

/// `—close` is what a phone makes of `--close`; a dash before anything else is a dash.
fn option_dashes(rest: &mut Peekable<Chars>) -> String {
    let mut ahead = rest.clone();
    let mut typographic = 0;
    let mut dashes = 0;
    while let Some(char) = ahead.next_if(|char| "-–—―‒−".contains(*char)) {
        typographic += usize::from(char != '-');
        dashes += 1;
    }
    if typographic == 0 || !ahead.peek().is_some_and(char::is_ascii_alphabetic) {
        return String::new();
    }
    rest.nth(dashes - 1);
    "--".to_owned()
}

/// What may close the quotation that `open` begins, if it begins one.
fn closers(open: char, rest: &Peekable<Chars>) -> Option<&'static str> {
    match open {
        '"' | '″' if rest.clone().any(|char| char == '"') => Some("\""),
        '"' | '″' => Some("”“″»"),
        '“' | '”' | '„' | '‟' if rest.clone().any(|char| "“”".contains(char)) => Some("“”"),
        '“' | '”' | '„' | '‟' => Some("\"″‟"),
        '«' => Some("»\""),
        '»' => Some("«\""),
        '\'' | '‘' | '’' | '‚' | '‛' if single_end(rest) => Some("'’‘"),
        _ => None,
    }
}

/// Whether a single quote not too far on stands at the end of a word; otherwise the one at hand is an apostrophe.
fn single_end(rest: &Peekable<Chars>) -> bool {
    let mut ahead = rest.clone().take(1_000).peekable();
    while let Some(char) = ahead.next() {
        if "'’‘".contains(char) && ahead.peek().is_none_or(|next| next.is_whitespace()) {
            return true;
        }
    }
    false
}

/// The quoted text. A single quote inside a word is an apostrophe and does not close.
fn until(rest: &mut Peekable<Chars>, closers: &str) -> Option<String> {
    let single = closers.starts_with('\'');
    let mut text = String::new();
    while let Some(char) = rest.next() {
        if closers.contains(char) && (!single || rest.peek().is_none_or(|next| next.is_whitespace())) {
            return Some(text);
        }
        if char == '\\' && rest.peek() == Some(&'"') {
            text.extend(rest.next());
        } else {
            text.push(char);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, arguments: &[&str]) {
        assert_eq!(split(line).unwrap(), arguments, "{line}");
    }

    #[test]
    fn quotes_of_every_keyboard_hold_words_together() {
        for line in ["“Where to?” A", "\"Where to?\" A", "„Where to?“ A", "«Where to?» A", "'Where to?' A"] {
            check(line, &["Where to?", "A"]);
        }
        check("‘Where to?’ “A”", &["Where to?", "A"]);
        check("\"Where to?” A", &["Where to?", "A"]);
        check("“Where to?\" A", &["Where to?", "A"]);
        check("\"What is “done”?\" A", &["What is “done”?", "A"]);
        check(r#""say \"hi\"" A"#, &["say \"hi\"", "A"]);
        check("--name=\"The Forge\" x", &["--name=The Forge", "x"]);
        check("\"\" A", &["", "A"]);
    }

    #[test]
    fn an_apostrophe_is_no_quotation_mark() {
        check("What's next? It’s 'ere", &["What's", "next?", "It’s", "'ere"]);
        check("'It's here' A", &["It's here", "A"]);
        check("6\" 7\"", &["6\"", "7\""]);
    }

    #[test]
    fn an_open_quotation_mark_is_a_mistake() {
        for line in ["\"Where to? A", "“Where", "A \""] {
            assert_eq!(split(line), None, "{line}");
        }
    }

    #[test]
    fn only_a_dash_before_a_letter_at_the_start_of_a_word_is_an_option() {
        check("—hidden –close 2h", &["--hidden", "--close", "2h"]);
        check("A – B — C", &["A", "–", "B", "—", "C"]);
        check("2–3 –5 well–known -x --y", &["2–3", "–5", "well–known", "-x", "--y"]);
        check("“—hidden things”", &["—hidden things"]);
    }

    #[test]
    fn nothing_else_means_anything() {
        check("a\u{a0}b\nc  #lobby C:\\x | $y", &["a", "b", "c", "#lobby", "C:\\x", "|", "$y"]);
        check("", &[]);
    }
}

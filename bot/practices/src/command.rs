//! Chat commands: from a line in a room to a practice's clap command, or to a sentence that helps.

use clap::{
    ArgMatches,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{registry, words::Words};

/// What a message that begins with the prefix (or stands in a direct room) turned out to be.
#[derive(Debug)]
pub enum Line {
    /// A command of the practice at this place of [`registry::ALL`].
    Command(usize, ArgMatches),
    /// A mistake; the text says what was wrong and what to do.
    Mistake(String),
}

/// The text after the prefix, or after a mention of the bot by name, where a message has one. In a direct room the
/// prefix is optional: see [`parse`].
pub fn addressed<'a>(text: &'a str, prefix: &str, bot_names: &[&str]) -> Option<&'a str> {
    let text = text.trim();
    let named = bot_names.iter().copied().filter(|name| !name.is_empty());
    for name in std::iter::once(prefix).chain(named) {
        let Some(head) = text.get(..name.len()) else { continue };
        let rest = &text[name.len()..];
        if head.eq_ignore_ascii_case(name) && !rest.starts_with(|next: char| next.is_alphanumeric() || next == '-') {
            return Some(rest.trim_start_matches([':', ',']).trim());
        }
    }
    None
}

/// Reads a command. `explicit` says that the prefix was there; without it (in a direct room) what is no command is
/// `None`, an ordinary message.
pub fn parse(text: &str, explicit: bool, prefix: &str, words: &Words) -> Option<Line> {
    let plain = plain_quotes(text);
    let Some(arguments) = shlex::split(&plain) else {
        return explicit.then(|| Line::Mistake(words.command_open_quote()));
    };
    let verbs = registry::verbs();
    let Some(verb) = arguments.first() else {
        return explicit.then(|| Line::Mistake(words.command_empty(prefix)));
    };
    let verb = verb.to_lowercase();
    if !explicit && !verbs.get_subcommands().any(|known| known.get_name() == verb) {
        return None;
    }
    let line = std::iter::once(verb.clone()).chain(arguments.into_iter().skip(1));
    match verbs.try_get_matches_from(line) {
        Ok(matches) => registry::owner(&verb).map(|owner| Line::Command(owner, matches)),
        Err(error) => Some(Line::Mistake(explain(&error, &verb, prefix, words))),
    }
}

/// A sentence for a command that clap could not read.
fn explain(error: &clap::Error, verb: &str, prefix: &str, words: &Words) -> String {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => Some(text.clone()),
        Some(ContextValue::Strings(texts)) => texts.first().cloned(),
        Some(ContextValue::StyledStr(text)) => Some(text.to_string()),
        _ => None,
    };
    let help = registry::owner(verb)
        .and_then(|owner| words.find_attribute(registry::ALL[owner].name, "help"))
        .unwrap_or_default()
        .replace("!hearth", prefix);
    if registry::owner(verb).is_none() {
        return match context(ContextKind::SuggestedSubcommand) {
            Some(meant) => words.command_unknown_suggest(verb, meant, prefix),
            None => words.command_unknown(verb, prefix),
        };
    }
    match error.kind() {
        ErrorKind::UnknownArgument => {
            words.command_unknown_argument(context(ContextKind::InvalidArg).unwrap_or_default(), help)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => words.command_wrong_value(
            context(ContextKind::InvalidValue).unwrap_or_default(),
            context(ContextKind::InvalidArg).unwrap_or_default(),
            help,
        ),
        _ => words.command_incomplete(help),
    }
}

/// Phones turn quotes and dashes into typographic ones; this turns them back.
fn plain_quotes(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '“' | '”' | '„' | '‟' | '«' | '»' | '″' => plain.push('"'),
            '‘' | '’' | '‚' | '‛' | '′' => plain.push('\''),
            '\u{a0}' | '\u{202f}' | '\u{2009}' => plain.push(' '),
            '—' => plain.push_str("--"),
            '–' => plain.push_str("--"),
            _ => plain.push(char),
        }
    }
    plain
}

//! Chat commands: from a line in a room to a practice's clap command, or to a sentence that helps.

mod late;
mod line;
mod split;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::{
    catalogue::Catalogue,
    words::{Words, escape, is_unseen, nearest, quoted, spoken},
};

pub use self::{
    late::{is_too_late, too_late},
    line::Line,
};

/// The text after the prefix, or after a mention of the bot by name, where a message has one. In a direct room the
/// prefix is optional: see [`parse`].
///
/// `bot_names` are what people call the bot: its display name, its local part, its whole id. After a name without
/// `@` or punctuation ("Hearth help") only a known command counts, because people also talk *about* the bot.
pub fn addressed<'a>(practices: &Catalogue, text: &'a str, prefix: &str, bot_names: &[&str]) -> Option<&'a str> {
    let text = text.trim();
    if let Some(rest) = after(text, prefix)
        && (rest.is_empty() || rest.starts_with(|next: char| next.is_whitespace() || ":,.?!…".contains(next)))
    {
        return Some(rest.trim_start_matches(|next: char| next.is_whitespace() || ":,.?!…".contains(next)));
    }
    let bare = text.strip_prefix('@').unwrap_or(text);
    let mut names: Vec<_> = bot_names.iter().map(|name| name.trim_start_matches('@')).collect();
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    names.into_iter().find_map(|name| {
        let rest = after(bare, name)?;
        let called = rest.trim_start_matches([':', ',']);
        if !(called.is_empty() || called.starts_with(char::is_whitespace)) {
            return None;
        }
        let certain = called.is_empty() || called.len() < rest.len() || bare.len() < text.len();
        (certain || is_verb(practices, called)).then(|| called.trim_start())
    })
}

/// Reads a command. `explicit` says that the prefix was there; without it (in a direct room) what is no command is
/// `None`, an ordinary message.
pub fn parse(practices: &Catalogue, text: &str, explicit: bool, prefix: &str, words: &Words) -> Option<Line> {
    // What shows nothing itself is not meant, and would turn around what the bot says of it.
    let text = &text.replace(is_unseen, "");
    let Some(arguments) = split::split(text) else {
        return (explicit || is_verb(practices, text)).then(|| Line::Mistake(words.command_open_quote()));
    };
    let Some(first) = arguments.first() else {
        return explicit.then(|| Line::Mistake(words.command_empty(prefix)));
    };
    let verbs = practices.verbs();
    let Some((verb, used)) = verb_of(verbs, &arguments) else {
        return explicit.then(|| Line::Mistake(unknown(verbs, first, prefix, words)));
    };
    let line = std::iter::once(verb.clone()).chain(arguments.into_iter().skip(used));
    let owner = practices.owner(&verb)?;
    match verbs.clone().try_get_matches_from(line) {
        Ok(matches) => Some(Line::Command(owner, matches)),
        Err(error) if !explicit && is_talk(&error) => None,
        Err(error) => {
            let help = words.find_attribute(practices[owner].name, "help").unwrap_or_default();
            Some(Line::Mistake(explain(&error, &spoken(&help, prefix, !explicit), words)))
        }
    }
}

/// What follows `name` at the beginning of `text`, in whatever case it is written.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (head, rest) = (text.get(..name.len())?, text.get(name.len()..)?);
    (!name.is_empty() && head.eq_ignore_ascii_case(name)).then_some(rest)
}

/// Whether the text begins with a command.
pub fn is_verb(practices: &Catalogue, text: &str) -> bool {
    let words: Vec<_> = text.split_whitespace().take(2).map(str::to_owned).collect();
    verb_of(practices.verbs(), &words).is_some()
}

/// The verb that the words begin with, and how many of them it takes: `opt out` is `opt-out`, `Help!` is `help`.
fn verb_of(verbs: &clap::Command, words: &[String]) -> Option<(String, usize)> {
    let known = |word: &str| verbs.find_subcommand(word).map(|verb| verb.get_name().to_owned());
    let lower = |word: &String| word.trim_end_matches(['.', ',', ':', '!', '?', '…']).to_lowercase();
    let first = lower(words.first()?);
    if let Some(verb) = known(&first) {
        return Some((verb, 1));
    }
    Some((known(&format!("{first}-{}", lower(words.get(1)?)))?, 2))
}

/// Whether a line without prefix is rather an ordinary sentence that happens to begin with a verb ("Privacy matters
/// to me") than a command with a mistake in it.
fn is_talk(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::UnknownArgument
        && !context(error, ContextKind::InvalidArg).is_some_and(|argument| argument.starts_with('-'))
}

/// A sentence for a verb that nobody knows.
fn unknown(verbs: &clap::Command, verb: &str, prefix: &str, words: &Words) -> String {
    let known = verbs.get_subcommands().filter(|verb| !verb.is_hide_set()).map(clap::Command::get_name);
    let verb = verb.chars().take(40).collect::<String>();
    match nearest(&verb, known) {
        Some(meant) => words.command_unknown_suggest(escape(&verb), prefix, meant),
        None => words.command_unknown(escape(&verb), prefix),
    }
}

/// A sentence for a command that clap could not read.
fn explain(error: &clap::Error, help: &str, words: &Words) -> String {
    let context = |kind| quoted(context(error, kind).unwrap_or_default().trim_matches(['[', ']', '<', '>', '.']));
    match error.kind() {
        ErrorKind::UnknownArgument => words.command_unknown_argument(context(ContextKind::InvalidArg), help),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let argument = context(ContextKind::InvalidArg);
            // `--close <SPAN>`: what its value is called helps nobody.
            let argument = argument.split(" <").next().unwrap_or_default();
            words.command_wrong_value(context(ContextKind::InvalidValue), argument, help)
        }
        _ => words.command_incomplete(help),
    }
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

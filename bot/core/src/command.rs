//! Chat commands: from a line in a room to a practice's clap command, or to a sentence that helps.

mod late;
mod line;
mod mend;
mod mistake;
mod split;
mod verb;

use clap::error::{ContextKind, ErrorKind};

pub use self::{
    late::{is_too_late, too_late},
    line::Line,
    mend::meant,
    verb::is_verb,
};
use self::{
    mend::mended,
    mistake::{Mistaken, context},
    verb::{canonical, verb_of},
};
use crate::{
    catalogue::Catalogue,
    words::{Words, escape, is_unseen, nearest},
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
        return explicit.then(|| Line::Mistake(words.command_empty(prefix, practices.shown("help", words))));
    };
    let Some((verb, used)) = verb_of(practices, &arguments) else {
        return explicit.then(|| Line::Mistake(unknown(practices, text, first, prefix, words)));
    };
    let owner = practices.owner(verb)?;
    let line = canonical(practices, verb, &arguments[used..]);
    match practices.verbs().clone().try_get_matches_from(&line) {
        Ok(matches) => Some(Line::Command(owner, matches)),
        Err(error) if !explicit && is_talk(&error) => None,
        Err(error) => {
            let prefix = if explicit { format!("{prefix} ") } else { String::new() };
            let mistaken = Mistaken { practices, owner, verb, rest: &line[1..], prefix, words };
            Some(Line::Mistake(mistaken.explain(&error)))
        }
    }
}

/// What follows `name` at the beginning of `text`, in whatever case it is written.
fn after<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let (head, rest) = (text.get(..name.len())?, text.get(name.len()..)?);
    (!name.is_empty() && head.eq_ignore_ascii_case(name)).then_some(rest)
}

/// Whether a line without prefix is rather an ordinary sentence that happens to begin with a verb ("Privacy matters
/// to me") than a command with a mistake in it.
fn is_talk(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::UnknownArgument
        && !context(error, ContextKind::InvalidArg).is_some_and(|argument| argument.starts_with('-'))
}

/// A sentence for a verb that nobody knows.
fn unknown(practices: &Catalogue, text: &str, verb: &str, prefix: &str, words: &Words) -> String {
    let verb = verb.chars().take(40).collect::<String>();
    match nearest(&verb, practices.spellings().known(words)) {
        Some(meant) => words.command_unknown_suggest(escape(&verb), prefix, mended(practices, text, meant)),
        None => words.command_unknown(escape(&verb), prefix, practices.shown("help", words)),
    }
}

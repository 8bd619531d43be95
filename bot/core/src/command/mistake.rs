//! A command in which something is wrong: what that is, and the form that is right.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::{
    mend::is_copied,
    split::split,
    verb::{canonical, is_right, verb_of},
};
use crate::{
    catalogue::Catalogue,
    index::PracticeIndex,
    spelling::{inner_words, shown},
    words::{Words, nearest, quoted},
};

/// A command in which something is wrong.
pub(super) struct Mistaken<'a> {
    pub practices: &'a Catalogue,
    /// Whose command it is.
    pub owner: PracticeIndex,
    /// The verb.
    pub verb: &'a str,
    /// What follows it.
    pub rest: &'a [String],
    /// What stands before commands there, with a space.
    pub prefix: String,
    pub words: &'a Words,
}

impl Mistaken<'_> {
    /// A sentence that says what clap could not read, and the form that is right.
    pub fn explain(&self, error: &clap::Error) -> String {
        let words = self.words;
        let context = |kind| quoted(context(error, kind).unwrap_or_default().trim_matches(['[', ']', '<', '>', '.']));
        let said = match error.kind() {
            ErrorKind::UnknownArgument => words.command_unknown_argument(context(ContextKind::InvalidArg)),
            ErrorKind::InvalidSubcommand => words.command_unknown_argument(context(ContextKind::InvalidSubcommand)),
            ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
                let argument = context(ContextKind::InvalidArg);
                // `--close <SPAN>`: what its value is called helps nobody.
                let argument = argument.split(" <").next().unwrap_or_default();
                words.command_wrong_value(context(ContextKind::InvalidValue), argument)
            }
            _ => words.command_incomplete(),
        };
        let shown = |verb| self.practices.shown(verb, words);
        let help = format!("{}{} {}", self.prefix, shown("help"), shown(self.verb));
        match self.form(error) {
            Some(form) => format!("{said} {}", words.command_form(format!("{}{form}", self.prefix), help)),
            None => format!("{said} {}", words.command_see(help)),
        }
    }

    /// The same command without its mistake, or else the example in the practice's help that is nearest.
    fn form(&self, error: &clap::Error) -> Option<String> {
        let option = context(error, ContextKind::InvalidArg).unwrap_or_default();
        let option = option.split(' ').next().filter(|option| option.starts_with("--")).unwrap_or_default();
        self.corrected(error).or_else(|| self.example(option))
    }

    fn corrected(&self, error: &clap::Error) -> Option<String> {
        let kind = match error.kind() {
            ErrorKind::UnknownArgument => ContextKind::InvalidArg,
            ErrorKind::InvalidSubcommand => ContextKind::InvalidSubcommand,
            ErrorKind::InvalidValue => ContextKind::InvalidValue,
            _ => return None,
        };
        let wrong = context(error, kind)?;
        let at = self.rest.iter().position(|one| *one == wrong || one.starts_with(&format!("{wrong}=")))?;
        let mut rest = self.rest.to_vec();
        match self.near(&wrong, error.kind()) {
            Some(near) => rest[at] = rest[at].replacen(&wrong, &near, 1),
            None => drop(rest.remove(at)),
        }
        // With the words of the language: `retro next` is `retro weiter`.
        let inner = rest.first().filter(|first| inner_words(self.practices.verbs(), self.verb).contains(first));
        let begins = shown(self.words, self.practices[self.owner].name, self.verb, inner.map_or("", String::as_str));
        let behind = rest[usize::from(inner.is_some())..].iter().cloned();
        let arguments: Vec<String> = begins.split(' ').map(str::to_owned).chain(behind).collect();
        let text = joined(&arguments)?;
        (is_copied(&text) && is_right(self.practices, &arguments)).then_some(text)
    }

    /// What there is that is written nearly so: an option, or a word behind the verb.
    fn near(&self, wrong: &str, kind: ErrorKind) -> Option<String> {
        let verbs = self.practices.verbs();
        let command = verbs.find_subcommand(self.verb)?;
        if kind == ErrorKind::UnknownArgument {
            let inner = self.rest.first().and_then(|first| command.find_subcommand(first)).unwrap_or(command);
            let options: Vec<&str> = inner.get_opts().filter_map(clap::Arg::get_long).collect();
            return nearest(wrong.strip_prefix("--")?, options).map(|option| format!("--{option}"));
        }
        let inner = inner_words(verbs, self.verb);
        nearest(wrong, inner.iter().map(String::as_str)).map(str::to_owned)
    }

    /// The example of this command: with the same word behind the verb and this option, or else with as much of it as
    /// there is.
    fn example(&self, option: &str) -> Option<String> {
        let name = self.practices[self.owner].name;
        let help =
            ["help", "help-more"].map(|part| self.words.find_attribute(name, part).unwrap_or_default()).join("\n");
        let codes = help.split('`').skip(1).step_by(2).filter_map(|code| code.strip_prefix("!hearth "));
        let examples: Vec<(Vec<String>, &str)> = codes
            .filter_map(|code| {
                let arguments = split(code)?;
                let (verb, used) = verb_of(self.practices, &arguments)?;
                (verb == self.verb).then(|| (canonical(self.practices, verb, &arguments[used..]), code))
            })
            .collect();
        let inner = self.rest.first();
        let likeness = |(arguments, _): &&(Vec<String>, &str)| {
            let same = inner.is_some() && arguments.get(1) == inner;
            (same, arguments.iter().any(|argument| !option.is_empty() && argument == option))
        };
        // Of those that are as near, the first.
        examples.iter().rev().max_by_key(likeness).map(|(_, code)| (*code).to_owned())
    }
}

/// What clap says of a mistake.
pub(super) fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => texts.first().cloned(),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Arguments as somebody would write them; `None` where that cannot be.
fn joined(arguments: &[String]) -> Option<String> {
    let written = |argument: &String| match argument {
        argument if argument.contains('"') => None,
        argument if argument.is_empty() || argument.contains(char::is_whitespace) => Some(format!("\"{argument}\"")),
        argument => Some(argument.clone()),
    };
    Some(arguments.iter().map(written).collect::<Option<Vec<_>>>()?.join(" "))
}

//! Help: what there is, and how each practice is used. It is made from the registry and the locale files, so that a
//! new practice need not touch it.

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::{
    Attention, Ctx, Effect, Input, Message, Practice, Records, To, Words,
    catalogue::{Catalogue, Described},
    tables,
    words::{nearest, quoted, spoken},
};

/// The practice.
#[derive(Debug)]
pub enum Help {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// What there is, or how one thing is used.
    Help(Topic),
}

/// What `help` takes.
#[derive(Clone, Debug, Args)]
pub struct Topic {
    /// A practice or a verb, perhaps in two words (`opt out`), and perhaps `all`.
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    topic: Vec<String>,
}

/// There is nothing to set.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {}

tables! { for Help; }

impl Practice for Help {
    const NAME: &'static str = "help";
    type Command = Command;
    type Settings = Settings;
    type Board = ();
    const FOR_GUESTS: bool = true;

    fn react(_: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        let Input::Command(invocation) = input else { return Vec::new() };
        let Command::Help(Topic { topic }) = &invocation.command;
        let (all, topic) = whole(ctx.words, topic);
        let text = match find(ctx.practices, ctx.words, topic) {
            Found::Everything => overview(ctx.practices, ctx.words, &ctx.community.name),
            Found::Practice(practice) => one(ctx.practices, ctx.words, practice, all),
            Found::Nothing(Some(meant)) => {
                let help = ctx.practices.shown("help", ctx.words);
                ctx.words.help_unknown_suggest(quoted(&topic.join(" ")), format!("{help} {meant}"))
            }
            Found::Nothing(None) => {
                let unknown = ctx.words.help_unknown(quoted(&topic.join(" ")));
                format!("{unknown}\n\n{}", overview(ctx.practices, ctx.words, &ctx.community.name))
            }
        };
        // Whoever asks in a room reads it beside the room.
        let text = spoken(&text, &ctx.community.prefix, invocation.source.direct);
        let to = if invocation.source.direct { To::reply(invocation.source) } else { To::beside(invocation.source) };
        vec![Message::new(to, Attention::Answer, text).send()]
    }
}

/// Whether everything is asked for (`help poll all`), and of what.
fn whole<'a>(words: &Words, topic: &'a [String]) -> (bool, &'a [String]) {
    let is_all = |word: &String| {
        let word = word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
        word == "all" || word == words.help_all()
    };
    match topic {
        [rest @ .., last] if is_all(last) => (true, rest),
        _ => (false, topic),
    }
}

enum Found {
    Everything,
    Practice(&'static Described),
    Nothing(Option<String>),
}

/// What a topic means: a practice by its name, its title or one of its verbs, or nothing (and what was perhaps meant).
fn find(practices: &'static Catalogue, words: &Words, topic: &[String]) -> Found {
    let topic: Vec<_> = topic
        .iter()
        .map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase())
        .filter(|word| !word.is_empty() && word != "hearth")
        .collect();
    let Some(first) = topic.first() else { return Found::Everything };
    let joined = topic.join("-");
    let names: Vec<(String, &'static Described)> = practices
        .iter()
        .flat_map(|practice| {
            let title = words.find(practice.name).map(|title| title.to_lowercase());
            let verbs = practice.verbs().into_iter();
            let spelt = verbs.flat_map(|verb| [practices.shown(&verb, words).to_owned(), verb]).collect::<Vec<_>>();
            let names = std::iter::once(practice.name.to_owned()).chain(spelt).chain(title);
            names.map(move |name| (name, practice))
        })
        .collect();
    let known = |topic: &str| {
        let named = names.iter().find(|(name, _)| name == topic).map(|(_, practice)| *practice);
        named.or_else(|| practices.owner(topic).map(|owner| &practices[owner]))
    };
    if let Some(practice) = known(&joined).or_else(|| known(first)) {
        return Found::Practice(practice);
    }
    let near = |topic: &str| nearest(topic, names.iter().map(|(name, _)| name.as_str())).map(str::to_owned);
    Found::Nothing(near(&joined).or_else(|| near(first)))
}

/// A line a practice: its main command, and what it is about.
fn overview(practices: &Catalogue, words: &Words, community: &str) -> String {
    let lines = practices.iter().map(|practice| {
        let about = words.find_attribute(practice.name, "about").unwrap_or_default();
        format!("- `!hearth {}` – {about}", main_verb(practices, words, practice))
    });
    let lines: Vec<_> = lines.collect();
    let community = crate::words::escape(community);
    let more = words.help_overview_more(practices.shown("help", words), practices.shown("poll", words));
    format!("{}\n\n{}\n\n{more}", words.help_overview(community), lines.join("\n"))
}

/// The first of a practice's verbs that says something by itself.
fn main_verb(practices: &Catalogue, words: &Words, practice: &Described) -> String {
    let verbs = practice.verbs();
    match verbs.iter().find(|verb| practices.stands_alone(verb)).or(verbs.first()) {
        Some(verb) => practices.shown(verb, words).to_owned(),
        None => format!("{} {}", practices.shown("help", words), practice.name),
    }
}

/// How one practice is used: three examples, or everything, and where it is set.
fn one(practices: &Catalogue, words: &Words, practice: &Described, all: bool) -> String {
    let title = words.find(practice.name).unwrap_or_else(|| practice.name.to_owned());
    let attribute = |name| words.find_attribute(practice.name, name);
    let help = attribute("help").unwrap_or_default();
    let mut text = format!("**{title}** – {}\n\n{help}", attribute("about").unwrap_or_default());
    let (more, can_be_set) = (attribute("help-more"), !practice.defaults().is_empty());
    if !all {
        if more.is_some() || can_be_set {
            let topic = main_verb(practices, words, practice);
            let help = format!("{} {topic} {}", practices.shown("help", words), words.help_all());
            text.push_str(&format!("\n\n{}", words.help_more(help)));
        }
        return text;
    }
    text.extend(more.map(|more| format!("\n{more}")));
    if can_be_set {
        let settings = format!("{} {}", practices.shown("settings", words), practice.name);
        text.push_str(&format!("\n\n{}", words.help_settings(settings)));
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::{Words, choosing::screen::rows, dialogue::Dialogue};

    /// How wide a line is on a larger phone, in hundredths of an em.
    const LINE: u32 = 2_300;

    /// The lines of what somebody is told in their direct room, without empty ones.
    fn told(words: &'static Words, asked: &str) -> Vec<String> {
        let mut talk = Dialogue::new();
        talk.words = words;
        let said = talk.tells("ana", asked).join("\n");
        let (_, body) = said.split_once(": ").unwrap();
        body.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    #[test]
    fn in_a_direct_room_help_is_one_line_a_thing_on_a_phone() {
        for words in Words::all() {
            let lines = told(words, "help");
            let long: Vec<_> = lines.iter().filter(|line| rows(line, LINE) > 1).collect();
            assert!(long.is_empty() && lines.len() == crate::registry::ALL.len() + 2, "{}: {long:#?}", words.tag());
        }
    }

    #[test]
    fn no_line_of_the_help_for_one_thing_is_longer_than_two_on_a_phone() {
        for words in Words::all() {
            for practice in crate::registry::ALL.catalogue().iter() {
                let lines = told(words, &format!("help {} all", practice.name));
                let long: Vec<_> = lines.iter().filter(|line| rows(line, LINE) > 2).collect();
                assert!(long.is_empty() && lines.len() > 2, "{} {}: {long:#?}", words.tag(), practice.name);
            }
        }
    }
}

//! Help: what there is, and how each practice is used. It is made from the registry and the locale files, so that a
//! new practice need not touch it.

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::{
    Ctx, Effect, Input, Practice, Records, Words,
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
    #[command(alias = "hilfe")]
    Help(Topic),
}

/// What `help` takes.
#[derive(Clone, Debug, Args)]
pub struct Topic {
    /// A practice or a verb, perhaps in two words (`opt out`).
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
        let text = match find(ctx.practices, ctx.words, topic) {
            Found::Everything => overview(ctx.practices, ctx.words, &ctx.community.name),
            Found::Practice(practice) => one(ctx.words, practice),
            Found::Nothing(Some(meant)) => ctx.words.help_unknown_suggest(quoted(&topic.join(" ")), meant),
            Found::Nothing(None) => {
                let unknown = ctx.words.help_unknown(quoted(&topic.join(" ")));
                format!("{unknown}\n\n{}", overview(ctx.practices, ctx.words, &ctx.community.name))
            }
        };
        vec![Effect::answer(invocation.source, spoken(&text, &ctx.community.prefix, invocation.source.direct))]
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
            let names = std::iter::once(practice.name.to_owned()).chain(practice.verbs()).chain(title);
            names.map(move |name| (name, practice))
        })
        .collect();
    let known = |topic: &str| names.iter().find(|(name, _)| name == topic).map(|(_, practice)| *practice);
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
        let command = match practice.verbs().first() {
            Some(verb) => verb.clone(),
            None => format!("help {}", practice.name),
        };
        format!("- `!hearth {command}` – {about}")
    });
    let lines: Vec<_> = lines.collect();
    format!("{}\n\n{}\n\n{}", words.help_overview(crate::words::escape(community)), lines.join("\n"), words.help_more())
}

/// How one practice is used, and that it can be set, if it can.
fn one(words: &Words, practice: &Described) -> String {
    let title = words.find(practice.name).unwrap_or_else(|| practice.name.to_owned());
    let attribute = |name| words.find_attribute(practice.name, name).unwrap_or_default();
    let mut text = format!("**{title}** – {}\n\n{}", attribute("about"), attribute("help"));
    if !practice.defaults().is_empty() {
        text.push_str("\n\n");
        text.push_str(&words.help_settings(practice.name));
    }
    text
}

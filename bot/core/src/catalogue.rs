//! What is known of each practice without its types: its name, its commands, what can be set.

use std::{
    fmt,
    ops::{Deref, Index},
};

use clap::ArgMatches;
use serde_json::{Map, Value};

use crate::{
    index::PracticeIndex,
    spelling::{Spellings, inner_words},
    words::Words,
};

/// What is known of a practice without its types.
#[derive(Clone, Copy)]
pub struct Described {
    /// [`crate::Practice::NAME`].
    pub name: &'static str,
    /// [`crate::Practice::PERSONAL`].
    pub personal: bool,
    /// [`crate::Practice::FOR_GUESTS`].
    pub for_guests: bool,
    /// [`crate::Practice::LASTING`].
    pub lasting: &'static [&'static str],
    /// [`crate::Practice::RECALLING`].
    pub recalling: &'static [&'static str],
    pub(crate) add_verbs: fn(clap::Command) -> clap::Command,
    pub(crate) has_verb: fn(&str) -> bool,
    pub(crate) adopts: fn(&ArgMatches) -> Option<Option<String>>,
    pub(crate) tables: fn() -> Vec<&'static str>,
    pub(crate) defaults: fn() -> Map<String, Value>,
    pub(crate) check: fn(&Map<String, Value>) -> Result<(), String>,
}

impl fmt::Debug for Described {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl Described {
    /// The settings and their defaults, in order.
    pub fn defaults(&self) -> Map<String, Value> {
        (self.defaults)()
    }

    /// Whether settings with these overrides make sense.
    ///
    /// # Errors
    /// What does not, in English, as the setting's type says it.
    pub fn check(&self, overrides: &Map<String, Value>) -> Result<(), String> {
        (self.check)(overrides)
    }

    /// The names of its tables.
    pub fn tables(&self) -> Vec<&'static str> {
        (self.tables)()
    }

    /// The verbs of its commands.
    pub fn verbs(&self) -> Vec<String> {
        (self.add_verbs)(clap::Command::new("")).get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
    }

    /// The words that may stand behind a verb.
    pub fn inner_words(&self, verb: &str) -> Vec<String> {
        inner_words(&(self.add_verbs)(clap::Command::new("")), verb)
    }

    /// See [`crate::Practice::adopts`].
    pub fn adopts(&self, command: &ArgMatches) -> Option<Option<String>> {
        (self.adopts)(command)
    }
}

/// What is known of all practices, in the order in which help lists them.
#[derive(Debug)]
pub struct Catalogue {
    all: Vec<Described>,
    verbs: clap::Command,
    spellings: Spellings,
}

impl Catalogue {
    pub(crate) fn new(all: Vec<Described>) -> Self {
        let empty = clap::Command::new("hearth")
            .no_binary_name(true)
            .disable_help_flag(true)
            .disable_help_subcommand(true)
            .subcommand_required(true);
        let verbs = all.iter().fold(empty, |command, practice| (practice.add_verbs)(command));
        let owned = |practice: &Described| -> Vec<_> {
            let name = practice.name;
            practice.verbs().into_iter().map(|verb| (name, verb)).collect()
        };
        let owned: Vec<_> = all.iter().flat_map(owned).collect();
        let spellings = Spellings::new(&owned, &verbs);
        Self { all, verbs, spellings }
    }

    /// All verbs of all practices, as one clap command without a name of its own.
    pub(crate) fn verbs(&self) -> &clap::Command {
        &self.verbs
    }

    /// How verbs are written, in every language.
    pub(crate) fn spellings(&self) -> &Spellings {
        &self.spellings
    }

    /// Which practice a verb belongs to, in whichever language it is written.
    pub fn owner(&self, verb: &str) -> Option<PracticeIndex> {
        let verb = self.spellings.verb(verb)?;
        PracticeIndex::find(&self.all, |practice| (practice.has_verb)(verb))
    }

    /// Whether a verb is a command by itself.
    pub fn stands_alone(&self, verb: &str) -> bool {
        self.verbs.clone().try_get_matches_from([verb]).is_ok()
    }

    /// A verb as it is shown to whoever reads a language.
    pub fn shown<'a>(&'a self, verb: &'a str, words: &Words) -> &'a str {
        self.spellings.shown(verb, words)
    }

    /// The practice of that name.
    pub fn named(&self, name: &str) -> Option<&Described> {
        self.all.iter().find(|practice| practice.name == name)
    }
}

impl Index<PracticeIndex> for Catalogue {
    type Output = Described;

    fn index(&self, practice: PracticeIndex) -> &Described {
        &self.all[practice.get()]
    }
}

impl Deref for Catalogue {
    type Target = [Described];

    fn deref(&self) -> &[Described] {
        &self.all
    }
}

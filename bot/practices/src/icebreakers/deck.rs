//! Decks of prompts, by stage of safety: the ones that come with Hearth are words, the ones that leads add are
//! records. Nothing is drawn twice before a deck is used up.

use std::{collections::BTreeMap, fmt, str::FromStr};

use hearth_shared::as_text;
use rand::{Rng, seq::IndexedRandom as _};
use serde::{Deserialize, Serialize};

use crate::{Words, words::escape};

/// A stage of safety: what it takes to answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum Deck {
    /// Small talk that leads somewhere.
    Light,
    /// Stories from work.
    Stories,
    /// Failures, and what they taught.
    Lessons,
}

impl Deck {
    /// Every deck, the lightest first.
    pub const ALL: [Self; 3] = [Self::Light, Self::Stories, Self::Lessons];

    /// Its name in commands, settings and message ids.
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Stories => "stories",
            Self::Lessons => "lessons",
        }
    }

    /// The deck for the `step`th prompt (from 0) of a series of `steps`, so that a series walks through all three.
    pub fn of_step(step: usize, steps: usize) -> Self {
        match (step * Self::ALL.len()).checked_div(steps) {
            Some(2..) => Self::Lessons,
            Some(1) => Self::Stories,
            _ => Self::Light,
        }
    }
}

/// A prompt: its deck and its number there. Numbers above [`Own::FIRST`] are prompts that leads added.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prompt {
    /// The deck.
    pub deck: Deck,
    /// The number in it, from 1.
    pub number: u16,
}

impl fmt::Display for Prompt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.deck.name(), self.number)
    }
}

impl FromStr for Prompt {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let read = || {
            let (deck, number) = text.split_once('-')?;
            let deck = Deck::ALL.into_iter().find(|known| known.name() == deck)?;
            Some(Self { deck, number: number.parse().ok()? })
        };
        read().ok_or_else(|| format!("`{text}` is not a prompt"))
    }
}

as_text!(Prompt);

/// The prompts that leads added.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// By number, in all decks together.
    pub prompts: BTreeMap<u16, OwnPrompt>,
    /// The highest number that was ever given.
    pub highest: u16,
}

/// A prompt that leads added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnPrompt {
    /// Its deck.
    pub deck: Deck,
    /// What it says.
    pub text: String,
}

impl Own {
    /// The number of the first prompt that leads add.
    pub const FIRST: u16 = 101;
    /// How many they can add.
    pub const MOST: usize = 200;
    /// How long one may be, in characters.
    pub const LONGEST: usize = 300;

    /// Adds a prompt and gives it a number that no prompt ever had.
    pub(super) fn add(&mut self, deck: Deck, text: &str) -> u16 {
        self.highest = self.highest.saturating_add(1).max(Self::FIRST);
        self.prompts.insert(self.highest, OwnPrompt { deck, text: text.to_owned() });
        self.highest
    }
}

/// All prompts of a deck.
pub(super) fn prompts(deck: Deck, words: &Words, own: Option<&Own>) -> Vec<Prompt> {
    let shipped = (1..Own::FIRST).take_while(|number| shipped(Prompt { deck, number: *number }, words).is_some());
    let own = own.into_iter().flat_map(|own| own.prompts.iter()).filter(|(_, prompt)| prompt.deck == deck);
    shipped.chain(own.map(|(number, _)| *number)).map(|number| Prompt { deck, number }).collect()
}

/// What a prompt says, as markdown.
pub(super) fn text(prompt: Prompt, words: &Words, own: Option<&Own>) -> Option<String> {
    match own.and_then(|own| own.prompts.get(&prompt.number)) {
        Some(own) => Some(escape(&own.text)),
        None => shipped(prompt, words),
    }
}

fn shipped(prompt: Prompt, words: &Words) -> Option<String> {
    words.find(&format!("icebreakers-{prompt}"))
}

/// Draws a prompt that is not in `seen`, and notes it there. Once a deck is used up it is shuffled anew, and what was
/// on top last is not on top again.
pub(super) fn draw(deck: Deck, all: &[Prompt], seen: &mut Vec<Prompt>, rng: &mut impl Rng) -> Option<Prompt> {
    let mut left: Vec<Prompt> = all.iter().filter(|prompt| !seen.contains(prompt)).copied().collect();
    if left.is_empty() {
        let top = seen.iter().rfind(|prompt| prompt.deck == deck).copied();
        seen.retain(|prompt| prompt.deck != deck);
        left = all.iter().filter(|prompt| Some(**prompt) != top || all.len() == 1).copied().collect();
    }
    let drawn = *left.choose(rng)?;
    seen.push(drawn);
    Some(drawn)
}

//! Buttons: which there are, what stands on them, and what a tap asks for. What it does is in [`super::taps`].
//!
//! Whoever facilitates leads by taps alone. A reaction stays under its message, and the bot may not be able to remove it,
//! so one button can be tapped once. Each phase begins with a message in any case: that message carries the buttons for
//! going on, fresh each time, and a tap on those of a phase that is over does nothing. The card in the room carries them,
//! too, for whoever takes a tap away and taps again.
//!
//! Only taps of whoever facilitates are obeyed; others' are met with silence, as is everything that is no button.

use super::{interface::Settings, letters::letter, phase::Phase, state::Retro};
use crate::{
    Ctx, Effect, MessageKey, Words, buttons,
    choosing::{Marks, Method, taps},
    words::label,
};

/// What the names of messages that carry buttons of one phase begin with, within their retrospective.
const CARRIERS: [&str; 8] = ["collect", "reveal", "groups", "vote", "theme", "over", "actions", "worth"];

/// Signs by which people say that they want to take part, beside the button that says so.
const SIGNS: [&str; 6] = ["👍", "✋", "🙋", "✍", "📝", "🗳"];

/// What a tap asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tap {
    /// To be written to.
    Join,
    /// To go on.
    Next,
    /// To go back.
    Back,
    /// More time.
    More,
}

impl Tap {
    /// What a reaction asks for, in whichever language its button was written.
    pub(super) fn read(with: &str) -> Option<Self> {
        let plain = |text: &str| text.replace('\u{fe0f}', "").trim().to_lowercase();
        let with = plain(with);
        if SIGNS.contains(&with.as_str()) {
            return Some(Self::Join);
        }
        let labels = |words: &Words| {
            [
                (words.retro_tap_note(), Self::Join),
                (words.retro_tap_vote(), Self::Join),
                (words.retro_tap_next(), Self::Next),
                (words.retro_tap_group(), Self::Next),
                (words.retro_tap_back(), Self::Back),
                (words.retro_tap_more(), Self::More),
            ]
        };
        let mut all = Words::all().iter().flat_map(labels);
        all.find(|(label, _)| plain(label) == with).map(|(_, tap)| tap)
    }
}

/// The buttons of the phase in which it is.
fn labels(words: &Words, phase: Phase) -> Vec<String> {
    let (next, back, more) = (words.retro_tap_next(), words.retro_tap_back(), words.retro_tap_more());
    match phase {
        Phase::Collect => vec![words.retro_tap_note(), next, more],
        Phase::Reveal => vec![words.retro_tap_group(), back],
        Phase::Group | Phase::Actions => vec![next, back],
        Phase::Vote => vec![words.retro_tap_vote(), next, back, more],
        Phase::Discuss | Phase::Worth => vec![next, back, more],
    }
}

/// The name of a message that carries the buttons of the phase in which it is.
pub(super) fn carrier(retro: &Retro, what: &str) -> MessageKey {
    retro.key(&format!("{what}/{}", retro.turn))
}

/// The buttons of the phase in which it is, under one of its messages.
pub(super) fn under(ctx: &Ctx<Settings>, retro: &Retro, key: &MessageKey) -> Vec<Effect> {
    buttons(key, labels(ctx.words, retro.phase))
}

/// Whether a message asks people to take part: a sign under any other is no more than a sign.
pub(super) fn asks(retro: &Retro, key: &MessageKey) -> bool {
    let of = |what: &str| key.as_str().starts_with(retro.key(&format!("{what}/")).as_str());
    *key == retro.card_key() || ["collect", "vote", "worth"].into_iter().any(of)
}

/// Whether a message is the card, or carries the buttons of the phase in which it is now.
pub(super) fn is_current(retro: &Retro, key: &MessageKey) -> bool {
    if *key == retro.card_key() {
        return true;
    }
    let turn = retro.turn.to_string();
    match key.as_str().split('/').collect::<Vec<_>>().as_slice() {
        // Where there are several of a kind, what tells them apart follows after a hyphen.
        [_, _, what, of] => what.split('-').next().is_some_and(|what| CARRIERS.contains(&what)) && *of == turn,
        _ => false,
    }
}

/// How many buttons a paper has at most: homeservers let a bot send few a minute.
const ON_PAPER: usize = 8;

/// How many buttons the last question's paper has.
pub(super) const WORTH: usize = 5;

/// The buttons of the last question's paper.
pub(super) fn worth_labels() -> Vec<String> {
    (0..WORTH).map(|answer| answer.to_string()).collect()
}

/// How many themes can be tapped on a paper: the largest, where there are many.
pub(super) fn themes_on_paper(retro: &Retro) -> usize {
    retro.groups.len().min(ON_PAPER)
}

/// The buttons of a paper of the vote: each theme's letter, and so much of its name.
pub(super) fn theme_labels(retro: &Retro) -> Vec<String> {
    let themes = (0..themes_on_paper(retro)).map(|place| (place, theme_name(retro, place).unwrap_or_default()));
    themes.map(|(place, name)| label(&format!("{} {name}", letter(place)))).collect()
}

/// What a theme is called on buttons and signs: its name, or what its first note says.
pub(super) fn theme_name(retro: &Retro, place: usize) -> Option<&str> {
    let group = retro.groups.get(place)?;
    let note = || retro.notes.get(*group.notes.first()?).map(|note| note.text.as_str());
    group.name.as_deref().or_else(note)
}

/// What a sign says that somebody gave dots to.
pub(super) fn sign(retro: &Retro, given: &Marks, with_names: bool) -> String {
    let place = |theme: u32| theme.saturating_sub(1) as usize;
    let short = |theme: u32| letter(place(theme));
    match with_names {
        true => {
            taps::named_sign(Method::Dots, given, short, |theme| theme_name(retro, place(theme)).map(str::to_owned))
        }
        false => taps::sign(Method::Dots, given, short),
    }
}

//! Buttons: what a tap on each of them does, and where they stand.
//!
//! Whoever facilitates leads by taps alone. A reaction stays under its message, and the bot may not be able to remove it,
//! so one button can be tapped once. Each phase begins with a message in any case: that message carries the buttons for
//! going on, fresh each time, and a tap on those of a phase that is over does nothing. The card in the room carries them,
//! too, for whoever takes a tap away and taps again.
//!
//! Only taps of whoever facilitates are obeyed; others' are met with silence, as is everything that is no button.

use super::{
    advance::{self, Next},
    interface::Settings,
    invitations,
    letters::letter,
    phase::{self, Phase, Why},
    state::{self, DotsOf, Group, PaperOf, Retro, Rows, WorthOf, retro, retro_mut},
    text, votes,
};
use crate::{
    Ctx, Effect, EventId, MessageKey, MessageRef, Outgoing, RoomId, Span, UserId, Words, buttons,
    choosing::{self, Marks},
    secret::{self, Handed, Taken},
    words::label,
};

/// How much time a tap gives.
const MORE: Span = Span::minutes(5);

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
fn asks(retro: &Retro, key: &MessageKey) -> bool {
    let of = |what: &str| key.as_str().starts_with(retro.key(&format!("{what}/")).as_str());
    *key == retro.card_key() || ["collect", "vote", "worth"].into_iter().any(of)
}

/// Whether a message is the card, or carries the buttons of the phase in which it is now.
fn is_current(retro: &Retro, key: &MessageKey) -> bool {
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

/// Somebody tapped something of a retrospective's in its room.
pub(super) fn tapped(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    handed: &Handed,
    to: &MessageRef,
    with: &str,
) -> Vec<Effect> {
    let (room, event) = (handed.room, handed.event);
    let Some((key, number)) = to.key.as_ref().and_then(|key| Some((key, state::number_of(key)?))) else {
        return Vec::new();
    };
    let Some(one) = retro(records, number) else { return Vec::new() };
    if one.room != *room {
        return match one.phase {
            Phase::Vote => dots(records, ctx, by, handed, key, with),
            _ => worth(records, ctx, by, handed, key, with),
        };
    }
    let leads = one.facilitator.as_ref() == Some(by) && !one.left.contains(by);
    match Tap::read(with) {
        Some(Tap::Join) if ctx.is_in(room) && asks(one, key) => {
            invitations::invite_once(records, ctx, number, by).into_iter().flatten().collect()
        }
        Some(tap) if tap != Tap::Join && leads && is_current(one, key) => {
            // The same tap, told again, is obeyed once.
            if !retro_mut(records, number).is_some_and(|one| one.hears(event)) {
                return Vec::new();
            }
            steer(records, ctx, number, event, key, tap)
        }
        _ => Vec::new(),
    }
}

fn steer(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    number: u32,
    event: &EventId,
    key: &MessageKey,
    tap: Tap,
) -> Vec<Effect> {
    let Some(one) = retro(records, number) else { return Vec::new() };
    match tap {
        Tap::Next => match advance::next(records, ctx, number, event) {
            Next::On(effects) => effects,
            Next::Not(why, done) => {
                let said = retro(records, number).map(|one| text::beside(one, why));
                said.into_iter().chain(done).collect()
            }
        },
        Tap::Back => match phase::back(one.phase, one.theme, one.groups.len()) {
            Some(step) => advance::go(records, ctx, number, step, Why::Asked(event)),
            None => Vec::new(),
        },
        Tap::More => more(records, ctx, number, key),
        Tap::Join => Vec::new(),
    }
}

/// Five minutes more, shown where the end was.
fn more(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, key: &MessageKey) -> Vec<Effect> {
    let mut effects = advance::extend(records, ctx, number, MORE);
    let Some(one) = retro(records, number) else { return effects };
    if key.as_str().starts_with(one.key("over-").as_str()) && !effects.is_empty() {
        let body = ctx.words.retro_extended(text::deadline(ctx, one));
        effects.push(Outgoing::Edit { key: key.clone(), body }.send());
    }
    effects
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
    let text = |group: &Group| match &group.name {
        Some(name) => name.clone(),
        None => group
            .notes
            .first()
            .and_then(|place| retro.notes.get(*place))
            .map(|note| note.text.clone())
            .unwrap_or_default(),
    };
    let themes = retro.groups.iter().take(ON_PAPER).enumerate();
    themes.map(|(place, group)| label(&format!("{} {}", letter(place), text(group)))).collect()
}

/// A tap on a theme of the paper that somebody has in the vote.
fn dots(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    handed: &Handed,
    key: &MessageKey,
    with: &str,
) -> Vec<Effect> {
    let Some(one) = state::number_of(key).and_then(|number| retro(records, number)).cloned() else { return Vec::new() };
    let paper = records.get(&PaperOf { retro: one.number, person: by.clone() });
    let has = paper.is_some_and(|paper| one.key(&format!("to/{paper}")) == *key) && ctx.is_in(&one.room);
    let theme =
        theme_labels(&one).iter().position(|label| label == with).and_then(|place| u32::try_from(place + 1).ok());
    let Some(theme) = theme.filter(|_| has) else { return Vec::new() };
    let rules = votes::rules(one.groups.len(), ctx.settings.dots.get());
    let mine = DotsOf { retro: one.number, person: by.clone() };
    let choose = |taps: &[u32]| choosing::taps::tapped(&rules, taps);
    let Some(taken) = secret::tap(records, &mut ctx.secret_rng(), mine, (handed, theme), choose) else {
        return Vec::new();
    };
    let mut effects = stands(ctx, &one, key.clone(), taken);
    effects.extend(super::direct::joined(records, ctx, one.number, by));
    effects
}

/// Somebody removed a reaction; if it was a tap on a paper of a vote, it is taken back. `None` where it was none.
pub(super) fn untapped(records: &mut Rows, ctx: &Ctx<Settings>, room: &RoomId, event: &EventId) -> Option<Vec<Effect>> {
    let mine = secret::tapper::<DotsOf>(records, event)?;
    let one = retro(records, mine.retro)?.clone();
    let rules = votes::rules(one.groups.len(), ctx.settings.dots.get());
    let paper = records.get(&PaperOf { retro: one.number, person: mine.person.clone() }).copied();
    let choose = |taps: &[u32]| choosing::taps::tapped(&rules, taps);
    let taken = secret::untap(records, &mut ctx.secret_rng(), mine, (room, event), choose)?;
    let mut effects = Vec::new();
    effects
        .extend(paper.into_iter().flat_map(|paper| stands(ctx, &one, one.key(&format!("to/{paper}")), taken.clone())));
    effects.extend(super::direct::recount(records, ctx, one.number));
    Some(effects)
}

/// Says on somebody's paper where they stand.
fn stands(ctx: &Ctx<Settings>, one: &Retro, paper: MessageKey, taken: Taken<Marks>) -> Vec<Effect> {
    let given = taken.chosen.clone().unwrap_or_default();
    taken.reword(paper, invitations::vote_paper(ctx, one, Some(&given))).into_iter().collect()
}

/// A tap on the last question's paper: it lies sealed, and the one before it goes.
fn worth(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    handed: &Handed,
    key: &MessageKey,
    with: &str,
) -> Vec<Effect> {
    let Some(number) = state::number_of(key) else { return Vec::new() };
    let asks = |one: &&Retro| {
        let paper = key.as_str().starts_with(one.key("to/").as_str());
        paper && one.phase == Phase::Worth && ctx.is_in(&one.room)
    };
    let chosen = with.trim().parse::<u8>().ok().filter(|answer| *answer <= 4);
    let (Some(_), Some(chosen)) = (retro(records, number).filter(asks), chosen) else { return Vec::new() };
    let key = WorthOf { retro: number, person: by.clone() };
    let before: Vec<_> = records.get(&key).map(|paper| paper.said.clone()).unwrap_or_default();
    if secret::hand_in(records, &mut ctx.secret_rng(), key, handed, Some(Some(chosen))).is_none() {
        return Vec::new();
    }
    let gone = before.into_iter().map(|place| Outgoing::RedactEvent { room: place.room, event: place.event }.send());
    gone.chain(super::direct::joined(records, ctx, number, by)).collect()
}

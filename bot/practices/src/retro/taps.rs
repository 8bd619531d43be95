//! What a tap on a retrospective's buttons does.
//!
//! Only taps of whoever facilitates, and of leads, lead it; others' are met with silence, as is everything that is no button.

use super::{
    advance::{self, Next},
    buttons::{Tap, asks, is_current, theme_labels},
    direct,
    facilitation::may_pace,
    interface::Settings,
    invitations,
    phase::{self, Phase, Why},
    state::{self, DotsOf, PaperOf, Retro, Rows, WorthOf, retro, retro_mut},
    text, votes,
};
use crate::{
    Ctx, Effect, EventId, MessageKey, MessageRef, Outgoing, RoomId, Span, UserId, choosing,
    secret::{self, Handed},
};

/// How much time a tap gives.
const MORE: Span = Span::minutes(5);

/// Somebody tapped something of a retrospective's in its room.
pub(super) fn tapped(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    (by, lead): (&UserId, bool),
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
    match Tap::read(with) {
        Some(Tap::Join) if ctx.is_in(room) && asks(one, key) => {
            invitations::invite_once(records, ctx, number, by).into_iter().flatten().collect()
        }
        Some(tap) if tap != Tap::Join && may_pace(one, by, lead) && is_current(one, key) => {
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
    if has && choosing::taps::is_like_a_sign(with) {
        return vec![handed.removed()];
    }
    let theme =
        theme_labels(&one).iter().position(|label| label == with).and_then(|place| u32::try_from(place + 1).ok());
    let Some(theme) = theme.filter(|_| has) else { return Vec::new() };
    let rules = votes::rules(one.groups.len(), ctx.settings.dots.get());
    let mine = DotsOf { retro: one.number, person: by.clone() };
    let choose = |taps: &[u32]| choosing::taps::tapped(&rules, taps);
    let secret_rng = &mut ctx.secret_rng();
    let Some(taken) = secret::tap(records, secret_rng, mine, (handed, theme), choose) else {
        return Vec::new();
    };
    let mut effects = invitations::stands(records, ctx, secret_rng, &one, key.clone(), taken);
    effects.extend(direct::joined(records, ctx, one.number, by));
    effects
}

/// Somebody removed a reaction; if it was a tap on a paper of a vote, it is taken back. `None` where it was none.
pub(super) fn untapped(records: &mut Rows, ctx: &Ctx<Settings>, room: &RoomId, event: &EventId) -> Option<Vec<Effect>> {
    let mine = secret::tapper::<DotsOf>(records, event)?;
    let one = retro(records, mine.retro)?.clone();
    let rules = votes::rules(one.groups.len(), ctx.settings.dots.get());
    let paper = records.get(&PaperOf { retro: one.number, person: mine.person.clone() }).copied();
    let choose = |taps: &[u32]| choosing::taps::tapped(&rules, taps);
    let taken = secret::untap(records, mine, (room, event), choose)?;
    let mut effects = Vec::new();
    if let Some(paper) = paper.map(|paper| one.key(&format!("to/{paper}"))) {
        effects.extend(invitations::stands(records, ctx, &mut ctx.secret_rng(), &one, paper, taken));
    }
    effects.extend(direct::recount(records, ctx, one.number));
    Some(effects)
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
    gone.chain(direct::joined(records, ctx, number, by)).collect()
}

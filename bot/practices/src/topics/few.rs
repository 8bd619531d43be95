//! Fewer votes than the result of a sealed vote may be made of: before they are destroyed there is more time, once, and
//! whoever closes the vote by hand is asked back.

use hearth_shared::report::MIN_PEOPLE;
use jiff::SignedDuration;

use super::{
    interface::Settings,
    state::{Rows, round, round_mut, voted},
    text,
};
use crate::{Attention, Ctx, Effect, Message, MessageContext, Outgoing, To, choosing::text::until};

/// How many votes the open vote has, where those are too few for a result.
fn too_few(records: &Rows) -> Option<u64> {
    let round = round(records)?;
    Some(voted(records, round)).filter(|voted| round.sealed && *voted < MIN_PEOPLE)
}

/// Gives a vote whose time is over half of it once more, if too few have voted. Whatever asks whether it is over asks
/// this first.
pub fn extend(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let Some(voted) = too_few(records) else { return Vec::new() };
    let Some(round) = round_mut(records).filter(|round| round.closes <= ctx.now && !round.extended) else {
        return Vec::new();
    };
    let half = SignedDuration::from_mins(ctx.settings.vote_for.in_minutes()) / 2;
    round.closes = ctx.now.saturating_add(half).unwrap_or(round.closes);
    (round.extended, round.count) = (true, round.count.shown(ctx.now));
    let round = &*round;
    let told = ctx.words.topics_extended(MIN_PEOPLE - voted, until(ctx.words, ctx.community, round.closes));
    let (card, room) = (round.card(), round.room.clone());
    let body = self::round(records).map(|round| text::round_card(ctx.words, ctx.community, records, round));
    let mut effects = Vec::from_iter(body.map(|body| Outgoing::Edit { key: card.into(), body }.send()));
    effects.push(Message::new(To::Room(room), Attention::Prompt, told).send());
    effects
}

/// What whoever closes the vote is asked back, once, where votes would be destroyed. `None` where it can be closed.
pub fn ask_back(records: &mut Rows, ctx: &Ctx<Settings>, source: &MessageContext) -> Option<Effect> {
    let voted = too_few(records).filter(|voted| *voted > 0)?;
    let round = round_mut(records).filter(|round| !round.warned)?;
    round.warned = true;
    let until = until(ctx.words, ctx.community, round.closes);
    Some(Effect::answer(source, ctx.words.topics_close_few(voted, MIN_PEOPLE, until, &ctx.community.prefix)))
}

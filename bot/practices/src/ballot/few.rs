//! Fewer votes than a result may be made of: before they are destroyed there is more time, once, and whoever closes the
//! ballot by hand is asked back.

use hearth_shared::report::MIN_PEOPLE;

use super::{
    interface::{Ballot, Settings},
    state::{PaperOf, card, open_mut},
    text,
};
use crate::{Attention, Ctx, Effect, Message, MessageContext, Outgoing, Records, To, choosing::text::until, secret};

/// Gives a ballot whose time is over half of it once more, if too few have voted: nothing is destroyed before the room
/// was told. Whatever asks whether a ballot is over asks this first, so that a vote that comes in this very moment
/// counts.
pub fn extend(records: &mut Records<Ballot>, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let voted = secret::counted::<PaperOf>(records, number);
    let is_due = |closes| closes <= ctx.now && voted < MIN_PEOPLE;
    let Some(ballot) = open_mut(records, number).filter(|ballot| is_due(ballot.closes) && !ballot.extended) else {
        return Vec::new();
    };
    let half = ballot.closes.duration_since(ballot.opened) / 2;
    ballot.closes = ctx.now.saturating_add(half).unwrap_or(ballot.closes);
    (ballot.extended, ballot.count) = (true, ballot.count.shown(ctx.now));
    let told = ctx.words.ballot_extended(
        number,
        MIN_PEOPLE - voted,
        until(ctx.words, ctx.community, ballot.closes),
        text::question(ballot),
    );
    let body = text::card(ctx.words, ctx.community, number, ballot, voted);
    vec![
        Outgoing::Edit { key: card(number).into(), body }.send(),
        Message::new(To::Room(ballot.room.clone()), Attention::Prompt, told).send(),
    ]
}

/// What whoever closes a ballot is asked back, once, where votes would be destroyed. `None` where it can be closed.
pub fn ask_back(
    records: &mut Records<Ballot>,
    ctx: &Ctx<Settings>,
    number: u32,
    source: &MessageContext,
) -> Option<Vec<Effect>> {
    let voted = secret::counted::<PaperOf>(records, number);
    let ballot = open_mut(records, number).filter(|_| (1..MIN_PEOPLE).contains(&voted))?;
    match &ballot.warned {
        // Only told again.
        Some(before) if *before == source.event => return Some(Vec::new()),
        Some(_) => return None,
        None => ballot.warned = Some(source.event.clone()),
    }
    let until = until(ctx.words, ctx.community, ballot.closes);
    let told = ctx.words.ballot_close_few(voted, MIN_PEOPLE, until, &ctx.community.prefix, number);
    Some(vec![Effect::answer(source, told)])
}

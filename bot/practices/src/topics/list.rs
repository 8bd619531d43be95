//! The live list: who sees what of it, and the one card that is kept up to date.

use super::{
    interface::{Command, Settings},
    state::{self, CardRoom, Rows},
    text,
};
use crate::{Attention, Ctx, Effect, Invocation, Message, MessageContext, Outgoing, RoomId, To};

/// What whoever speaks here may hear of.
pub fn seen_at<'a>(ctx: &'a Ctx<Settings>, source: &'a MessageContext) -> impl Fn(Option<&RoomId>) -> bool + 'a {
    move |of| of.is_none_or(|room| ctx.may_show(room, source))
}

/// What the live card says.
pub fn card(records: &Rows, ctx: &Ctx<Settings>) -> String {
    let seen = state::seen_in(ctx.community, records.get(&CardRoom {}));
    text::list(ctx.words, ctx.community, records, &seen)
}

/// The live card, where it was asked for. There is one: where it was before it says that it moved.
pub fn show(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let before = state::card(records);
    let room = invocation.source.room.clone();
    let number = state::next_card(records, &room);
    state::hear(records, &invocation.source.event);
    let body = card(records, ctx);
    let mut effects = vec![Message::new(To::Room(room), Attention::Answer, body).keyed(state::card_key(number)).send()];
    if before > 0 {
        effects
            .push(Outgoing::Edit { key: state::card_key(before).into(), body: ctx.words.topics_list_moved() }.send());
    }
    effects
}

/// The live card, brought up to date.
pub fn refreshed(records: &Rows, ctx: &Ctx<Settings>) -> Option<Effect> {
    let number = state::card(records);
    let body = card(records, ctx);
    (number > 0).then(|| Outgoing::Edit { key: state::card_key(number).into(), body }.send())
}

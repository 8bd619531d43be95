//! The meeting or retrospective that is under way where an action is agreed.

use super::interface::Settings;
use crate::{
    Ctx, MessageContext,
    boards::{Gathering, Meetings, Retros},
};

/// The gathering that somebody means who agrees something at `source`: the one in whose thread they are, or else one in
/// their room whose thread is not known; outside threads, the room's. A meeting is over in an hour and so comes
/// before a retrospective that lasts for days.
pub(super) fn at(ctx: &Ctx<Settings>, source: &MessageContext) -> Option<String> {
    let retros = ctx.boards.read::<Retros>().open.into_iter().map(|retro| retro.gathering);
    let open = ctx.boards.read::<Meetings>().open.into_iter().chain(retros);
    let here: Vec<Gathering> = open.filter(|one| one.room == source.room).collect();
    let certain = |one: &&Gathering| one.thread.is_some() && one.thread == source.thread;
    let perhaps = |one: &&Gathering| one.thread.is_none() || source.thread.is_none();
    here.iter().find(certain).or_else(|| here.iter().find(perhaps)).map(|one| one.name.clone())
}

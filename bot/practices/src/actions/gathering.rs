//! The meeting or retrospective that is under way where an action is agreed.

use serde::Deserialize;

use super::Settings;
use crate::{Ctx, EventId, RoomId, Spot};

/// What "meetings" and "retro" put up: what is under way.
#[derive(Debug, Deserialize)]
struct Gatherings {
    open: Vec<Gathering>,
}

#[derive(Debug, Deserialize)]
struct Gathering {
    name: String,
    room: RoomId,
    #[serde(default)]
    thread: Option<EventId>,
}

/// The gathering that somebody means who agrees something at `spot`: the one in whose thread they are, or else one in
/// their room whose thread is not known; outside threads, the room's. A meeting is over in an hour and so comes
/// before a retrospective that lasts for days.
pub(super) fn at(ctx: &Ctx<Settings>, spot: &Spot) -> Option<String> {
    let open = |practice| ctx.board.read::<Gatherings>(practice).map(|seen| seen.open).unwrap_or_default();
    let here: Vec<Gathering> =
        open("meetings").into_iter().chain(open("retro")).filter(|one| one.room == spot.room).collect();
    let certain = |one: &&Gathering| one.thread.is_some() && one.thread == spot.thread;
    let perhaps = |one: &&Gathering| one.thread.is_none() || spot.thread.is_none();
    here.iter().find(certain).or_else(|| here.iter().find(perhaps)).map(|one| one.name.clone())
}

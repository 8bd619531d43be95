//! What is remembered of prompts: who is where in the series, and what was posted where.

use serde::{Deserialize, Serialize};

use super::{
    deck::Own,
    interface::Icebreakers,
    room::{Current, Kept, RoomPrompts},
    series::{Given, Series},
};
use crate::{Records, RoomId, UserId, forget, tables};

tables! { for Icebreakers;
    /// Somebody in the series.
    NewcomerAt { person: UserId } => Newcomer, in "newcomer", of person;
    /// Somebody whose series is over, or who was there before.
    SettledAt { person: UserId } => Given, in "settled", of person;
    /// What was posted in a room.
    PromptsIn { room: RoomId } => RoomPrompts, in "room";
    /// The prompts that leads added.
    OwnPrompts {} => Own, in "own";
}

/// Somebody in the series.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Newcomer {
    /// Where they are in it.
    pub series: Series,
    /// What they were given.
    pub given: Given,
}
forget!(Newcomer; series, given);
forget!(Given; seen, open, last);
forget!(Own; prompts, highest);
forget!(RoomPrompts: current; kept, seen);
forget!(Current: answered; key, prompt);

pub fn newcomer(who: &UserId) -> NewcomerAt {
    NewcomerAt { person: who.clone() }
}

pub fn settled(who: &UserId) -> SettledAt {
    SettledAt { person: who.clone() }
}

pub fn prompts_in(room: &RoomId) -> PromptsIn {
    PromptsIn { room: room.clone() }
}

/// Until when a room has kept which rhythm.
pub fn kept(records: &Records<Icebreakers>, room: &RoomId) -> Option<Kept> {
    records.get(&prompts_in(room))?.kept
}

/// What somebody was given, during the series or after it.
pub fn given<'a>(records: &'a mut Records<Icebreakers>, who: &UserId) -> Option<&'a mut Given> {
    match records.has(&newcomer(who)) {
        true => records.get_mut(&newcomer(who)).map(|one| &mut one.given),
        false => records.get_mut(&settled(who)),
    }
}

pub fn own(records: &Records<Icebreakers>) -> Option<&Own> {
    records.get(&OwnPrompts {})
}

/// Ends somebody's series.
pub fn settle(records: &mut Records<Icebreakers>, who: &UserId) {
    if let Some(one) = records.remove(&newcomer(who)) {
        records.insert(settled(who), one.given);
    }
}

//! What limited timelines left out: where each gap begins and ends, and which of its events count.

use std::collections::VecDeque;

use hearth_practices::RoomId;
use matrix_sdk::ruma::OwnedRoomId;

use super::batch::{RawEvent, RoomBatch, Unfilled};
use crate::incoming::{What, read};

/// How many empty pages in a row are the end of a gap.
const MOST_EMPTY: u32 = 20;

/// A sync, and the gaps in it that are not filled yet.
#[derive(Debug)]
pub(super) struct Work {
    pub(super) unfilled: Unfilled,
    pub(super) gaps: VecDeque<Gap>,
    /// How many events the gaps have held so far.
    pub(super) filled: usize,
    /// Whether what the sync brought of other rooms was delivered before those that took the place of one.
    others_first: bool,
}

/// What a limited timeline left out of a room.
#[derive(Debug)]
pub(super) struct Gap {
    pub(super) room: OwnedRoomId,
    /// Where the next page begins; `None` where the room does.
    pub(super) from: Option<String>,
    /// Where the timeline begins.
    pub(super) to: Option<String>,
    /// How many pages in a row were empty.
    pub(super) empty: u32,
    /// Whether the bot has come to the room: what is from before that does not count.
    pub(super) came: bool,
    /// Whether its own join is still to be found.
    pub(super) awaits_join: bool,
    /// How many rooms the room took the place of, one after the other, where it is one of these.
    pub(super) generation: usize,
}

impl Work {
    /// The gaps of rooms that took the place of others come after those of the others.
    pub(super) fn new(unfilled: Unfilled, mut gaps: Vec<Gap>) -> Self {
        gaps.sort_by_key(|gap| gap.generation);
        Self { unfilled, gaps: gaps.into(), filled: 0, others_first: false }
    }

    /// What the sync brought of the rooms that the bot knew, where rooms are next that took the place of one: what was
    /// said in the old room came first.
    pub(super) fn before_replacements(&mut self) -> Option<Vec<RoomBatch>> {
        if self.others_first || self.gaps.front()?.generation == 0 {
            return None;
        }
        self.others_first = true;
        let known = self.unfilled.joined.iter_mut().filter(|update| update.whole && !update.replaces);
        let first = known.map(|update| RoomBatch {
            room: RoomId::from(update.room.as_str()),
            events: std::mem::take(&mut update.events),
        });
        Some(first.filter(|update| !update.events.is_empty()).collect())
    }
}

impl Gap {
    /// Where the page after this one begins, if there is one. A page may be empty though there are more: what the server
    /// leaves out counts for its length.
    pub(super) fn more(&mut self, end: Option<String>, events: usize) -> Option<String> {
        self.empty = if events == 0 { self.empty + 1 } else { 0 };
        end.filter(|end| Some(end) != self.from.as_ref() && self.empty < MOST_EMPTY)
    }

    /// Those of a page's events that count; `None` while the bot has not joined.
    pub(super) fn counting(&mut self, events: Vec<RawEvent>, me: &str) -> Option<Vec<RawEvent>> {
        if !self.came {
            return Some(events);
        }
        self.awaits_join &= !joins(&events, me);
        (!self.awaits_join).then(|| since_joined(events, me))
    }
}

/// What happened after the bot joined. Where its join is not among the events, all of them did.
pub(super) fn since_joined(mut events: Vec<RawEvent>, me: &str) -> Vec<RawEvent> {
    match events.iter().rposition(|event| is_join_of(event, me)) {
        Some(join) => events.split_off(join + 1),
        None => events,
    }
}

/// Whether the bot's own join is among the events.
pub(super) fn joins(events: &[RawEvent], me: &str) -> bool {
    events.iter().any(|event| is_join_of(event, me))
}

fn is_join_of(event: &RawEvent, me: &str) -> bool {
    // Most events are ruled out without being read.
    event.json.contains("m.room.member")
        && matches!(read(&event.json, event.decrypted), Ok(incoming)
            if matches!(&incoming.what, What::Member { who, joined: true, was_joined } if who.as_str() == me && *was_joined != Some(true)))
}

#[cfg(test)]
mod tests {
    use matrix_sdk::ruma::owned_room_id;
    use serde_json::json;

    use super::*;

    const ME: &str = "@hearth:t";

    fn said(number: u32) -> RawEvent {
        let json = json!({
            "type": "m.room.message", "event_id": format!("$e{number}"), "sender": "@ana:t", "origin_server_ts": 1,
            "content": {"msgtype": "m.text", "body": "hi"},
        });
        RawEvent { json: json.to_string(), decrypted: false }
    }

    fn joined(who: &str) -> RawEvent {
        let json = json!({
            "type": "m.room.member", "event_id": "$join", "sender": who, "state_key": who, "origin_server_ts": 1,
            "content": {"membership": "join"},
        });
        RawEvent { json: json.to_string(), decrypted: false }
    }

    fn gap(came: bool) -> Gap {
        let room = owned_room_id!("!a:t");
        Gap { room, from: None, to: None, empty: 0, came, awaits_join: came, generation: usize::from(!came) }
    }

    fn counted(gap: &mut Gap, page: Vec<RawEvent>) -> Option<usize> {
        gap.counting(page, ME).map(|events| events.len())
    }

    #[test]
    fn of_a_room_that_the_bot_came_to_counts_what_follows_its_join_on_whichever_page_that_is() {
        let mut gap = gap(true);
        assert_eq!(counted(&mut gap, vec![said(1), joined("@ana:t"), said(2)]), None);
        assert_eq!(counted(&mut gap, vec![said(3), joined(ME), said(4), said(5)]), Some(2));
        assert_eq!(counted(&mut gap, vec![said(6)]), Some(1));
    }

    #[test]
    fn of_a_room_that_took_the_place_of_another_everything_counts() {
        let mut gap = gap(false);
        assert_eq!(counted(&mut gap, vec![said(1), joined(ME), said(2)]), Some(3));
    }

    #[test]
    fn a_gap_ends_where_the_server_says_so_or_brings_nothing_any_more() {
        let mut gap = gap(false);
        assert_eq!(gap.more(Some("a".to_owned()), 100).as_deref(), Some("a"));
        gap.from = Some("a".to_owned());
        assert_eq!(gap.more(Some("a".to_owned()), 100), None, "it does not move on");
        assert_eq!(gap.more(None, 100), None);
        let mut pages = 0;
        while gap.more(Some(format!("t{pages}")), 0).is_some() {
            pages += 1;
        }
        assert_eq!(pages, 19);
    }
}

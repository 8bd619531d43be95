//! What limited timelines left out: where each gap begins and ends, and which of its events count.

use std::collections::VecDeque;

use hearth_practices::RoomId;
use jiff::Timestamp;
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

    /// What the sync brought of rooms without a gap, up to the time of the newest event of a page: a vote in a direct room
    /// is read together with the command that ends it, not a page after it.
    pub(super) fn up_to(&mut self, page: &[RawEvent]) -> Vec<RoomBatch> {
        let Some(newest) = page.iter().filter_map(sent).max() else { return Vec::new() };
        let mut rooms = Vec::new();
        for update in self.unfilled.joined.iter_mut().filter(|update| update.whole && !update.replaces) {
            if self.gaps.iter().any(|gap| gap.room == update.room) {
                continue;
            }
            let later = |event: &RawEvent| sent(event).is_some_and(|at| at > newest);
            let end = update.events.iter().position(later).unwrap_or(update.events.len());
            if end > 0 {
                let events = update.events.drain(..end).collect();
                rooms.push(RoomBatch { room: RoomId::from(update.room.as_str()), events });
            }
        }
        rooms
    }
}

/// When an event was sent, as its server says.
fn sent(event: &RawEvent) -> Option<Timestamp> {
    read(&event.json, event.decrypted).ok().map(|incoming| incoming.at)
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

    use super::{
        super::batch::{Keys, UnfilledRoom},
        *,
    };

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

    fn at(second: i64) -> RawEvent {
        let json = json!({
            "type": "m.room.message", "event_id": format!("$at{second}"), "sender": "@ana:t",
            "origin_server_ts": second * 1_000, "content": {"msgtype": "m.text", "body": "hi"},
        });
        RawEvent { json: json.to_string(), decrypted: false }
    }

    fn times(rooms: &[RoomBatch]) -> Vec<(String, Vec<i64>)> {
        let second = |event: &RawEvent| sent(event).unwrap().as_second();
        rooms.iter().map(|room| (room.room.to_string(), room.events.iter().map(second).collect())).collect()
    }

    #[test]
    fn a_vote_in_a_direct_room_is_read_with_the_page_in_which_its_ballot_is_closed() {
        let room = |room, events: &[i64], limited| UnfilledRoom {
            room,
            limited,
            prev_batch: None,
            events: events.iter().copied().map(at).collect(),
            whole: true,
            replaces: false,
        };
        let gap_in = |room| Gap { room, came: false, generation: 0, ..gap(false) };
        let joined = vec![
            room(owned_room_id!("!lobby:t"), &[70], true),
            room(owned_room_id!("!direct:t"), &[5, 15, 14, 25, 8], false),
            room(owned_room_id!("!busy:t"), &[3], true),
            UnfilledRoom { whole: false, ..room(owned_room_id!("!new:t"), &[1], false) },
        ];
        let unfilled =
            Unfilled { next: "s".to_owned(), joined, left: Vec::new(), keys: Keys::Any, hides_relations: false };
        let mut work = Work::new(unfilled, vec![gap_in(owned_room_id!("!lobby:t")), gap_in(owned_room_id!("!busy:t"))]);
        let with = |work: &mut Work, page: &[i64]| {
            let page: Vec<_> = page.iter().copied().map(at).collect();
            times(&work.up_to(&page))
        };
        let direct = "!direct:t".to_owned();
        assert_eq!(with(&mut work, &[]), []);
        assert_eq!(with(&mut work, &[2, 4]), []);
        assert_eq!(with(&mut work, &[6, 20, 19]), [(direct.clone(), vec![5, 15, 14])], "not what came after");
        assert_eq!(with(&mut work, &[21]), [], "what was read is not read again");
        // A room whose gap is filled has no gap any more.
        work.gaps.retain(|gap| gap.room == owned_room_id!("!lobby:t"));
        let rest = [(direct, vec![25, 8]), ("!busy:t".to_owned(), vec![3])];
        assert_eq!(with(&mut work, &[30]), rest);
    }
}

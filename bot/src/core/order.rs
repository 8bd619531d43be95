//! In which order what was read at once is taken. Matrix orders the events of one room, and says nothing of two.

use std::{cmp::Reverse, collections::BinaryHeap};

use hearth_core::incoming::believed;
use hearth_practices::RoomId;
use jiff::Timestamp;
use serde::Deserialize;

use crate::matrix::intake::{RawEvent, RoomBatch};

/// The events of several rooms, one after the other: those of each room in their order, and among rooms by the time at
/// which each was sent. A vote in a direct room and the command that ends it, in another room, are so taken alike
/// whichever of the rooms was read first.
///
/// Times are what servers say. What claims to be from the future is from now, and holds up what follows it in its own
/// room only, until the end of what was read at once.
pub fn by_time(rooms: Vec<RoomBatch>, now: Timestamp) -> Vec<(RoomId, RawEvent)> {
    let mut rooms: Vec<_> =
        rooms.into_iter().map(|RoomBatch { room, events }| (room, events.into_iter().peekable())).collect();
    rooms.sort_by(|(one, _), (other, _)| one.cmp(other));
    if let [(room, events)] = rooms.as_mut_slice() {
        return events.map(|event| (room.clone(), event)).collect();
    }
    let mut next: BinaryHeap<_> = rooms
        .iter_mut()
        .enumerate()
        .filter_map(|(place, (_, events))| Some(Reverse((sent(events.peek()?, now), place))))
        .collect();
    let mut ordered = Vec::new();
    while let Some(Reverse((_, place))) = next.pop() {
        let (room, events) = &mut rooms[place];
        ordered.extend(events.next().map(|event| (room.clone(), event)));
        next.extend(events.peek().map(|event| Reverse((sent(event, now), place))));
    }
    ordered
}

/// When an event was sent, as far as that can be believed.
fn sent(event: &RawEvent, now: Timestamp) -> Timestamp {
    #[derive(Deserialize)]
    struct Sent {
        origin_server_ts: i64,
    }
    let read = serde_json::from_str::<Sent>(&event.json).ok();
    let at = read.and_then(|sent| Timestamp::from_millisecond(sent.origin_server_ts).ok());
    at.map_or(now, |at| believed(at, now))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn room(name: &str, events: &[(&str, i64)]) -> RoomBatch {
        let event = |(id, at): &(&str, i64)| RawEvent {
            json: json!({"event_id": id, "origin_server_ts": at}).to_string(),
            decrypted: false,
        };
        RoomBatch { room: RoomId::from(format!("!{name}:t")), events: events.iter().map(event).collect() }
    }

    fn ordered(rooms: Vec<RoomBatch>, now: i64) -> String {
        let id = |(_, event): (RoomId, RawEvent)| {
            serde_json::from_str::<serde_json::Value>(&event.json).unwrap()["event_id"].as_str().unwrap().to_owned()
        };
        by_time(rooms, Timestamp::from_millisecond(now).unwrap()).into_iter().map(id).collect()
    }

    const DAY: i64 = 1_791_190_800_000;

    #[test]
    fn what_was_read_at_once_is_taken_by_its_time_whichever_room_comes_first() {
        let one = || room("a", &[("a", DAY + 1), ("d", DAY + 4), ("e", DAY + 5)]);
        let other = || room("b", &[("b", DAY + 2), ("c", DAY + 3), ("f", DAY + 5)]);
        assert_eq!(ordered(vec![one(), other(), room("c", &[])], DAY + 9), "abcdef");
        assert_eq!(ordered(vec![room("c", &[]), other(), one()], DAY + 9), "abcdef");
        assert_eq!(ordered(vec![one()], DAY + 9), "ade");
        assert_eq!(ordered(Vec::new(), DAY + 9), "");
    }

    #[test]
    fn a_room_keeps_its_order_whatever_clocks_say_and_nobody_is_from_the_future() {
        let wrong = || room("a", &[("x", DAY + 3_600_000), ("a", DAY + 1), ("o", 0)]);
        let right = || room("b", &[("b", DAY + 2), ("c", DAY + 8)]);
        assert_eq!(ordered(vec![wrong(), right()], DAY + 9), "bcxao");
        let unread = RawEvent { json: "{".to_owned(), decrypted: false };
        let odd = RoomBatch { room: RoomId::from("!c:t"), events: vec![unread] };
        assert_eq!(by_time(vec![odd, right()], Timestamp::from_millisecond(DAY + 9).unwrap()).len(), 3);
    }
}

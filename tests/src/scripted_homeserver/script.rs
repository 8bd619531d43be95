//! What the scripted homeserver tells: rooms, members and an even stream of plain messages.

use std::fmt::Write as _;

use serde_json::{Value, json};

/// The user that the script is played to.
pub const USER_ID: &str = "@hearth:scripted.test";
/// Its device.
pub const DEVICE_ID: &str = "SCRIPTED";
/// Its access token; any password logs in.
pub const ACCESS_TOKEN: &str = "scripted-token";

/// How many people are in each room of a plan, beside the user.
pub const ROOM_MEMBERS: usize = 50;
/// When the story begins, in milliseconds since 1970; a second passes between events.
const BEGIN: u64 = 1_700_000_000_000;

/// How much to tell, evenly spread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Messages in all; a multiple of `syncs` times `rooms` is told completely.
    pub events: usize,
    /// In how many answers, after a first that only has the rooms' state.
    pub syncs: usize,
    /// In how many rooms.
    pub rooms: usize,
}

impl Plan {
    /// The ids of its rooms.
    #[must_use]
    pub fn room_ids(&self) -> Vec<String> {
        (0..self.rooms).map(room_id).collect()
    }
}

impl Default for Plan {
    /// The load of the intake bench.
    fn default() -> Self {
        Self { events: 200_000, syncs: 100, rooms: 20 }
    }
}

impl Plan {
    fn per_room(self) -> usize {
        self.events / self.syncs.max(1) / self.rooms.max(1)
    }

    /// One answer to `/sync`.
    pub(super) fn batch(self, number: usize, next: &str) -> String {
        let mut rooms = String::new();
        for room in 0..self.rooms {
            if room > 0 {
                rooms.push(',');
            }
            let (state, timeline) = if number == 0 {
                (room_state(room).to_string(), String::new())
            } else {
                ("[]".into(), self.timeline(number - 1, room))
            };
            let _ = write!(
                rooms,
                r#""{}":{{"state":{{"events":{state}}},"timeline":{{"events":[{timeline}],"limited":false,"prev_batch":"p{number}"}},"ephemeral":{{"events":[]}},"account_data":{{"events":[]}},"summary":{{}},"unread_notifications":{{}}}}"#,
                room_id(room)
            );
        }
        format!(
            r#"{{"next_batch":"{next}","rooms":{{"join":{{{rooms}}}}},"device_one_time_keys_count":{{"signed_curve25519":50}},"device_unused_fallback_key_types":["signed_curve25519"]}}"#
        )
    }

    /// The messages of one room in one answer.
    fn timeline(self, sync: usize, room: usize) -> String {
        let count = self.per_room();
        let mut events = String::with_capacity(count * 260);
        for turn in 0..count {
            if turn > 0 {
                events.push(',');
            }
            let number = ((sync * self.rooms + room) * count + turn) as u64;
            let at = BEGIN + number * 1_000;
            // A stride that shares no factor with the number of members: everybody speaks, nobody in a row.
            let sender = member_id((turn * 7 + sync + room) % ROOM_MEMBERS);
            let _ = write!(
                events,
                r#"{{"type":"m.room.message","event_id":"{}","sender":"{sender}","origin_server_ts":{at},"content":{{"msgtype":"m.text","body":"Message {number}: we should try that on Thursday.","m.mentions":{{}}}},"unsigned":{{"age":1000}}}}"#,
                event_id(number)
            );
        }
        events
    }
}

fn room_id(room: usize) -> String {
    format!("!room{room}:scripted.test")
}

fn member_id(member: usize) -> String {
    format!("@member{member}:scripted.test")
}

/// An id as long as real ones.
pub(super) fn event_id(number: u64) -> String {
    format!("$scripted_event_{number:028}")
}

fn state_event(room: usize, kind: &str, key: &str, content: &Value, number: u64) -> Value {
    json!({
        "type": kind, "state_key": key, "content": content, "sender": member_id(0),
        "event_id": event_id(u64::MAX / 2 + (room as u64) * 1_000 + number), "origin_server_ts": BEGIN - 1_000_000,
    })
}

fn room_state(room: usize) -> Value {
    let power = json!({"users": {member_id(0): 100}, "users_default": 0, "redact": 50});
    let mut events = vec![
        state_event(room, "m.room.create", "", &json!({"room_version": "10", "creator": member_id(0)}), 900),
        state_event(room, "m.room.power_levels", "", &power, 901),
        state_event(room, "m.room.join_rules", "", &json!({"join_rule": "public"}), 902),
        state_event(room, "m.room.name", "", &json!({"name": format!("Room {room}")}), 903),
    ];
    events.extend(members_of(room));
    Value::Array(events)
}

fn members_of(room: usize) -> impl Iterator<Item = Value> {
    let ids = (0..ROOM_MEMBERS).map(member_id).chain([USER_ID.to_owned()]);
    ids.enumerate().map(move |(number, id)| {
        let mut event = state_event(room, "m.room.member", &id, &json!({"membership": "join"}), number as u64);
        event["sender"] = id.into();
        event
    })
}

/// The members of any room, as `/members` answers.
pub(super) fn member_events() -> Vec<Value> {
    members_of(0).collect()
}

/// The members of any room, as `/joined_members` answers.
pub(super) fn joined_members() -> Value {
    let ids = (0..ROOM_MEMBERS).map(member_id).chain([USER_ID.to_owned()]);
    let joined: serde_json::Map<String, Value> = ids.map(|id| (id, json!({}))).collect();
    json!({"joined": joined})
}

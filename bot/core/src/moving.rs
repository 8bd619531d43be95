//! A room that was replaced by another: what pointed at the old one points at the new one.
//!
//! Room ids stand in records, settings and their keys as whole strings, so they can be found without knowing the
//! practice. What else belongs to the old room and has no counterpart in the new one is the *thread* (or card) in which
//! something was asked for: where it stands beside the room, it goes.

use serde_json::Value;

use crate::id::RoomId;

/// The fields that name a message of the room which stands beside them, and may be empty.
const MESSAGES: [&str; 2] = ["thread", "card"];

/// Replaces a room in a value. Says whether it was there.
pub fn move_value(value: &mut Value, from: &RoomId, to: &RoomId) -> bool {
    match value {
        Value::String(text) if text == from.as_str() => {
            to.as_str().clone_into(text);
            true
        }
        Value::Array(items) => {
            let mut moved = false;
            for item in items {
                moved |= move_value(item, from, to);
            }
            moved
        }
        Value::Object(fields) => {
            let here = fields.get("room").is_some_and(|room| room == from.as_str());
            let mut moved = false;
            for (name, field) in fields.iter_mut() {
                if here && MESSAGES.contains(&name.as_str()) && field.is_string() {
                    *field = Value::Null;
                }
                moved |= move_value(field, from, to);
            }
            if let Some(field) = fields.remove(from.as_str()) {
                fields.insert(to.to_string(), field);
                moved = true;
            }
            moved
        }
        _ => false,
    }
}

/// The key of a record with a room replaced, where it stands between slashes; `None` where it does not.
pub fn moved_key(key: &str, from: &RoomId, to: &RoomId) -> Option<String> {
    let (framed, part) = (format!("/{key}/"), format!("/{from}/"));
    let moved = framed.replace(&part, &format!("/{to}/"));
    (moved != framed).then(|| moved[1..moved.len() - 1].to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_room_is_replaced_as_a_whole_word_only() {
        let (old, new) = (RoomId::from("!old:t"), RoomId::from("!sha256-of-create"));
        let mut record = json!({
            "room": "!old:t", "thread": "$root", "event": "$e", "rooms": ["!old:t", "!other:t"], "by": {"!old:t": 1},
            "text": "see !old:t", "deep": {"room": "!other:t", "thread": "$kept"},
        });
        assert!(move_value(&mut record, &old, &new));
        let expected = json!({
            "room": "!sha256-of-create", "thread": null, "event": "$e", "rooms": ["!sha256-of-create", "!other:t"],
            "by": {"!sha256-of-create": 1}, "text": "see !old:t", "deep": {"room": "!other:t", "thread": "$kept"},
        });
        assert_eq!(record, expected);
        assert!(!move_value(&mut record, &old, &new));
        assert_eq!(moved_key("room/!old:t", &old, &new).as_deref(), Some("room/!sha256-of-create"));
        assert_eq!(moved_key("a/!old:t/b", &old, &new).as_deref(), Some("a/!sha256-of-create/b"));
        for other in ["room/!old:t8448", "x!old:t", "room"] {
            assert_eq!(moved_key(other, &old, &new), None);
        }
    }
}

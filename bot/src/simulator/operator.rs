//! What the operator does with the bot's own account, in a client.

use hearth_practices::{EventId, RoomId};
use serde_json::{Value, json};

use super::{dice::Dice, homeserver::World};

/// Sometimes they react to a message before the bot does, and as it would: its own reaction is refused. It is drawn with
/// dice of their own, so that everybody else does the same in lives in which they do nothing.
pub(super) fn acknowledges_by_hand(world: &mut World, room: &RoomId, event: &EventId, said: &str) {
    let bot = world.bot.clone();
    let draw = Dice::new(world.seed ^ u64::try_from(world.stream.len()).unwrap_or_default()).percent(10);
    if !world.is_in(&bot, room) || !draw {
        return;
    }
    let with = match said {
        "happy" | "unsure" | "unhappy" => "📝",
        "vote" | "topic vote" => "📨",
        "action done 1" | "topic drop 1" => "✅",
        _ => "👍",
    };
    let relation = json!({"rel_type": "m.annotation", "event_id": event, "key": with});
    world.post(room, &bot, "m.reaction", json!({"m.relates_to": relation}), Value::Null);
}

//! What reached a person.

use serde_json::Value;

/// One event that reached a person through `/sync`.
#[derive(Debug, Clone)]
pub struct Heard {
    /// Where it happened.
    pub room: String,
    /// The event as JSON; of an invite, the stripped `m.room.member` event.
    pub event: Value,
    /// Whether it is an invite of the reader, which is not yet in the room.
    pub invite: bool,
}

impl Heard {
    /// The event's type.
    #[must_use]
    pub fn kind(&self) -> &str {
        text(&self.event, "/type")
    }

    /// Who sent it.
    #[must_use]
    pub fn sender(&self) -> &str {
        text(&self.event, "/sender")
    }

    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        text(&self.event, "/event_id")
    }

    /// Its text: of an edit, the new one.
    #[must_use]
    pub fn body(&self) -> &str {
        match text(&self.event, "/content/m.new_content/body") {
            "" => text(&self.event, "/content/body"),
            edited => edited,
        }
    }

    /// With what it reacts, where it is a reaction.
    #[must_use]
    pub fn reaction(&self) -> &str {
        text(&self.event, "/content/m.relates_to/key")
    }
}

/// The string at a JSON pointer, or nothing.
#[must_use]
pub fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    value.pointer(pointer).and_then(Value::as_str).unwrap_or_default()
}

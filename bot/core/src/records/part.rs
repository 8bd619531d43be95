//! The parts of which keys consist, as text.

use jiff::civil::Date;

use crate::id::{EventId, RoomId, UserId};

/// A part of a key.
pub trait Part: Ord + Clone + Send + Sync + 'static {
    /// The least there is.
    fn least() -> Self;

    /// The part as text, without a `/`.
    fn write(&self) -> String;

    /// The part that was written so.
    fn read(text: &str) -> Option<Self>;
}

impl Part for u32 {
    fn least() -> Self {
        0
    }

    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

impl Part for Date {
    fn least() -> Self {
        Self::MIN
    }

    fn write(&self) -> String {
        self.to_string()
    }

    fn read(text: &str) -> Option<Self> {
        text.parse().ok()
    }
}

/// Nothing: what keys of tables with one row consist of.
impl Part for () {
    fn least() -> Self {}

    fn write(&self) -> String {
        String::new()
    }

    fn read(_: &str) -> Option<Self> {
        Some(())
    }
}

impl Part for String {
    fn least() -> Self {
        Self::new()
    }

    fn write(&self) -> String {
        escape(self)
    }

    fn read(text: &str) -> Option<Self> {
        Some(unescape(text))
    }
}

macro_rules! ids {
    ($($id:ty),*) => {
        $(impl Part for $id {
            fn least() -> Self {
                Self::from("")
            }

            fn write(&self) -> String {
                escape(self.as_str())
            }

            fn read(text: &str) -> Option<Self> {
                (!text.is_empty()).then(|| Self::from(unescape(text)))
            }
        })*
    };
}

ids!(UserId, RoomId, EventId);

/// Ids may contain a `/`: https://spec.matrix.org/latest/appendices/#user-identifiers
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('/', "%2F")
}

fn unescape(text: &str) -> String {
    text.replace("%2F", "/").replace("%25", "%")
}

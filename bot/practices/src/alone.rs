//! One practice alone, for tests of what it does beside no other.

use std::sync::OnceLock;

use crate::{
    Presence,
    dialogue::{room_id, user},
};

/// Somebody who is in every room that tests use, and so are those that they name.
pub(crate) fn everywhere() -> &'static Presence {
    static EVERYWHERE: OnceLock<Presence> = OnceLock::new();
    EVERYWHERE.get_or_init(|| {
        let numbered = |letter: &'static str| (0..100).map(move |number| format!("{letter}{number}"));
        let rooms = ["lobby", "craft", "leads", "room"].map(str::to_owned).into_iter().chain(numbered("r"));
        let people = ["ana", "ben", "cem", "lea"].map(str::to_owned).into_iter().chain(numbered("p"));
        Presence { rooms: rooms.map(|name| room_id(&name)).collect(), named: people.map(|name| user(&name)).collect() }
    })
}

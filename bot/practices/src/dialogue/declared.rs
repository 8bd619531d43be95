//! What a test declares: the community's rooms, settings and language. The engine learns of it as it does of what an
//! operator configures and what leads set.

use std::collections::BTreeMap;

use hearth_core::{
    community::OWN,
    engine::{Commit, CommunityNumber, Configured, Engine, Entry, Membership, Memory as _, ram::Ram},
};
use hearth_shared::pseudonym::Key;
use serde_json::json;

use crate::{Community, Overrides, Room, RoomId, UserId, Words, registry};

/// The community's name in the configuration.
pub(super) const NAME: &str = "Testers";

/// What the community is known by.
pub(super) const NUMBER: CommunityNumber = CommunityNumber::new(1);

/// What a test may change by hand, as the engine knows it.
pub(super) struct Declared {
    pub community: Community,
    pub overrides: Overrides,
    pub words: &'static Words,
}

impl Declared {
    #[expect(clippy::expect_used, reason = "the only community there is")]
    pub(super) fn of(engine: &Engine, memory: &Ram) -> Self {
        let served = engine.community(NUMBER).expect("the community of the dialogue");
        let Ok(overrides) = memory.overrides(NAME);
        Self { community: served.community.clone(), overrides, words: served.words }
    }
}

/// The configuration, a memory in which leads have named their rooms, and the rooms.
pub(super) fn begin() -> (Configured, Ram, BTreeMap<RoomId, Room>) {
    let room = |name: &str| {
        (room_id(name), Room { name: name.to_owned(), people: Some(10), open: name != "leads", moderated: false })
    };
    let rooms = BTreeMap::from(["lobby", "craft", "leads"].map(room));
    let config = Configured {
        name: NAME.to_owned(),
        number: NUMBER,
        zone: "UTC".to_owned(),
        language: Words::english().tag().to_owned(),
        prefix: "!hearth".to_owned(),
        rooms: rooms.keys().map(ToString::to_string).collect(),
        key: Key::new(&[7; 32]),
    };
    let mut memory = Ram::default();
    let own = |key: &str, room: &str| (NAME.to_owned(), OWN.to_owned(), key.to_owned(), Some(json!(room_id(room))));
    let settings = vec![own("lobby", "lobby"), own("leads-room", "leads")];
    let Ok(()) = memory.commit(&Commit { settings, ..Commit::default() });
    (config, memory, rooms)
}

/// The engine as it starts, in the rooms in which it is.
pub(super) fn start(config: &Configured, memory: &mut Ram, rooms: &BTreeMap<RoomId, Room>) -> Engine {
    let bot = UserId::from("@hearth:t");
    let Ok(mut engine) = Engine::load(&registry::ALL, &bot, vec![config.clone()], [0; 32], memory);
    engine.recall_members(memory.members());
    engine.spread(&memory.persons());
    for (room, known) in rooms {
        engine.set_room(room, membership(known));
    }
    for (room, person) in memory.direct_rooms() {
        engine.set_room(room, Membership { direct: Some(person.clone()), ..Membership::default() });
    }
    engine
}

pub(super) fn membership(room: &Room) -> Membership {
    let entry = if room.open { Entry::Open } else { Entry::Closed };
    Membership { name: room.name.clone(), people: room.people, entry, ..Membership::default() }
}

/// `ana` → `@ana:t`.
pub fn user(name: &str) -> UserId {
    UserId::from(format!("@{name}:t"))
}

/// `lobby` → `!lobby:t`.
pub fn room_id(name: &str) -> RoomId {
    RoomId::from(format!("!{name}:t"))
}

pub(super) fn direct_room(who: &UserId) -> RoomId {
    room_id(&format!("direct-{}", who.localpart()))
}

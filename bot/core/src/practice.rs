//! What a practice is, and what it is given.

use std::{collections::BTreeSet, ops::Deref};

use jiff::{Timestamp, tz::TimeZone};
use rand_chacha::{ChaCha8Rng, ChaCha20Rng, rand_core::SeedableRng as _};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    boards::{Board, Boards},
    catalogue::Catalogue,
    community::{Community, Overrides},
    effect::Effect,
    id::{RoomId, UserId},
    input::{Input, MessageContext, Said},
    person::Person,
    records::{RecordSet as _, Records, Tables},
    words::Words,
};

/// One thing that a community does: polls, welcomes, retrospectives.
///
/// A practice is told what happens, changes its records, and says what it wants done. It returns no `Result`: a
/// member's mistake is an [`Effect`] that tells them; only the shell can fail.
pub trait Practice: Tables {
    /// Its name: its folder, the beginning of its message ids, its name in `settings` and `help`.
    const NAME: &'static str;

    /// The chat commands that are its own: clap subcommands, whose names are the verbs after the prefix.
    type Command: clap::Subcommand;

    /// What leads can set, with defaults. Keys are kebab-case; values are numbers, words, switches or lists.
    type Settings: Default + Serialize + DeserializeOwned + Send;

    /// What other practices may see of it, `()` where that is nothing: open actions, say, for a meeting's agenda.
    type Board: Board;

    /// Whether its commands are about the person who gives them, not about the community: given in a direct room, one is
    /// carried out in every community, and answered once. Whoever is in no community may give them, too.
    const PERSONAL: bool = false;

    /// Whether it answers those who are in no community.
    const FOR_GUESTS: bool = false;

    /// The verbs of those commands that are carried out however late they are found. All others are of no use a day
    /// after they were given.
    const LASTING: &[&str] = &[];

    /// The verbs that, said without anything else, show what counts of what somebody said with them before.
    const RECALLING: &[&str] = &[];

    /// What follows from `input`.
    fn react(records: &mut Records<Self>, ctx: &Ctx<Self::Settings>, input: &Input<Self::Command>) -> Vec<Effect>;

    /// When it next wants an [`Input::Tick`]: derived from its records, so that it survives what they survive. An
    /// instant that has passed means at once; a practice that is not due returns a later one or none, or it spins.
    fn next_tick(_records: &Records<Self>, _ctx: &Ctx<Self::Settings>) -> Option<Timestamp> {
        None
    }

    /// Whether it still has a use for a message of its own, weeks after it was sent: to edit it, to end it, to know it
    /// again when somebody points at it. Unless it says otherwise, as long as there is a record under that name.
    fn needs(records: &Records<Self>, name: &str) -> bool {
        records.has_stored(name)
    }

    /// The scopes in which sealed records of its may lie now: it is told with [`crate::Event::SealedLost`] where what
    /// was in one of them is lost, so that it counts nothing wrongly.
    fn scopes(_records: &Records<Self>) -> Vec<String> {
        Vec::new()
    }

    /// Of whom it remembers that nothing they do is to be logged. (The flag that counts is the log's own.)
    fn opted_out(_records: &Records<Self>) -> Vec<UserId> {
        Vec::new()
    }

    /// Whether a command asks to make a room one of the community's, and of which, where it names one. Such a command is
    /// understood in rooms that are nobody's.
    fn adopts(_command: &Self::Command) -> Option<Option<String>> {
        None
    }

    /// Whether it waits for what somebody says to the bot alone, pointing at nothing. It decides which community, and which
    /// practice, is meant; nothing is taken yet.
    fn expects(_records: &Records<Self>, _ctx: &Ctx<Self::Settings>, _said: &Said) -> Expects {
        Expects::Nothing
    }

    /// What other practices may see of it now: see [`crate::boards`].
    fn board(_records: &Records<Self>) -> Self::Board {
        Self::Board::default()
    }
}

/// What a practice waits for from somebody who writes to the bot alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Expects {
    /// Nothing that these words could be.
    #[default]
    Nothing,
    /// Something that any words may be: it has asked them something.
    Anything,
    /// Just these words, which mean little elsewhere: `vote 2` while there is a ballot for them.
    These,
}

/// What a practice is given beside its records: its settings, and the [`World`].
#[derive(Debug)]
pub struct Ctx<'a, S> {
    /// The practice's settings in this community.
    pub settings: &'a S,
    /// Everything else.
    pub world: &'a World<'a>,
}

impl<'a, S> Deref for Ctx<'a, S> {
    type Target = World<'a>;

    fn deref(&self) -> &World<'a> {
        self.world
    }
}

/// The moment and the community in which something happens.
#[derive(Debug)]
pub struct World<'a> {
    /// Now.
    pub now: Timestamp,
    /// A number that differs from cause to cause and is the same when a cause is replayed.
    pub seed: u64,
    /// Fresh randomness that is kept nowhere, and is *not* the same when a cause is replayed: see [`Self::secret_rng`].
    pub secret_seed: [u8; 32],
    /// The words of the community's language.
    pub words: &'static Words,
    /// The community.
    pub community: &'a Community,
    /// What there is to know of all practices, this one among them.
    pub practices: &'static Catalogue,
    /// What leads have set, per practice: only what differs from the defaults.
    pub overrides: &'a Overrides,
    /// What the other practices let this one see.
    pub boards: &'a Boards,
    /// Where the author of this input is, and who of those that they name is with them.
    pub present: &'a Presence,
}

/// Where somebody is at the moment at which they do something, as the rooms' state says. What is not known is not
/// here: absence of evidence is never permission. On a tick nobody does anything, and it is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Presence {
    /// The rooms of this community in which they are.
    pub rooms: BTreeSet<RoomId>,
    /// The people named by their words who are in the same room; in a direct room, in a room of the community.
    pub named: BTreeSet<UserId>,
}

impl World<'_> {
    /// What somebody has said about themselves, in whichever community.
    pub fn person(&self, who: &UserId) -> &Person {
        self.community.persons.get(who)
    }

    /// The time zone of somebody, or the community's.
    pub fn zone_of(&self, who: &UserId) -> TimeZone {
        self.person(who).time_zone().unwrap_or_else(|| self.community.zone.clone())
    }

    /// The words of somebody's language, or the community's.
    pub fn words_of(&self, who: &UserId) -> &'static Words {
        self.person(who).words().unwrap_or(self.words)
    }

    /// The first moment from now on at which somebody is awake and not away.
    pub fn awake(&self, who: &UserId) -> Timestamp {
        self.person(who).awake(self.now, &self.community.zone)
    }

    /// Whether the author of this input is in a room.
    pub fn is_in(&self, room: &RoomId) -> bool {
        self.present.rooms.contains(room)
    }

    /// Whether what belongs to a room may be shown where this input came from: in that room itself; anywhere if the
    /// room is open; in a direct room to whoever is in the room.
    pub fn may_show(&self, room: &RoomId, at: &MessageContext) -> bool {
        at.room == *room || self.community.is_open(room) || (at.direct && self.is_in(room))
    }

    /// A generator for choices that are the same when this cause is replayed.
    pub fn replayable_rng(&self) -> ChaCha8Rng {
        ChaCha8Rng::seed_from_u64(self.seed)
    }

    /// A generator for what nobody may be able to work out later, whatever they have got hold of: receipts, and the
    /// order in which what was sealed is published. Nothing that it decides may be logged, or show in how many
    /// effects there are and in which order, because a replay draws anew.
    pub fn secret_rng(&self) -> ChaCha20Rng {
        ChaCha20Rng::from_seed(self.secret_seed)
    }
}

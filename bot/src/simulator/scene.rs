//! Who there is, where they are, and what they have done: what invariants are asked about.

use std::collections::{BTreeMap, BTreeSet};

use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;

use super::phrases::{DIRECT, ROOM};

/// What people say to each other.
pub(super) const TALK: &str = "I think so, too";

/// Something that only some may learn.
#[derive(Clone, Debug)]
pub(super) struct Secret {
    pub word: String,
    /// Where it was said.
    pub home: RoomId,
    pub by: UserId,
    /// Whether it is a note, which appears without a name when its time comes.
    pub note: bool,
}

/// A command, or whatever else waits for an answer.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub event: EventId,
    pub who: UserId,
    pub room: RoomId,
    pub text: String,
    /// Whether it is a command, and no mere words.
    pub command: bool,
}

/// A ballot that somebody asked for.
#[derive(Clone, Debug)]
pub(super) struct AskedBallot {
    pub event: EventId,
    pub room: RoomId,
    pub question: String,
    pub options: usize,
    pub minutes: i64,
    /// Whether several options may be chosen: then each is a pill on the papers.
    pub several: bool,
}

/// A vote in a ballot, said in a direct room.
#[derive(Clone, Debug)]
pub(super) struct Vote {
    pub event: EventId,
    pub number: u32,
    pub option: usize,
}

/// Who there is, where they are, and what they have done that an invariant asks for.
#[derive(Debug)]
pub(super) struct Scene {
    pub members: Vec<UserId>,
    pub leads: Vec<UserId>,
    pub strangers: Vec<UserId>,
    /// Members of the other community only.
    pub neighbours: Vec<UserId>,
    pub lobby: RoomId,
    pub craft: RoomId,
    /// Where some of the community are among themselves; not the leads.
    pub study: RoomId,
    pub office: RoomId,
    pub next_door: RoomId,
    /// The rooms between a person and the bot, as the person knows them.
    pub directs: BTreeMap<UserId, RoomId>,
    /// Rooms that were direct rooms until somebody else came, and when that was.
    pub crowded: BTreeMap<RoomId, Timestamp>,
    pub secrets: Vec<Secret>,
    pub requests: Vec<Request>,
    pub ballots: Vec<AskedBallot>,
    pub votes: Vec<Vote>,
    /// Which community was named in a message to the bot alone.
    pub named: BTreeMap<EventId, &'static str>,
    /// Those who asked to be forgotten and do nothing any more.
    pub gone: BTreeSet<UserId>,
    /// What those wrote who do not belong in a direct room.
    pub intruders: Vec<EventId>,
    /// Which phrases people know in this life, in rooms and alone with the bot.
    pub phrases: (Vec<&'static str>, Vec<&'static str>),
    /// When somebody was last in a room.
    pub was_in: BTreeMap<(RoomId, UserId), Timestamp>,
    /// Those who were not in the lobby all the time.
    pub strayed: BTreeSet<UserId>,
    /// Rooms in which the bot was not all the time.
    pub missed: BTreeSet<RoomId>,
    pub words: usize,
}

impl Scene {
    /// Every room, and that of the other community last.
    pub(super) fn rooms(&self) -> [&RoomId; 5] {
        [&self.lobby, &self.craft, &self.study, &self.office, &self.next_door]
    }

    /// Whether more than two had come to a direct room by then. What is said in it from then on, nobody must answer.
    pub(super) fn was_crowded(&self, room: &RoomId, at: Timestamp) -> bool {
        self.crowded.get(room).is_some_and(|since| *since <= at)
    }

    /// Nobody yet, in five rooms.
    pub(super) fn new([lobby, craft, study, office, next_door]: [RoomId; 5]) -> Self {
        Self {
            members: Vec::new(),
            leads: Vec::new(),
            strangers: Vec::new(),
            neighbours: Vec::new(),
            lobby,
            craft,
            study,
            office,
            next_door,
            directs: BTreeMap::new(),
            crowded: BTreeMap::new(),
            secrets: Vec::new(),
            requests: Vec::new(),
            ballots: Vec::new(),
            votes: Vec::new(),
            named: BTreeMap::new(),
            gone: BTreeSet::new(),
            intruders: Vec::new(),
            phrases: (ROOM.to_vec(), DIRECT.to_vec()),
            was_in: BTreeMap::new(),
            strayed: BTreeSet::new(),
            missed: BTreeSet::new(),
            words: 0,
        }
    }
}

//! Two years of a community that never was: from a seed, always the same.
//!
//! About forty people practise software testing in four rooms (and a fifth for those who lead, without history). They
//! arrive in waves, some talk much and some hardly or never, on Fridays everybody is asked about the week, questions
//! find answers or do not, summers and holidays are quiet, a team pauses, another leaves. Nothing here touches a clock, a network or a disk; [`crate::replay`] brings it to a homeserver.

mod cast;
mod phrases;
mod rhythm;
mod talk;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng as _;

/// Where an event lies in [`History::events`].
pub type EventIndex = usize;

/// A room of the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastRoom {
    /// A short name, as for an alias.
    pub key: &'static str,
    /// What people read.
    pub name: &'static str,
}

/// The rooms, in the order that [`PastEvent::room`] counts.
pub const ROOMS: [PastRoom; 4] = [
    PastRoom { key: "lobby", name: "Lobby" },
    PastRoom { key: "craft", name: "Craft" },
    PastRoom { key: "help", name: "Help" },
    PastRoom { key: "random", name: "Random" },
];

/// Somebody of the cast.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The first part of the user id.
    pub localpart: String,
    /// The name that others see.
    pub name: String,
    /// Whether they lead the community.
    pub lead: bool,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// Entered the room.
    Join,
    /// Left the room for good.
    Leave,
    /// Wrote a message.
    Say(String),
    /// Answered a message.
    Reply {
        /// The message.
        to: EventIndex,
        /// The answer.
        text: String,
    },
    /// Wrote in a thread.
    Thread {
        /// The message that the thread hangs on.
        root: EventIndex,
        /// The text.
        text: String,
    },
    /// Reacted with an emoji.
    React {
        /// The message.
        to: EventIndex,
        /// The emoji.
        key: String,
    },
    /// Changed an own message.
    Edit {
        /// The message.
        of: EventIndex,
        /// Its new text.
        text: String,
    },
    /// Opened a poll.
    Poll {
        /// What is asked.
        question: String,
        /// What can be chosen; the id of a choice is its place.
        choices: Vec<String>,
    },
    /// Voted.
    Vote {
        /// The poll.
        poll: EventIndex,
        /// Which choice.
        choice: usize,
    },
    /// Closed an own poll.
    EndPoll {
        /// The poll.
        poll: EventIndex,
    },
}

impl Act {
    /// The earlier event that this one is about.
    #[must_use]
    pub fn target(&self) -> Option<EventIndex> {
        match self {
            Self::Join | Self::Leave | Self::Say(_) | Self::Poll { .. } => None,
            Self::Reply { to, .. } | Self::React { to, .. } => Some(*to),
            Self::Thread { root, .. } => Some(*root),
            Self::Edit { of, .. } => Some(*of),
            Self::Vote { poll, .. } | Self::EndPoll { poll } => Some(*poll),
        }
    }

    fn target_mut(&mut self) -> Option<&mut EventIndex> {
        match self {
            Self::Join | Self::Leave | Self::Say(_) | Self::Poll { .. } => None,
            Self::Reply { to, .. } | Self::React { to, .. } => Some(to),
            Self::Thread { root, .. } => Some(root),
            Self::Edit { of, .. } => Some(of),
            Self::Vote { poll, .. } | Self::EndPoll { poll } => Some(poll),
        }
    }

    /// Whether it is a message that people read (no edit, no vote, no reaction).
    #[must_use]
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Say(_) | Self::Reply { .. } | Self::Thread { .. })
    }
}

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastEvent {
    /// When, in milliseconds since 1970; every event has a time of its own.
    pub at: i64,
    /// Where, counted in [`ROOMS`].
    pub room: usize,
    /// Who, counted in [`History::people`].
    pub who: usize,
    /// What.
    pub act: Act,
}

/// A community's past.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    /// Everybody who was ever there.
    pub people: Vec<Person>,
    /// What they did, in the order of time.
    pub events: Vec<PastEvent>,
}

impl History {
    /// Invents the two years that end at `end` (nothing happens at or after it), lived by the clock of `zone`. The
    /// last two months are lively, and so are the same months of the year before.
    #[must_use]
    pub fn invent(seed: u64, end: Timestamp, zone: &TimeZone) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let days = rhythm::days(end, zone);
        let cast = cast::cast(&mut rng, &days);
        let mut draft = talk::Draft::new(&cast, &days, zone, end, rng);
        draft.arrivals();
        for day in &days {
            draft.day(day);
        }
        let events = in_order(draft.finish());
        Self { people: cast.into_iter().map(|member| member.person).collect(), events }
    }

    /// Who is in a room at the end.
    #[must_use]
    pub fn members_at_end(&self, room: usize) -> Vec<usize> {
        let mut inside = vec![false; self.people.len()];
        for event in self.events.iter().filter(|event| event.room == room) {
            match event.act {
                Act::Join => inside[event.who] = true,
                Act::Leave => inside[event.who] = false,
                _ => {}
            }
        }
        (0..inside.len()).filter(|who| inside[*who]).collect()
    }
}

/// Sorts by time, gives every event a time of its own, and renumbers what events point at.
fn in_order(draft: Vec<PastEvent>) -> Vec<PastEvent> {
    let mut order: Vec<usize> = (0..draft.len()).collect();
    order.sort_by_key(|index| (draft[*index].at, *index));
    let mut place = vec![0; draft.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = new;
    }
    let mut last = i64::MIN;
    let mut events = Vec::with_capacity(draft.len());
    for old in order {
        let mut event = draft[old].clone();
        event.at = event.at.max(last.saturating_add(1));
        last = event.at;
        if let Some(target) = event.act.target_mut() {
            *target = place[*target];
        }
        events.push(event);
    }
    events
}

#[cfg(test)]
mod tests;

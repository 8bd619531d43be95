//! What only the world can do or know. It is asked through the outbox, with the same promise as for what is sent: it is
//! asked until it has answered, and the practice that asked is told once, in one step with what follows.

use serde::{Deserialize, Serialize};

use crate::id::{RequestKey, UserId};

/// Something asked of the world. It is answered with [`crate::Event::Answered`] under the same key, to the practice that
/// asked and to no other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// The practice's name for it.
    pub key: RequestKey,
    /// What is asked.
    pub what: RequestKind,
}

/// What can be asked. As JSON it waits in the outbox, so what is written there must stay readable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestKind {
    /// Tell everybody, in the lobby, what the last reported month was like, once a month. Answered by
    /// [`Answer::Shared`].
    ShareReport,
    /// What somebody's profile says of their time zone (`m.tz`). It is noted where they have said nothing themselves, and
    /// answered by [`Answer::Zone`]. A profile is asked for once a day; until then, the answer is what is known.
    LookUpZone {
        /// Whose.
        person: UserId,
    },
}

/// What the world answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// What became of a report that was to be shared.
    Shared(Shared),
    /// The time zone in somebody's profile, if there is one.
    Zone(Option<String>),
    /// It was tried, and cannot be done: the operator's log says why.
    Failed,
}

/// What became of a report that was to be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shared {
    /// The lobby is told of this month.
    Told(String),
    /// The lobby was told of this month before.
    Already(String),
    /// There is too little to say about this month without saying something about single people.
    TooLittle(String),
    /// No month was reported yet, or nobody knows where everybody is.
    NoneYet,
}

impl Request {
    /// A request.
    pub fn new(key: impl Into<RequestKey>, what: RequestKind) -> Self {
        Self { key: key.into(), what }
    }
}

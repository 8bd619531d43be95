//! What is remembered of topics.
//!
//! What was discussed stays with its note for as long as leads set, what was dropped or merged for [`ENDED_KEPT`]; and
//! who asks to be forgotten takes their topics and notes with them. Everything about a vote goes when it closes.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use super::interface::Topics;
use crate::{
    Community, EventId, MessageKey, Records, RoomId, Span, UserId,
    choosing::{Marks, Rules, ShownCount},
    forget,
    obeyed::Obeyed,
    records::{Forget, Key, Trace},
    secret::{self, Asked, Closed, Paper, PaperKey, Slip, Traces},
    tables,
};

/// How long it is remembered that a topic was dropped or merged, so that whoever speaks of it finds it so.
pub const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// What is remembered.
pub type Rows = Records<Topics>;

tables! { for Topics;
    /// A topic.
    TopicAt { number: u32 } => Topic, in "topic";
    /// The number of the latest topic.
    LastTopic {} => u32, in "last";
    /// Which message is the live card, by its number.
    Card {} => u32, in "list";
    /// Where the live card is.
    CardRoom {} => RoomId, in "list-room";
    /// The commands that changed something last, the latest last.
    Heard {} => Obeyed, in "heard";
    /// The vote that is open.
    OpenRound {} => Round, in "round";
    /// The number of the latest vote.
    LastRound {} => u32, in "last-round";
    /// What somebody chose in an open vote.
    VoteOf { round: u32, person: UserId } => Paper<Marks>, in "vote", of person;
    /// What somebody chose in a sealed vote.
    SealedVoteOf { round: u32, person: UserId } => Paper<Marks>, in "sealed-vote", of person, sealed by |key| scope(key.round);
    /// That somebody was sent the paper of a sealed vote.
    AskedOf { round: u32, person: UserId } => Asked, in "asked", of person, sealed by |key| scope(key.round);
}

/// A topic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// What it is about.
    pub text: String,
    /// Who proposed it.
    pub by: Option<UserId>,
    /// Where it was proposed. Where that is not an open room, nobody else hears of it.
    #[serde(default)]
    pub room: Option<RoomId>,
    /// Who wants to lead a session on it.
    pub claimed_by: Option<UserId>,
    /// Where they said so.
    #[serde(default)]
    pub claimed_in: Option<RoomId>,
    /// Its dots in each vote that it was in, the oldest first.
    pub trend: Vec<u64>,
    /// Where it stands.
    pub status: Status,
}

impl Forget for Topic {
    /// What somebody proposed is theirs. What they wanted to lead is free, and the note that they wrote is empty.
    fn forget(&mut self, who: &UserId) -> Trace {
        let Self { by, claimed_by, claimed_in, status, text: _, room: _, trend: _ } = self;
        if by.as_ref() == Some(who) {
            return Trace::Whole;
        }
        let claim = claimed_by.forget(who);
        if claim == Trace::Out {
            *claimed_in = None;
        }
        claim.max(status.forget(who))
    }
}

/// Where a topic stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It waits.
    Open,
    /// It was discussed.
    Discussed {
        /// When.
        at: Timestamp,
        /// What came out.
        note: String,
        /// Who wrote the note.
        by: Option<UserId>,
        /// Where.
        #[serde(default)]
        room: Option<RoomId>,
    },
    /// It is part of another.
    Merged {
        /// Which.
        into: u32,
        /// Since when.
        at: Timestamp,
    },
    /// It was dropped.
    Dropped {
        /// When.
        at: Timestamp,
    },
}

impl Forget for Status {
    fn forget(&mut self, who: &UserId) -> Trace {
        match self {
            Self::Discussed { note, by, room, .. } if by.as_ref() == Some(who) => {
                note.clear();
                (*by, *room) = (None, None);
                Trace::Out
            }
            _ => Trace::None,
        }
    }
}

/// How many topics have a button on a paper: the most wanted. Homeservers let a bot send few of them a minute.
pub const MOST_WANTED: usize = 10;

/// A vote that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// Its number.
    pub number: u32,
    /// Where it was asked for.
    pub room: RoomId,
    /// Who asked for it; `None` once they asked to be forgotten.
    pub by: Option<UserId>,
    /// Whether what people choose is sealed.
    pub sealed: bool,
    /// Which topics, and how many dots.
    pub rules: Rules,
    /// When it closes.
    pub closes: Timestamp,
    /// The count on the card.
    pub count: ShownCount,
    /// Whether it was given more time, because too few had voted.
    #[serde(default)]
    pub extended: bool,
    /// Whether somebody who would have closed it with too few votes was asked back.
    #[serde(default)]
    pub warned: bool,
    /// Those among the topics that a paper shows: the most wanted, where they are many.
    #[serde(default)]
    pub shown: Vec<u32>,
}

forget!(Round: by; number, room, sealed, rules, closes, count, extended, warned, shown);

impl Slip for SealedVoteOf {
    fn traces(&self, vote: &Paper<Marks>) -> Traces {
        vote.traces(|drawn| self.answer(drawn))
    }
}

impl PaperKey for SealedVoteOf {
    type Chosen = Marks;
    const RECEIPTS: bool = false;

    fn answer(&self, drawn: &str) -> Option<MessageKey> {
        Some(format!("answer/{}/{drawn}", self.round).into())
    }
}

/// Papers say in the end how the vote ended.
impl Slip for AskedOf {
    fn traces(&self, _: &Asked) -> Traces {
        Traces::default()
    }
}

/// What is said aloud leaves nothing in direct rooms.
impl Slip for VoteOf {
    fn traces(&self, _: &Paper<Marks>) -> Traces {
        Traces::default()
    }
}

impl PaperKey for VoteOf {
    type Chosen = Marks;
    const RECEIPTS: bool = false;

    fn answer(&self, _: &str) -> Option<MessageKey> {
        None
    }
}

impl Topic {
    /// Its dots in the latest vote.
    pub fn dots(&self) -> u64 {
        self.trend.last().copied().unwrap_or(0)
    }

    /// Until when it is remembered.
    fn ends(&self, keep: Span) -> Option<Timestamp> {
        match self.status {
            Status::Open => None,
            Status::Discussed { at, .. } => Some(keep.after(at)),
            Status::Merged { at, .. } | Status::Dropped { at } => at.checked_add(ENDED_KEPT).ok(),
        }
    }
}

/// Whether somebody may hear of what was said in a room. From before rooms were noted, everybody may.
pub type Seen<'a> = &'a dyn Fn(Option<&RoomId>) -> bool;

/// What may be heard of in a room, whoever is there.
pub fn seen_in<'a>(community: &'a Community, room: Option<&'a RoomId>) -> impl Fn(Option<&RoomId>) -> bool + 'a {
    move |of| of.is_none_or(|of| Some(of) == room || community.is_open(of))
}

impl Round {
    /// When something is to be done about it.
    pub fn due(&self) -> Timestamp {
        self.count.due().map_or(self.closes, |due| self.closes.min(due))
    }

    /// The scope of its votes.
    pub fn scope(&self) -> String {
        scope(self.number)
    }

    /// The practice's name for its card.
    pub fn card(&self) -> String {
        format!("round/{}", self.number)
    }

    /// The practice's name for the paper that somebody is sent.
    pub fn sheet(&self, drawn: &str) -> MessageKey {
        format!("sheet/{}/{drawn}", self.number).into()
    }

    /// The practice's name for the button of a topic on a paper.
    pub fn button(&self, drawn: &str, topic: u32) -> MessageKey {
        format!("{}{topic}", self.buttons(drawn)).into()
    }

    /// What the names of the buttons of a paper begin with.
    pub fn buttons(&self, drawn: &str) -> String {
        format!("button/{}/{drawn}/", self.number)
    }

    /// How many topics a paper does not show.
    pub fn hidden(&self) -> usize {
        self.rules.options.len().saturating_sub(self.shown.len())
    }

    /// Whether this is the name of a paper of it, or of an answer to one.
    pub fn is_of_paper(&self, key: &MessageKey) -> bool {
        let mut parts = key.as_str().split('/');
        matches!(parts.next(), Some("sheet" | "answer")) && parts.next() == Some(&self.number.to_string())
    }
}

/// The scope of the votes in a sealed vote.
fn scope(round: u32) -> String {
    round.to_string()
}

/// The number of the live card, or 0 where there is none.
pub fn card(records: &Rows) -> u32 {
    records.get(&Card {}).copied().unwrap_or_default()
}

/// Counts up for a new live card in a room, and gives its number.
pub fn next_card(records: &mut Rows, room: &RoomId) -> u32 {
    records.insert(CardRoom {}, room.clone());
    next(records, Card {})
}

/// The practice's name for the live card.
pub fn card_key(number: u32) -> String {
    format!("list/{number}")
}

/// Whether a command has changed something already, and is only told again.
pub fn has_heard(records: &Rows, command: &EventId) -> bool {
    records.get(&Heard {}).is_some_and(|heard| heard.has(command))
}

/// Remembers that a command has changed something.
pub fn hear(records: &mut Rows, command: &EventId) {
    if let Some(heard) = records.get_or_default(Heard {}) {
        heard.note(command);
    }
}

/// The name of a topic in the log.
pub fn topic_name(number: u32) -> String {
    format!("topic/{number}")
}

/// Counts up, and gives the new number.
pub fn next(records: &mut Rows, count: impl Key<Of = Topics, Value = u32>) -> u32 {
    let next = records.get(&count).copied().unwrap_or_default() + 1;
    records.insert(count, next);
    next
}

/// The topics that wait, the most dots first; equals in the order of their numbers.
pub fn backlog(records: &Rows) -> Vec<(u32, &Topic)> {
    let open = records.all::<TopicAt>().filter(|(_, topic)| topic.status == Status::Open);
    let mut open: Vec<_> = open.map(|(at, topic)| (at.number, topic)).collect();
    open.sort_by_key(|(number, topic)| (Reverse(topic.dots()), *number));
    open
}

/// The topic of this number.
pub fn topic(records: &Rows, number: u32) -> Option<&Topic> {
    records.get(&TopicAt { number })
}

/// The topic of this number, to be changed.
pub fn topic_mut(records: &mut Rows, number: u32) -> Option<&mut Topic> {
    records.get_mut(&TopicAt { number })
}

/// The topic that a number stands for: itself, or the one it went into.
pub fn resolved(records: &Rows, mut number: u32) -> u32 {
    // A merge goes into an open topic only, so there is no circle; the bound is for records that say otherwise.
    for _ in 0..100 {
        match topic(records, number).map(|topic| &topic.status) {
            Some(Status::Merged { into, .. }) => number = *into,
            _ => break,
        }
    }
    number
}

/// The vote that is open.
pub fn round(records: &Rows) -> Option<&Round> {
    records.get(&OpenRound {})
}

/// The vote that is open, to be changed.
pub fn round_mut(records: &mut Rows) -> Option<&mut Round> {
    records.get_mut(&OpenRound {})
}

/// How many have voted in the open vote.
pub fn voted(records: &Rows, round: &Round) -> u64 {
    // Of a vote there are rows in one of the tables only.
    secret::counted::<SealedVoteOf>(records, round.number) + secret::counted::<VoteOf>(records, round.number)
}

/// Takes out the open vote and everything that was said in it, and gives what was chosen.
pub fn end_round(records: &mut Rows, round: &Round) -> Closed<Marks> {
    records.remove(&OpenRound {});
    match round.sealed {
        true => secret::close::<SealedVoteOf>(records, round.number),
        false => secret::close::<VoteOf>(records, round.number),
    }
}

/// When the first topic that no longer waits is to be forgotten.
pub fn oldest_end(records: &Rows, keep: Span) -> Option<Timestamp> {
    records.all::<TopicAt>().filter_map(|(_, topic)| topic.ends(keep)).min()
}

/// Forgets topics whose time is over.
pub fn drop_ended(records: &mut Rows, keep: Span, now: Timestamp) {
    records.retain::<TopicAt>(|_, topic| topic.ends(keep).is_none_or(|end| end > now));
}

/// Frees what somebody wanted to lead, where it is what `which` says.
pub fn unclaim_all(records: &mut Rows, who: &UserId, which: impl Fn(&Topic) -> bool) {
    for key in records.keys::<TopicAt>(|_, topic| topic.claimed_by.as_ref() == Some(who) && which(topic)) {
        if let Some(topic) = records.get_mut(&key) {
            (topic.claimed_by, topic.claimed_in) = (None, None);
        }
    }
}

/// What was merged into a topic that went with somebody waits by itself again.
pub fn set_free(records: &mut Rows) {
    let gone = records.gone::<TopicAt>();
    let part_of_one = |topic: &Topic| match topic.status {
        Status::Merged { into, .. } => gone.contains(&TopicAt { number: into }),
        _ => false,
    };
    for key in records.keys::<TopicAt>(|_, topic| part_of_one(topic)) {
        if let Some(topic) = records.get_mut(&key) {
            topic.status = Status::Open;
        }
    }
}

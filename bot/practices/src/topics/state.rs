//! What is remembered of topics, and under which keys.
//!
//! - `topic/<number>`: a topic; `last`: the number of the latest. What was discussed stays with its note for as long as
//!   leads set, what was dropped or merged for [`ENDED_KEPT`]; and who asks to be forgotten takes their topics and
//!   notes with them.
//! - `list`: which message is the live card, and `list-room`: where it is. `heard`: the commands that changed something
//!   last.
//! - `round`: the vote that is open; `last-round`: the number of the latest.
//! - `sealed/<round>/<person>`: what somebody chose in a sealed vote (see [`crate::records`]), `vote/<round>/<person>`
//!   in an open one; `told/<round>/<person>`: that they were sent the paper. All go when the vote closes.

use std::cmp::Reverse;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{
    Community, EventId, Loose, RoomId, Span, UserId,
    ballot::{
        ShownCount,
        paper::{Marks, Rules},
    },
    records::sealed_key,
};

/// The number of the latest topic.
pub const LAST: &str = "last";
/// The number of the latest vote.
pub const LAST_ROUND: &str = "last-round";
/// The number of the live card.
pub const CARD: &str = "list";
const CARD_ROOM: &str = "list-room";
const ROUND: &str = "round";
const HEARD: &str = "heard";

/// How long it is remembered that a topic was dropped or merged, so that whoever speaks of it finds it so.
pub const ENDED_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// How many commands are remembered, so that none is obeyed twice.
const MOST_HEARD: usize = 20;

/// One record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// A number that counts up.
    Count(u32),
    /// A topic.
    Topic(Box<Topic>),
    /// A vote that is open.
    Round(Box<Round>),
    /// What somebody chose.
    Vote(Vote),
    /// Somebody was sent the paper.
    Told,
    /// A room.
    Room(RoomId),
    /// Commands that changed something, the latest last.
    Heard(Vec<EventId>),
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
}

/// What somebody chose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Who.
    pub by: UserId,
    /// What, or `None` where they have not chosen yet, or took it back.
    pub marks: Option<Marks>,
    /// What they wrote to the bot about it, to be removed when a sealed vote closes.
    pub said: Vec<(RoomId, EventId)>,
    /// The names of the bot's answers, to be removed then, too.
    #[serde(default)]
    pub names: Vec<String>,
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

    /// The key of somebody's vote.
    pub fn vote_key(&self, who: &UserId) -> String {
        match self.sealed {
            true => sealed_key(&self.vessel(), who),
            false => format!("vote/{}/{who}", self.number),
        }
    }

    /// The vessel of its votes.
    pub fn vessel(&self) -> String {
        self.number.to_string()
    }

    /// The key of the record that somebody was sent the paper.
    pub fn told_key(&self, who: &UserId) -> String {
        format!("told/{}/{who}", self.number)
    }

    /// The practice's name for its card.
    pub fn card(&self) -> String {
        format!("round/{}", self.number)
    }

    /// The practice's name for the papers that people are sent: one for all.
    pub fn sheet(&self) -> String {
        format!("sheet/{}", self.number)
    }

    /// The practice's name for one answer to somebody's vote.
    pub fn answer(&self, drawn: &str) -> String {
        format!("answer/{}/{drawn}", self.number)
    }
}

/// Where the live card is.
pub fn card_room(records: &Loose<Record>) -> Option<&RoomId> {
    match records.get(CARD_ROOM) {
        Some(Record::Room(room)) => Some(room),
        _ => None,
    }
}

/// Counts up for a new live card in a room, and gives its number.
pub fn next_card(records: &mut Loose<Record>, room: &RoomId) -> u32 {
    records.insert(CARD_ROOM, Record::Room(room.clone()));
    next(records, CARD)
}

/// The practice's name for the live card.
pub fn card_key(number: u32) -> String {
    format!("list/{number}")
}

/// Whether a command has changed something already, and is only told again.
pub fn has_heard(records: &Loose<Record>, command: &EventId) -> bool {
    matches!(records.get(HEARD), Some(Record::Heard(heard)) if heard.contains(command))
}

/// Remembers that a command has changed something.
pub fn hear(records: &mut Loose<Record>, command: &EventId) {
    let mut heard = match records.get(HEARD) {
        Some(Record::Heard(heard)) => heard.clone(),
        _ => Vec::new(),
    };
    heard.push(command.clone());
    let old = heard.len().saturating_sub(MOST_HEARD);
    heard.drain(..old);
    records.insert(HEARD, Record::Heard(heard));
}

/// The key of a topic.
pub fn topic_key(number: u32) -> String {
    format!("topic/{number}")
}

/// Counts up, and gives the new number.
pub fn next(records: &mut Loose<Record>, key: &str) -> u32 {
    let next = count(records, key) + 1;
    records.insert(key, Record::Count(next));
    next
}

/// A number that counts up.
pub fn count(records: &Loose<Record>, key: &str) -> u32 {
    match records.get(key) {
        Some(Record::Count(count)) => *count,
        _ => 0,
    }
}

/// Every topic there ever was, by number.
pub fn topics(records: &Loose<Record>) -> Vec<(u32, &Topic)> {
    let mut all: Vec<_> = records
        .under("topic/")
        .filter_map(|(key, record)| match record {
            Record::Topic(topic) => Some((key.strip_prefix("topic/")?.parse().ok()?, &**topic)),
            _ => None,
        })
        .collect();
    all.sort_by_key(|(number, _)| *number);
    all
}

/// The topics that wait, the most dots first; equals in the order of their numbers.
pub fn backlog(records: &Loose<Record>) -> Vec<(u32, &Topic)> {
    let mut open: Vec<_> = topics(records).into_iter().filter(|(_, topic)| topic.status == Status::Open).collect();
    open.sort_by_key(|(number, topic)| (Reverse(topic.dots()), *number));
    open
}

/// The topic of this number.
pub fn topic(records: &Loose<Record>, number: u32) -> Option<&Topic> {
    match records.get(&topic_key(number)) {
        Some(Record::Topic(topic)) => Some(topic),
        _ => None,
    }
}

/// The topic of this number, to be changed.
pub fn topic_mut(records: &mut Loose<Record>, number: u32) -> Option<&mut Topic> {
    topic(records, number)?;
    match records.get_mut(&topic_key(number)) {
        Some(Record::Topic(topic)) => Some(topic),
        _ => None,
    }
}

/// The topic that a number stands for: itself, or the one it went into.
pub fn resolved(records: &Loose<Record>, mut number: u32) -> u32 {
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
pub fn round(records: &Loose<Record>) -> Option<&Round> {
    match records.get(ROUND) {
        Some(Record::Round(round)) => Some(round),
        _ => None,
    }
}

/// The votes in the open vote, by person.
pub fn votes(records: &Loose<Record>, round: &Round) -> Vec<Vote> {
    let prefix = match round.sealed {
        true => sealed_key(&round.vessel(), ""),
        false => format!("vote/{}/", round.number),
    };
    let vote = |(_, record): (&str, &Record)| match record {
        Record::Vote(vote) => Some(vote.clone()),
        _ => None,
    };
    records.under(&prefix).filter_map(vote).collect()
}

/// How many have voted in the open vote.
pub fn voted(records: &Loose<Record>, round: &Round) -> u64 {
    votes(records, round).iter().filter(|vote| vote.marks.is_some()).count() as u64
}

/// Opens a vote.
pub fn open_round(records: &mut Loose<Record>, round: Round) {
    records.insert(ROUND, Record::Round(Box::new(round)));
}

/// The vote that is open, to be changed.
pub fn round_mut(records: &mut Loose<Record>) -> Option<&mut Round> {
    round(records)?;
    match records.get_mut(ROUND) {
        Some(Record::Round(round)) => Some(round),
        _ => None,
    }
}

/// Takes out the open vote and everything that was said in it.
pub fn end_round(records: &mut Loose<Record>, number: u32) {
    let prefixes = ["sealed", "vote", "told"].map(|kind| format!("{kind}/{number}/"));
    records.retain(|key, _| key != ROUND && !prefixes.iter().any(|prefix| key.starts_with(prefix)));
}

/// When the first topic that no longer waits is to be forgotten.
pub fn oldest_end(records: &Loose<Record>, keep: Span) -> Option<Timestamp> {
    topics(records).into_iter().filter_map(|(_, topic)| topic.ends(keep)).min()
}

/// Forgets topics whose time is over.
pub fn drop_ended(records: &mut Loose<Record>, keep: Span, now: Timestamp) {
    let over = |topic: &Topic| topic.ends(keep).is_some_and(|end| end <= now);
    records.retain(|_, record| !matches!(record, Record::Topic(topic) if over(topic)));
}

/// Frees what somebody wanted to lead, where it is what `which` says.
pub fn unclaim_all(records: &mut Loose<Record>, who: &UserId, which: impl Fn(&Topic) -> bool) {
    let theirs: Vec<u32> = topics(records)
        .into_iter()
        .filter(|(_, topic)| topic.claimed_by.as_ref() == Some(who) && which(topic))
        .map(|(number, _)| number)
        .collect();
    for number in theirs {
        if let Some(topic) = topic_mut(records, number) {
            (topic.claimed_by, topic.claimed_in) = (None, None);
        }
    }
}

/// Somebody asked to be forgotten: what they chose, proposed and noted goes. What others proposed and was merged into
/// a topic of theirs waits by itself again.
pub fn forget(records: &mut Loose<Record>, who: &UserId) {
    unclaim_all(records, who, |_| true);
    let all: Vec<(u32, Topic)> = topics(records).into_iter().map(|(number, topic)| (number, topic.clone())).collect();
    let theirs = |number: u32| all.iter().any(|(one, topic)| *one == number && topic.by.as_ref() == Some(who));
    for (number, topic) in &all {
        if theirs(*number) {
            records.remove(&topic_key(*number));
            continue;
        }
        let status = match &topic.status {
            Status::Merged { into, .. } if theirs(*into) => Status::Open,
            Status::Discussed { at, by: Some(by), .. } if by == who => {
                Status::Discussed { at: *at, note: String::new(), by: None, room: None }
            }
            _ => continue,
        };
        if let Some(topic) = topic_mut(records, *number) {
            topic.status = status;
        }
    }
    let ending = format!("/{who}");
    records.retain(|key, _| !key.ends_with(&ending));
    if round(records).is_some_and(|round| round.by.as_ref() == Some(who))
        && let Some(round) = round_mut(records)
    {
        round.by = None;
    }
}

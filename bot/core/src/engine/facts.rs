//! What the engine is told of communities and rooms, and what it tells of them.

use hearth_shared::pseudonym::Key;

use super::number::CommunityNumber;
use crate::{Community, RoomId, UserId, Words};

/// A community as the operator configures it. What leads set comes before it.
#[derive(Clone, Debug)]
pub struct Configured {
    /// Its name, which is also its name in the memory and the log.
    pub name: String,
    /// What it is known by.
    pub number: CommunityNumber,
    /// IANA name of its time zone.
    pub zone: String,
    /// The tag of its language.
    pub language: String,
    /// What commands begin with.
    pub prefix: String,
    /// Its rooms, by id, whose moderators lead it.
    pub rooms: Vec<String>,
    /// What makes pseudonyms, seeds and transaction ids its own.
    pub key: Key,
}

/// A room that the bot is in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Membership {
    /// The person, where it is their direct room.
    pub direct: Option<UserId>,
    /// What to call it.
    pub name: String,
    /// How many people are in it, the bot not counted; `None` where that could not be read.
    pub people: Option<u64>,
    /// Whether it is a space: a list of rooms, and no room of a community.
    pub space: bool,
    /// Who may come in.
    pub entry: Entry,
    /// Whether only moderators may write there.
    pub moderated: bool,
}

/// Who may come into a room by themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    /// Everybody.
    Open,
    /// Whoever is in one of these rooms.
    Through(Vec<RoomId>),
    /// Whoever is invited, or let in.
    #[default]
    Closed,
}

/// How many nudges a community allows; none where nobody knows it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NudgeBudgets {
    /// To one person in a day.
    pub person_a_day: u32,
    /// To one person in a week.
    pub person_a_week: u32,
    /// To one room in a day.
    pub room_a_day: u32,
}

/// What of a community everybody may know who serves it.
#[derive(Clone, Copy, Debug)]
pub struct Served<'a> {
    /// Its name in the configuration, the store and the log.
    pub name: &'a str,
    /// The words of its language.
    pub words: &'static Words,
    /// What it is now.
    pub community: &'a Community,
}

/// Where it shows that somebody belongs to a community, and that they lead it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Constituency {
    /// The community.
    pub community: CommunityNumber,
    /// Its rooms: who is in one of them is a member.
    pub rooms: Vec<RoomId>,
    /// The rooms whose moderators lead it.
    pub led_from: Vec<RoomId>,
}

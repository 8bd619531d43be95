//! What somebody is and may do. The bot asks the rooms' state, one after the other; tests and the simulator can look into
//! every room at once.

use std::collections::BTreeSet;

use super::{facts::Constituency, number::CommunityNumber};
use crate::{Presence, RoomId, UserId};

/// What somebody is and may do, at the moment of asking.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authority {
    /// Their communities: all that they are in, where they ask in their direct room, or else the room's. Who
    /// is in none gets help and their privacy, and nothing else.
    pub communities: Vec<CommunityNumber>,
    /// Those among them that they lead.
    pub leads: Vec<CommunityNumber>,
    /// Whether they may remove others' messages in this room.
    pub may_redact: bool,
    /// Whether what they edit is their own.
    pub edits_own: bool,
    /// Who wrote the message to which they react, where that is known.
    pub author: Option<UserId>,
    /// The rooms of these communities in which they are.
    pub rooms: BTreeSet<RoomId>,
    /// Those whom they name who are in the same room; in a direct room, in one of these rooms of a community.
    pub named: BTreeSet<UserId>,
}

impl Authority {
    /// Of somebody in a room, who names others there: `is_in` says who is in which room, and `leads` of which communities
    /// they are a lead.
    pub fn seen(
        (who, room): (&UserId, &RoomId),
        concerned: &[Constituency],
        named: &[UserId],
        is_in: impl Fn(&UserId, &RoomId) -> bool,
        leads: impl Fn(&Constituency) -> bool,
    ) -> Self {
        let mut authority = Self::default();
        for one in concerned {
            let rooms: Vec<RoomId> = one.rooms.iter().filter(|room| is_in(who, room)).cloned().collect();
            if one.rooms.contains(room) || !rooms.is_empty() {
                authority.communities.push(one.community);
            }
            authority.rooms.extend(rooms);
            if leads(one) {
                authority.leads.push(one.community);
            }
        }
        let all: Vec<&RoomId> = concerned.iter().flat_map(|one| &one.rooms).collect();
        let here = all.contains(&room);
        let near = |other: &&UserId| all.iter().any(|one| (!here || *one == room) && is_in(other, one));
        authority.named = named.iter().filter(near).cloned().collect();
        authority
    }

    /// The same as practices see it.
    pub(super) fn presence(&self) -> Presence {
        Presence { rooms: self.rooms.clone(), named: self.named.clone() }
    }
}

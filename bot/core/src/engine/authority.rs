//! What somebody is and may do, for whoever can look into every room at once: tests and the simulator. The bot asks the
//! rooms' state, one after the other.

use super::{Authority, Constituency};
use crate::{RoomId, UserId};

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
}

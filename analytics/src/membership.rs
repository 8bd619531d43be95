//! Who is a member of a community at a month's end, from joins, leaves, and what people do in rooms.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;

/// Rooms joined and left, as time goes by.
///
/// A person is in a room from their join, or from the first thing they do there, until they leave it; they are a
/// member of the community while they are in any of its rooms.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    inside: HashSet<(i32, i32)>,
    rooms: HashMap<i32, u32>,
}

impl Membership {
    /// Takes note of one act.
    pub fn see(&mut self, person: i32, room: i32, kind: Kind) {
        if kind == Kind::Leave {
            if self.inside.remove(&(person, room))
                && let Some(count) = self.rooms.get_mut(&person)
            {
                *count -= 1;
                if *count == 0 {
                    self.rooms.remove(&person);
                }
            }
        } else if self.inside.insert((person, room)) {
            *self.rooms.entry(person).or_insert(0) += 1;
        }
    }

    /// How many are members now, counting those of `active` who are gone already: they were there this month.
    pub fn count_with(&self, active: impl IntoIterator<Item = i32>) -> u64 {
        let gone = active.into_iter().filter(|person| !self.rooms.contains_key(person)).count();
        (self.rooms.len() + gone) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_in_some_room() {
        let mut members = Membership::default();
        members.see(1, 10, Kind::Join);
        members.see(1, 10, Kind::Join);
        members.see(2, 10, Kind::Join);
        members.see(2, 11, Kind::Message);
        members.see(2, 10, Kind::Leave);
        assert_eq!(members.count_with([]), 2, "person 2 is still in room 11");
        members.see(1, 10, Kind::Leave);
        members.see(1, 10, Kind::Leave);
        assert_eq!(members.count_with([]), 1);
        assert_eq!(members.count_with([1, 2]), 2, "who took part this month counts, even when gone");
    }
}

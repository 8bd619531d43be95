//! Who is a member of a community at a month's end, from joins, leaves, and what people do in rooms.

use hearth_shared::activity::Kind;

/// Rooms joined and left, as time goes by; people are numbered from 0.
///
/// A person is in a room from their join, or from the first thing they do there, until they leave it; they are a
/// member of the community while they are in any of its rooms.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    /// The rooms that each person is in.
    rooms: Vec<Vec<i32>>,
    /// How many are in any.
    members: u64,
}

impl Membership {
    /// Nobody of so many people is a member yet.
    pub fn of(people: usize) -> Self {
        Self { rooms: vec![Vec::new(); people], members: 0 }
    }

    /// Takes note of one act.
    pub fn see(&mut self, person: usize, room: i32, kind: Kind) {
        let rooms = &mut self.rooms[person];
        let found = rooms.iter().position(|known| *known == room);
        match (kind, found) {
            (Kind::Leave, Some(at)) => {
                rooms.swap_remove(at);
                self.members -= u64::from(rooms.is_empty());
            }
            (Kind::Leave, None) | (_, Some(_)) => {}
            (_, None) => {
                self.members += u64::from(rooms.is_empty());
                rooms.push(room);
            }
        }
    }

    /// How many are members now, counting those of `active` who are gone already: they were there this month.
    pub fn count_with(&self, active: impl IntoIterator<Item = usize>) -> u64 {
        self.members + active.into_iter().filter(|person| self.rooms[*person].is_empty()).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_in_some_room() {
        let mut members = Membership::of(3);
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

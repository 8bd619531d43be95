//! Who is a member of a community at a month's end, from joins, leaves, and what people do in rooms.

use hearth_shared::activity::Kind;

/// Rooms joined and left, as time goes by; people and rooms are numbered from 0.
///
/// A person is in a room from their join, or from the first thing they do there, until they leave it; they are a
/// member of the community while they are in any of its rooms.
#[derive(Clone, Debug, Default)]
pub struct Membership {
    /// Whether somebody is in a room: a bit a room, some words a person.
    places: Vec<u64>,
    words: usize,
    /// In how many rooms each person is.
    rooms: Vec<u32>,
    /// How many are in any.
    members: u64,
}

impl Membership {
    /// Nobody of so many people is in one of so many rooms yet.
    pub fn of(people: usize, rooms: usize) -> Self {
        let words = rooms.div_ceil(64);
        Self { places: vec![0; people * words], words, rooms: vec![0; people], members: 0 }
    }

    /// Takes note of one act, and says whether somebody came or left by it.
    pub fn see(&mut self, person: usize, room: usize, kind: Kind) -> bool {
        let (place, bit) = (&mut self.places[person * self.words + room / 64], 1 << (room % 64));
        let rooms = &mut self.rooms[person];
        match (kind, *place & bit != 0) {
            (Kind::Leave, true) => {
                *place &= !bit;
                *rooms -= 1;
                self.members -= u64::from(*rooms == 0);
                true
            }
            (Kind::Leave, false) | (_, true) => false,
            (_, false) => {
                *place |= bit;
                self.members += u64::from(*rooms == 0);
                *rooms += 1;
                true
            }
        }
    }

    /// Whether somebody is in a room.
    pub fn is_in(&self, person: usize, room: usize) -> bool {
        self.places[person * self.words + room / 64] & (1 << (room % 64)) != 0
    }

    /// How many are members now, counting those of `active` who are gone already: they were there this month.
    pub fn count_with(&self, active: impl IntoIterator<Item = usize>) -> u64 {
        self.members + active.into_iter().filter(|person| self.rooms[*person] == 0).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_is_in_some_room() {
        let mut members = Membership::of(3, 70);
        members.see(1, 66, Kind::Join);
        members.see(1, 66, Kind::Join);
        members.see(2, 66, Kind::Join);
        members.see(2, 2, Kind::Message);
        members.see(2, 66, Kind::Leave);
        assert_eq!(members.count_with([]), 2, "person 2 is still in room 2");
        members.see(1, 66, Kind::Leave);
        members.see(1, 66, Kind::Leave);
        assert_eq!(members.count_with([]), 1);
        assert_eq!(members.count_with([1, 2]), 2, "who took part this month counts, even when gone");
    }
}

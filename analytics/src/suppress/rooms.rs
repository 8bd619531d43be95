//! Which rooms' reports may stand beside their community's.
//!
//! A room's people are some of the community's: what the room lacks to the total are those who were elsewhere only,
//! and what several rooms lack may be those of one small room. So a room is closed for a month where its people, or
//! those outside it, are few; and further rooms with it, until nobody can tell how few.

use std::collections::BTreeSet;

use hearth_shared::report::MIN_PEOPLE;

use super::is_small;

/// Which rooms are closed, given who was in each: nothing is said of them that month. Rooms without anybody stay open.
pub fn closed(rooms: &[BTreeSet<i32>]) -> Vec<bool> {
    let everybody: BTreeSet<i32> = rooms.iter().flatten().copied().collect();
    let total = everybody.len() as u64;
    let sizes: Vec<u64> = rooms.iter().map(|people| people.len() as u64).collect();
    let mut closed: Vec<bool> =
        sizes.iter().map(|size| *size > 0 && (is_small(*size) || is_small(total - *size))).collect();
    while !is_safe(rooms, &closed, total) {
        // The smallest that is still open costs readers least.
        let next = (0..rooms.len()).filter(|at| !closed[*at] && sizes[*at] > 0).min_by_key(|at| (sizes[*at], *at));
        let Some(next) = next else { break };
        closed[next] = true;
    }
    closed
}

/// Whether what the open rooms leave open is enough for every closed one.
fn is_safe(rooms: &[BTreeSet<i32>], closed: &[bool], total: u64) -> bool {
    let hidden: Vec<&BTreeSet<i32>> =
        rooms.iter().zip(closed).filter(|(_, closed)| **closed).map(|(people, _)| people).collect();
    if hidden.is_empty() {
        return true;
    }
    let together: BTreeSet<i32> = hidden.iter().flat_map(|people| people.iter().copied()).collect();
    // What all rooms' messages lack to the community's was written by these.
    if hidden.len() < 2 || is_small(together.len() as u64) {
        return false;
    }
    let others = hidden.len() as u64 - 1;
    let sum: u64 = hidden.iter().map(|people| people.len() as u64).sum();
    hidden.iter().all(|people| {
        let size = people.len() as u64;
        // Somebody was in each of the others, and at most everybody.
        let (low, high) = (sum.saturating_sub(others * total), total.min(sum - others));
        let inside = !is_small(size) || (low == 0 && high >= MIN_PEOPLE);
        let outside = !is_small(total - size) || (high == total && total - low >= MIN_PEOPLE);
        inside && outside
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn people(range: std::ops::Range<i32>) -> BTreeSet<i32> {
        range.collect()
    }

    #[test]
    fn large_rooms_are_open_and_one_room_is_the_community() {
        assert_eq!(closed(&[people(0..20), people(10..30)]), [false, false]);
        assert_eq!(closed(&[people(0..20), people(0..0)]), [false, false]);
    }

    #[test]
    fn the_few_who_are_elsewhere_close_the_room_and_its_neighbour() {
        assert_eq!(closed(&[people(0..18), people(14..20)]), [true, true]);
    }

    #[test]
    fn a_small_room_is_not_the_only_closed_one() {
        let rooms = [people(0..20), people(20..30), people(30..33)];
        assert_eq!(closed(&rooms), [false, true, true]);
    }

    /// What an adversary knows of three rooms: how many people were in each open one, and in all together.
    const ROOMS: usize = 3;
    /// Everybody is in some of them: 1 to 7.
    const PLACES: usize = 7;

    /// Every way in which `people` may lie over the places.
    fn ways(people: u64, from: usize, so_far: &mut [u64; PLACES], visit: &mut impl FnMut(&[u64; PLACES])) {
        if from + 1 == PLACES {
            so_far[from] = people;
            visit(so_far);
            return;
        }
        for here in 0..=people {
            so_far[from] = here;
            ways(people - here, from + 1, so_far, visit);
        }
    }

    fn size(places: &[u64; PLACES], room: usize) -> u64 {
        (0..PLACES).filter(|at| (at + 1) & (1 << room) != 0).map(|at| places[at]).sum()
    }

    proptest! {
        #![proptest_config(crate::suppress::tests::cases(2000))]

        #[test]
        fn no_way_to_lie_over_rooms_gives_a_small_group_away(
            whereabouts in prop::collection::vec(1usize..=PLACES, 5..14),
        ) {
            let rooms: Vec<BTreeSet<i32>> = (0..ROOMS)
                .map(|room| {
                    let there = |(_, place): &(i32, &usize)| **place & (1 << room) != 0;
                    (0..).zip(&whereabouts).filter(there).map(|(person, _)| person).collect()
                })
                .collect();
            let closed = closed(&rooms);
            let active = rooms.iter().filter(|room| !room.is_empty()).count();
            let shut = closed.iter().filter(|closed| **closed).count();
            // Where nothing is said of any room, there is nothing to subtract.
            if shut == active {
                return Ok(());
            }
            let total = whereabouts.len() as u64;
            let mut possible = vec![BTreeSet::new(); ROOMS];
            ways(total, 0, &mut [0; PLACES], &mut |places| {
                let fits = (0..ROOMS).all(|room| closed[room] || size(places, room) == rooms[room].len() as u64);
                if fits {
                    for (room, sizes) in possible.iter_mut().enumerate() {
                        sizes.insert(size(places, room));
                    }
                }
            });
            for (room, people) in rooms.iter().enumerate() {
                let (inside, outside) = (people.len() as u64, total - people.len() as u64);
                if is_small(inside) {
                    // That somebody was there is known: the room is counted as an active one.
                    prop_assert!(possible[room].first() <= Some(&1), "{room}: {possible:?}");
                    prop_assert!(possible[room].last() >= Some(&MIN_PEOPLE), "{room}: {possible:?}");
                }
                if is_small(outside) {
                    prop_assert!(possible[room].contains(&total), "{room}: {possible:?}");
                    prop_assert!(possible[room].first() <= Some(&(total - MIN_PEOPLE)), "{room}: {possible:?}");
                }
            }
        }
    }
}

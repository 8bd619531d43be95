//! Numbers that stand beside each other: no subtraction tells of one to four people that they are there.
//!
//! Everything small is tried. A group is *exposed* where all of its sizes that fit what is published lie between one and
//! four: it must always remain possible that it is nobody, or five and more.

use std::collections::{BTreeMap, BTreeSet};

use hearth_release::{
    policy::{self, Of, cells},
    raw::RawMonth,
};
use hearth_shared::{
    release::{Cell, Released},
    report::measure_id as id,
};

use super::{
    chain::{Chain, loudest},
    communities,
    people::People,
    random::Random,
    seen::{Seen, raw, sums, voices, voices_ends},
    table::Attacks,
};

/// The sizes of a group that fit, by what is published.
#[derive(Default)]
struct Sizes(BTreeMap<(&'static str, String), BTreeSet<u64>>);

impl Sizes {
    fn add(&mut self, group: &'static str, published: &[&dyn std::fmt::Debug], size: u64) {
        self.0.entry((group, format!("{published:?}"))).or_default().insert(size);
    }

    fn exposed(&self) -> Vec<String> {
        let exposed = self.0.iter().filter(|(_, sizes)| sizes.iter().all(|size| (1..=4).contains(size)));
        exposed.map(|((group, published), sizes)| format!("{group}: {sizes:?} by {published}")).collect()
    }
}

/// A month in which so many wrote and nothing else is known.
fn quiet(posters: u64) -> RawMonth {
    let raw = raw(&[9], &mut Random::new(1));
    RawMonth { posters, messages: 9 * posters, conversations: 0, openers: 0, rooms_active: posters.min(1), ..raw }
}

/// What a community's release tells of one number.
fn told(raw: &RawMonth, members: Option<u64>, measures: &[&str]) -> Vec<Cell> {
    let raw = RawMonth { voices: Some(5.0), ..raw.clone() };
    let cells = policy::month(&raw, Of::Community { members });
    measures.iter().map(|id| cells[*id].clone()).collect()
}

#[test]
fn who_only_reacts_is_new_is_silent_or_wrote_alone_cannot_be_told() {
    let mut sizes = Sizes::default();
    for posters in 0..=30 {
        for extra in 0..=12 {
            let raw =
                RawMonth { posters, active: Some(posters + extra), new: Some(extra.min(posters)), ..quiet(posters) };
            let raw = RawMonth { rooms_active: posters.min(1 + extra), rooms_shared: u64::from(posters >= 5), ..raw };
            let published = told(&raw, None, &[id::POSTERS, id::ACTIVE_MEMBERS, id::ROOMS_ACTIVE, id::ROOMS_SHARED]);
            sizes.add("those who wrote", &[&published], posters);
            sizes.add("those who only reacted", &[&published[0], &published[1]], extra);
            for silent in 0..=12 {
                let members = Some(posters + extra + silent);
                let published = told(&raw, members, &[id::POSTERS, id::ACTIVE_MEMBERS, id::MEMBERS]);
                sizes.add("members who did nothing", &[&published], silent);
                sizes.add("members who did not write", &[&published], extra + silent);
                let raw = RawMonth { active: None, ..raw.clone() };
                let published = told(&raw, members, &[id::POSTERS, id::ACTIVE_MEMBERS, id::MEMBERS]);
                sizes.add("members who did not write, without reactions", &[&published], extra + silent);
            }
        }
        for new in 0..=posters {
            let published = told(&RawMonth { new: Some(new), ..quiet(posters) }, None, &[id::POSTERS, id::NEW_POSTERS]);
            sizes.add("newcomers", &[&published], new);
            sizes.add("those who are not new", &[&published], posters - new);
        }
    }
    assert_eq!(sizes.exposed(), [""; 0]);
    assert!(sizes.0.len() > 1000);
}

/// Two rooms in which everybody of a community wrote, some in both: all sizes, as they are published by `room`.
fn two_rooms(room: impl Fn(u64, u64) -> Released) -> Sizes {
    let mut sizes = Sizes::default();
    for posters in policy::ROOMS_FROM..=60 {
        for one in 0..=posters {
            for other in posters - one..=posters {
                let published: [&dyn std::fmt::Debug; 3] = [&posters, &room(one, posters), &room(other, posters)];
                let both = one + other - posters;
                sizes.add("in both rooms", &published, both);
                sizes.add("not in the one room", &published, posters - one);
                sizes.add("in the one room", &published, one);
            }
        }
    }
    sizes
}

#[test]
fn two_rooms_and_their_community_do_not_tell_who_is_in_both() {
    assert_eq!(two_rooms(Released::in_room).exposed(), [""; 0]);
    let exact = two_rooms(Released::part);
    println!("two rooms, exact from five: {} of {} releases expose somebody", exact.exposed().len(), exact.0.len());
    assert!(exact.exposed().len() > 100, "counts that are exact from five on would tell");
}

#[test]
fn three_rooms_do_not_tell_who_is_in_several() {
    let sizes = |room: &dyn Fn(u64, u64) -> Released| {
        let mut sizes = Sizes::default();
        for posters in policy::ROOMS_FROM..=24 {
            for one in 1..=posters {
                for other in 0..=one {
                    for third in posters.saturating_sub(one + other)..=other {
                        let more = one + other + third - posters;
                        let rooms = [one, other, third].map(|count| room(count, posters).ends());
                        // Those in all three are counted twice too often.
                        for all in 0..=third.min(more / 2) {
                            if more - all <= posters {
                                sizes.add("in several rooms", &[&posters, &rooms], more - all);
                            }
                        }
                    }
                }
            }
        }
        sizes
    };
    assert_eq!(sizes(&Released::in_room).exposed(), [""; 0]);
    assert!(sizes(&Released::part).exposed().len() > 100);
}

#[test]
fn a_share_of_people_beside_their_exact_number_tells_of_no_few() {
    let mut sizes = Sizes::default();
    for whole in 10..=700 {
        for part in 0..=whole {
            let cell = cells::people_share(part, whole);
            // The months of the quarter tell how many newcomers there were.
            let published: [&dyn std::fmt::Debug; 2] = [&whole, &cell];
            sizes.add("newcomers who were answered", &published, part);
            sizes.add("those who were not", &published, whole - part);
        }
    }
    assert_eq!(sizes.exposed(), [""; 0]);
}

#[test]
fn a_rooms_release_beside_its_communitys_pins_nobody() {
    let people = People::new();
    let mut attacks = Attacks::default();
    let mut random = Random::new(0x300);
    while attacks.months < communities() / 8 {
        let (posters, shape) = (random.between(20, 40), people.shape(&mut random));
        let inside = random.between(15, posters - 5);
        // First what everybody inside wrote there, then what everybody wrote elsewhere; those inside one less.
        let counts = people.month(shape, inside + posters, &mut random);
        let everywhere = |counts: &[u32]| -> Vec<u32> {
            let (here, elsewhere) = counts.split_at(inside);
            (0..posters).map(|who| here.get(who).map_or(elsewhere[who], |here| here + elsewhere[who] - 1)).collect()
        };
        let community = raw(&everywhere(&counts), &mut random);
        let room = raw(&counts[..inside], &mut random);
        let cells = policy::month(&room, Of::Room { community: &community });
        let Some(told) = cells[id::EFFECTIVE_VOICES].value else { continue };
        let [low, high] = voices_ends(told, inside as f64);
        let seen = Seen::of(&community);
        let enough = policy::VOICES_MESSAGES_A_POSTER * cells[id::POSTERS].value.unwrap().ends()[0] as u64;
        let fit = |counts: &[u32]| {
            let here = &counts[..inside];
            let there = voices(here);
            let fits = there >= low && there < high && sums(here).0 * 2 >= enough;
            if fits { seen.fit(sums(&everywhere(counts))) } else { f64::NEG_INFINITY }
        };
        let of = |counts: &[u32]| {
            let ([first, second, _], [here, ..]) = (loudest(&everywhere(counts)), loudest(&counts[..inside]));
            [first, second, here]
        };
        attacks.add(&Chain::new(&people, counts.clone(), random.bits(), fit).believe(1000, of));
    }
    attacks.print("a room's release beside its community's");
    assert_eq!(attacks.pinned, 0);
}

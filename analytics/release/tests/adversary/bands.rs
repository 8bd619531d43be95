//! Who carries how much: what a second, coarse measure of concentration would tell where fifty people and more write.

use super::{
    chain::{Belief, Chain, loudest},
    communities,
    people::People,
    random::Random,
    seen::{Seen, raw, sums},
    table::Attacks,
};

/// How many people wrote half of the messages, as a part of all who wrote: a few (under a tenth), many, most (a quarter
/// and more).
fn band(counts: &[u32]) -> usize {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable_by(|one, other| other.cmp(one));
    let (half, mut reached) = (sums(counts).0, 0);
    let carriers = sorted.iter().take_while(|count| {
        let before = reached;
        reached += u64::from(**count);
        before * 2 < half
    });
    let part = carriers.count() as f64 / counts.len() as f64;
    [0.1, 0.25].iter().filter(|end| part >= **end).count()
}

/// Attacks months of 50 to 80 posters, with the band and without it.
fn attack(with_band: bool) -> Attacks {
    let people = People::new();
    let mut attacks = Attacks::default();
    for community in 0..communities() / 25 {
        let mut random = Random::new(0xba4d + community as u64);
        let (shape, posters) = (people.shape(&mut random), random.between(50, 80));
        let counts = people.month(shape, posters, &mut random);
        let seen = Seen::of(&raw(&counts, &mut random));
        let told = band(&counts);
        let fit = |counts: &[u32]| {
            let fit = seen.fit(sums(counts));
            if with_band && fit > f64::NEG_INFINITY && band(counts) != told { f64::NEG_INFINITY } else { fit }
        };
        let beliefs: Vec<Belief> = Chain::new(&people, counts, random.bits(), fit).believe(600, loudest).into();
        attacks.add(&beliefs);
    }
    attacks
}

#[test]
fn three_bands_of_who_carries_how_much_would_narrow_the_loudest_count() {
    let [without, with] = [false, true].map(attack);
    without.print("50 to 80 posters");
    with.print("the same, and in three bands who carries half");
    assert_eq!(without.pinned, 0);
    assert!(with.open_in_all_but(0.5) <= without.open_in_all_but(0.5) + 0.02, "what is told can only narrow");
}

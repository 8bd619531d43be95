//! The bound itself: months, attacked by who knows the releases, and by insiders who know more.

use super::{
    chain::{Belief, Chain, loudest},
    communities,
    people::{MOST, People, uneven_month},
    random::Random,
    seen::{Seen, raw, sums},
    table::Attacks,
};

const SWEEPS: usize = 1000;
/// How many months of each community are attacked.
const MONTHS: usize = 3;

/// One month that was released: everybody's counts, and what is seen of them.
struct Released {
    counts: Vec<u32>,
    seen: Seen,
    seed: u64,
}

/// The months of a community of between `least` and `most` posters.
fn months(people: &People, community: usize, [least, most]: [usize; 2]) -> Vec<Released> {
    let mut random = Random::new(0x6001 + community as u64);
    let (shape, size) = (people.shape(&mut random), random.between(least, most));
    let month = |_| {
        let posters = (size + random.below(3)).min(most);
        let counts = people.month(shape, posters, &mut random);
        let seen = Seen::of(&raw(&counts, &mut random));
        Released { counts, seen, seed: random.bits() }
    };
    (0..MONTHS).map(month).collect()
}

/// The months of a community whose counts are as uneven as real ones.
fn real_months(_: &People, community: usize) -> Vec<Released> {
    let mut random = Random::new(0x4ea1 + community as u64);
    let month = |_| {
        let counts = uneven_month(&mut random);
        let seen = Seen::of(&raw(&counts, &mut random));
        Released { counts, seen, seed: random.bits() }
    };
    (0..MONTHS).map(month).collect()
}

/// Attacks the months of many communities of some sizes.
fn attack(count: usize, sizes: [usize; 2], one: impl Fn(&People, &Released) -> Option<Vec<Belief>> + Sync) -> Attacks {
    attack_months(count, |people, community| months(people, community, sizes), one)
}

/// Attacks the months of many communities, on two threads.
fn attack_months(
    count: usize,
    months: impl Fn(&People, usize) -> Vec<Released> + Sync,
    one: impl Fn(&People, &Released) -> Option<Vec<Belief>> + Sync,
) -> Attacks {
    let people = People::new();
    let half = |first: usize| {
        let mut attacks = Attacks::default();
        for community in (first..count).step_by(2) {
            for month in months(&people, community) {
                if let Some(beliefs) = one(&people, &month) {
                    attacks.add(&beliefs);
                }
            }
        }
        attacks
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| half(1));
        half(0).merge(other.join().unwrap())
    })
}

/// What somebody believes of the three loudest who knows what was published.
fn outsider(people: &People, month: &Released) -> Vec<Belief> {
    let fit = |counts: &[u32]| month.seen.fit(sums(counts));
    Chain::new(people, month.counts.clone(), month.seed, fit).believe(SWEEPS, loudest).into()
}

#[test]
fn nobody_is_pinned_in_the_months_of_a_thousand_communities() {
    for sizes in [[5, 9], [10, 14], [15, 24], [25, 40]] {
        let attacks = attack(communities() / 4, sizes, |people, month| Some(outsider(people, month)));
        attacks.print(&format!("{} to {} posters", sizes[0], sizes[1]));
        assert_eq!(attacks.pinned, 0, "of {}", attacks.months);
        assert!(attacks.open_in_all_but(0.5) > 0.25 && attacks.open_in_all_but(0.05) > 0.25);
    }
}

#[test]
fn nobody_is_pinned_where_counts_are_as_uneven_as_real_ones() {
    let attacks = attack_months(communities() / 4, real_months, |people, month| Some(outsider(people, month)));
    attacks.print("months as uneven as a real community's rooms");
    assert_eq!(attacks.pinned, 0, "of {}", attacks.months);
    assert!(attacks.open_in_all_but(0.5) > 0.25 && attacks.open_in_all_but(0.05) > 0.2);
}

#[test]
fn whoever_knows_their_own_count_hardly_ever_pins_another() {
    let attacks = attack(communities() / 8, [5, 40], |people, month| {
        let me = (month.seed % month.counts.len() as u64) as usize;
        let mine = month.counts[me];
        let mut chain = Chain::new(people, month.counts.clone(), month.seed, |counts| month.seen.fit(sums(counts)))
            .known(me, [mine, mine]);
        let others = |counts: &[u32]| {
            let top = loudest(counts);
            // Without the insider's own.
            match top.iter().position(|count| *count == mine) {
                Some(0) => [top[1], top[2]],
                Some(1) => [top[0], top[2]],
                _ => [top[0], top[1]],
            }
        };
        Some(chain.believe(SWEEPS, others).into())
    });
    attacks.print("insider who knows their own count");
    assert!(attacks.rate() <= 0.002, "{} of {}", attacks.pinned, attacks.months);
}

#[test]
fn whoever_knows_the_second_count_hardly_ever_pins_the_first() {
    let attacks = attack(communities() / 8, [5, 40], |people, month| {
        let mut counts = month.counts.clone();
        counts.sort_unstable_by(|one, other| other.cmp(one));
        let second = counts[1];
        let mut chain = Chain::new(people, counts.clone(), month.seed, |counts| month.seen.fit(sums(counts)))
            .known(0, [second, MOST as u32])
            .known(1, [second, second]);
        for other in 2..counts.len() {
            chain = chain.known(other, [1, second]);
        }
        Some(chain.believe(SWEEPS, |counts| [counts[0]]).into())
    });
    attacks.print("insider who knows the second count");
    assert!(attacks.rate() <= 0.015, "{} of {}", attacks.pinned, attacks.months);
}

#[test]
fn four_who_tell_each_other_their_counts_pin_few() {
    let attacks = attack(communities() / 8, [9, 40], |people, month| {
        let start = (month.seed % month.counts.len() as u64) as usize;
        let mut counts = month.counts.clone();
        counts.rotate_left(start);
        let mut chain = Chain::new(people, counts.clone(), month.seed, |counts| month.seen.fit(sums(counts)));
        for (insider, count) in counts.iter().enumerate().take(4) {
            chain = chain.known(insider, [*count, *count]);
        }
        Some(chain.believe(SWEEPS, |counts| loudest(&counts[4..])).into())
    });
    attacks.print("four who pool their counts");
    assert!(attacks.rate() <= 0.01, "{} of {}", attacks.pinned, attacks.months);
}

#[test]
fn the_chain_agrees_with_drawing_until_it_fits() {
    let people = People::new();
    for (seed, posters) in [(3, 12), (8, 7), (21, 16)] {
        let mut random = Random::new(seed);
        let counts = people.month(30, posters, &mut random);
        let seen = Seen::of(&raw(&counts, &mut random));
        let fit = |counts: &[u32]| seen.fit(sums(counts));
        // Draws everybody, and keeps those who fit as often as they fit.
        let mut drawn = Vec::new();
        while drawn.len() < 10_000 {
            let shape = people.shape(&mut random);
            let draw = people.month(shape, posters, &mut random);
            let fits = fit(&draw);
            if fits > f64::NEG_INFINITY && random.unit().ln() < fits - seen.best() {
                drawn.push(loudest(&draw)[0]);
            }
        }
        let drawn = Belief::new(drawn);
        let [found] = Chain::new(&people, counts, seed, fit).think(100_000, |counts| [loudest(counts)[0]]);
        for part in 1..20 {
            let value = drawn.quantile(f64::from(part) / 20.0);
            let (one, other) = (drawn.up_to(value), found.up_to(value));
            assert!((one - other).abs() < 0.02, "{posters} posters, up to {value}: {one:.3} drawn, {other:.3} found");
        }
    }
}

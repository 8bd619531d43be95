//! Somebody takes back what they wrote: an opt-out, an erasure. What was published before and after must not tell it.

use super::{
    chain::Chain,
    communities,
    habits::Habits,
    people::People,
    random::Random,
    seen::{Seen, raw, sums},
    table::Attacks,
};

/// A month, and its loudest, who leaves, first.
fn month(people: &People, seed: u64) -> (Vec<u32>, Random) {
    let mut random = Random::new(0x1ea5e + seed);
    let (shape, posters) = (people.shape(&mut random), random.between(6, 40));
    let mut counts = people.month(shape, posters, &mut random);
    counts.sort_unstable_by(|one, other| other.cmp(one));
    (counts, random)
}

#[test]
fn releases_that_stay_do_not_tell_what_somebody_took_back() {
    let (people, habits) = (People::new(), Habits::new());
    let mut attacks = Attacks::default();
    for seed in 0..communities() / 8 {
        let (before, mut random) = month(&people, seed as u64);
        let posters = before.len();
        let after: Vec<u32> = before[1..].iter().map(|count| Habits::next(*count, &mut random)).collect();
        // The month with them stays as it was; in the next one they are not there. The adversary knows that they were the
        // loudest, and how much people usually change.
        let (seen, seen_after) = (Seen::of(&raw(&before, &mut random)), Seen::of(&raw(&after, &mut random)));
        let fit = |counts: &[u32]| {
            let (before, after) = counts.split_at(posters);
            if before[1..].iter().any(|count| *count > before[0]) {
                return f64::NEG_INFINITY;
            }
            let published = seen.fit(sums(before)) + seen_after.fit(sums(after));
            published + before[1..].iter().zip(after).map(|(before, now)| habits.fit(*before, *now)).sum::<f64>()
        };
        let both = [before, after.clone()].concat();
        attacks.add(&Chain::new(&people, both, random.bits(), fit).drawn(posters).believe(1500, |counts| [counts[0]]));
    }
    attacks.print("somebody left; releases stay");
    assert_eq!(attacks.pinned, 0);
    assert!(attacks.open_in_all_but(0.5) > 0.25);
}

#[test]
fn releases_made_again_would_tell_more_and_pages_made_again_told_all() {
    let people = People::new();
    let mut attacks = Attacks::default();
    let mut exact = Attacks::default();
    for seed in 0..communities() / 8 {
        let (counts, mut random) = month(&people, seed as u64);
        let seen = Seen::of(&raw(&counts, &mut random));
        let again = Seen::of(&raw(&counts[1..], &mut random));
        let fit = |counts: &[u32]| {
            let loudest = counts[1..].iter().all(|count| *count <= counts[0]);
            let without = again.fit(sums(&counts[1..]));
            if loudest { seen.fit(sums(counts)) + without } else { f64::NEG_INFINITY }
        };
        let mut chain = Chain::new(&people, counts.clone(), random.bits(), fit);
        attacks.add(&chain.believe(1000, |counts| [counts[0]]));
        // A page that tells messages, made again: the difference is theirs.
        if counts[0] > 3 {
            let [with, without] = [&counts[..], &counts[1..]].map(|counts| Seen::exactly(sums(counts).0, None));
            let fit = |counts: &[u32]| with.fit(sums(counts)) + without.fit(sums(&counts[1..]));
            exact.add(&Chain::new(&people, counts, random.bits(), fit).believe(200, |counts| [counts[0]]));
        }
    }
    attacks.print("somebody left; releases made again");
    exact.print("somebody left; pages with messages made again");
    assert_eq!(exact.pinned, exact.months, "the adversary has teeth");
}

//! Small months, in which every set of counts can be tried.

use super::{
    chain::{Chain, loudest, pinned},
    people::People,
    seen::{Seen, sums},
};

/// Calls `visit` with all sets of `parts` counts, the largest first, that sum to `sum` and are at most `most`.
pub fn partitions(sum: u32, parts: usize, most: u32, counts: &mut Vec<u32>, visit: &mut impl FnMut(&[u32])) {
    if parts == 0 {
        if sum == 0 {
            visit(counts);
        }
        return;
    }
    let left = parts as u32 - 1;
    if sum < parts as u32 {
        return;
    }
    for count in sum.div_ceil(parts as u32)..=most.min(sum - left) {
        counts.push(count);
        partitions(sum - count, parts - 1, count, counts, visit);
        counts.pop();
    }
}

/// How many orders a set of counts has: a logarithm.
fn orders(counts: &[u32]) -> f64 {
    let log_factorial = |n: usize| (2..=n).map(|n| (n as f64).ln()).sum::<f64>();
    let same = counts.chunk_by(|one, other| one == other).map(|same| log_factorial(same.len()));
    log_factorial(counts.len()) - same.sum::<f64>()
}

/// Exactly what is to be believed of the three loudest of `posters` people who wrote between so many messages: the
/// probability of each count.
pub fn believed(people: &People, posters: usize, [low, high]: [u32; 2]) -> [Vec<f64>; 3] {
    let mut weights = [0; 3].map(|_| vec![0.0; high as usize + 1]);
    for sum in low..=high {
        partitions(sum, posters, sum, &mut Vec::new(), &mut |counts| {
            let orders = orders(counts);
            let weight: f64 = people.logs(counts).into_iter().map(|log| (orders + log).exp()).sum();
            for (weights, count) in weights.iter_mut().zip(counts) {
                weights[*count as usize] += weight;
            }
        });
    }
    weights.map(|weights| {
        let sum: f64 = weights.iter().sum();
        weights.into_iter().map(|weight| weight / sum).collect()
    })
}

/// The count up to which such a part of the belief lies.
pub fn quantile(believed: &[f64], part: f64) -> f64 {
    let mut reached = 0.0;
    let at = believed.iter().position(|weight| {
        reached += weight;
        reached >= part
    });
    at.unwrap() as f64
}

#[test]
fn nobody_is_pinned_in_any_small_month_whatever_was_written() {
    let people = People::new();
    let mut attacked = 0;
    for posters in 5..=8 {
        let mut messages = posters as u32;
        while messages <= 50 {
            // Everything that is published of a month of so few posters and so many messages.
            let mut counts = vec![1; posters];
            counts[0] = messages - posters as u32 + 1;
            let band = Seen::only_messages(&counts).messages.map(|end| end as u32);
            for (rank, believed) in believed(&people, posters, band).iter().enumerate() {
                let ends = [0.05, 0.95].map(|part| quantile(believed, part));
                assert!(!pinned(ends), "{posters} posters, {band:?} messages, rank {rank}: {ends:?}");
                println!(
                    "{posters} posters, {band:?} messages: rank {} is between {} and {}",
                    rank + 1,
                    ends[0],
                    ends[1]
                );
                attacked += 1;
            }
            messages = band[1] + 1;
        }
    }
    assert_eq!(attacked, 39);
}

#[test]
fn the_chain_agrees_with_trying_everything() {
    let people = People::new();
    let counts = vec![9, 5, 3, 2, 2, 1];
    let seen = Seen::only_messages(&counts);
    let believed = believed(&people, counts.len(), seen.messages.map(|end| end as u32));
    let found = Chain::new(&people, counts, 5, |counts| seen.fit(sums(counts))).think(60_000, loudest);
    for (believed, found) in believed.iter().zip(&found) {
        let mut up_to = 0.0;
        for (count, weight) in believed.iter().enumerate() {
            up_to += weight;
            assert!((up_to - found.up_to(count as u32)).abs() < 0.02, "up to {count}");
        }
    }
}

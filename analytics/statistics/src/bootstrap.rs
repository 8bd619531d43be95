//! Bootstrap intervals over people: 2,000 draws, a fixed seed, the 2.5th and 97.5th percentile.
//!
//! People are drawn, never messages: a person's messages are no independent sample of anything.

use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;
use rand_distr::{Binomial, Distribution as _};

use crate::{
    diversity::Shares,
    samples::{quantile, weighted_quantile_from},
};

/// How many times the people are drawn anew.
pub const DRAWS: usize = 2000;

const SEED: u64 = 0x0048_6561_7274_6821;

/// The 95 % intervals of how evenly a month's messages were shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct VoiceIntervals {
    /// Of the Hill number of order 1.
    pub hill1: [f64; 2],
    /// Of the Hill number of order 2.
    pub hill2: [f64; 2],
    /// Of the Gini index.
    pub gini: [f64; 2],
    /// Of the corrected Gini index.
    pub gini_corrected: [f64; 2],
    /// Of the median of messages a person.
    pub median: [f64; 2],
}

/// The intervals of [`Shares`]'s indices, or `None` for fewer than two people.
pub fn voices(shares: &Shares) -> Option<VoiceIntervals> {
    if shares.people() < 2 {
        return None;
    }
    let mut samples = [const { Vec::new() }; 5];
    draw_classes(shares, |drawn| {
        let indices = [drawn.hill1(), drawn.hill2(), drawn.gini(), drawn.gini_corrected(), drawn.median()];
        for (sample, index) in samples.iter_mut().zip(indices) {
            sample.extend(index);
        }
    });
    let [hill1, hill2, gini, gini_corrected, median] = samples.map(percentiles);
    Some(VoiceIntervals { hill1: hill1?, hill2: hill2?, gini: gini?, gini_corrected: gini_corrected?, median: median? })
}

/// The interval of the Hill number of order 1 alone, or `None` for fewer than two people.
pub fn hill1(shares: &Shares) -> Option<[f64; 2]> {
    if shares.people() < 2 {
        return None;
    }
    let logs: Vec<f64> = shares.classes().iter().map(|(things, _)| (*things as f64).max(1.0).ln()).collect();
    let mut sample = Vec::with_capacity(DRAWS);
    draw_counts(shares, |counts| {
        // The entropy of shares x/N is ln N − Σ x ln x / N.
        let (mut all, mut weighted) = (0.0, 0.0);
        for (((things, _), ln), count) in shares.classes().iter().zip(&logs).zip(counts) {
            let held = (things * count) as f64;
            all += held;
            weighted += held * ln;
        }
        if all > 0.0 {
            sample.push((all.ln() - weighted / all).exp());
        }
    });
    percentiles(sample)
}

/// The intervals of quantiles of values, each of which belongs to a person (`0..people`).
pub fn quantiles<const N: usize>(values: &[(usize, f64)], people: usize, wanted: [f64; N]) -> Option<[[f64; 2]; N]> {
    if people < 2 || values.is_empty() {
        return None;
    }
    let mut ordered = values.to_vec();
    ordered.sort_by(|one, other| one.1.total_cmp(&other.1));
    let sorted: Vec<f64> = ordered.iter().map(|(_, value)| *value).collect();
    // A sample's quantile lies near the values' own. How many values a sample has, and how many of them lie before that
    // neighbourhood, follows from the people drawn; so only the neighbourhood is looked at value by value.
    let near = wanted.map(|q| {
        let margin = values.len() / 20 + 64;
        ((values.len() as f64 * q) as usize).saturating_sub(margin)
    });
    let held = |until: usize| {
        let mut counts = vec![0_u64; people];
        for (person, _) in &ordered[..until] {
            counts[*person] += 1;
        }
        counts
    };
    let (all, before) = (held(values.len()), near.map(held));
    let mut samples = [const { Vec::new() }; N];
    draw(people, |times| {
        let sum =
            |counts: &[u64]| counts.iter().zip(times).map(|(count, times)| count * u64::from(*times)).sum::<u64>();
        let total = sum(&all);
        for (((sample, q), near), before) in samples.iter_mut().zip(wanted).zip(near).zip(&before) {
            let from = |at: usize, skipped| {
                let weights = ordered[at..].iter().map(|(person, _)| u64::from(times[*person]));
                weighted_quantile_from(&sorted[at..], weights, q, total, skipped)
            };
            sample.extend(from(near, sum(before)).or_else(|| from(0, 0)));
        }
    });
    let intervals: Vec<[f64; 2]> = samples.into_iter().map(percentiles).collect::<Option<_>>()?;
    intervals.try_into().ok()
}

/// The interval of the mean of values, one a person, or `None` for fewer than two.
pub fn mean(values: &[f64]) -> Option<[f64; 2]> {
    if values.len() < 2 {
        return None;
    }
    let mut sample = Vec::with_capacity(DRAWS);
    draw(values.len(), |times| {
        let sum: f64 = values.iter().zip(times).map(|(value, times)| value * f64::from(*times)).sum();
        sample.push(sum / values.len() as f64);
    });
    percentiles(sample)
}

/// Calls `visit` with each of [`DRAWS`] samples of `people` people, drawn with replacement: how often each is in it.
fn draw(people: usize, mut visit: impl FnMut(&[u32])) {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut times = vec![0; people];
    for _ in 0..DRAWS {
        times.fill(0);
        for _ in 0..people {
            times[one_of(&mut random, people as u64)] += 1;
        }
        visit(&times);
    }
}

/// Calls `visit` with each of [`DRAWS`] samples of as many people as there are, drawn with replacement.
pub(crate) fn draw_classes(shares: &Shares, mut visit: impl FnMut(&Shares)) {
    let mut drawn = shares.clone();
    draw_counts(shares, |counts| {
        let classes = shares.classes().iter().zip(counts).filter(|(_, count)| **count > 0);
        drawn.refill(classes.map(|((things, _), count)| (*things, *count)));
        visit(&drawn);
    });
}

/// To draw a class takes about as long as to draw so many people.
const PEOPLE_A_CLASS: u64 = 16;

/// The same, telling how many of each class are in the sample.
///
/// Who has equally much is exchangeable, so that only how many of each class are drawn is random: of the draws that are
/// left, a class takes a binomial number, with the chance that it has among the classes that are left. This is exactly
/// the law of drawing people one by one, in as many steps as there are classes; where there are few people to a class,
/// one by one is faster.
fn draw_counts(shares: &Shares, mut visit: impl FnMut(&[u64])) {
    let (mut random, everybody) = (ChaCha8Rng::seed_from_u64(SEED), shares.people());
    let mut counts = vec![0; shares.classes().len()];
    if everybody <= PEOPLE_A_CLASS * counts.len() as u64 {
        let classes = shares.classes().iter().enumerate();
        let class_of: Vec<usize> = classes.flat_map(|(class, (_, people))| (0..*people).map(move |_| class)).collect();
        for _ in 0..DRAWS {
            counts.fill(0);
            for _ in 0..everybody {
                counts[class_of[one_of(&mut random, everybody)]] += 1;
            }
            visit(&counts);
        }
        return;
    }
    for _ in 0..DRAWS {
        let (mut people, mut draws) = (everybody, everybody);
        for ((_, class), count) in shares.classes().iter().zip(&mut counts) {
            *count = match Binomial::new(draws, *class as f64 / people as f64) {
                Ok(binomial) if *class < people && draws > 0 => binomial.sample(&mut random),
                _ => draws,
            };
            people -= class;
            draws -= *count;
        }
        visit(&counts);
    }
}

/// A number below `count`.
fn one_of(random: &mut ChaCha8Rng, count: u64) -> usize {
    ((u64::from(random.next_u32()) * count) >> 32) as usize
}

fn percentiles(mut sample: Vec<f64>) -> Option<[f64; 2]> {
    sample.sort_by(f64::total_cmp);
    Some([quantile(&sample, 0.025)?, quantile(&sample, 0.975)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_people_have_the_same_interval_around_the_value() {
        let shares: Shares = [120, 40, 17, 9, 5, 3, 2, 1, 1, 1, 1].into_iter().collect();
        let intervals = voices(&shares).unwrap();
        assert_eq!(voices(&shares).unwrap(), intervals);
        let [low, high] = intervals.hill1;
        assert!(low < shares.hill1().unwrap() && shares.hill1().unwrap() < high, "{low} {high}");
        assert!(1.0 <= low && high <= 11.0);
    }

    #[test]
    fn equals_have_no_spread() {
        let intervals = voices(&[4; 9].into_iter().collect()).unwrap();
        assert!((intervals.hill1[1] - intervals.hill1[0]).abs() < 1e-9);
        assert_eq!(intervals.gini, [0.0, 0.0]);
    }

    #[test]
    fn classes_are_drawn_by_the_law_of_drawing_people_one_by_one() {
        // Eight people in classes of 5, 2 and 1: of the 8 draws each class takes 8 × its share on average, with the
        // variance and the covariance of a multinomial law.
        // Few people are drawn one by one; forty times as many by classes.
        let shares: Shares = [1, 1, 1, 1, 1, 3, 3, 9].into_iter().collect();
        let many: Shares = (0..40).flat_map(|_| [1, 1, 1, 1, 1, 3, 3, 9]).collect();
        let mut hill1s = Vec::new();
        draw_classes(&many, |drawn| hill1s.extend(drawn.hill1()));
        let [low, high] = percentiles(hill1s).unwrap();
        let [as_low, as_high] = hill1(&many).unwrap();
        assert!((low - as_low).abs() < 1e-9 && (high - as_high).abs() < 1e-9);
        let mut sums = [0.0; 3];
        draw_classes(&many, |drawn| {
            for (sum, things) in sums.iter_mut().zip([1, 3, 9]) {
                *sum += drawn.classes().iter().find(|(class, _)| *class == things).map_or(0, |(_, n)| *n) as f64;
            }
        });
        let means = sums.map(|sum| sum / DRAWS as f64 / 40.0);
        assert!((means[0] - 5.0).abs() < 0.05 && (means[1] - 2.0).abs() < 0.05 && (means[2] - 1.0).abs() < 0.05);
        let mut counts = Vec::new();
        draw_classes(&shares, |drawn| {
            let of =
                |things| drawn.classes().iter().find(|(class, _)| *class == things).map_or(0, |(_, people)| *people);
            counts.push([of(1), of(3), of(9)].map(|count| count as f64));
        });
        assert_eq!(counts.len(), DRAWS);
        assert!(counts.iter().all(|count| count.iter().sum::<f64>() == 8.0));
        let mean = |at: usize| counts.iter().map(|count| count[at]).sum::<f64>() / DRAWS as f64;
        let means = [mean(0), mean(1), mean(2)];
        for (one, p) in [0.625, 0.25, 0.125].into_iter().enumerate() {
            assert!((means[one] - 8.0 * p).abs() < 0.15, "{means:?}");
            for (other, q) in [0.625, 0.25, 0.125].into_iter().enumerate() {
                let product = |count: &[f64; 3]| (count[one] - means[one]) * (count[other] - means[other]);
                let found = counts.iter().map(product).sum::<f64>() / DRAWS as f64;
                let expected = if one == other { 8.0 * p * (1.0 - p) } else { -8.0 * p * q };
                assert!((found - expected).abs() < 0.2, "{one} {other} {found} {expected}");
            }
        }
    }

    #[test]
    fn looking_near_a_quantile_finds_what_looking_everywhere_finds() {
        // One person has nearly all values, so that samples without them have their quantiles far away.
        let values: Vec<(usize, f64)> =
            (0..3000_u32).map(|at| (usize::from(at % 100 == 0) * (at as usize / 100), f64::from(at))).collect();
        let near = quantiles(&values, 31, [0.5, 0.9]).unwrap();
        let sorted: Vec<f64> = values.iter().map(|(_, value)| *value).collect();
        let mut everywhere = [const { Vec::new() }; 2];
        draw(31, |times| {
            let weights: Vec<u32> = values.iter().map(|(person, _)| times[*person]).collect();
            for (sample, q) in everywhere.iter_mut().zip([0.5, 0.9]) {
                sample.extend(crate::samples::weighted_quantile(&sorted, &weights, q));
            }
        });
        assert_eq!(near, everywhere.map(|sample| percentiles(sample).unwrap()));
    }

    #[test]
    fn one_person_has_no_interval() {
        assert_eq!(voices(&[7].into_iter().collect()), None);
        assert_eq!(quantiles(&[(0, 1.0), (0, 2.0)], 1, [0.5]), None);
    }

    #[test]
    fn a_means_interval_lies_around_it_and_near_that_of_other_draws() {
        let scores =
            [6.142_857_142_857_143, 6.428_571_428_571_429, 4.0, 2.428_571_428_571_428_4, 5.666_666_666_666_667];
        let [low, high] = mean(&scores).unwrap();
        // Another generator's 2,000 draws gave 3.486 and 6.124.
        assert!((low - 3.486).abs() < 0.15 && (high - 6.124).abs() < 0.15, "{low} {high}");
        assert_eq!(mean(&[3.0]), None);
        assert_eq!(mean(&[3.0, 3.0]), Some([3.0, 3.0]));
    }

    #[test]
    fn a_persons_values_stay_together() {
        let [[low, high]] = quantiles(&[(0, 1.0), (0, 1.0), (0, 1.0), (1, 9.0)], 2, [0.5]).unwrap();
        assert_eq!([low, high], [1.0, 9.0]);
    }
}

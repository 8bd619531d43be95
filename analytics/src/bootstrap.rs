//! Bootstrap intervals over people: 2,000 draws, a fixed seed, the 2.5th and 97.5th percentile.
//!
//! People are drawn, never messages: a person's messages are no independent sample of anything.

use rand::{RngCore as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    diversity::Shares,
    statistics::{quantile, weighted_quantile},
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
}

/// The intervals of [`Shares`]'s indices, or `None` for fewer than two people.
pub fn voices(shares: &Shares) -> Option<VoiceIntervals> {
    let people = usize::try_from(shares.people()).ok()?;
    if people < 2 {
        return None;
    }
    let class_of: Vec<usize> = shares
        .classes()
        .iter()
        .enumerate()
        .flat_map(|(class, (_, count))| std::iter::repeat_n(class, usize::try_from(*count).unwrap_or(0)))
        .collect();
    let mut samples = [const { Vec::new() }; 4];
    draw(people, |drawn| {
        let mut classes: Vec<(u64, u64)> = shares.classes().iter().map(|(things, _)| (*things, 0)).collect();
        for person in drawn {
            classes[class_of[*person]].1 += 1;
        }
        classes.retain(|(_, people)| *people > 0);
        let drawn = Shares::from_classes(classes);
        let indices = [drawn.hill1(), drawn.hill2(), drawn.gini(), drawn.gini_corrected()];
        for (sample, index) in samples.iter_mut().zip(indices) {
            sample.extend(index);
        }
    });
    let [hill1, hill2, gini, gini_corrected] = samples.map(percentiles);
    Some(VoiceIntervals { hill1: hill1?, hill2: hill2?, gini: gini?, gini_corrected: gini_corrected? })
}

/// The intervals of quantiles of values, each of which belongs to a person (`0..people`).
pub fn quantiles<const N: usize>(values: &[(usize, f64)], people: usize, wanted: [f64; N]) -> Option<[[f64; 2]; N]> {
    if people < 2 || values.is_empty() {
        return None;
    }
    let mut ordered = values.to_vec();
    ordered.sort_by(|one, other| one.1.total_cmp(&other.1));
    let sorted: Vec<f64> = ordered.iter().map(|(_, value)| *value).collect();
    let mut samples = [const { Vec::new() }; N];
    draw(people, |drawn| {
        let mut times = vec![0_u32; people];
        for person in drawn {
            times[*person] += 1;
        }
        let weights: Vec<u32> = ordered.iter().map(|(person, _)| times[*person]).collect();
        for (sample, q) in samples.iter_mut().zip(wanted) {
            sample.extend(weighted_quantile(&sorted, &weights, q));
        }
    });
    let intervals: Vec<[f64; 2]> = samples.into_iter().map(percentiles).collect::<Option<_>>()?;
    intervals.try_into().ok()
}

/// Calls `visit` with each of [`DRAWS`] samples of `people` people, drawn with replacement.
fn draw(people: usize, mut visit: impl FnMut(&[usize])) {
    let mut random = ChaCha8Rng::seed_from_u64(SEED);
    let mut drawn = vec![0; people];
    for _ in 0..DRAWS {
        for person in &mut drawn {
            *person = ((u64::from(random.next_u32()) * people as u64) >> 32) as usize;
        }
        visit(&drawn);
    }
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
    fn one_person_has_no_interval() {
        assert_eq!(voices(&[7].into_iter().collect()), None);
        assert_eq!(quantiles(&[(0, 1.0), (0, 2.0)], 1, [0.5]), None);
    }

    #[test]
    fn a_persons_values_stay_together() {
        let [[low, high]] = quantiles(&[(0, 1.0), (0, 1.0), (0, 1.0), (1, 9.0)], 2, [0.5]).unwrap();
        assert_eq!([low, high], [1.0, 9.0]);
    }
}

//! How evenly a number of things is shared: Hill numbers, Gini, Lorenz; of the thousands of samples that intervals are
//! drawn from, which are no rows of a frame.
//!
//! Everything is computed on [`Shares`]: how many people have how many, and never who.

/// How many people have how many things, ascending: `(things, people)`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shares {
    classes: Vec<(u64, u64)>,
}

impl FromIterator<u64> for Shares {
    fn from_iter<I: IntoIterator<Item = u64>>(things: I) -> Self {
        let mut things: Vec<u64> = things.into_iter().collect();
        things.sort_unstable();
        let classes = things.chunk_by(|one, other| one == other);
        Self { classes: classes.map(|class| (class[0], class.len() as u64)).collect() }
    }
}

impl Shares {
    /// Puts other classes, ascending by things, in the place of these.
    pub(crate) fn refill(&mut self, classes: impl Iterator<Item = (u64, u64)>) {
        self.classes.clear();
        self.classes.extend(classes);
    }

    /// The median of what people have (type 7), or `None` of nobody.
    pub fn median(&self) -> Option<f64> {
        let last = self.people().checked_sub(1)?;
        let at = |rank: u64| {
            let mut seen = 0;
            self.classes.iter().find(|(_, people)| {
                seen += people;
                seen > rank
            })
        };
        let ((low, _), (high, _)) = (at(last / 2)?, at(last.div_ceil(2))?);
        Some((*low as f64 + *high as f64) / 2.0)
    }

    /// The classes `(things, people)`, ascending by things.
    pub fn classes(&self) -> &[(u64, u64)] {
        &self.classes
    }

    /// How many people.
    pub fn people(&self) -> u64 {
        self.classes.iter().map(|(_, people)| people).sum()
    }

    /// How many things.
    pub fn total(&self) -> u64 {
        self.classes.iter().map(|(things, people)| things * people).sum()
    }

    /// Shannon's entropy, natural logarithm.
    pub fn shannon(&self) -> Option<f64> {
        let total = positive(self.total())?;
        let sum: f64 = self
            .held()
            .map(|(things, people)| {
                let p = things / total;
                -people * p * p.ln()
            })
            .sum();
        Some(sum.max(0.0))
    }

    /// The Hill number of order 1 (Hill 1973): how many people, all speaking equally, would sound as diverse.
    pub fn hill1(&self) -> Option<f64> {
        self.shannon().map(f64::exp)
    }

    /// The Hill number of order 2: the inverse of the chance that two things are the same person's.
    pub fn hill2(&self) -> Option<f64> {
        let total = positive(self.total())?;
        let squares: f64 = self.held().map(|(things, people)| people * (things / total).powi(2)).sum();
        Some(1.0 / squares)
    }

    /// The Gini index.
    pub fn gini(&self) -> Option<f64> {
        let total = positive(self.total())?;
        let people = self.people() as f64;
        let (mut before, mut ranked) = (0.0, 0.0);
        for (things, count) in self.classes.iter().map(|(things, count)| (*things as f64, *count as f64)) {
            ranked += things * (count * before + count * (count + 1.0) / 2.0);
            before += count;
        }
        Some((2.0 * ranked / (people * total) - (people + 1.0) / people).max(0.0))
    }

    /// The Gini index corrected for small samples (Deltas 2003), or `None` for fewer than two.
    pub fn gini_corrected(&self) -> Option<f64> {
        let people = self.people() as f64;
        if people < 2.0 {
            return None;
        }
        Some(self.gini()? * people / (people - 1.0))
    }

    /// The Lorenz curve at `0, 1/steps, …, 1` of people, linear between them, or `None` of nothing.
    pub fn lorenz(&self, steps: u64) -> Option<Vec<f64>> {
        let total = positive(self.total())?;
        let people = self.people() as f64;
        let held_below = |rank: f64| {
            let (mut left, mut sum) = (rank, 0.0);
            for (things, count) in &self.classes {
                let taken = left.min(*count as f64);
                sum += taken * *things as f64;
                left -= taken;
            }
            sum / total
        };
        let mut curve: Vec<f64> = (0..steps).map(|step| held_below(people * step as f64 / steps as f64)).collect();
        curve.push(1.0);
        Some(curve)
    }

    fn held(&self) -> impl Iterator<Item = (f64, f64)> {
        self.classes.iter().filter(|(things, _)| *things > 0).map(|(things, people)| (*things as f64, *people as f64))
    }
}

fn positive(total: u64) -> Option<f64> {
    (total > 0).then_some(total as f64)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::close;

    fn shares(counts: &[u64]) -> Shares {
        counts.iter().copied().collect()
    }

    /// Counts, Gini, corrected Gini, Hill 1, Hill 2.
    type Expected = (&'static [u64], f64, Option<f64>, f64, f64);

    #[test]
    fn every_index_agrees_with_gold() {
        let gold: [Expected; 4] = [
            (
                &[1000, 202, 90, 33, 332, 343, 42, 433],
                0.485_505_050_505_050_44,
                Some(0.554_862_914_862_914_8),
                5.292_326_508_703_812_5,
                4.175_274_807_292_388,
            ),
            (&[4, 4, 4, 4, 4], 0.0, Some(0.0), 5.0, 5.0),
            (&[7], 0.0, None, 1.0, 1.0),
            (
                &[120, 40, 17, 9, 5, 3, 2, 1, 1, 1, 1],
                0.743_636_363_636_363_7,
                Some(0.818),
                3.613_589_450_205_536,
                2.437_241_043_139_166_7,
            ),
        ];
        for (counts, gini, corrected, hill1, hill2) in gold {
            let shares = shares(counts);
            close(shares.gini().unwrap(), gini);
            assert_eq!(shares.gini_corrected().is_some(), corrected.is_some(), "{counts:?}");
            close(shares.gini_corrected().unwrap_or(0.0), corrected.unwrap_or(0.0));
            close(shares.hill1().unwrap(), hill1);
            close(shares.hill2().unwrap(), hill2);
        }
    }

    #[test]
    fn nothing_shared_has_no_index() {
        for shares in [shares(&[]), shares(&[0, 0, 0])] {
            assert_eq!(shares.gini(), None);
            assert_eq!(shares.hill1(), None);
            assert_eq!(shares.hill2(), None);
            assert_eq!(shares.lorenz(4), None);
        }
    }

    #[test]
    fn the_lorenz_curve_agrees_with_gold() {
        let skewed = shares(&[120, 40, 17, 9, 5, 3, 2, 1, 1, 1, 1]).lorenz(11).unwrap();
        let gold = [0.0, 0.005, 0.01, 0.015, 0.02, 0.03, 0.045, 0.07, 0.115, 0.2, 0.4, 1.0];
        for (value, expected) in skewed.into_iter().zip(gold) {
            close(value, expected);
        }
    }

    proptest! {
        #[test]
        fn indices_keep_their_bounds(counts in prop::collection::vec(1u64..500, 1..40)) {
            let (shares, people) = (shares(&counts), counts.len() as f64);
            let (hill1, hill2) = (shares.hill1().unwrap(), shares.hill2().unwrap());
            prop_assert!(1.0 - 1e-9 <= hill2 && hill2 <= hill1 + 1e-9 && hill1 <= people + 1e-9);
            let gini = shares.gini().unwrap();
            prop_assert!((0.0..=1.0 - 1.0 / people + 1e-9).contains(&gini));
        }

        #[test]
        fn a_lorenz_curve_climbs_below_the_diagonal(counts in prop::collection::vec(1u64..500, 1..60), steps in 1u64..11) {
            let curve = shares(&counts).lorenz(steps).unwrap();
            for (at, pair) in curve.windows(2).enumerate() {
                prop_assert!(pair[0] <= pair[1] + 1e-9);
                prop_assert!(pair[0] <= at as f64 / steps as f64 + 1e-9);
            }
        }

        #[test]
        fn who_has_how_many_does_not_depend_on_order(mut counts in prop::collection::vec(0u64..50, 0..30)) {
            let before = shares(&counts);
            counts.reverse();
            prop_assert_eq!(before, shares(&counts));
        }
    }
}

//! Counts what is said of communities.

use hearth_release::claims::{Change, changes};
use hearth_shared::{
    release::Release,
    report::{JUDGED, Verdict, measure_id},
};
use statrs::distribution::{ContinuousCDF as _, StudentsT};

use crate::communities::{Community, releases};

/// How many people write in a month, about.
pub const SIZES: [f64; 7] = [8.0, 12.0, 25.0, 50.0, 100.0, 200.0, 400.0];

/// How many months each community is followed: a first year, in which little is known, and two later ones.
pub const MONTHS: usize = 36;

/// Claims of communities in which nothing changed, so that each is false.
#[derive(Clone, Copy, Debug, Default)]
pub struct Claims {
    /// Of first years, and of later ones.
    pub years: [u32; 2],
    /// Months and quarters that were judged more or less than usual, in first years and in later ones.
    pub claims: [u32; 2],
    /// Those of them that were told, and marked in a picture: not a month's that was told of the month before.
    pub told: u32,
    /// What the same comparisons would have claimed with α = 0.05.
    pub careless: u32,
    /// By measure and span: month, quarter.
    pub by_measure: [[u32; 2]; 4],
}

impl Claims {
    /// False claims in a year, the first or a later one.
    pub fn a_year(&self) -> [f64; 2] {
        [0, 1].map(|year| f64::from(self.claims[year]) / f64::from(self.years[year]))
    }

    /// The same of all years, for any of its counts.
    pub fn rate(&self, count: u32) -> f64 {
        f64::from(count) / f64::from(self.years[0] + self.years[1])
    }

    fn add(&mut self, measure: usize, span: usize, change: &Change, first_year: bool) {
        let alpha = [0.005, 0.01][span];
        if matches!(change.verdict, Verdict::More | Verdict::Less | Verdict::AsLastYear) {
            self.claims[usize::from(!first_year)] += 1;
            self.by_measure[measure][span] += 1;
            self.told += u32::from(change.told().is_some());
        }
        let narrower = change.half_width * quantile(change, 0.05) / quantile(change, alpha);
        self.careless += u32::from(change.difference.abs() > narrower && matters(JUDGED[measure], change));
    }
}

/// The quantile of t that a change was judged by.
fn quantile(change: &Change, alpha: f64) -> f64 {
    let freedom = 6.0 + 2.0 * (f64::from(change.usual.months) - 1.0) / 3.0;
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |t| t.inverse_cdf(1.0 - alpha / 2.0))
}

/// Whether it is a quarter more or less, or ten points.
fn matters(measure: &str, change: &Change) -> bool {
    let usual = change.usual.value;
    if measure == measure_id::TAKEN_UP {
        let now = 1.0 / (1.0 + (1.0 - usual) / usual * (-change.difference).exp());
        return (now - usual).abs() >= 0.1;
    }
    let ratio = if measure == measure_id::NEW_POSTERS {
        let now = ((2.0 * (usual + 0.375).sqrt() + change.difference) / 2.0).powi(2) - 0.375;
        (now.max(0.5) / usual.max(0.5)).ln()
    } else {
        change.difference
    };
    ratio.abs() >= 1.25_f64.ln()
}

/// The false claims about `communities` of about `size` posters.
pub fn false_claims(size: f64, communities: u64) -> Claims {
    let mut claims = Claims::default();
    for seed in 0..communities {
        let mut community = Community::new(size, seed);
        let releases = releases((0..MONTHS).map(|_| community.month()));
        claims.years[0] += 1;
        claims.years[1] += 2;
        for index in 0..MONTHS {
            let compared = changes(&releases, index);
            for (measure, id) in JUDGED.into_iter().enumerate() {
                let Some(both) = compared.get(id) else { continue };
                for (span, change) in [both.month, both.quarter].into_iter().enumerate() {
                    if let Some(change) = change {
                        claims.add(measure, span, &change, index < 12);
                    }
                }
            }
        }
    }
    claims
}

/// How months scatter around their community's mean beside what the priors say (1: as much), and the correlation of
/// neighbours, by measure. It is NaN where nothing is published.
pub fn scatter(size: f64, communities: u64) -> [[f64; 2]; 4] {
    let mut sums = [[0.0; 3]; 4];
    for seed in 0..communities {
        let mut community = Community::new(size, seed);
        let releases = releases((0..MONTHS).map(|_| community.month()));
        for (measure, id) in JUDGED.into_iter().enumerate() {
            let months: Vec<(f64, f64)> = releases.iter().filter_map(|release| on_scale(id, release)).collect();
            if months.len() < MONTHS / 2 {
                continue;
            }
            let count = f64::from(u32::try_from(months.len()).unwrap_or_default());
            let mean = months.iter().map(|(place, _)| place).sum::<f64>() / count;
            let prior = months.iter().map(|(_, prior)| prior).sum::<f64>() / count;
            let variance = months.iter().map(|(place, _)| (place - mean).powi(2)).sum::<f64>() / (count - 1.0);
            let pairs = months.windows(2).map(|pair| (pair[0].0 - mean) * (pair[1].0 - mean)).sum::<f64>();
            let alike = pairs / (count - 1.0) / variance;
            for (sum, term) in sums[measure].iter_mut().zip([variance / prior, alike, 1.0]) {
                *sum += term;
            }
        }
    }
    // A short series seems less alike than it is, by (1 + 4ρ) / n.
    sums.map(|[variance, alike, count]| [variance / count, alike / count + 1.5 / 36.0])
}

/// A month on the measure's scale, and the variance that it shall have.
fn on_scale(measure: &str, release: &Release) -> Option<(f64, f64)> {
    let cell = release.measures.get(measure)?;
    let value = cell.value?.middle();
    let posters = release.value(measure_id::POSTERS)?.middle();
    Some(match measure {
        measure_id::POSTERS => (value.max(1.0).ln(), 1.1 / posters.max(1.0) + 0.02),
        measure_id::NEW_POSTERS => (2.0 * (value + 0.375).sqrt(), 1.7),
        measure_id::EFFECTIVE_VOICES => (value.ln(), 0.05 + 0.55 / posters),
        _ => {
            let edge = 0.5 / cell.about?;
            let share = value.clamp(edge, 1.0 - edge);
            ((share / (1.0 - share)).ln(), 1.5 / (cell.about? * share * (1.0 - share)))
        }
    })
}

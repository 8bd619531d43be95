//! How much people change from month to month.

use super::{people::MOST, random::Random};

/// How much people change from month to month, as the standard deviation of the logarithm.
const CHANGE: f64 = 0.5;

/// What a count tells of the same person's count in another month: discretised log-normal around it.
pub struct Habits {
    log: Vec<f64>,
    /// What makes the probabilities sum to one, by what is usual.
    norm: Vec<f64>,
}

impl Habits {
    pub fn new() -> Self {
        let log: Vec<f64> = (0..=MOST).map(|count| (count as f64).ln()).collect();
        let norm = (0..=MOST).map(|before| {
            let near = before.max(1) / 12 + 1..=(before * 12 + 12).min(MOST);
            let near =
                near.map(|now| (-(log[now] - log[before.max(1)]).powi(2) / (2.0 * CHANGE * CHANGE)).exp() / now as f64);
            near.sum::<f64>().ln()
        });
        let norm = norm.collect();
        Self { log, norm }
    }

    /// The logarithm of the probability of `now`, where somebody usually writes `before`.
    pub fn fit(&self, before: u32, now: u32) -> f64 {
        let (before, now) = (before as usize, now as usize);
        -(self.log[now] - self.log[before]).powi(2) / (2.0 * CHANGE * CHANGE) - self.log[now] - self.norm[before]
    }

    /// What somebody writes who usually writes `before`.
    pub fn next(before: u32, random: &mut Random) -> u32 {
        ((f64::from(before) * (CHANGE * random.normal()).exp()).round() as u32).clamp(1, MOST as u32)
    }
}

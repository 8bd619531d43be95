//! How much people write: the generator of communities, and what the adversary believes beforehand.
//!
//! They are one and the same, so that the adversary is as good as one can be. It is a mixture of the shapes that are known
//! of online communities: discretised log-normals, log-series (Fisher 1943) and truncated Zipf distributions, from people
//! who write alike to one who writes nearly everything. How much is usual goes in steps of a quarter: nobody knows that of
//! a community before its first report.

use super::random::Random;

/// Nobody writes more in a month.
pub const MOST: usize = 3000;

/// A month whose counts are as uneven as those of the rooms of a real community of developers, month by month, where 5 to
/// 40 wrote (231 months): log-normals whose median and width scatter as theirs do. The widest of them are wider than any
/// that the adversary thinks of.
pub fn uneven_month(random: &mut Random) -> Vec<u32> {
    // Of the months' means and deviations of the logarithms: the middle, and how far it scatters.
    let (middle, width) = (1.55 + 0.65 * random.normal(), (1.18 + 0.4 * random.normal()).clamp(0.6, 1.95));
    let posters = (5.0 * (random.unit() * 8_f64.ln()).exp()).floor() as usize;
    (0..posters).map(|_| ((middle + width * random.normal()).exp().round() as u32).clamp(1, MOST as u32)).collect()
}

/// One shape: the probabilities of 1, 2, … messages, which are `exp(by · [ln x, (ln x)², x] - norm)`.
pub struct Shape {
    by: [f64; 3],
    norm: f64,
    /// The probability of so many or fewer.
    up_to: Vec<f64>,
}

impl Shape {
    fn new(by: [f64; 3], logs: &[f64]) -> Self {
        let weights: Vec<f64> = (1..=MOST).map(|count| dot(by, about(logs, count)).exp()).collect();
        let sum: f64 = weights.iter().sum();
        let mut reached = 0.0;
        let up_to = weights.iter().map(|weight| {
            reached += weight / sum;
            reached
        });
        Self { by, norm: sum.ln(), up_to: up_to.collect() }
    }

    pub fn draw(&self, random: &mut Random) -> u32 {
        let at = random.unit();
        (self.up_to.partition_point(|reached| *reached < at) + 1).min(MOST) as u32
    }
}

/// What shapes weigh of a count.
fn about(logs: &[f64], count: usize) -> [f64; 3] {
    [logs[count], logs[count] * logs[count], count as f64]
}

fn dot(one: [f64; 3], other: [f64; 3]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// All shapes, each as likely as the others.
pub struct People {
    pub shapes: Vec<Shape>,
    logs: Vec<f64>,
}

impl People {
    pub fn new() -> Self {
        let logs: Vec<f64> = (0..=MOST).map(|count| (count.max(1) as f64).ln()).collect();
        let mut by = Vec::new();
        for step in 0..16 {
            let (ln_median, mean) = (1.25_f64.ln() * f64::from(step) + 0.4, 1.25_f64.powi(step) + 1.0);
            for sigma in [0.5, 0.75, 1.0, 1.25, 1.5] {
                let narrow = 1.0 / (2.0 * sigma * sigma);
                by.push([2.0 * ln_median * narrow - 1.0, -narrow, 0.0]);
            }
            // The log-series of about that mean.
            by.push([-1.0, 0.0, (1.0 - 1.0 / (mean * mean.ln().max(1.0) + 1.0)).ln()]);
        }
        by.extend([1.2, 1.4, 1.6, 1.8, 2.0, 2.2].map(|exponent| [-exponent, 0.0, 0.0]));
        Self { shapes: by.into_iter().map(|by| Shape::new(by, &logs)).collect(), logs }
    }

    pub fn shape(&self, random: &mut Random) -> usize {
        random.below(self.shapes.len())
    }

    /// A shape, each as often as counts say that it is theirs.
    pub fn likely_shape(&self, counts: &[u32], random: &mut Random) -> usize {
        let logs = self.logs(counts);
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = logs.iter().map(|log| (log - most).exp()).collect();
        let mut at = random.unit() * weights.iter().sum::<f64>();
        let found = weights.iter().position(|weight| {
            at -= weight;
            at < 0.0
        });
        found.unwrap_or(0)
    }

    pub fn month(&self, shape: usize, posters: usize, random: &mut Random) -> Vec<u32> {
        (0..posters).map(|_| self.shapes[shape].draw(random)).collect()
    }

    /// The logarithm of a count's probability.
    pub fn log(&self, shape: usize, count: u32) -> f64 {
        let shape = &self.shapes[shape];
        dot(shape.by, about(&self.logs, count as usize)) - shape.norm
    }

    /// The logarithm of the probability of counts, by shape.
    pub fn logs(&self, counts: &[u32]) -> Vec<f64> {
        let sums = counts.iter().fold([0.0; 3], |mut sums, count| {
            sums.iter_mut().zip(about(&self.logs, *count as usize)).for_each(|(sum, part)| *sum += part);
            sums
        });
        self.shapes.iter().map(|shape| dot(shape.by, sums) - shape.norm * counts.len() as f64).collect()
    }
}

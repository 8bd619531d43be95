//! What came of many attacks.

use super::chain::Belief;

/// Attacks of one kind, each on some counts of one month.
#[derive(Default)]
pub struct Attacks {
    pub months: usize,
    /// Months in which one of the counts is pinned.
    pub pinned: usize,
    /// How far the first count of each month stays open.
    open_by: Vec<f64>,
}

impl Attacks {
    pub fn add(&mut self, beliefs: &[Belief]) {
        self.months += 1;
        self.pinned += usize::from(beliefs.iter().any(Belief::pinned));
        self.open_by.push(beliefs[0].open_by());
    }

    pub fn merge(mut self, other: Self) -> Self {
        self.months += other.months;
        self.pinned += other.pinned;
        self.open_by.extend(other.open_by);
        self
    }

    /// The part of the months in which somebody is pinned.
    pub fn rate(&self) -> f64 {
        self.pinned as f64 / self.months as f64
    }

    /// So far the first count stays open in all but such a part of the months.
    pub fn open_in_all_but(&self, part: f64) -> f64 {
        let mut open_by = self.open_by.clone();
        open_by.sort_unstable_by(f64::total_cmp);
        open_by[((open_by.len() - 1) as f64 * part) as usize]
    }

    pub fn print(&self, what: &str) {
        println!(
            "{what:<58} pinned {:>5} of {:>6} ({:>5.2} %), open by ±{:.0} % (median), ±{:.0} % (all but 5 %)",
            self.pinned,
            self.months,
            self.rate() * 100.0,
            self.open_in_all_but(0.5) * 100.0,
            self.open_in_all_but(0.05) * 100.0,
        );
    }
}

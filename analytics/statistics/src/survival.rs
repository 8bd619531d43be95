//! How long things last, where some were not seen to end.

use crate::samples::Z;

/// One step of a survival curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// When.
    pub time: f64,
    /// How many were still under observation just before.
    pub at_risk: u64,
    /// To how many it happened.
    pub events: u64,
    /// The share to whom it has not happened after this.
    pub survival: f64,
    /// The 95 % band of `survival`: Greenwood's variance (1926), on the scale of log(−log S) so that it stays within 0
    /// and 1. `None` where the curve is at 0.
    pub band: Option<[f64; 2]>,
}

/// The Kaplan–Meier curve (1958) of durations, `true` where the event was seen and `false` where observation ended.
pub fn kaplan_meier(durations: &[(f64, bool)]) -> Vec<Step> {
    let mut sorted = durations.to_vec();
    sorted.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut survival, mut greenwood, mut steps, mut from) = (1.0, 0.0, Vec::new(), 0);
    while let Some((time, _)) = sorted.get(from).copied() {
        let ties = sorted[from..].iter().take_while(|(other, _)| *other == time).count();
        let events = sorted[from..from + ties].iter().filter(|(_, seen)| *seen).count() as u64;
        let at_risk = (sorted.len() - from) as u64;
        if events > 0 {
            survival *= 1.0 - events as f64 / at_risk as f64;
            greenwood += events as f64 / (at_risk as f64 * (at_risk - events) as f64);
            steps.push(Step { time, at_risk, events, survival, band: log_log_band(survival, greenwood) });
        }
        from += ties;
    }
    steps
}

/// The band around a survival, given the sum in Greenwood's formula.
fn log_log_band(survival: f64, greenwood: f64) -> Option<[f64; 2]> {
    if survival <= 0.0 {
        return None;
    }
    let spread = (Z * greenwood.sqrt() / survival.ln().abs()).exp();
    Some([survival.powf(spread), survival.powf(1.0 / spread)])
}

/// One half, and what products of many shares may be above it by rounding.
const HALF: f64 = 0.5 + 1e-12;

/// The first time at which the curve is at or below one half, or `None` where it never is.
pub fn median_survival(curve: &[Step]) -> Option<f64> {
    curve.iter().find(|step| step.survival <= HALF).map(|step| step.time)
}

/// The 95 % interval of [`median_survival`] (Brookmeyer and Crowley 1982): from where the lower end of the band is at
/// or below one half to where the upper end is. `None` where either never is.
pub fn median_survival_interval(curve: &[Step]) -> Option<[f64; 2]> {
    let first = |end: fn([f64; 2]) -> f64| {
        let reached = |step: &&Step| step.band.map_or(0.0, end) <= HALF;
        curve.iter().find(reached).map(|step| step.time)
    };
    Some([first(|[low, _]| low)?, first(|[_, high]| high)?])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::close;

    #[test]
    fn survival_agrees_with_gold() {
        let durations: Vec<_> = [0, 0, 5, 12, 12, 30, 45, 45, 60, 90]
            .into_iter()
            .zip([1, 1, 1, 1, 0, 1, 0, 1, 0, 0])
            .map(|(days, event)| (f64::from(days), event == 1))
            .collect();
        let curve = kaplan_meier(&durations);
        let shown: Vec<_> = curve.iter().map(|step| (step.time, step.at_risk, step.events)).collect();
        assert_eq!(shown, [(0.0, 10, 2), (5.0, 8, 1), (12.0, 7, 1), (30.0, 5, 1), (45.0, 4, 1)]);
        for (step, survival) in curve.iter().zip([0.8, 0.7, 0.6, 0.48, 0.36]) {
            close(step.survival, survival);
        }
        assert_eq!(median_survival(&curve), Some(30.0));
    }

    #[test]
    fn half_of_the_people_is_half_however_it_is_rounded() {
        for people in (2..=60).step_by(2) {
            let one_after_the_other: Vec<(f64, bool)> = (1..=people).map(|day| (f64::from(day), true)).collect();
            assert_eq!(
                median_survival(&kaplan_meier(&one_after_the_other)),
                Some(f64::from(people / 2)),
                "of {people}"
            );
        }
    }

    #[test]
    fn the_band_of_survival_agrees_with_the_formula_worked_out_by_hand() {
        let curve = kaplan_meier(&[(0.0, true), (0.0, true), (5.0, true), (12.0, false), (30.0, true)]);
        // After the first step: S = 3/5, Greenwood's sum 2/(5*3).
        let [low, high] = curve[0].band.unwrap();
        close(low, 0.125_730_182_994_431_4);
        close(high, 0.881_756_407_393_532_2);
        assert_eq!(curve[2].survival, 0.0);
        assert_eq!(curve[2].band, None);
        assert_eq!(median_survival_interval(&curve), Some([0.0, 30.0]));
        assert_eq!(median_survival_interval(&[]), None);
    }
}

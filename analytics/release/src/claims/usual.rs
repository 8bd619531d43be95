//! What is usual, and how far from it chance alone goes.

use hearth_shared::report::Usual;
use statrs::distribution::{ContinuousCDF as _, Normal, StudentsT};

use super::scale::Kind;

/// How many months the scatter of other communities counts for.
const PRIOR_FREEDOM: f64 = 6.0;
/// The place below which a normal number lies four times in five.
const FOUR_IN_FIVE: f64 = 0.841_621_233_572_914_3;
/// What lies outside a usual range.
const OUTSIDE_RANGE: f64 = 0.1;

/// Past months of a measure: their centre, and the scatter around it.
#[derive(Clone, Copy, Debug)]
pub struct Past {
    kind: Kind,
    /// The mean of the months, on the measure's scale.
    pub centre: f64,
    variance: f64,
    freedom: f64,
    months: usize,
}

impl Past {
    /// `past`: months on the scale of `kind`, oldest first; `size` as for [`Kind::prior_variance`]. `None` where there are
    /// fewer than `least` (at least two).
    ///
    /// The scatter comes from the differences of neighbours (von Neumann 1941), so that growth is not taken for scatter,
    /// and is drawn towards that of other communities as with a scaled inverse χ² prior.
    pub fn fit(kind: Kind, past: &[f64], size: f64, least: usize) -> Option<Self> {
        if past.len() < least.max(2) {
            return None;
        }
        let months = number(past.len());
        let centre = past.iter().sum::<f64>() / months;
        let squares: f64 = past.windows(2).map(|pair| (pair[1] - pair[0]).powi(2)).sum();
        let own_variance = squares / (2.0 * (months - 1.0));
        let own_freedom = 2.0 * (months - 1.0) / 3.0;
        let freedom = PRIOR_FREEDOM + own_freedom;
        let prior = kind.prior_variance(centre, size);
        let variance = (PRIOR_FREEDOM * prior + own_freedom * own_variance) / freedom;
        Some(Self { kind, centre, variance, freedom, months: past.len() })
    }

    /// The standard error of the difference between `months` months and the usual.
    fn error(&self, months: usize) -> f64 {
        (self.variance * (1.0 / number(months) + 1.0 / number(self.months))).sqrt()
    }

    /// How far from the usual the mean of `months` months is by chance, all but `alpha` of times.
    pub fn half_width(&self, months: usize, alpha: f64) -> f64 {
        t_quantile(self.freedom, alpha) * self.error(months)
    }

    /// Whether a halving would show at least four times in five.
    pub fn shows_halving(&self, months: usize, alpha: f64) -> bool {
        self.kind.halving(self.centre) >= self.half_width(months, alpha) + FOUR_IN_FIVE * self.error(months)
    }

    /// How often a halving would show, 0 to 1.
    pub fn power(&self, months: usize, alpha: f64) -> f64 {
        let beyond = self.kind.halving(self.centre) - self.half_width(months, alpha);
        Normal::standard().cdf(beyond / self.error(months))
    }

    /// The usual value and its range, within which nine months of ten lie.
    pub fn usual(&self) -> Usual {
        let wide = t_quantile(self.freedom, OUTSIDE_RANGE) * (self.variance * (1.0 + 1.0 / number(self.months))).sqrt();
        Usual {
            value: self.kind.unscaled(self.centre),
            range: [self.centre - wide, self.centre + wide].map(|place| self.kind.unscaled(place)),
            months: u32::try_from(self.months).unwrap_or(u32::MAX),
        }
    }
}

/// What a number of Student's t distribution lies beyond, in either direction, `alpha` of times.
fn t_quantile(freedom: f64, alpha: f64) -> f64 {
    // The only error is a freedom that is not above 0; [`PRIOR_FREEDOM`] is.
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::INFINITY, |t| t.inverse_cdf(1.0 - alpha / 2.0))
}

/// A number of months as a number.
pub fn number(months: usize) -> f64 {
    u32::try_from(months).map_or(f64::INFINITY, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        let expected = [
            (20.0 / 3.0, 0.005, 4.112_460_205_158_364),
            (40.0 / 3.0, 0.005, 3.355_972_539_843_196_3),
            (40.0 / 3.0, 0.01, 2.999_791_929_277_76),
            (40.0 / 3.0, 0.1, 1.767_553_887_506_459_4),
            (1.0, 0.5, 1.0),
        ];
        for (freedom, alpha, quantile) in expected {
            let got = t_quantile(freedom, alpha);
            assert!((got / quantile - 1.0).abs() < 1e-12, "{freedom} {alpha}: {got}");
        }
    }

    #[test]
    fn four_times_in_five_is_where_power_says_so() {
        let steady = [12.0_f64, 11.0, 13.0, 12.0, 10.0, 12.0].map(f64::ln);
        for size in [12.0, 25.0, 50.0, 100.0_f64] {
            let past = steady.map(|month| month + (size / 12.0).ln());
            let past = Past::fit(Kind::People, &past, size, 3).unwrap();
            assert_eq!(past.shows_halving(3, 0.01), past.power(3, 0.01) >= 0.8, "{size}");
        }
        assert!(Past::fit(Kind::People, &steady, 12.0, 7).is_none());
    }
}

//! Plain statistics of plain values: intervals of proportions, quantiles.

/// The normal quantile of a two-sided 95 % interval.
pub const Z: f64 = 1.959_963_984_540_054;

/// A value to so many decimals: what more would say is about fewer people than it seems.
pub fn rounded(value: f64, decimals: i32) -> f64 {
    let whole = 10_f64.powi(decimals);
    (value * whole).round() / whole
}

/// The Wilson 95 % interval of `part` in `whole` (Wilson 1927), or `None` where `whole` is 0.
pub fn wilson(part: u64, whole: u64) -> Option<[f64; 2]> {
    if whole == 0 {
        return None;
    }
    let (n, p) = (whole as f64, part as f64 / whole as f64);
    let centre = p + Z * Z / (2.0 * n);
    let spread = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    let low = if part == 0 { 0.0 } else { ((centre - spread) / scale).max(0.0) };
    let high = if part == whole { 1.0 } else { ((centre + spread) / scale).min(1.0) };
    Some([low, high])
}

/// The `q`-quantile of ascending values, linear between neighbours (type 7), or `None` of nothing.
pub fn quantile(sorted: &[f64], q: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let at = q.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    let (low, high) = (*sorted.get(below)?, *sorted.get(above)?);
    Some(low + (high - low) * (at - at.floor()))
}

/// The `q`-quantile (type 7) of ascending values that occur `weights` times each, or `None` of nothing.
pub fn weighted_quantile(sorted: &[f64], weights: &[u32], q: f64) -> Option<f64> {
    let weights = weights.iter().map(|weight| u64::from(*weight));
    weighted_quantile_from(sorted, weights.clone(), q, weights.sum(), 0)
}

/// The same where the sum of all weights is `total`, and values with a sum of `skipped`, none greater than `sorted`'s,
/// were left out before; `None` where the quantile lies among those.
pub fn weighted_quantile_from(
    sorted: &[f64],
    weights: impl Iterator<Item = u64>,
    q: f64,
    total: u64,
    skipped: u64,
) -> Option<f64> {
    let at = q.clamp(0.0, 1.0) * total.checked_sub(1)? as f64;
    let (below, above) = (at.floor() as u64, at.ceil() as u64);
    if skipped > below {
        return None;
    }
    let (mut seen, mut low) = (skipped, None);
    for (value, weight) in sorted.iter().zip(weights) {
        seen += weight;
        if low.is_none() && seen > below {
            low = Some(*value);
        }
        if let (Some(low), true) = (low, seen > above) {
            return Some(low + (value - low) * (at - at.floor()));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::close;

    #[test]
    fn wilson_agrees_with_gold() {
        assert_eq!(wilson(0, 0), None);
        for (part, whole, low, high) in [
            (0, 5, 0.0, 0.434_482_464_783_174_76),
            (1, 1, 0.206_549_314_377_237_45, 1.0),
            (3, 10, 0.107_791_267_406_300_99, 0.603_221_852_538_854_6),
            (5, 5, 0.565_517_535_216_825_1, 1.0),
            (81, 263, 0.255_288_519_878_274_2, 0.366_209_576_982_800_04),
        ] {
            let [l, h] = wilson(part, whole).unwrap();
            close(l, low);
            close(h, high);
        }
    }

    #[test]
    fn quantiles_are_linear() {
        let x = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0];
        for (q, value) in [(0.1, 1.6), (0.25, 3.0), (0.5, 8.0), (0.75, 24.0), (0.9, 44.8)] {
            close(quantile(&x, q).unwrap(), value);
        }
        assert_eq!(quantile(&[], 0.5), None);
    }

    proptest! {
        #[test]
        fn a_proportion_lies_in_its_interval(whole in 1u64..5000, share in 0.0f64..=1.0) {
            let part = (whole as f64 * share) as u64;
            let [low, high] = wilson(part, whole).unwrap();
            let p = part as f64 / whole as f64;
            prop_assert!(0.0 <= low && low <= p && p <= high && high <= 1.0);
        }

        #[test]
        fn weights_repeat_values(values in prop::collection::vec((0.0f64..100.0, 0u32..4), 1..20), q in 0.0f64..=1.0) {
            let mut values = values;
            values.sort_by(|a, b| a.0.total_cmp(&b.0));
            let repeated: Vec<f64> =
                values.iter().flat_map(|(value, times)| std::iter::repeat_n(*value, *times as usize)).collect();
            let (sorted, weights): (Vec<f64>, Vec<u32>) = values.into_iter().unzip();
            prop_assert_eq!(weighted_quantile(&sorted, &weights, q), quantile(&repeated, q));
        }
    }
}

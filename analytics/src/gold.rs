//! The hand-made log of the definitions, and its raw measures: nobody's interpretation of a formula survives here.

/// Asserts agreement to 12 significant digits.
#[track_caller]
pub fn close(value: f64, expected: f64) {
    let scale = expected.abs().max(1e-3);
    assert!((value - expected).abs() <= 1e-12 * scale, "{value} is not {expected}");
}

//! What measures are made of that is no query over a table: plain functions of plain numbers, which know nothing of logs,
//! people or months.

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a test may fail"))]

pub mod bootstrap;
pub mod diversity;
pub mod network;
pub mod samples;
pub mod survival;

/// Asserts agreement to 12 significant digits.
#[cfg(test)]
#[track_caller]
fn close(value: f64, expected: f64) {
    let scale = expected.abs().max(1e-3);
    assert!((value - expected).abs() <= 1e-12 * scale, "{value} is not {expected}");
}

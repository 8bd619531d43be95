//! What may be said of a release beside earlier ones.
//!
//! Everything here follows from releases alone, so it gives away nothing that they do not. The rules are few, because
//! every comparison is a chance to be wrong, and a page that cries wolf is not read:
//!
//! - four measures are compared ([`JUDGED`](hearth_shared::report::JUDGED)), a month and a quarter each
//!   ([`changes`]), with small α, against the up to twelve releases before;
//! - the scatter of a community is estimated from its own months and drawn towards what other communities show;
//! - months that are not kept, or in which the log was not being written for more than one hour of twenty, are gaps, and months of another scope or method are not compared;
//! - a month's verdict is not told twice running.
//!
//! `tests/calibration.rs` counts what that says of communities in which nothing changes.

mod changes;
mod experiment;
mod history;
mod notice;
mod scale;
mod suggestions;
mod usual;

pub use changes::{Change, Changes, changes, marks};
pub use experiment::{Trial, experiment, trial};
pub use notice::notice;
pub use suggestions::{Suggestion, suggestions};

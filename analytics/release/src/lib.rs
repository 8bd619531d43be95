//! What may leave the worker, and what may be said of it.
//!
//! [`policy`] and [`shares`] turn exact values ([`raw`]) into releases: they are the only place that decides which number
//! about people is published, and how coarsely. [`frozen`] keeps releases as files that are never written again.
//! [`claims`] compares releases, and knows nothing but them. Nothing here reads a log or a table.

pub mod assembly;
pub mod claims;
pub mod frozen;
pub mod policy;
pub mod raw;
pub mod shares;

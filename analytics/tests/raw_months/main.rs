//! Raw months and quarters: as a reference has them, as a plain reading of the rules has them, and the same with an archive.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod gold;
mod lab;
mod plain;
mod random;

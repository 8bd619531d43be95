//! Whoever knows every number that was ever published, and how it was made, must not learn how much one person wrote.
//!
//! *Pinned* is somebody whose count the adversary knows to less than a quarter up and down and less than three messages,
//! in nine cases of ten ([`chain::Belief::pinned`]). `README.md` has the figures of a long run. That run is this one with
//! more communities: `HEARTH_ADVERSARY=10000 cargo test -p hearth-release --test adversary -- --nocapture`.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "small counts"
)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]
#![expect(clippy::print_stdout, reason = "a long run prints its table")]

mod bands;
mod bound;
mod chain;
mod enumerate;
mod habits;
mod leaving;
mod neighbours;
mod people;
mod random;
mod seen;
mod table;
mod teeth;
mod year;

/// How many communities are attacked: few in every run, many where the environment says so.
fn communities() -> usize {
    std::env::var("HEARTH_ADVERSARY").map_or(1000, |count| count.parse().unwrap())
}

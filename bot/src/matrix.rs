//! The only part of Hearth that knows matrix-sdk: the client, what comes in, and what goes out.

pub mod backoff;
pub mod client;
mod gone;
pub mod intake;
mod invitation;
mod joins;
mod keys;
mod members;
pub mod outbox;
pub mod rooms;
mod sessions;
pub mod upgrades;

pub use client::{Matrix, MatrixError};

//! End to end: everything that needs a real homeserver. One binary, so that it is linked once.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails there")]

mod ballots;
mod between_two;
mod bridges;
mod bytes;
mod ciphertext;
mod crashes;
mod crossings;
mod day;
mod deliveries;
mod encrypted;
mod encrypted_rooms;
mod history;
mod lab;
mod limits;
mod losses;
mod members;
mod mistakes;
mod reports;
mod retros;
mod rooms;
mod stage;
mod strangers;
mod three;
mod twin;
mod upgrades;

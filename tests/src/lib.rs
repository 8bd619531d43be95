//! The lab: everything that a test, the demo or a bench needs around Hearth, and nothing of Hearth itself.
//!
//! - [`python`] installs a real homeserver and an independent client into a private virtual environment;
//! - [`synapse`] runs that homeserver on loopback, and kills it on request;
//! - [`member`] is a person: a small client of the bare protocol;
//! - [`history`] invents two years of a community, [`replay`] sends them to the homeserver with their own timestamps;
//! - [`nio`] drives matrix-nio, which shares no code with Hearth, as a second opinion;
//! - [`duplicating_proxy`] stands before that homeserver and delivers every event three times, [`denial`] denies what
//!   it did;
//! - [`day`] and [`crowd`] are lived through by the bot, and say whether anything was lost;
//! - [`echo`] and [`scripted_homeserver`] are what the benches compare with and feed from.
//!
//! Everything stays on 127.0.0.1, every wait has an end, and what was started ends with whoever started it.

pub mod bench;
pub mod bot;
#[cfg(test)]
mod circles;
pub mod content;
pub mod crowd;
pub mod day;
pub mod demo;
pub mod denial;
pub mod duplicating_proxy;
pub mod echo;
pub mod heard;
pub mod history;
pub mod http;
mod http_server;
pub mod member;
pub mod nio;
pub mod programs;
pub mod python;
pub mod replay;
pub mod scripted_homeserver;
pub mod synapse;

//! Importing as its callers see it: an export on disk, a log afterwards, and sentences where something is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_input;
mod community;
mod csv;
mod csv_of_programs;
mod discord;
mod discourse;
mod element;
mod fuzz;
mod irc;
mod lab;
mod losses;
mod mail;
mod mattermost;
mod people;
mod private;
mod rocketchat;
mod slack;
mod slack_folders;
mod spelling;
mod teams;
mod telegram;
mod zulip;

//! Importing as its callers see it: an export on disk, a log afterwards, and sentences where something is wrong.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod bad_input;
mod csv;
mod csv_of_programs;
mod discord;
mod element;
mod fuzz;
mod lab;
mod mattermost;
mod people;
mod private;
mod slack;
mod slack_folders;
mod spelling;
mod telegram;
mod zulip;

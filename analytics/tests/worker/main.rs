//! The worker as its callers see it: a log on disk, a command line, JSON and files, and sentences when it cannot.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod acts;
mod digits;
mod lab;
mod measures;
#[cfg(unix)]
mod modes;
mod quiet;
mod releases;
mod sentences;

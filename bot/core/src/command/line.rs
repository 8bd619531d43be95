//! What a line turned out to be.

use clap::ArgMatches;

use crate::index::PracticeIndex;

/// What a message that begins with the prefix (or stands in a direct room) turned out to be.
#[derive(Debug)]
pub enum Line {
    /// A command of this practice.
    Command(PracticeIndex, ArgMatches),
    /// A mistake; the text says what was wrong and what to do.
    Mistake(String),
}

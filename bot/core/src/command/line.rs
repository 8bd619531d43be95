//! What a line turned out to be.

use clap::ArgMatches;

/// What a message that begins with the prefix (or stands in a direct room) turned out to be.
#[derive(Debug)]
pub enum Line {
    /// A command of the practice at this place of the catalogue.
    Command(usize, ArgMatches),
    /// A mistake; the text says what was wrong and what to do.
    Mistake(String),
}

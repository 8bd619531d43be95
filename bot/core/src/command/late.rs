//! Commands that are found a long time after they were given: the bot was down, or the key of an encrypted message came
//! late. By then the room has moved on, and a poll that opens out of nothing helps nobody.

use jiff::{SignedDuration, Timestamp};

use super::line::Line;
use crate::{catalogue::Catalogue, community::Community, id::UserId, words::Words};

/// How old a command may be to be carried out, unless its practice says that it lasts.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// Whether a line that was written at `said` is found too late to be acted on.
pub fn is_too_late(practices: &Catalogue, line: &Line, said: Timestamp, now: Timestamp) -> bool {
    let lasts = match line {
        Line::Command(practice, command) => {
            command.subcommand_name().is_some_and(|verb| practices[*practice].lasting.contains(&verb))
        }
        Line::Mistake(_) => false,
    };
    now.duration_since(said) > LASTS && !lasts
}

/// The sentence with which such a line of somebody's is answered.
pub fn too_late(words: &Words, community: &Community, who: &UserId, said: Timestamp) -> String {
    words.command_too_late(community.moment_for(who, said, words))
}

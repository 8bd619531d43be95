//! Commands that are found a long time after they were given: the bot was down, or the key of an encrypted message came
//! late. By then the room has moved on, and a poll that opens out of nothing helps nobody.

use clap::ArgMatches;
use jiff::{SignedDuration, Timestamp};

use super::Line;
use crate::{Community, Words};

/// How old a command may be to be carried out.
const LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What is done however late it is found. Whoever withdrew has withdrawn: a promise of privacy does not lapse because
/// the bot was away. `opt-in` is none of them, for it may have been taken back since. Votes by word are judged by their
/// practices, which know until when they count.
const LASTING: [&str; 4] = ["opt-out", "forget-me", "vote", "dots"];

/// Whether a line that was written at `said` is found too late to be acted on.
pub fn is_too_late(line: &Line, said: Timestamp, now: Timestamp) -> bool {
    let lasting = |matches: &ArgMatches| matches.subcommand_name().is_some_and(|verb| LASTING.contains(&verb));
    let lasts = matches!(line, Line::Command(_, matches) if lasting(matches));
    now.duration_since(said) > LASTS && !lasts
}

/// The sentence with which such a line is answered.
pub fn too_late(words: &Words, community: &Community, said: Timestamp) -> String {
    let said = said.to_zoned(community.zone.clone());
    words.command_too_late(said.strftime("%Y-%m-%d, %H:%M").to_string(), said.strftime("%Z").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::parse;

    #[test]
    fn a_day_later_only_what_withdraws_and_votes_are_taken() {
        let said = Timestamp::UNIX_EPOCH;
        let late = |text: &str, hours| {
            let line = parse(text, true, "!hearth", Words::english()).unwrap();
            is_too_late(&line, said, said + SignedDuration::from_hours(hours))
        };
        for text in ["poll close", "action @ana:t tidy up by friday", "opt-in", "my-data", "dnace", ""] {
            assert!(!late(text, 24) && late(text, 25), "{text}");
        }
        for text in ["opt out", "forget-me yes", "vergiss-mich", "vote 2", "stimme 2", "dots 1:2"] {
            assert!(!late(text, 24 * 30), "{text}");
        }
        assert!(!late("poll close", -1), "a clock that is ahead");
    }
}

//! A command to copy: as somebody wrote it, with what was wrong put right.

use super::{
    interface::{Command, Settings},
    rhythm::RhythmMistake,
    text::written,
};
use crate::{
    Ctx, Invocation,
    schedule::{LocalTime, Rhythm},
    spelling::shown,
    words::{is_unseen, quoted},
};

/// How long a command may be that is given back, in characters: whoever wrote more than this copies an example.
const LONGEST: usize = 200;

/// What is said where only the time of day is wrong in `part` of a command; `None` where it is something else.
pub(super) fn clock(
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    part: &str,
    mistake: &RhythmMistake,
) -> Option<String> {
    let RhythmMistake::Clock { wrong, meant } = mistake else { return None };
    let at = meant.time().unwrap_or(LocalTime::hour(10));
    let last = part.split_whitespace().next_back().unwrap_or_default();
    Some(match wrong.as_str() {
        "" => ctx.words.meetings_no_clock(days(ctx, *meant), command(ctx, invocation, last, &format!("{last} {at}"))),
        wrong => {
            let command = command(ctx, invocation, wrong, &at.to_string());
            ctx.words.meetings_wrong_clock(days(ctx, *meant), quoted(wrong), command)
        }
    })
}

/// The command that somebody gave, with `right` in the place of the words that are `wrong`.
pub(super) fn command(ctx: &Ctx<Settings>, invocation: &Invocation<Command>, wrong: &str, right: &str) -> String {
    let Command::Meeting { words } = &invocation.command;
    let plain = |word: &str| word.trim_matches(',').to_lowercase();
    let wrong: Vec<String> = wrong.split_whitespace().map(plain).collect();
    let mut said = vec![format!("{} {}", ctx.community.prefix, shown(ctx.words, "meetings", "meeting", ""))];
    let mut rest = words.as_slice();
    while let Some((first, after)) = rest.split_first() {
        let here = rest.get(..wrong.len()).unwrap_or_default();
        if !here.is_empty() && here.iter().map(|word| plain(word)).eq(wrong.iter().cloned()) {
            said.push(right.to_owned());
            rest = &rest[wrong.len()..];
            continue;
        }
        said.push(if first.contains(char::is_whitespace) { format!("\"{first}\"") } else { first.clone() });
        rest = after;
    }
    let said = said.join(" ");
    if said.chars().count() > LONGEST {
        return format!("{} {}", ctx.community.prefix, ctx.words.meetings_example());
    }
    // It stands between backticks.
    said.chars().map(|char| if char == '`' || char.is_control() || is_unseen(char) { '\'' } else { char }).collect()
}

/// The days of a rhythm, as a command says them: `every tuesday`.
fn days(ctx: &Ctx<Settings>, rhythm: Rhythm) -> String {
    let whole = written(ctx.words, rhythm);
    whole.rsplit_once(' ').map_or(whole.clone(), |(days, _)| days.to_owned())
}

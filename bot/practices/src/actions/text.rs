//! What is said about actions, put together from the words of the locale files.

use jiff::civil::Date;

use super::{
    command::Mistake,
    interface::Settings,
    state::{LONGEST, Numbered, today},
};
use crate::{
    Ctx, UserId,
    boards::due_in_words,
    schedule::{dates::DateError, wrong_day},
    spelling::shown,
    words::{escape, is_unseen, pill, quoted, spoken},
};

/// How many lines a list has at most.
const MOST_LINES: usize = 25;

/// The day as the log counts days.
pub(super) fn days_since_1970(day: Date) -> i64 {
    day.duration_since(jiff::civil::date(1970, 1, 1)).as_hours() / 24
}

/// `**4** · book the room · ana · by Fri 20 Nov`
pub(super) fn line(ctx: &Ctx<Settings>, (number, action): Numbered) -> String {
    let who = action.who.as_ref().map_or_else(|| ctx.words.actions_nobody(), pill);
    let mut parts = vec![format!("**{number}**"), escape(&action.what), who];
    parts.extend(action.due.map(|day| due_in_words(ctx.words, today(ctx), day)));
    parts.join(" · ")
}

/// What is said back when an action was noted.
pub(super) fn agreed(ctx: &Ctx<Settings>, (number, action): Numbered) -> String {
    let words = ctx.words;
    let prefix = &ctx.community.prefix;
    let mut parts = vec![words.actions_agreed(line(ctx, (number, action)))];
    match (&action.who, action.due) {
        (None, _) => parts.push(words.actions_hint_take(prefix, number)),
        (Some(_), None) => parts.push(words.actions_hint_date(prefix, number)),
        _ => {}
    }
    parts.join(" ")
}

/// What is open, the most urgent first.
pub(super) fn list(ctx: &Ctx<Settings>, all: &[Numbered], of: Option<&UserId>, direct: bool) -> String {
    let words = ctx.words;
    let is_theirs = |(_, action): &&Numbered| of.is_none() || action.who.as_ref() == of;
    let mut shown: Vec<Numbered> = all.iter().filter(is_theirs).copied().collect();
    shown.sort_by_key(|(number, action)| (action.due.is_none(), action.due, *number));
    let said = |text: String| spoken(&text, &ctx.community.prefix, direct);
    let mut parts = Vec::new();
    match (shown.is_empty(), of) {
        (true, None) => return said(words.actions_none()),
        (true, Some(_)) => parts.push(words.actions_none_mine()),
        (false, of) => {
            parts.push(if of.is_some() { words.actions_mine(shown.len()) } else { words.actions_open(shown.len()) });
            let lines: Vec<_> =
                shown.iter().take(MOST_LINES).map(|action| format!("- {}", line(ctx, *action))).collect();
            parts.push(lines.join("\n"));
        }
    }
    if shown.len() > MOST_LINES {
        parts.push(words.actions_more(shown.len() - MOST_LINES));
    }
    let others = all.len() - shown.len();
    if of.is_some() && others > 0 {
        parts.push(said(words.actions_others(others)));
    }
    parts.join("\n\n")
}

/// The private reminder of what somebody took on.
pub(super) fn reminder(ctx: &Ctx<Settings>, theirs: &[Numbered]) -> String {
    let words = ctx.words;
    let mut theirs = theirs.to_vec();
    theirs.sort_by_key(|(number, action)| (action.due, *number));
    let community = escape(&ctx.community.name);
    let lines: Vec<_> = theirs
        .iter()
        .map(|(number, action)| {
            let due = action.due.map(|day| due_in_words(ctx.words, today(ctx), day)).unwrap_or_default();
            format!("- **{number}** · {} · {due}", escape(&action.what))
        })
        .collect();
    let first = theirs.first().map_or(0, |(number, _)| *number);
    [words.actions_reminder(theirs.len(), community), lines.join("\n"), words.actions_reminder_how(first)].join("\n\n")
}

/// What the room is told of actions that somebody who has left had taken on.
pub(super) fn handed_back(ctx: &Ctx<Settings>, who: &UserId, theirs: &[Numbered]) -> String {
    let lines: Vec<_> = theirs.iter().map(|action| format!("- {}", line(ctx, *action))).collect();
    let first = theirs.first().map_or(0, |(number, _)| *number);
    let how = ctx.words.actions_handed_back_how(&ctx.community.prefix, first);
    [ctx.words.actions_handed_back(pill(who), theirs.len()), lines.join("\n"), how].join("\n\n")
}

/// That an action is closed already.
pub(super) fn closed(ctx: &Ctx<Settings>, number: u32, done: bool) -> String {
    if done { ctx.words.actions_is_done(number) } else { ctx.words.actions_is_dropped(number) }
}

/// How the practice's commands are written.
pub(super) fn help(ctx: &Ctx<Settings>, direct: bool) -> String {
    spoken(&ctx.words.find_attribute("actions", "help").unwrap_or_default(), &ctx.community.prefix, direct)
}

/// What is wrong, and what to do.
pub(super) fn mistake(ctx: &Ctx<Settings>, mistake: &Mistake) -> String {
    let words = ctx.words;
    let prefix = &ctx.community.prefix;
    match mistake {
        Mistake::NoNumber(verb) => words.actions_no_number(prefix, verb.as_str()),
        Mistake::NoDay(number) => words.actions_no_day(prefix, *number),
        Mistake::Day(error) => wrong_day(error, today(ctx), words),
        Mistake::Due(error @ (DateError::Unknown(_) | DateError::Unsure { .. })) => {
            format!("{} {}", wrong_day(error, today(ctx), words), words.actions_day_or_words())
        }
        Mistake::Due(error) => wrong_day(error, today(ctx), words),
        Mistake::Whom(name) => words.actions_unknown_person(quoted(name), prefix),
        Mistake::Whose(commands) => {
            let action = shown(words, "actions", "action", "");
            let lines: Vec<_> =
                commands.iter().map(|command| format!("- `{prefix} {action} {}`", whole(command))).collect();
            format!("{}\n\n{}", words.actions_whose(), lines.join("\n"))
        }
        Mistake::Stranger(who) => words.actions_stranger(pill(who)),
        Mistake::NoWhat => words.actions_no_what(prefix),
        Mistake::Long(length) => words.actions_long(*length, LONGEST),
    }
}

/// A command to copy, fit to stand between backticks.
fn whole(command: &str) -> String {
    let fit = |char: char| if char == '`' || char.is_control() || is_unseen(char) { '\'' } else { char };
    command.chars().take(LONGEST + 100).map(fit).collect()
}

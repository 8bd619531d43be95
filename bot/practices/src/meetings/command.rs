//! Reading `meeting` from what people type.

use super::{
    ics,
    interface::{Command, Meetings, Settings},
    live, plan,
    rhythm::{self, RhythmMistake},
    series::Series,
    skip,
    state::{Heard, SeriesAt},
    text, turns,
    which::find,
};
use crate::{
    Ctx, Effect, Invocation, Outgoing, Records, To, schedule::dates::weekday, spelling::shown, words::nearest,
};

type Answer = Vec<Effect>;

/// What can be done, by the words in which code speaks of it.
pub(super) const VERBS: [&str; 19] = [
    "new",
    "find",
    "can",
    "adopt",
    "list",
    "agenda",
    "skip",
    "move",
    "cancel",
    "volunteer",
    "unvolunteer",
    "swap",
    "here",
    "round",
    "next",
    "back",
    "end",
    "extend",
    "ics",
];

/// Does what somebody asks for.
pub(super) fn react(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Answer {
    let Command::Meeting { words } = &invocation.command;
    let verb = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let rest = words.get(1..).unwrap_or_default();
    if is_counted(&verb) && !records.get_or_default(Heard {}).is_some_and(|heard| heard.note(&invocation.source.event))
    {
        return Vec::new();
    }
    match verb.as_str() {
        "new" | "neu" => plan::new(records, ctx, invocation, rest),
        "list" | "liste" => vec![Effect::answer(invocation.source, text::list(ctx, records, invocation.source))],
        "agenda" | "tagesordnung" => with(records, ctx, invocation, rest, |ctx, series, _| {
            vec![Effect::answer(invocation.source, text::agenda(ctx, series))]
        }),
        "ics" | "kalender" | "calendar" => calendar(records, ctx, invocation, rest),
        "skip" | "ausfallen" | "aussetzen" => skip::skip(records, ctx, invocation, rest),
        "move" | "verschieben" => plan::move_one(records, ctx, invocation, rest),
        "cancel" | "absagen" | "beenden" => plan::cancel(records, ctx, invocation, rest),
        "volunteer" | "freiwillig" => turns::volunteer(records, ctx, invocation, rest),
        "unvolunteer" | "zurücktreten" => turns::unvolunteer(records, ctx, invocation, rest),
        "swap" | "tauschen" => turns::swap(records, ctx, invocation, rest),
        "here" | "present" | "da" | "anwesend" => live::here(records, ctx, invocation, rest),
        "round" | "runde" => live::round(records, ctx, invocation, rest),
        "next" | "weiter" => live::next_turn(records, ctx, invocation, rest),
        "back" | "zurück" => live::back(records, ctx, invocation, rest),
        "end" | "close" | "ende" | "schluss" => live::close(records, ctx, invocation, rest),
        "extend" | "verlängern" => live::extend(records, ctx, invocation, rest),
        "" | "--help" | "-h" | "help" | "hilfe" => {
            vec![Effect::answer(invocation.source, text::help(ctx, invocation.source.direct))]
        }
        day if rhythm::begins(day) || weekday(day).is_some() => {
            vec![Effect::answer(invocation.source, unnamed(ctx, words))]
        }
        _ => {
            let said = match nearest(&verb, VERBS) {
                Some(meant) => {
                    let meant = shown(ctx.words, "meetings", "meeting", meant);
                    ctx.words.meetings_unknown_verb_suggest(crate::words::quoted(&verb), &ctx.community.prefix, meant)
                }
                None => text::help(ctx, invocation.source.direct),
            };
            vec![Effect::answer(invocation.source, said)]
        }
    }
}

/// What is said to whoever begins with the rhythm: a meeting has a name.
fn unnamed(ctx: &Ctx<Settings>, words: &[String]) -> String {
    let rhythm = match rhythm::read(&words.join(" ")) {
        Ok(meant) | Err(RhythmMistake::Clock { meant, .. }) => meant,
        Err(RhythmMistake::NoTime | RhythmMistake::Shape) => return ctx.words.meetings_no_name(&ctx.community.prefix),
    };
    ctx.words.meetings_unnamed(text::written(ctx.words, rhythm), &ctx.community.prefix)
}

/// Whether what is asked for is another thing when it is asked for again: the meeting after the one that is skipped, say.
fn is_counted(verb: &str) -> bool {
    [
        "skip",
        "ausfallen",
        "aussetzen",
        "move",
        "verschieben",
        "swap",
        "tauschen",
        "round",
        "runde",
        "next",
        "weiter",
        "back",
        "zurück",
        "extend",
        "verlängern",
    ]
    .contains(&verb)
}

/// The series as a file for calendars, where it was asked for.
fn calendar(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Answer {
    with(records, ctx, invocation, words, |ctx, series, _| {
        let server = ctx.community.bot.as_str().split_once(':').map_or("hearth", |(_, server)| server);
        match ics::file(series, server, ctx.now) {
            Some(text) => vec![
                Outgoing::File {
                    to: To::reply(invocation.source),
                    name: format!("{}.ics", file_name(&series.name)),
                    mime: "text/calendar".to_owned(),
                    text,
                }
                .send(),
            ],
            None => {
                vec![Effect::answer(invocation.source, ctx.words.meetings_no_more(crate::words::escape(&series.name)))]
            }
        }
    })
}

/// A name fit for a file on any machine.
fn file_name(name: &str) -> String {
    let plain: String =
        name.to_lowercase().chars().map(|char| if char.is_alphanumeric() { char } else { '-' }).take(40).collect();
    plain.trim_matches('-').to_owned()
}

/// What is said about one series, found by the words; what is left of them is passed on.
fn with(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
    say: impl Fn(&Ctx<Settings>, &Series, &[String]) -> Answer,
) -> Answer {
    match find(records, ctx, invocation.source, words) {
        Ok((id, rest)) => records.get(&SeriesAt { id }).map(|one| say(ctx, one, &rest)).unwrap_or_default(),
        Err(mistake) => vec![Effect::answer(invocation.source, mistake)],
    }
}

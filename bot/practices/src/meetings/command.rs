//! Reading `meeting` from what people type.

use super::{
    ics,
    interface::{Command, Meetings, Settings},
    live, plan,
    series::Series,
    state::{Heard, SeriesAt},
    text, turns,
    which::find,
};
use crate::{Asked, Ctx, Effect, Outgoing, Records, To, words::nearest};

type Answer = Vec<Effect>;

/// Does what somebody asks for.
pub(super) fn react(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, asked: &Asked<Command>) -> Answer {
    let Command::Meeting { words } = &asked.command;
    let verb = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let rest = words.get(1..).unwrap_or_default();
    if is_counted(&verb) && !records.get_or_default(Heard {}).is_some_and(|heard| heard.note(&asked.spot.event)) {
        return Vec::new();
    }
    match verb.as_str() {
        "new" | "neu" => plan::new(records, ctx, asked, rest),
        "list" | "liste" => vec![Effect::answer(asked.spot, text::list(ctx, records, asked.spot))],
        "agenda" | "tagesordnung" => with(records, ctx, asked, rest, |ctx, series, _| {
            vec![Effect::answer(asked.spot, text::agenda(ctx, series))]
        }),
        "ics" | "kalender" | "calendar" => calendar(records, ctx, asked, rest),
        "skip" | "ausfallen" | "aussetzen" => plan::skip(records, ctx, asked, rest),
        "move" | "verschieben" => plan::move_one(records, ctx, asked, rest),
        "cancel" | "absagen" | "beenden" => plan::cancel(records, ctx, asked, rest),
        "volunteer" | "freiwillig" => turns::volunteer(records, ctx, asked, rest),
        "unvolunteer" => turns::unvolunteer(records, ctx, asked, rest),
        "swap" | "tauschen" => turns::swap(records, ctx, asked, rest),
        "here" | "present" | "da" | "anwesend" => live::here(records, ctx, asked, rest),
        "round" | "runde" => live::round(records, ctx, asked, rest),
        "next" | "weiter" => live::next_turn(records, ctx, asked, rest),
        "end" | "close" | "ende" | "schluss" => live::close(records, ctx, asked, rest),
        "extend" | "verlängern" => live::extend(records, ctx, asked, rest),
        "" | "--help" | "-h" | "help" | "hilfe" => vec![Effect::answer(asked.spot, text::help(ctx, asked.spot.direct))],
        _ => {
            let verbs = [
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
                "end",
                "extend",
                "ics",
            ];
            let said = match nearest(&verb, verbs) {
                Some(meant) => {
                    ctx.words.meetings_unknown_verb_suggest(crate::words::quoted(&verb), &ctx.community.prefix, meant)
                }
                None => text::help(ctx, asked.spot.direct),
            };
            vec![Effect::answer(asked.spot, said)]
        }
    }
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
        "extend",
        "verlängern",
    ]
    .contains(&verb)
}

/// The series as a file for calendars, where it was asked for.
fn calendar(records: &Records<Meetings>, ctx: &Ctx<Settings>, asked: &Asked<Command>, words: &[String]) -> Answer {
    with(records, ctx, asked, words, |ctx, series, _| {
        let server = ctx.community.bot.as_str().split_once(':').map_or("hearth", |(_, server)| server);
        match ics::file(series, server, ctx.now) {
            Some(text) => vec![
                Outgoing::File {
                    to: To::reply(asked.spot),
                    name: format!("{}.ics", file_name(&series.name)),
                    mime: "text/calendar".to_owned(),
                    text,
                }
                .send(),
            ],
            None => vec![Effect::answer(asked.spot, ctx.words.meetings_no_more(crate::words::escape(&series.name)))],
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
    asked: &Asked<Command>,
    words: &[String],
    say: impl Fn(&Ctx<Settings>, &Series, &[String]) -> Answer,
) -> Answer {
    match find(records, ctx, asked.spot, words) {
        Ok((id, rest)) => records.get(&SeriesAt { id }).map(|one| say(ctx, one, &rest)).unwrap_or_default(),
        Err(mistake) => vec![Effect::answer(asked.spot, mistake)],
    }
}

//! Reading `meeting` from what people type, and which meeting they mean.

use super::{Command, LiveOf, Meetings, Series, SeriesAt, Settings, all, ics, live, plan, text, turns};
use crate::{Asked, Ctx, Effect, Outgoing, Records, Span, Spot, To, words::nearest};

type Answer = Vec<Effect>;

/// Does what somebody asks for.
pub(super) fn react(records: &mut Records<Meetings>, ctx: &Ctx<Settings>, asked: &Asked<Command>) -> Answer {
    let Command::Meeting { words } = &asked.command;
    let verb = words.first().map(|word| word.to_lowercase()).unwrap_or_default();
    let rest = words.get(1..).unwrap_or_default();
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

/// The series of which may be heard where somebody asks.
pub(super) fn heard_of<'a>(
    records: &'a Records<Meetings>,
    ctx: &Ctx<Settings>,
    spot: &Spot,
) -> impl Iterator<Item = &'a Series> {
    all(records).filter(|one| ctx.may_show(&one.room, spot))
}

/// The same as [`find`], for what only those do who are in the series' room; `lead` says whether leads do it from
/// anywhere.
pub(super) fn find_own(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    asked: &Asked<Command>,
    words: &[String],
    lead: bool,
) -> Result<(u32, Vec<String>), String> {
    let (id, rest) = find(records, ctx, asked.spot, words)?;
    match records.get(&SeriesAt { id }) {
        Some(series) if !(ctx.is_in(&series.room) || (lead && asked.lead)) => {
            Err(ctx.words.meetings_elsewhere(crate::words::escape(&series.name)))
        }
        _ => Ok((id, rest)),
    }
}

/// Which series is meant, and the words that are not its name: by name or number where they begin with one, by the
/// room otherwise. Where that leaves it open, the answer says which there are.
pub(super) fn find(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    spot: &Spot,
    words: &[String],
) -> Result<(u32, Vec<String>), String> {
    let mut known: Vec<&Series> = heard_of(records, ctx, spot).collect();
    if known.is_empty() {
        return Err(ctx.words.meetings_none(&ctx.community.prefix));
    }
    // The longest name first, so that "Design call" is not taken for "Design".
    known.sort_by_key(|one| (std::cmp::Reverse(one.name.len()), one.room != spot.room));
    for series in &known {
        let name: Vec<String> = series.name.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let said: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
        if !name.is_empty() && said.starts_with(&name) {
            let all: Vec<&str> = words.iter().flat_map(|word| word.split_whitespace()).collect();
            return Ok((series.id, all[name.len()..].iter().map(|&word| word.to_owned()).collect()));
        }
    }
    if let Some(number) = words.first().and_then(|word| word.strip_prefix('#')?.parse::<u32>().ok())
        && known.iter().any(|one| one.id == number)
    {
        return Ok((number, words[1..].to_vec()));
    }
    let quoted = words.first().filter(|word| word.contains(char::is_whitespace));
    let name = |series: &&Series| series.name.clone();
    if let Some(wrong) = quoted {
        let names: Vec<String> = known.iter().map(name).collect();
        let meant = nearest(wrong, names.iter().map(String::as_str)).map(str::to_owned);
        return Err(text::no_such(ctx, wrong, meant, &names));
    }
    let here: Vec<&&Series> = known.iter().filter(|one| one.room == spot.room).collect();
    let on: Vec<&&Series> = here.iter().copied().filter(|one| records.has(&LiveOf { series: one.id })).collect();
    let chosen = match (on.as_slice(), here.as_slice(), known.as_slice()) {
        ([one], _, _) | ([], [one], _) => one.id,
        ([], [], [one]) => one.id,
        _ => {
            let names: Vec<String> = known.iter().map(name).collect();
            return Err(text::which(ctx, &names));
        }
    };
    Ok((chosen, words.to_vec()))
}

/// A length of time that the words begin with: `90m`, `2 hours`.
pub(super) fn span(words: &[String]) -> Option<Span> {
    let first = words.first()?.to_lowercase();
    first.parse().ok().or_else(|| format!("{first} {}", words.get(1)?.to_lowercase()).parse().ok())
}

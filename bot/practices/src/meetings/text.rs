//! What is said about meetings, put together from the words of the locale files.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{
    agenda,
    interface::{Meetings, Settings},
    roles::Roles,
    series::{Occurrence, Series},
    state::{Live, heard_of},
};
use crate::{
    Ctx, MessageContext, Records, UserId, Words,
    schedule::{Nth, Rhythm, dates::DateError, spoken_date, weekday_name, zone_name},
    words::{escape, pill, quoted, spoken},
};

/// `Tue 13 Oct`.
pub(super) fn day(ctx: &Ctx<Settings>, day: Date) -> String {
    spoken_date(day, ctx.community.zone.to_datetime(ctx.now).date(), ctx.words)
}

/// `Tue 13 Oct, 10:00`, with its zone where that is not the community's, and what clocks show in the zones that leads
/// named.
pub(super) fn moment(ctx: &Ctx<Settings>, series: &Series, at: Timestamp) -> String {
    let zone = series.zone();
    let local = zone.to_datetime(at);
    let own = is_elsewhere(ctx, &series.zone).then(|| zone_name(&series.zone));
    let elsewhere = ctx.settings.zones.0.iter().filter(|name| **name != series.zone);
    let elsewhere = elsewhere.filter_map(|name| clock_in(ctx, name, at, local.date()));
    let zones: Vec<String> = own.into_iter().chain(elsewhere).collect();
    let clock = local.strftime("%H:%M").to_string();
    let moment = ctx.words.schedule_moment(day(ctx, local.date()), clock);
    if zones.is_empty() { moment } else { ctx.words.schedule_moment_zone(moment, zones.join(", ")) }
}

/// What a clock shows in a zone, with the day of the week where it is not `here`: `Wednesday 02:00 Asia/Tokyo`.
pub(super) fn clock_in(ctx: &Ctx<Settings>, name: &str, at: Timestamp, here: Date) -> Option<String> {
    let local = TimeZone::get(name).ok()?.to_datetime(at);
    let (clock, name) = (local.strftime("%H:%M"), zone_name(name));
    Some(match local.date() == here {
        true => format!("{clock} {name}"),
        false => format!("{} {clock} {name}", weekday_name(local.weekday(), ctx.words)),
    })
}

/// Whether a zone is not the community's.
pub(super) fn is_elsewhere(ctx: &Ctx<Settings>, zone: &str) -> bool {
    ctx.community.zone.iana_name().is_none_or(|home| home != zone)
}

/// `every Tuesday at 10:00`.
fn rhythm(ctx: &Ctx<Settings>, series: &Series) -> String {
    rhythm_of(ctx, series.rhythm)
}

/// `every Tuesday at 10:00`.
pub(super) fn rhythm_of(ctx: &Ctx<Settings>, rhythm: Rhythm) -> String {
    let words = ctx.words;
    let name = |on| weekday_name(on, words);
    match rhythm {
        Rhythm::Off => String::new(),
        Rhythm::Daily { at } => words.meetings_daily(at.to_string()),
        Rhythm::Weekdays { at } => words.meetings_weekdays(at.to_string()),
        Rhythm::Weekly { every: 1, on, at } => words.meetings_weekly(name(on), at.to_string()),
        Rhythm::Weekly { every, on, at } => words.meetings_every_weeks(u32::from(every), name(on), at.to_string()),
        Rhythm::Monthly { nth, on, at } => words.meetings_monthly(ordinal(words, nth), name(on), at.to_string()),
    }
}

/// A rhythm as it is written in a command: `every tuesday 10:00`.
pub(super) fn written(words: &Words, rhythm: Rhythm) -> String {
    let name = |on| weekday_name(on, words);
    match rhythm {
        Rhythm::Off => String::new(),
        Rhythm::Daily { at } => words.meetings_written_daily(at.to_string()),
        Rhythm::Weekdays { at } => words.meetings_written_weekdays(at.to_string()),
        Rhythm::Weekly { every: 1, on, at } => words.meetings_written_weekly(name(on), at.to_string()),
        Rhythm::Weekly { every, on, at } => words.meetings_written_weeks(u32::from(every), name(on), at.to_string()),
        Rhythm::Monthly { nth, on, at } => {
            words.meetings_written_monthly(ordinal(words, nth), name(on), at.to_string())
        }
    }
}

/// `first`, `last`: which of a month's days of the week.
pub(super) fn ordinal(words: &Words, nth: Nth) -> String {
    match nth {
        Nth::First => words.meetings_nth_first(),
        Nth::Second => words.meetings_nth_second(),
        Nth::Third => words.meetings_nth_third(),
        Nth::Fourth => words.meetings_nth_fourth(),
        Nth::Last => words.meetings_nth_last(),
    }
}

/// Who facilitates, and who takes notes.
pub(super) fn roles(ctx: &Ctx<Settings>, roles: &Roles) -> String {
    let who = |role: &Option<UserId>| role.as_ref().map_or_else(|| ctx.words.meetings_role_open(), pill);
    ctx.words.meetings_roles(who(&roles.facilitator), who(&roles.note_taker))
}

fn link(ctx: &Ctx<Settings>, series: &Series) -> Option<String> {
    series.link.as_ref().map(|link| ctx.words.meetings_link(link.as_str()))
}

fn joined(parts: impl IntoIterator<Item = Option<String>>) -> String {
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// What is said back when a series was planned.
pub(super) fn planned(ctx: &Ctx<Settings>, series: &Series) -> String {
    let first = series.next().map(|next| moment(ctx, series, next.start)).unwrap_or_default();
    ctx.words.meetings_planned(escape(&series.name), rhythm(ctx, series), first, &ctx.community.prefix)
}

/// Every series of which may be heard here, and when it next meets.
pub(super) fn list(ctx: &Ctx<Settings>, records: &Records<Meetings>, source: &MessageContext) -> String {
    let mut known: Vec<(Option<Timestamp>, &Series)> =
        heard_of(records, ctx, source).map(|one| (one.next().map(|next| next.start), one)).collect();
    known.sort_by_key(|(next, one)| (next.is_none(), *next, one.id));
    if known.is_empty() {
        return ctx.words.meetings_none(&ctx.community.prefix);
    }
    let lines: Vec<String> = known
        .into_iter()
        .map(|(next, one)| {
            let next = next.map(|next| moment(ctx, one, next)).unwrap_or_default();
            format!("- {}", ctx.words.meetings_list_line(escape(&one.name), rhythm(ctx, one), next))
        })
        .collect();
    lines.join("\n")
}

/// The agenda of the next meeting of a series.
pub(super) fn agenda(ctx: &Ctx<Settings>, series: &Series) -> String {
    let Some(next) = series.next() else { return ctx.words.meetings_no_more(escape(&series.name)) };
    let title = ctx.words.meetings_agenda_title(escape(&series.name), moment(ctx, series, next.start));
    let led = series.roles(next.date);
    let led = led.people().next().is_some().then(|| roles(ctx, &led));
    joined([Some(title), led, Some(agenda::read(ctx, &series.room).text(ctx, None))])
}

/// What those who lead a meeting are told before.
pub(super) fn asked_to_lead(
    ctx: &Ctx<Settings>,
    series: &Series,
    next: &Occurrence,
    roles: &Roles,
    who: &UserId,
) -> String {
    let (name, when) = (escape(&series.name), moment(ctx, series, next.start));
    let prefix = &ctx.community.prefix;
    if roles.facilitator.as_ref() == Some(who) {
        ctx.words.meetings_asked_to_facilitate(name, when, prefix)
    } else {
        ctx.words.meetings_asked_for_notes(name, when, prefix)
    }
}

/// What the room is told before a meeting.
pub(super) fn reminder(ctx: &Ctx<Settings>, series: &Series, next: &Occurrence, led: &Roles) -> String {
    let when = moment(ctx, series, next.start);
    let agenda = agenda::read(ctx, &series.room).text(ctx, None);
    let led = led.people().next().is_some().then(|| roles(ctx, led));
    joined([Some(ctx.words.meetings_soon(escape(&series.name), when)), led, link(ctx, series), Some(agenda)])
}

/// What the reminder becomes when the meeting has begun.
pub(super) fn begun(ctx: &Ctx<Settings>, series: &Series) -> String {
    ctx.words.meetings_begun(escape(&series.name))
}

/// The card of a meeting that is on.
pub(super) fn card(ctx: &Ctx<Settings>, series: &Series, end: Timestamp, led: &Roles, agenda: String) -> String {
    let until = series.zone().to_datetime(end).strftime("%H:%M").to_string();
    let title = ctx.words.meetings_on(escape(&series.name), until);
    let nobody = led.people().next().is_none();
    let led = if nobody { ctx.words.meetings_nobody_leads(&ctx.community.prefix) } else { roles(ctx, led) };
    let how = ctx.words.meetings_how(&ctx.community.prefix);
    joined([Some(title), link(ctx, series), Some(led), Some(agenda), Some(how)])
}

/// What was discussed in a meeting and what was agreed, in words.
pub(super) fn outcome(ctx: &Ctx<Settings>, series: &Series, live: &Live) -> Vec<String> {
    let discussed = agenda::discussed_in(ctx, &series.room, live.start);
    let agreed = agenda::agreed_in(ctx, &series.name_of(live.date));
    let mut parts = Vec::new();
    if !discussed.is_empty() {
        let lines: Vec<_> =
            discussed.iter().map(|topic| format!("- **{}** · {}", topic.number, escape(&topic.text))).collect();
        parts.extend([ctx.words.meetings_discussed(discussed.len()), lines.join("\n")]);
    }
    if !agreed.is_empty() {
        parts.extend([ctx.words.meetings_agreed(agreed.len()), agenda::lines(ctx, &agreed).join("\n")]);
    }
    parts
}

/// What the card becomes when the meeting is over.
pub(super) fn over(ctx: &Ctx<Settings>, series: &Series, live: &Live, outcome: &[String]) -> String {
    let when = moment(ctx, series, live.start);
    let over = ctx.words.meetings_over(escape(&series.name), when, live.here.len());
    joined(std::iter::once(over).chain(outcome.iter().cloned()).map(Some))
}

/// The last line in the thread of a meeting.
pub(super) fn closing(ctx: &Ctx<Settings>, series: &Series, live: &Live, outcome: Vec<String>) -> String {
    let mut parts = vec![Some(ctx.words.meetings_closing(live.here.len()))];
    if outcome.is_empty() {
        parts.push(Some(ctx.words.meetings_agreed_nothing()));
    }
    parts.extend(outcome.into_iter().map(Some));
    if let Some(next) = series.next() {
        let led = series.roles(next.date);
        let led = if led.people().next().is_some() { roles(ctx, &led) } else { String::new() };
        parts.push(Some(
            format!("{} {led}", ctx.words.meetings_next(moment(ctx, series, next.start))).trim().to_owned(),
        ));
    }
    joined(parts)
}

/// That there is no meeting of this name.
pub(super) fn no_such(ctx: &Ctx<Settings>, wrong: &str, meant: Option<String>, names: &[String]) -> String {
    match meant {
        Some(meant) => ctx.words.meetings_no_such_suggest(quoted(wrong), escape(&meant)),
        None => ctx.words.meetings_no_such(quoted(wrong), named(names)),
    }
}

/// That it is not clear which meeting is meant.
pub(super) fn which(ctx: &Ctx<Settings>, names: &[String]) -> String {
    ctx.words.meetings_which(named(names))
}

fn named(names: &[String]) -> String {
    let mut names = names.to_vec();
    names.sort();
    names.iter().map(|name| format!("“{}”", escape(name))).collect::<Vec<_>>().join(", ")
}

/// What is wrong with a day, and what would be right.
pub(super) fn wrong_day(ctx: &Ctx<Settings>, error: &DateError) -> String {
    crate::schedule::wrong_day(error, ctx.community.zone.to_datetime(ctx.now).date(), ctx.words)
}

/// How the practice's commands are written.
pub(super) fn help(ctx: &Ctx<Settings>, direct: bool) -> String {
    spoken(&ctx.words.find_attribute("meetings", "help").unwrap_or_default(), &ctx.community.prefix, direct)
}

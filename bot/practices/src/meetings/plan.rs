//! Planning: a new series, one meeting of it moved, the whole of it ended.

use std::iter::Peekable;

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

use super::{
    corrected,
    interface::{Command, Meetings, Settings},
    rhythm::{self, RhythmMistake, is_number, nearest_time},
    run,
    series::{Change, Occurrence, Series},
    state::{LastSeries, LiveOf, SeriesAt, all, heard_of},
    text, which,
};
use crate::{
    Ctx, Effect, Invocation, MessageContext, Records, Span,
    schedule::{
        self, Rhythm,
        dates::{self, DayTime},
    },
    words::{escape, quoted},
};

/// How many series a community may have.
const MOST_SERIES: usize = 50;
/// How long a name may be, in characters.
const LONGEST_NAME: usize = 80;
/// In how many more zones times are shown.
const MOST_ZONES: usize = 5;
/// How long a meeting may be.
const LONGEST_MEETING: Span = Span::hours(24);

/// What was asked for in words and options.
#[derive(Default)]
pub(super) struct Wanted {
    /// What is no option.
    pub words: Vec<String>,
    /// `--zone`
    pub zone: Option<String>,
    /// `--link`
    pub link: Option<String>,
    /// `--for`
    pub length: Option<Span>,
    /// `--from`
    pub from: Option<Date>,
    /// `--zones`, where a time is looked for.
    pub zones: Vec<String>,
    /// `--close`, where a time is looked for.
    pub close: Option<Span>,
}

/// A series that is to begin.
pub(super) struct Draft {
    pub name: String,
    pub rhythm: Rhythm,
    pub zone: String,
    pub link: Option<String>,
    pub length: Span,
    pub from: Option<Date>,
}

/// Whether a command has planned a series already, and is only told again.
pub(super) fn is_planned(records: &Records<Meetings>, source: &MessageContext) -> bool {
    all(records).any(|one| one.event == source.event)
}

pub(super) fn new(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    if is_planned(records, invocation.source) {
        return Vec::new();
    }
    let planned = draft(records, ctx, invocation, words).and_then(|draft| begin(records, ctx, invocation, draft));
    answered(invocation, planned)
}

/// Whether somebody may plan meetings here; what to tell them where not.
pub(super) fn may_plan(ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Result<(), String> {
    if invocation.source.direct {
        return Err(ctx.words.meetings_only_in_rooms());
    }
    if !ctx.settings.who_plans.allows(invocation.lead) {
        return Err(ctx.words.meetings_leads_only());
    }
    Ok(())
}

/// A name that a series can have.
pub(super) fn named(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    source: &MessageContext,
    words: &[String],
) -> Result<String, String> {
    let (say, prefix) = (ctx.words, &ctx.community.prefix);
    let name = words.join(" ").trim().to_owned();
    match name.chars().count() {
        0 => return Err(say.meetings_no_name(prefix)),
        long if long > LONGEST_NAME => return Err(say.meetings_long_name(long, LONGEST_NAME)),
        _ => {}
    }
    let mut known = heard_of(records, ctx, source);
    if known.any(|one| one.name.to_lowercase() == name.to_lowercase()) {
        return Err(say.meetings_name_taken(escape(&name), prefix));
    }
    Ok(name)
}

/// The series that somebody asks for, or what is wrong with it.
fn draft(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<Draft, String> {
    let say = ctx.words;
    let prefix = &ctx.community.prefix;
    may_plan(ctx, invocation)?;
    let wanted = options(ctx, words, false)?;
    let (name, rhythm) = wanted.words.split_at(rhythm::name_before(&wanted.words, rhythm::begins));
    let name = named(records, ctx, invocation.source, name)?;
    let rhythm = rhythm.join(" ");
    let rhythm = rhythm::read(&rhythm).map_err(|mistake| match mistake {
        RhythmMistake::NoTime => say.meetings_no_time(prefix),
        RhythmMistake::Shape => say.meetings_wrong_rhythm(quoted(&rhythm), prefix),
        RhythmMistake::Clock { .. } => {
            corrected::clock(ctx, invocation, &rhythm, &mistake).unwrap_or_else(|| say.meetings_no_time(prefix))
        }
    })?;
    let zone = wanted.zone.or_else(|| ctx.community.zone.iana_name().map(str::to_owned));
    Ok(Draft {
        name,
        rhythm,
        zone: zone.unwrap_or_else(|| "UTC".to_owned()),
        link: wanted.link,
        length: wanted.length.unwrap_or(ctx.settings.length),
        from: wanted.from,
    })
}

/// Begins a series in the room where it was asked for; what is said about it, or what is wrong.
pub(super) fn begin(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    draft: Draft,
) -> Result<String, String> {
    let say = ctx.words;
    if all(records).count() >= MOST_SERIES {
        return Err(say.meetings_too_many(MOST_SERIES));
    }
    let zone = TimeZone::get(&draft.zone).unwrap_or(TimeZone::UTC);
    let today = zone.to_datetime(ctx.now).date();
    let id = records.get(&LastSeries {}).unwrap_or(&0) + 1;
    let mut series = Series {
        id,
        name: draft.name,
        rhythm: draft.rhythm,
        first: draft.from.unwrap_or(today),
        zone: draft.zone,
        link: draft.link,
        length: draft.length,
        room: invocation.source.room.clone(),
        by: Some(invocation.by.clone()),
        event: invocation.source.event.clone(),
        from: draft.from.unwrap_or(today),
        over: Default::default(),
        changes: Default::default(),
        prepared: Default::default(),
        volunteers: Vec::new(),
        led: Default::default(),
        gone: Default::default(),
    };
    // The first meeting is the first that has not begun; which weeks are meant is counted from it.
    let prefix = &ctx.community.prefix;
    let first = series.upcoming().find(|one| one.start > ctx.now).ok_or_else(|| say.meetings_no_time(prefix))?;
    (series.first, series.from) = (first.date, first.date);
    said_just_now(ctx, &mut series, &first);
    let said = text::planned(ctx, &series);
    records.insert(LastSeries {}, id);
    records.insert(SeriesAt { id }, series);
    Ok(said)
}

/// Whoever reads the answer now needs no reminder of the same a moment later.
fn said_just_now(ctx: &Ctx<Settings>, series: &mut Series, next: &Occurrence) {
    let lead = SignedDuration::from_mins(ctx.settings.remind_before.in_minutes());
    if next.start.duration_since(ctx.now) <= lead {
        series.prepared.entry(next.date).or_default().reminded.insert(next.start);
    }
}

/// Takes options out, wherever they stand; those of a search for a time where one is `searching`.
pub(super) fn options(ctx: &Ctx<Settings>, words: &[String], searching: bool) -> Result<Wanted, String> {
    let say = ctx.words;
    let mut wanted = Wanted::default();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--").filter(|_| !word.contains(char::is_whitespace)) else {
            wanted.words.push(word.clone());
            continue;
        };
        let (name, value) =
            option.split_once('=').map_or((option, None), |(name, value)| (name, Some(value.to_owned())));
        let value = value.or_else(|| words.next_if(|next| !next.starts_with("--")).cloned());
        let Some(value) = value else { return Err(say.meetings_no_value(quoted(word))) };
        match name.to_lowercase().as_str() {
            "zone" => {
                let zone = schedule::zone(&value, ctx.now);
                wanted.zone = Some(zone.map_err(|error| schedule::wrong_zone(&error, &value, say))?);
            }
            "link" => {
                let link = value.trim_matches(['<', '>']);
                let known = ["https://", "http://", "tel:", "sip:"].iter().any(|scheme| link.starts_with(scheme));
                if !known || link.chars().count() > 500 || link.contains(['(', ')', '<', '>', '"', '\\']) {
                    return Err(say.meetings_wrong_link(quoted(&value)));
                }
                wanted.link = Some(link.to_owned());
            }
            "for" | "length" => {
                let length = span(value.clone(), &mut words).filter(|span| *span <= LONGEST_MEETING);
                wanted.length = Some(length.ok_or_else(|| say.meetings_wrong_length(quoted(&value)))?);
            }
            "close" if searching => {
                let close = span(value.clone(), &mut words);
                wanted.close = Some(close.ok_or_else(|| say.meetings_find_wrong_close(quoted(&value)))?);
            }
            "zones" if searching => {
                for name in value.split([',', ';', ' ']).filter(|name| !name.is_empty()) {
                    let zone = schedule::zone(name, ctx.now);
                    wanted.zones.push(zone.map_err(|error| schedule::wrong_zone(&error, name, say))?);
                }
                if wanted.zones.len() > MOST_ZONES {
                    return Err(say.meetings_find_many_zones(MOST_ZONES));
                }
            }
            "from" if !searching => {
                let today = ctx.community.zone.to_datetime(ctx.now).date();
                wanted.from = Some(dates::date(&value, today).map_err(|error| text::wrong_day(ctx, &error))?);
            }
            _ if searching => return Err(say.meetings_find_unknown_option(quoted(word), &ctx.community.prefix)),
            _ => return Err(say.meetings_unknown_option(quoted(word), &ctx.community.prefix)),
        }
    }
    Ok(wanted)
}

/// A length of time, whose unit may be the next word: `90m`, `2 hours`.
fn span<'a>(value: String, words: &mut Peekable<impl Iterator<Item = &'a String>>) -> Option<Span> {
    let both = words.peek().map(|unit| format!("{value} {unit}"));
    match both.and_then(|both| both.to_lowercase().parse::<Span>().ok()) {
        Some(span) if value.parse::<u32>().is_ok() => {
            words.next();
            Some(span)
        }
        _ => value.to_lowercase().parse().ok(),
    }
}

/// Whether somebody may change a series: whoever planned it, whoever leads its next meeting, and leads.
pub(super) fn may_change(series: &Series, invocation: &Invocation<Command>) -> bool {
    let leads_it = series.next().is_some_and(|next| series.roles(next.date).people().any(|who| who == invocation.by));
    invocation.lead || leads_it || series.by.as_ref().is_none_or(|by| by == invocation.by)
}

/// The series that the words mean and the asker may change, or what to tell them.
pub(super) fn changeable(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Result<(u32, Vec<String>), String> {
    let (id, rest) = which::find_own(records, ctx, invocation, words, true)?;
    match records.get(&SeriesAt { id }) {
        Some(series) if may_change(series, invocation) => Ok((id, rest)),
        Some(series) => Err(ctx.words.meetings_not_yours(escape(&series.name))),
        None => Err(ctx.words.meetings_none(&ctx.community.prefix)),
    }
}

/// The meeting of a day, or the next one where none is named. A moved one is also found by the day it was moved to.
pub(super) fn meeting_on(ctx: &Ctx<Settings>, series: &Series, day: Option<Date>) -> Result<Occurrence, String> {
    let Some(day) = day else {
        return series.next().ok_or_else(|| ctx.words.meetings_no_more(escape(&series.name)));
    };
    let zone = series.zone();
    let on = |one: &Occurrence| zone.to_datetime(one.start).date() == day || one.date == day;
    series.upcoming().take_while(|one| one.moved || one.date <= day).find(on).ok_or_else(|| {
        let next = series.next().map(|next| text::moment(ctx, series, next.start)).unwrap_or_default();
        ctx.words.meetings_none_on(escape(&series.name), text::day(ctx, day), next)
    })
}

pub(super) fn today_of(ctx: &Ctx<Settings>, series: &Series) -> Date {
    series.zone().to_datetime(ctx.now).date()
}

pub(super) fn answered(invocation: &Invocation<Command>, said: Result<String, String>) -> Vec<Effect> {
    vec![Effect::answer(invocation.source, said.unwrap_or_else(|mistake| mistake))]
}

/// Moves one meeting: `move [NAME] [DAY to] WHEN`.
pub(super) fn move_one(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let moved = changeable(records, ctx, invocation, words).and_then(|(id, rest)| {
        let series = records.get_mut(&SeriesAt { id }).ok_or_else(String::new)?;
        let today = today_of(ctx, series);
        let is_to = |word: &String| ["to", "auf", "nach", "→"].contains(&word.to_lowercase().as_str());
        let (of, to) = match rest.iter().position(is_to) {
            Some(at) => (rest[..at].join(" "), &rest[at + 1..]),
            None => (String::new(), &rest[..]),
        };
        let day = match of.trim() {
            "" => None,
            text => Some(dates::date(text, today).map_err(|error| text::wrong_day(ctx, &error))?),
        };
        let meeting = meeting_on(ctx, series, day)?;
        if let Some((day, wrong)) = wrong_clock(to) {
            let right = corrected::command(ctx, invocation, wrong, &nearest_time(wrong).to_string());
            return Err(ctx.words.meetings_wrong_clock(quoted(&day), quoted(wrong), right));
        }
        let start = when(ctx, series, &meeting, to)?;
        if start <= ctx.now {
            return Err(ctx.words.meetings_move_past(text::moment(ctx, series, start)));
        }
        let most = SignedDuration::from_hours(24 * 60);
        if start.duration_since(series.nominal(meeting.date).unwrap_or(start)).abs() > most {
            return Err(ctx.words.meetings_move_far(&ctx.community.prefix));
        }
        let before = text::moment(ctx, series, meeting.start);
        if series.nominal(meeting.date) == Some(start) {
            series.changes.remove(&meeting.date);
        } else {
            series.changes.insert(meeting.date, Change::Moved(start));
        }
        // Who leads it stays; that it comes is to be said again.
        if let Some(done) = series.prepared.get_mut(&meeting.date) {
            done.asked = false;
        }
        let now = Occurrence { start, ..meeting };
        said_just_now(ctx, series, &now);
        Ok(ctx.words.meetings_moved(escape(&series.name), before, text::moment(ctx, series, start)))
    });
    answered(invocation, moved)
}

/// The day, and what stands where a time of day should and is none: `thursday 25:00`, `thursday at 10`.
fn wrong_clock(words: &[String]) -> Option<(String, &str)> {
    let (last, day) = words.split_last()?;
    let (day, said) = match day.split_last() {
        Some((at, day)) if ["at", "um"].contains(&at.to_lowercase().as_str()) => (day, true),
        _ => (day, false),
    };
    let is_clock = is_number(last) && (said || last.contains(':')) && dates::time(&[last]).is_none();
    (is_clock && !day.is_empty()).then(|| (day.join(" "), last.as_str()))
}

/// A day and a time; what is not said stays as it was.
fn when(ctx: &Ctx<Settings>, series: &Series, meeting: &Occurrence, words: &[String]) -> Result<Timestamp, String> {
    let zone = series.zone();
    let was = zone.to_datetime(meeting.start);
    let how = || ctx.words.meetings_move_how(&ctx.community.prefix);
    if words.is_empty() {
        return Err(how());
    }
    let said = dates::moment(&words.join(" "), today_of(ctx, series));
    let (day, time) = said.map_err(|error| text::wrong_day(ctx, &error))?;
    let day = day.unwrap_or_else(|| was.date());
    let start = match time {
        Some(DayTime::At(time)) => time.on(day, &zone),
        // When in the morning?
        Some(DayTime::Part) => None,
        None => zone.to_timestamp(day.to_datetime(was.time())).ok(),
    };
    start.ok_or_else(how)
}

/// Ends a series. It is the one thing that asks for the name where there are several.
pub(super) fn cancel(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let (id, rest) = match changeable(records, ctx, invocation, words) {
        Ok(found) => found,
        Err(mistake) => return vec![Effect::answer(invocation.source, mistake)],
    };
    if !rest.is_empty() {
        // `cancel friday` means one meeting.
        let what = quoted(&rest.join(" "));
        return vec![Effect::answer(invocation.source, ctx.words.meetings_cancel_one(what, &ctx.community.prefix))];
    }
    let mut effects = Vec::new();
    if records.has(&LiveOf { series: id }) {
        effects.extend(run::end(records, ctx, id));
    }
    if let Some(series) = records.remove(&SeriesAt { id }) {
        effects.push(Effect::answer(
            invocation.source,
            ctx.words.meetings_cancelled(escape(&series.name), &ctx.community.prefix),
        ));
    }
    effects
}

//! Leaving out meetings of a series: the next one, that of a day, those of several, all until a day.

use jiff::civil::Date;

use super::{
    interface::{Command, Meetings, Settings},
    plan::{answered, changeable, meeting_on, today_of},
    series::{Change, Occurrence, Series},
    state::SeriesAt,
    text,
};
use crate::{
    Ctx, Effect, Invocation, Records,
    schedule::dates::{self, Stretch},
    words::escape,
};

/// So many days are named; of more, the first and the last are.
const MOST_NAMED: usize = 6;

/// Skips the next meeting, or those that are named. All of them, or none: said again of one, it says so.
pub(super) fn skip(
    records: &mut Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
) -> Vec<Effect> {
    let skipped = changeable(records, ctx, invocation, words).and_then(|(id, rest)| {
        let series = records.get_mut(&SeriesAt { id }).ok_or_else(String::new)?;
        let meetings = meant(ctx, series, rest.join(" ").trim())?;
        for meeting in &meetings {
            series.changes.insert(meeting.date, Change::Skipped);
            series.prepared.remove(&meeting.date);
        }
        Ok(said(ctx, series, &meetings))
    });
    answered(invocation, skipped)
}

/// The meetings that somebody means.
fn meant(ctx: &Ctx<Settings>, series: &Series, said: &str) -> Result<Vec<Occurrence>, String> {
    let today = today_of(ctx, series);
    let stretch = match said {
        "" => return meeting_on(ctx, series, None).map(|next| vec![next]),
        said => dates::stretch(said, today).map_err(|error| text::wrong_day(ctx, &error))?,
    };
    let zone = series.zone();
    let within = |from: Date, before: Option<Date>, last: Option<Date>| {
        let on = |one: &Occurrence| zone.to_datetime(one.start).date();
        let held = |day: Date| day >= from && before.is_none_or(|end| day < end) && last.is_none_or(|end| day <= end);
        let all: Vec<Occurrence> = series.upcoming().filter(|one| held(on(one))).collect();
        match all.is_empty() {
            true => Err(ctx.words.meetings_none_then(escape(&series.name), next(ctx, series))),
            false => Ok(all),
        }
    };
    match stretch {
        Stretch::Until(day) => within(today, Some(day), None),
        Stretch::Between(first, last) => within(first, None, Some(last)),
        Stretch::Days(days) => {
            let one = |day: Date| match series.is_out(day) {
                true => Err(ctx.words.meetings_skipped_before(escape(&series.name), text::day(ctx, day))),
                false => meeting_on(ctx, series, Some(day)),
            };
            days.into_iter().map(one).collect()
        }
    }
}

fn said(ctx: &Ctx<Settings>, series: &Series, meetings: &[Occurrence]) -> String {
    let name = escape(&series.name);
    if let [only] = meetings {
        return ctx.words.meetings_skipped(name, text::moment(ctx, series, only.start), next(ctx, series));
    }
    let zone = series.zone();
    let mut days: Vec<String> = meetings.iter().map(|one| text::day(ctx, zone.to_datetime(one.start).date())).collect();
    let count = days.len();
    if count > MOST_NAMED {
        days = vec![days[0].clone(), "…".to_owned(), days[count - 1].clone()];
    }
    ctx.words.meetings_skipped_several(name, count, days.join(", "), next(ctx, series))
}

fn next(ctx: &Ctx<Settings>, series: &Series) -> String {
    series.next().map(|next| text::moment(ctx, series, next.start)).unwrap_or_default()
}

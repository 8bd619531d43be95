//! Meetings on the community's days off are left out, and come back where those are called off.

use jiff::{ToSpan as _, civil::Date};

use super::{
    interface::{Meetings, Settings},
    series::{Change, Series},
    state::{SeriesAt, all},
};
use crate::{Ctx, Records};

/// What differs from the community's days off: the meetings to leave out, and those to take up again.
fn changes(ctx: &Ctx<Settings>, series: &Series) -> (Vec<Date>, Vec<Date>) {
    let today = series.zone().to_datetime(ctx.now).date();
    let rests = &ctx.community.rests;
    let mut out = Vec::new();
    for rest in rests.iter().filter(|rest| rest.back > today) {
        let from = rest.from.max(series.from).max(today);
        let days = std::iter::successors(Some(from), |day| day.checked_add(1.day()).ok());
        let meets =
            |day: &Date| series.falls_on(*day) && !series.over.contains(day) && !series.changes.contains_key(day);
        out.extend(days.take_while(|day| *day < rest.back).filter(meets));
    }
    let rested = series.changes.iter().filter(|(_, change)| **change == Change::Rested).map(|(day, _)| *day);
    let back = rested.filter(|day| *day >= today && !rests.iter().any(|rest| rest.holds(*day)));
    (out, back.collect())
}

/// Whether something differs.
pub(super) fn is_due(ctx: &Ctx<Settings>, series: &Series) -> bool {
    let (out, back) = changes(ctx, series);
    !out.is_empty() || !back.is_empty()
}

/// Leaves out what falls on days off, and takes up again what no longer does.
pub(super) fn keep(records: &mut Records<Meetings>, ctx: &Ctx<Settings>) {
    let due: Vec<u32> = all(records).filter(|series| is_due(ctx, series)).map(|series| series.id).collect();
    for id in due {
        let Some(series) = records.get_mut(&SeriesAt { id }) else { continue };
        let (out, back) = changes(ctx, series);
        for day in out {
            series.changes.insert(day, Change::Rested);
            series.prepared.remove(&day);
        }
        for day in back {
            series.changes.remove(&day);
        }
    }
}

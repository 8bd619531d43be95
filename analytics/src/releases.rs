//! What is released of a community's months: exact values, by the policy of `hearth-release`, and nothing else.

use std::collections::{BTreeMap, BTreeSet};

use hearth_release::{
    policy::{self, Of, cells},
    raw::{RawMonth, RawQuarter},
    shares,
};
use hearth_shared::{
    activity::Capability,
    month::Month,
    release::{Cell, Quarter, Release, Released, RoomCells},
    report::{Figure, MIN_PEOPLE, SurvivalPoint, figure_id, measure_id, reason},
};
use jiff::{Timestamp, civil::Date};
use polars::prelude::*;
use strum::VariantArray as _;

use crate::{
    archive::Community,
    assembly, calendar,
    facts::{Table, WINDOW},
    history::History,
    measures::{self, Definition},
    month_view::MonthView,
    pictures,
    raw_months::{self, Terms},
    read_plan::ReadPlan,
};

/// The months of a community whose releases are due: that are over, and of whose messages all had their 72 hours, as far
/// as the log goes.
///
/// # Errors
/// Where polars cannot read a table.
pub fn due(community: &Community) -> PolarsResult<Vec<Month>> {
    let end = community.log_end()?;
    let is_due = |month: &Month| month.bounds(&community.zone).1.saturating_add(WINDOW) <= end;
    Ok(raw_months::over(community, end).into_iter().filter(is_due).collect())
}

/// How many quarters before a month its shares of people may be gathered from, and some more.
const GATHERED: i32 = 6;

/// The exact values of a community that releases of some months are made of.
pub struct Releases<'a> {
    community: &'a Community,
    history: History,
    months: Vec<RawMonth>,
    rooms: BTreeMap<i32, Vec<RawMonth>>,
    quarters: Vec<RawQuarter>,
    scopes: BTreeMap<Month, u64>,
    members: BTreeMap<i32, u64>,
    timezone: String,
    end: i64,
}

impl<'a> Releases<'a> {
    /// Those of a community, as far as some months need them; `None` where its log is empty. `timezone` is the name of the
    /// zone in which months are cut. Where the releases before them are kept, these say which quarters were told.
    ///
    /// # Errors
    /// Where polars cannot read or compute a table.
    pub fn of(
        community: &'a Community,
        months: &[Month],
        are_kept: bool,
        timezone: &str,
        now: Timestamp,
    ) -> PolarsResult<Option<Self>> {
        let plan = ReadPlan::months(months.to_vec());
        let Some(history) = assembly::history(community, &plan, now)? else { return Ok(None) };
        let terms = Terms { announcements: community.about.announcements.clone(), ..Terms::default() };
        let first = if are_kept { months.iter().min().copied() } else { community.first_month() };
        let since = first.and_then(|month| Quarter::of(month)?.plus(-GATHERED));
        let quarters = match since {
            Some(since) => raw_months::quarters_since(community, &terms, since)?,
            None => Vec::new(),
        };
        let counts =
            community.table(Table::Counts).select([col("month"), col("members").cast(DataType::UInt64)]).collect()?;
        let members = counts.column("month")?.i32()?.iter().zip(counts.column("members")?.u64()?.iter());
        Ok(Some(Self {
            community,
            scopes: raw_months::scopes(community)?,
            months: raw_months::months_of(community, &terms, months)?,
            rooms: raw_months::rooms_of(community, &terms, months)?,
            quarters,
            members: members.filter_map(|(month, members)| Some((month?, members?))).collect(),
            history,
            timezone: timezone.to_owned(),
            end: community.log_end()?,
        }))
    }

    /// The months whose releases are due.
    pub fn due(&self) -> impl Iterator<Item = Month> {
        let is_due = |month: &Month| month.bounds(&self.history.zone).1.saturating_add(WINDOW) <= self.end;
        self.scopes.keys().copied().filter(is_due)
    }

    /// The views of months, for [`Releases::release`].
    pub fn views(&self) -> Vec<MonthView<'_>> {
        MonthView::all(&self.history)
    }

    /// The release of a month, beside those of earlier months that are `earlier` and those that were written and are
    /// `lost`; `None` where the log does not have the month.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn release(
        &self,
        views: &[MonthView<'_>],
        month: Month,
        earlier: &[Release],
        lost: &BTreeSet<Month>,
    ) -> PolarsResult<Option<Release>> {
        let raw = self.months.iter().find(|raw| raw.month == month);
        let (Some(raw), Some(view)) = (raw, self.history.index(month).and_then(|index| views.get(index))) else {
            return Ok(None);
        };
        let has = |capability| view.facts.capabilities.has(capability);
        let members = self.members.get(&month.ordinal()).copied().filter(|_| has(Capability::Joins));
        let mut measures = policy::month(raw, Of::Community { members });
        let known = shares::Known { quarters: &self.quarters, scopes: &self.scopes, earlier, lost };
        measures.extend(shares::month(month, known));
        measures.extend(practices(view)?);
        measures.extend(explorer(view, raw)?);
        let figures = pictures::of_month(self.community, view, raw)?;
        let stay = half_stay(raw, figures.get(figure_id::SURVIVAL));
        measures.insert(measure_id::LIFETIME_SURVIVAL.to_owned(), stay);
        let known = |capability: Capability| (capability.name().to_owned(), has(capability));
        Ok(Some(Release {
            log_ends: log_ends(view, raw, self.end),
            hours: self.community.hours(month)?,
            scope: raw.scope,
            source: Capability::VARIANTS.iter().copied().map(known).collect(),
            measures,
            figures,
            events: pictures::events(view)?,
            rooms: self.rooms(raw),
            ..self.empty(month)
        }))
    }

    /// The release of a month with nothing but shares of people, for those that are gathered after it.
    pub fn shares_alone(&self, month: Month, earlier: &[Release], lost: &BTreeSet<Month>) -> Release {
        let known = shares::Known { quarters: &self.quarters, scopes: &self.scopes, earlier, lost };
        Release {
            scope: self.scopes.get(&month).copied().unwrap_or(0),
            measures: shares::month(month, known),
            ..self.empty(month)
        }
    }

    /// A month of which nothing is said yet.
    fn empty(&self, month: Month) -> Release {
        Release::empty(&self.history.about.community, month, &self.timezone)
    }

    /// The rooms in which somebody wrote in a month.
    fn rooms(&self, community: &RawMonth) -> Vec<RoomCells> {
        let name = |room: &i32| self.history.about.room_names.get(room).cloned().unwrap_or_else(|| room.to_string());
        let of = |(room, months): (&i32, &Vec<RawMonth>)| {
            let raw = months.iter().find(|raw| raw.month == community.month).filter(|raw| raw.posters > 0)?;
            Some(RoomCells { name: name(room), measures: policy::month(raw, Of::Room { community }) })
        };
        self.rooms.iter().filter_map(of).collect()
    }
}

/// The day of the log's last entry, where the month went on for more than [`WINDOW`] without any: an export that ends
/// inside the month, or a bot that was down. Not where so few wrote that it could be somebody's day.
fn log_ends(view: &MonthView<'_>, raw: &RawMonth, end: i64) -> Option<Date> {
    let (_, until) = view.facts.month.bounds(&view.history.zone);
    let is_early = end < until - WINDOW && raw.posters >= MIN_PEOPLE;
    is_early.then(|| calendar::date(end, &view.history.zone)).flatten()
}

/// What retrospectives, meetings and pulses came to: things that are nobody's, and answers without names.
fn practices(view: &MonthView<'_>) -> PolarsResult<BTreeMap<String, Cell>> {
    let mut told = BTreeMap::new();
    for id in [measure_id::ACTION_COMPLETION, measure_id::ACTION_CARRY_OVER, measure_id::THEME_RECURRENCE] {
        let cell = told_of(view, id, |value, n| cells::things_share(part(value, n), n, reason::NO_ACTIONS))?;
        told.insert(id.to_owned(), cell);
    }
    let age = told_of(view, measure_id::OPEN_ACTION_AGE, |days, _| Cell::ok(Released::days(days), "days"))?;
    told.insert(measure_id::OPEN_ACTION_AGE.to_owned(), age);
    let roti = told_of(view, measure_id::ROTI, |mean, n| cells::mean(mean, n, cells::ANSWERS_TO_A_GATHERING))?;
    told.insert(measure_id::ROTI.to_owned(), roti);
    let pulse = told_of(view, measure_id::SAFETY_PULSE, |mean, n| cells::mean(mean, n, cells::ANSWERS_TO_A_PULSE))?;
    let share = told_of(view, measure_id::SAFETY_RESPONSE_RATE, |value, n| cells::people_share(part(value, n), n))?;
    // Of how many people nothing is said of, it is not said how many of all they are.
    let share = if cells::told(&pulse) { share } else { Cell { unit: "share".to_owned(), ..pulse.clone() } };
    told.insert(measure_id::SAFETY_PULSE.to_owned(), pulse);
    told.insert(measure_id::SAFETY_RESPONSE_RATE.to_owned(), share);
    Ok(told)
}

/// What only many people can be told of.
fn explorer(view: &MonthView<'_>, raw: &RawMonth) -> PolarsResult<BTreeMap<String, Cell>> {
    let mut told = BTreeMap::new();
    for id in [measure_id::FIRST_MESSAGE_30_DAYS, measure_id::BRIDGERS_SHARE, measure_id::GIANT_COMPONENT] {
        let cell = match raw.posters {
            0..pictures::EXPLORER => Cell::suppressed(reason::TOO_FEW_PEOPLE, "share"),
            _ => told_of(view, id, |value, n| cells::people_share(part(value, n), n))?,
        };
        told.insert(id.to_owned(), cell);
    }
    Ok(told)
}

/// After how many days at most half of the newcomers still wrote, as far as the picture of it tells.
fn half_stay(raw: &RawMonth, survival: Option<&Figure>) -> Cell {
    const DAYS: &str = "days";
    match survival {
        Some(Figure::Survival(curve)) => {
            let is_half = |point: &&SurvivalPoint| point.share.number().is_some_and(|share| share <= 0.5);
            let half = curve.points.iter().find(is_half);
            let told = |point: &SurvivalPoint| Cell::ok(Released::days(f64::from(point.day)), DAYS);
            Cell { about: Some(curve.about), ..half.map_or_else(|| Cell::na(reason::NOT_REACHED, DAYS), told) }
        }
        None if raw.posters >= pictures::EXPLORER => Cell::na(reason::NO_QUARTER_ENDS, DAYS),
        _ => Cell::suppressed(reason::TOO_FEW_PEOPLE, DAYS),
    }
}

/// What may be told of an exact measure; where it has no value, why.
fn told_of(view: &MonthView<'_>, id: &str, tell: impl Fn(f64, u64) -> Cell) -> PolarsResult<Cell> {
    let Some(definition): Option<&Definition> = measures::find(id) else { return Ok(Cell::na(reason::UNDEFINED, "")) };
    if let Some(reason) = crate::exact::unknowable(definition, view) {
        return Ok(Cell::na(&reason, definition.unit));
    }
    let raw = definition.raw(view)?;
    let cell = match raw.value {
        Some(value) if raw.people >= MIN_PEOPLE => tell(value, raw.n),
        Some(_) => Cell::suppressed(reason::TOO_FEW_PEOPLE, definition.unit),
        None if raw.reason == Some(reason::TOO_FEW_PEOPLE) => Cell::suppressed(reason::TOO_FEW_PEOPLE, definition.unit),
        None => Cell::na(raw.reason.unwrap_or(reason::UNDEFINED), definition.unit),
    };
    Ok(Cell { unit: definition.unit.to_owned(), ..cell })
}

/// The part of `n` that a share is.
fn part(share: f64, n: u64) -> u64 {
    (share * n as f64).round() as u64
}

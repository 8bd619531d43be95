//! What every month of the log holds, computed once: who posted, who reacted, who is new, who is a member.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    ops::Range,
};

use hearth_shared::{
    activity::{Capabilities, Capability, Kind},
    month::Month,
};
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;

use crate::{
    answers::WINDOW,
    calendar,
    load::Log,
    membership::Membership,
    suppress::{self, Cell, Counts, Previous},
};

/// For this many months after a log begins, nobody can be told to be new or back again.
pub const SETTLING_MONTHS: usize = 3;

/// One person's month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PersonMonth {
    /// The person.
    pub person: i32,
    /// Messages written.
    pub messages: u32,
    /// Reactions given.
    pub reactions: u32,
}

/// Where a month's posters come from, and who of the last month's is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// Who wrote their first message ever.
    pub new: Vec<i32>,
    /// Who posted last month too.
    pub retained: Vec<i32>,
    /// How many posted before, but not last month.
    pub reactivated: u64,
    /// How many posted last month and not in this one.
    pub lapsed: u64,
}

/// What one month holds.
#[derive(Clone, Debug)]
pub struct Facts {
    /// The month.
    pub month: Month,
    /// Its rows in the log.
    pub rows: Range<usize>,
    /// How many months the log had when it began: 0 in the log's first.
    pub age: usize,
    /// Whether the month is over.
    pub complete: bool,
    /// What the sources of its rows can know; joins: what those of all rows up to its end can.
    pub capabilities: Capabilities,
    /// Everybody who posted or reacted, ordered by person.
    pub people: Vec<PersonMonth>,
    /// Days on which somebody was active, summed over people.
    pub active_days: u64,
    /// Members at its end, with those who took part and left.
    pub members: u64,
    /// Where its posters come from.
    pub growth: Growth,
    /// The counts that must not be published.
    pub hidden: BTreeSet<Cell>,
}

impl Facts {
    /// Everybody who wrote a message.
    pub fn posters(&self) -> impl Iterator<Item = &PersonMonth> + Clone {
        self.people.iter().filter(|person| person.messages > 0)
    }

    /// How many people a cell counts.
    pub fn count(&self, cell: Cell) -> u64 {
        let (active, posters) = (self.people.len() as u64, self.posters().count() as u64);
        match cell {
            Cell::Active => active,
            Cell::Posters => posters,
            Cell::ReactorsOnly => active - posters,
            Cell::Members => self.members,
            Cell::Silent => self.members.saturating_sub(active),
            Cell::New => self.growth.new.len() as u64,
            Cell::Retained => self.growth.retained.len() as u64,
            Cell::Reactivated => self.growth.reactivated,
            Cell::Lapsed => self.growth.lapsed,
        }
    }

    /// Whether a cell can be known at all, before asking whether it may be said.
    pub fn knows(&self, cell: Cell) -> bool {
        let has = |capability| self.capabilities.has(capability);
        match cell {
            Cell::Posters => true,
            Cell::Active | Cell::ReactorsOnly => has(Capability::Reactions),
            Cell::Members | Cell::Silent => has(Capability::Reactions) && has(Capability::Joins),
            Cell::New | Cell::Reactivated => self.age >= SETTLING_MONTHS,
            Cell::Retained | Cell::Lapsed => self.age >= 1,
        }
    }
}

/// A log cut into months, from its first to the last that is wanted.
#[derive(Debug)]
pub struct History<'a> {
    /// The log.
    pub log: &'a Log,
    /// The zone in which it is cut.
    pub zone: TimeZone,
    /// The time of its last row: answers to what was asked in the 72 hours before cannot be known.
    pub end: i64,
    /// The months, consecutive.
    pub months: Vec<Facts>,
}

impl<'a> History<'a> {
    /// Cuts `log` into months of `zone` up to `last`. A log without rows has no months.
    ///
    /// # Errors
    /// Where polars cannot compute the months' tables.
    pub fn new(log: &'a Log, zone: TimeZone, last: Month, now: Timestamp) -> PolarsResult<Self> {
        let end = log.ts.last().copied().unwrap_or(0);
        let mut history = Self { log, zone, end, months: Vec::new() };
        let first = log.ts.first().and_then(|ts| calendar::month_of(*ts, &history.zone));
        let Some(first) = first.filter(|first| *first <= last) else { return Ok(history) };

        let mut tables = Tables::of(log, &history.zone)?;
        let mut growth = GrowthSoFar::default();
        let mut membership = Membership::default();
        let mut seen_sources = BTreeSet::new();
        let (mut from, mut previous) = (0, Previous::None);
        for age in 0.. {
            let Some(month) = i32::try_from(age).ok().and_then(|age| first.plus(age)).filter(|month| *month <= last)
            else {
                break;
            };
            let (_, until) = month.bounds(&history.zone);
            let to = from + log.ts[from..].partition_point(|ts| *ts < until);
            for row in from..to {
                membership.see(log.person[row], log.room[row], log.kind[row]);
            }
            let (people, active_days) = tables.take(month);
            let mut facts = Facts {
                month,
                rows: from..to,
                age,
                complete: until <= now.as_millisecond(),
                capabilities: capabilities(log, from..to, until, &mut seen_sources),
                members: membership.count_with(people.iter().map(|person| person.person)),
                growth: growth.next(people.iter().filter(|person| person.messages > 0).map(|person| person.person)),
                people,
                active_days,
                hidden: BTreeSet::new(),
            };
            (facts.hidden, previous) = suppress::hidden(&Counts {
                values: Cell::ALL.map(|cell| facts.count(cell)),
                known: Cell::ALL.map(|cell| facts.knows(cell)),
                previous,
            });
            history.months.push(facts);
            from = to;
        }
        Ok(history)
    }

    /// The number of a month in [`History::months`].
    pub fn index(&self, month: Month) -> Option<usize> {
        let first = self.months.first()?.month;
        let index = usize::try_from(month.ordinal() - first.ordinal()).ok()?;
        (index < self.months.len()).then_some(index)
    }
}

/// What the sources of a month's rows, and of the answers to them, can know; of joins: of all rows so far.
fn capabilities(log: &Log, rows: Range<usize>, until: i64, seen: &mut BTreeSet<i32>) -> Capabilities {
    let answers = rows.end + log.ts[rows.end..].partition_point(|ts| *ts < until.saturating_add(WINDOW));
    let distinct = |range: Range<usize>| -> BTreeSet<i32> {
        let mut sources = log.source[range].to_vec();
        sources.dedup();
        sources.into_iter().collect()
    };
    let of = |source: &i32| log.sources.get(source).copied().unwrap_or_default();
    let every = |sources: &BTreeSet<i32>| sources.iter().map(of).fold(Capabilities::all(), Capabilities::and);
    seen.extend(distinct(rows.clone()));
    let now = distinct(rows.start..answers);
    let here = if now.is_empty() { every(seen) } else { every(&now) };
    let ever = every(seen);
    here.iter().filter(|capability| *capability != Capability::Joins || ever.has(Capability::Joins)).collect()
}

/// The months' tables, as polars computed them.
struct Tables {
    people: BTreeMap<i32, Vec<PersonMonth>>,
    active_days: BTreeMap<i32, u64>,
}

impl Tables {
    fn of(log: &Log, zone: &TimeZone) -> PolarsResult<Self> {
        let days = calendar::days(&log.ts, zone);
        let months = months(&log.ts, &days, zone);
        let acts = (0..log.len()).filter(|row| matches!(log.kind[*row], Kind::Message | Kind::Reaction));
        let (mut month, mut day, mut person, mut message) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for row in acts {
            month.push(months[row]);
            day.push(days[row]);
            person.push(log.person[row]);
            message.push(u32::from(log.kind[row] == Kind::Message));
        }
        let acts = df!("month" => month, "day" => day, "person" => person, "message" => message)?.lazy();
        let by_person = acts
            .clone()
            .group_by([col("month"), col("person")])
            .agg([col("message").sum().alias("messages"), len().alias("acts"), col("day").n_unique().alias("days")])
            .sort(["month", "person"], SortMultipleOptions::default())
            .collect()?;
        let mut tables = Self { people: BTreeMap::new(), active_days: BTreeMap::new() };
        let number = |name: &str| by_person.column(name)?.cast(&DataType::Int32);
        let columns = [number("month")?, number("person")?, number("messages")?, number("acts")?, number("days")?];
        let [month, person, messages, acts, days] = &columns;
        let (month, person) = (month.i32()?, person.i32()?);
        let (messages, acts, days) = (messages.i32()?, acts.i32()?, days.i32()?);
        for row in 0..by_person.height() {
            let at = |column: &Int32Chunked| column.get(row).unwrap_or_default();
            let count = |column: &Int32Chunked| u32::try_from(at(column)).unwrap_or_default();
            let (messages, acts) = (count(messages), count(acts));
            let entry = PersonMonth { person: at(person), messages, reactions: acts - messages };
            tables.people.entry(at(month)).or_default().push(entry);
            *tables.active_days.entry(at(month)).or_default() += u64::from(count(days));
        }
        Ok(tables)
    }

    fn take(&mut self, month: Month) -> (Vec<PersonMonth>, u64) {
        let key = month.ordinal();
        (self.people.remove(&key).unwrap_or_default(), self.active_days.remove(&key).unwrap_or_default())
    }
}

/// The month of each of `times`, as [`Month::ordinal`]; rows of one day share one look into the calendar.
fn months(times: &[i64], days: &[i32], zone: &TimeZone) -> Vec<i32> {
    let mut last = None;
    times
        .iter()
        .zip(days)
        .map(|(ts, day)| match last {
            Some((seen, month)) if seen == *day => month,
            _ => {
                let month = calendar::month_of(*ts, zone).map_or(0, Month::ordinal);
                last = Some((*day, month));
                month
            }
        })
        .collect()
}

/// Everybody's last month of posting, as months go by.
#[derive(Default)]
struct GrowthSoFar {
    last_posted: HashMap<i32, usize>,
    month: usize,
    previous_posters: u64,
}

impl GrowthSoFar {
    fn next(&mut self, posters: impl Iterator<Item = i32>) -> Growth {
        self.month += 1;
        let (mut growth, mut count) = (Growth::default(), 0);
        for person in posters {
            count += 1;
            match self.last_posted.insert(person, self.month) {
                None => growth.new.push(person),
                Some(last) if last + 1 == self.month => growth.retained.push(person),
                Some(_) => growth.reactivated += 1,
            }
        }
        growth.lapsed = self.previous_posters - growth.retained.len() as u64;
        self.previous_posters = count;
        growth
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_new_once_and_then_stay_leave_or_come_back() {
        let mut growth = GrowthSoFar::default();
        assert_eq!(growth.next([1, 2].into_iter()), Growth { new: vec![1, 2], ..Growth::default() });
        let second = growth.next([2, 3].into_iter());
        assert_eq!(second, Growth { new: vec![3], retained: vec![2], reactivated: 0, lapsed: 1 });
        let third = growth.next([1].into_iter());
        assert_eq!(third, Growth { new: vec![], retained: vec![], reactivated: 1, lapsed: 2 });
        let fourth = growth.next([].into_iter());
        assert_eq!(fourth, Growth { lapsed: 1, ..Growth::default() });
    }
}

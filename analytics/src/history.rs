//! The months of a community, or of one of its rooms, in their order.

use std::{collections::BTreeMap, rc::Rc};

use hearth_shared::month::Month;
use jiff::{Timestamp, tz::TimeZone};
use polars::prelude::*;

use crate::{
    acts::About,
    archive::Community,
    capabilities::{CapabilityTracker, Heard},
    cohorts::Cohorts,
    facts::{Practices, Table},
    month_facts::Facts,
    read_plan::ReadPlan,
    scopes::{PersonMonth, Scopes},
    timelines::MemberTimelines,
    values::Values,
};

/// The months of a community, or of a room, from the log's first to the last that is wanted.
#[derive(Debug)]
pub struct History {
    /// The room, or `None` for all rooms together.
    pub room: Option<i32>,
    /// What the log says beside acts.
    pub about: Rc<About>,
    /// The zone in which months begin and end.
    pub zone: TimeZone,
    /// The time of the log's last row: answers to what was asked in the 72 hours before cannot be known.
    pub end: i64,
    /// The months, consecutive.
    pub months: Vec<Facts>,
    /// What practices logged.
    pub practices: Rc<Practices>,
    /// What was read of the facts, of this and of all rooms.
    pub scopes: Rc<Scopes>,
    /// What measures come to that are queries, in this and in all rooms.
    pub values: Rc<Values>,
    /// Where rows come from, by month.
    pub heard: Rc<BTreeMap<i32, Vec<Heard>>>,
    /// Everybody's timeline through the months; of all rooms together only.
    pub timelines: MemberTimelines,
    /// Who of those who came in each month wrote in the later ones; of all rooms together only.
    pub cohorts: Cohorts,
}

impl History {
    /// The months of a community up to the last that a plan wants, with what its measures come to that are queries; or
    /// `None` where its log is empty.
    ///
    /// # Errors
    /// Where a table cannot be read or computed.
    pub fn of(
        community: &Community,
        plan: &ReadPlan,
        practices: Practices,
        values: Values,
        now: Timestamp,
    ) -> PolarsResult<Option<Self>> {
        let Some((first, ended)) = community.months() else { return Ok(None) };
        let (months, last) = (community.months_of(plan.last()), plan.last().unwrap_or(ended));
        let counts = community.between(Table::Counts, i32::MIN, last.ordinal()).collect()?;
        let heard = Rc::new(heard(community)?);
        let mut history = Self {
            room: None,
            about: Rc::new(community.about.clone()),
            zone: community.zone.clone(),
            end: community.end()?,
            months: Vec::new(),
            practices: Rc::new(practices),
            scopes: Rc::new(Scopes::read(community, &months, plan)?),
            values: Rc::new(values),
            heard: heard.clone(),
            timelines: MemberTimelines::of(community, first)?,
            cohorts: Cohorts::default(),
        };
        let mut capabilities = CapabilityTracker::new(&community.about.sources);
        let mut observed = 0;
        let rows: BTreeMap<i32, usize> = counts.column("month")?.i32()?.iter().flatten().zip(0..).collect();
        let posters = counts.column("posters")?.cast(&DataType::UInt64)?;
        let (posters, lasts) = (posters.u64()?, counts.column("last")?.i64()?);
        for (age, month) in months.into_iter().enumerate() {
            let row = rows.get(&month.ordinal()).copied();
            observed = row.and_then(|row| lasts.get(row)).unwrap_or(observed);
            history.months.push(Facts {
                month,
                age,
                complete: month.bounds(&history.zone).1 <= now.as_millisecond(),
                observed,
                capabilities: capabilities.next(heard_in(&heard, month), &answering(&heard, month)),
                posters: row.and_then(|row| posters.get(row)).unwrap_or(0),
            });
        }
        history.cohorts =
            Cohorts::of(&community.between(Table::Cohorts, i32::MIN, last.ordinal()).collect()?, &history.months)?;
        Ok(Some(history))
    }

    /// The number of a month in [`History::months`].
    pub fn index(&self, month: Month) -> Option<usize> {
        let first = self.months.first()?.month;
        let index = usize::try_from(month.ordinal() - first.ordinal()).ok()?;
        (index < self.months.len()).then_some(index)
    }

    /// Everybody who posted or reacted in a month, as far as that was read.
    pub fn people(&self, month: Month) -> &[PersonMonth] {
        self.scopes.people.get(&(self.room, month.ordinal())).map_or(&[], Vec::as_slice)
    }
}

/// Where rows come from, by month.
pub(crate) fn heard(community: &Community) -> PolarsResult<BTreeMap<i32, Vec<Heard>>> {
    let sources = community.table(Table::Sources).collect()?;
    let [month, room, source] = ["month", "room", "source"].map(|name| sources.column(name));
    let (month, room, source) = (month?.i32()?, room?.i32()?, source?.i32()?);
    let early = sources.column("early")?.bool()?;
    let mut heard: BTreeMap<i32, Vec<Heard>> = BTreeMap::new();
    let places =
        month.iter().flatten().zip(room.iter().flatten()).zip(source.iter().flatten().zip(early.iter().flatten()));
    for ((month, room), (source, early)) in places {
        heard.entry(month).or_default().push(Heard { room, source, early });
    }
    Ok(heard)
}

/// Where a month's rows come from.
pub(crate) fn heard_in(heard: &BTreeMap<i32, Vec<Heard>>, month: Month) -> &[Heard] {
    heard.get(&month.ordinal()).map_or(&[], Vec::as_slice)
}

/// Where the rows of the 72 hours after a month come from.
pub(crate) fn answering(heard: &BTreeMap<i32, Vec<Heard>>, month: Month) -> Vec<Heard> {
    let next = heard.get(&(month.ordinal() + 1)).map_or(&[][..], Vec::as_slice);
    next.iter().filter(|heard| heard.early).copied().collect()
}

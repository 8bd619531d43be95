//! The facts of a room, or of all rooms together, in a month: what measures look at that is no count.

use std::{collections::BTreeMap, ops::Range};

use hearth_shared::month::Month;
use polars::prelude::*;

use crate::{archive::Community, facts::Table, read_plan::ReadPlan};

/// A room, or all rooms together (`None`), in a month ([`Month::ordinal`]).
pub type Scope = (Option<i32>, i32);

/// One person's month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonMonth {
    /// The person.
    pub person: i32,
    /// Messages written.
    pub messages: u32,
    /// Reactions given.
    pub reactions: u32,
}

/// A message that opens a conversation, or is its author's first, and what became of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Opener {
    /// Its number.
    pub id: i32,
    /// Who wrote it.
    pub person: i32,
    /// When, in milliseconds since 1970.
    pub ts: i64,
    /// Whether it opens a conversation.
    pub opens: bool,
    /// Whether it is its author's first message ever.
    pub is_first: bool,
    /// Minutes to the first reply by somebody else within 72 hours.
    pub minutes: Option<f64>,
    /// Whether somebody else reacted within 72 hours.
    pub reacted: bool,
    /// Whether the next to speak in the same room and thread, within 60 minutes, was somebody else.
    pub followed: bool,
}

impl Opener {
    /// Whether anybody answered in any way.
    pub fn acknowledged(&self) -> bool {
        self.minutes.is_some() || self.reacted || self.followed
    }
}

/// Replies of one person to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reply {
    /// Who replied.
    pub from: i32,
    /// To whom.
    pub to: i32,
    /// How often.
    pub times: u32,
}

/// What one person wrote in one hour of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourShare {
    /// The hour, from 0 for Monday's first.
    pub hour: u32,
    /// The person.
    pub person: i32,
    /// How many messages.
    pub messages: u32,
}

/// What was read of a community's facts, by scope.
#[derive(Debug, Default)]
pub struct Scopes {
    /// Everybody who posted or reacted, ordered by person.
    pub people: BTreeMap<Scope, Vec<PersonMonth>>,
    /// Openers and first messages, in time order.
    pub openers: BTreeMap<Scope, Vec<Opener>>,
    /// Who replied to whom.
    pub replies: BTreeMap<Scope, Vec<Reply>>,
    /// Who wrote when in the week, in all rooms together.
    pub week: BTreeMap<i32, Vec<HourShare>>,
}

impl Scopes {
    /// Reads what a plan wants of some months.
    ///
    /// # Errors
    /// Where a table cannot be read.
    pub fn read(community: &Community, months: &[Month], plan: &ReadPlan) -> PolarsResult<Self> {
        let wanted: Vec<i32> = months.iter().filter(|month| plan.has(**month)).map(|month| month.ordinal()).collect();
        Ok(Self {
            people: people(community, &wanted)?,
            openers: openers(community, &wanted)?,
            replies: replies(community, &wanted)?,
            week: week(community, &wanted)?,
        })
    }
}

fn people(community: &Community, months: &[i32]) -> PolarsResult<BTreeMap<Scope, Vec<PersonMonth>>> {
    let no_room = lit(NULL).cast(DataType::Int32).alias("room");
    let everywhere = community.of_months(Table::People, months).with_column(no_room);
    let by_room = community.of_months(Table::Activity, months);
    let mut people = BTreeMap::<Scope, Vec<PersonMonth>>::new();
    for part in [everywhere, by_room] {
        let part = part
            .filter((col("messages") + col("reactions")).gt(lit(0)))
            .select(["month", "room", "person", "messages", "reactions"].map(col))
            .collect()?;
        let [person, messages, reactions] =
            [i32s(&part, "person")?, i32s(&part, "messages")?, i32s(&part, "reactions")?];
        let one = |row: usize| PersonMonth {
            person: person[row],
            messages: messages[row].cast_unsigned(),
            reactions: reactions[row].cast_unsigned(),
        };
        for (scope, rows) in runs(&part)? {
            people.entry(scope).or_default().extend(rows.map(one));
        }
    }
    people.values_mut().for_each(|people| people.sort_unstable_by_key(|one| one.person));
    Ok(people)
}

fn openers(community: &Community, months: &[i32]) -> PolarsResult<BTreeMap<Scope, Vec<Opener>>> {
    let table = community.of_months(Table::Openers, months).collect()?;
    let (id, person, minutes) =
        (i32s(&table, "id")?, i32s(&table, "person")?, table.column("minutes")?.f64()?.rechunk());
    let ts: Vec<i64> = table.column("ts")?.i64()?.iter().map(Option::unwrap_or_default).collect();
    let [opens, is_first, reacted, followed] =
        ["opens", "is_first", "reacted", "followed"].map(|name| is(&table, name));
    let (opens, is_first, reacted, followed) = (opens?, is_first?, reacted?, followed?);
    let one = |row: usize| Opener {
        id: id[row],
        person: person[row],
        ts: ts[row],
        opens: opens[row],
        is_first: is_first[row],
        minutes: minutes.get(row),
        reacted: reacted[row],
        followed: followed[row],
    };
    let mut openers = twice(&table, one)?;
    openers.values_mut().for_each(|openers| openers.sort_unstable_by_key(|one| (one.ts, one.id)));
    Ok(openers)
}

/// Who replied to whom in some months.
///
/// # Errors
/// Where the table cannot be read.
pub fn replies(community: &Community, months: &[i32]) -> PolarsResult<BTreeMap<Scope, Vec<Reply>>> {
    let table = community.of_months(Table::Replies, months).collect()?;
    let [from, to, times] = [i32s(&table, "person")?, i32s(&table, "to")?, i32s(&table, "replies")?];
    twice(&table, |row| Reply { from: from[row], to: to[row], times: times[row].cast_unsigned() })
}

fn week(community: &Community, months: &[i32]) -> PolarsResult<BTreeMap<i32, Vec<HourShare>>> {
    let table = community.of_months(Table::Week, months).with_column(lit(NULL).cast(DataType::Int32).alias("room"));
    let table = table.collect()?;
    let [hour, person, messages] = [i32s(&table, "hour")?, i32s(&table, "person")?, i32s(&table, "messages")?];
    let one = |row: usize| HourShare {
        hour: hour[row].cast_unsigned(),
        person: person[row],
        messages: messages[row].cast_unsigned(),
    };
    Ok(runs(&table)?.into_iter().map(|((_, month), rows)| (month, rows.map(one).collect())).collect())
}

fn i32s(table: &DataFrame, name: &str) -> PolarsResult<Vec<i32>> {
    let column = table.column(name)?.cast(&DataType::Int32)?;
    Ok(column.i32()?.iter().map(Option::unwrap_or_default).collect())
}

fn is(table: &DataFrame, name: &str) -> PolarsResult<Vec<bool>> {
    Ok(table.column(name)?.bool()?.iter().map(Option::unwrap_or_default).collect())
}

/// The rows that follow each other with the same scope.
fn runs(table: &DataFrame) -> PolarsResult<Vec<(Scope, Range<usize>)>> {
    let (months, rooms) = (table.column("month")?.i32()?, table.column("room")?.i32()?);
    let mut runs: Vec<(Scope, Range<usize>)> = Vec::new();
    for (row, (month, room)) in months.iter().zip(rooms.iter()).enumerate() {
        let scope = (room, month.unwrap_or_default());
        match runs.last_mut() {
            Some((last, rows)) if *last == scope => rows.end = row + 1,
            _ => runs.push((scope, row..row + 1)),
        }
    }
    Ok(runs)
}

/// Every row of a table of rooms, once for its room and once for all rooms together.
fn twice<T>(table: &DataFrame, one: impl Fn(usize) -> T) -> PolarsResult<BTreeMap<Scope, Vec<T>>> {
    let mut all = BTreeMap::<Scope, Vec<T>>::new();
    for ((room, month), rows) in runs(table)? {
        all.entry((None, month)).or_default().extend(rows.clone().map(&one));
        all.entry((room, month)).or_default().extend(rows.map(&one));
    }
    Ok(all)
}

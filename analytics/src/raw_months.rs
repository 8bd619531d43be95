//! What months come to, all digits, before anything is rounded or held back: of a community, and of each of its rooms.
//!
//! These numbers are about few people where few wrote. They are what releases are made of, and are never published.

mod known;
mod quarters;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use hearth_release::raw::RawMonth;
use hearth_shared::{
    activity::{Capabilities, Capability},
    month::Month,
};
use polars::prelude::*;

pub(crate) use self::known::origins;
use self::known::{knows, with_main};
pub use self::{
    known::over,
    quarters::{lifetimes, quarters, quarters_since},
    terms::Terms,
};
use crate::{
    archive::Community,
    evaluation::{SPAN, ascending, by_scope},
    facts::{SETTLED, Table, WINDOW, begin},
    frames, history,
    scopes::Scope,
    values::Keys,
};

/// So many people share a room.
const SHARED: u32 = 5;

/// The months of a community that are over, as far as its log goes.
///
/// # Errors
/// Where polars cannot compute them.
pub fn months(community: &Community, terms: &Terms) -> PolarsResult<Vec<RawMonth>> {
    months_of(community, terms, &over(community, community.log_end()?))
}

/// Some of them.
///
/// # Errors
/// Where polars cannot compute them.
pub fn months_of(community: &Community, terms: &Terms, wanted: &[Month]) -> PolarsResult<Vec<RawMonth>> {
    Ok(series(community, terms, Keys::Month, wanted)?.remove(&None).unwrap_or_default())
}

/// The same of each room, from the month in which it came into view.
///
/// # Errors
/// Where polars cannot compute them.
pub fn rooms(community: &Community, terms: &Terms) -> PolarsResult<BTreeMap<i32, Vec<RawMonth>>> {
    rooms_of(community, terms, &over(community, community.log_end()?))
}

/// The same of some months.
///
/// # Errors
/// Where polars cannot compute them.
pub fn rooms_of(community: &Community, terms: &Terms, wanted: &[Month]) -> PolarsResult<BTreeMap<i32, Vec<RawMonth>>> {
    let rooms = series(community, terms, Keys::MonthAndRoom, wanted)?;
    Ok(rooms.into_iter().filter_map(|(room, months)| Some((room?, months))).collect())
}

/// The scope at the end of each month that is over: see [`RawMonth::scope`].
///
/// # Errors
/// Where polars cannot compute them.
pub fn scopes(community: &Community) -> PolarsResult<BTreeMap<Month, u64>> {
    let over = over(community, community.log_end()?);
    let mut values = Columns::default();
    values.add_rooms(community, Keys::Month, &over)?;
    let months = values.months(community, None, &over, &over, &BTreeMap::new());
    Ok(months.into_iter().map(|raw| (raw.month, raw.scope)).collect())
}

/// The wanted months by room; `None` is all rooms together.
fn series(
    community: &Community,
    terms: &Terms,
    keys: Keys,
    wanted: &[Month],
) -> PolarsResult<BTreeMap<Option<i32>, Vec<RawMonth>>> {
    let end = community.log_end()?;
    let over = over(community, end);
    let mut values = Columns::default();
    // Of all months, since what came into view once is in view.
    values.add_rooms(community, keys, &over)?;
    let wanted: Vec<Month> = over.iter().filter(|month| wanted.contains(month)).copied().collect();
    for span in community.spans(&wanted, SPAN) {
        let months: Vec<i32> = span.iter().map(|month| month.ordinal()).collect();
        values.add(community, terms, keys, &months, end)?;
    }
    let rooms: BTreeSet<Option<i32>> = values.rooms.keys().map(|(room, _)| *room).collect();
    let heard = history::heard(community)?;
    let told = rooms.into_iter().map(|room| {
        let knows = knows(community, &heard, room);
        (room, values.months(community, room, &over, &wanted, &knows))
    });
    Ok(told.collect())
}

/// What queries came to, by scope.
#[derive(Default)]
struct Columns {
    /// Posters, active, messages, voices.
    people: BTreeMap<Scope, Vec<f64>>,
    /// Rooms in which somebody wrote, and those in which five did.
    spread: BTreeMap<Scope, Vec<f64>>,
    /// Newcomers, and who came from nobody knows where.
    origins: BTreeMap<Scope, Vec<f64>>,
    /// Conversations, openers, taken up, their openers, minutes.
    conversations: BTreeMap<Scope, Vec<f64>>,
    /// How many times something came into view that existed, and when the first was seen.
    rooms: BTreeMap<Scope, Vec<f64>>,
}

impl Columns {
    fn add_rooms(&mut self, community: &Community, keys: Keys, months: &[Month]) -> PolarsResult<()> {
        let months: Vec<i32> = months.iter().map(|month| month.ordinal()).collect();
        let rooms = community.of_months(Table::Rooms, &months);
        self.rooms.extend(by_scope(rooms, keys, &[col("adopted").sum(), col("start").min()])?);
        Ok(())
    }

    fn add(&mut self, community: &Community, terms: &Terms, keys: Keys, months: &[i32], end: i64) -> PolarsResult<()> {
        let of = |table: Table| community.of_months(table, months);
        let (wrote, did) = (col("messages").gt(lit(0)), (col("messages") + col("reactions")).gt(lit(0)));
        let who = if keys == Keys::Month { Table::People } else { Table::Activity };
        let messages = || col("messages").cast(DataType::Float64);
        let squares = (messages() * messages()).sum();
        self.people.extend(by_scope(
            of(who).filter(did),
            keys,
            &[wrote.clone().sum(), len(), messages().sum(), messages().sum() * messages().sum() / squares],
        )?);
        let place = ascending(frames::pair(col("month"), col("room"))).alias("place");
        let spread = of(Table::Activity).filter(wrote).with_column(place).group_by_stable([col("place")]).agg([
            col("month").first(),
            col("room").first(),
            len().alias("posters"),
        ]);
        self.spread.extend(by_scope(spread, keys, &[len(), col("posters").gt_eq(lit(SHARED)).sum()])?);
        let is_new = || col("is_new");
        self.origins.extend(by_scope(origins(community, months), keys, &[is_new().sum(), is_new().not().sum()])?);
        let taken = col("minutes").is_not_null();
        self.conversations.extend(by_scope(
            counted(of(Table::Conversations), of(Table::Rooms), terms, end),
            keys,
            &[
                len(),
                col("person").n_unique(),
                taken.clone().sum(),
                col("person").filter(taken).n_unique(),
                col("minutes").median(),
            ],
        )?);
        Ok(())
    }

    /// The wanted months of a room, or of all rooms together.
    fn months(
        &self,
        community: &Community,
        room: Option<i32>,
        over: &[Month],
        wanted: &[Month],
        knows: &BTreeMap<i32, Capabilities>,
    ) -> Vec<RawMonth> {
        let at = |columns: &BTreeMap<Scope, Vec<f64>>, month: &Month, place: usize| {
            columns.get(&(room, month.ordinal())).map_or(f64::NAN, |values| values[place])
        };
        let count = |columns, month, place| whole(at(columns, month, place));
        let (mut scope, mut known) = (0, Capabilities::all());
        let seen = over.iter().skip_while(|month| at(&self.rooms, month, 0).is_nan());
        let start = seen.clone().map(|month| at(&self.rooms, month, 1)).find(|start| !start.is_nan());
        let mut told = Vec::new();
        for (age, month) in seen.enumerate() {
            // What comes in with the first month is where everything begins.
            scope += if age > 0 { count(&self.rooms, month, 0) } else { 0 };
            known = knows.get(&month.ordinal()).copied().unwrap_or(known);
            if !wanted.contains(month) {
                continue;
            }
            let settled = begin(month.ordinal(), &community.zone) as f64 - start.unwrap_or(f64::MAX) >= SETTLED as f64;
            told.push(RawMonth {
                month: *month,
                scope,
                posters: count(&self.people, month, 0),
                active: known.has(Capability::Reactions).then(|| count(&self.people, month, 1)),
                messages: count(&self.people, month, 2),
                voices: some(at(&self.people, month, 3)),
                new: (settled || known.has(Capability::Joins)).then(|| count(&self.origins, month, 0)),
                unknown_origin: count(&self.origins, month, 1),
                conversations: count(&self.conversations, month, 0),
                openers: count(&self.conversations, month, 1),
                taken: count(&self.conversations, month, 2),
                taken_openers: count(&self.conversations, month, 3),
                answer_minutes: some(at(&self.conversations, month, 4)),
                rooms_active: count(&self.spread, month, 0),
                rooms_shared: count(&self.spread, month, 1),
            });
        }
        told
    }
}

/// Conversations of which it can be told whether they were taken up, when the log goes on to `end`.
fn counted(conversations: LazyFrame, rooms: LazyFrame, terms: &Terms, end: i64) -> LazyFrame {
    let judged = (col("ts") + lit(WINDOW)).lt_eq(lit(end));
    let conversations = conversations.filter(judged.and(terms.announces().not()));
    with_main(conversations, rooms).filter(col("is_topic").or(terms.is_busy().not()))
}

/// A value, unless it is none.
fn some(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// A count; nothing is 0.
fn whole(count: f64) -> u64 {
    if count > 0.0 { count as u64 } else { 0 }
}

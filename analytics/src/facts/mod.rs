//! Facts: the small tidy tables that acts come to, and all that measures look at.
//!
//! Each is one query over acts. The facts of a month that is over, and of whose messages all had their 72 hours, never
//! change but by an erasure or a row that comes late. Every table has the column `month` (Int32,
//! [`Month::ordinal`](hearth_shared::month::Month::ordinal)); `room` and `person` are Int32.

mod activity;
mod arrivals;
mod counts;
mod depths;
mod flow;
mod openers;
mod presence;
mod related;
mod replies;
mod sources;
mod week;

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use jiff::tz::TimeZone;
use polars::prelude::*;
use strum::{EnumIter, IntoStaticStr};

use crate::{
    acts::{self, ReadError, Shelf, Source},
    calendar::HOUR,
};

/// How long a reply or a reaction may take to count, in milliseconds: 72 hours.
pub const WINDOW: i64 = 72 * HOUR;

/// About so many acts are looked at in one query.
const BATCH: usize = 1 << 21;

/// A table of facts; its name is that of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Table {
    /// Who did how much where: see [`activity`].
    Activity,
    /// Messages that open a conversation, first messages ever, and what became of them: see [`openers`].
    Openers,
    /// Who answered whom: see [`replies`].
    Replies,
    /// Who was seen for the first time ever: see [`arrivals`].
    Arrivals,
    /// How the word passes on, and how messages follow each other: see [`flow`].
    Flow,
    /// How deep replies go: see [`depths`].
    Depths,
    /// Who wrote when in the week: see [`week`].
    Week,
    /// Who is in which room: see [`presence`].
    Presence,
    /// Where rows come from: see [`sources`].
    Sources,
    /// The threads that began in a month and whose root is in no row: `month`, `thread`.
    Threads,
    /// What messages of a month point at and is in no row: `month`, `id`.
    Dangling,
    /// How many people took part, and where they come from: see [`counts`].
    Counts,
    /// How many of those who came in a month wrote in it or a later one: see [`counts`].
    Cohorts,
    /// What practices logged: see [`acts`](crate::acts).
    Practices,
}

impl Table {
    /// Its name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Its columns.
    pub fn schema(self) -> Schema {
        use DataType::{Boolean as Bool, Float64 as F64, Int32 as I32, Int64 as I64, UInt8 as U8, UInt32 as U32};
        let own = match self {
            Self::Activity => vec![
                ("room", I32),
                ("person", I32),
                ("messages", U32),
                ("reactions", U32),
                ("days", U32),
                ("first", I64),
                ("last", I64),
            ],
            Self::Openers => vec![
                ("room", I32),
                ("person", I32),
                ("id", I32),
                ("ts", I64),
                ("opens", Bool),
                ("is_first", Bool),
                ("minutes", F64),
                ("reacted", Bool),
                ("followed", Bool),
            ],
            Self::Replies => vec![("room", I32), ("person", I32), ("to", I32), ("replies", U32)],
            Self::Arrivals => vec![("person", I32), ("joined", I64)],
            Self::Flow => {
                vec![("room", I32), ("steps", U32), ("changes", U32), ("gaps", U32), ("mean", F64), ("deviation", F64)]
            }
            Self::Depths => vec![("room", I32), ("person", I32), ("depth", U32), ("replies", U32)],
            Self::Week => vec![("hour", U8), ("person", I32), ("messages", U32)],
            Self::Presence => vec![("room", I32), ("person", I32), ("is_in", Bool)],
            Self::Sources => vec![("room", I32), ("source", I32), ("rows", U32), ("early", Bool), ("last", I64)],
            Self::Threads => vec![("thread", I32)],
            Self::Dangling => vec![("id", I32)],
            Self::Counts => {
                let counts = ["active", "posters", "days", "new", "retained", "lapsed", "reactivated", "members"];
                [counts.map(|count| (count, U32)).to_vec(), vec![("last", I64)]].concat()
            }
            Self::Cohorts => vec![("cohort", I32), ("wrote", U32)],
            Self::Practices => vec![
                ("id", I64),
                ("room", I32),
                ("person", I32),
                ("kind", U8),
                ("ts", I64),
                ("reply_to", I64),
                ("thread", I64),
                ("value", I64),
            ],
        };
        let all = [("month", I32)].into_iter().chain(own);
        all.map(|(name, of)| Field::new(name.into(), of)).collect()
    }

    /// The same columns in that order, of a table that has them.
    pub fn of(self, table: LazyFrame) -> LazyFrame {
        let columns: Vec<Expr> = self.schema().iter().map(|(name, of)| col(name.clone()).cast(of.clone())).collect();
        table.select(columns)
    }
}

/// A table in the order of keys. What they do not tell apart stays as it is.
///
/// It is put in order by one key after the other, the last one first: numbers of one column are ordered many times as fast
/// as rows of several.
pub fn in_order<const N: usize>(table: LazyFrame, keys: [&str; N]) -> LazyFrame {
    let stable = SortMultipleOptions::default().with_maintain_order(true);
    keys.into_iter().rev().fold(table, |table, key| table.sort([key], stable.clone()))
}

/// A value where a condition holds, and null where not.
pub fn only_if(condition: Expr, value: Expr) -> Expr {
    when(condition).then(value).otherwise(lit(NULL))
}

pub use self::{
    counts::{cohorts, counts},
    related::begin,
};

/// The facts of some months.
pub type Facts = BTreeMap<Table, DataFrame>;

/// What is known of the months before a batch.
#[derive(Clone, Debug)]
pub struct Past {
    /// `person`: of whom something was seen.
    pub seen: DataFrame,
    /// `person`: who wrote a message.
    pub posted: DataFrame,
    /// `thread`: which threads without a root have begun.
    pub begun: DataFrame,
}

impl Default for Past {
    fn default() -> Self {
        let none = |name: &str| DataFrame::full_null(&Schema::from_iter([Field::new(name.into(), DataType::Int32)]), 0);
        Self { seen: none("person"), posted: none("person"), begun: none("thread") }
    }
}

impl Past {
    /// What is known after some months more.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn and(self, facts: &Facts) -> PolarsResult<Self> {
        let more = |before: DataFrame, table: Table, only: Option<Expr>, column: &str| {
            let Some(now) = facts.get(&table) else { return Ok(before) };
            let now = match only {
                Some(only) => now.clone().lazy().filter(only),
                None => now.clone().lazy(),
            };
            concat([before.lazy(), now.select([col(column)])], UnionArgs::default())?
                .unique(None, UniqueKeepStrategy::Any)
                .collect()
        };
        let wrote = col("room").is_null().and(col("messages").gt(lit(0)));
        Ok(Self {
            seen: more(self.seen, Table::Arrivals, None, "person")?,
            posted: more(self.posted, Table::Activity, Some(wrote), "person")?,
            begun: more(self.begun, Table::Threads, None, "thread")?,
        })
    }
}

/// Acts of some months in time order, and of the 72 hours after them, with what they say about each other: see
/// [`related`].
struct Batch {
    acts: LazyFrame,
    /// `month`, `from`: when each month begins.
    begins: DataFrame,
    last: i32,
    past: Past,
}

impl Batch {
    /// The acts of the months themselves, by people who are counted.
    fn own(&self) -> LazyFrame {
        self.acts.clone().filter(acts::is_counted().and(col("month").lt_eq(lit(self.last))))
    }

    /// The messages of the months themselves.
    fn own_messages(&self) -> LazyFrame {
        self.own().filter(acts::is(Kind::Message))
    }
}

/// Works the facts of all months on a shelf out, some months at a time, and hands them over.
///
/// # Errors
/// What `hand_over` says, and where acts cannot be read or a table cannot be computed.
pub fn each<E: From<ReadError> + From<PolarsError>>(
    mut shelf: Shelf,
    source: &Source,
    zone: &TimeZone,
    mut past: Past,
    mut hand_over: impl FnMut(&Facts) -> Result<(), E>,
) -> Result<(), E> {
    let months: Vec<(i32, usize)> = shelf.months().collect();
    let mut rest = months.as_slice();
    while let [(first, _), ..] = rest {
        let mut rows = 0;
        let count = rest
            .iter()
            .take_while(|(_, more)| {
                rows += more;
                rows <= BATCH || rows == *more
            })
            .count();
        let (batch, after) = rest.split_at(count.max(1));
        rest = after;
        let last = batch.last().map_or(*first, |(month, _)| *month);
        let begins = related::begins(batch.iter().map(|(month, _)| *month), zone)?;
        let until = begin(last + 1, zone).saturating_add(WINDOW);
        let acts = shelf.take(*first..=last, until)?;
        let (acts, threads, dangling) = related::related(acts, source, &past, last)?;
        let batch = Batch { acts: acts.lazy(), begins, last, past: past.clone() };
        let mut facts = of(&batch)?;
        facts.insert(Table::Threads, threads);
        facts.insert(Table::Dangling, dangling);
        past = past.and(&facts)?;
        hand_over(&facts)?;
    }
    Ok(())
}

fn of(batch: &Batch) -> PolarsResult<Facts> {
    let queries = [
        (Table::Activity, activity::query(batch)?),
        (Table::Openers, openers::query(batch)?),
        (Table::Replies, replies::query(batch)),
        (Table::Arrivals, arrivals::query(batch)),
        (Table::Flow, flow::query(batch)?),
        (Table::Week, week::query(batch)),
        (Table::Presence, presence::query(batch)),
        (Table::Sources, sources::query(batch)),
    ];
    let mut facts: Facts = BTreeMap::new();
    for (table, query) in queries {
        facts.insert(table, table.of(query).collect()?);
    }
    facts.insert(Table::Depths, Table::Depths.of(depths::table(batch)?.lazy()).collect()?);
    Ok(facts)
}

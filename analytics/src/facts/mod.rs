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
mod past;
mod related;
mod replies;
mod sources;
mod week;

use std::{collections::BTreeMap, ops::RangeInclusive};

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

/// A table of facts; its name is that of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Table {
    /// Who did how much in which room: see [`activity`].
    Activity,
    /// Who did how much in all rooms together: see [`activity`].
    People,
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
    /// Of whom something was seen up to the month's end: see [`past`].
    Seen,
    /// Who has written up to the month's end: see [`past`].
    Posted,
    /// Who is in which room at the month's end: see [`past`].
    Inside,
    /// Which threads without a root have begun up to the month's end: see [`past`].
    Begun,
}

impl Table {
    /// Whether it says how things stand at a month's end. Of such tables the last month's is enough.
    pub fn is_state(self) -> bool {
        matches!(self, Self::Seen | Self::Posted | Self::Inside | Self::Begun)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// Its columns.
    pub fn schema(self) -> Schema {
        use DataType::{Boolean as Bool, Float64 as F64, Int32 as I32, Int64 as I64, UInt8 as U8, UInt32 as U32};
        let who = [
            ("person", I32),
            ("messages", U32),
            ("reactions", U32),
            ("days", U32),
            ("partners", U32),
            ("edges", U32),
            ("mutual", U32),
        ];
        let own = match self {
            Self::Activity => [vec![("room", I32)], who.to_vec()].concat(),
            Self::People => {
                let own = [("rooms", U32), ("first", I64), ("last", I64), ("cohort", I32), ("before", I32)];
                [who.to_vec(), own.to_vec()].concat()
            }
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
                vec![
                    ("room", I32),
                    ("posters", U32),
                    ("steps", U32),
                    ("changes", U32),
                    ("gaps", U32),
                    ("mean", F64),
                    ("deviation", F64),
                ]
            }
            Self::Depths => vec![("room", I32), ("person", I32), ("depth", U32), ("replies", U32)],
            Self::Week => vec![("hour", U8), ("person", I32), ("messages", U32)],
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
            Self::Seen => vec![("person", I32)],
            Self::Posted => vec![("person", I32), ("cohort", I32), ("latest", I32)],
            Self::Inside => vec![("room", I32), ("person", I32)],
            Self::Begun => vec![("thread", I32)],
        };
        let all = [("month", I32)].into_iter().chain(own);
        all.map(|(name, of)| Field::new(name.into(), of)).collect()
    }

    /// A month's rows with the same columns in that order, of a table that has them but for the month.
    pub fn of(self, table: LazyFrame, month: i32) -> LazyFrame {
        let columns: Vec<Expr> = self.schema().iter().map(|(name, of)| col(name.clone()).cast(of.clone())).collect();
        table.with_column(lit(month).alias("month")).select(columns)
    }
}

/// A table in the order of a number, or of two of them as a [`pair`](acts::pair). What it does not tell apart stays as it is.
pub fn in_order(table: LazyFrame, by: Expr) -> LazyFrame {
    table.sort_by_exprs([by], SortMultipleOptions::default().with_maintain_order(true))
}

/// A join that keeps the rows of its left side, in their order.
pub fn left() -> JoinArgs {
    JoinArgs { maintain_order: MaintainOrderJoin::Left, ..JoinArgs::new(JoinType::Left) }
}

/// A value where a condition holds, and null where not.
pub fn only_if(condition: Expr, value: Expr) -> Expr {
    when(condition).then(value).otherwise(lit(NULL))
}

pub use self::{past::Past, related::begin};

/// The facts of a month.
pub type Facts = BTreeMap<Table, DataFrame>;

/// What facts have in a table.
pub fn table(facts: &Facts, table: Table) -> LazyFrame {
    facts.get(&table).cloned().unwrap_or_else(|| DataFrame::empty_with_schema(&table.schema())).lazy()
}

/// Acts of a month and of the 72 hours after it in time order, with what they say about each other: see [`related`].
struct Batch {
    acts: DataFrame,
    /// The acts of the month itself, by people who are counted, in time order.
    own: DataFrame,
    /// What was done when (`seat`, `room`, `person`, `kind`, `ts`, `day`), room by room and in each person by person.
    by_seat: DataFrame,
    /// The same, person by person.
    by_person: DataFrame,
    month: i32,
    /// When the month begins, in milliseconds since 1970.
    from: i64,
    past: Past,
}

impl Batch {
    fn of(acts: DataFrame, month: i32, from: i64, past: Past) -> PolarsResult<Self> {
        let is_own = acts::is_counted().and(col("month").eq(lit(month)));
        let own = acts.clone().lazy().filter(is_own).collect()?;
        let did = own.clone().lazy().select([
            acts::seat().alias("seat"),
            col("room"),
            col("person"),
            col("kind"),
            col("ts"),
            col("day"),
        ]);
        let by_seat = in_order(did.clone(), col("seat")).collect()?;
        let by_person = in_order(did, col("person")).collect()?;
        Ok(Self { acts, own, by_seat, by_person, month, from, past })
    }

    /// The acts of the month itself, by people who are counted.
    fn own(&self) -> LazyFrame {
        self.own.clone().lazy()
    }

    /// The messages among them.
    fn own_messages(&self) -> LazyFrame {
        self.own().filter(acts::is(Kind::Message))
    }
}

/// Works the facts of months on a shelf out, one after the other, and hands them over with how things stand at their ends.
///
/// # Errors
/// What `hand_over` says, and where acts cannot be read or a table cannot be computed.
pub fn each<E: From<ReadError> + From<PolarsError>>(
    mut shelf: Shelf,
    source: &Source,
    zone: &TimeZone,
    months: RangeInclusive<i32>,
    mut past: Past,
    mut hand_over: impl FnMut(i32, &Facts, &Past) -> Result<(), E>,
) -> Result<(), E> {
    for month in months {
        let (mut facts, mut after) = (Facts::new(), past.clone());
        if shelf.has(month) {
            let until = begin(month + 1, zone).saturating_add(WINDOW);
            let acts = shelf.take(month, until)?;
            let (acts, threads, dangling) = related::related(acts, source, &past, month)?;
            let batch = Batch::of(acts, month, begin(month, zone), past.clone())?;
            facts = of(&batch, month)?;
            facts.insert(Table::Threads, Table::Threads.of(threads, month).collect()?);
            facts.insert(Table::Dangling, Table::Dangling.of(dangling, month).collect()?);
            after = past.and(&facts, past::presence(&batch), month)?;
        }
        facts.extend(counts::of(&facts, &past, &after, month)?);
        hand_over(month, &facts, &after)?;
        past = after;
    }
    Ok(())
}

fn of(batch: &Batch, month: i32) -> PolarsResult<Facts> {
    let replies = replies::query(batch).collect()?;
    let in_rooms = activity::in_rooms(batch, &replies)?.collect()?;
    let queries = [
        (Table::People, activity::people(batch, &replies, &in_rooms)?),
        (Table::Activity, in_rooms.lazy()),
        (Table::Openers, openers::query(batch)?),
        (Table::Replies, replies.lazy()),
        (Table::Arrivals, arrivals::query(batch)),
        (Table::Flow, flow::query(batch)?),
        (Table::Week, week::query(batch)),
        (Table::Sources, sources::query(batch)),
        (Table::Depths, depths::table(batch)?.lazy()),
    ];
    queries.into_iter().map(|(table, query)| Ok((table, table.of(query, month).collect()?))).collect()
}

//! The tables of facts, and their columns.

use std::collections::BTreeMap;

use polars::prelude::*;
use strum::{EnumIter, IntoStaticStr};

use crate::calendar::{DAY, HOUR};

/// How long a reply or a reaction may take to count, in milliseconds: 72 hours.
pub const WINDOW: i64 = 72 * HOUR;

/// Where nobody writes on a main timeline for so long, a conversation ends, in milliseconds: 6 hours.
pub const PAUSE: i64 = 6 * HOUR;

/// Who first writes in a room that was in view for so long was not there before, in milliseconds: 365 days.
pub const SETTLED: i64 = 365 * DAY;

/// How soon after a first message somebody must write again to have come back, in milliseconds: 30 days.
pub const RETURN: i64 = 30 * DAY;

/// A table of facts; its name is that of its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, EnumIter, IntoStaticStr)]
#[strum(serialize_all = "kebab-case")]
pub enum Table {
    /// Who did how much in which room: see `facts/activity.rs`.
    Activity,
    /// Who did how much in all rooms together: see `facts/activity.rs`.
    People,
    /// Messages that open a conversation, first messages ever, and what became of them: see `facts/openers.rs`.
    Openers,
    /// Who answered whom: see `facts/replies.rs`.
    Replies,
    /// Who was seen for the first time ever: see `facts/arrivals.rs`.
    Arrivals,
    /// Conversations, and whether they were taken up: see `facts/conversations.rs`.
    Conversations,
    /// Who was together with whom in a conversation, thread or topic: see `facts/circles.rs`.
    Circles,
    /// First messages ever, whether their authors are newcomers, and what became of them: see `facts/origins.rs`.
    Origins,
    /// Who was there when a room came into view, or was moved into one: see `facts/origins.rs`.
    Moved,
    /// Who came back after their first message: see `facts/returns.rs`.
    Returns,
    /// Rooms, their main timelines, and when they came into view: see `facts/rooms.rs`.
    Rooms,
    /// How far the log goes in a month: see `facts/rooms.rs`.
    Ends,
    /// How the word passes on, and how messages follow each other: see `facts/flow.rs`.
    Flow,
    /// How deep replies go: see `facts/depths.rs`.
    Depths,
    /// Who wrote when in the week: see `facts/week.rs`.
    Week,
    /// Where rows come from: see `facts/sources.rs`.
    Sources,
    /// The threads that began in a month and whose root is in no row: `month`, `thread`.
    Threads,
    /// What messages of a month point at and is in no row: `month`, `id`.
    Dangling,
    /// How many people took part, and where they come from: see `facts/counts.rs`.
    Counts,
    /// How many of those who came in a month wrote in it or a later one: see `facts/counts.rs`.
    Cohorts,
    /// What practices logged: see [`hearth_acts`].
    Practices,
    /// Of whom something was seen up to the month's end: see `facts/past.rs`.
    Seen,
    /// Who has written up to the month's end: see `facts/past.rs`.
    Posted,
    /// Who is in which room at the month's end: see `facts/past.rs`.
    Inside,
    /// Which threads without a root have begun up to the month's end: see `facts/past.rs`.
    Begun,
    /// When each room came into view, up to the month's end: see `facts/past.rs`.
    Started,
    /// Which runs of main timelines go on at the month's end: see `facts/past.rs`.
    Open,
    /// Which topics have begun up to the month's end: see `facts/past.rs`.
    Topics,
    /// Who wrote first not long before the month's end, and has not come back: see `facts/past.rs`.
    Fresh,
}

impl Table {
    /// Whether it says how things stand at a month's end. Of such tables the last month's is enough.
    pub fn is_state(self) -> bool {
        matches!(
            self,
            Self::Seen
                | Self::Posted
                | Self::Inside
                | Self::Begun
                | Self::Started
                | Self::Open
                | Self::Topics
                | Self::Fresh
        )
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
            Self::Conversations => {
                vec![("room", I32), ("person", I32), ("id", I32), ("ts", I64), ("minutes", F64), ("is_topic", Bool)]
            }
            Self::Circles => vec![("room", I32), ("circle", I32), ("person", I32)],
            Self::Origins => vec![
                ("person", I32),
                ("room", I32),
                ("ts", I64),
                ("date", I32),
                ("came", Bool),
                ("is_main", Bool),
                ("answered", Bool),
                ("reacted", Bool),
            ],
            Self::Moved => vec![("person", I32)],
            Self::Returns => vec![("person", I32)],
            Self::Rooms => vec![("room", I32), ("main", U32), ("adopted", U32), ("start", I64)],
            Self::Ends => vec![("last", I64), ("beat", I64), ("beats", U32)],
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
            Self::Seen => vec![("person", I32), ("joined", Bool)],
            Self::Posted => vec![("person", I32), ("cohort", I32), ("latest", I32)],
            Self::Inside => vec![("room", I32), ("person", I32)],
            Self::Begun => vec![("thread", I32)],
            Self::Started => vec![("room", I32), ("start", I64)],
            Self::Open => vec![("room", I32), ("ts", I64), ("circle", I32)],
            Self::Topics => vec![("room", I32), ("thread", I32)],
            Self::Fresh => vec![("person", I32), ("ts", I64), ("date", I32)],
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

/// The facts of a month.
pub type Facts = BTreeMap<Table, DataFrame>;

/// What facts have in a table.
pub fn table(facts: &Facts, table: Table) -> LazyFrame {
    facts.get(&table).cloned().unwrap_or_else(|| DataFrame::empty_with_schema(&table.schema())).lazy()
}

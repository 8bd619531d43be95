//! The facts of a room, or of all rooms together, in a month: what measures look at that is no count.

use std::collections::BTreeMap;

use hearth_shared::month::Month;
use polars::prelude::*;

use crate::{
    archive::Community,
    facts::{Table, in_order},
    read_plan::ReadPlan,
};

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

/// Replies of one depth by one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Depth {
    /// The depth: 1 answers a message, 2 answers an answer, and so on.
    pub depth: u32,
    /// Who replied.
    pub person: i32,
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
    /// How deep replies go.
    pub depths: BTreeMap<Scope, Vec<Depth>>,
    /// Who wrote when in the week, in all rooms together.
    pub week: BTreeMap<i32, Vec<HourShare>>,
}

impl Scopes {
    /// Reads what a plan wants of some months.
    ///
    /// # Errors
    /// Where a table cannot be read.
    pub fn read(community: &Community, months: &[Month], plan: &ReadPlan) -> PolarsResult<Self> {
        let wanted = |want: &dyn Fn(Month) -> bool| -> Vec<i32> {
            months.iter().filter(|month| want(**month)).map(|month| month.ordinal()).collect()
        };
        let [people, rooms, measured] = [
            wanted(&|month| plan.people(month)),
            wanted(&|month| plan.rooms(month)),
            wanted(&|month| plan.measures(month)),
        ];
        let of = |table: Table, months: &[i32]| community.of_months(table, months);
        let mut scopes = Self::default();
        let everywhere = of(Table::Activity, &people).filter(col("room").is_null());
        let by_room = of(Table::Activity, &rooms).filter(col("room").is_not_null());
        for part in [everywhere, by_room] {
            let frame = Frame::of(part.collect()?)?;
            let [person, messages, reactions] = [frame.i32("person")?, frame.i32("messages")?, frame.i32("reactions")?];
            frame.each(|scope, row| {
                let one = PersonMonth {
                    person: person[row],
                    messages: messages[row].cast_unsigned(),
                    reactions: reactions[row].cast_unsigned(),
                };
                scopes.people.entry(scope).or_default().push(one);
            })?;
        }
        scopes.people.values_mut().for_each(|people| people.sort_unstable_by_key(|one| one.person));
        let openers = in_order(in_order(of(Table::Openers, &rooms), col("id")), col("ts"));
        let frame = Frame::of(openers.collect()?)?;
        let (person, ts, minutes) = (frame.i32("person")?, frame.i64("ts")?, frame.f64("minutes")?);
        let [opens, is_first, reacted, followed] =
            [frame.bool("opens")?, frame.bool("is_first")?, frame.bool("reacted")?, frame.bool("followed")?];
        frame.each_twice(|scope, row| {
            let opener = Opener {
                person: person[row],
                ts: ts[row],
                opens: opens[row],
                is_first: is_first[row],
                minutes: minutes[row],
                reacted: reacted[row],
                followed: followed[row],
            };
            scopes.openers.entry(scope).or_default().push(opener);
        })?;
        let frame = Frame::of(of(Table::Replies, &measured).collect()?)?;
        let [from, to, times] = [frame.i32("person")?, frame.i32("to")?, frame.i32("replies")?];
        frame.each_twice(|scope, row| {
            let reply = Reply { from: from[row], to: to[row], times: times[row].cast_unsigned() };
            scopes.replies.entry(scope).or_default().push(reply);
        })?;
        let frame = Frame::of(of(Table::Depths, &measured).collect()?)?;
        let [person, depth, times] = [frame.i32("person")?, frame.i32("depth")?, frame.i32("replies")?];
        frame.each_twice(|scope, row| {
            let depth =
                Depth { depth: depth[row].cast_unsigned(), person: person[row], times: times[row].cast_unsigned() };
            scopes.depths.entry(scope).or_default().push(depth);
        })?;
        let frame = of(Table::Week, &measured).collect()?;
        let frame = Frame::of(frame.lazy().with_column(lit(NULL).cast(DataType::Int32).alias("room")).collect()?)?;
        let [hour, person, messages] = [frame.i32("hour")?, frame.i32("person")?, frame.i32("messages")?];
        frame.each(|(_, month), row| {
            let share = HourShare {
                hour: hour[row].cast_unsigned(),
                person: person[row],
                messages: messages[row].cast_unsigned(),
            };
            scopes.week.entry(month).or_default().push(share);
        })?;
        Ok(scopes)
    }
}

/// A table of facts, column by column.
struct Frame {
    table: DataFrame,
}

impl Frame {
    fn of(table: DataFrame) -> PolarsResult<Self> {
        Ok(Self { table })
    }

    fn i32(&self, name: &str) -> PolarsResult<Vec<i32>> {
        let column = self.table.column(name)?.cast(&DataType::Int32)?;
        Ok(column.i32()?.iter().map(Option::unwrap_or_default).collect())
    }

    fn i64(&self, name: &str) -> PolarsResult<Vec<i64>> {
        Ok(self.table.column(name)?.i64()?.iter().map(Option::unwrap_or_default).collect())
    }

    fn f64(&self, name: &str) -> PolarsResult<Vec<Option<f64>>> {
        Ok(self.table.column(name)?.f64()?.iter().collect())
    }

    fn bool(&self, name: &str) -> PolarsResult<Vec<bool>> {
        Ok(self.table.column(name)?.bool()?.iter().map(Option::unwrap_or_default).collect())
    }

    /// Visits every row with its scope.
    fn each(&self, mut visit: impl FnMut(Scope, usize)) -> PolarsResult<()> {
        let months = self.table.column("month")?.i32()?;
        let rooms = self.table.column("room")?.i32()?;
        for (row, (month, room)) in months.iter().zip(rooms.iter()).enumerate() {
            visit((room, month.unwrap_or_default()), row);
        }
        Ok(())
    }

    /// Visits every row for all rooms together, and then for its own.
    fn each_twice(&self, mut visit: impl FnMut(Scope, usize)) -> PolarsResult<()> {
        self.each(|(room, month), row| {
            visit((None, month), row);
            visit((room, month), row);
        })
    }
}

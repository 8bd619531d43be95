//! Measures that are queries: expressions over rows of facts of a month, in a room or in all rooms together.

use polars::prelude::*;

use crate::{month_view::MonthView, raw::Raw};

/// The rows that a query is about, within a month, in a room or in all rooms together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rows {
    /// Everybody who wrote or reacted: see [`Table::People`], and for a room [`Table::Activity`], which has fewer columns.
    People,
    /// Everybody who wrote, the quietest first: the same.
    Posters,
    /// The month's counts: see [`Table::Counts`]; and `length`, its days. In all rooms together.
    Counts,
    /// Openers, but for those of the log's last 72 hours: `person`, `minutes`, `reacted`, `followed`.
    Openers,
    /// First messages of new posters, but for those: the same. In all rooms together.
    Newcomers,
    /// Everybody who wrote or was answered: the same as of posters.
    Nodes,
    /// How the word passed on: see [`Table::Flow`].
    Flow,
    /// Rooms in which somebody wrote: how many `messages`, the `most` by one person, and how many `posters` there were in
    /// all rooms together. In all rooms together.
    Rooms,
    /// Gatherings that had begun by the month's end: see `facts/gatherings.rs`.
    Gatherings,
    /// Actions that had been agreed by then: see `facts/actions.rs`.
    Actions,
    /// Answers whether gatherings were worth their time: see `facts/worth.rs`.
    Worth,
    /// Who took the last turns to facilitate: see [`gatherings::turns`](crate::facts::gatherings::turns).
    Turns,
    /// Everybody who wrote, with their `messages`, and whether they `led` a large gathering in the last twelve months; and
    /// everybody who did, without messages. In all rooms together.
    Leaders,
    /// The sheets of the month's pulse: see `facts/sheets.rs`. In all rooms together.
    Sheets,
    /// Everybody who joined in one of the two months before (`ago`, 1 or 2): when they `joined` and wrote `first`, and the
    /// time up to which people were `observed`. In all rooms together.
    Joined,
    /// Everybody who wrote their `first` message four months ago, that time, and whether they wrote `again` 30 to 120 days
    /// later. In all rooms together.
    Followed,
    /// Who of those who came in the month before `wrote`, and how many they are (`size`): one row. In all rooms together.
    Cohort,
    /// How deep replies go: see [`Table::Depths`].
    Depths,
}

impl Rows {
    pub(crate) const ALL: [Self; 18] = [
        Self::People,
        Self::Posters,
        Self::Counts,
        Self::Openers,
        Self::Newcomers,
        Self::Nodes,
        Self::Flow,
        Self::Rooms,
        Self::Gatherings,
        Self::Actions,
        Self::Worth,
        Self::Turns,
        Self::Leaders,
        Self::Sheets,
        Self::Joined,
        Self::Followed,
        Self::Cohort,
        Self::Depths,
    ];
}

/// A query over rows, and what its columns are to a [`Raw`].
#[derive(Clone)]
pub struct Query {
    pub(crate) rows: Rows,
    pub(crate) columns: Vec<Expr>,
    raw: fn(&[f64]) -> Raw,
    /// What is no query.
    then: Then,
}

/// What is made of a raw value that is no query.
#[derive(Clone, Copy)]
enum Then {
    Is(fn(Raw, &MonthView<'_>) -> Raw),
    Reads(fn(Raw, &MonthView<'_>) -> PolarsResult<Raw>),
}

impl Query {
    /// Columns, and what they are to a raw value; NaN is null.
    pub fn new(rows: Rows, columns: Vec<Expr>, raw: fn(&[f64]) -> Raw) -> Self {
        Self { rows, columns, raw, then: Then::Is(|raw, _| raw) }
    }

    /// A count of people, who are its sample.
    pub fn count(rows: Rows, people: Expr) -> Self {
        Self::new(rows, vec![people], |it| Raw::count(whole(it[0])))
    }

    /// A value about people, who are its sample too.
    pub fn of_people(rows: Rows, value: Expr, people: Expr) -> Self {
        Self::new(rows, vec![value, people], |it| Raw::of_people(known(it[0]), whole(it[1])))
    }

    /// A value with its sample, about people.
    pub fn value(rows: Rows, value: Expr, n: Expr, people: Expr) -> Self {
        Self::new(rows, vec![value, n, people], |it| Raw {
            value: known(it[0]),
            n: whole(it[1]),
            people: whole(it[2]),
            ..Raw::default()
        })
    }

    /// A share of people with its Wilson interval.
    pub fn share_of_people(rows: Rows, part: Expr, all: Expr) -> Self {
        Self::new(rows, vec![part, all], |it| Raw::share_of_people(whole(it[0]), whole(it[1])))
    }

    /// A share of things with its Wilson interval, about people.
    pub fn share(rows: Rows, part: Expr, all: Expr, people: Expr) -> Self {
        Self::new(rows, vec![part, all, people], |it| Raw {
            people: whole(it[2]),
            ..Raw::share(whole(it[0]), whole(it[1]))
        })
    }

    /// A number of things about people, who are its sample; 0 where there are none.
    pub fn things(rows: Rows, things: Expr, people: Expr) -> Self {
        Self::new(rows, vec![things, people], |it| Raw::of_people(Some(known(it[0]).unwrap_or(0.0)), whole(it[1])))
    }

    /// The same with what is no query, such as an interval.
    #[must_use]
    pub fn then(self, then: fn(Raw, &MonthView<'_>) -> Raw) -> Self {
        Self { then: Then::Is(then), ..self }
    }

    /// The same, where that reads rows of a table.
    #[must_use]
    pub fn and_then(self, then: fn(Raw, &MonthView<'_>) -> PolarsResult<Raw>) -> Self {
        Self { then: Then::Reads(then), ..self }
    }

    /// What its columns come to over some rows; NaN is null.
    #[cfg(test)]
    pub(super) fn over(&self, rows: DataFrame) -> Vec<f64> {
        let columns = self
            .columns
            .iter()
            .zip(0..)
            .map(|(column, place)| column.clone().cast(DataType::Float64).alias(format!("{place}")));
        let all = rows.lazy().select(columns.collect::<Vec<_>>()).collect().unwrap();
        (0..self.columns.len())
            .map(|place| all.column(&place.to_string()).unwrap().f64().unwrap().get(0).unwrap_or(f64::NAN))
            .collect()
    }

    /// The raw value of some rows, without what is no query.
    #[cfg(test)]
    pub(super) fn raw_of(&self, rows: DataFrame) -> Raw {
        (self.raw)(&self.over(rows))
    }

    /// What it comes to in a month; where that has no such rows, as if all columns were null.
    ///
    /// # Errors
    /// Where it was not worked out, because the plan does not look at that month, or polars cannot read a table.
    pub(super) fn raw(&self, id: &str, view: &MonthView<'_>) -> PolarsResult<Raw> {
        let nothing = vec![f64::NAN; self.columns.len()];
        let raw = (self.raw)(view.values(id)?.unwrap_or(&nothing));
        match self.then {
            Then::Is(then) => Ok(then(raw, view)),
            Then::Reads(then) => then(raw, view),
        }
    }
}

/// A value, unless it is none.
pub(super) fn known(value: f64) -> Option<f64> {
    (!value.is_nan()).then_some(value)
}

/// A count; nothing is 0.
pub(super) fn whole(count: f64) -> u64 {
    if count > 0.0 { count as u64 } else { 0 }
}

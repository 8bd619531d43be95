//! What measures come to that are queries.

use std::collections::{BTreeMap, HashMap};

use polars::prelude::*;

use crate::scopes::Scope;

/// What queries came to, by the ids of their measures.
#[derive(Debug, Default)]
pub struct Values {
    /// A scope's columns; NaN is null. What has no rows is not there.
    pub(crate) columns: HashMap<&'static str, BTreeMap<Scope, Vec<f64>>>,
    /// The months that were looked at.
    pub(crate) months: HashMap<(&'static str, Keys), Vec<i32>>,
}

impl Values {
    /// What a measure's query came to in a scope, or `None` where that has no rows.
    ///
    /// # Errors
    /// Where it was not looked at.
    pub fn get(&self, id: &str, scope: Scope) -> PolarsResult<Option<&Vec<f64>>> {
        let (room, month) = scope;
        let keys = if room.is_some() { Keys::MonthAndRoom } else { Keys::Month };
        let known = self.months.get_key_value(&(id, keys)).is_some_and(|(_, months)| months.contains(&month));
        polars_ensure!(known, ComputeError: "{id} was not worked out for month {month}");
        Ok(self.columns.get(id).and_then(|scopes| scopes.get(&scope)))
    }

    /// The scopes in which a measure's query found rows.
    pub fn scopes(&self, id: &str) -> Vec<Scope> {
        self.columns.get(id).into_iter().flat_map(BTreeMap::keys).copied().collect()
    }
}

/// What months are looked at by: the keys by which rows are grouped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Keys {
    /// All rooms together, by month.
    Month,
    /// By month and room.
    MonthAndRoom,
}

//! Acts, month by month. What is more than memory should hold lies in files meanwhile.

use std::{collections::BTreeMap, fs, ops::RangeInclusive, path::PathBuf};

use polars::prelude::*;
use tempfile::TempDir;

use crate::{facts::in_order, parquet};

/// So many rows are held in memory: about 40 bytes each.
const HELD: usize = 1 << 24;

impl Place {
    fn scan(&self) -> PolarsResult<LazyFrame> {
        let mut parts: Vec<LazyFrame> = self.held.iter().map(|part| part.clone().lazy()).collect();
        for file in &self.files {
            parts.push(parquet::scan(file, super::schema())?);
        }
        concat(parts, UnionArgs::default())
    }
}

/// Acts by month, as they come in.
#[derive(Debug, Default)]
pub struct Shelf {
    months: BTreeMap<i32, Place>,
    held: usize,
    /// Where the rest lies; removed with this.
    dir: Option<TempDir>,
}

/// Where the acts of a month are.
#[derive(Debug, Default)]
struct Place {
    rows: usize,
    held: Vec<DataFrame>,
    files: Vec<PathBuf>,
}

impl Shelf {
    /// Adds acts of any months, in any order.
    ///
    /// # Errors
    /// Where they have to be laid down in a file, and cannot be.
    pub fn add(&mut self, acts: DataFrame) -> PolarsResult<()> {
        if acts.height() == 0 {
            return Ok(());
        }
        self.held += acts.height();
        for part in acts.partition_by_stable(["month"], true)? {
            let Some(month) = part.column("month")?.i32()?.get(0) else { continue };
            let place = self.months.entry(month).or_default();
            place.rows += part.height();
            place.held.push(part);
        }
        if self.held > HELD { self.lay_down() } else { Ok(()) }
    }

    /// The months that have acts, and how many.
    pub fn months(&self) -> impl Iterator<Item = (i32, usize)> {
        self.months.iter().map(|(month, place)| (*month, place.rows))
    }

    /// The acts, in no order.
    ///
    /// # Errors
    /// Where a file cannot be read again.
    pub fn all(&self) -> PolarsResult<LazyFrame> {
        let empty = super::empty().lazy();
        let months = self.months.values().map(Place::scan);
        concat([Ok(empty)].into_iter().chain(months).collect::<PolarsResult<Vec<_>>>()?, UnionArgs::default())
    }

    /// Takes the acts of some months out, and adds those of the month after them that lie before a time; in time order.
    ///
    /// # Errors
    /// Where a file cannot be read again.
    pub fn take(&mut self, months: RangeInclusive<i32>, until: i64) -> PolarsResult<DataFrame> {
        let mut parts = vec![super::empty().lazy()];
        let after = *months.end() + 1;
        if let Some(place) = self.months.get(&after) {
            parts.push(place.scan()?.filter(col("ts").lt(lit(until))));
        }
        let mut later = self.months.split_off(months.start());
        let rest = later.split_off(&after);
        for place in later.values() {
            self.held -= place.held.iter().map(DataFrame::height).sum::<usize>();
            parts.push(place.scan()?);
        }
        self.months.extend(rest);
        in_order(concat(parts, UnionArgs::default())?, ["ts", "id"]).collect()
    }

    fn lay_down(&mut self) -> PolarsResult<()> {
        let dir = match &self.dir {
            Some(dir) => dir,
            None => self.dir.insert(TempDir::with_prefix("hearth-acts-")?),
        };
        for (month, place) in &mut self.months {
            let Some(mut all) = place.held.pop() else { continue };
            for part in place.held.drain(..) {
                all.vstack_mut_owned(part)?;
            }
            let file = dir.path().join(format!("{month}-{}.parquet", place.files.len()));
            fs::write(&file, parquet::write(&mut all)?)?;
            place.files.push(file);
        }
        self.held = 0;
        Ok(())
    }
}

//! Acts, month by month. What is more than memory should hold lies in files meanwhile.

use std::{collections::BTreeMap, fs, path::PathBuf};

use hearth_shared::private_file;
use polars::prelude::*;
use tempfile::TempDir;

use crate::columns::{empty, schema};
use crate::{frames::in_order, parquet};

/// So many rows are held in memory: about 40 bytes each.
const HELD: usize = 1 << 24;

impl Place {
    fn is_empty(&self) -> bool {
        self.held.is_empty() && self.files.is_empty()
    }

    fn scan(&self) -> PolarsResult<LazyFrame> {
        let mut parts: Vec<LazyFrame> = self.held.iter().map(|part| part.clone().lazy()).collect();
        for file in &self.files {
            parts.push(parquet::scan(file, schema())?);
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
            place.held.push(part);
        }
        if self.held > HELD { self.lay_down() } else { Ok(()) }
    }

    /// The first month that has acts, and the last.
    pub fn months(&self) -> Option<(i32, i32)> {
        Some((*self.months.first_key_value()?.0, *self.months.last_key_value()?.0))
    }

    /// The acts, in no order.
    ///
    /// # Errors
    /// Where a file cannot be read again.
    pub fn all(&self) -> PolarsResult<LazyFrame> {
        let empty = empty().lazy();
        let months = self.months.values().map(Place::scan);
        concat([Ok(empty)].into_iter().chain(months).collect::<PolarsResult<Vec<_>>>()?, UnionArgs::default())
    }

    /// Whether a month has acts.
    pub fn has(&self, month: i32) -> bool {
        self.months.contains_key(&month)
    }

    /// Takes the acts of a month out; in time order.
    ///
    /// # Errors
    /// Where a file cannot be read again.
    pub fn take_month(&mut self, month: i32) -> PolarsResult<DataFrame> {
        self.take_with(month, None)
    }

    /// Takes the acts of a month out, and adds those of the next that lie before a time; in time order.
    ///
    /// # Errors
    /// Where a file cannot be read again.
    pub fn take(&mut self, month: i32, until: i64) -> PolarsResult<DataFrame> {
        let next = self.months.get(&(month + 1)).map(Place::scan).transpose()?;
        self.take_with(month, next.map(|next| next.filter(col("ts").lt(lit(until)))))
    }

    fn take_with(&mut self, month: i32, others: Option<LazyFrame>) -> PolarsResult<DataFrame> {
        let place = self.months.remove(&month).unwrap_or_default();
        self.held -= place.held.iter().map(DataFrame::height).sum::<usize>();
        let parts = [empty().lazy()].into_iter().chain(others);
        let own = (!place.is_empty()).then(|| place.scan()).transpose()?;
        let all = concat(parts.chain(own).collect::<Vec<_>>(), UnionArgs::default())?;
        let acts = in_order(in_order(all, col("id")), col("ts")).collect()?;
        // Nobody reads them again. One that stays is removed with its folder.
        place.files.iter().for_each(|file| drop(fs::remove_file(file)));
        Ok(acts)
    }

    fn lay_down(&mut self) -> PolarsResult<()> {
        let dir = match &self.dir {
            Some(dir) => dir,
            None => self.dir.insert(private_dir()?),
        };
        for (month, place) in &mut self.months {
            let Some(mut all) = place.held.pop() else { continue };
            for part in place.held.drain(..) {
                all.vstack_mut_owned(part)?;
            }
            let file = dir.path().join(format!("{month}-{}.parquet", place.files.len()));
            private_file::write(&file, &parquet::write(&mut all)?)?;
            place.files.push(file);
        }
        self.held = 0;
        Ok(())
    }
}

/// A folder for files about people, where everybody may have theirs.
fn private_dir() -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    builder.prefix("hearth-acts-").tempdir()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Acts of a month with these ids, at as many milliseconds.
    fn acts(month: i32, ids: &[i32]) -> DataFrame {
        let frame = df!("id" => ids, "ts" => ids, "month" => vec![month; ids.len()]).unwrap();
        let rest = schema().into_iter().map(|(name, of)| match name.as_str() {
            "id" | "ts" | "month" => col(name).cast(of),
            _ => lit(NULL).cast(of).alias(name),
        });
        frame.lazy().select(rest.collect::<Vec<_>>()).collect().unwrap()
    }

    fn ids(acts: &DataFrame) -> Vec<i32> {
        acts.column("id").unwrap().i32().unwrap().iter().flatten().collect()
    }

    #[test]
    fn what_was_laid_down_is_taken_with_the_rest_and_leaves_no_file() {
        let mut shelf = Shelf::default();
        shelf.add(acts(3, &[5, 1])).unwrap();
        shelf.add(acts(4, &[9, 8])).unwrap();
        shelf.lay_down().unwrap();
        shelf.add(acts(3, &[3])).unwrap();
        let files = |shelf: &Shelf| fs::read_dir(shelf.dir.as_ref().unwrap()).unwrap().count();
        assert_eq!(files(&shelf), 2);
        #[cfg(unix)]
        {
            let mode = |path: &std::path::Path| {
                std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path).unwrap().permissions()) & 0o777
            };
            let dir = shelf.dir.as_ref().unwrap().path();
            assert_eq!(mode(dir), 0o700);
            assert!(fs::read_dir(dir).unwrap().all(|file| mode(&file.unwrap().path()) == 0o600));
        }
        assert_eq!(ids(&shelf.take(3, 9).unwrap()), [1, 3, 5, 8]);
        assert_eq!(files(&shelf), 1);
        assert_eq!(ids(&shelf.take_month(4).unwrap()), [8, 9]);
        assert_eq!((files(&shelf), shelf.months(), shelf.held), (0, None, 0));
        assert_eq!(ids(&shelf.take_month(4).unwrap()), [0; 0]);
    }
}

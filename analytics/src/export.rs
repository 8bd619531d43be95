//! Measures as a table for other programs: `measures.parquet` beside `report.json`, a row a measure, ordered by id.
//!
//! It holds what `measures.csv` holds, with types, so that any engine reads it. The same report gives the same bytes.
//!
//! | column | type | |
//! |---|---|---|
//! | `community` | string | the community's name |
//! | `room` | string, may be null | the room, where the report is about one |
//! | `month` | string | like `2026-10` |
//! | `measure` | string | the measure's id |
//! | `value` | double, may be null | null unless `status` is `ok` |
//! | `unit` | string | of `value`, `low` and `high` |
//! | `status` | string | `ok`, `na` or `suppressed` |
//! | `reason` | string, may be null | why there is no value |
//! | `low`, `high` | double, may be null | the ends of the 95 % interval |
//! | `n` | int64, may be null | the sample |

use hearth_shared::report::{Measure, Report, Status};
use polars::prelude::*;

/// Every measure of a report as the bytes of a Parquet file.
///
/// # Errors
/// Where the table cannot be encoded.
pub fn measures_parquet(report: &Report) -> PolarsResult<Vec<u8>> {
    let (ids, measures): (Vec<&str>, Vec<&Measure>) = report.measures.iter().map(|(id, it)| (id.as_str(), it)).unzip();
    let status = |status: Status| match status {
        Status::Ok => "ok",
        Status::Na => "na",
        Status::Suppressed => "suppressed",
    };
    fn each<T>(measures: &[&Measure], of: impl Fn(&Measure) -> T) -> Vec<T> {
        measures.iter().map(|it| of(it)).collect()
    }
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let mut table = df!(
        "community" => vec![report.community.as_str(); ids.len()],
        "room" => vec![report.room.as_deref(); ids.len()],
        "month" => vec![report.month.to_string(); ids.len()],
        "measure" => ids,
        "value" => each(&measures, |it| it.value),
        "unit" => each(&measures, |it| it.unit.clone()),
        "status" => each(&measures, |it| status(it.status)),
        "reason" => each(&measures, |it| it.reason.clone()),
        "low" => each(&measures, |it| it.interval.map(|[low, _]| low)),
        "high" => each(&measures, |it| it.interval.map(|[_, high]| high)),
        "n" => each(&measures, |it| it.n.map(number)),
    )?;
    let mut bytes = Vec::new();
    ParquetWriter::new(&mut bytes).with_compression(ParquetCompression::Uncompressed).finish(&mut table)?;
    Ok(bytes)
}

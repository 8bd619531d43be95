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

use crate::parquet;

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
    parquet::write(&mut table)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::report::VERSION;

    use super::*;

    fn report() -> Report {
        Report {
            version: VERSION,
            community: "Töpfer".into(),
            room: None,
            month: "2026-10".parse().unwrap(),
            timezone: "UTC".into(),
            log_ends: None,
            source: BTreeMap::new(),
            measures: BTreeMap::from([
                ("gini".into(), Measure::suppressed("too_few_people", "index")),
                ("posters".into(), Measure::ok(9.5, "people", 28).with_interval(Some([8.25, 11.0]))),
            ]),
            figures: BTreeMap::new(),
            experiment: None,
        }
    }

    #[test]
    fn each_measure_is_a_row_with_its_types() {
        let expected = df!(
            "community" => ["Töpfer"; 2],
            "room" => [None::<&str>; 2],
            "month" => ["2026-10"; 2],
            "measure" => ["gini", "posters"],
            "value" => [None, Some(9.5)],
            "unit" => ["index", "people"],
            "status" => ["suppressed", "ok"],
            "reason" => [Some("too_few_people"), None],
            "low" => [None, Some(8.25)],
            "high" => [None, Some(11.0)],
            "n" => [None, Some(28_i64)],
        );
        let table = parquet::read(measures_parquet(&report()).unwrap()).unwrap();
        assert!(table.equals_missing(&expected.unwrap()), "{table:?}");
    }

    #[test]
    fn the_same_report_gives_the_same_bytes_and_a_rooms_has_its_name() {
        let room = Report { room: Some("Kiln talk".into()), ..report() };
        assert_eq!(measures_parquet(&report()).unwrap(), measures_parquet(&report()).unwrap());
        let table = parquet::read(measures_parquet(&room).unwrap()).unwrap();
        assert_eq!(table.column("room").unwrap().str().unwrap().get(1), Some("Kiln talk"));
    }

    #[test]
    fn a_report_without_measures_is_a_table_too() {
        let empty = Report { measures: BTreeMap::new(), ..report() };
        assert_eq!(parquet::read(measures_parquet(&empty).unwrap()).unwrap().height(), 0);
    }
}

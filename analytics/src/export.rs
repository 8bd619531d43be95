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
//! | `value` | double, may be null | what was released, where it is a number |
//! | `from`, `to` | double, may be null | the ends between which it lies: the same, where it is a number |
//! | `unit` | string | of `value`, `from`, `to`, `low` and `high` |
//! | `status` | string | `ok`, `na` or `suppressed` |
//! | `reason` | string, may be null | why there is no value |
//! | `low`, `high` | double, may be null | the ends of a share's 95 % interval |
//! | `about` | double, may be null | at least how many it is about |
//! | `quarters` | string, may be null | the quarters that it was gathered from, like `2026-Q3 2026-Q4` |
//! | `usual_low`, `usual_high` | double, may be null | between what it usually lies |

use hearth_shared::{
    release::Released,
    report::{Measure, Report, Status},
};
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
    let mut table = df!(
        "community" => vec![report.community.as_str(); ids.len()],
        "room" => vec![report.room.as_deref(); ids.len()],
        "month" => vec![report.month.to_string(); ids.len()],
        "measure" => ids,
        "value" => each(&measures, |it| it.cell.value.and_then(Released::value)),
        "from" => each(&measures, |it| it.cell.value.map(|value| value.ends()[0])),
        "to" => each(&measures, |it| it.cell.value.map(|value| value.ends()[1])),
        "unit" => each(&measures, |it| it.cell.unit.clone()),
        "status" => each(&measures, |it| status(it.cell.status)),
        "reason" => each(&measures, |it| it.cell.reason.clone()),
        "low" => each(&measures, |it| it.cell.interval.map(|[low, _]| low)),
        "high" => each(&measures, |it| it.cell.interval.map(|[_, high]| high)),
        "about" => each(&measures, |it| it.cell.about),
        "quarters" => each(&measures, quarters),
        "usual_low" => each(&measures, |it| it.usual.map(|usual| usual.range[0])),
        "usual_high" => each(&measures, |it| it.usual.map(|usual| usual.range[1])),
    )?;
    parquet::write(&mut table)
}

fn quarters(measure: &Measure) -> Option<String> {
    let quarters: Vec<String> = measure.cell.quarters.iter().map(ToString::to_string).collect();
    (!quarters.is_empty()).then(|| quarters.join(" "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::{
        release::Cell,
        report::{Usual, VERSION},
    };

    use super::*;

    fn share() -> Measure {
        let quarters = ["2026-Q1", "2026-Q2"].map(|quarter| quarter.parse().unwrap()).to_vec();
        let cell = Cell::ok(Released::share(11, 22, 0.25).unwrap(), "share");
        Measure::alone(Cell { interval: Some([0.25, 0.75]), about: Some(20.0), quarters, ..cell })
    }

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
                ("posters".into(), Measure::alone(Cell::ok(Released::people(3), "people"))),
                ("roti".into(), Measure::alone(Cell::suppressed("too_few_people", "points"))),
                (
                    "stayed".into(),
                    Measure { usual: Some(Usual { value: 0.4, range: [0.25, 0.6], months: 3 }), ..share() },
                ),
            ]),
            figures: BTreeMap::new(),
            notice: None,
            suggestion: None,
            experiment: None,
        }
    }

    #[test]
    fn each_measure_is_a_row_with_its_types() {
        let expected = df!(
            "community" => ["Töpfer"; 3],
            "room" => [None::<&str>; 3],
            "month" => ["2026-10"; 3],
            "measure" => ["posters", "roti", "stayed"],
            "value" => [None, None, Some(0.5)],
            "from" => [Some(0.0), None, Some(0.5)],
            "to" => [Some(4.0), None, Some(0.5)],
            "unit" => ["people", "points", "share"],
            "status" => ["ok", "suppressed", "ok"],
            "reason" => [None, Some("too_few_people"), None],
            "low" => [None, None, Some(0.25)],
            "high" => [None, None, Some(0.75)],
            "about" => [None, None, Some(20.0)],
            "quarters" => [None, None, Some("2026-Q1 2026-Q2")],
            "usual_low" => [None, None, Some(0.25)],
            "usual_high" => [None, None, Some(0.6)],
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

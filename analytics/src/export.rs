//! Measures as a table for other programs: `measures.csv` for spreadsheets and `measures.parquet`, the same table twice.
//! A row is a measure of a report; reports in the order given, measures by id. The same reports give the same bytes.
//!
//! | column | type | |
//! |---|---|---|
//! | `community` | string | the community's name |
//! | `room` | string, may be null | the room, where the report is about one |
//! | `month` | string | like `2026-10` |
//! | `measure` | string | the measure's id |
//! | `status` | string | `ok`, `na` or `suppressed` |
//! | `reason` | string, may be null | why there is no value |
//! | `value` | double, may be null | what was released, where it is a number |
//! | `low`, `high` | double, may be null | the ends between which it lies: the same, where it is a number |
//! | `unit` | string | of every number here but `about` and `usual_months` |
//! | `interval_low`, `interval_high` | double, may be null | the ends of a share's 95 % interval |
//! | `about` | double, may be null | at least how many it is about |
//! | `quarters` | string, may be null | the quarters that it was gathered from, like `2026-Q3 2026-Q4` |
//! | `usual` | double, may be null | what it usually is |
//! | `usual_low`, `usual_high` | double, may be null | between what it usually lies |
//! | `usual_months` | integer, may be null | of how many months that is said |
//! | `verdict_month`, `verdict_quarter` | string, may be null | what is said of the month, and of the quarter |
//!
//! A number is written with a point; what is null is empty in CSV. A name that a spreadsheet would take for a formula has
//! an apostrophe before it, in CSV alone.

use hearth_shared::{
    release::{Quarter, Released},
    report::{Measure, Report},
};
use polars::prelude::*;
use polars_io::prelude::CsvWriter;
use serde::Serialize;
use serde_json::Value;

use crate::parquet;

/// The measures of a report as the bytes of a Parquet file.
///
/// # Errors
/// Where the table cannot be encoded.
pub fn measures_parquet(report: &Report) -> PolarsResult<Vec<u8>> {
    parquet::write(&mut table(&[report])?)
}

/// The measures of reports as the bytes of a CSV file (RFC 4180).
///
/// # Errors
/// Where the table cannot be encoded.
pub fn measures_csv(reports: &[&Report]) -> PolarsResult<Vec<u8>> {
    let mut table = table(reports)?;
    for name in ["community", "room", "measure", "reason", "unit"] {
        table.apply(name, |column| match column.str() {
            Ok(texts) => texts.apply(|text| text.map(|text| plain(text).into())).into_column(),
            Err(_) => column.clone(),
        })?;
    }
    let mut bytes = Vec::new();
    CsvWriter::new(&mut bytes).with_line_terminator("\r\n".into()).finish(&mut table)?;
    Ok(bytes)
}

fn table(reports: &[&Report]) -> PolarsResult<DataFrame> {
    let rows: Vec<(&Report, &str, &Measure)> = reports
        .iter()
        .flat_map(|report| report.measures.iter().map(|(id, measure)| (*report, id.as_str(), measure)))
        .collect();
    fn each<'a, T>(rows: &[(&'a Report, &'a str, &'a Measure)], of: impl Fn(&'a Measure) -> T) -> Vec<T> {
        rows.iter().map(|(_, _, measure)| of(measure)).collect()
    }
    let report = |of: fn(&Report) -> Option<String>| rows.iter().map(|(it, _, _)| of(it)).collect::<Vec<_>>();
    let end = |end: usize| each(&rows, |it| it.cell.value.map(|value| value.ends()[end]));
    let interval = |end: usize| each(&rows, |it| it.cell.interval.map(|ends| ends[end]));
    let range = |end: usize| each(&rows, |it| it.usual.map(|usual| usual.range[end]));
    df!(
        "community" => report(|it| Some(it.community.clone())),
        "room" => report(|it| it.room.clone()),
        "month" => report(|it| Some(it.month.to_string())),
        "measure" => rows.iter().map(|(_, id, _)| *id).collect::<Vec<_>>(),
        "status" => each(&rows, |it| word(it.cell.status)),
        "reason" => each(&rows, |it| it.cell.reason.clone()),
        "value" => each(&rows, |it| it.cell.value.and_then(Released::value)),
        "low" => end(0),
        "high" => end(1),
        "unit" => each(&rows, |it| it.cell.unit.clone()),
        "interval_low" => interval(0),
        "interval_high" => interval(1),
        "about" => each(&rows, |it| it.cell.about),
        "quarters" => each(&rows, quarters),
        "usual" => each(&rows, |it| it.usual.map(|usual| usual.value)),
        "usual_low" => range(0),
        "usual_high" => range(1),
        "usual_months" => each(&rows, |it| it.usual.map(|usual| usual.months)),
        "verdict_month" => each(&rows, |it| word(it.month)),
        "verdict_quarter" => each(&rows, |it| word(it.quarter)),
    )
}

/// A status or a verdict as the report writes it.
fn word(it: impl Serialize) -> Option<String> {
    serde_json::to_value(it).ok().as_ref().and_then(Value::as_str).map(str::to_owned)
}

fn quarters(measure: &Measure) -> Option<String> {
    let quarters: Vec<String> = measure.cell.quarters.iter().map(Quarter::to_string).collect();
    (!quarters.is_empty()).then(|| quarters.join(" "))
}

/// The text as no spreadsheet takes it for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::{
        release::Cell,
        report::{Usual, VERSION, Verdict},
    };

    use super::*;

    fn report() -> Report {
        let quarters = ["2026-Q1", "2026-Q2"].map(|quarter| quarter.parse().unwrap()).to_vec();
        let share = Cell::ok(Released::share(11, 22, 0.25).unwrap(), "share");
        let stayed = Cell { interval: Some([0.25, 0.75]), about: Some(20.0), quarters, ..share };
        let usual = |value: f64, range| Some(Usual { value, range, months: 3 });
        Report {
            version: VERSION,
            community: "Töpfer, \"the\" guild".into(),
            room: None,
            month: "2026-10".parse().unwrap(),
            timezone: "UTC".into(),
            log_ends: None,
            hours: None,
            source: BTreeMap::new(),
            measures: BTreeMap::from([
                ("new_posters".into(), Measure::alone(Cell::ok(Released::people(3), "people"))),
                (
                    "posters".into(),
                    Measure {
                        usual: usual(9.5, [7.25, 12.0]),
                        month: Some(Verdict::AsLastYear),
                        ..Measure::alone(Cell::ok(Released::people(38), "people"))
                    },
                ),
                ("roti".into(), Measure::alone(Cell::suppressed("too_few_people", "points"))),
                ("stayed".into(), Measure { usual: usual(0.4, [0.25, 0.6]), ..Measure::alone(stayed) }),
            ]),
            figures: BTreeMap::new(),
            notice: None,
            suggestion: None,
            experiment: None,
        }
    }

    fn csv(reports: &[&Report]) -> String {
        String::from_utf8(measures_csv(reports).unwrap()).unwrap()
    }

    #[test]
    fn each_measure_is_a_row_of_the_spreadsheet() {
        let rows = "community,room,month,measure,status,reason,value,low,high,unit,interval_low,interval_high,about,\
                    quarters,usual,usual_low,usual_high,usual_months,verdict_month,verdict_quarter\r\n\
                    GUILD,new_posters,ok,,,0.0,4.0,people,,,,,,,,,,\r\n\
                    GUILD,posters,ok,,38.0,38.0,38.0,people,,,,,9.5,7.25,12.0,3,as_last_year,\r\n\
                    GUILD,roti,suppressed,too_few_people,,,,points,,,,,,,,,,\r\n\
                    GUILD,stayed,ok,,0.5,0.5,0.5,share,0.25,0.75,20.0,2026-Q1 2026-Q2,0.4,0.25,0.6,3,,\r\n";
        assert_eq!(csv(&[&report()]), rows.replace("GUILD", "\"Töpfer, \"\"the\"\" guild\",,2026-10"));
    }

    #[test]
    fn parquet_holds_the_same_table_with_its_types() {
        let read = parquet::read(measures_parquet(&report()).unwrap()).unwrap();
        assert!(read.equals_missing(&table(&[&report()]).unwrap()), "{read:?}");
        let column = |name: &str| read.column(name).unwrap();
        assert_eq!(column("measure").str().unwrap().get(1), Some("posters"));
        assert_eq!(column("value").f64().unwrap().iter().collect::<Vec<_>>(), [None, Some(38.0), None, Some(0.5)]);
        assert_eq!(column("usual_months").u32().unwrap().get(3), Some(3));
        assert_eq!(column("room").null_count(), 4);
    }

    #[test]
    fn the_same_reports_give_the_same_bytes_in_the_order_given() {
        let room = Report { room: Some("Kiln talk".into()), ..report() };
        assert_eq!(measures_parquet(&report()).unwrap(), measures_parquet(&report()).unwrap());
        let both = csv(&[&room, &report()]);
        assert!(both.starts_with(&csv(&[&room])) && both.ends_with(csv(&[&report()]).split_once("\r\n").unwrap().1));
        assert!(csv(&[&room]).contains(",Kiln talk,2026-10,stayed,"));
    }

    #[test]
    fn no_name_becomes_a_formula_and_a_line_break_stays_in_its_cell() {
        for name in ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"] {
            assert_eq!(plain(name), format!("'{name}"));
        }
        assert_eq!(plain("a=1"), "a=1");
        let names = Report { community: "=1+1".into(), room: Some("Line\none".into()), ..report() };
        assert!(csv(&[&names]).contains("\r\n'=1+1,\"Line\none\",2026-10,stayed,"));
    }

    #[test]
    fn a_report_without_measures_is_a_table_too() {
        let empty = Report { measures: BTreeMap::new(), ..report() };
        assert_eq!(parquet::read(measures_parquet(&empty).unwrap()).unwrap().height(), 0);
        assert_eq!(csv(&[&empty]).lines().count(), 1);
    }
}

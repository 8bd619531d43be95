//! Measures as comma-separated values, for spreadsheets: one row a month and measure.

use csv::{Terminator, WriterBuilder};
use hearth_shared::{
    release::{Quarter, Released},
    report::{Measure, Report},
};
use serde_json::{Value, json};

const HEAD: [&str; 20] = [
    "community",
    "room",
    "month",
    "measure",
    "status",
    "reason",
    "value",
    "low",
    "high",
    "unit",
    "interval_low",
    "interval_high",
    "about",
    "quarters",
    "usual",
    "usual_low",
    "usual_high",
    "usual_months",
    "verdict_month",
    "verdict_quarter",
];

/// Every measure of `reports`, months in the order given, measures by id. Numbers are written with a point, as they were
/// released: `value` where there is one number, `low` and `high` always, which part where a range was released. What has
/// no value is empty.
pub fn measures_csv<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "rows are equally long, and memory takes every byte")]
    written(reports).expect("rows are equally long, and memory takes every byte")
}

fn written<'a>(reports: impl IntoIterator<Item = &'a Report>) -> csv::Result<Vec<u8>> {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    rows.write_record(HEAD)?;
    let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
    let end = |ends: Option<[f64; 2]>, end: usize| number(ends.map(|ends| ends[end]));
    for report in reports {
        for (id, Measure { cell, usual, month, quarter }) in &report.measures {
            let ends = cell.value.map(Released::ends);
            let quarters: Vec<String> = cell.quarters.iter().map(Quarter::to_string).collect();
            let range = usual.map(|usual| usual.range);
            rows.write_record([
                plain(&report.community),
                plain(report.room.as_deref().unwrap_or_default()),
                report.month.to_string(),
                plain(id),
                key(&json!(cell.status)),
                plain(cell.reason.as_deref().unwrap_or_default()),
                number(cell.value.and_then(Released::value)),
                end(ends, 0),
                end(ends, 1),
                plain(&cell.unit),
                end(cell.interval, 0),
                end(cell.interval, 1),
                number(cell.about),
                quarters.join(" "),
                number(usual.map(|usual| usual.value)),
                end(range, 0),
                end(range, 1),
                usual.map(|usual| usual.months.to_string()).unwrap_or_default(),
                key(&json!(month)),
                key(&json!(quarter)),
            ])?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// A status or a verdict as the report writes it.
fn key(it: &Value) -> String {
    it.as_str().unwrap_or_default().to_owned()
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
        report::{Usual, Verdict},
    };

    use super::*;

    #[test]
    fn each_measure_is_a_row_that_is_read_as_it_was_written() {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.community = "Potters, \"the\" guild".into();
        let usual = Usual { value: 9.5, range: [7.25, 12.0], months: 12 };
        let (people, few) = (Cell::ok(Released::people(38), "people"), Cell::ok(Released::people(2), "people"));
        let quarters = vec!["2026-Q2".parse().unwrap(), "2026-Q3".parse().unwrap()];
        let share = Released::share(1, 4, 0.25).unwrap();
        let alone = Cell { interval: Some([0.08, 0.52]), about: Some(20.0), quarters, ..Cell::ok(share, "share") };
        let posters =
            Measure { usual: Some(usual), month: Some(Verdict::AsLastYear), ..Measure::alone(people.clone()) };
        report.measures = BTreeMap::from([
            ("alone".into(), Measure::alone(alone)),
            ("effective_voices".into(), Measure::alone(Cell::suppressed("too_few_people", "people"))),
            ("new_posters".into(), Measure::alone(few)),
            ("posters".into(), posters),
        ]);
        let rows = format!(
            "{}\r\n{guild},alone,ok,,0.25,0.25,0.25,share,0.08,0.52,20,2026-Q2 2026-Q3,,,,,,\r\n\
             {guild},effective_voices,suppressed,too_few_people,,,,people,,,,,,,,,,\r\n\
             {guild},new_posters,ok,,,0,4,people,,,,,,,,,,\r\n\
             {guild},posters,ok,,38,38,38,people,,,,,9.5,7.25,12,12,as_last_year,\r\n",
            HEAD.join(","),
            guild = "\"Potters, \"\"the\"\" guild\",,2026-10",
        );
        assert_eq!(String::from_utf8(measures_csv([&report])).unwrap(), rows);
        report.community = "Line\none".into();
        report.measures = BTreeMap::from([("posters".into(), Measure::alone(people))]);
        let table = measures_csv([&report]);
        let read = csv::Reader::from_reader(&*table).into_records().collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!((&read[0][0], &read[0][6]), ("Line\none", "38"));
    }

    #[test]
    fn no_name_becomes_a_formula() {
        for name in ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"] {
            assert_eq!(plain(name), format!("'{name}"));
        }
        assert_eq!(plain("a=1"), "a=1");
    }
}

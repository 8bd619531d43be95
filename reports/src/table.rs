//! Measures as comma-separated values, for spreadsheets: one row a month and measure.

use csv::{Terminator, WriterBuilder};
use hearth_shared::report::{Report, Status};

const HEAD: [&str; 11] =
    ["community", "room", "month", "measure", "value", "unit", "status", "reason", "low", "high", "n"];

/// Every measure of `reports`, months in the order given, measures by id. Numbers are written with a point and in full;
/// what has no value is empty.
pub fn measures_csv<'a>(reports: impl IntoIterator<Item = &'a Report>) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "rows are equally long, and memory takes every byte")]
    written(reports).expect("rows are equally long, and memory takes every byte")
}

fn written<'a>(reports: impl IntoIterator<Item = &'a Report>) -> csv::Result<Vec<u8>> {
    let mut rows = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    rows.write_record(HEAD)?;
    for report in reports {
        for (id, measure) in &report.measures {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let status = match measure.status {
                Status::Ok => "ok",
                Status::Na => "na",
                Status::Suppressed => "suppressed",
            };
            rows.write_record([
                plain(&report.community),
                plain(report.room.as_deref().unwrap_or_default()),
                report.month.to_string(),
                plain(id),
                number(measure.value),
                plain(&measure.unit),
                status.to_owned(),
                plain(measure.reason.as_deref().unwrap_or_default()),
                number(measure.interval.map(|[low, _]| low)),
                number(measure.interval.map(|[_, high]| high)),
                measure.n.map(|n| n.to_string()).unwrap_or_default(),
            ])?;
        }
    }
    rows.into_inner().map_err(|error| error.into_error().into())
}

/// The text as no spreadsheet takes it for a formula.
fn plain(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{text}") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::report::Measure;

    use super::*;

    #[test]
    fn each_measure_is_a_row_that_is_read_as_it_was_written() {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.community = "Potters, \"the\" guild".into();
        report.measures = BTreeMap::from([
            ("gini".into(), Measure::suppressed("too_few_people", "index")),
            ("posters".into(), Measure::ok(9.5, "people", 28).with_interval(Some([8.25, 11.0]))),
        ]);
        let rows = "community,room,month,measure,value,unit,status,reason,low,high,n\r\n\
            \"Potters, \"\"the\"\" guild\",,2026-10,gini,,index,suppressed,too_few_people,,,\r\n\
            \"Potters, \"\"the\"\" guild\",,2026-10,posters,9.5,people,ok,,8.25,11,28\r\n";
        assert_eq!(String::from_utf8(measures_csv([&report])).unwrap(), rows);
        report.community = "Line\none".into();
        report.measures = BTreeMap::from([("posters".into(), Measure::ok(9.5, "people", 28))]);
        let table = measures_csv([&report]);
        let read = csv::Reader::from_reader(&*table).into_records().collect::<Result<Vec<_>, _>>().unwrap();
        assert_eq!(read.len(), 1);
        assert_eq!((&read[0][0], &read[0][4]), ("Line\none", "9.5"));
    }

    #[test]
    fn no_name_becomes_a_formula() {
        for name in ["=1+1", "+1", "-1", "@sum", "\t=1", "\r=1"] {
            assert_eq!(plain(name), format!("'{name}"));
        }
        assert_eq!(plain("a=1"), "a=1");
    }
}

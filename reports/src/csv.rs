//! Measures as comma-separated values, for spreadsheets: one row a month and measure.

use hearth_shared::report::{Report, Status};

const HEAD: &str = "community,room,month,measure,value,unit,status,reason,low,high,n";

/// Every measure of `reports`, months in the order given, measures by id. Numbers are written with a point and in full;
/// what has no value is empty.
pub fn measures_csv<'a>(reports: impl IntoIterator<Item = &'a Report>) -> String {
    let mut rows = vec![HEAD.to_owned()];
    for report in reports {
        for (id, measure) in &report.measures {
            let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
            let status = match measure.status {
                Status::Ok => "ok",
                Status::Na => "na",
                Status::Suppressed => "suppressed",
            };
            let row = [
                quoted(&report.community),
                quoted(report.room.as_deref().unwrap_or_default()),
                report.month.to_string(),
                quoted(id),
                number(measure.value),
                quoted(&measure.unit),
                status.to_owned(),
                quoted(measure.reason.as_deref().unwrap_or_default()),
                number(measure.interval.map(|[low, _]| low)),
                number(measure.interval.map(|[_, high]| high)),
                measure.n.map(|n| n.to_string()).unwrap_or_default(),
            ];
            rows.push(row.join(","));
        }
    }
    rows.join("\r\n") + "\r\n"
}

/// The text as one field: in quotes where it would be taken for more, and never as a spreadsheet's formula.
fn quoted(text: &str) -> String {
    let text = if text.starts_with(['=', '+', '-', '@', '\t']) { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::report::Measure;

    use super::*;

    #[test]
    fn each_measure_is_a_row() {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.community = "Potters, \"the\" guild".into();
        report.measures = BTreeMap::from([
            ("gini".into(), Measure::suppressed("too_few_people", "index")),
            ("posters".into(), Measure::ok(9.5, "people", 28).with_interval(Some([8.25, 11.0]))),
        ]);
        let rows = "community,room,month,measure,value,unit,status,reason,low,high,n\r\n\
            \"Potters, \"\"the\"\" guild\",,2026-10,gini,,index,suppressed,too_few_people,,,\r\n\
            \"Potters, \"\"the\"\" guild\",,2026-10,posters,9.5,people,ok,,8.25,11,28\r\n";
        assert_eq!(measures_csv([&report]), rows);
    }

    #[test]
    fn no_name_becomes_a_formula() {
        assert_eq!(quoted("=1+1"), "'=1+1");
    }
}

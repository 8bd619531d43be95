//! `report.json` is what its schema says, for every shape of figure and every status of a value.

use std::collections::BTreeMap;

use hearth_shared::report::{Aim, Experiment, Figure, Measure, Nothing, Point, Report, SCHEMA, Status};
use serde_json::{Value, json};

/// Breaks a report.
type Break = fn(&mut Value);

fn validator() -> jsonschema::Validator {
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    jsonschema::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

/// A report with a figure of every shape, an experiment, and measures of every status.
fn whole() -> Report {
    let mut report: Report = serde_json::from_str(include_str!("../../examples/report.json")).unwrap();
    let figures: BTreeMap<String, Figure> = serde_json::from_str(include_str!("../../examples/figures.json")).unwrap();
    report.figures.extend(figures);
    let nothing = Nothing { status: Status::Suppressed, reason: "too_few_people".into() };
    report.figures.insert("nothing".into(), Figure::Nothing(nothing));
    report.measures.insert("hidden".into(), Measure::suppressed("too_few_people", "people"));
    report.experiment = Some(Experiment {
        what: "Two greeters a week".into(),
        measure: "newcomer_unanswered".into(),
        unit: "share".into(),
        aim: Aim::Less,
        since: report.month,
        before: Point::ok(0.4).with_interval(Some([0.2, 0.6])),
        after: Point::suppressed(),
    });
    report
}

#[track_caller]
fn assert_valid(report: &Report) -> Value {
    let json = serde_json::to_value(report).unwrap();
    let mistakes: Vec<String> = validator().iter_errors(&json).map(|error| format!("{error:#?}")).collect();
    assert!(mistakes.is_empty(), "{}", mistakes.join("\n"));
    json
}

#[test]
fn a_report_with_every_shape_is_valid_and_read_as_it_is_written() {
    let report = whole();
    let shapes: std::collections::BTreeSet<String> =
        report.figures.values().map(|it| serde_json::to_value(it).unwrap()["shape"].to_string()).collect();
    assert_eq!(shapes.len(), 14, "{shapes:?}");
    let json = assert_valid(&report);
    assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
}

#[test]
fn an_empty_report_is_valid() {
    assert_valid(&Report { measures: BTreeMap::new(), figures: BTreeMap::new(), experiment: None, ..whole() });
}

#[test]
fn what_breaks_the_contract_is_not_valid() {
    let good = serde_json::to_value(whole()).unwrap();
    let breaks: [(&str, Break); 8] = [
        ("a member's name", |it| it["measures"]["posters"]["who"] = json!("@alice:example.org")),
        ("a suppressed value that is told", |it| it["measures"]["hidden"]["value"] = json!(3.0)),
        ("an ok value that is missing", |it| it["measures"]["posters"]["value"] = Value::Null),
        ("a group of four", |it| it["figures"]["network"]["groups"][0]["people"] = json!(4)),
        ("a week of six days", |it| it["figures"]["week"]["days"].as_array_mut().unwrap().truncate(6)),
        ("a thirteenth month", |it| it["month"] = json!("2026-13")),
        ("an unknown shape", |it| it["figures"]["week"]["shape"] = json!("pie")),
        ("another version", |it| it["version"] = json!(2)),
    ];
    for (what, breaks) in breaks {
        let mut bad = good.clone();
        breaks(&mut bad);
        assert!(!validator().is_valid(&bad), "{what} passes");
    }
}

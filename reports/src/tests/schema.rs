//! `report.json` is what its schema says, for every shape of figure and every status of a value.

use std::collections::BTreeMap;

use hearth_shared::{
    release::Cell,
    report::{Aim, Experiment, Figure, Measure, Nothing, Outcome, Report, SCHEMA, Status, Verdict},
};
use serde_json::{Value, json};

use super::communities;

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
    report.measures.insert("hidden".into(), Measure::alone(Cell::suppressed("too_few_people", "people")));
    report.experiment = Some(tried(Outcome::TooEarly { months: 1 }));
    report.suggestion = Some("greeters".into());
    report
}

fn tried(outcome: Outcome) -> Experiment {
    let since = "2026-06".parse().unwrap();
    Experiment { what: "Two greeters a week".into(), measure: "taken_up".into(), aim: Aim::More, since, outcome }
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
    assert_eq!(shapes.len(), 12, "{shapes:?}");
    let json = assert_valid(&report);
    assert_eq!(serde_json::from_value::<Report>(json).unwrap(), report);
}

#[test]
fn the_example_of_every_size_is_valid() {
    for (_, report) in communities::examples() {
        assert_valid(&report);
    }
}

#[test]
fn every_outcome_of_an_experiment_is_valid() {
    let judged = Outcome::Judged { verdict: Verdict::NoClearChange, before: 0.62, after: 0.7 };
    for outcome in [Outcome::TooLittleBefore, Outcome::TooFewPeople, Outcome::NotJudged, judged] {
        let json = assert_valid(&Report { experiment: Some(tried(outcome)), ..whole() });
        assert_eq!(serde_json::from_value::<Report>(json).unwrap().experiment.unwrap().outcome, outcome);
    }
}

#[test]
fn an_empty_report_is_valid() {
    assert_valid(&Report { measures: BTreeMap::new(), figures: BTreeMap::new(), experiment: None, ..whole() });
}

#[test]
fn what_breaks_the_contract_is_not_valid() {
    let good = serde_json::to_value(whole()).unwrap();
    let breaks: [(&str, Break); 12] = [
        ("a member's name", |it| it["measures"]["posters"]["who"] = json!("@alice:example.org")),
        ("a suppressed value that is told", |it| it["measures"]["hidden"]["value"] = json!(3.0)),
        ("an ok value that is missing", |it| it["measures"]["posters"]["value"] = Value::Null),
        ("a group of four", |it| it["figures"]["network"]["groups"][0]["people"] = json!(4)),
        ("a week of six days", |it| it["figures"]["week"]["days"].as_array_mut().unwrap().truncate(6)),
        ("a thirteenth month", |it| it["month"] = json!("2026-13")),
        ("an unknown shape", |it| it["figures"]["week"]["shape"] = json!("pie")),
        ("another version", |it| it["version"] = json!(1)),
        ("a range of three ends", |it| it["measures"]["posters"]["value"] = json!([1, 2, 3])),
        ("a fourth level", |it| it["figures"]["week"]["days"][0][0] = json!(3)),
        ("about the same", |it| it["measures"]["posters"]["month"] = json!("same")),
        ("a share of eight people", |it| it["figures"]["people"]["shares"][0]["times"][0]["about"] = json!(8)),
    ];
    for (what, breaks) in breaks {
        let mut bad = good.clone();
        breaks(&mut bad);
        assert!(!validator().is_valid(&bad), "{what} passes");
    }
}

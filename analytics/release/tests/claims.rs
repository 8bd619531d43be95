//! Verdicts, experiments and suggestions against values that another implementation came to, to twelve digits.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "claims/columns.rs"]
mod columns;
#[path = "claims/rules.rs"]
mod rules;

use std::collections::BTreeSet;

use hearth_release::claims::{Change, changes, experiment, suggestions, trial};
use hearth_shared::{
    month::Month,
    report::{Outcome, Verdict},
};
use serde_json::{Map, Value};

const EXPECTED: &str = include_str!("claims/expected.json");

fn cases(family: &str) -> Map<String, Value> {
    let all: Value = serde_json::from_str(EXPECTED).unwrap();
    all[family].as_object().unwrap().clone()
}

fn close(got: f64, expected: &Value) -> bool {
    let expected = expected.as_f64().unwrap();
    (got - expected).abs() <= 1e-12 * expected.abs().max(1.0)
}

fn verdict(text: &str) -> Verdict {
    serde_json::from_value(Value::from(text.replace(' ', "_"))).unwrap()
}

#[test]
fn every_verdict_and_the_numbers_behind_it_agree() {
    let mut seen = BTreeSet::new();
    for (name, case) in cases("changes") {
        let releases = columns::releases(&case);
        let expected = case["verdicts"].as_array().unwrap();
        let mut found = 0;
        for index in 0..releases.len() {
            for (measure, both) in changes(&releases, index) {
                for (span, change) in [("month", both.month), ("quarter", both.quarter)] {
                    let Some(change) = change else { continue };
                    let row = expected
                        .iter()
                        .find(|row| row[0] == index && row[1] == measure && row[2] == span)
                        .unwrap_or_else(|| panic!("{name} {index} {measure} {span}: {change:?} is one too many"));
                    let Change { verdict: got, usual, difference, half_width, .. } = change;
                    assert_eq!(got, verdict(row[3].as_str().unwrap()), "{name} {row}");
                    let [low, high] = usual.range;
                    for (got, at) in [(usual.value, 4), (low, 5), (high, 6), (difference, 8), (half_width, 9)] {
                        assert!(close(got, &row[at]), "{name} {row}: {got}");
                    }
                    assert_eq!(row[7], usual.months);
                    seen.insert((measure, span, row[3].as_str().unwrap().to_owned()));
                    found += 1;
                }
            }
        }
        assert_eq!(found, expected.len(), "{name}");
    }
    // Each measure is judged each way, and the case of last year is there.
    for measure in hearth_shared::report::JUDGED {
        for (span, verdicts) in [("month", &["more", "usual"][..]), ("quarter", &["more", "cannot_tell"])] {
            for verdict in verdicts {
                let exempt = measure == "effective_voices" && *verdict == "more";
                assert!(exempt || seen.contains(&(measure, span, (*verdict).to_owned())), "{measure} {span} {verdict}");
            }
        }
    }
    assert!(seen.contains(&("posters", "month", "as_last_year".to_owned())));
}

#[test]
fn every_suggestion_agrees() {
    let mut seen = BTreeSet::new();
    for (name, case) in cases("changes") {
        let Some(expected) = case["suggestions"].as_array() else { continue };
        let got: Vec<Value> = suggestions(&columns::releases(&case))
            .into_iter()
            .map(|pick| pick.map_or(Value::Null, |pick| pick.id().into()))
            .collect();
        assert_eq!(&got, expected, "{name}");
        seen.extend(got.into_iter().filter_map(|pick| pick.as_str().map(str::to_owned)));
    }
    assert_eq!(seen.len(), 8, "all but those about actions, which have tests of their own: {seen:?}");
}

#[test]
fn every_experiment_agrees() {
    let cases = cases("experiments");
    let mut seen = BTreeSet::new();
    for (name, case) in cases {
        seen.insert(case["outcome"]["verdict"].to_string());
        let releases = columns::releases(&case);
        let begun: Month = case["begun"].as_str().unwrap().parse().unwrap();
        let measure = case["measure"].as_str().unwrap();
        let expected = &case["outcome"];
        let outcome = experiment(&releases, measure, begun);
        match trial(&releases, measure, begun) {
            Ok(trial) => {
                let Change { verdict: got, usual, difference, half_width, .. } = trial.change;
                assert_eq!(got, verdict(expected["verdict"].as_str().unwrap()), "{name}");
                let [low, high] = usual.range;
                let range = &expected["usual_range"];
                for (got, expected) in [
                    (usual.value, &expected["usual"]),
                    (low, &range[0]),
                    (high, &range[1]),
                    (difference, &expected["difference"]),
                    (half_width, &expected["half_width"]),
                ] {
                    assert!(close(got, expected), "{name}: {got} {expected}");
                }
                assert_eq!(expected["months"], usual.months, "{name}");
                assert_eq!(expected["placebos"].as_u64(), trial.placebos.map(|n| u64::try_from(n).unwrap()), "{name}");
                assert_eq!(outcome, Outcome::Judged { verdict: got, before: usual.value, after: trial.after });
            }
            Err(why) => {
                assert_eq!(outcome, why);
                let words = match why {
                    Outcome::TooEarly { months } => {
                        assert_eq!(expected["months"], months);
                        "too early"
                    }
                    Outcome::TooLittleBefore => "too little before",
                    Outcome::TooFewPeople => "too few people",
                    Outcome::NotJudged | Outcome::Judged { .. } => panic!("{name}: {why:?}"),
                };
                assert_eq!(expected["verdict"], words, "{name}");
            }
        }
    }
    assert!(seen.len() >= 6, "each way in which it can come out: {seen:?}");
}

//! What the leads chose to try, and what came of it, with as much certainty as there is.

use hearth_shared::report::{Aim, Earlier, Experiment, Measure, Point, Report};

use crate::{
    compare::{Change, compare},
    words::Words,
};

/// What came of the report's experiment in a few sentences: what was tried, before and after, how sure, what to beware.
pub(crate) fn outcome(report: &Report, words: &Words) -> Option<[String; 4]> {
    let Experiment { what, measure, unit, aim, since, before, after } = report.experiment.as_ref()?;
    let what = words.l.msg_experiment_what(words.month_year(*since), what);
    let month = since.previous().unwrap_or(*since);
    let values = words.l.msg_experiment_values(
        words.measure(measure),
        said(before, unit, words),
        words.month_year(month),
        said(after, unit, words),
        words.month_year(report.month),
    );
    let earlier = Earlier { value: before.value, status: before.status, interval: before.interval };
    let now = Measure { value: after.value, status: after.status, interval: after.interval, ..Measure::na("", unit) };
    let verdict = match (compare(&now, Some(&earlier)), aim) {
        (None, _) => words.l.msg_experiment_few(),
        (Some((Change::Higher, _)), Aim::More) | (Some((Change::Lower, _)), Aim::Less) => {
            words.l.msg_experiment_hoped()
        }
        (Some((Change::Higher | Change::Lower, _)), _) => words.l.msg_experiment_against(),
        (Some((Change::Same | Change::Unclear, _)), _) => words.l.msg_experiment_unclear(),
        (Some((Change::Plain | Change::Equal, _)), _) => words.l.msg_experiment_plain(),
    };
    Some([what, values, verdict, words.l.msg_experiment_caveat()])
}

fn said(point: &Point, unit: &str, words: &Words) -> String {
    match (point.value, point.interval) {
        (Some(value), Some(interval)) => {
            words.l.msg_experiment_value(words.figure(value, unit), words.interval(interval, unit))
        }
        (Some(value), None) => words.figure(value, unit),
        (None, _) => words.l.msg_not_shown_here(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(aim: Aim, before: Point, after: Point) -> String {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.experiment = Some(Experiment {
            what: "Two greeters a week".into(),
            measure: "newcomer_unanswered".into(),
            unit: "share".into(),
            aim,
            since: report.month,
            before,
            after,
        });
        outcome(&report, &Words::of("en")).unwrap()[1..3].join(" ")
    }

    fn share(value: f64, interval: [f64; 2]) -> Point {
        Point::ok(value).with_interval(Some(interval))
    }

    #[test]
    fn what_came_of_an_experiment_is_said_only_as_surely_as_intervals_allow() {
        let (many, few) = (share(0.6, [0.45, 0.73]), share(0.2, [0.1, 0.35]));
        insta::assert_snapshot!(
            tried(Aim::Less, many, few),
            @"Newcomers left without an answer: 60% (45% to 73%) in September 2026, 20% (10% to 35%) in October 2026. The intervals part, and the way you hoped. It may well have helped."
        );
        assert!(tried(Aim::More, many, few).ends_with("Perhaps try something else."));
        assert!(tried(Aim::Less, many, share(0.5, [0.35, 0.65])).contains("Too close to call"));
        assert!(tried(Aim::Less, many, Point::ok(0.1)).contains("The judgement is yours"));
        assert!(tried(Aim::Less, many, Point::suppressed()).ends_with("Too few people to say what came of it."));
    }
}

//! At most one suggestion a section: what a lead may try, and only where the numbers are sure enough to say so.
//!
//! The reasons to act are those for which the measures were chosen. Nothing here grades: a community that stays silent
//! about a suggestion loses nothing.

use hearth_shared::report::{Figure, QUARTER_OPEN, Report, figure_id, measure_id, stage_id};

use crate::{
    compare::{Change, compare},
    lookup::{known, value_of},
    questions::{Question, question_id},
};

/// The id of the suggestion for a question, if there is reason for one.
pub(crate) fn suggestion(question: &Question, report: &Report) -> Option<&'static str> {
    let first = |rules: &[(&'static str, bool)]| rules.iter().find(|(_, holds)| *holds).map(|(id, _)| *id);
    match question.id {
        question_id::ALIVE => first(&[("wake_up", fell(report, measure_id::ACTIVE_RATIO))]),
        question_id::HEARD => first(&[("share_the_stage", carried_by_few(report))]),
        question_id::GROWTH => first(&[
            ("easier_start", stage_surely_under(report, stage_id::WROTE, 0.5)),
            ("welcome_back", surely_under(report, measure_id::COHORT_RETENTION, 0.5)),
        ]),
        question_id::ANSWERED => first(&[
            ("greeters", surely_over(report, measure_id::NEWCOMER_UNANSWERED, 0.1)),
            ("answer_rota", surely_under(report, measure_id::OPENER_REPLY_RATE, 0.5)),
        ]),
        question_id::CONNECTED => first(&[
            ("pair_people", surely_over(report, measure_id::ISOLATED_SHARE, 0.1)),
            ("share_answering", value_of(report, measure_id::CENTRALISATION).is_some_and(|value| value > 0.5)),
        ]),
        question_id::RETROS => first(&[
            ("drop_or_give", open_for_a_quarter(report)),
            ("fewer_actions", surely_under(report, measure_id::ACTION_COMPLETION, 0.5)),
            ("escalate", surely_over(report, measure_id::THEME_RECURRENCE, 0.5)),
        ]),
        _ => None,
    }
}

/// Half of the messages came from very few people, where many wrote.
fn carried_by_few(report: &Report) -> bool {
    let (Some(few), Some(all)) = (value_of(report, measure_id::ABSENCE_FACTOR), value_of(report, measure_id::POSTERS))
    else {
        return false;
    };
    all >= 15.0 && few <= (all * 0.1).clamp(2.0, 5.0)
}

/// Whether even the lower end of the interval is over `bound`.
fn surely_over(report: &Report, id: &str, bound: f64) -> bool {
    known(report, id).and_then(|measure| measure.interval).is_some_and(|[low, _]| low > bound)
}

/// Whether even the upper end of the interval is under `bound`.
fn surely_under(report: &Report, id: &str, bound: f64) -> bool {
    known(report, id).and_then(|measure| measure.interval).is_some_and(|[_, high]| high < bound)
}

/// Whether the intervals of this month and of an earlier one part, downwards.
fn fell(report: &Report, id: &str) -> bool {
    let Some(measure) = known(report, id) else { return false };
    [&measure.last_month, &measure.last_year]
        .into_iter()
        .any(|earlier| matches!(compare(measure, earlier.as_ref()), Some((Change::Lower, _))))
}

fn stage_surely_under(report: &Report, stage: &str, bound: f64) -> bool {
    let Some(Figure::Funnel(funnel)) = report.figures.get(figure_id::FUNNEL) else { return false };
    let share = funnel.stages.iter().skip(1).find(|it| it.id == stage).and_then(|stage| stage.share.interval);
    share.is_some_and(|[_, high]| high < bound)
}

/// So many actions that have been open for a quarter of a year are worth a word.
const MANY_OLD: f64 = 3.0;

/// Whether there are as many.
fn open_for_a_quarter(report: &Report) -> bool {
    let Some(Figure::Actions(actions)) = report.figures.get(figure_id::ACTIONS) else { return false };
    let old = actions.open.iter().filter(|age| age.from >= QUARTER_OPEN).filter_map(|age| age.actions.value);
    old.sum::<f64>() >= MANY_OLD
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use hearth_shared::report::{Actions, Age, Measure, Point};

    use super::*;
    use crate::questions::ALL;

    fn with(id: &str, measure: Measure) -> Report {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.measures = BTreeMap::from([(id.to_owned(), measure)]);
        report
    }

    fn suggested(id: &str, measure: Measure) -> Vec<&'static str> {
        let report = with(id, measure);
        ALL.iter().filter_map(|question| suggestion(question, &report)).collect()
    }

    #[test]
    fn three_actions_that_are_open_for_a_quarter_of_a_year_are_worth_a_word() {
        let with_old = |count: f64, from: u32| {
            let mut report = with("nothing", Measure::suppressed("too_few_people", "share"));
            let age = |from, to, count| Age { from, to, actions: Point::ok(count) };
            let open = vec![age(0, Some(from), 9.0), age(from, None, count)];
            let actions = Actions { retros: Vec::new(), open };
            report.figures = BTreeMap::from([(figure_id::ACTIONS.to_owned(), Figure::Actions(actions))]);
            ALL.iter().filter_map(|question| suggestion(question, &report)).collect::<Vec<_>>()
        };
        assert_eq!(with_old(3.0, QUARTER_OPEN), ["drop_or_give"]);
        assert!(with_old(2.0, QUARTER_OPEN).is_empty() && with_old(3.0, QUARTER_OPEN - 1).is_empty());
    }

    #[test]
    fn nothing_is_suggested_where_chance_may_be_the_reason() {
        let share = |value: f64, interval| Measure::ok(value, "share", 12).with_interval(Some(interval));
        assert!(suggested("newcomer_unanswered", share(0.25, [0.08, 0.53])).is_empty());
        assert_eq!(suggested("newcomer_unanswered", share(0.45, [0.25, 0.66])), ["greeters"]);
        assert!(suggested("newcomer_unanswered", Measure::suppressed("too_few_people", "share")).is_empty());
        assert!(suggested("opener_reply_rate", Measure::ok(0.2, "share", 9)).is_empty());
    }
}

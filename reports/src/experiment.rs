//! What the leads chose to try, and what came of it, with as much certainty as there is.

use hearth_shared::report::{Aim, Comparison, Experiment, Outcome, Report, comparison};

use crate::{
    claims::{Span, claim},
    words::Words,
};

/// What came of the report's experiment: what is tried, what came of it, and what to beware of where it was judged.
pub(crate) fn outcome(report: &Report, words: &Words) -> Option<Vec<String>> {
    let Experiment { what, measure, aim, since, outcome } = report.experiment.as_ref()?;
    let name = words.measure(measure);
    let what = words.l.msg_experiment_what(words.month_year(*since), what);
    let came = match outcome {
        Outcome::TooEarly { months } => {
            let months = f64::from(*months);
            return Some(vec![what, words.l.msg_experiment_too_early(months, words.number(months, 0))]);
        }
        Outcome::TooLittleBefore => return Some(vec![what, words.l.msg_experiment_too_little_before(name)]),
        Outcome::TooFewPeople => return Some(vec![what, words.l.msg_experiment_few()]),
        Outcome::NotJudged => return Some(vec![what, words.l.msg_experiment_not_judged(name)]),
        Outcome::Judged { verdict, before, after } => {
            let unit = report.measures.get(measure).map_or("", |measure| &measure.cell.unit);
            let values = words.l.msg_experiment_values(name, words.rough(*before, unit), words.rough(*after, unit));
            // What is not known to be a change by more than chance cannot be told from chance.
            let said = comparison(measure, Some(*verdict)).unwrap_or(Comparison::CannotTell);
            let hoped = match (said, aim) {
                (Comparison::More, Aim::More) | (Comparison::Less, Aim::Less) => words.l.msg_experiment_hoped(),
                (Comparison::More | Comparison::Less, _) => words.l.msg_experiment_against(),
                _ => words.l.msg_experiment_unclear(),
            };
            let said = claim(said, Span::Trial, words);
            [values].into_iter().chain(said).chain([hoped]).collect::<Vec<_>>().join(" ")
        }
    };
    Some(vec![what, came, words.l.msg_experiment_caveat()])
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::Verdict;

    use super::*;

    fn tried(aim: Aim, outcome: Outcome) -> String {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        let (what, measure) = ("Two greeters a week".to_owned(), "taken_up".to_owned());
        report.experiment = Some(Experiment { what, measure, aim, since: report.month, outcome });
        super::outcome(&report, &Words::of("en")).unwrap()[1].clone()
    }

    #[test]
    fn what_came_of_an_experiment_is_said_only_as_surely_as_it_was_judged() {
        let judged = |verdict| Outcome::Judged { verdict, before: 0.604, after: 0.781 };
        insta::assert_snapshot!(tried(Aim::More, judged(Verdict::More)), @"Conversations that were taken up: 60% before, 78% in the three months after. The three months after it began had more than those before, and chance alone would rarely do that. That is what you hoped for, and it may well have helped.");
        insta::assert_snapshot!(tried(Aim::More, judged(Verdict::NoClearChange)), @"Conversations that were taken up: 60% before, 78% in the three months after. No clear change; a halving would have shown. That does not mean that it did nothing.");
        assert!(tried(Aim::Less, judged(Verdict::More)).contains("not the way you hoped"));
        let unclear = tried(Aim::More, judged(Verdict::CannotTell));
        assert!(!unclear.contains("helped") && unclear.contains("cannot be told"), "{unclear}");
        assert_eq!(tried(Aim::More, judged(Verdict::Usual)), unclear);
        for outcome in [Outcome::TooLittleBefore, Outcome::TooFewPeople, Outcome::NotJudged] {
            let said = tried(Aim::More, outcome);
            assert!(said.ends_with('.') && !said.contains("had more"), "{said}");
        }
        assert!(tried(Aim::More, Outcome::TooEarly { months: 1 }).contains("One of three"));
    }
}

//! The one place in which a comparison becomes words: what may be said of a value beside what is usual.
//!
//! It says no more than the verdict in the report does, and never that two values are the same: that a change was not
//! found is told with what would have been found, or not at all.

use hearth_shared::{
    month::Month,
    report::{Comparison, Measure, Report, comparison},
};

use crate::words::Words;

/// What is compared with what is usual.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Span {
    /// A month.
    Month(Month),
    /// The calendar quarter that ends with the report's month.
    Quarter,
    /// The three full months since the leads began to try something.
    Trial,
}

/// What is said of several measures at once.
const QUIET: [Comparison; 2] = [Comparison::HalvingWouldShow, Comparison::CannotTell];

/// What a comparison says, as a sentence; `None` where a month is too short for it.
pub(crate) fn claim(said: Comparison, span: Span, words: &Words) -> Option<String> {
    let l = &words.l;
    Some(match (span, said) {
        (Span::Month(_), Comparison::More) => l.msg_claim_month_more(),
        (Span::Month(_), Comparison::Less) => l.msg_claim_month_less(),
        (Span::Month(month), Comparison::AsLastYear) => l.msg_claim_as_last_year(words.month_year(month.plus(-12)?)),
        (Span::Month(_), Comparison::HalvingWouldShow | Comparison::CannotTell) => return None,
        (Span::Quarter, Comparison::More) => l.msg_claim_quarter_more(),
        (Span::Quarter, Comparison::Less) => l.msg_claim_quarter_less(),
        (Span::Quarter, Comparison::AsLastYear) => l.msg_claim_quarter_as_last_year(),
        (Span::Quarter, Comparison::HalvingWouldShow) => l.msg_claim_quarter_no_clear_change(),
        (Span::Quarter, Comparison::CannotTell) => l.msg_claim_quarter_cannot_tell(),
        (Span::Trial, Comparison::More) => l.msg_claim_trial_more(),
        (Span::Trial, Comparison::Less) => l.msg_claim_trial_less(),
        (Span::Trial, Comparison::HalvingWouldShow) => l.msg_claim_trial_no_clear_change(),
        (Span::Trial, Comparison::AsLastYear | Comparison::CannotTell) => l.msg_claim_trial_cannot_tell(),
    })
}

/// What a report's verdicts of measure `id` say of a change, each a sentence. That there was none, [`quiet_quarter`]
/// says.
pub(crate) fn claims(id: &str, measure: &Measure, month: Month, words: &Words) -> Vec<String> {
    let of_month = comparison(id, measure.month).and_then(|said| claim(said, Span::Month(month), words));
    let loud = comparison(id, measure.quarter).filter(|said| !QUIET.contains(said));
    of_month.into_iter().chain(loud.and_then(|said| claim(said, Span::Quarter, words))).collect()
}

/// What may be said of the quarter of measures `ids` together, where it is no change: of each it would say the same.
pub(crate) fn quiet_quarter(ids: &[&str], report: &Report, words: &Words) -> Vec<String> {
    let quarter = |id: &str| comparison(id, report.measures.get(id)?.quarter);
    let named = |quiet: Comparison| {
        let names: Vec<String> =
            ids.iter().filter(|id| quarter(id) == Some(quiet)).map(|id| words.measure(id)).collect();
        let said = claim(quiet, Span::Quarter, words).filter(|_| !names.is_empty())?;
        Some(words.l.msg_claim_of(names.join(" · "), said))
    };
    QUIET.into_iter().filter_map(named).collect()
}

/// Whether measure `id` changed: its month or its quarter is more or less than usual.
pub(crate) fn has_changed(id: &str, measure: &Measure) -> bool {
    [measure.month, measure.quarter]
        .into_iter()
        .any(|verdict| matches!(comparison(id, verdict), Some(Comparison::More | Comparison::Less)))
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::Verdict;

    use super::*;

    const ALL: [Comparison; 5] = [
        Comparison::More,
        Comparison::Less,
        Comparison::AsLastYear,
        Comparison::HalvingWouldShow,
        Comparison::CannotTell,
    ];

    #[test]
    fn no_comparison_says_more_than_it_knows() {
        let month: Month = "2026-09".parse().unwrap();
        let spans = [("month", Span::Month(month)), ("quarter", Span::Quarter), ("trial", Span::Trial)];
        let mut all = String::new();
        for (language, more, less) in [("en", "more than", "less than"), ("de", "mehr als", "weniger als")] {
            let words = Words::of(language);
            for (name, span, said) in spans.iter().flat_map(|(name, span)| ALL.map(|said| (name, *span, said))) {
                let text = claim(said, span, &words).unwrap_or_default();
                assert_eq!(text.contains(less), said == Comparison::Less, "{span:?} {said:?}: {text}");
                let claims_more = text.contains(more) || text.contains("more than those");
                assert_eq!(claims_more, said == Comparison::More, "{span:?} {said:?}: {text}");
                for never in ["the same", "stable", "genauso", "unverändert", "gleich "] {
                    assert!(!text.contains(never), "{text}");
                }
                let text = if text.is_empty() { "(nothing)" } else { &text };
                all += &format!("{language}, {name}, {said:?}: {text}\n");
            }
        }
        insta::assert_snapshot!("claims", all);
    }

    #[test]
    fn what_is_not_judged_and_what_is_usual_is_not_compared() {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        let words = Words::of("en");
        let claimed = |report: &Report, id: &str| claims(id, &report.measures[id], report.month, &words);
        assert_eq!(claimed(&report, "effective_voices"), ["That is more than usual."]);
        assert!(claimed(&report, "posters").is_empty(), "usual");
        report.measures.get_mut("stayed").unwrap().month = Some(Verdict::More);
        assert!(claimed(&report, "stayed").is_empty() && !has_changed("stayed", &report.measures["stayed"]));
    }
}

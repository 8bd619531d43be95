//! The month in up to five sentences: what changed, and how sure we are. Never a score, never a grade.

use std::collections::BTreeSet;

use hearth_shared::report::{Measure, Report, Status, figure_id, measure_id};

use crate::{
    compare::{Change, compare},
    lookup::{is_of_community_only, value_of},
    questions,
    words::{Words, capitalised},
};

/// One point of the summary, and the picture that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Sentence {
    /// One or two short sentences.
    pub(crate) text: String,
    /// The id of the picture that shows it.
    pub(crate) picture: &'static str,
}

/// Writes one sentence, where the report has the measure that it is about.
type Write = fn(&Report, &Words) -> Option<String>;

/// At most so many sentences.
const MOST: usize = 5;

/// Every sentence, with its picture and the measure that it is about.
const ALL: [(&str, &str, Write); 8] = [
    (figure_id::ACTIVITY, measure_id::ACTIVE_MEMBERS, active),
    (figure_id::VOICES, measure_id::EFFECTIVE_VOICES, voices),
    (figure_id::GROWTH, measure_id::NEW_POSTERS, growth),
    (questions::ANSWERED_PICTURE, measure_id::NEWCOMER_UNANSWERED, newcomers),
    (questions::ANSWERED_PICTURE, measure_id::OPENER_REPLY_RATE, answered),
    (figure_id::NETWORK, measure_id::ISOLATED_SHARE, connected),
    (figure_id::ROOMS, measure_id::BRIDGERS_SHARE, bridged),
    (figure_id::ACTIONS, measure_id::ACTION_COMPLETION, followed),
];

/// What can be said about the month, the most important first. What cannot be said gives way to what can.
pub(crate) fn sentences(report: &Report, words: &Words) -> Vec<Sentence> {
    let told = |id: &str| !report.measures.get(id).is_some_and(is_of_community_only);
    let said = ALL.iter().enumerate().filter(|(_, (_, id, _))| told(id));
    let said = said.filter_map(|(place, (picture, id, write))| {
        let text = write(report, words)?;
        Some((value_of(report, id).is_none(), place, Sentence { text, picture }))
    });
    let mut said: Vec<_> = said.collect();
    let hidden = |id: &str| report.measures.get(id).is_none_or(|measure| measure.status == Status::Suppressed);
    if !said.is_empty() && ALL.iter().all(|(_, id, _)| hidden(id) || !told(id)) {
        // The same reason five times over says no more than once.
        return vec![Sentence {
            text: words.l.msg_nothing_to_say(words.month(report.month)),
            picture: figure_id::ACTIVITY,
        }];
    }
    said.sort_by_key(|(unknown, place, _)| (*unknown, *place));
    // Nor twice: of those that cannot be said for the same reason, the most important stands for all.
    let reason = |place: usize| report.measures.get(ALL[place].1).and_then(|measure| measure.reason.clone());
    let mut reasons = BTreeSet::new();
    said.retain(|(unknown, place, _)| !unknown || reasons.insert(reason(*place)));
    said.truncate(MOST);
    said.into_iter().map(|(.., sentence)| sentence).collect()
}

fn connected(report: &Report, words: &Words) -> Option<String> {
    share(report, measure_id::ISOLATED_SHARE, words, |share| words.l.msg_connected(share))
}

fn bridged(report: &Report, words: &Words) -> Option<String> {
    share(report, measure_id::BRIDGERS_SHARE, words, |share| words.l.msg_bridged(share))
}

fn followed(report: &Report, words: &Words) -> Option<String> {
    share(report, measure_id::ACTION_COMPLETION, words, |share| words.l.msg_followed(share))
}

/// A sentence about a share, where it has a value.
fn share(report: &Report, id: &str, words: &Words, say: impl Fn(String) -> String) -> Option<String> {
    let measure = report.measures.get(id)?;
    let share = words.percent(measure.value?);
    let share = match measure.interval {
        Some(interval) => format!("{share} ({})", words.interval(interval, "share")),
        None => share,
    };
    Some(with_changes(say(share), report, measure, words))
}

fn active(report: &Report, words: &Words) -> Option<String> {
    let measure = report.measures.get(measure_id::ACTIVE_MEMBERS)?;
    let Some(value) = measure.value else { return Some(no_value(measure_id::ACTIVE_MEMBERS, measure, words)) };
    let month = words.month(report.month);
    let written = words.figure(value, "people");
    let what = match (value_of(report, measure_id::POSTERS), value_of(report, measure_id::REACTORS_ONLY)) {
        (Some(writers), Some(reactors)) if value > 0.0 => {
            let [writers, reactors] = [writers, reactors].map(|count| words.figure(count, "people"));
            words.l.msg_active_split(value, month, written, writers, reactors)
        }
        _ => words.l.msg_active(value, month, written),
    };
    Some(with_changes(what, report, measure, words))
}

fn voices(report: &Report, words: &Words) -> Option<String> {
    let measure = report.measures.get(measure_id::EFFECTIVE_VOICES)?;
    let (Some(value), Some(posters)) = (measure.value, value_of(report, measure_id::POSTERS)) else {
        return Some(no_value(measure_id::EFFECTIVE_VOICES, measure, words));
    };
    let (value, posters) = (words.figure(value, "people"), words.figure(posters, "people"));
    let what = match measure.interval {
        Some(interval) => words.l.msg_voices_interval(value, words.interval(interval, "people"), posters),
        None => words.l.msg_voices(value, posters),
    };
    Some(with_changes(what, report, measure, words))
}

fn growth(report: &Report, words: &Words) -> Option<String> {
    let newcomers = report.measures.get(measure_id::NEW_POSTERS)?;
    let before = report.month.previous().map(|month| words.month(month)).unwrap_or_default();
    let part = |id: &str, write: &dyn Fn(f64, String) -> String| {
        value_of(report, id).map(|value| write(value, words.figure(value, "people")))
    };
    let parts: Vec<String> = [
        part(measure_id::NEW_POSTERS, &|count, value| words.l.msg_growth_new(count, value)),
        part(measure_id::REACTIVATED, &|count, value| words.l.msg_growth_back(count, value)),
        part(measure_id::LAPSED, &|count, value| words.l.msg_growth_paused(count, &before, value)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return Some(no_value(measure_id::NEW_POSTERS, newcomers, words));
    }
    Some(format!("{}.", capitalised(&words.list(&parts))))
}

fn newcomers(report: &Report, words: &Words) -> Option<String> {
    let measure = report.measures.get(measure_id::NEWCOMER_UNANSWERED)?;
    let Some(value) = measure.value else { return Some(no_value(measure_id::NEWCOMER_UNANSWERED, measure, words)) };
    let share = words.percent(value);
    let what = match (measure.interval, measure.n) {
        _ if value == 0.0 => words.l.msg_newcomers_none(),
        (Some(interval), _) => words.l.msg_newcomers_interval(share, words.interval(interval, "share")),
        (None, Some(n)) => {
            #[expect(clippy::cast_precision_loss, reason = "decides a plural only")]
            let count = n as f64;
            words.l.msg_newcomers(count, share, words.number(count, 0))
        }
        (None, None) => format!("{}: {share}.", words.measure(measure_id::NEWCOMER_UNANSWERED)),
    };
    Some(with_changes(what, report, measure, words))
}

fn answered(report: &Report, words: &Words) -> Option<String> {
    let measure = report.measures.get(measure_id::OPENER_REPLY_RATE)?;
    let Some(value) = measure.value else { return Some(no_value(measure_id::OPENER_REPLY_RATE, measure, words)) };
    let share = words.percent(value);
    let what = match measure.interval {
        Some(interval) => words.l.msg_answered_interval(share, words.interval(interval, "share")),
        None => words.l.msg_answered(share),
    };
    let what = with_changes(what, report, measure, words);
    Some(match value_of(report, measure_id::REPLY_MINUTES_P50) {
        Some(minutes) => format!("{what} {}", words.l.msg_answered_time(words.duration(minutes))),
        None => what,
    })
}

/// The sentence, followed by how the value compares with the month before and the year before.
fn with_changes(what: String, report: &Report, measure: &Measure, words: &Words) -> String {
    let month = report.month.previous().map(|month| words.l.msg_when_month(words.month(month))).unwrap_or_default();
    let times = [(measure.last_month.as_ref(), month), (measure.last_year.as_ref(), words.l.msg_when_year())];
    let compared: Vec<(Change, String, String)> = times
        .into_iter()
        .filter_map(|(earlier, when)| {
            let (change, before) = compare(measure, earlier)?;
            Some((change, when, words.figure(before, &measure.unit)))
        })
        .collect();
    let clauses: Vec<String> = match compared.as_slice() {
        [(Change::Unclear, month, value), (Change::Unclear, year, earlier)] => {
            vec![words.l.msg_change_unclear_both(month, value, year, earlier)]
        }
        _ => compared.into_iter().map(|(change, when, value)| clause(change, when, value, words)).collect(),
    };
    if clauses.is_empty() { what } else { format!("{what} {}.", capitalised(&clauses.join("; "))) }
}

fn clause(change: Change, when: String, value: String, words: &Words) -> String {
    match change {
        Change::Higher => words.l.msg_change_higher(when, value),
        Change::Lower => words.l.msg_change_lower(when, value),
        Change::Same => words.l.msg_change_same(when, value),
        Change::Unclear => words.l.msg_change_unclear(when, value),
        Change::Plain => words.l.msg_change_plain(when, value),
        Change::Equal => words.l.msg_change_equal(when),
    }
}

fn no_value(id: &str, measure: &Measure, words: &Words) -> String {
    words.l.msg_no_value(words.measure(id), words.reason_after_colon(measure.reason.as_deref()))
}

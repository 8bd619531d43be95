//! The month in up to five sentences: what it was, and what changed where that can be said. Never a score, never a grade.

use hearth_shared::{
    month::Month,
    published::Released,
    report::{Measure, Notice, Report, figure_id, measure_id},
};

use crate::{
    claims::{claims, has_changed, quiet_quarter},
    lookup::{is_of_few, known, value_of},
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

/// Says what is known of a measure: what stands before a comparison, and what after it.
type Say = fn(&Measure, &Report, &Words) -> (String, Option<String>);

/// At most so many sentences.
const MOST: usize = 5;

/// Every sentence, the most important first: its picture, and the measure that it is about.
const ALL: [(&str, &str, Say); 6] = [
    (figure_id::ACTIVITY, measure_id::POSTERS, people),
    (figure_id::NEWCOMERS, measure_id::NEW_POSTERS, new),
    (figure_id::VOICES, measure_id::EFFECTIVE_VOICES, voices),
    (figure_id::ANSWERED, measure_id::TAKEN_UP, taken_up),
    (figure_id::PEOPLE, measure_id::NEWCOMERS_CAME_BACK, came_back),
    (figure_id::ACTIONS, measure_id::ACTION_COMPLETION, actions),
];

/// What is said about the month: what changed comes first, then the rest in its order. Of what is not known nothing is
/// said, and where too few people wrote, that alone.
pub(crate) fn sentences(report: &Report, words: &Words) -> Vec<Sentence> {
    let one = |text: String| vec![Sentence { text, picture: figure_id::ACTIVITY }];
    if is_of_few(report) {
        return one(words.l.msg_too_few(words.month(report.month)));
    }
    let mut said: Vec<(bool, Sentence)> = ALL
        .iter()
        .filter_map(|(picture, id, say)| {
            let measure = known(report, id)?;
            if *id == measure_id::ACTION_COMPLETION && measure.cell.about.is_none_or(|about| about < ACTIONS) {
                return None;
            }
            let (said, more) = say(measure, report, words);
            let said = std::iter::once(capitalised(&said)).chain(claims(id, measure, report.month, words)).chain(more);
            let text = said.collect::<Vec<_>>().join(" ");
            Some((!has_changed(id, measure), Sentence { text, picture }))
        })
        .collect();
    if said.is_empty() && !report.measures.is_empty() {
        return one(words.l.msg_nothing_to_say(words.month(report.month)));
    }
    said.sort_by_key(|(unchanged, _)| *unchanged);
    said.into_iter().map(|(_, sentence)| sentence).take(MOST).collect()
}

/// What the quarter was where it shows no change: said once of all.
pub(crate) fn quarter(report: &Report, words: &Words) -> Vec<String> {
    quiet_quarter(&ALL.map(|(_, id, _)| id), report, words)
}

/// The sentence, and what is usual; where the month lies beyond that and nothing is claimed of it, that it may be chance.
fn with_usual(said: String, id: &str, measure: &Measure, month: Month, words: &Words) -> String {
    let Some(usual) = &measure.usual else { return format!("{said}.") };
    let is_beyond = measure
        .cell
        .value
        .and_then(Released::value)
        .is_some_and(|value| value < usual.range[0] || value > usual.range[1]);
    let usual = words.usual(id, usual, &measure.cell.unit);
    if is_beyond && claims(id, measure, month, words).is_empty() {
        return words.l.msg_with_usual_beyond(said, usual);
    }
    words.l.msg_with_usual(said, usual)
}

fn people(measure: &Measure, report: &Report, words: &Words) -> (String, Option<String>) {
    let said = words.l.msg_people(words.month(report.month), words.cell(&measure.cell));
    let active = value_of(report, measure_id::ACTIVE_MEMBERS).filter(|active| active.value().is_some());
    let active = active.map(|active| words.l.msg_people_active(words.released(active, "people")));
    (with_usual(said, measure_id::POSTERS, measure, report.month, words), active)
}

fn new(measure: &Measure, report: &Report, words: &Words) -> (String, Option<String>) {
    (
        with_usual(words.l.msg_new(words.cell(&measure.cell)), measure_id::NEW_POSTERS, measure, report.month, words),
        None,
    )
}

fn voices(measure: &Measure, report: &Report, words: &Words) -> (String, Option<String>) {
    let voices = words.cell(&measure.cell);
    let said = match value_of(report, measure_id::POSTERS) {
        Some(posters) => words.l.msg_voices_among(voices, words.released(posters, "people")),
        None => words.l.msg_voices(voices),
    };
    (with_usual(said, measure_id::EFFECTIVE_VOICES, measure, report.month, words), None)
}

fn taken_up(measure: &Measure, report: &Report, words: &Words) -> (String, Option<String>) {
    let said = with_between(words.l.msg_taken_up(words.cell(&measure.cell)), measure, words);
    let time = value_of(report, measure_id::ANSWER_TIME);
    let time = time.map(|time| words.l.msg_answer_time(words.released(time, "minutes")));
    (with_usual(said, measure_id::TAKEN_UP, measure, report.month, words), time)
}

fn came_back(measure: &Measure, _: &Report, words: &Words) -> (String, Option<String>) {
    let share = words.cell(&measure.cell);
    let said = match words.quarters_of(&measure.cell) {
        Some(quarters) => words.l.msg_came_back(quarters, share),
        None => format!("{}: {share}", words.measure(measure_id::NEWCOMERS_CAME_BACK)),
    };
    (format!("{}.", with_between(said, measure, words)), None)
}

/// Of fewer actions than these, what became of them is no news: most were agreed the other day.
const ACTIONS: f64 = 5.0;

fn actions(measure: &Measure, _: &Report, words: &Words) -> (String, Option<String>) {
    (words.l.msg_actions(words.cell(&measure.cell)), None)
}

/// The sentence, and between what its share lies by chance.
fn with_between(said: String, measure: &Measure, words: &Words) -> String {
    match measure.cell.interval {
        Some(interval) => format!("{said} ({})", words.between(interval, &measure.cell.unit)),
        None => said,
    }
}

/// From so many people on, pictures and numbers that matter less from month to month are shown.
const MANY: f64 = 50.0;

/// In three bands, whose conversation it is: a few people's, many people's, or that of most who wrote. It follows from
/// effective voices and from how many wrote, so that it tells no more than they do.
pub(crate) fn carried(report: &Report, words: &Words) -> Option<String> {
    /// Below this part of those who wrote, voices are a few; below half, many.
    const FEW: f64 = 0.2;
    let posters = value_of(report, measure_id::POSTERS)?.value().filter(|posters| *posters >= MANY)?;
    let part = value_of(report, measure_id::EFFECTIVE_VOICES)?.middle() / posters;
    Some(match part {
        part if part < FEW => words.l.msg_carried_few(),
        part if part < 0.5 => words.l.msg_carried_many(),
        _ => words.l.msg_carried_most(),
    })
}

/// That too many hours of the month are unknown to compare it with others.
pub(crate) fn gaps(report: &Report, words: &Words) -> Option<String> {
    let hours = report.hours.filter(|hours| hours.are_too_few())?;
    let [unknown, all] = [hours.unknown, hours.all].map(|hours| words.number(f64::from(hours), 0));
    Some(words.l.msg_gaps(unknown, all))
}

/// What a change would have to be to be noticed.
pub(crate) fn notice(report: &Report, words: &Words) -> Option<String> {
    let Notice { month: [low, high], halving } = report.notice?;
    let usual = report.measures.get(measure_id::POSTERS)?.usual?;
    let (low, high) = (low.ceil(), high.floor());
    let about = words.number(usual.value, 0);
    let of_month = if low >= 1.0 {
        words.l.msg_notice_month(about, words.number(low, 0), words.number(high, 0))
    } else {
        words.l.msg_notice_month_more(about, words.number(high, 0))
    };
    let of_quarter = match halving {
        Some(times) if times >= 10 => words.l.msg_notice_halving_always(),
        Some(0) => words.l.msg_notice_halving_never(),
        Some(times) => words.l.msg_notice_halving(f64::from(times), words.number(f64::from(times), 0)),
        None => words.l.msg_notice_quarter_too_early(),
    };
    Some(format!("{of_month} {of_quarter}"))
}

#[cfg(test)]
mod tests {
    use hearth_shared::release::{Cell, Released};

    use super::*;

    #[test]
    fn whose_conversation_it_is_is_said_in_three_bands_from_fifty_people_on() {
        let said = |posters: u64, voices: f64| {
            let mut report: Report = serde_json::from_str(include_str!("../examples/four_hundred.json")).unwrap();
            for (id, value) in [
                (measure_id::POSTERS, Released::people(posters)),
                (measure_id::EFFECTIVE_VOICES, Released::voices(voices)),
            ] {
                report.measures.insert(id.to_owned(), Measure::alone(Cell::ok(value, "people")));
            }
            carried(&report, &Words::of("en"))
        };
        let band = |posters, voices| said(posters, voices).unwrap();
        assert!(band(100, 13.0).contains("a few people") && band(100, 1.5).contains("a few people"));
        assert!(band(100, 32.0).contains("many of those"));
        assert!(band(50, 25.0).contains("most of those"));
        assert_eq!(said(49, 25.0), None);
    }

    #[test]
    fn a_month_beyond_what_is_usual_may_be_chance_unless_a_change_is_claimed() {
        use hearth_shared::report::{Usual, Verdict};
        let said = |posters: u64, month: Option<Verdict>| {
            let mut report: Report = serde_json::from_str(include_str!("../examples/four_hundred.json")).unwrap();
            let usual = Some(Usual { value: 75.0, range: [40.0, 142.0], months: 6 });
            let cell = Cell::ok(Released::people(posters), "people");
            let measure = Measure { usual, month, ..Measure::alone(cell) };
            report.measures.insert(measure_id::POSTERS.to_owned(), measure);
            let all = sentences(&report, &Words::of("en"));
            all.into_iter().find(|sentence| sentence.picture == figure_id::ACTIVITY).unwrap().text
        };
        assert!(said(184, None).contains("may still be chance") && said(30, None).contains("may still be chance"));
        assert!(!said(100, None).contains("chance"));
        assert!(!said(400, Some(Verdict::More)).contains("chance"));
    }

    #[test]
    fn what_became_of_a_handful_of_actions_is_no_news() {
        let said = |about: f64| {
            let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
            report.measures.retain(|id, _| [measure_id::POSTERS, measure_id::ACTION_COMPLETION].contains(&id.as_str()));
            report.measures.get_mut(measure_id::ACTION_COMPLETION).unwrap().cell.about = Some(about);
            sentences(&report, &Words::of("en")).iter().any(|sentence| sentence.picture == figure_id::ACTIONS)
        };
        assert!(said(ACTIONS) && !said(ACTIONS - 1.0));
    }
}

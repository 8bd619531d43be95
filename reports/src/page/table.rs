//! Every measure with its value, interval, sample, status and definition. On a phone each row is a card.

use std::collections::BTreeSet;

use hearth_shared::report::{Earlier, Measure, Report, Status};
use maud::{Markup, html};

use crate::{lookup::is_of_community_only, questions::ALL, words::Words};

/// The table of all measures, by question; those that no question asks for come last.
pub(crate) fn all(report: &Report, words: &Words) -> Markup {
    let here = report.measures.iter().filter(|(_, measure)| !is_of_community_only(measure));
    let mut left: BTreeSet<&str> = here.map(|(id, _)| id.as_str()).collect();
    let complete = left.len() == report.measures.len();
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for question in ALL {
        let ids: Vec<&str> = question.measures().filter(|id| left.remove(id)).collect();
        if !ids.is_empty() {
            groups.push((words.question(question.id), ids));
        }
    }
    if !left.is_empty() {
        groups.push((words.l.msg_other_measures(), left.into_iter().collect()));
    }
    let columns = [
        words.l.msg_column_measure(),
        words.l.msg_column_value(),
        words.l.msg_column_interval(),
        words.l.msg_column_sample(),
        words.l.msg_column_last_month(),
        words.l.msg_column_last_year(),
    ];
    html! {
        section.all aria-labelledby="all" {
            h2 #all { (words.l.msg_all_title()) }
            p { (words.l.msg_all_lead()) }
            @if !complete { p { (words.l.msg_community_only()) } }
            // The roles keep the table a table where phones show its rows as cards.
            table role="table" {
                thead role="rowgroup" {
                    tr role="row" { @for column in &columns { th scope="col" role="columnheader" { (column) } } }
                }
                @for (question, ids) in groups {
                    tbody role="rowgroup" {
                        tr.group role="row" { th scope="rowgroup" role="rowheader" colspan="6" { (question) } }
                        @for id in ids {
                            @if let Some(measure) = report.measures.get(id) { (row(id, measure, &columns, words)) }
                        }
                    }
                }
            }
        }
    }
}

fn row(id: &str, measure: &Measure, columns: &[String; 6], words: &Words) -> Markup {
    let interval = measure.interval.map(|interval| words.interval(interval, &measure.unit));
    #[expect(clippy::cast_precision_loss, reason = "written as a whole number")]
    let sample = measure.n.map(|n| words.number(n as f64, 0));
    let earlier = |earlier: &Option<Earlier>| earlier.as_ref().map(|earlier| before(earlier, &measure.unit, words));
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                span.name { (words.measure(id)) }
                @if let Some((definition, caveat)) = words.definition(id) {
                    span.definition { (definition) }
                    span.caveat { (caveat) }
                }
                @if words.definition(id).is_some() { code { (id) } }
            }
            @if measure.status == Status::Ok {
                td.value role="cell" data-column=(columns[1]) { (words.value_or_reason(measure)) }
                (cell(&columns[2], interval, words))
                (cell(&columns[3], sample, words))
            } @else {
                td.status role="cell" colspan="3" data-column=(columns[1]) {
                    span.badge { (status(measure.status, words)) } " " (words.value_or_reason(measure))
                }
            }
            (cell(&columns[4], earlier(&measure.last_month), words))
            (cell(&columns[5], earlier(&measure.last_year), words))
        }
    }
}

fn cell(column: &str, text: Option<String>, words: &Words) -> Markup {
    html! {
        @match text {
            Some(text) => td role="cell" data-column=(column) { (text) },
            None => td.none role="cell" data-column=(column) {
                span aria-hidden="true" { "–" } span.spoken { (words.l.msg_none()) }
            },
        }
    }
}

fn before(earlier: &Earlier, unit: &str, words: &Words) -> String {
    match earlier.value {
        Some(value) => words.figure(value, unit),
        None => status(earlier.status, words),
    }
}

fn status(status: Status, words: &Words) -> String {
    match status {
        Status::Ok => words.l.msg_status_ok(),
        Status::Na => words.l.msg_status_na(),
        Status::Suppressed => words.l.msg_status_suppressed(),
    }
}

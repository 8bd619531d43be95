//! Every number with what it means, folded away. On a phone each row is a card.

use std::collections::BTreeSet;

use hearth_shared::report::{Measure, Report, Status};
use maud::{Markup, html};

use crate::{
    lookup::is_of_community_only,
    questions::{self, HEADLINE},
    words::Words,
};

/// The table of all measures: the headline, then by question; those that no question asks for come last.
pub(crate) fn all(report: &Report, words: &Words) -> Markup {
    let here = report.measures.iter().filter(|(_, measure)| !is_of_community_only(&measure.cell));
    let mut left: BTreeSet<&str> = here.map(|(id, _)| id.as_str()).collect();
    let complete = left.len() == report.measures.len();
    let asked = questions::all().map(|question| (words.question(question.id), question.facts));
    let mut groups: Vec<(String, Vec<&str>)> = Vec::new();
    for (name, ids) in std::iter::once((words.l.msg_headline_title(), &HEADLINE[..])).chain(asked) {
        let ids: Vec<&str> = ids.iter().copied().filter(|id| left.remove(id)).collect();
        if !ids.is_empty() {
            groups.push((name, ids));
        }
    }
    if !left.is_empty() {
        groups.push((words.l.msg_other_measures(), left.into_iter().collect()));
    }
    let columns = [
        words.l.msg_column_measure(),
        words.l.msg_column_value(),
        words.l.msg_column_usual(),
        words.l.msg_column_between(),
        words.l.msg_column_about(),
    ];
    html! {
        section.all.fold {
            details {
                summary { h2 #all { (words.l.msg_all_title()) } }
                @if !complete { p { (words.l.msg_community_only()) } }
                // The roles keep the table a table where phones show its rows as cards.
                table role="table" {
                    thead role="rowgroup" {
                        tr role="row" { @for column in &columns { th scope="col" role="columnheader" { (column) } } }
                    }
                    @for (question, ids) in groups {
                        tbody role="rowgroup" {
                            tr.group role="row" { th scope="rowgroup" role="rowheader" colspan="5" { (question) } }
                            @for id in ids {
                                @if let Some(measure) = report.measures.get(id) { (row(id, measure, &columns, words)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn row(id: &str, measure: &Measure, columns: &[String; 5], words: &Words) -> Markup {
    let cell = &measure.cell;
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                span.name { (words.measure(id)) }
                @if let Some((definition, caveat)) = words.definition(id) {
                    span.definition { (definition) }
                    span.caveat { (caveat) }
                    code { (id) }
                }
            }
            @if cell.status == Status::Ok {
                td.value role="cell" data-column=(columns[1]) { (words.cell(cell)) }
                (text(&columns[2], measure.usual.as_ref().map(|usual| words.usual(id, usual, &cell.unit)), words))
                (text(&columns[3], cell.interval.map(|interval| words.interval(interval, &cell.unit)), words))
                (text(&columns[4], words.about(id, cell), words))
            } @else {
                td.status role="cell" colspan="4" data-column=(columns[1]) {
                    span.badge { (status(cell.status, words)) } " " (words.cell(cell))
                }
            }
        }
    }
}

fn text(column: &str, text: Option<String>, words: &Words) -> Markup {
    html! {
        @match text {
            Some(text) => td role="cell" data-column=(column) { (text) },
            None => td.none role="cell" data-column=(column) {
                span aria-hidden="true" { "–" } span.spoken { (words.l.msg_none()) }
            },
        }
    }
}

fn status(status: Status, words: &Words) -> String {
    match status {
        Status::Ok => words.l.msg_status_ok(),
        Status::Na => words.l.msg_status_na(),
        Status::Suppressed => words.l.msg_status_suppressed(),
    }
}

//! Numbers on the page: large in the headline, small below a picture; each with what is usual, and how sure it is.

use hearth_shared::report::{Measure, Report};
use maud::{Markup, html};

use crate::{claims::claims, lookup::known, words::Words};

/// The largest numbers of the page, where they have a value.
pub(super) fn headline(ids: &[&str], report: &Report, words: &Words) -> Markup {
    let known = ids.iter().any(|id| known(report, id).is_some());
    html! {
        @if known {
            section aria-labelledby="numbers" {
                h2 #numbers { (words.l.msg_headline_title()) }
                (list(ids, "facts headline", report, words))
            }
        }
    }
}

/// The numbers below a picture, where they have a value.
pub(super) fn facts(ids: &[&str], report: &Report, words: &Words) -> Markup {
    list(ids, "facts", report, words)
}

fn list(ids: &[&str], class: &str, report: &Report, words: &Words) -> Markup {
    let known: Vec<(&str, &Measure)> = ids.iter().filter_map(|id| Some((*id, known(report, id)?))).collect();
    html! {
        @if !known.is_empty() {
            dl class=(class) { @for (id, measure) in known { (fact(id, measure, report, words)) } }
        }
    }
}

fn fact(id: &str, measure: &Measure, report: &Report, words: &Words) -> Markup {
    /// What is longer than that is written smaller.
    const SHORT: usize = 10;
    let (cell, value) = (&measure.cell, words.cell(&measure.cell));
    let class = if value.chars().count() > SHORT { "value long" } else { "value" };
    html! {
        div {
            dt { (words.measure(id)) }
            dd {
                span class=(class) { (value) }
                @if let Some(usual) = &measure.usual { span { (words.l.msg_fact_usual(words.usual(id, usual, &cell.unit))) } }
                @for claim in claims(id, measure, report.month, words) { span.claim { (claim) } }
                @if let Some(interval) = cell.interval { span { (words.between(interval, &cell.unit)) } }
                @if let Some(about) = words.about(id, cell) { span { (about) } }
            }
        }
    }
}

//! One page, three depths: the month in sentences, a picture a question, every measure in a table.
//!
//! Needs nothing beside itself: pictures, font and style are inside, and it works without scripts, on paper too.

pub(crate) mod style;
mod table;

use std::path::Path;

use hearth_shared::month::Month;
use hearth_shared::report::{Earlier, Measure, Report};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    charts::Size,
    experiment::outcome,
    lookup::is_of_community_only,
    paint::{self, PaintError, SvgTarget},
    pictures::{Picture, pictures},
    questions::{ALL, Question},
    sentences::sentences,
    suggest::suggestion,
    theme::Theme,
    words::Words,
};

/// Which earlier reports lie beside this one.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Neighbours {
    last_month: Option<Month>,
    last_year: Option<Month>,
    index: bool,
}

impl Neighbours {
    /// What lies in the folder in which `dir` is.
    pub(crate) fn beside(report: &Report, dir: &Path) -> Self {
        let Some(folder) = dir.parent() else { return Self::default() };
        let there = |back: i32| {
            let month = report.month.plus(-back)?;
            folder.join(month.to_string()).join("index.html").exists().then_some(month)
        };
        Self { last_month: there(1), last_year: there(12), index: folder.join("index.html").exists() }
    }
}

/// The page as HTML.
pub(crate) fn page(report: &Report, beside: &Neighbours, words: &Words) -> Result<String, PaintError> {
    let pictures = pictures(report, words);
    let month = words.month_year(report.month);
    let title = words.title(report);
    // Where nothing can be said to any question, the same box below each would say no more than one sentence.
    let asked = if ALL.iter().any(|question| is_answered(question, report, &pictures, words)) { ALL } else { &[] };
    let leads: Vec<&str> = asked.iter().filter_map(|question| lead(question, &pictures, words)).collect();
    let questions = asked.iter().map(|question| section(question, report, &pictures, &leads, words));
    let questions = questions.collect::<Result<Vec<_>, _>>()?;
    let more: Vec<&Picture> = pictures.iter().filter(|picture| !leads.contains(&&*picture.id)).collect();
    let (drawn, empty): (Vec<&Picture>, _) =
        more.into_iter().partition(|picture| picture.scene(words, Size::Wide).is_some());
    let more = drawn.into_iter().map(|picture| figure(picture, words)).collect::<Result<Vec<_>, _>>()?;
    let empty = not_drawn(&empty, words);
    let markup = html! {
        (DOCTYPE)
        html lang=(words.tag) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="generator" content="Hearth";
                title { (title) }
                style { (PreEscaped(style::css())) }
            }
            body {
                header {
                    @if let Some(room) = &report.room {
                        p.kicker { (words.l.msg_page_kicker_room()) }
                        h1 { bdi { (room) } " " span.month { (month) } }
                        p.meta { (words.l.msg_page_of(words.name(&report.community))) }
                    } @else {
                        p.kicker { (words.l.msg_page_kicker()) }
                        h1 { bdi { (report.community) } " " span.month { (month) } }
                    }
                    p.meta { (words.l.msg_page_meta(words.zone(&report.timezone))) }
                    @if let Some(day) = report.log_ends { p.meta { strong { (words.l.msg_page_log_ends(words.day(day))) } } }
                    (earlier_reports(beside, words))
                }
                main {
                    (short(report, &pictures, words))
                    (tried(report, words))
                    @for section in &questions { (section) }
                    @if !more.is_empty() || !empty.is_empty() {
                        section.more aria-labelledby="more" {
                            h2 #more { (words.l.msg_more_title()) }
                            @if !more.is_empty() { p { (words.l.msg_more_lead()) } }
                            @for figure in &more { (figure) }
                            @for sentence in &empty { p { (sentence) } }
                        }
                    }
                    (table::all(report, words))
                }
                footer { (about(report, words)) }
            }
        }
    };
    Ok(markup.into_string())
}

fn earlier_reports(beside: &Neighbours, words: &Words) -> Markup {
    let months: Vec<Month> = [beside.last_month, beside.last_year].into_iter().flatten().collect();
    html! {
        @if beside.index || !months.is_empty() {
            nav aria-label=(words.l.msg_earlier_reports()) {
                @for month in months { a href={ "../" (month) "/index.html" } { (words.month_year(month)) } " " }
                @if beside.index { a href="../index.html" { (words.l.msg_all_reports()) } }
            }
        }
    }
}

fn short(report: &Report, pictures: &[Picture], words: &Words) -> Markup {
    let sentences = sentences(report, words);
    html! {
        @if !sentences.is_empty() {
            section.short aria-labelledby="short" {
                h2 #short { (words.l.msg_short_title()) }
                ul {
                    @for sentence in &sentences {
                        li {
                            (sentence.text)
                            @if let Some(picture) = drawn(pictures, sentence.picture, words) {
                                " "
                                a.see href={ "#" (picture.id) } aria-label=(words.l.msg_see_picture_label(&picture.title)) {
                                    (words.l.msg_see_picture())
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The pictures that could not be drawn, a sentence a reason.
fn not_drawn(pictures: &[&Picture], words: &Words) -> Vec<String> {
    let reasons = by_reason(pictures.iter().map(|picture| (picture.reason(), picture.title.clone())));
    let say = |(reason, titles): (Option<&str>, Vec<String>)| {
        words.l.msg_more_not_drawn(titles.join(" · "), words.reason_after_colon(reason))
    };
    reasons.into_iter().map(say).collect()
}

/// Names put together that have the same reason, in the order in which the reasons come.
fn by_reason<'a>(names: impl Iterator<Item = (Option<&'a str>, String)>) -> Vec<(Option<&'a str>, Vec<String>)> {
    let mut reasons: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for (reason, name) in names {
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) => names.push(name),
            None => reasons.push((reason, vec![name])),
        }
    }
    reasons
}

/// What came of what the leads tried.
fn tried(report: &Report, words: &Words) -> Markup {
    html! {
        @if let Some([what, values, verdict, caveat]) = outcome(report, words) {
            section.tried aria-labelledby="tried" {
                h2 #tried { (words.l.msg_experiment_title()) }
                p { (what) }
                p { (values) " " (verdict) }
                p.reading { (caveat) }
            }
        }
    }
}

/// The picture `id`, where it can be drawn.
fn drawn<'a>(pictures: &'a [Picture<'a>], id: &str, words: &Words) -> Option<&'a Picture<'a>> {
    pictures.iter().find(|picture| picture.id == id).filter(|picture| picture.scene(words, Size::Wide).is_some())
}

/// Whether there is a picture or a value for a question.
fn is_answered(question: &Question, report: &Report, pictures: &[Picture], words: &Words) -> bool {
    let known = |id: &str| report.measures.get(id).is_some_and(|measure| measure.value.is_some());
    question.facts.iter().any(|id| known(id)) || question.pictures.iter().any(|id| drawn(pictures, id, words).is_some())
}

/// The picture that stands below a question: the first of its pictures that can be drawn, or the first there is.
fn lead<'a>(question: &Question, pictures: &'a [Picture], words: &Words) -> Option<&'a str> {
    let mut asked = question.pictures.iter().filter_map(|id| pictures.iter().find(|picture| picture.id == *id));
    let first = asked.clone().next()?;
    let drawn = asked.find(|picture| picture.scene(words, Size::Wide).is_some());
    Some(&drawn.unwrap_or(first).id)
}

/// A question with its picture, its facts and a suggestion; empty where the report has nothing on it.
fn section(
    question: &Question,
    report: &Report,
    pictures: &[Picture],
    leads: &[&str],
    words: &Words,
) -> Result<Markup, PaintError> {
    let drawn = pictures.iter().filter(|picture| question.pictures.contains(&&*picture.id));
    let drawn = drawn.filter(|picture| leads.contains(&&*picture.id));
    let drawn = drawn.map(|picture| figure(picture, words)).collect::<Result<Vec<_>, _>>()?;
    let facts = question.facts.iter().filter_map(|id| Some((*id, report.measures.get(*id)?)));
    let facts: Vec<(&str, &Measure)> = facts.filter(|(_, measure)| !is_of_community_only(measure)).collect();
    if drawn.is_empty() && facts.is_empty() {
        return Ok(html! {});
    }
    let (known, unknown): (Vec<_>, Vec<_>) = facts.into_iter().partition(|(_, measure)| measure.value.is_some());
    let said = leads.iter().filter_map(|id| pictures.iter().find(|picture| picture.id == **id));
    let said = said.filter(|picture| question.pictures.contains(&&*picture.id));
    let said = said.filter(|picture| picture.scene(words, Size::Wide).is_none());
    let unknown = not_known(&unknown, said.map(Picture::reason).next(), words);
    let id = format!("q-{}", question.id);
    let asked = words.question(question.id);
    Ok(html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (asked) }
            @for figure in &drawn { (figure) }
            @if !known.is_empty() {
                dl.facts {
                    @for (id, measure) in known { (fact(id, measure, report, words)) }
                }
            }
            @for sentence in unknown { p.reading { (sentence) } }
            @if let Some(words_of_it) = suggestion(question, report).and_then(|id| words.suggestion(id)) {
                p.suggestion { strong { (words.l.msg_suggest_label()) ": " } (words_of_it) }
            }
        }
    })
}

fn figure(picture: &Picture, words: &Words) -> Result<Markup, PaintError> {
    let inline = |size: Size, class: &str| {
        let target = SvgTarget::Page { class, alt: &picture.says };
        picture.scene(words, size).map(|scene| paint::svg(&scene, Theme::Light, target)).transpose()
    };
    let (wide, narrow) = (inline(Size::Wide, "wide")?, inline(Size::Narrow, "narrow")?);
    Ok(html! {
        figure id=(picture.id) {
            figcaption {
                h3 { (picture.title) }
                @if wide.is_some() { p { (picture.says) } }
            }
            @match (wide, narrow) {
                (Some(wide), Some(narrow)) => {
                    (PreEscaped(wide)) (PreEscaped(narrow))
                    @if let Some(reading) = words.reading(&picture.id) { p.reading { (reading) } }
                }
                _ => p.nothing { (words.l.msg_no_picture(words.reason(picture.reason()))) },
            }
        }
    })
}

/// The measures without a value, a sentence a reason; what the empty picture above says already is not said again.
fn not_known(facts: &[(&str, &Measure)], said: Option<Option<&str>>, words: &Words) -> Vec<String> {
    let reasons = by_reason(facts.iter().map(|(id, measure)| (measure.reason.as_deref(), words.measure(id))));
    let new = reasons.into_iter().filter(|(reason, _)| said != Some(*reason));
    new.map(|(reason, names)| words.l.msg_no_value(names.join(" · "), words.reason_after_colon(reason))).collect()
}

fn fact(id: &str, measure: &Measure, report: &Report, words: &Words) -> Markup {
    let earlier = [(1, &measure.last_month), (12, &measure.last_year)].into_iter().filter_map(|(back, earlier)| {
        let Earlier { value: Some(value), .. } = earlier.as_ref()? else { return None };
        let month = words.month_year(report.month.plus(-back)?);
        Some(words.l.msg_fact_earlier(month, words.figure(*value, &measure.unit)))
    });
    html! {
        div {
            dt { (words.measure(id)) }
            dd {
                @if let Some(value) = measure.value {
                    span.value { (words.figure(value, &measure.unit)) }
                }
                @if let Some(interval) = measure.interval {
                    span { (words.l.msg_fact_interval(words.interval(interval, &measure.unit))) }
                }
                @for earlier in earlier { span { (earlier) } }
            }
        }
    }
}

fn about(report: &Report, words: &Words) -> Markup {
    let unknown: Vec<String> = report
        .source
        .iter()
        .filter(|(_, known)| !**known)
        .map(|(what, _)| words.named(&format!("source-{what}"), None).unwrap_or_else(|| what.clone()))
        .collect();
    html! {
        @if !unknown.is_empty() {
            section aria-labelledby="source" {
                h2 #source { (words.l.msg_source_title()) }
                p { (words.l.msg_source_missing(words.list(&unknown))) }
            }
        }
        section aria-labelledby="about" {
            h2 #about { (words.l.msg_about_title()) }
            p { (words.l.msg_about_privacy()) }
            p { (words.l.msg_about_change()) }
            p { (words.l.msg_about_maker()) }
        }
    }
}

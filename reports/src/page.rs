//! One page: the month in sentences, at most six numbers, a section a question; closer looks are folded away.
//!
//! Needs nothing beside itself: pictures, font and style are inside, and it works without scripts, on paper too.

mod facts;
pub(crate) mod style;
mod table;

use std::path::Path;

use hearth_shared::month::Month;
use hearth_shared::report::{Report, measure_id};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    charts::Size,
    experiment::outcome,
    lookup::{is_of_community_only, is_of_few, known},
    paint::{self, PaintError, SvgTarget},
    pictures::{Picture, pictures},
    questions::{ALL, EXPLORER, HEADLINE, Question, question_id},
    sentences::{carried, gaps, notice, quarter, sentences},
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

/// A page's pictures, and which of them can be drawn.
struct Pictures<'a> {
    drawn: Vec<Picture<'a>>,
    empty: Vec<Picture<'a>>,
}

impl Pictures<'_> {
    fn drawn<'a>(&'a self, ids: &'a [&str]) -> impl Iterator<Item = &'a Picture<'a>> {
        ids.iter().filter_map(|id| self.drawn.iter().find(|picture| picture.id == *id))
    }

    fn empty<'a>(&'a self, ids: &'a [&str]) -> impl Iterator<Item = &'a Picture<'a>> {
        ids.iter().filter_map(|id| self.empty.iter().find(|picture| picture.id == *id))
    }
}

/// The page as HTML.
pub(crate) fn page(report: &Report, beside: &Neighbours, words: &Words) -> Result<String, PaintError> {
    let month = words.month_year(report.month);
    let title = words.title(report);
    // Where too few people wrote, one sentence says so, and retrospectives alone are told of.
    let few = is_of_few(report);
    let is_told = |picture: &Picture| !few || retros().is_some_and(|retros| retros.pictures.contains(&&*picture.id));
    let (drawn, empty) = pictures(report, words)
        .into_iter()
        .filter(is_told)
        .partition(|picture| picture.scene(words, Size::Wide).is_some());
    let all = Pictures { drawn, empty };
    let asked: Vec<&Question> = ALL.iter().filter(|question| !few || question.id == question_id::RETROS).collect();
    let (told, untold): (Vec<&Question>, Vec<&Question>) =
        asked.into_iter().partition(|question| is_answered(question, report, &all));
    let sections = told.iter().map(|question| section(question, report, &all, words));
    let sections = sections.collect::<Result<Vec<_>, _>>()?;
    let other =
        all.drawn.iter().filter(|picture| crate::questions::all().all(|it| !it.pictures.contains(&&*picture.id)));
    let other = other.map(|picture| figure(picture, words)).collect::<Result<Vec<_>, _>>()?;
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
                    @if let Some(gaps) = gaps(report, words) { p.meta { strong { (gaps) } } }
                    (earlier_reports(beside, words))
                }
                main {
                    (short(report, &all, words))
                    (facts::headline(headline(few), report, words))
                    (tried(report, words))
                    @for section in &sections { (section) }
                    (absent(&untold, report, &all, words))
                    @if !few { (explorer(report, &all, words)?) }
                    @if !other.is_empty() {
                        section.more aria-labelledby="more" {
                            h2 #more { (words.l.msg_more_title()) }
                            @for figure in &other { (figure) }
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

/// The question that is asked however few people wrote.
fn retros() -> Option<&'static Question> {
    ALL.iter().find(|question| question.id == question_id::RETROS)
}

/// The measures that are shown large.
fn headline(few: bool) -> &'static [&'static str] {
    if few { &[measure_id::ACTION_COMPLETION] } else { &HEADLINE }
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

fn short(report: &Report, all: &Pictures, words: &Words) -> Markup {
    let sentences = sentences(report, words);
    html! {
        @if !sentences.is_empty() {
            section.short aria-labelledby="short" {
                h2 #short { (words.l.msg_short_title()) }
                ul {
                    @for sentence in &sentences {
                        li {
                            (sentence.text)
                            @if let Some(picture) = all.drawn(&[sentence.picture]).next() {
                                " "
                                a.see href={ "#" (picture.id) } aria-label=(words.l.msg_see_picture_label(&picture.title)) {
                                    (words.l.msg_see_picture())
                                }
                            }
                        }
                    }
                }
                @for said in quarter(report, words).into_iter().chain(notice(report, words)) { p.reading { (said) } }
                @if let Some(text) = report.suggestion.as_ref().and_then(|id| words.suggestion(id)) {
                    p.suggestion { strong { (words.l.msg_suggest_label()) ": " } (text) }
                }
            }
        }
    }
}

/// What came of what the leads tried.
fn tried(report: &Report, words: &Words) -> Markup {
    html! {
        @if let Some(sentences) = outcome(report, words) {
            section.tried aria-labelledby="tried" {
                h2 #tried { (words.l.msg_experiment_title()) }
                @for sentence in sentences { p { (sentence) } }
            }
        }
    }
}

/// Whether there is a picture or a value for a question.
fn is_answered(question: &Question, report: &Report, all: &Pictures) -> bool {
    question.facts.iter().any(|id| known(report, id).is_some()) || all.drawn(question.pictures).next().is_some()
}

/// A question with its pictures, its facts, and what is not shown here and why.
fn section(question: &Question, report: &Report, all: &Pictures, words: &Words) -> Result<Markup, PaintError> {
    let figures = all.drawn(question.pictures).map(|picture| figure(picture, words));
    let figures = figures.collect::<Result<Vec<_>, _>>()?;
    let id = format!("q-{}", question.id);
    Ok(html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (words.question(question.id)) }
            @for figure in &figures { (figure) }
            (facts::facts(question.facts, report, words))
            @for sentence in not_shown(question, report, all, words) { p.reading { (sentence) } }
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
            figcaption { h3 { (picture.title) } p { (picture.says) } }
            @if let Some(svg) = wide { (PreEscaped(svg)) }
            @if let Some(svg) = narrow { (PreEscaped(svg)) }
            @if let Some(reading) = words.reading(&picture.id) { p.reading { (reading) } }
        }
    })
}

/// The pictures and facts of a question that are not shown, a sentence a reason.
fn not_shown(question: &Question, report: &Report, all: &Pictures, words: &Words) -> Vec<String> {
    let pictures =
        all.empty(question.pictures).map(|picture| (picture.reason().map(str::to_owned), picture.title.clone()));
    // A picture's caption says itself which of its lines are not known.
    let said: Vec<&str> = all.drawn(question.pictures).flat_map(Picture::lines).collect();
    let unknown = question.facts.iter().filter(|id| known(report, id).is_none() && !said.contains(id));
    let facts = unknown.filter_map(|id| {
        let cell = &report.measures.get(*id)?.cell;
        (!is_of_community_only(cell)).then(|| (cell.reason.clone(), words.measure(id)))
    });
    by_reason(pictures.chain(facts), words)
}

/// Names put together that have the same reason, a sentence each, in the order in which the reasons come.
fn by_reason(names: impl Iterator<Item = (Option<String>, String)>, words: &Words) -> Vec<String> {
    let mut reasons: Vec<(Option<String>, Vec<String>)> = Vec::new();
    for (reason, name) in names {
        match reasons.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => reasons.push((reason, vec![name])),
        }
    }
    let say = |(reason, names): (Option<String>, Vec<String>)| {
        words.l.msg_no_value(names.join(" · "), words.reason_after_colon(reason.as_deref()))
    };
    reasons.into_iter().map(say).collect()
}

/// The questions to which nothing can be said, a line a reason: no heading over nothing.
fn absent(questions: &[&Question], report: &Report, all: &Pictures, words: &Words) -> Markup {
    let names = questions.iter().filter_map(|question| {
        let of_picture = all.empty(question.pictures).next().and_then(|picture| picture.reason()).map(str::to_owned);
        let cells = || question.facts.iter().filter_map(|id| Some(&report.measures.get(*id)?.cell));
        let of_fact = cells().find(|cell| !is_of_community_only(cell)).and_then(|cell| cell.reason.clone());
        let reason = of_picture.or(of_fact)?;
        Some((Some(reason), words.l.msg_quoted(words.question(question.id))))
    });
    let lines = by_reason(names, words);
    html! {
        @if !lines.is_empty() {
            section.absent aria-labelledby="absent" {
                h2 #absent { (words.l.msg_absent_title()) }
                @for line in &lines { p { (line) } }
            }
        }
    }
}

/// Pictures and numbers for whoever looks closer, folded away.
fn explorer(report: &Report, all: &Pictures, words: &Words) -> Result<Markup, PaintError> {
    if !is_answered(&EXPLORER, report, all) {
        return Ok(html! {});
    }
    let figures = all.drawn(EXPLORER.pictures).map(|picture| figure(picture, words));
    let figures = figures.collect::<Result<Vec<_>, _>>()?;
    Ok(html! {
        section.fold {
            details #explorer {
                summary { h2 { (words.question(EXPLORER.id)) } }
                p.reading { (words.l.msg_explorer_lead()) }
                @if let Some(said) = carried(report, words) { p { (said) } }
                @for figure in &figures { (figure) }
                (facts::facts(EXPLORER.facts, report, words))
            }
        }
    })
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
            p { (words.l.msg_about_usual()) }
            p { (words.l.msg_about_between()) }
            p { (words.l.msg_about_change()) }
            p { (words.l.msg_about_maker()) }
        }
    }
}

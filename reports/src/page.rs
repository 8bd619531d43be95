//! One page, three depths: the month in sentences, a picture a question, every measure in a table.
//!
//! Needs nothing beside itself: pictures, font and style are inside, and it works without scripts, on paper too.

mod style;
mod table;

use hearth_shared::report::{Earlier, Measure, Report, Status};
use maud::{DOCTYPE, Markup, PreEscaped, html};

use crate::{
    charts::Size,
    paint::{self, Home, PaintError},
    pictures::{Picture, pictures},
    questions::{ALL, Question},
    sentences::sentences,
    theme::Theme,
    words::Words,
};

/// The page as HTML.
pub(crate) fn page(report: &Report, words: &Words) -> Result<String, PaintError> {
    let pictures = pictures(report, words);
    let month = words.month_year(report.month);
    let title = words.l.msg_page_title(&report.community, &month);
    let questions = ALL.iter().map(|question| section(question, report, &pictures, words));
    let questions = questions.collect::<Result<Vec<_>, _>>()?;
    let other = pictures.iter().filter(|picture| !ALL.iter().any(|asked| asked.pictures.contains(&&*picture.id)));
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
                    p.kicker { (words.l.msg_page_kicker()) }
                    h1 { bdi { (report.community) } " " span.month { (month) } }
                    p.meta { (words.l.msg_page_meta(&report.timezone)) }
                }
                main {
                    (short(report, &pictures, words))
                    @for section in &questions { (section) }
                    @if !other.is_empty() { section { @for figure in &other { (figure) } } }
                    (table::all(report, words))
                }
                footer { (about(report, words)) }
            }
        }
    };
    Ok(markup.into_string())
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
                            @if let Some(picture) = pictures.iter().find(|picture| picture.id == sentence.picture) {
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

/// A question with its pictures and facts; empty where the report has nothing on it.
fn section(question: &Question, report: &Report, pictures: &[Picture], words: &Words) -> Result<Markup, PaintError> {
    let drawn = pictures.iter().filter(|picture| question.pictures.contains(&&*picture.id));
    let drawn = drawn.map(|picture| figure(picture, words)).collect::<Result<Vec<_>, _>>()?;
    let facts: Vec<(&str, &Measure)> =
        question.facts.iter().filter_map(|id| Some((*id, report.measures.get(*id)?))).collect();
    if drawn.is_empty() && facts.is_empty() {
        return Ok(html! {});
    }
    let id = format!("q-{}", question.id);
    let asked = words.named(&format!("question-{}", question.id), None).unwrap_or_else(|| question.id.to_owned());
    Ok(html! {
        section aria-labelledby=(id) {
            h2 id=(id) { (asked) }
            @for figure in &drawn { (figure) }
            @if !facts.is_empty() {
                dl.facts {
                    @for (id, measure) in facts { (fact(id, measure, report, words)) }
                }
            }
        }
    })
}

fn figure(picture: &Picture, words: &Words) -> Result<Markup, PaintError> {
    let inline = |size: Size, class: &str| {
        let home = Home::Page { class, alt: &picture.says };
        picture.scene(words, size).map(|scene| paint::svg(&scene, Theme::Light, home)).transpose()
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
                @if let (Status::Ok, Some(value)) = (measure.status, measure.value) {
                    span.value { (words.figure(value, &measure.unit)) }
                    @if let Some(interval) = measure.interval {
                        span { (words.l.msg_fact_interval(words.interval(interval, &measure.unit))) }
                    }
                    @for earlier in earlier { span { (earlier) } }
                } @else {
                    (words.reason(measure.reason.as_deref()))
                }
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

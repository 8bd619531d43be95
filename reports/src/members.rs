//! The month as members get it, after a lead's yes: what we did together, thanks as totals, what comes next.
//!
//! Says only what can be said, and nothing that compares people or months: a summary, not an assessment.

use hearth_shared::report::{Figure, Report};

use crate::{
    charts::Size,
    pictures::pictures,
    room::{Summary, escaped},
    sentences::value_of,
    words::Words,
};

/// The month for the members' room in `language`, or `None` where too little can be said to make anybody feel seen.
///
/// `next` is what comes next, a line each, in the community's words (the next meeting, a retrospective): it is escaped
/// here. The one picture is `activity`, where it can be drawn.
pub fn members_summary(report: &Report, next: &[String], language: &str) -> Option<Summary> {
    let words = Words::of(language);
    let did = did(report, &words);
    if did.is_empty() {
        return None;
    }
    let title = words.l.msg_members_title(words.month(report.month), &report.community);
    let mut lines = vec![format!("**{}**\n", escaped(&title))];
    lines.extend(did.into_iter().map(|line| format!("- {}", escaped(&line))));
    lines.push(format!("\n{}", escaped(&words.l.msg_members_thanks())));
    let tried = report.experiment.as_ref().map(|experiment| words.l.msg_members_try(&experiment.what));
    let next: Vec<String> = next.iter().cloned().chain(tried).collect();
    if !next.is_empty() {
        lines.push(format!("\n**{}**\n", escaped(&words.l.msg_members_next())));
        lines.extend(next.iter().map(|line| format!("- {}", escaped(line))));
    }
    lines.push(format!("\n*{}*", escaped(&words.l.msg_members_privacy())));
    let drawn = pictures(report, &words).into_iter().find(|picture| picture.id == "activity");
    let drawn = drawn.filter(|picture| picture.scene(&words, Size::Wide).is_some());
    let (pictures, alt) = drawn.map(|picture| (picture.id, picture.says)).into_iter().unzip();
    Some(Summary { markdown: lines.join("\n"), pictures, alt })
}

/// What was done together, as far as it can be said.
fn did(report: &Report, words: &Words) -> Vec<String> {
    let count = |id: &str| value_of(report, id).filter(|value| *value > 0.0);
    let done = match report.figures.get("actions") {
        Some(Figure::Actions(actions)) => actions.retros.iter().filter_map(|retro| retro.done.value).sum(),
        _ => 0.0,
    };
    let together = count("active_members").map(|value| words.l.msg_members_took_part(value, words.number(value, 0)));
    let wrote = count("messages").map(|value| words.l.msg_members_messages(words.value(value, "messages")));
    let new = count("new_posters").map(|value| words.l.msg_members_new(value, words.number(value, 0)));
    let answered = count("opener_reply_rate").map(|value| words.l.msg_members_answered(words.percent(value)));
    let done = (done > 0.0).then(|| words.l.msg_members_done(done, words.number(done, 0)));
    [together, wrote, new, answered, done].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guild() -> Report {
        let mut report: Report = serde_json::from_str(include_str!("../examples/report.json")).unwrap();
        report.figures.extend(
            serde_json::from_str::<std::collections::BTreeMap<String, Figure>>(include_str!(
                "../examples/figures.json"
            ))
            .unwrap(),
        );
        report
    }

    #[test]
    fn members_hear_what_they_did_together() {
        let next = ["Guild meeting, Tuesday 10:00".to_owned()];
        insta::assert_snapshot!("members_en", members_summary(&guild(), &next, "en").unwrap().markdown);
        insta::assert_snapshot!("members_de", members_summary(&guild(), &next, "de").unwrap().markdown);
    }

    #[test]
    fn where_nothing_can_be_said_members_hear_nothing() {
        let report = Report {
            measures: std::collections::BTreeMap::new(),
            figures: std::collections::BTreeMap::new(),
            ..guild()
        };
        assert_eq!(members_summary(&report, &["A meeting".to_owned()], "en"), None);
    }

    #[test]
    fn what_comes_next_is_text_not_markup() {
        let summary = members_summary(&guild(), &["<b>*now*".to_owned()], "en").unwrap();
        assert!(summary.markdown.contains("\\<b\\>\\*now\\*"), "{}", summary.markdown);
    }
}

//! The month as members get it, after a lead's yes: what we did together, thanks as totals, what comes next.
//!
//! Says only what can be said, and nothing that compares people or months: a summary, not an assessment.

use hearth_shared::{
    month::Month,
    report::{Experiment, Figure, Outcome, Point, Report, RetroActions, figure_id, measure_id},
};
use jiff::{Timestamp, tz::TimeZone};

use crate::{
    lookup::{is_of_few, value_of},
    pictures::pictures,
    room::{MEMBERS, RoomPicture, Summary, escaped},
    words::Words,
};

/// So many meetings to come are told of, the soonest first.
const MEETINGS: usize = 3;

/// A meeting to come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upcoming {
    /// What the community calls it: it is escaped here.
    pub name: String,
    /// When it begins.
    pub at: Timestamp,
}

/// The month for the members' room in `language`, or `None` where too little can be said to make anybody feel seen.
///
/// `next` are the meetings to come, in any order; their times are told in the report's zone. The one picture is
/// `activity`, where it can be drawn.
pub fn members_summary(report: &Report, next: &[Upcoming], language: &str) -> Option<Summary> {
    let words = Words::of(language);
    let did = did(report, &words);
    if did.is_empty() {
        return None;
    }
    let title = words.l.msg_members_title(words.month(report.month), &report.community);
    let mut lines = vec![format!("**{}**\n", escaped(&title))];
    lines.extend(did.into_iter().map(|line| format!("- {}", escaped(&line))));
    lines.push(format!("\n{}", escaped(&words.l.msg_members_thanks())));
    // What was judged is over.
    let going_on = |experiment: &&Experiment| !matches!(experiment.outcome, Outcome::Judged { .. });
    let tried = report.experiment.as_ref().filter(going_on).map(|it| words.l.msg_members_try(&it.what));
    let next: Vec<String> = meetings(report, next, &words).into_iter().chain(tried).collect();
    if !next.is_empty() {
        lines.push(format!("\n**{}**\n", escaped(&words.l.msg_members_next())));
        lines.extend(next.iter().map(|line| format!("- {}", escaped(line))));
    }
    lines.push(format!("\n*{}*", escaped(&words.l.msg_members_privacy())));
    let drawn = pictures(report, &words).into_iter().find(|picture| picture.id == figure_id::ACTIVITY);
    let drawn = drawn.filter(|picture| picture.for_room(&words).is_some());
    let picture =
        drawn.map(|picture| RoomPicture { file: MEMBERS, instead: format!("{}.png", picture.id), alt: picture.says });
    Some(Summary { markdown: lines.join("\n"), picture })
}

/// The soonest meetings, a line each.
fn meetings(report: &Report, next: &[Upcoming], words: &Words) -> Vec<String> {
    let zone = TimeZone::get(&report.timezone).unwrap_or(TimeZone::UTC);
    let mut soonest: Vec<&Upcoming> = next.iter().collect();
    soonest.sort_by_key(|meeting| meeting.at);
    let line = |meeting: &Upcoming| {
        words.l.msg_members_meeting(&meeting.name, words.day_and_time(meeting.at.to_zoned(zone.clone()).datetime()))
    };
    soonest.into_iter().take(MEETINGS).map(line).collect()
}

/// What was done together, as far as it can be said, and this month's retrospectives alone: what was done about older
/// ones was told in its own month.
fn did(report: &Report, words: &Words) -> Vec<String> {
    if is_of_few(report) {
        return Vec::new();
    }
    // What is a few people, or nobody, makes nobody feel seen.
    let number = |id: &str| value_of(report, id).filter(|value| value.value().is_some_and(|value| value > 0.0));
    let written = |id: &str, unit: &str| number(id).map(|value| words.released(value, unit));
    let wrote = written(measure_id::POSTERS, "people").map(|people| match written(measure_id::MESSAGES, "messages") {
        Some(messages) => words.l.msg_members_wrote_messages(people, messages),
        None => words.l.msg_members_wrote(people),
    });
    let active = written(measure_id::ACTIVE_MEMBERS, "people").map(|people| words.l.msg_members_took_part(people));
    let new = written(measure_id::NEW_POSTERS, "people").map(|people| words.l.msg_members_new(people));
    let taken_up = written(measure_id::TAKEN_UP, "share").map(|share| words.l.msg_members_taken_up(share));
    [wrote, active, new, taken_up, agreed(report, words)].into_iter().flatten().collect()
}

/// What this month's retrospectives agreed, and how much of it is done.
fn agreed(report: &Report, words: &Words) -> Option<String> {
    let Some(Figure::Actions(actions)) = report.figures.get(figure_id::ACTIONS) else { return None };
    let this = |retro: &&RetroActions| {
        Month::from_ordinal(i32::from(retro.date.year()) * 12 + i32::from(retro.date.month()) - 1) == Some(report.month)
    };
    let retros: Vec<&RetroActions> = actions.retros.iter().filter(this).collect();
    let sum = |part: fn(&RetroActions) -> &Point| retros.iter().filter_map(|it| part(it).number()).sum::<f64>();
    let [done, open, dropped] = [sum(|it| &it.done), sum(|it| &it.open), sum(|it| &it.dropped)];
    let all = done + open + dropped;
    if all < 1.0 {
        return None;
    }
    let agreed = words.l.msg_members_agreed(all, words.number(all, 0));
    let settled = (done > 0.0).then(|| words.l.msg_members_done(done, words.number(done, 0)));
    Some(std::iter::once(agreed).chain(settled).collect::<Vec<_>>().join(" "))
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

    fn meeting(name: &str, at: &str) -> Upcoming {
        Upcoming { name: name.to_owned(), at: at.parse().unwrap() }
    }

    #[test]
    fn the_three_soonest_meetings_are_told_in_the_communitys_own_time() {
        let report = Report { timezone: "Europe/Berlin".into(), ..guild() };
        let days = ["2026-11-24", "2026-11-03", "2026-11-10", "2026-11-17"];
        let next: Vec<Upcoming> = days.iter().map(|day| meeting("Tea", &format!("{day}T09:05:00Z"))).collect();
        let lines = meetings(&report, &next, &Words::of("en"));
        assert_eq!(lines, [3, 10, 17].map(|day| format!("Tea: Tue {day} Nov, 10:05")));
        assert_eq!(meetings(&report, &next[..1], &Words::of("de")), ["Tea: Di 24. Nov, 10:05 Uhr"]);
    }

    #[test]
    fn members_hear_what_they_did_together() {
        let next = [meeting("Kiln evening", "2026-11-12T18:30:00Z"), meeting("Guild meeting", "2026-11-03T09:00:00Z")];
        let mut report = guild();
        assert!(!members_summary(&report, &next, "en").unwrap().markdown.contains("Two greeters"), "that is over");
        report.experiment.as_mut().unwrap().outcome = Outcome::TooEarly { months: 1 };
        insta::assert_snapshot!("members_en", members_summary(&report, &next, "en").unwrap().markdown);
        insta::assert_snapshot!("members_de", members_summary(&report, &next, "de").unwrap().markdown);
    }

    #[test]
    fn members_hear_of_this_months_retrospectives_only() {
        let mut report = guild();
        let said = |report: &Report| agreed(report, &Words::of("en"));
        let Some(Figure::Actions(actions)) = report.figures.get_mut("actions") else { panic!("actions") };
        let this = *actions.retros.last().unwrap();
        assert!(actions.retros.len() > 1 && this.date.month() == report.month.month());
        let sum = [this.done, this.open, this.dropped].iter().filter_map(Point::number).sum::<f64>();
        actions.retros.pop();
        assert_eq!(said(&report), None, "of earlier months nothing is said");
        let Some(Figure::Actions(actions)) = report.figures.get_mut("actions") else { panic!("actions") };
        actions.retros.push(this);
        assert!(said(&report).unwrap().contains(&format!("{sum} things")));
    }

    #[test]
    fn where_nothing_can_be_said_members_hear_nothing() {
        let report = Report {
            measures: std::collections::BTreeMap::new(),
            figures: std::collections::BTreeMap::new(),
            ..guild()
        };
        assert_eq!(members_summary(&report, &[meeting("A meeting", "2026-11-03T09:00:00Z")], "en"), None);
    }

    #[test]
    fn what_comes_next_is_text_not_markup() {
        let summary = members_summary(&guild(), &[meeting("<b>*now*", "2026-11-03T09:00:00Z")], "en").unwrap();
        assert!(summary.markdown.contains("\\<b\\>\\*now\\*"), "{}", summary.markdown);
    }
}

//! Each picture of a community so small that one can draw it by hand, beside what the hand drew.

use std::{borrow::Cow, collections::BTreeMap};

use hearth_shared::report::{Figure, Measure};
use serde_json::{Value, json};

use crate::{
    charts::Size,
    pictures::Picture,
    scene::{At, Mark, Role, Scene},
    words::Words,
};

fn with<T>(figure: Value, measures: &Value, read: impl FnOnce(&Picture, &Words) -> T) -> T {
    let (figure, words): (Figure, _) = (serde_json::from_value(figure).unwrap(), Words::of("en"));
    let measures: BTreeMap<String, Measure> = serde_json::from_value(measures.clone()).unwrap();
    let beside = measures.iter().map(|(id, measure)| (&**id, measure)).collect();
    read(&Picture::of("tiny", Cow::Borrowed(&figure), beside, &words), &words)
}

fn drawn(figure: Value) -> Scene {
    with(figure, &json!({}), |picture, words| picture.scene(words, Size::Wide).unwrap())
}

fn people(points: &Value) -> Value {
    json!({"shape": "months", "months": ["2026-09", "2026-10"], "series": [{"id": "posters", "unit": "people", "points": points}]})
}

fn ok(value: f64) -> Value {
    json!({"value": value, "status": "ok"})
}

fn texts(scene: &Scene) -> Vec<&str> {
    scene.marks.iter().filter_map(|mark| if let Mark::Text(text) = mark { Some(&*text.text) } else { None }).collect()
}

/// Widths and heights of the rectangles of a role.
fn rects(scene: &Scene, wanted: Role) -> Vec<(f64, f64, f64)> {
    let rect = |mark: &Mark| match mark {
        Mark::Rect { from, to, role, opacity } if *role == wanted => Some((to.0 - from.0, to.1 - from.1, *opacity)),
        _ => None,
    };
    scene.marks.iter().filter_map(rect).collect()
}

fn dots(scene: &Scene, wanted: Role) -> Vec<At> {
    let dot = |mark: &Mark| if let Mark::Dot { at, role, .. } = mark { (*role == wanted).then_some(*at) } else { None };
    scene.marks.iter().filter_map(dot).collect()
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.01 * expected.abs(), "{found} instead of {expected}");
}

#[test]
fn what_may_not_be_said_is_not_called_unknown() {
    let says = |status: &str| {
        let points = json!([ok(6.0), {"value": null, "status": status}]);
        with(people(&points), &json!({}), |picture, _| picture.says.clone())
    };
    assert!(says("suppressed").ends_with(": not shown for October 2026."), "{}", says("suppressed"));
    assert!(says("na").ends_with(": not known for October 2026."), "{}", says("na"));
}

#[test]
fn a_range_is_a_bar_from_end_to_end_and_no_dot() {
    let scene = drawn(people(&json!([ok(6.0), {"value": [0, 4], "status": "ok"}])));
    // The scale goes to six over 190 pixels.
    let [(_, height, _)] = rects(&scene, Role::Accent)[..] else { panic!("one bar") };
    near(height, 190.0 * 4.0 / line_top(&scene));
    assert_eq!(dots(&scene, Role::Accent).len(), 1, "the number alone");
    assert!(texts(&scene).contains(&"fewer than 5"));
    let says = with(people(&json!([ok(6.0), {"value": [0, 4], "status": "ok"}])), &json!({}), |it, _| it.says.clone());
    assert_eq!(says, "People who wrote: fewer than 5 in October 2026.");
}

#[test]
fn ranges_alone_are_no_picture() {
    let few = json!({"value": [0, 4], "status": "ok"});
    let scene = with(people(&json!([few, few])), &json!({}), |picture, words| picture.scene(words, Size::Wide));
    assert_eq!(scene, None);
}

#[test]
fn what_is_usual_is_a_band_and_a_verdict_a_mark() {
    let measure = |verdict: &str| {
        json!({"posters": {"value": 20, "status": "ok", "unit": "people", "method": 1, "month": verdict,
            "usual": {"value": 10.0, "range": [7.5, 13.0], "months": 1}}})
    };
    let points = json!([ok(10.0), ok(20.0)]);
    let draw = |verdict: &str| {
        with(people(&points), &measure(verdict), |picture, words| {
            (picture.scene(words, Size::Wide).unwrap(), picture.says.clone())
        })
    };
    let (scene, says) = draw("more");
    let [(_, height, _)] = rects(&scene, Role::Third)[..] else { panic!("one band") };
    near(height, 190.0 * 5.5 / line_top(&scene));
    let marks =
        |scene: &Scene| scene.marks.iter().filter(|it| matches!(it, Mark::Area { role: Role::Ink, .. })).count();
    assert_eq!(marks(&scene), 1);
    assert_eq!(says, "People who wrote: 20 in October 2026, usually 8 to 13. That is more than usual.");
    for verdict in ["usual", "as_last_year"] {
        assert_eq!(marks(&draw(verdict).0), 0, "{verdict}");
    }
}

#[test]
fn a_month_before_the_first_value_is_not_drawn() {
    let scene = drawn(people(&json!([{"value": null, "status": "na"}, ok(20.0)])));
    assert!(!texts(&scene).contains(&"Sep") && texts(&scene).contains(&"Oct"));
    assert!(!texts(&scene).iter().any(|text| text.contains("Hatched")));
}

#[test]
fn messages_are_drawn_between_what_they_were_rounded_from() {
    let series = json!([{"id": "messages", "unit": "messages", "points": [ok(200.0), ok(500.0)]}]);
    let scene = drawn(json!({"shape": "months", "months": ["2026-09", "2026-10"], "series": series}));
    let heights: Vec<f64> = rects(&scene, Role::Second).iter().map(|rect| rect.1).collect();
    near(heights[0] / heights[1], 320.0 / (710.0 - 320.0));
    assert!(texts(&scene).contains(&"320 to 710"));
}

#[test]
fn the_stronger_the_share_the_stronger_the_tone() {
    let cells = json!([ok(1.0), ok(0.5), {"value": null, "status": "suppressed"}]);
    let cohort = json!({"quarter": "2026-Q3", "about": ok(50.0), "cells": cells});
    let scene = drawn(json!({"shape": "cohorts", "cohorts": [cohort]}));
    let tones: Vec<f64> = rects(&scene, Role::Second).iter().map(|rect| rect.2).collect();
    assert_eq!(tones.len(), 2);
    near(tones[0], 0.6);
    near(tones[1], 0.33);
    assert!(
        ["Jul–Sep 2026", "50+", "100", "50"].iter().all(|text| texts(&scene).contains(text)),
        "{:?}",
        texts(&scene)
    );
}

#[test]
fn a_survival_line_falls_from_all_to_half() {
    let point = |day: u32, share: f64, ends: [f64; 2]| json!({"day": day, "share": {"value": share, "status": "ok", "interval": ends}});
    let points = json!([point(0, 1.0, [1.0, 1.0]), point(30, 0.5, [0.4, 0.6])]);
    let figure = json!({"shape": "survival", "about": 100.0, "points": points});
    let scene = drawn(figure.clone());
    // From 100 % at the top, 14, half of the plot's 230 pixels down.
    assert_eq!(dots(&scene, Role::Accent).iter().map(|at| at.1).collect::<Vec<_>>(), [14.0, 129.0]);
    let says = with(figure, &json!({}), |picture, _| picture.says.clone());
    assert_eq!(
        says,
        "Of 100 newcomers or more: 50% (between 40 and 60 of a hundred) still wrote 30 days after their first message."
    );
}

#[test]
fn a_week_has_three_levels() {
    let mut days = vec![vec![0, 1, 2, 2]; 7];
    days[6] = vec![0, 0, 0, 1];
    let figure = json!({"shape": "week", "hours": 6, "days": days});
    let scene = drawn(figure.clone());
    let count = |role: Role| rects(&scene, role).len();
    assert_eq!((count(Role::Second), count(Role::Third), dots(&scene, Role::Axis).len()), (12, 7, 9));
    let says = with(figure, &json!({}), |picture, _| picture.says.clone());
    assert_eq!(
        says,
        "Most is written on Monday from 12:00 to 24:00, Tuesday from 12:00 to 24:00 and Wednesday from 12:00 to 24:00."
    );
}

#[test]
fn a_share_of_people_lies_on_its_interval_and_is_said_in_words() {
    let time = |quarter: &str, share: f64, ends: [f64; 2], about: f64| {
        let share = json!({"value": share, "status": "ok", "interval": ends});
        json!({"quarters": [quarter, quarter], "share": share, "about": about})
    };
    let times = json!([time("2026-Q2", 0.5, [0.2, 0.8], 20.0), time("2026-Q3", 0.75, [0.5, 1.0], 20.0)]);
    let figure = json!({"shape": "shares", "shares": [{"id": "stayed", "times": times}]});
    let scene = drawn(figure.clone());
    let line = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } => Some((points[0].0, points[1].0)),
        _ => None,
    });
    let (low, high) = line.unwrap();
    near(dots(&scene, Role::Accent)[0].0, f64::midpoint(low, high));
    assert!(texts(&scene).contains(&"about three quarters") && texts(&scene).contains(&"about half"));
    let says = with(figure, &json!({}), |picture, _| picture.says.clone());
    assert_eq!(
        says,
        "People who stayed: about three quarters (between 50 and 100 of a hundred; July to September 2026, 20 people or more)."
    );
}

#[test]
fn a_room_is_a_row_of_numbers_and_a_line() {
    let room = json!({"name": "Kiln", "people": [ok(10.0), ok(20.0)], "voices": ok(6.3), "taken_up": ok(0.5)});
    let scene = drawn(json!({"shape": "rooms", "months": ["2026-09", "2026-10"], "rooms": [room], "unlisted": 1}));
    for text in ["Kiln", "20", "6.3", "50%", "One more room had too few people to be shown."] {
        assert!(texts(&scene).contains(&text), "{text} in {:?}", texts(&scene));
    }
}

#[test]
fn a_ribbon_is_as_thick_as_there_were_replies() {
    let link = |from: usize, to: usize, replies: f64| json!({"from": from, "to": to, "replies": ok(replies)});
    let groups = json!([{"id": "newcomers", "people": 5}, {"id": "settled", "people": 9}]);
    let scene = drawn(json!({"shape": "network", "groups": groups, "links": [link(0, 1, 10.0), link(1, 1, 30.0)]}));
    let thickness = |wanted: Role| {
        scene.marks.iter().find_map(|mark| match mark {
            Mark::Area { points, role, .. } if *role == wanted => Some(points[points.len() - 1].1 - points[0].1),
            _ => None,
        })
    };
    near(thickness(Role::Third).unwrap(), 3.0 * thickness(Role::Accent).unwrap());
}

#[test]
fn a_step_that_half_took_is_half_as_long() {
    let stage = |id: &str, people: f64, share: f64| json!({"id": id, "people": ok(people), "share": ok(share)});
    let stages = json!([stage("joined", 20.0, 1.0), stage("wrote", 10.0, 0.5)]);
    let scene = drawn(json!({"shape": "funnel", "quarters": ["2026-Q2", "2026-Q3"], "stages": stages}));
    near(rects(&scene, Role::Third)[0].0, 2.0 * rects(&scene, Role::Accent)[0].0);
    assert!(texts(&scene).contains(&"10"));
}

#[test]
fn actions_are_stacked_and_those_left_open_have_an_age() {
    let retro = json!({"date": "2026-10-15", "done": ok(1.0), "open": ok(3.0), "dropped": ok(2.0)});
    let ages = json!([{"from": 0, "to": 30, "actions": ok(1.0)}, {"from": 30, "to": null, "actions": ok(2.0)}]);
    let scene = drawn(json!({"shape": "actions", "retros": [retro], "open": ages}));
    let height = |role: Role| rects(&scene, role)[0].1;
    // The scale goes to six over 180 pixels; a seam takes 0.8 of what lies upon another.
    near(height(Role::Second), 30.0);
    near(height(Role::Third), 60.0 - 0.8);
    near(height(Role::Accent), 90.0 - 0.8);
    let open = rects(&scene, Role::Accent);
    near(open[2].0, 2.0 * open[1].0);
    assert!(texts(&scene).contains(&"under 30 days") && texts(&scene).contains(&"30 days and more"));
}

#[test]
fn a_theme_that_came_back_stands_out() {
    let theme = |name: &str, cells: [f64; 2]| json!({"name": name, "cells": cells.map(ok)});
    let themes = json!([theme("Noise", [1.0, 1.0]), theme("Tea", [1.0, 0.0])]);
    let scene = drawn(json!({"shape": "themes", "retros": ["2026-09-17", "2026-10-15"], "themes": themes}));
    assert_eq!((dots(&scene, Role::Accent).len(), dots(&scene, Role::Second).len()), (2, 1));
}

#[test]
fn an_answer_in_the_middle_of_the_scale_lies_in_its_middle() {
    let asked =
        json!({"month": "2026-10", "mean": {"value": 4.0, "status": "ok", "interval": [1.0, 7.0]}, "about": 10.0});
    let scene = drawn(json!({"shape": "dots", "scale": [1.0, 7.0], "items": [{"id": "safety", "times": [asked]}]}));
    let line = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } => Some((points[0].0, points[1].0)),
        _ => None,
    });
    let (low, high) = line.unwrap();
    near(dots(&scene, Role::Accent)[0].0, f64::midpoint(low, high));
}

#[test]
fn months_lie_where_the_hand_puts_them() {
    let line = drawn(people(&json!([ok(10.0), ok(20.0)])));
    // Twenty is the top of three steps of ten: 30 over 190 pixels, from 202 up.
    near(dots(&line, Role::Accent)[0].1, 202.0 - 190.0 * 20.0 / line_top(&line));
}

/// The highest tick of a line's only panel.
fn line_top(scene: &Scene) -> f64 {
    texts(scene)
        .into_iter()
        .filter_map(|text| text.parse::<f64>().ok())
        .filter(|tick| *tick < 100.0)
        .fold(0.0, f64::max)
}

#[test]
fn a_share_of_three_quarters_lies_at_three_quarters() {
    let points = json!([{"value": 0.75, "status": "ok", "interval": [0.5, 1.0]}]);
    let series = json!([{"id": "taken_up", "unit": "share", "points": points}]);
    let scene = drawn(json!({"shape": "months", "months": ["2026-10"], "series": series}));
    near(dots(&scene, Role::Accent)[0].1, 202.0 - 190.0 * 0.75);
    assert!(texts(&scene).contains(&"100%") && !texts(&scene).contains(&"150%"));
}

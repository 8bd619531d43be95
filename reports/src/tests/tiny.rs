//! Each picture of a community so small that one can draw it by hand, beside what the hand drew.

use hearth_shared::report::{Figure, Report};
use serde_json::{Value, json};

use super::guild;
use crate::{
    Size,
    charts::{intervals, months},
    pictures::Picture,
    scene::{At, Mark, Role, Scene},
    words::Words,
};

fn drawn(figure: Value) -> Scene {
    let (figure, words): (Figure, _) = (serde_json::from_value(figure).unwrap(), Words::of("en"));
    Picture::of("tiny", &figure, &words).scene(&words, Size::Wide).unwrap()
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
        let series = json!([{"id": "posters", "unit": "people", "points": points}]);
        let figure = json!({"shape": "months", "months": ["2026-09", "2026-10"], "series": series});
        let (figure, words): (Figure, _) = (serde_json::from_value(figure).unwrap(), Words::of("en"));
        let Figure::Months(months) = figure else { panic!("months") };
        months::says(&months, &words)
    };
    assert!(says("suppressed").ends_with(": not shown for October 2026."), "{}", says("suppressed"));
    assert!(says("na").ends_with(": not known for October 2026."), "{}", says("na"));
}

#[test]
fn the_stronger_the_share_the_stronger_the_tone() {
    let cells = json!([ok(1.0), ok(0.5), {"value": null, "status": "suppressed"}]);
    let scene = drawn(
        json!({"shape": "cohorts", "step": 1, "cohorts": [{"first": "2026-07", "size": ok(6.0), "cells": cells}]}),
    );
    let tones: Vec<f64> = rects(&scene, Role::Second).iter().map(|rect| rect.2).collect();
    assert_eq!(tones.len(), 2);
    near(tones[0], 0.6);
    near(tones[1], 0.33);
    assert!(["Jul 2026", "6", "100", "50"].iter().all(|text| texts(&scene).contains(text)), "{:?}", texts(&scene));
}

#[test]
fn a_survival_curve_falls_in_steps() {
    let steps = json!([{"day": 0, "share": 1.0, "interval": null}, {"day": 50, "share": 0.5, "interval": null}]);
    let curve = json!({"month": "2026-10", "n": 10, "median_days": 50.0, "steps": steps});
    let scene = drawn(json!({"shape": "survival", "curves": [curve]}));
    let line = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } if points.len() == 4 => Some(points.clone()),
        _ => None,
    });
    let [from, corner, foot, end] = line.unwrap()[..] else { panic!("four corners") };
    assert!(from.1 == corner.1 && corner.0 == foot.0 && foot.1 == end.1);
    // From 100 % at the top, 14, half of the plot's 230 pixels down.
    assert_eq!((from.1, foot.1), (14.0, 129.0));
    assert_eq!(dots(&scene, Role::Accent), [(foot.0, 129.0)]);
}

#[test]
fn ten_times_as_long_is_as_far_as_ten_times_as_long_again() {
    let strip = json!({"month": "2026-10", "status": "ok", "quantiles": [1.0, 10.0, 100.0, 1000.0, 10000.0], "n": 50});
    let scene = drawn(json!({"shape": "strips", "unit": "minutes", "strips": [strip]}));
    let whisker = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } => Some((points[0].1, points[1].1)),
        _ => None,
    });
    let (low, high) = whisker.unwrap();
    near(rects(&scene, Role::Accent)[0].1, (low - high) / 2.0);
    near(dots(&scene, Role::Accent)[0].1, f64::midpoint(low, high));
}

#[test]
fn the_busiest_hour_is_the_strongest() {
    let mut days = vec![vec![ok(0.0), ok(5.0), ok(10.0), ok(0.0)]; 7];
    days[6][3] = json!({"value": null, "status": "suppressed"});
    let scene = drawn(json!({"shape": "week", "unit": "messages", "months": 1, "hours": 6, "days": days}));
    let tones: Vec<f64> = rects(&scene, Role::Second).iter().map(|rect| rect.2).collect();
    assert_eq!((tones.len(), &tones[..4]), (27, &[0.12, 0.56, 1.0, 0.12][..]));
}

#[test]
fn a_room_is_a_row_of_numbers_and_a_line() {
    let room = json!({"name": "Kiln", "messages": [ok(10.0), ok(20.0)], "people": ok(6.0), "voices": ok(4.5), "answered": ok(0.5)});
    let scene = drawn(json!({"shape": "rooms", "months": ["2026-09", "2026-10"], "rooms": [room], "unlisted": 1}));
    for text in ["Kiln", "20", "6", "4.5", "50%", "One more room had too few people to be shown."] {
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
    let scene = drawn(json!({"shape": "funnel", "months": ["2026-05", "2026-07"], "stages": stages}));
    near(rects(&scene, Role::Third)[0].0, 2.0 * rects(&scene, Role::Accent)[0].0);
    assert!(texts(&scene).contains(&"10 · 50%"));
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
    let asked = json!({"month": "2026-10", "mean": {"value": 4.0, "status": "ok", "interval": [1.0, 7.0]}, "n": 12});
    let scene = drawn(json!({"shape": "dots", "scale": [1.0, 7.0], "items": [{"id": "safety", "times": [asked]}]}));
    let line = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } => Some((points[0].0, points[1].0)),
        _ => None,
    });
    let (low, high) = line.unwrap();
    near(dots(&scene, Role::Accent)[0].0, f64::midpoint(low, high));
}

#[test]
fn months_parts_and_shares_lie_where_the_hand_puts_them() {
    let series = |id: &str, values: [f64; 2]| json!({"id": id, "unit": "people", "points": values.map(ok)});
    let months = json!(["2026-09", "2026-10"]);
    let line = drawn(json!({"shape": "months", "months": months, "series": [series("posters", [10.0, 20.0])]}));
    // Twenty is the top of three steps of ten: 30 over 190 pixels, from 202 up.
    near(dots(&line, Role::Accent)[0].1, 202.0 - 190.0 * 20.0 / line_top(&line));
    let bars = drawn(json!({"shape": "diverging", "months": months,
        "above": [series("new_posters", [5.0, 10.0])], "below": [series("lapsed", [5.0, 5.0])]}));
    let new: Vec<f64> = rects(&bars, Role::Accent).iter().map(|rect| rect.1).collect();
    near(new[1], 2.0 * new[0]);
    let curve = json!({"month": "2026-10", "points": [[0.0, 0.0], [0.5, 0.25], [1.0, 1.0]]});
    let lorenz = drawn(json!({"shape": "curves", "curves": [curve], "status": "ok", "reason": null}));
    near(dots(&lorenz, Role::Accent)[0].1, 34.0 + 380.0 * 0.75);
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
    let mut report: Report = guild();
    let rate = report.measures.get_mut("opener_reply_rate").unwrap();
    (rate.value, rate.interval) = (Some(0.75), Some([0.5, 1.0]));
    let panel = intervals::shares(&report, &["opener_reply_rate"]);
    let scene = intervals::draw(&panel, &Words::of("en"), Size::Wide).unwrap();
    let line = scene.marks.iter().find_map(|mark| match mark {
        Mark::Line { points, role: Role::Accent, .. } => Some((points[0].0, points[1].0)),
        _ => None,
    });
    near(dots(&scene, Role::Accent)[0].0, f64::midpoint(line.unwrap().0, line.unwrap().1));
}

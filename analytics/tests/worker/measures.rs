//! `measure`: what is released of months, and with `--exact` what only whoever holds the log is told.

use std::collections::BTreeSet;

use hearth_shared::{
    release::Release,
    report::{Figure, exact_id, figure_id, measure_id},
};
use serde_json::{Value, json};

use crate::lab::{ALL, Lab, refused, said};

#[test]
fn a_month_is_released_on_grids_without_bots_and_without_who_opted_out() {
    let release = Lab::new(40, 5, ALL).measured(&["--month", "2024-04"]);
    assert_eq!(release["community"], "Testers");
    assert_eq!(release["month"], "2024-04");
    assert_eq!(release["timezone"], "UTC");
    assert_eq!(release["source"]["replies"], true);
    let value = |id: &str| release["measures"][id]["value"].clone();
    assert_eq!(value("posters"), json!(38.0));
    assert_eq!(release["measures"]["posters"]["unit"], "people");
    // Nobody only reacted, and five who did would be told.
    assert_eq!(value("active_members"), json!([38.0, 42.0]));
    assert_eq!(value("new_posters"), json!([0.0, 4.0]));
    // They wrote 155, as 30.9 equal voices would.
    assert_eq!(value("messages"), json!(200.0));
    assert_eq!(value("effective_voices"), json!(32.0));
    assert_eq!(value("rooms_active"), json!(2.0));
    let taken_up = &release["measures"]["taken_up"];
    assert_eq!(taken_up["status"], "ok");
    assert!(taken_up["interval"][0].as_f64().unwrap() < taken_up["value"].as_f64().unwrap());
    let release: Release = serde_json::from_value(release).unwrap();
    let ids: BTreeSet<&str> = release.measures.keys().map(String::as_str).collect();
    assert_eq!(ids, measure_id::ALL.iter().copied().collect(), "what is published, and nothing else");
    assert!(release.figures.keys().all(|id| figure_id::ALL.contains(&id.as_str())));
}

#[test]
fn a_month_is_measured_exactly_for_whoever_holds_the_log() {
    let exact = Lab::new(40, 5, ALL).measured(&["--exact", "--month", "2024-04"]);
    let measure = |id: &str| &exact["measures"][id];
    assert_eq!(exact["month"], "2024-04");
    assert_eq!(measure("active_members")["value"], 38.0);
    assert_eq!(measure("messages")["value"], 155.0);
    assert_eq!(measure("reactors_only")["value"], 0.0);
    let voices = measure("effective_voices_q2")["value"].as_f64().unwrap();
    assert!((voices - 155.0 * 155.0 / 777.0).abs() < 1e-12, "{voices}");
    assert_eq!(measure("effective_voices")["n"], 38);
    let interval: Vec<f64> = serde_json::from_value(measure("effective_voices")["interval"].clone()).unwrap();
    assert!(interval[0] < interval[1]);
    assert_eq!(measure("opener_reply_rate")["status"], "ok");
    let ids: BTreeSet<&str> = exact["measures"].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(ids, exact_id::ALL.iter().copied().collect());
}

#[test]
fn what_the_source_lacks_is_not_zero() {
    let lab = Lab::new(40, 5, "threads");
    let (released, exact) = (lab.measured(&["--month", "2024-04"]), lab.measured(&["--month", "2024-04", "--exact"]));
    for (said, id, reason) in [
        (&released, "active_members", "source_lacks_reactions"),
        (&released, "members", "source_lacks_joins"),
        (&released, "new_posters", "source_lacks_joins"),
        (&exact, "active_members", "source_lacks_reactions"),
        (&exact, "silent", "source_lacks_reactions"),
        (&exact, "opener_reply_rate", "source_lacks_replies"),
    ] {
        let measure = &said["measures"][id];
        assert_eq!(measure["status"], "na", "{id}");
        assert_eq!(measure["reason"], reason, "{id}");
        assert_eq!(measure["value"], Value::Null, "{id}");
    }
    assert_eq!(released["measures"]["posters"]["value"], 38.0);
    assert_eq!(released["figures"]["network"]["reason"], "source_lacks_replies");
    assert_eq!(exact["measures"]["posters"]["value"], 38.0);
}

#[test]
fn several_months_are_an_array_and_so_are_all_that_are_due() {
    let lab = Lab::new(40, 5, ALL);
    let exact = lab.measured(&["--exact", "--month", "2024-02", "--month", "2024-04"]);
    assert_eq!(exact[0]["measures"]["new_posters"]["reason"], "log_starts_here");
    assert_eq!(exact[1]["measures"]["new_posters"]["value"], 0.0);
    let months = |said: &Value| -> Vec<String> {
        said.as_array().unwrap().iter().map(|one| one["month"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(months(&lab.measured(&["--month", "2024-02", "--month", "2024-04"])), ["2024-02", "2024-04"]);
    let due = ["2024-01", "2024-02", "2024-03", "2024-04"];
    assert_eq!(months(&lab.measured(&["--all"])), due, "not May, whose answers are not all in");
    assert_eq!(months(&lab.measured(&["--all", "--exact"])), [&due[..], &["2024-05"]].concat());
    assert_eq!(lab.measured(&[])["month"], "2024-04", "the last that is due");
}

#[test]
fn rooms_are_told_beside_their_community() {
    let told = Lab::new(40, 5, ALL).measured(&["--month", "2024-04", "--per", "room"]);
    let rooms: Vec<&Value> = told.as_array().unwrap().iter().map(|one| &one["room"]).collect();
    assert_eq!(rooms, [&Value::Null, &json!("a"), &json!("b")]);
    for room in &told.as_array().unwrap()[1..] {
        // Nineteen each, of whom no other room is known to have any.
        assert_eq!(room["measures"]["posters"]["value"], json!([15.0, 19.0]));
        assert_eq!(room["measures"]["messages"]["reason"], "community_only");
    }
}

#[test]
fn a_month_without_anything_is_measured_honestly_and_not_released() {
    let lab = Lab::new(40, 3, ALL);
    let exact = lab.measured(&["--exact", "--month", "2024-09"]);
    assert_eq!(exact["measures"]["active_members"]["value"], 0.0);
    assert_eq!(exact["measures"]["effective_voices"]["reason"], "no_messages");
    // The log ends in March: nobody knows whether anybody wrote.
    let said = lab.refusal(&["measure", "--community", "Testers", "--month", "2024-09"]);
    assert!(said.contains("2024-09") && said.contains("2024-10-04"), "{said}");
    lab.goes_on_to("2024-10-04T00:00:00Z");
    let release = lab.measured(&["--month", "2024-09"]);
    assert_eq!(release["measures"]["posters"]["value"], json!([0.0, 4.0]), "nobody and a few look alike");
    assert_eq!(release["measures"]["effective_voices"]["status"], "suppressed");
}

#[test]
fn a_month_is_due_when_the_log_has_gone_on_for_three_days_after_it() {
    let lab = Lab::new(40, 3, ALL);
    let asked = ["measure", "--community", "Testers", "--month", "2024-03"];
    lab.goes_on_to("2024-04-03T23:59:59Z");
    let early = refused(&lab.run(&asked));
    assert!(early.contains("due when the log goes on to 2024-04-04") && early.contains("--exact"), "{early}");
    lab.goes_on_to("2024-04-04T00:00:00Z");
    let output = lab.run(&asked);
    assert!(output.status.success(), "{}", said(&output));
    // In Samoa the month ended thirteen hours earlier, and in Pago Pago it ends eleven hours later.
    let in_zone = |zone: &str| lab.run(&[&asked[..], &["--timezone", zone]].concat()).status.success();
    assert!(in_zone("Pacific/Apia") && !in_zone("Pacific/Pago_Pago"));
    let first = Lab::new(40, 1, ALL).refusal(&["measure", "--community", "Testers"]);
    assert!(first.contains("2024-01") && first.contains("2024-02-04"), "{first}");
}

#[test]
fn four_people_are_too_few_but_for_whoever_holds_the_log() {
    let lab = Lab::new(6, 5, ALL);
    let release = lab.measured(&["--month", "2024-03"]);
    assert_eq!(release["measures"]["posters"]["value"], json!([0.0, 4.0]));
    for id in ["active_members", "new_posters", "effective_voices", "messages", "taken_up", "rooms_active", "alone"] {
        let measure = &release["measures"][id];
        assert_eq!(measure["status"], "suppressed", "{id}");
        assert!(measure["value"].is_null() && measure["interval"].is_null() && measure["about"].is_null(), "{id}");
    }
    let release: Release = serde_json::from_value(release).unwrap();
    assert!(release.figures.values().all(|figure| matches!(figure, Figure::Nothing(_))), "{:?}", release.figures);
    let exact = lab.measured(&["--exact", "--month", "2024-03"]);
    assert_eq!(exact["measures"]["posters"]["value"], 4.0);
    assert_eq!(exact["measures"]["messages"]["value"], 22.0);
}

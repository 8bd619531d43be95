//! Months of which nearly nothing may be told: nobody wrote, one person did, or all wrote equally much.

use serde_json::Value;

use crate::lab::{ALL, Lab};

/// What is released of each month of a log in which people 3 and up write, given how many do in each month and how much
/// each of them does.
fn released(months: &[(i64, i64)]) -> Vec<Value> {
    let people = 2 + months.iter().map(|(people, _)| people).max().unwrap();
    let length = i32::try_from(months.len()).unwrap() + 1;
    let lab = Lab::of(people, length, ALL, |person, month| match months.get(usize::try_from(month).unwrap()) {
        Some((people, each)) if (3..3 + people).contains(&person) => *each,
        // The log goes on for more than three days, so that all of these are due.
        None => 2,
        Some(_) => 0,
    });
    let Value::Array(months) = lab.measured(&["--all"]) else { panic!("no list of months") };
    months
}

fn shown(month: &Value) -> Vec<&str> {
    let measures = month["measures"].as_object().unwrap();
    measures.iter().filter(|(_, measure)| measure["status"] == "ok").map(|(id, _)| id.as_str()).collect()
}

#[test]
fn of_a_month_of_nobody_and_of_one_person_the_same_is_told() {
    let month = |people, each| released(&[(8, 6), (8, 5), (9, 6), (people, each), (9, 6)]).swap_remove(3);
    let (nobody, one) = (&month(0, 0), &month(1, 3));
    assert_eq!(shown(nobody), ["members", "posters"]);
    assert_eq!(nobody["measures"], one["measures"]);
    assert_eq!(one["measures"]["posters"]["value"], serde_json::json!([0.0, 4.0]));
    // Nobody is told to have come, stayed or come back, from which one person could be counted.
    for month in [nobody, one] {
        let told = shown(month);
        for id in ["new_posters", "retained", "lapsed", "reactivated", "gini", "messages_per_poster_median"] {
            assert!(!told.contains(&id), "{id}");
        }
    }
}

#[test]
fn where_all_wrote_equally_much_what_each_wrote_does_not_follow() {
    for people in [6, 7, 8] {
        let month = &released(&[(9, 5), (9, 5), (9, 5), (9, 5), (9, 5), (people, 2)])[5];
        assert_eq!(month["measures"]["posters"]["value"], people as f64);
        for id in ["gini", "messages_per_poster_median", "top_1_share"] {
            assert!(!shown(month).contains(&id), "{id}");
        }
        // Twenty stands for eleven to thirty messages: for one to five of each.
        let messages = &month["measures"]["messages"]["value"];
        assert!(messages.is_null() || messages == 20.0, "{messages}");
    }
}

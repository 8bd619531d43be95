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
        // The log goes on for a month, so that all of these are due.
        None => 1,
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
    let months = released(&[(8, 6), (8, 5), (0, 0), (1, 3), (9, 6)]);
    let (nobody, one) = (&months[2], &months[3]);
    assert_eq!(shown(nobody), ["posters"]);
    assert_eq!(nobody["measures"], one["measures"]);
    assert_eq!(one["measures"]["posters"]["value"], serde_json::json!([0.0, 4.0]));
    // Nobody is told to have come, stayed or come back, from which one person could be counted.
    for month in &months {
        let told = shown(month);
        for id in ["new_posters", "retained", "lapsed", "reactivated", "gini", "messages_per_poster_median"] {
            assert!(!told.contains(&id), "{id}");
        }
    }
}

#[test]
fn where_all_wrote_equally_much_their_number_does_not_follow_from_it() {
    let quiet = |people: i64| {
        let months = released(&[(9, 5), (9, 5), (9, 5), (9, 5), (9, 5), (people, 2)]);
        let mut month = months[5].clone();
        let told = shown(&month).contains(&"messages_per_poster_median") || shown(&month).contains(&"gini");
        assert!(!told, "of messages, and of how many each wrote, the people would follow");
        month["measures"].as_object_mut().unwrap().remove("posters");
        month["measures"].clone()
    };
    let seven = quiet(7);
    assert!([6, 8].iter().any(|other| quiet(*other) == seven), "one person more or less is told by something else");
}

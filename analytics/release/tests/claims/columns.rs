//! Releases out of columns of numbers.

use hearth_shared::{
    month::Month,
    release::{Cell, Release, Released},
    report::measure_id,
};
use serde_json::Value;

/// A release of `month` that says nothing.
pub fn empty(month: Month) -> Release {
    Release::empty("Testers", month, "UTC")
}

/// A number or the two ends of a range, as they stand in a release's file.
pub fn released(value: &Value) -> Option<Released> {
    (!value.is_null()).then(|| serde_json::from_value(value.clone()).unwrap())
}

/// A cell with that value, or one of too few people.
pub fn cell(value: Option<Released>) -> Cell {
    value.map_or_else(|| Cell::suppressed("too_few_people", ""), |value| Cell::ok(value, ""))
}

/// The releases of a case: `first` month, number of `months`, and a column a measure.
pub fn releases(case: &Value) -> Vec<Release> {
    let first: Month = case["first"].as_str().unwrap().parse().unwrap();
    let count = i32::try_from(case["months"].as_i64().unwrap()).unwrap();
    let mut releases: Vec<Release> = (0..count).map(|step| empty(first.plus(step).unwrap())).collect();
    for (index, release) in releases.iter_mut().enumerate() {
        let column = |name: &str| &case[name][index];
        release.scope = column("scope").as_u64().unwrap_or_default();
        for (name, id) in [
            ("posters", measure_id::POSTERS),
            ("new", measure_id::NEW_POSTERS),
            ("voices", measure_id::EFFECTIVE_VOICES),
            ("taken_up", measure_id::TAKEN_UP),
            ("rooms_active", measure_id::ROOMS_ACTIVE),
            ("rooms_shared", measure_id::ROOMS_SHARED),
        ] {
            let mut cell = cell(released(column(name)));
            cell.method = u32::try_from(column("method").as_u64().unwrap_or_default()).unwrap();
            if id == measure_id::TAKEN_UP {
                cell.about = column("conversations").as_f64();
                cell.interval = serde_json::from_value(column("taken_up_interval").clone()).unwrap();
            }
            release.measures.insert(id.to_owned(), cell);
        }
    }
    for share in case["shares"].as_array().into_iter().flatten() {
        let mut cell = cell(released(&share[4]));
        cell.quarters = serde_json::from_value(share[2].clone()).unwrap();
        cell.about = share[3].as_f64();
        cell.interval = serde_json::from_value(share[5].clone()).unwrap();
        let index = usize::try_from(share[0].as_u64().unwrap()).unwrap();
        // As a writer may do: it stands in later releases, too, until the next one comes.
        for release in &mut releases[index..] {
            release.measures.insert(share[1].as_str().unwrap().to_owned(), cell.clone());
        }
    }
    releases
}

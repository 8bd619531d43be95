//! When shares of people are told, and of which quarters.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::collections::{BTreeMap, BTreeSet};

use hearth_release::{
    raw::RawQuarter,
    shares::{self, Known},
};
use hearth_shared::{
    month::Month,
    release::{Cell, Quarter, Release},
    report::{Status, measure_id as id, reason},
};

fn month(text: &str) -> Month {
    text.parse().unwrap()
}

/// Quarters from the first of 2025 on with so many newcomers each, half of whom were answered and came back.
fn quarters(newcomers: &[u64]) -> Vec<RawQuarter> {
    let first: Quarter = "2025-Q1".parse().unwrap();
    let of = |(place, newcomers): (i32, &u64)| RawQuarter {
        quarter: first.plus(place).unwrap(),
        posters: 40,
        alone: 10,
        stayed: Some(30),
        newcomers: *newcomers,
        welcome_known: *newcomers,
        welcomed: newcomers / 2,
        back_known: *newcomers,
        back: newcomers / 2,
    };
    (0..).zip(newcomers).map(of).collect()
}

fn release(month: Month, measures: BTreeMap<String, Cell>) -> Release {
    Release { measures, ..Release::empty("Potters", month, "UTC") }
}

/// The cells of one share in releases from January 2025 on, one release after the other.
fn released(id: &str, quarters: &[RawQuarter], scopes: &BTreeMap<Month, u64>, lost: &[&str]) -> Vec<Cell> {
    let lost: BTreeSet<Month> = lost.iter().map(|text| month(text)).collect();
    let mut releases = Vec::new();
    for place in 0..i32::try_from(quarters.len() * 3).unwrap() + 3 {
        let of = month("2025-01").plus(place).unwrap();
        let before: BTreeSet<Month> = lost.range(..of).copied().collect();
        let measures = shares::month(of, Known { quarters, scopes, earlier: &releases, lost: &before });
        let release = release(of, measures);
        if !lost.contains(&of) {
            releases.push(release);
        }
    }
    releases.into_iter().map(|release| release.measures[id].clone()).collect()
}

/// What was told, as month of the release and quarters.
fn told(cells: &[Cell]) -> Vec<(usize, String)> {
    let ok = cells.iter().enumerate().filter(|(_, cell)| cell.status == Status::Ok);
    ok.map(|(place, cell)| {
        let quarters: Vec<String> = cell.quarters.iter().map(|quarter| quarter.to_string()[2..].to_owned()).collect();
        (place + 1, quarters.join(" "))
    })
    .collect()
}

#[test]
fn newcomers_are_gathered_until_they_are_twenty() {
    let scopes = BTreeMap::new();
    let answered = released(id::NEWCOMERS_ANSWERED, &quarters(&[8, 12, 25, 6, 3]), &scopes, &[]);
    assert_eq!(told(&answered), [(6, "25-Q1 25-Q2".into()), (9, "25-Q3".into())]);
    assert_eq!(answered[2].reason.as_deref(), Some(reason::GATHERING));
    assert_eq!(answered[3].reason.as_deref(), Some(reason::NO_QUARTER_ENDS));
    // Those who may come back have thirty days for it.
    let back = released(id::NEWCOMERS_CAME_BACK, &quarters(&[8, 12, 25, 6, 3]), &scopes, &[]);
    assert_eq!(told(&back), [(7, "25-Q1 25-Q2".into()), (10, "25-Q3".into())]);
}

#[test]
fn four_quarters_are_told_from_ten_people_or_given_up() {
    let scopes = BTreeMap::new();
    let some = released(id::NEWCOMERS_ANSWERED, &quarters(&[4, 4, 4, 4, 20]), &scopes, &[]);
    assert_eq!(told(&some), [(12, "25-Q1 25-Q2 25-Q3 25-Q4".into()), (15, "26-Q1".into())]);
    let few = released(id::NEWCOMERS_ANSWERED, &quarters(&[2, 2, 2, 2, 19, 1]), &scopes, &[]);
    assert_eq!(few[11].reason.as_deref(), Some(reason::TOO_FEW_PEOPLE));
    assert_eq!(few[11].quarters.len(), 4, "they are named, so that nobody counts them again");
    assert_eq!(told(&few), [(18, "26-Q1 26-Q2".into())]);
}

#[test]
fn a_window_that_was_told_is_not_counted_again_when_the_log_changes() {
    let scopes = BTreeMap::new();
    let before = quarters(&[8, 12, 8]);
    let mut releases = Vec::new();
    for place in 0..6 {
        let of = month("2025-01").plus(place).unwrap();
        let known = Known { quarters: &before, scopes: &scopes, earlier: &releases, lost: &BTreeSet::new() };
        let measures = shares::month(of, known);
        releases.push(release(of, measures));
    }
    // One of the twenty was erased: nineteen would go on gathering, over quarters that were told already.
    let after = quarters(&[8, 11, 12]);
    let known = Known { quarters: &after, scopes: &scopes, earlier: &releases, lost: &BTreeSet::new() };
    let cell = &shares::month(month("2025-09"), known)[id::NEWCOMERS_ANSWERED];
    assert_eq!((cell.status, cell.reason.as_deref()), (Status::Suppressed, Some(reason::GATHERING)));
}

#[test]
fn what_fell_due_with_a_lost_release_is_not_told_again() {
    let answered = released(id::NEWCOMERS_ANSWERED, &quarters(&[8, 12, 12, 12]), &BTreeMap::new(), &["2025-06"]);
    // Of the second quarter nothing may be told: it may have been. The lost month is no entry of the list.
    assert_eq!(told(&answered), [(11, "25-Q3 25-Q4".into())]);
}

#[test]
fn who_stayed_is_told_a_quarter_later_and_not_across_scopes() {
    let scopes = BTreeMap::from([("2025-01", 0), ("2025-08", 1), ("2025-12", 1)].map(|(of, scope)| (month(of), scope)));
    let stayed = released(id::STAYED, &quarters(&[0; 5]), &scopes, &[]);
    // People of the second and third quarter may have moved with the rooms that came in August.
    assert_eq!(told(&stayed), [(6, "25-Q1".into()), (15, "25-Q4".into()), (18, "26-Q1".into())]);
    assert_eq!(stayed[8].reason.as_deref(), Some(reason::SCOPE_CHANGED));
    let alone = released(id::ALONE, &quarters(&[0; 2]), &scopes, &[]);
    assert_eq!(told(&alone), [(3, "25-Q1".into()), (6, "25-Q2".into())]);
    assert_eq!(alone[8].reason.as_deref(), Some(reason::LOG_STARTS_HERE), "a quarter that nobody knows");
}

#[test]
fn windows_never_overlap_whatever_the_log_says_by_then() {
    for case in 0..625_usize {
        // Each quarter's newcomers, and others that the log tells when the next release is made.
        let at = |quarter: u32, late: usize| [0, 6, 9, 14, 25][(case / 5_usize.pow(quarter % 4) + late) % 5];
        let scopes = BTreeMap::new();
        let mut releases: Vec<Release> = Vec::new();
        for place in 0..24_i32 {
            let newcomers: Vec<u64> = (0..8).map(|quarter| at(quarter, place as usize % 3)).collect();
            let quarters = quarters(&newcomers);
            let of = month("2025-01").plus(place).unwrap();
            let known = Known { quarters: &quarters, scopes: &scopes, earlier: &releases, lost: &BTreeSet::new() };
            releases.push(release(of, shares::month(of, known)));
        }
        for id in [id::NEWCOMERS_ANSWERED, id::NEWCOMERS_CAME_BACK, id::ALONE, id::STAYED] {
            let quarters: Vec<_> = releases.iter().flat_map(|release| release.measures[id].quarters.clone()).collect();
            assert!(quarters.is_sorted() && quarters.windows(2).all(|two| two[0] != two[1]), "{id}: {quarters:?}");
        }
    }
}

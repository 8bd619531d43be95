//! The picture of when in the week people write.
//!
//! A cell is shown where five people or more wrote in it. Nobody and too few look alike: that somebody was awake on a
//! Sunday night is theirs. What all hidden cells hold together follows from the month's messages less the shown ones,
//! so it must be about five people or more as well, or more cells are hidden. Every month stands for itself: of
//! windows that overlap, the difference would be about the few in which they differ.

use std::collections::BTreeSet;

use hearth_shared::report::{Figure, Point, Status, Week, reason};
use polars::prelude::PolarsResult;

use crate::{
    month_view::MonthView,
    scopes::HourShare,
    suppress::{Cell, is_small},
};

/// How many hours a column may hold, the most telling first.
const WIDTHS: [u32; 5] = [1, 2, 3, 4, 6];
/// A width is narrow enough to be used where at least this share of messages lies in cells that are shown.
const ENOUGH: f64 = 0.8;
/// And the widest where it is at least this.
const LEAST: f64 = 0.5;

/// What lies in one cell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Held {
    messages: u64,
    people: BTreeSet<i32>,
}

/// When in the week people wrote this month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn week(view: &MonthView<'_>) -> PolarsResult<Figure> {
    if !view.facts.complete {
        return Ok(Figure::nothing(Status::Na, reason::INCOMPLETE_MONTH));
    }
    if view.poster_count() == 0 {
        return Ok(Figure::nothing(Status::Na, reason::NO_MESSAGES));
    }
    if view.facts.hidden.contains(&Cell::Posters) {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    }
    let shares = view.week();
    let drawn = WIDTHS.into_iter().find_map(|hours| {
        let cells = cells(shares, hours);
        let shown = shown(&cells);
        let of = |held: &Held| held.messages as f64;
        let seen: f64 = cells.iter().zip(&shown).filter(|(_, shown)| **shown).map(|(held, _)| of(held)).sum();
        let share = seen / cells.iter().map(of).sum::<f64>();
        let last = Some(&hours) == WIDTHS.last();
        (share >= ENOUGH || last && share >= LEAST).then_some((hours, cells, shown))
    });
    let Some((hours, cells, shown)) = drawn else {
        return Ok(Figure::nothing(Status::Suppressed, reason::TOO_FEW_PEOPLE));
    };
    let points: Vec<Point> = cells
        .iter()
        .zip(shown)
        .map(|(held, shown)| if shown { Point::ok(held.messages as f64) } else { Point::suppressed() })
        .collect();
    let days = points.chunks((24 / hours) as usize).map(<[Point]>::to_vec).collect();
    Ok(Figure::Week(Week { unit: "messages".to_owned(), months: 1, hours, days }))
}

/// The week in cells of so many hours, Monday first.
fn cells(shares: &[HourShare], hours: u32) -> Vec<Held> {
    let mut cells = vec![Held::default(); (7 * 24 / hours) as usize];
    for share in shares {
        if let Some(cell) = cells.get_mut((share.hour / hours) as usize) {
            cell.messages += u64::from(share.messages);
            cell.people.insert(share.person);
        }
    }
    cells
}

/// Which cells may be shown.
fn shown(cells: &[Held]) -> Vec<bool> {
    let people = |cell: &Held| cell.people.len() as u64;
    let mut shown: Vec<bool> = cells.iter().map(|cell| people(cell) > 0 && !is_small(people(cell))).collect();
    loop {
        let hidden = || cells.iter().zip(&shown).filter(|(_, shown)| !**shown).map(|(cell, _)| cell);
        let together: BTreeSet<i32> = hidden().flat_map(|cell| cell.people.iter().copied()).collect();
        if !is_small(together.len() as u64) {
            return shown;
        }
        // The one with fewest people is what readers miss least.
        let next = (0..cells.len()).filter(|at| shown[*at]).min_by_key(|at| (people(&cells[*at]), *at));
        let Some(next) = next else { return shown };
        shown[next] = false;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn held(people: std::ops::Range<i32>) -> Held {
        Held { messages: 2 * people.len() as u64, people: people.collect() }
    }

    #[test]
    fn a_cell_of_four_takes_the_smallest_of_its_neighbours_with_it() {
        assert_eq!(shown(&[held(0..9), held(0..4), held(4..11), held(0..0)]), [true, false, false, false]);
        assert_eq!(shown(&[held(0..9), held(0..4), held(4..8)]), [true, false, false], "eight people together");
        assert_eq!(shown(&[held(0..9), held(0..5), held(0..0)]), [true, true, false], "nobody needs no company");
    }

    proptest! {
        #![proptest_config(crate::suppress::tests::cases(500))]

        /// Who holds the picture and the month's number of messages.
        #[test]
        fn neither_a_cell_nor_what_is_left_is_about_fewer_than_five(
            wrote in prop::collection::vec((0..12_i32, 0..168_u32), 1..160),
            hours in prop::sample::select(&WIDTHS[..]),
        ) {
            let shares: Vec<HourShare> =
                wrote.iter().map(|(person, hour)| HourShare { hour: *hour, person: *person, messages: 1 }).collect();
            let cells = cells(&shares, hours);
            prop_assert_eq!(cells.iter().map(|cell| cell.messages).sum::<u64>(), wrote.len() as u64);
            let shown = shown(&cells);
            let mut left = BTreeSet::new();
            for (cell, shown) in cells.iter().zip(&shown) {
                if *shown {
                    prop_assert!(cell.people.len() >= 5);
                } else {
                    left.extend(cell.people.iter().copied());
                }
            }
            let nobody_is_shown = shown.iter().all(|shown| !shown);
            prop_assert!(left.is_empty() || left.len() >= 5 || nobody_is_shown, "{left:?}");
        }
    }
}

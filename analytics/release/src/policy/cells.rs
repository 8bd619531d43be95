//! Cells of everything that is published and is not a month's: shares, numbers of things, means, durations, pictures.
//!
//! Whoever publishes a number makes its cell here. So nothing else decides how many people are enough.

use hearth_shared::{
    release::{Cell, Released, grid},
    report::{MIN_PEOPLE, Point, Status, reason},
};

/// From so many answers on, the mean of a question about a gathering is told.
pub const ANSWERS_TO_A_GATHERING: u64 = MIN_PEOPLE;
/// From so many answers on, the mean of a pulse is told, and from so many people who were asked, the share who answered.
pub const ANSWERS_TO_A_PULSE: u64 = 10;
/// From so many values on, their middle is told.
pub const VALUES: u64 = 10;

/// A share of people: `part` of `whole`, on steps of at least five people, from ten people on. How many they are is told
/// as a class, downwards.
pub fn people_share(part: u64, whole: u64) -> Cell {
    let told = || {
        let step = grid::people_step(whole)?;
        Some((Released::share(part, whole, step)?, step))
    };
    let Some((value, step)) = told() else { return Cell::suppressed(reason::TOO_FEW_PEOPLE, "share") };
    let about = grid::as_number(grid::size_class(whole));
    let interval = value.value().map(|shown| grid::share_interval(shown, step, about));
    Cell { about: Some(about), interval, ..Cell::ok(value, "share") }
}

/// A number of things that are no people and nobody's: rooms, actions, meetings.
pub fn things(count: u64, unit: &str) -> Cell {
    Cell::ok(Released::things(count), unit)
}

/// A share of things that are nobody's: `part` of `whole`, in whole per cents; `none` is the reason where there are none.
/// Both numbers may be told, so that the share hides nothing.
pub fn things_share(part: u64, whole: u64, none: &str) -> Cell {
    const STEP: f64 = 0.01;
    let Some(value) = Released::share(part, whole, STEP) else { return Cell::na(none, "share") };
    let about = grid::as_number(whole);
    let interval = grid::wilson(grid::as_number(part) / about, about).map(|end| (end * 100.0).round() / 100.0);
    Cell { about: Some(about), interval: Some(interval), ..Cell::ok(value, "share") }
}

/// The mean of `answers` answers that were given without names, to a tenth, from `least` answers on:
/// [`ANSWERS_TO_A_GATHERING`] or [`ANSWERS_TO_A_PULSE`]. How many they are is told as a class.
pub fn mean(mean: f64, answers: u64, least: u64) -> Cell {
    if answers < least.max(MIN_PEOPLE) {
        return Cell::suppressed(reason::TOO_FEW_PEOPLE, "points");
    }
    let about = grid::size_class(answers).max(MIN_PEOPLE);
    Cell { about: Some(grid::as_number(about)), ..Cell::ok(Released::mean(mean), "points") }
}

/// The middle of `values` durations of `people` people, in minutes, as the upper end of its class.
pub fn duration(minutes: f64, values: u64, people: u64) -> Cell {
    if values < VALUES || people < MIN_PEOPLE {
        return Cell::suppressed(reason::TOO_FEW_VALUES, "minutes");
    }
    Cell::ok(Released::duration(minutes), "minutes")
}

/// A count of people inside a published total, which must itself be five or more.
pub fn part(count: u64, total: u64) -> Cell {
    match total {
        0..MIN_PEOPLE => Cell::suppressed(reason::TOO_FEW_PEOPLE, "people"),
        _ => Cell::ok(Released::part(count, total), "people"),
    }
}

/// A cell of a picture.
pub fn point(cell: &Cell) -> Point {
    Point { value: cell.value, status: cell.status, interval: cell.interval }
}

/// A picture's level of something that several people did, 0 to `levels` - 1, by its share of the picture's largest cell;
/// 0 too where fewer than five people did it.
pub fn level(value: u64, largest: u64, people: u64, levels: u8) -> u8 {
    if people < MIN_PEOPLE || largest == 0 {
        return 0;
    }
    let reached = |level: &u8| u128::from(value) * u128::from(levels) >= u128::from(*level) * u128::from(largest);
    (0..levels).rev().find(reached).unwrap_or(0)
}

/// Whether a cell tells a value.
pub fn told(cell: &Cell) -> bool {
    cell.status == Status::Ok
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_of_people_needs_ten_and_tells_their_number_as_a_class() {
        assert_eq!(people_share(3, 9), Cell::suppressed(reason::TOO_FEW_PEOPLE, "share"));
        let cell = people_share(43, 53);
        assert_eq!(cell.value.unwrap().value(), Some(0.8));
        assert_eq!((cell.about, cell.interval), (Some(50.0), Some([0.61, 0.93])));
    }

    #[test]
    fn a_mean_needs_as_many_answers_as_its_question_asks_for() {
        assert_eq!(mean(4.26, 5, ANSWERS_TO_A_GATHERING).value.unwrap().value(), Some(4.3));
        assert_eq!(mean(4.26, 5, ANSWERS_TO_A_GATHERING).about, Some(5.0));
        assert_eq!(mean(4.26, 19, ANSWERS_TO_A_PULSE).about, Some(10.0));
        for (answers, least) in [(4, ANSWERS_TO_A_GATHERING), (9, ANSWERS_TO_A_PULSE), (4, 0)] {
            assert_eq!(mean(4.26, answers, least).status, Status::Suppressed, "{answers}");
        }
    }

    #[test]
    fn a_duration_needs_ten_values_of_five_people() {
        assert_eq!(duration(61.0, 10, 5).value.unwrap().value(), Some(180.0));
        assert_eq!(duration(61.0, 9, 5).status, Status::Suppressed);
        assert_eq!(duration(61.0, 10, 4).status, Status::Suppressed);
    }

    #[test]
    fn things_are_told_as_they_are_and_none_is_no_share() {
        assert_eq!(things(3, "actions").value.unwrap().value(), Some(3.0));
        let cell = things_share(2, 3, reason::NO_ACTIONS);
        assert_eq!((cell.value.unwrap().value(), cell.about), (Some(0.67), Some(3.0)));
        assert_eq!(things_share(0, 0, reason::NO_ACTIONS), Cell::na(reason::NO_ACTIONS, "share"));
        assert_eq!(things_share(0, 4, reason::NO_ACTIONS).value.unwrap().value(), Some(0.0), "zero is a value");
    }

    #[test]
    fn a_part_of_too_few_is_not_told_and_a_point_is_its_cell() {
        assert_eq!(part(2, 4).status, Status::Suppressed);
        let cell = part(2, 12);
        assert_eq!(point(&cell), Point { value: Some(Released::part(0, 12)), status: Status::Ok, interval: None });
        assert!(told(&cell) && !told(&part(2, 4)));
    }

    #[test]
    fn a_level_says_little_of_few_people() {
        assert_eq!([0, 3, 4, 7, 8, 12].map(|value| level(value, 12, 5, 3)), [0, 0, 1, 1, 2, 2]);
        assert_eq!(level(12, 12, 4, 3), 0);
        assert_eq!(level(0, 0, 5, 3), 0);
    }
}

//! A number that may leave the worker.

use serde::{Deserialize, Serialize};

use super::grid::{self, MIN_PEOPLE};

/// A number on a grid, or the ends of a range in which it lies.
///
/// It can be made by a grid only: no exact value of the log becomes one. In JSON it is a number, or an array of two.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Released(Shape);

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Shape {
    Value(f64),
    Range([f64; 2]),
}

impl Released {
    /// A count of people: exact from [`MIN_PEOPLE`] on; fewer are all alike, nobody too.
    pub fn people(count: u64) -> Self {
        if count < MIN_PEOPLE { Self::range(0, MIN_PEOPLE - 1) } else { Self::exact(count) }
    }

    /// A count of people inside a published total: exact where it and the rest are [`MIN_PEOPLE`] or more.
    pub fn part(count: u64, total: u64) -> Self {
        grid::part_range(count, total).map_or_else(|| Self::exact(count), |[low, high]| Self::range(low, high))
    }

    /// How many people wrote in one of several rooms, beside the published number of those who wrote anywhere: a range.
    pub fn in_room(count: u64, total: u64) -> Self {
        let [low, high] = grid::room_range(count, total);
        Self::between(low, high)
    }

    /// How many took part, beside the published number of those who wrote: exact where [`MIN_PEOPLE`] or more did
    /// something else than write.
    pub fn active(active: u64, posters: u64) -> Self {
        if active.saturating_sub(posters) >= MIN_PEOPLE {
            Self::exact(active)
        } else {
            Self::range(posters, posters + MIN_PEOPLE - 1)
        }
    }

    /// How many belong, beside the largest published number of those who were active: exact to 50, then two digits. Where
    /// fewer than [`MIN_PEOPLE`] others are left, it is not told how many.
    pub fn members(count: u64, active: u64) -> Self {
        if count < MIN_PEOPLE {
            return Self::people(count);
        }
        if count < active + MIN_PEOPLE {
            return Self::between(MIN_PEOPLE, active + MIN_PEOPLE - 1);
        }
        if count <= 50 {
            return Self::exact(count);
        }
        let mut unit = 1;
        while count / unit >= 100 {
            unit *= 10;
        }
        Self::exact((count + unit / 2) / unit * unit)
    }

    /// A number of messages: [`grid::one_two_five`].
    pub fn messages(count: u64) -> Self {
        Self::exact(grid::one_two_five(count))
    }

    /// A number on a scale of ten steps a decade: [`grid::ten_a_decade`].
    pub fn ratio(value: f64) -> Self {
        Self(Shape::Value(grid::ten_a_decade(value)))
    }

    /// Effective voices: as [`Self::ratio`], and those below three are all alike.
    pub fn voices(value: f64) -> Self {
        let voices = grid::ten_a_decade(value);
        if voices < 3.0 { Self(Shape::Range([1.0, 2.8])) } else { Self(Shape::Value(voices)) }
    }

    /// The same number, lowered to `most` where it lies above: a grid's step may be more than a count that is published too.
    /// A range stays as it is.
    pub fn at_most(self, most: u64) -> Self {
        match self.0 {
            Shape::Value(value) => Self(Shape::Value(value.min(grid::as_number(most)))),
            Shape::Range(_) => self,
        }
    }

    /// `part` of `whole`, on steps of `step`; `None` of nothing.
    pub fn share(part: u64, whole: u64, step: f64) -> Option<Self> {
        let share = grid::as_number(part) / grid::as_number(whole);
        (whole > 0).then(|| Self(Shape::Value(grid::to_step(share, step))))
    }

    /// A duration in minutes, as the upper end of its class: [`grid::DURATIONS`].
    pub fn duration(minutes: f64) -> Self {
        Self(Shape::Value(grid::duration(minutes)))
    }

    /// A count of things that are no people and nobody's: rooms, actions, meetings.
    pub fn things(count: u64) -> Self {
        Self::exact(count)
    }

    /// Days that something has lasted that is nobody's: whole ones.
    pub fn days(days: f64) -> Self {
        Self(Shape::Value(days.round()))
    }

    /// The mean of answers that were given without names, to a tenth.
    pub fn mean(value: f64) -> Self {
        Self(Shape::Value((value * 10.0).round() / 10.0))
    }

    /// The number, where it is one.
    pub fn value(self) -> Option<f64> {
        match self.0 {
            Shape::Value(value) => Some(value),
            Shape::Range(_) => None,
        }
    }

    /// The ends between which it lies: twice the number, where it is one.
    pub fn ends(self) -> [f64; 2] {
        match self.0 {
            Shape::Value(value) => [value, value],
            Shape::Range(ends) => ends,
        }
    }

    /// The number, or the middle of the range.
    pub fn middle(self) -> f64 {
        let [low, high] = self.ends();
        f64::midpoint(low, high)
    }

    /// The number, or that of the range which is nearest to `to`.
    pub fn nearest(self, to: f64) -> f64 {
        let [low, high] = self.ends();
        to.clamp(low, high)
    }

    fn exact(count: u64) -> Self {
        Self(Shape::Value(grid::as_number(count)))
    }

    /// A range, or the one number in it.
    fn between(low: u64, high: u64) -> Self {
        if low == high { Self::exact(low) } else { Self::range(low, high) }
    }

    fn range(low: u64, high: u64) -> Self {
        Self(Shape::Range([low, high].map(grid::as_number)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(count: u64, total: u64) -> [f64; 2] {
        Released::part(count, total).ends()
    }

    #[test]
    fn a_part_of_a_total_is_told_where_it_and_the_rest_are_five() {
        let expected = [
            (0, 12, [0.0, 4.0]),
            (3, 12, [0.0, 4.0]),
            (5, 12, [5.0, 5.0]),
            (7, 12, [7.0, 7.0]),
            (8, 12, [8.0, 12.0]),
            (12, 12, [8.0, 12.0]),
            (3, 7, [0.0, 4.0]),
            (5, 7, [3.0, 7.0]),
            (5, 10, [5.0, 5.0]),
            (2, 5, [0.0, 4.0]),
        ];
        for (count, total, ends) in expected {
            assert_eq!(part(count, total), ends, "{count} of {total}");
        }
    }

    #[test]
    fn nobody_and_a_few_are_alike() {
        assert_eq!([0, 1, 4].map(|count| Released::people(count).ends()), [[0.0, 4.0]; 3]);
        assert_eq!(Released::people(5).value(), Some(5.0));
        assert_eq!([12, 13, 16].map(|active| Released::active(active, 12).ends()), [[12.0, 16.0]; 3]);
        assert_eq!(Released::active(17, 12).value(), Some(17.0));
        assert_eq!([1.0, 2.8].map(|voices| Released::voices(voices).ends()), [[1.0, 2.8]; 2]);
        assert_eq!(Released::voices(2.9).value(), Some(3.2));
    }

    #[test]
    fn many_members_are_told_in_two_digits() {
        let told = [4, 5, 50, 51, 99, 104, 105, 1234, 98_765].map(|count| Released::members(count, 0).middle());
        assert_eq!(told, [2.0, 5.0, 50.0, 51.0, 99.0, 100.0, 110.0, 1200.0, 99_000.0]);
    }

    #[test]
    fn members_beside_the_active_never_tell_of_a_few_silent_people() {
        assert_eq!([8, 12, 14, 16].map(|count| Released::members(count, 12).ends()), [[5.0, 16.0]; 4]);
        assert_eq!(Released::members(17, 12).value(), Some(17.0));
        assert_eq!(Released::members(3, 12), Released::people(0));
    }

    #[test]
    fn a_number_is_a_number_in_json_and_a_range_is_two() {
        let json = serde_json::to_string(&[Released::people(3), Released::people(12)]).unwrap();
        assert_eq!(json, "[[0.0,4.0],12.0]");
        let back: [Released; 2] = serde_json::from_str("[[0,4],12]").unwrap();
        assert_eq!(back, [Released::people(3), Released::people(12)]);
    }

    #[test]
    fn a_range_stands_for_its_number_that_is_nearest() {
        let range = Released::people(0);
        assert_eq!([-1.0, 3.0, 9.0].map(|to| range.nearest(to)), [0.0, 3.0, 4.0]);
        assert_eq!(Released::people(9).nearest(3.0), 9.0);
    }
}

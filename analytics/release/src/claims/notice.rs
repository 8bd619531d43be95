//! How large a change would have to be to be noticed.

use hearth_shared::{
    release::{Release, Released},
    report::Notice,
};

use super::{
    changes::{MONTH_ALPHA, MONTH_LEAST, QUARTER_ALPHA, QUARTER_LEAST},
    history::History,
    scale::Kind,
};

/// What could be noticed in the number of people who write, at the size and the scatter of the months before a release;
/// `None` where fewer than three of them are known, or too little of the month itself.
///
/// The lower end is 0 where not even an empty month would be noticed, because fewer than five people are all alike.
pub fn notice(releases: &[Release], index: usize) -> Option<Notice> {
    let release = releases.get(index).filter(|release| release.is_whole())?;
    let like = History::new(&releases[..=index]).like(release);
    let usual = |least| like.usual(Kind::People, release.month, 1, least);
    let past = usual(MONTH_LEAST)?;
    let wide = past.half_width(1, MONTH_ALPHA);
    let [low, high] = [past.centre - wide, past.centre + wide].map(|place| Kind::People.unscaled(place));
    let [_, few] = Released::people(0).ends();
    let halving = usual(QUARTER_LEAST).map(|past| of_ten(past.power(3, QUARTER_ALPHA)));
    Some(Notice { month: [if low > few { low } else { 0.0 }, high], halving })
}

/// How many times of ten.
fn of_ten(probability: f64) -> u8 {
    (0..=10).rev().find(|tenths| f64::from(*tenths) <= probability * 10.0 + 0.5).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_is_told_in_times_of_ten() {
        assert_eq!([0.0, 0.04, 0.06, 0.53, 0.88, 0.96, 1.0].map(of_ten), [0, 0, 1, 5, 9, 10, 10]);
    }
}

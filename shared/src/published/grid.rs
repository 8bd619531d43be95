//! The grids on which numbers leave the worker, as plain arithmetic.
//!
//! They were chosen so that an adversary who knows every published number and the definitions cannot narrow anybody's
//! number of messages to a quarter of itself; `analytics/release` tests that.

/// A cell about fewer people than this is suppressed.
pub const MIN_PEOPLE: u64 = 5;

/// 1, 2, 5, 10, 20, 50 …: the one nearest to `n` on a logarithmic scale, the lower one where two are as near; 0 for 0.
pub fn one_two_five(n: u64) -> u64 {
    let mut best = 0;
    let mut least = f64::INFINITY;
    let mut decade = 1_u64;
    if n == 0 {
        return 0;
    }
    loop {
        for step in [1, 2, 5] {
            let Some(candidate) = decade.checked_mul(step) else { return best };
            let away = (as_number(n) / as_number(candidate)).ln().abs();
            if away < least {
                (best, least) = (candidate, away);
            }
        }
        match decade.checked_mul(10) {
            Some(next) if decade <= n => decade = next,
            _ => return best,
        }
    }
}

/// The least number that [`one_two_five`] makes `told` of, which must be one of its numbers.
pub fn least_one_two_five(told: u64) -> u64 {
    let mut decade = 1;
    while decade <= told / 10 {
        decade *= 10;
    }
    // The number before it on the scale, times two, so that the one before 1 is whole.
    let double_before = match told / decade {
        0 => return 0,
        1 => decade,
        2 => 2 * decade,
        _ => 4 * decade,
    };
    // Between the two lies their geometric mean, which is never whole: no power of ten doubled is a square.
    (u128::from(told) * u128::from(double_before) / 2).isqrt() as u64 + 1
}

/// Ten steps a decade, in two digits: 1, 1.3, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 7.9, 10, 13 …; 0 for what is not above 0.
pub fn ten_a_decade(value: f64) -> f64 {
    if value <= 0.0 {
        return 0.0;
    }
    let step = (value.log10() * 10.0 + 0.5).floor();
    let exact = 10_f64.powf(step / 10.0);
    // Two digits that count: through their text, so that 6.3 is the number that is written so.
    format!("{exact:.1e}").parse().unwrap_or(exact)
}

/// The number that lies so many steps above `told` on the scale of [`ten_a_decade`], or below it.
pub fn steps_from(told: f64, steps: i32) -> f64 {
    ten_a_decade(told * 10_f64.powf(f64::from(steps) / 10.0))
}

/// The rounding step of a share of `n` people, so that a step is at least five of them; `None` below ten.
pub fn people_step(n: u64) -> Option<f64> {
    match n {
        0..10 => None,
        10..20 => Some(0.5),
        20..50 => Some(0.25),
        50..100 => Some(0.1),
        100..500 => Some(0.05),
        _ => Some(0.01),
    }
}

/// The rounding step of a share of `n` conversations; `None` below ten.
pub fn conversation_step(n: u64) -> Option<f64> {
    match n {
        0..10 => None,
        10..50 => Some(0.1),
        _ => Some(0.05),
    }
}

/// The largest of 10, 20, 50, 100, 200, 500 … that is not above `n`, or 0: how many people a share is about, so that
/// months and quarters cannot be subtracted.
pub fn size_class(n: u64) -> u64 {
    let mut class = 0;
    let mut decade = 10_u64;
    loop {
        for step in [1, 2, 5] {
            match decade.checked_mul(step) {
                Some(candidate) if candidate <= n => class = candidate,
                _ => return class,
            }
        }
        match decade.checked_mul(10) {
            Some(next) => decade = next,
            None => return class,
        }
    }
}

/// A share to its nearest multiple of `step`, halves upwards.
pub fn to_step(share: f64, step: f64) -> f64 {
    // Ten digits: 3 × 0.1 is no 0.3.
    let exact = (share / step + 0.5).floor() * step;
    (exact * 1e10).round() / 1e10
}

/// The upper ends of the classes of durations, in minutes: 5 and 15 minutes, 1, 3, 6, 12 hours, 1 and 3 days.
pub const DURATIONS: [f64; 8] = [5.0, 15.0, 60.0, 180.0, 360.0, 720.0, 1440.0, 4320.0];

/// The class of a duration: the least of [`DURATIONS`] that is not below it, or the last.
pub fn duration(minutes: f64) -> f64 {
    DURATIONS.into_iter().find(|end| minutes <= *end).unwrap_or(DURATIONS[DURATIONS.len() - 1])
}

/// The Wilson interval (1927) of a share `p` of `n`, at 95 %.
pub fn wilson(p: f64, n: f64) -> [f64; 2] {
    const Z: f64 = 1.959_963_984_540_054;
    let d = 1.0 + Z * Z / n;
    let centre = (p + Z * Z / (2.0 * n)) / d;
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt() / d;
    [(centre - half).max(0.0), (centre + half).min(1.0)]
}

/// The 95 % interval of a share that was published as `shown` on steps of `step` and is about `n`: Wilson's at both ends
/// of the step, outwards to whole per cents. It says nothing that the published numbers do not say.
pub fn share_interval(shown: f64, step: f64, n: f64) -> [f64; 2] {
    let [low, _] = wilson((shown - step / 2.0).max(0.0), n);
    let [_, high] = wilson((shown + step / 2.0).min(1.0), n);
    [(low * 100.0 + 1e-9).floor() / 100.0, (high * 100.0 - 1e-9).ceil() / 100.0]
}

/// A count of people inside a published total: its range, where it or the rest is small.
pub(super) fn part_range(count: u64, total: u64) -> Option<[u64; 2]> {
    if count < MIN_PEOPLE {
        Some([0, (MIN_PEOPLE - 1).min(total)])
    } else if total.saturating_sub(count) < MIN_PEOPLE {
        Some([(total + 1).saturating_sub(MIN_PEOPLE), total])
    } else {
        None
    }
}

/// A count of people in one of several rooms, inside the published total of all rooms: a range at least five wide, or as
/// wide as the total leaves.
///
/// Exact counts of two rooms and their total tell how many people write in both, and that may be one. With ranges of five
/// and more, whatever rooms and total give away together stays open by as much.
pub(super) fn room_range(count: u64, total: u64) -> [u64; 2] {
    part_range(count, total).unwrap_or_else(|| {
        // Both the count and the rest are five or more, so that the total is ten or more.
        let most = total - MIN_PEOPLE;
        let classes = ((most + 1 - MIN_PEOPLE) / MIN_PEOPLE).max(1);
        let class = ((count - MIN_PEOPLE) / MIN_PEOPLE).min(classes - 1);
        let low = MIN_PEOPLE + MIN_PEOPLE * class;
        [low, if class + 1 == classes { most } else { low + MIN_PEOPLE - 1 }]
    })
}

/// A count as a number. What people do stays far below the counts at which this is not exact.
#[expect(clippy::cast_precision_loss, reason = "counts of people and messages are far below 2^53")]
pub fn as_number(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_go_to_the_nearest_on_a_logarithmic_scale() {
        let expected = [
            (0, 0),
            (1, 1),
            (3, 2),
            (4, 5),
            (7, 5),
            (8, 10),
            (14, 10),
            (15, 20),
            (31, 20),
            (32, 50),
            (70, 50),
            (71, 100),
            (141, 100),
            (142, 200),
            (316, 200),
            (317, 500),
            (1000, 1000),
            (13_964, 10_000),
        ];
        for (n, grid) in expected {
            assert_eq!(one_two_five(n), grid, "{n}");
        }
        assert_eq!(one_two_five(u64::MAX), 10_000_000_000_000_000_000, "nothing is too large");
        for n in 0..30_000 {
            let least = least_one_two_five(one_two_five(n));
            assert!(least <= n && one_two_five(least) == one_two_five(n), "{n}");
            assert!(least == 0 || one_two_five(least - 1) < one_two_five(n), "{n}");
        }
    }

    #[test]
    fn ratios_have_ten_steps_a_decade_in_two_digits() {
        let expected = [
            (1.0, 1.0),
            (1.1, 1.0),
            (2.7, 2.5),
            (2.9, 3.2),
            (3.7, 4.0),
            (9.3, 10.0),
            (12.4, 13.0),
            (37.0, 40.0),
            (450.0, 500.0),
            (8.912, 7.9),
            (8.913, 10.0),
            (0.0, 0.0),
            (-1.0, 0.0),
        ];
        for (value, grid) in expected {
            assert_eq!(ten_a_decade(value), grid, "{value}");
        }
        let mut up = 10.0;
        for expected in [13.0, 16.0, 20.0, 25.0, 32.0, 40.0, 50.0, 63.0, 79.0, 100.0] {
            assert_eq!((steps_from(up, 1), steps_from(expected, -1)), (expected, up));
            up = expected;
        }
    }

    #[test]
    fn a_step_of_a_share_is_at_least_five_people() {
        for n in 10..3000 {
            assert!(people_step(n).unwrap() * as_number(n) >= 5.0 - 1e-9, "{n}");
        }
        assert_eq!((people_step(9), people_step(10), people_step(19)), (None, Some(0.5), Some(0.5)));
        assert_eq!((people_step(20), people_step(50), people_step(100)), (Some(0.25), Some(0.1), Some(0.05)));
        assert_eq!((people_step(499), people_step(500)), (Some(0.05), Some(0.01)));
        assert_eq!((conversation_step(9), conversation_step(10), conversation_step(50)), (None, Some(0.1), Some(0.05)));
    }

    #[test]
    fn sizes_are_told_downwards() {
        let expected = [(9, 0), (10, 10), (19, 10), (20, 20), (49, 20), (50, 50), (99, 50), (100, 100), (4999, 2000)];
        for (n, class) in expected {
            assert_eq!(size_class(n), class, "{n}");
        }
    }

    #[test]
    fn shares_go_to_their_step_and_halves_go_up() {
        assert_eq!(to_step(0.25, 0.1), 0.3);
        assert_eq!(to_step(0.249, 0.1), 0.2);
        assert_eq!(to_step(1.0, 0.25), 1.0);
        assert_eq!(to_step(0.125, 0.25), 0.25);
    }

    #[test]
    fn an_interval_follows_from_the_step_and_the_size() {
        assert_eq!(share_interval(0.5, 0.1, 20.0 / 1.5), [0.22, 0.78]);
        assert_eq!(share_interval(0.0, 0.1, 50.0), [0.0, 0.15]);
        assert_eq!(share_interval(0.6, 0.1, 50.0), [0.41, 0.77]);
    }

    #[test]
    fn people_in_a_room_are_told_in_fives_and_the_ends_are_left_open() {
        let expected = [
            (3, 30, [0, 4]),
            (5, 30, [5, 9]),
            (12, 30, [10, 14]),
            (20, 30, [20, 25]),
            (25, 30, [20, 25]),
            (26, 30, [26, 30]),
            (5, 10, [5, 5]),
            (6, 12, [5, 7]),
            (7, 7, [3, 7]),
        ];
        for (count, total, range) in expected {
            assert_eq!(room_range(count, total), range, "{count} of {total}");
        }
        // Below ten, the few and nearly all overlap, and nothing of a room is told.
        for total in 10..120 {
            for count in 0..=total {
                let [low, high] = room_range(count, total);
                assert!((low..=high).contains(&count) && (total < 14 || high - low >= 4), "{count} of {total}");
                assert!((low..=high).all(|other| room_range(other, total) == [low, high]), "{count} of {total}");
            }
        }
    }

    #[test]
    fn durations_go_up_to_the_end_of_their_class() {
        assert_eq!([0.0, 5.0, 5.1, 60.0, 4320.0, 9999.0].map(duration), [5.0, 5.0, 15.0, 60.0, 4320.0, 4320.0]);
    }
}

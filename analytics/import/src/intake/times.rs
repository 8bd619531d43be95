//! Times at which people can have chatted.

/// Nobody chatted before 1990 in a way that can be exported, milliseconds since 1970.
const EARLIEST: i64 = 631_152_000_000;
/// Clocks of servers differ by less than this, in milliseconds: a day.
const SKEW: i64 = 86_400_000;

/// Whether a time can be when somebody chatted, and what it looks like where not.
pub fn plausible(ts: i64, now: i64) -> Result<(), &'static str> {
    let possible = |ts: i64| (EARLIEST..=now.saturating_add(SKEW)).contains(&ts);
    if possible(ts) {
        return Ok(());
    }
    Err(match ts {
        _ if ts.checked_mul(1000).is_some_and(possible) => {
            "its time is in seconds, and milliseconds were expected; it was left out"
        }
        _ if possible(ts / 1000) => "its time is in microseconds, and milliseconds were expected; it was left out",
        _ if ts < EARLIEST => "its time is before 1990; it was left out",
        _ => "its time is in the future; it was left out",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_times_at_which_people_chatted_are_taken() {
        let now = 1_700_000_000_000;
        assert_eq!(plausible(now, now), Ok(()));
        assert_eq!(plausible(now + SKEW, now), Ok(()));
        for (ts, words) in [
            (0, "before 1990"),
            (1_600_000_000, "in seconds"),
            (1_600_000_000_000_000, "in microseconds"),
            (4_102_444_800_000, "in the future"),
            (i64::MIN, "before 1990"),
            (i64::MAX, "in the future"),
        ] {
            assert!(plausible(ts, now).unwrap_err().contains(words), "{ts}");
        }
    }
}

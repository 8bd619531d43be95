//! Whether two months differ, said only as surely as their intervals allow.

use hearth_shared::report::{Earlier, Measure};

/// What can be said about a value beside an earlier one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// The intervals part: it rose.
    Higher,
    /// The intervals part: it fell.
    Lower,
    /// Each value lies in the other's interval.
    Same,
    /// The intervals overlap, and no more can be said.
    Unclear,
    /// No intervals are defined: both numbers stand side by side, the judgement is the reader's.
    Plain,
    /// No intervals are defined, and the numbers are equal.
    Equal,
}

/// Compares `now` with `earlier`, or `None` where either has no value.
pub(crate) fn compare(now: &Measure, earlier: Option<&Earlier>) -> Option<(Change, f64)> {
    let earlier = earlier?;
    let (value, before) = (now.value?, earlier.value?);
    let change = match (now.interval, earlier.interval) {
        (Some([low, high]), Some([before_low, before_high])) => {
            if low > before_high {
                Change::Higher
            } else if high < before_low {
                Change::Lower
            } else if (low..=high).contains(&before) && (before_low..=before_high).contains(&value) {
                Change::Same
            } else {
                Change::Unclear
            }
        }
        _ if value == before => Change::Equal,
        _ => Change::Plain,
    };
    Some((change, before))
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::Status;

    use super::*;

    fn change(now: f64, interval: Option<[f64; 2]>, before: f64, earlier: Option<[f64; 2]>) -> Option<Change> {
        let now = Measure::ok(now, "people", 20).with_interval(interval);
        let earlier = Earlier { value: Some(before), status: Status::Ok, interval: earlier };
        compare(&now, Some(&earlier)).map(|(change, _)| change)
    }

    #[test]
    fn a_change_is_one_only_where_intervals_part() {
        assert_eq!(change(9.0, Some([8.0, 10.0]), 6.0, Some([5.0, 7.0])), Some(Change::Higher));
        assert_eq!(change(6.0, Some([5.0, 7.0]), 9.0, Some([8.0, 10.0])), Some(Change::Lower));
        assert_eq!(change(9.0, Some([7.0, 11.0]), 8.0, Some([6.0, 10.0])), Some(Change::Same));
        assert_eq!(change(9.0, Some([8.0, 10.0]), 7.0, Some([5.0, 8.5])), Some(Change::Unclear));
    }

    #[test]
    fn without_intervals_nothing_is_called_a_change() {
        assert_eq!(change(34.0, None, 31.0, None), Some(Change::Plain));
        assert_eq!(change(34.0, None, 34.0, None), Some(Change::Equal));
        assert_eq!(change(34.0, Some([30.0, 40.0]), 1.0, None), Some(Change::Plain));
    }

    #[test]
    fn nothing_is_compared_with_nothing() {
        let now = Measure::ok(9.0, "people", 20);
        let suppressed = Earlier { value: None, status: Status::Suppressed, interval: None };
        assert_eq!(compare(&now, Some(&suppressed)), None);
        assert_eq!(compare(&now, None), None);
        assert_eq!(compare(&Measure::na("undefined", "people"), Some(&suppressed)), None);
    }
}

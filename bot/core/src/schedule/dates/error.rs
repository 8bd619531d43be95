//! Why words are no day.

use jiff::{ToSpan as _, civil::Date};

/// Why words are no day that could be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DateError {
    /// They name no day, or one that does not exist.
    Unknown(String),
    /// They are not understood whole, or mean more than one day.
    Unsure {
        /// What was written.
        text: String,
        /// The days that were perhaps meant, one to three.
        days: Vec<Date>,
    },
    /// The day is over.
    Past(Date),
    /// The day is more than five years away: a slip of the finger.
    Far(Date),
}

/// A day that is neither over nor too far away.
pub(super) fn in_reach(found: Date, today: Date) -> Result<Date, DateError> {
    match today.checked_add(5.years()) {
        _ if found < today => Err(DateError::Past(found)),
        Ok(far) if found > far => Err(DateError::Far(found)),
        _ => Ok(found),
    }
}

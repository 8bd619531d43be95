//! What a community is known by, whatever it is called and wherever the operator lists it.

use std::fmt;

/// The number of a community: that of its first row in the activity log. It never changes and is never used again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommunityNumber(i64);

impl CommunityNumber {
    /// The number as the log gives it.
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// The number as the log knows it.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl fmt::Display for CommunityNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

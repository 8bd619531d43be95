//! Whether something is known and may be said.

use serde::{Deserialize, Serialize};

/// Whether a value is there, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// There is a value.
    Ok,
    /// It cannot be known: the source lacks it, or the formula is undefined on this month.
    Na,
    /// Too few people to say.
    Suppressed,
}

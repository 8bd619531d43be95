//! Where posters come from and where they go: new, retained, reactivated, lapsed.

use hearth_shared::report::exact_id;

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::month_facts::SETTLING_MONTHS;

/// First message ever.
pub const NEW_POSTERS: Definition = Definition {
    id: exact_id::NEW_POSTERS,
    unit: "people",
    tier: Tier::Headline,
    definition: "People whose first message ever was this month.",
    source: "Growth accounting.",
    caveat: "Hidden for the log's first three months, when everybody looks new. Somebody with a new account counts as new.",
    needs: &[],
    reach: SETTLING_MONTHS,
    per_room: false,
    formula: Formula::Query(|| Query::count(Rows::Counts, col("new").first())),
};

/// Posted last month too.
pub const RETAINED: Definition = Definition {
    id: exact_id::RETAINED,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who posted this month and last month.",
    source: "Growth accounting.",
    caveat: "The core that comes back. Whoever posts every other month is not in it.",
    needs: &[],
    reach: 1,
    per_room: false,
    formula: Formula::Query(|| Query::count(Rows::Counts, col("retained").first())),
};

/// Back after a pause.
pub const REACTIVATED: Definition = Definition {
    id: exact_id::REACTIVATED,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who posted this month, not last month, and at some time before.",
    source: "Growth accounting.",
    caveat: "People do come back: worth asking what brought them. Hidden for the log's first three months.",
    needs: &[],
    reach: SETTLING_MONTHS,
    per_room: false,
    formula: Formula::Query(|| Query::count(Rows::Counts, col("reactivated").first())),
};

/// Posted last month, not now.
pub const LAPSED: Definition = Definition {
    id: exact_id::LAPSED,
    unit: "people",
    tier: Tier::Headline,
    definition: "People who posted last month and not this month.",
    source: "Growth accounting.",
    caveat: "A pause, not a farewell: many of them will be counted as reactivated one day.",
    needs: &[],
    reach: 1,
    per_room: false,
    formula: Formula::Query(|| Query::count(Rows::Counts, col("lapsed").first())),
};

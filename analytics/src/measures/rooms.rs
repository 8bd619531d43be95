//! The state of rooms, and who connects them.

use hearth_shared::report::exact_id;

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};

/// People who post in more than one room.
pub const BRIDGERS_SHARE: Definition = Definition {
    id: exact_id::BRIDGERS_SHARE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the posters, the share who posted in two rooms or more, Wilson interval.",
    source: "After Burt 2004.",
    caveat: "They carry news between rooms. An off-topic room makes bridgers of everybody.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::share_of_people(Rows::Posters, col("rooms").gt(lit(1)).sum(), len())),
};

/// Rooms with a message.
pub const ROOMS_ACTIVE: Definition = Definition {
    id: exact_id::ROOMS_ACTIVE,
    unit: "rooms",
    tier: Tier::Headline,
    definition: "Rooms in which a person wrote a message this month.",
    source: "CHAOSS, Chat Platform Inclusivity.",
    caveat: "A quiet room may be merged or closed; ask those who are in it first.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::things(Rows::Rooms, len(), col("posters").first())),
};

/// Rooms in which one person writes most.
pub const ROOMS_DOMINATED: Definition = Definition {
    id: exact_id::ROOMS_DOMINATED,
    unit: "rooms",
    tier: Tier::Headline,
    definition: "Rooms with at least ten messages, more than half of them by one person.",
    source: "CHAOSS, Chat Platform Inclusivity.",
    caveat: "An announcement room is meant to be so.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| Query::things(Rows::Rooms, dominated().sum(), col("posters").first())),
};

/// Whether a room has at least ten messages, more than half of them one person's.
fn dominated() -> Expr {
    col("messages").gt_eq(lit(10)).and((col("most") * lit(2)).gt(col("messages")))
}

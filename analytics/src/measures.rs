//! Every exact measure: what it is called, what it means, what it needs, and how it is computed.
//!
//! They are for whoever holds the log (`measure --exact`), and never published: what may be is decided in the crate
//! `hearth-release`. A new measure is a `Definition` in a family's file, a line in [`ALL`], and its id in
//! `hearth_shared::report::exact_id`.

mod actions;
mod connection;
mod definition;
mod gatherings;
pub mod growth;
pub mod lifetime;
pub mod newcomers;
pub mod participation;
pub mod pulse;
mod query;
pub mod responsiveness;
mod retention;
pub mod rooms;
mod turns;
pub mod voices;

pub use definition::{Definition, Formula, Tier};
pub(crate) use newcomers::FOLLOW_UP;
pub use query::{Query, Rows};

/// Every measure, in the order of the report.
pub const ALL: &[&Definition] = &[
    &participation::ACTIVE_MEMBERS,
    &participation::POSTERS,
    &participation::REACTORS_ONLY,
    &participation::SILENT,
    &participation::ACTIVE_RATIO,
    &participation::DAILY_ACTIVE_MEAN,
    &participation::STICKINESS,
    &participation::ACTIVE_DAYS_PER_MEMBER,
    &participation::MESSAGES,
    &participation::MESSAGES_PER_POSTER_MEDIAN,
    &voices::EFFECTIVE_VOICES,
    &voices::EFFECTIVE_VOICES_Q2,
    &voices::ABSENCE_FACTOR,
    &voices::TOP1_SHARE,
    &voices::TOP3_SHARE,
    &voices::GINI,
    &voices::GINI_CORRECTED,
    &voices::EVENNESS,
    &turns::TURN_TAKING,
    &turns::THREAD_DEPTH,
    &turns::BURSTINESS,
    &turns::BURSTINESS_CORRECTED,
    &growth::NEW_POSTERS,
    &growth::RETAINED,
    &growth::REACTIVATED,
    &growth::LAPSED,
    &retention::COHORT_RETENTION,
    &lifetime::LIFETIME_SURVIVAL,
    &newcomers::JOIN_TO_FIRST_MESSAGE,
    &newcomers::FIRST_MESSAGE_7_DAYS,
    &newcomers::FIRST_MESSAGE_30_DAYS,
    &newcomers::SECOND_CONTRIBUTION,
    &responsiveness::OPENER_REPLY_RATE,
    &responsiveness::ACKNOWLEDGED_RATE,
    &responsiveness::REPLY_MINUTES_P50,
    &responsiveness::REPLY_MINUTES_P90,
    &responsiveness::NEWCOMER_UNANSWERED,
    &responsiveness::NEWCOMER_REPLY_MINUTES,
    &connection::RECIPROCITY,
    &connection::ISOLATED_SHARE,
    &connection::GIANT_COMPONENT,
    &connection::MEAN_PARTNERS,
    &connection::CENTRALISATION,
    &connection::NEWCOMER_MIXING,
    &connection::UNIT_MIXING,
    &connection::CORE_SHARE,
    &connection::MODULARITY,
    &rooms::BRIDGERS_SHARE,
    &rooms::ROOMS_ACTIVE,
    &rooms::ROOMS_DOMINATED,
    &actions::ACTION_COMPLETION,
    &actions::ACTION_ON_TIME,
    &actions::ACTION_DAYS_TO_DONE,
    &actions::OPEN_ACTION_AGE,
    &actions::ACTION_CARRY_OVER,
    &gatherings::THEME_RECURRENCE,
    &gatherings::THEME_OVERLAP,
    &gatherings::ROTI,
    &gatherings::ROTI_MEDIAN,
    &gatherings::ROTI_WORTHWHILE,
    &gatherings::FACILITATION_ROTATION,
    &gatherings::FACILITATION_TOP_SHARE,
    &gatherings::TWO_GROUP_BALANCE,
    &pulse::SAFETY_PULSE,
    &pulse::SAFETY_RESPONSE_RATE,
    &pulse::SAFETY_ALPHA,
    &pulse::SAFETY_AGREEMENT,
    &pulse::ENPS,
];

/// The measure with this id.
pub fn find(id: &str) -> Option<&'static Definition> {
    ALL.iter().find(|definition| definition.id == id).copied()
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::exact_id;

    use super::*;

    #[test]
    fn every_measure_that_has_an_id_is_made_once_and_explained() {
        let ids: Vec<_> = ALL.iter().map(|definition| definition.id).collect();
        assert_eq!(ids, exact_id::ALL, "what the page and the bot ask for, and in the same order");
        for definition in ALL {
            for text in [definition.definition, definition.source, definition.caveat] {
                assert!(text.ends_with('.') && text.len() > 10, "{}: {text}", definition.id);
            }
        }
    }
}

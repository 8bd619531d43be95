//! Every measure: what it is called, what it means, what it needs, and how its raw value is computed.
//!
//! A measure knows nothing of suppression: it gives a raw value with the sizes of the groups that it is about, and
//! [`crate::publish`] decides what may be said. A new measure is a `Definition` in a family's file and a line in
//! [`ALL`].

use hearth_shared::activity::Capability;
use polars::prelude::PolarsResult;
use serde::{Deserialize, Serialize};

use crate::{suppress::Cell, view::View};

mod actions;
mod connection;
mod gatherings;
mod growth;
pub mod lifetime;
pub mod newcomers;
mod participation;
pub mod pulse;
mod responsiveness;
mod retention;
mod rooms;
mod turns;
mod voices;

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

/// Where in the report a measure stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tier {
    /// Among the first numbers.
    Headline,
    /// In a section.
    Section,
    /// For who looks deeper.
    Explorer,
}

impl Tier {
    /// Its name in lists.
    pub fn name(self) -> &'static str {
        match self {
            Self::Headline => "headline",
            Self::Section => "section",
            Self::Explorer => "explorer",
        }
    }
}

/// One measure.
pub struct Definition {
    /// Its key in `report.json`.
    pub id: &'static str,
    /// Its unit.
    pub unit: &'static str,
    /// Where it stands.
    pub tier: Tier,
    /// What is computed, in a sentence.
    pub definition: &'static str,
    /// Where the definition comes from.
    pub source: &'static str,
    /// What a lead may conclude, and what not.
    pub caveat: &'static str,
    /// What a source must know for the measure to be known.
    pub needs: &'static [Capability],
    /// The months that the log must reach back before the month itself.
    pub reach: usize,
    /// The counts that the published value would give away.
    pub reveals: &'static [Cell],
    /// The count that the sample size is, where it is one.
    pub sample: Option<Cell>,
    /// Whether it looks at the month's rows. What such a measure comes to is kept of months that later ones are compared
    /// with, so that their rows need not be read again; what all others look at is kept of every month.
    pub of_rows: bool,
    /// Computes the raw value.
    pub raw: fn(&View<'_>) -> PolarsResult<Raw>,
}

/// A raw value, before it is decided what may be said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Raw {
    /// The value, or `None` where the formula is undefined.
    pub value: Option<f64>,
    /// The sample that it rests on.
    pub n: u64,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
    /// How many people the value is about.
    pub people: u64,
    /// From how many people on the value means anything, where that is more than may be shown anyway.
    pub shown_from: u64,
    /// The sizes of further groups that the value singles out, alone or with what else is published.
    pub groups: Vec<u64>,
    /// The number of posters that there must be at least, if this is the value.
    pub proves_posters: u64,
    /// Whether it would give away what another month's report hides.
    pub gives_away: bool,
    /// Why there is no value, where that is not plain. No measure of rows says so, and only these are kept.
    #[serde(skip)]
    pub reason: Option<&'static str>,
    /// Whether the sample's size, from one month to the next, would give away a count of its own.
    pub keeps_n: bool,
}

impl Raw {
    /// A count of people, which is its own sample.
    pub fn count(people: u64) -> Self {
        Self { value: Some(people as f64), n: people, people, ..Self::default() }
    }

    /// A value about `people` people, who are its sample too.
    pub fn of_people(value: Option<f64>, people: u64) -> Self {
        Self { value, n: people, people, ..Self::default() }
    }

    /// What there is, is about too few people to be measured at all.
    pub fn too_few() -> Self {
        Self { people: 1, ..Self::default() }
    }

    /// A share of people with its Wilson interval; both the part and the rest are groups.
    pub fn share_of_people(part: u64, whole: u64) -> Self {
        Self { people: whole, groups: vec![part, whole.saturating_sub(part)], ..Self::share(part, whole) }
    }

    /// A share with its Wilson interval.
    pub fn share(part: u64, whole: u64) -> Self {
        let value = (whole > 0).then(|| part as f64 / whole as f64);
        Self { value, n: whole, interval: crate::statistics::wilson(part, whole), ..Self::default() }
    }

    /// The same with an interval.
    #[must_use]
    pub fn with_interval(mut self, interval: Option<[f64; 2]>) -> Self {
        self.interval = interval;
        self
    }
}

/// The measure with this id.
pub fn find(id: &str) -> Option<&'static Definition> {
    ALL.iter().find(|definition| definition.id == id).copied()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_measure_is_named_once_and_explained() {
        let ids: BTreeSet<_> = ALL.iter().map(|definition| definition.id).collect();
        assert_eq!(ids.len(), ALL.len());
        for definition in ALL {
            for text in [definition.definition, definition.source, definition.caveat] {
                assert!(text.ends_with('.') && text.len() > 10, "{}: {text}", definition.id);
            }
        }
    }
}

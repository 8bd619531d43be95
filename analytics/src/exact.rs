//! Exact measures, for whoever holds the log: nothing is hidden that they could count themselves.
//!
//! They are printed by `measure --exact` and by nothing else; no release, page, picture or message holds one.

use std::collections::BTreeMap;

use hearth_shared::{
    activity::Capability,
    month::Month,
    report::{Status, reason, source_lacks},
};
use polars::prelude::PolarsResult;
use serde::Serialize;
use strum::VariantArray as _;

use crate::{
    history::History,
    measures::{ALL, Definition},
    month_facts::Facts,
    month_view::MonthView,
    raw::Raw,
};

/// A month's exact measures.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Exact {
    /// The community's name.
    pub community: String,
    /// The room that they are about, where it is not the whole community.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    /// The month.
    pub month: Month,
    /// The IANA name of the zone in which the month was cut.
    pub timezone: String,
    /// What the sources of the log can know: capability → known.
    pub source: BTreeMap<&'static str, bool>,
    /// Every measure, by id.
    pub measures: BTreeMap<&'static str, ExactMeasure>,
}

/// One exact measure.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ExactMeasure {
    /// The value in `unit`; `null` where it is not known.
    pub value: Option<f64>,
    /// `ok` or `na`.
    pub status: Status,
    /// Why there is no value.
    pub reason: Option<String>,
    /// The unit.
    pub unit: &'static str,
    /// The 95 % interval, where one is defined.
    pub interval: Option<[f64; 2]>,
    /// The sample that the value rests on; `null` without a value.
    pub n: Option<u64>,
}

impl Exact {
    /// The measures of a month of a community, or of one of its rooms; `timezone` is the name of the zone in which the
    /// view is cut.
    ///
    /// # Errors
    /// Where polars cannot compute a table.
    pub fn of(view: &MonthView<'_>, timezone: &str) -> PolarsResult<Self> {
        let History { room, about, .. } = view.history;
        let known = |capability: Capability| (capability.name(), view.facts.capabilities.has(capability));
        let measures = ALL.iter().map(|definition| Ok((definition.id, measure(definition, view)?)));
        Ok(Self {
            community: about.community.clone(),
            room: room.map(|room| about.room_names.get(&room).cloned().unwrap_or_else(|| room.to_string())),
            month: view.facts.month,
            timezone: timezone.to_owned(),
            source: Capability::VARIANTS.iter().copied().map(known).collect(),
            measures: measures.collect::<PolarsResult<_>>()?,
        })
    }
}

/// One measure of a month.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn measure(definition: &Definition, view: &MonthView<'_>) -> PolarsResult<ExactMeasure> {
    let nothing = |reason: String| ExactMeasure {
        value: None,
        status: Status::Na,
        reason: Some(reason),
        unit: definition.unit,
        interval: None,
        n: None,
    };
    if let Some(reason) = unknowable(definition, view) {
        return Ok(nothing(reason));
    }
    let raw: Raw = definition.raw(view)?;
    let silence = if view.facts.posters == 0 { reason::NO_MESSAGES } else { reason::UNDEFINED };
    Ok(match raw.value {
        None => nothing(raw.reason.unwrap_or(silence).to_owned()),
        value => ExactMeasure {
            value,
            status: Status::Ok,
            reason: None,
            unit: definition.unit,
            interval: raw.interval,
            n: Some(raw.n),
        },
    })
}

/// Why the measure cannot be known from this log, if so.
pub(crate) fn unknowable(definition: &Definition, view: &MonthView<'_>) -> Option<String> {
    let facts: &Facts = view.facts;
    if view.history.room.is_some() && !definition.per_room {
        return Some(reason::COMMUNITY_ONLY.to_owned());
    }
    if !facts.complete {
        return Some(reason::INCOMPLETE_MONTH.to_owned());
    }
    if let Some(lacking) = definition.needs.iter().find(|capability| !facts.capabilities.has(**capability)) {
        return Some(source_lacks(lacking.name()));
    }
    (facts.age < definition.reach).then(|| reason::LOG_STARTS_HERE.to_owned())
}

//! What a report says of a measure.

use hearth_shared::report::{Measure, Report, Status, reason};

/// The value of measure `id`, where it has one.
pub(crate) fn value_of(report: &Report, id: &str) -> Option<f64> {
    known(report, id).and_then(|measure| measure.value)
}

/// The measure `id`, where it has a value.
pub(crate) fn known<'a>(report: &'a Report, id: &str) -> Option<&'a Measure> {
    report.measures.get(id).filter(|measure| measure.status == Status::Ok)
}

/// Whether a measure is left out of a room's page: a word about each of them would say no more than one about all.
pub(crate) fn is_of_community_only(measure: &Measure) -> bool {
    measure.reason.as_deref() == Some(reason::COMMUNITY_ONLY)
}

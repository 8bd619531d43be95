//! What a report says of a measure.

use hearth_shared::{
    release::{Cell, Released},
    report::{MIN_PEOPLE, Measure, Report, Status, measure_id, reason},
};

/// What measure `id` says, where it has a value.
pub(crate) fn value_of(report: &Report, id: &str) -> Option<Released> {
    known(report, id).and_then(|measure| measure.cell.value)
}

/// The measure `id`, where it has a value.
pub(crate) fn known<'a>(report: &'a Report, id: &str) -> Option<&'a Measure> {
    report.measures.get(id).filter(|measure| measure.cell.status == Status::Ok && measure.cell.value.is_some())
}

/// Whether a measure is left out of a room's page: a word about each of them would say no more than one about all.
pub(crate) fn is_of_community_only(cell: &Cell) -> bool {
    cell.reason.as_deref() == Some(reason::COMMUNITY_ONLY)
}

/// Whether so few people wrote that nothing is said of them.
pub(crate) fn is_of_few(report: &Report) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "five")]
    let least = MIN_PEOPLE as f64;
    value_of(report, measure_id::POSTERS).is_some_and(|posters| posters.ends()[1] < least)
}

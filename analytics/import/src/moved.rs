//! People who may have moved: one source ends as another begins, and nobody is in both.

use hearth_log::write::Batch;
use jiff::{Timestamp, tz::TimeZone};

use crate::{account::grouped, error::ImportError};

/// Sources that meet within so many milliseconds may be one community that moved: 45 days.
const NEAR: i64 = 45 * 86_400_000;
/// Fewer people than this prove nothing.
const ENOUGH: usize = 3;

/// What is to be said before anybody believes that everybody left and others came, if there is such a thing.
///
/// # Errors
/// Where the log cannot be read.
pub fn hint(batch: &Batch<'_>, community: i64, source: i64) -> Result<Option<String>, ImportError> {
    let lives = batch.lives_of_sources(community)?;
    let Some(own) = lives.iter().find(|life| life.source == source) else { return Ok(None) };
    for other in lives.iter().filter(|life| life.source != source) {
        let (old, new) = if other.first < own.first { (other, own) } else { (own, other) };
        if (new.first - old.last).abs() > NEAR || new.last - old.last < NEAR.min(new.last - new.first) {
            continue;
        }
        let (before, after) = (batch.writers_of(old.source)?, batch.writers_of(new.source)?);
        let both = before.intersection(&after).count();
        let fewer = before.len().min(after.len());
        if fewer < ENOUGH || both * 5 >= fewer {
            continue;
        }
        let day = |ts: i64| Timestamp::from_millisecond(ts).map(|at| at.to_zoned(TimeZone::UTC).date().to_string());
        let (ends, begins) = (day(old.last).unwrap_or_default(), day(new.first).unwrap_or_default());
        return Ok(Some(format!(
            "`{}` ends on {ends} and `{}` begins on {begins}, and of {} people there and {} here {both} wrote in both: if a \
             community moved, everybody will seem to have left, and others to have come. Say who is who with --people, a \
             table of old and new ids; that can be done afterwards, too",
            old.name,
            new.name,
            grouped(before.len() as u64),
            grouped(after.len() as u64),
        )));
    }
    Ok(None)
}

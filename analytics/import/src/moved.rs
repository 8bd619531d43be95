//! People who may have moved: one source ends as another begins, and nobody is in both.

use hearth_log::sources::{Life, lives, writers};
use jiff::{Timestamp, tz::TimeZone};
use rusqlite::Connection;

use crate::account::grouped;

/// Sources that meet within so many milliseconds may be one community that moved: 45 days.
const NEAR: i64 = 45 * 86_400_000;
/// Fewer people than this prove nothing.
const ENOUGH: usize = 3;

/// What is to be said before anybody believes that everybody left and others came, if there is such a thing.
///
/// # Errors
/// Where the log cannot be read.
pub fn hint(db: &Connection, community: &str) -> rusqlite::Result<Option<String>> {
    let lives = lives(db, community)?;
    for (number, one) in lives.iter().enumerate() {
        for other in &lives[number + 1..] {
            let (old, new) = if one.first < other.first { (one, other) } else { (other, one) };
            // A place that goes on beside the other one was not left.
            let ended = new.last - old.last >= NEAR.min(new.last - new.first);
            if (new.first - old.last).abs() > NEAR || !ended {
                continue;
            }
            let (before, after) = (writers(db, old.source)?, writers(db, new.source)?);
            let both = before.intersection(&after).count();
            let fewer = before.len().min(after.len());
            if fewer >= ENOUGH && both * 5 < fewer {
                return Ok(Some(said(old, new, [before.len(), after.len(), both])));
            }
        }
    }
    Ok(None)
}

fn said(old: &Life, new: &Life, [before, after, both]: [usize; 3]) -> String {
    let day = |ts: i64| Timestamp::from_millisecond(ts).map(|at| at.to_zoned(TimeZone::UTC).date().to_string());
    let (ends, begins) = (day(old.last).unwrap_or_default(), day(new.first).unwrap_or_default());
    let count = |people: usize| grouped(people as u64);
    format!(
        "`{}` ends on {ends} and `{}` begins on {begins}, and of {} people there and {} here {} wrote in both: if a \
         community moved, everybody will seem to have left, and others to have come. Say who is who with --people, a \
         table of old and new ids; that can be done afterwards, too",
        old.name,
        new.name,
        count(before),
        count(after),
        count(both)
    )
}

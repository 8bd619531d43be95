//! What came of something that leads tried.

use hearth_shared::{
    month::Month,
    release::Release,
    report::{Outcome, Verdict},
};

use super::{
    changes::{Change, QUARTER_LEAST},
    history::{History, mean},
    scale::Kind,
};

/// How often an experiment without effect seems to have one, by chance.
const ALPHA: f64 = 0.02;
/// How many full months after its beginning an experiment is judged by.
const AFTER: i32 = 3;
/// From how many places in the past on a difference must be larger than at each of them.
const PLACES: usize = 4;

/// An experiment that could be judged.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trial {
    /// The three months after it began beside those before.
    pub change: Change,
    /// What they came to, in the measure's unit.
    pub after: f64,
    /// At how many places in the past, where nothing began, the same comparison was made; `None` where there was no
    /// change to doubt.
    pub placebos: Option<usize>,
}

/// What came of an experiment with a measure, by the last of the `releases` (oldest first, of one community). It is
/// judged once: later releases change nothing.
pub fn experiment(releases: &[Release], measure: &str, begun: Month) -> Outcome {
    match trial(releases, measure, begun) {
        Ok(Trial { change, after, .. }) => {
            Outcome::Judged { verdict: change.verdict, before: change.usual.value, after }
        }
        Err(outcome) => outcome,
    }
}

/// The same with the numbers behind it.
///
/// The month of its beginning belongs to neither side. Who begins after a bad month sees the next ones get better anyway;
/// so a change counts only where it is larger than at every place before, if there are enough of them.
///
/// # Errors
/// Why it is not judged: never [`Outcome::Judged`].
pub fn trial(releases: &[Release], measure: &str, begun: Month) -> Result<Trial, Outcome> {
    let kind = Kind::of(measure).ok_or(Outcome::NotJudged)?;
    let history = History::new(releases);
    let months = history.last().map_or(0, |last| last.month.ordinal() - begun.ordinal()).clamp(0, AFTER);
    if months < AFTER {
        return Err(Outcome::TooEarly { months: months.unsigned_abs() });
    }
    // A month that is not kept says as little as one with too few people.
    let last = begun.plus(AFTER).and_then(|last| history.at(last)).ok_or(Outcome::TooFewPeople)?;
    let like = history.like(last);
    let past = like.usual(kind, begun, AFTER + 1, QUARTER_LEAST).ok_or(Outcome::TooLittleBefore)?;
    let after: Option<Vec<f64>> = like.scaled(kind, begun, 1, AFTER, Some(past.centre)).into_iter().collect();
    let after = after.ok_or(Outcome::TooFewPeople)?;
    let mut change = Change::judge(kind, &past, &after, ALPHA).ok_or(Outcome::TooFewPeople)?;
    let mut placebos = None;
    if change.is_claim() {
        // Where nothing began: every place of which both sides lie before the beginning.
        let first = history.first().map_or(begun, |first| first.month);
        let place = |step: i32| {
            let month = begun.plus(-step)?;
            let before = like.before(kind, month);
            let after: Option<Vec<f64>> = like.scaled(kind, month, 1, AFTER, None).into_iter().collect();
            (before.len() >= QUARTER_LEAST).then_some((mean(&after?)? - mean(&before)?).abs())
        };
        let places: Vec<f64> = (AFTER + 1..begun.ordinal() - first.ordinal()).filter_map(place).collect();
        let largest = places.iter().copied().fold(0.0, f64::max);
        if places.len() >= PLACES && change.difference.abs() <= largest {
            change.verdict = Verdict::NoClearChange;
        }
        placebos = Some(places.len());
    }
    let after = kind.unscaled(mean(&after).unwrap_or(past.centre));
    Ok(Trial { change, after, placebos })
}

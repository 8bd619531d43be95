//! What may be said of a value beside what is usual.

use serde::{Deserialize, Serialize};

use super::ids::measure_id;

/// The measures of which changes are judged, in the order of a report. No sentence compares another one: each more would
/// be a chance more to be wrong.
pub const JUDGED: [&str; 4] =
    [measure_id::POSTERS, measure_id::NEW_POSTERS, measure_id::EFFECTIVE_VOICES, measure_id::TAKEN_UP];

/// How a month, or a quarter, compares with the up to twelve months before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// More than chance explains, and by a quarter (shares: ten points) at least.
    More,
    /// Less than chance explains, and by as much.
    Less,
    /// A month within what is usual.
    Usual,
    /// More or less than usual, but so was the same month a year ago.
    AsLastYear,
    /// A quarter without a clear change, in which a halving would have shown four times in five.
    NoClearChange,
    /// A quarter of which nothing can be said, because too little is known to tell chance from change; or a month of which
    /// too many hours are unknown.
    CannotTell,
}

/// What a sentence says of a measure beside what is usual. The four that the words of a report have to know, and one for
/// the time of the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// More than usual.
    More,
    /// Less than usual.
    Less,
    /// As far from the usual as a year ago.
    AsLastYear,
    /// No clear change; a halving would have shown.
    HalvingWouldShow,
    /// It cannot be told whether there was a change.
    CannotTell,
}

/// What a sentence may say of a measure, by the verdict of its month or quarter. Every sentence that compares goes
/// through here, and where it is `None` there is none: of a month within what is usual (its usual range stands beside
/// it), of one whose verdict was told of the month before already, and of every measure that is not in [`JUDGED`].
pub fn comparison(measure: &str, verdict: Option<Verdict>) -> Option<Comparison> {
    if !JUDGED.contains(&measure) {
        return None;
    }
    match verdict? {
        Verdict::More => Some(Comparison::More),
        Verdict::Less => Some(Comparison::Less),
        Verdict::AsLastYear => Some(Comparison::AsLastYear),
        Verdict::NoClearChange => Some(Comparison::HalvingWouldShow),
        Verdict::CannotTell => Some(Comparison::CannotTell),
        Verdict::Usual => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_judged_is_compared_and_never_said_to_be_the_same() {
        let verdicts = [
            (Verdict::More, Some(Comparison::More)),
            (Verdict::Less, Some(Comparison::Less)),
            (Verdict::Usual, None),
            (Verdict::AsLastYear, Some(Comparison::AsLastYear)),
            (Verdict::NoClearChange, Some(Comparison::HalvingWouldShow)),
            (Verdict::CannotTell, Some(Comparison::CannotTell)),
        ];
        for (verdict, said) in verdicts {
            for measure in measure_id::ALL {
                let said = said.filter(|_| JUDGED.contains(measure));
                assert_eq!(comparison(measure, Some(verdict)), said, "{measure} {verdict:?}");
            }
        }
        assert_eq!(comparison(measure_id::POSTERS, None), None);
    }

    #[test]
    fn a_verdict_is_written_in_small_letters() {
        assert_eq!(serde_json::to_string(&Verdict::AsLastYear).unwrap(), r#""as_last_year""#);
        assert_eq!(serde_json::from_str::<Verdict>(r#""cannot_tell""#).unwrap(), Verdict::CannotTell);
    }
}

//! What the leads chose to try: the measure that it aims at, before it began and in the report's month.

use std::str::FromStr;

use hearth_shared::{
    month::Month,
    report::{Aim, Experiment, Measure, reason},
};
use polars::prelude::PolarsResult;
use serde::Deserialize;

use crate::{gate, measures, month_view::MonthView};

/// What is tried, as the bot says it to the worker, in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tried {
    /// In a lead's words.
    pub what: String,
    /// The id of the measure that it aims at.
    pub measure: String,
    /// Whether at more or at less of it.
    pub aim: Aim,
    /// The first month in which it was tried.
    pub since: Month,
}

impl FromStr for Tried {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let tried: Self = serde_json::from_str(text).map_err(|error| error.to_string())?;
        match measures::find(&tried.measure) {
            Some(_) => Ok(tried),
            None => Err(format!("there is no measure `{}`; `measure --list` shows them", tried.measure)),
        }
    }
}

/// What came of it by the month at `index`, or `None` where it began later or the log begins later than it.
///
/// # Errors
/// Where polars cannot compute a table.
pub fn outcome(tried: &Tried, views: &[MonthView<'_>], index: usize) -> PolarsResult<Option<Experiment>> {
    let Some(definition) = measures::find(&tried.measure) else { return Ok(None) };
    let Some(began) = views.iter().position(|view| view.facts.month == tried.since).filter(|began| *began <= index)
    else {
        return Ok(None);
    };
    let before = match began.checked_sub(1) {
        Some(before) => gate::measure(definition, &views[before])?,
        None => Measure::na(reason::LOG_STARTS_HERE, definition.unit),
    };
    Ok(Some(Experiment {
        what: tried.what.clone(),
        measure: tried.measure.clone(),
        unit: definition.unit.to_owned(),
        aim: tried.aim,
        since: tried.since,
        before: before.point(),
        after: gate::measure(definition, &views[index])?.point(),
    }))
}

#[cfg(test)]
mod tests {
    use hearth_shared::report::measure_id;

    use super::*;

    #[test]
    fn what_the_bot_says_is_understood_and_what_is_no_measure_is_named() {
        // What leads can aim at in the room.
        let measures = [
            measure_id::ACTIVE_MEMBERS,
            measure_id::EFFECTIVE_VOICES,
            measure_id::OPENER_REPLY_RATE,
            measure_id::NEWCOMER_UNANSWERED,
            measure_id::ISOLATED_SHARE,
            measure_id::ACTION_COMPLETION,
        ];
        for measure in measures {
            let text = format!(r#"{{"what": "more cake", "measure": "{measure}", "aim": "less", "since": "2026-11"}}"#);
            let tried: Tried = text.parse().unwrap();
            assert_eq!((tried.aim, tried.since.to_string().as_str()), (Aim::Less, "2026-11"));
        }
        let text = r#"{"what": "more cake", "measure": "cakes", "aim": "more", "since": "2026-11"}"#;
        assert!(text.parse::<Tried>().unwrap_err().contains("there is no measure `cakes`"));
        assert!("cake".parse::<Tried>().is_err());
    }
}

//! What the leads chose to try, as the bot says it.

use std::str::FromStr;

use hearth_shared::{
    month::Month,
    report::{Aim, measure_id},
};
use serde::Deserialize;

use crate::measures;

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
        // What was begun under an older Hearth may aim at what is exact now: it is shown, and not judged.
        match measure_id::ALL.contains(&tried.measure.as_str()) || measures::find(&tried.measure).is_some() {
            true => Ok(tried),
            false => Err(format!("there is no measure `{}`; `measure --list` shows them", tried.measure)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_bot_says_is_understood_and_what_is_no_measure_is_named() {
        // What leads can aim at in the room.
        let measures = [
            measure_id::POSTERS,
            measure_id::EFFECTIVE_VOICES,
            measure_id::TAKEN_UP,
            measure_id::NEW_POSTERS,
            "opener_reply_rate",
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

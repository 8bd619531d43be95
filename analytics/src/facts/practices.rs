//! What practices logged, as it stood at the end of each month: tables that are few rows, and made anew each time.
//!
//! A gathering, an action, a theme is a row in every month at whose end it was there, as it was then: what was done in May
//! is open in the rows of April. So a window of several months is a filter on the rows of one. All tables have `month`
//! (Int32), and those of gatherings the `room` (Int32) in whose order their rows come; days are counted from 1970-01-01
//! (Int32), where the community lives.
//!
//! What is counted are whole groups: a gathering of fewer than five people, or a pulse of fewer than ten sheets, enters no
//! sum. Whatever is subtracted from whatever, what remains is about groups that large.

use hearth_shared::{activity::Kind, month::Month};
use jiff::tz::TimeZone;
use polars::prelude::*;

use super::{
    actions, gatherings, sheets,
    stood::{any_of, ends, every, with_days},
    themes, worth,
};
use crate::frames::in_order;

/// What practices logged, as it stood at the end of each month.
#[derive(Clone, Debug, Default)]
pub struct Practices {
    /// Retrospectives and meetings: see `facts/gatherings.rs`.
    pub gatherings: DataFrame,
    /// Who led them: see `facts/gatherings.rs`.
    pub leads: DataFrame,
    /// What was agreed: see `facts/actions.rs`.
    pub actions: DataFrame,
    /// What retrospectives were about: see `facts/themes.rs`.
    pub themes: DataFrame,
    /// What people answered who were asked whether it was worth their time: see `facts/worth.rs`.
    pub worth: DataFrame,
    /// The sheets of pulses: see `facts/sheets.rs`.
    pub sheets: DataFrame,
    /// When rules were changed and Hearth was started: a row each, with the month (`at`, Int32) and the `kind` (UInt8).
    pub marks: DataFrame,
}

impl Practices {
    /// The tables of these months, given all that practices logged ([`Table::Practices`](super::Table::Practices)).
    ///
    /// # Errors
    /// Where polars cannot compute one.
    pub fn of(acts: &DataFrame, months: &[Month], zone: &TimeZone) -> PolarsResult<Self> {
        let (acts, months) = (with_days(acts, zone)?, ends(months, zone)?);
        let stood = every(acts.clone(), &months).filter(col("at").lt_eq(col("month"))).collect()?.lazy();
        let themes = themes::query(&stood).collect()?;
        let gatherings = gatherings::query(&stood, &themes)?.collect()?;
        let marks = any_of(&[Kind::RulesChanged, Kind::HearthStarted]);
        Ok(Self {
            leads: gatherings::leads(&stood)?.collect()?,
            actions: actions::query(&stood, &gatherings)?.collect()?,
            worth: worth::query(&acts, &months)?.collect()?,
            sheets: sheets::query(&acts, &months)?.collect()?,
            marks: in_order(stood.filter(marks).select(["month", "at", "kind"].map(col)), col("month")).collect()?,
            gatherings,
            themes,
        })
    }
}

//! What practices logged, as it stood when the month ended.

use std::collections::BTreeSet;

use super::MonthView;
use crate::{
    calendar,
    practices::{
        PracticeAct,
        actions::{self, Action},
        gatherings::{self, Gathering},
    },
};

impl MonthView<'_> {
    /// The acts of practices before the month's end.
    pub fn acts(&self) -> &[PracticeAct] {
        let (_, end) = self.facts.month.bounds(&self.history.zone);
        self.history.practices.until(end)
    }

    /// Those of them that fell in the month.
    pub fn acts_of_month(&self) -> &[PracticeAct] {
        let (begin, _) = self.facts.month.bounds(&self.history.zone);
        let acts = self.acts();
        &acts[acts.partition_point(|act| act.ts < begin)..]
    }

    /// The gatherings that began before the month's end.
    pub fn gatherings(&self) -> &[Gathering] {
        self.gatherings.get_or_init(|| gatherings::gatherings(self.acts()))
    }

    /// What was agreed in those of them that five people or more were at.
    pub fn actions(&self) -> &[Action] {
        self.actions.get_or_init(|| {
            let large: BTreeSet<i64> = self
                .gatherings()
                .iter()
                .filter(|gathering| gathering.is_large())
                .map(|gathering| gathering.id)
                .collect();
            let all = actions::actions(self.acts(), self.gatherings(), |ts| self.day(ts));
            all.into_iter().filter(|action| large.contains(&action.gathering)).collect()
        })
    }

    /// Whether something was agreed, and all of it among fewer than five people.
    pub fn only_few_agreed(&self) -> bool {
        let all = actions::actions(self.acts(), self.gatherings(), |ts| self.day(ts));
        !all.is_empty() && self.actions().is_empty()
    }

    /// How many people were at some of the gatherings: those who are known, or more where the bot counted more.
    pub fn people_at(&self, chosen: impl Fn(&Gathering) -> bool) -> u64 {
        let chosen = || self.gatherings().iter().filter(|gathering| chosen(gathering));
        let known: BTreeSet<i32> = chosen().flat_map(|gathering| gathering.people.iter().copied()).collect();
        chosen().map(Gathering::size).max().unwrap_or(0).max(known.len() as u64)
    }

    /// The local day of a time, counted from 1970-01-01.
    pub fn day(&self, ts: i64) -> i32 {
        calendar::day_number(ts, &self.history.zone)
    }

    /// The month's last day.
    pub fn last_day(&self) -> i32 {
        calendar::days_of(self.facts.month).map_or(0, |(_, last)| last)
    }

    /// The first day of the twelve months that end with this one.
    pub fn first_day_of_year(&self) -> i32 {
        self.facts.month.plus(-11).and_then(calendar::days_of).map_or(0, |(first, _)| first)
    }

    /// Whether a time lies in the month.
    pub fn is_in_month(&self, ts: i64) -> bool {
        let (begin, end) = self.facts.month.bounds(&self.history.zone);
        (begin..end).contains(&ts)
    }
}

//! What becomes of what retrospectives and meetings agree on.

use std::collections::BTreeSet;

use hearth_shared::report::{measure_id, reason};

use super::definition::{Definition, Formula, Tier};
use crate::{
    month_view::MonthView,
    practices::actions::{self, Action},
    raw::Raw,
    statistics::{kaplan_meier, median_survival, median_survival_interval},
};

/// Actions that were done.
pub const ACTION_COMPLETION: Definition = Definition {
    id: measure_id::ACTION_COMPLETION,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of the actions agreed in the twelve months to the month's end, in gatherings of five people or more, the share that is done, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "Few done: agree on fewer. Recent ones had little time, so read it beside the days to done; what was dropped counts as not done, though dropping may be right.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| Ok(share(view, &recent(view), actions::completed))),
};

/// Actions that were done by their day.
pub const ACTION_ON_TIME: Definition = Definition {
    id: measure_id::ACTION_ON_TIME,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the actions agreed in the twelve months to the month's end whose day is over, the share done by that day, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "Late is often a date chosen in hope. What was dropped before its day is left out.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        Ok(share(view, &recent(view), |actions| actions::on_time(actions, view.last_day())))
    }),
};

/// How long actions take.
pub const ACTION_DAYS_TO_DONE: Definition = Definition {
    id: measure_id::ACTION_DAYS_TO_DONE,
    unit: "days",
    tier: Tier::Section,
    definition: "Median days from agreeing to done, by Kaplan and Meier, over actions agreed in the twelve months to the month's end; open and dropped ones count for as long as they were open.",
    source: "Kaplan and Meier 1958; interval of Brookmeyer and Crowley 1982.",
    caveat: "Longer than the finished ones alone say, because the slow ones are still open. Not known while fewer than half are done.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        let actions = recent(view);
        let curve = kaplan_meier(&actions::days_to_done(&actions, view.last_day()));
        let value = median_survival(&curve);
        let reason = if actions.is_empty() { reason::NO_ACTIONS } else { reason::NOT_REACHED };
        Ok(Raw { reason: Some(reason), interval: median_survival_interval(&curve), value, ..about(view, &actions) })
    }),
};

/// How old open actions are.
pub const OPEN_ACTION_AGE: Definition = Definition {
    id: measure_id::OPEN_ACTION_AGE,
    unit: "days",
    tier: Tier::Headline,
    definition: "Median age in days, at the month's end, of the actions that are neither done nor dropped.",
    source: "Ageing of work in progress.",
    caveat: "Old ones want a new owner or a farewell. It falls when new actions are agreed, too.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        let all = view.actions();
        let open: Vec<Action> = all.iter().filter(|action| action.done.or(action.dropped).is_none()).copied().collect();
        let reason = if all.is_empty() { reason::NO_ACTIONS } else { reason::NONE_OPEN };
        let value = actions::open_age(&open, view.last_day());
        Ok(Raw { value, reason: Some(reason), ..about(view, &open) })
    }),
};

/// Actions that the next gathering found undone.
pub const ACTION_CARRY_OVER: Definition = Definition {
    id: measure_id::ACTION_CARRY_OVER,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the actions agreed in the twelve months to the month's end whose room has met again since, the share that was neither done nor dropped by then, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "What is always carried over is too large, or nobody's: split it, or let it go.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| Ok(share(view, &recent(view), actions::carried_over))),
};

/// The actions of the twelve months to the month's end.
fn recent(view: &MonthView<'_>) -> Vec<Action> {
    let first = view.first_day_of_year();
    view.actions().iter().filter(|action| action.agreed >= first).copied().collect()
}

/// What is said about actions is about everybody at the gatherings that agreed on them.
fn about(view: &MonthView<'_>, actions: &[Action]) -> Raw {
    let ids: BTreeSet<i64> = actions.iter().map(|action| action.gathering).collect();
    let people = view.people_at(|gathering| ids.contains(&gathering.id));
    let n = actions.len() as u64;
    // A number of actions is none of people; where every gathering was too small to be counted, that is what is said.
    if view.only_few_agreed() {
        return Raw::too_few();
    }
    Raw { n, people, reason: Some(reason::NO_ACTIONS), ..Raw::default() }
}

fn share(view: &MonthView<'_>, actions: &[Action], count: impl Fn(&[Action]) -> (u64, u64)) -> Raw {
    let (part, whole) = count(actions);
    let Raw { value, n, interval, .. } = Raw::share(part, whole);
    let about = about(view, actions);
    if about == Raw::too_few() { about } else { Raw { value, n, interval, ..about } }
}

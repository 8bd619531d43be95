//! What becomes of what retrospectives and meetings agree on.

use hearth_shared::report::{exact_id, reason};
use hearth_statistics::survival::{kaplan_meier, median_survival, median_survival_interval};
use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows, known, whole},
};
use crate::{facts::gatherings, raw::Raw};

/// Actions that were done.
pub const ACTION_COMPLETION: Definition = Definition {
    id: exact_id::ACTION_COMPLETION,
    unit: "share",
    tier: Tier::Headline,
    definition: "Of the actions agreed in the twelve months to the month's end, in gatherings of five people or more, the share that is done, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "Few done: agree on fewer. Recent ones had little time, so read it beside the days to done; what was dropped counts as not done, though dropping may be right.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| share(col("done").is_not_null(), lit(true))),
};

/// Actions that were done by their day.
pub const ACTION_ON_TIME: Definition = Definition {
    id: exact_id::ACTION_ON_TIME,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the actions agreed in the twelve months to the month's end whose day is over, the share done by that day, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "Late is often a date chosen in hope. What was dropped before its day is left out.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        // What was dropped before its day was never late.
        let kept = col("dropped").is_null().or(col("dropped").gt(col("due")));
        share(col("done").lt_eq(col("due")), col("due").lt(col("today")).and(kept))
    }),
};

/// How long actions take.
pub const ACTION_DAYS_TO_DONE: Definition = Definition {
    id: exact_id::ACTION_DAYS_TO_DONE,
    unit: "days",
    tier: Tier::Section,
    definition: "Median days from agreeing to done, by Kaplan and Meier, over actions agreed in the twelve months to the month's end; open and dropped ones count for as long as they were open.",
    source: "Kaplan and Meier 1958; interval of Brookmeyer and Crowley 1982.",
    caveat: "Longer than the finished ones alone say, because the slow ones are still open. Not known while fewer than half are done.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        about(recent(), Vec::new(), |it| of_those(it, Raw::default())).and_then(|raw, view| {
            let curve = kaplan_meier(&days_to_done(view.rows(&view.history.practices.actions)?)?);
            let reason = if raw.n == 0 { raw.reason } else { Some(reason::NOT_REACHED) };
            Ok(Raw { value: median_survival(&curve), interval: median_survival_interval(&curve), reason, ..raw })
        })
    }),
};

/// How old open actions are.
pub const OPEN_ACTION_AGE: Definition = Definition {
    id: exact_id::OPEN_ACTION_AGE,
    unit: "days",
    tier: Tier::Headline,
    definition: "Median age in days, at the month's end, of the actions that are neither done nor dropped.",
    source: "Ageing of work in progress.",
    caveat: "Old ones want a new owner or a farewell. It falls when new actions are agreed, too.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        let open = || col("is_large").and(is_open());
        let age = (col("today") - col("agreed")).filter(open()).quantile(lit(0.5), QuantileMethod::Linear);
        about(open(), vec![age], |it| {
            let reason = if it[1] > 0.0 { reason::NONE_OPEN } else { reason::NO_ACTIONS };
            of_those(it, Raw { value: known(it[GROUP]), reason: Some(reason), ..Raw::default() })
        })
    }),
};

/// Actions that the next gathering found undone.
pub const ACTION_CARRY_OVER: Definition = Definition {
    id: exact_id::ACTION_CARRY_OVER,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the actions agreed in the twelve months to the month's end whose room has met again since, the share that was neither done nor dropped by then, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "What is always carried over is too large, or nobody's: split it, or let it go.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| share(settled().is_null().or(settled().gt_eq(col("next"))), col("next").is_not_null())),
};

/// Whether an action was agreed in the twelve months to the month's end, in a gathering that is large enough.
fn recent() -> Expr {
    col("is_large").and(col("agreed").gt_eq(col("since")))
}

/// Whether it is neither done nor dropped.
fn is_open() -> Expr {
    col("done").is_null().and(col("dropped").is_null())
}

/// When it was over, one way or the other.
fn settled() -> Expr {
    col("done").fill_null(col("dropped"))
}

/// What is said about actions is about everybody at the gatherings that agreed on them. It comes after the columns of
/// [`GROUP`].
fn about(chosen: Expr, more: Vec<Expr>, raw: fn(&[f64]) -> Raw) -> Query {
    let group = vec![
        len(),
        col("is_large").sum(),
        chosen.clone().sum(),
        col("size").filter(chosen.clone()).max(),
        gatherings::people(col("known").filter(chosen)),
    ];
    Query::new(Rows::Actions, [group, more].concat(), raw)
}

/// How many columns say who actions are about.
const GROUP: usize = 5;

/// A value about the people who agreed. A number of actions is none of people; where every gathering was too small to be
/// counted, that is what is said.
fn of_those(it: &[f64], value: Raw) -> Raw {
    let [all, large, n, size, known] = [0, 1, 2, 3, 4].map(|at| whole(it[at]));
    if all > 0 && large == 0 {
        return Raw::too_few();
    }
    Raw { n, people: size.max(known), reason: value.reason.or(Some(reason::NO_ACTIONS)), ..value }
}

/// A share of those recent actions that can be judged.
fn share(part: Expr, judged: Expr) -> Query {
    let judged = recent().and(judged);
    about(recent(), vec![judged.clone().and(part).sum(), judged.sum()], |it| {
        let share = Raw::share(whole(it[GROUP]), whole(it[GROUP + 1]));
        let n = share.n;
        let raw = of_those(it, share);
        if raw == Raw::too_few() { raw } else { Raw { n, ..raw } }
    })
}

/// Days from agreeing on the recent actions of a month to done, `true` where one was done, `false` where it was dropped or
/// is open at the month's end.
fn days_to_done(actions: DataFrame) -> PolarsResult<Vec<(f64, bool)>> {
    let days = (settled().fill_null(col("today")) - col("agreed")).cast(DataType::Float64);
    let is_done = col("done").is_not_null();
    let table = actions.lazy().filter(recent()).select([days.alias("days"), is_done.alias("is_done")]).collect()?;
    let (days, is_done) = (table.column("days")?.f64()?, table.column("is_done")?.bool()?);
    Ok(days.iter().flatten().zip(is_done.iter().flatten()).collect())
}

#[cfg(test)]
mod tests {
    use hearth_shared::activity::Kind;

    use super::*;
    use crate::{
        calendar::DAY,
        gold::close,
        lab::{PracticeAct, practices},
    };

    /// Days since 2024-01-01.
    const JAN: i64 = 0;
    const FEB: i64 = 31;
    const MAR: i64 = 60;
    const APR: i64 = 91;
    /// And how many lie between that day and 1970.
    const EPOCH: i64 = 19_723;

    fn act(id: i64, day: i64, kind: Kind, thread: Option<i64>, value: Option<i64>) -> PracticeAct {
        PracticeAct { id, room: 1, person: None, kind, ts: (EPOCH + day) * DAY, reply_to: None, thread, value }
    }

    /// A retrospective of five.
    fn retro(id: i64, day: i64) -> [PracticeAct; 2] {
        let closed =
            PracticeAct { ts: (EPOCH + day) * DAY + 1, ..act(id + 50, day, Kind::RetroClosed, Some(id), Some(5)) };
        [act(id, day, Kind::RetroStarted, None, None), closed]
    }

    fn agreed(id: i64, retro: i64, day: i64, due: Option<i64>) -> PracticeAct {
        act(id, day, Kind::ActionAgreed, Some(retro), due.map(|due| EPOCH + due))
    }

    fn ends(kind: Kind, id: i64, action: i64, day: i64) -> PracticeAct {
        PracticeAct { reply_to: Some(action), ..act(id, day, kind, None, None) }
    }

    /// Three retrospectives and six actions, three of them done, the last of these after its day; at the end of March.
    fn hand_made() -> DataFrame {
        let done = |id, action, day| ends(Kind::ActionDone, id, action, day);
        let retros = [retro(100, JAN + 14), retro(200, FEB + 14), retro(300, MAR + 14)].concat();
        let mut acts = vec![
            agreed(1, 100, JAN + 14, Some(JAN + 30)),
            agreed(2, 100, JAN + 14, Some(FEB + 9)),
            agreed(3, 100, JAN + 14, None),
            agreed(4, 200, FEB + 14, Some(MAR)),
            agreed(5, 200, FEB + 14, Some(MAR + 14)),
            agreed(6, 300, MAR + 14, Some(APR + 14)),
            done(11, 1, JAN + 27),
            done(12, 2, MAR),
            done(14, 4, FEB + 19),
        ];
        acts.extend(retros);
        practices(&acts, &["2024-03"]).actions
    }

    /// A share as how many of how many.
    fn counts(definition: &Definition, actions: &DataFrame) -> (f64, u64) {
        let Raw { value, n, .. } = definition.over(actions.clone());
        ((value.unwrap_or_default() * n as f64).round(), n)
    }

    #[test]
    fn what_became_of_actions_agrees_with_gold() {
        let actions = hand_made();
        let raw = ACTION_COMPLETION.over(actions.clone());
        close(raw.value.unwrap(), 0.5);
        let [low, high] = raw.interval.unwrap();
        close(low, 0.187_616_306_482_650_6);
        close(high, 0.812_383_693_517_349_4);
        assert_eq!((raw.n, raw.people), (6, 5));
        assert_eq!(counts(&ACTION_ON_TIME, &actions), (2.0, 4));
        assert_eq!(counts(&ACTION_CARRY_OVER, &actions), (3.0, 5));
        close(OPEN_ACTION_AGE.over(actions).value.unwrap(), 45.0);
    }

    #[test]
    fn days_to_done_agree_with_gold_and_are_longer_than_the_finished_ones_say() {
        let days = days_to_done(hand_made()).unwrap();
        let curve = kaplan_meier(&days);
        let shown: Vec<_> = curve.iter().map(|step| (step.time, step.at_risk, step.events)).collect();
        assert_eq!(shown, [(5.0, 6, 1), (13.0, 5, 1), (46.0, 2, 1)]);
        for (step, survival) in curve.iter().zip([5.0 / 6.0, 2.0 / 3.0, 1.0 / 3.0]) {
            close(step.survival, survival);
        }
        assert_eq!(median_survival(&curve), Some(46.0));
        let mut finished: Vec<f64> = days.iter().filter(|(_, done)| *done).map(|(days, _)| *days).collect();
        finished.sort_by(f64::total_cmp);
        assert_eq!(finished[1], 13.0);
    }

    #[test]
    fn what_is_dropped_is_settled_and_not_done() {
        let judged = |dropped, due| {
            let end = ends(Kind::ActionDropped, 2, 1, dropped);
            let acts = [retro(100, 0).to_vec(), vec![agreed(1, 100, 0, Some(due)), end], retro(200, 10).to_vec()];
            practices(&acts.concat(), &["2024-01"]).actions
        };
        let early = judged(3, 5);
        let all = [&ACTION_COMPLETION, &ACTION_CARRY_OVER, &ACTION_ON_TIME].map(|of| counts(of, &early));
        assert_eq!(all, [(0.0, 1), (0.0, 1), (0.0, 0)]);
        let open = OPEN_ACTION_AGE.over(early.clone());
        assert_eq!((open.value, open.reason), (None, Some(reason::NONE_OPEN)));
        assert_eq!(days_to_done(early).unwrap(), [(3.0, false)]);
        assert_eq!(counts(&ACTION_ON_TIME, &judged(8, 5)), (0.0, 1));
        assert_eq!(counts(&ACTION_ON_TIME, &judged(8, 30)), (0.0, 0), "its day is not over");
    }

    #[test]
    fn the_first_end_counts_and_strangers_have_none() {
        let mut acts = vec![
            agreed(1, 100, 0, None),
            act(7, 0, Kind::ActionAgreed, None, None),
            ends(Kind::ActionDone, 2, 1, 4),
            ends(Kind::ActionDone, 3, 1, 6),
            ends(Kind::ActionDone, 4, 99, 6),
            ends(Kind::ActionDropped, 5, 1, -1),
        ];
        acts.extend(retro(100, 0));
        let actions = practices(&acts, &["2024-01"]).actions;
        assert_eq!(actions.height(), 1, "what nobody gathered for is nobody's agreement");
        assert_eq!(actions.column("done").unwrap().i32().unwrap().get(0), Some(EPOCH as i32 + 4));
    }

    #[test]
    fn what_was_done_later_was_open_at_the_months_end_and_what_is_old_is_not_recent() {
        let mut acts = vec![agreed(1, 100, 10, None), ends(Kind::ActionDone, 2, 1, FEB + 3)];
        acts.extend(retro(100, 10));
        let all = practices(&acts, &["2024-01", "2024-02", "2025-01"]).actions;
        let of = |month: i32| {
            let rows = all.clone().lazy().filter(col("month").eq(lit(2024 * 12 + month))).collect().unwrap();
            (OPEN_ACTION_AGE.over(rows.clone()).value, counts(&ACTION_COMPLETION, &rows))
        };
        assert_eq!(of(0), (Some(20.0), (0.0, 1)));
        assert_eq!(of(1), (None, (1.0, 1)));
        assert_eq!(of(12), (None, (0.0, 0)));
    }

    #[test]
    fn what_few_agreed_is_not_counted() {
        let mut acts = vec![agreed(1, 100, 0, None), agreed(2, 100, 0, None)];
        acts.extend(retro(100, 0).map(|act| PracticeAct { value: act.value.map(|_| 4), ..act }));
        assert_eq!(ACTION_COMPLETION.over(practices(&acts, &["2024-01"]).actions), Raw::too_few());
        acts.push(agreed(3, 200, 0, None));
        acts.extend(retro(200, 0));
        assert_eq!(counts(&ACTION_COMPLETION, &practices(&acts, &["2024-01"]).actions), (0.0, 1));
    }
}

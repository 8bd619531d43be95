//! What was agreed to be done, and what became of it.

use std::collections::{BTreeMap, HashMap};

use hearth_shared::activity::Kind;

use super::{PracticeAct, gatherings::Gathering};
use crate::statistics::quantile;

/// Something that a gathering agreed to do. Days are counted from 1970-01-01, in the community's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Action {
    /// The gathering that agreed on it.
    pub gathering: i64,
    /// When.
    pub agreed: i32,
    /// The last day on which it is in time.
    pub due: Option<i32>,
    /// When it was done.
    pub done: Option<i32>,
    /// When it was dropped without being done.
    pub dropped: Option<i32>,
    /// The day on which the next gathering in the same room began.
    pub next: Option<i32>,
}

impl Action {
    /// When it was over, one way or the other.
    fn settled(&self) -> Option<i32> {
        self.done.or(self.dropped)
    }
}

/// The actions that `gatherings` agreed on, judged by acts that all lie before one time. `day` is the day of a time.
pub fn actions(acts: &[PracticeAct], gatherings: &[Gathering], day: impl Fn(i64) -> i32) -> Vec<Action> {
    let began: BTreeMap<i64, (i32, i64)> =
        gatherings.iter().map(|gathering| (gathering.id, (gathering.room, gathering.began))).collect();
    let next = |(room, began): (i32, i64)| {
        let later = gatherings.iter().find(|gathering| gathering.room == room && gathering.began > began);
        later.map(|gathering| day(gathering.began))
    };
    let (mut actions, mut place) = (Vec::new(), HashMap::new());
    for act in acts {
        match (act.kind, act.thread) {
            (Kind::ActionAgreed, Some(gathering)) => {
                let Some(from) = began.get(&gathering) else { continue };
                place.insert(act.id, actions.len());
                let due = act.value.and_then(|value| i32::try_from(value).ok());
                let agreed = day(act.ts);
                actions.push(Action { gathering, agreed, due, done: None, dropped: None, next: next(*from) });
            }
            (Kind::ActionDone | Kind::ActionDropped, _) => {
                let action = act.reply_to.and_then(|id| place.get(&id)).and_then(|at| actions.get_mut(*at));
                if let Some(action) = action.filter(|action| action.settled().is_none()) {
                    let settled = if act.kind == Kind::ActionDone { &mut action.done } else { &mut action.dropped };
                    *settled = Some(day(act.ts));
                }
            }
            _ => {}
        }
    }
    actions
}

/// How many are done, of how many.
pub fn completed(actions: &[Action]) -> (u64, u64) {
    (actions.iter().filter(|action| action.done.is_some()).count() as u64, actions.len() as u64)
}

/// How many were done by the day that they were due, of those whose day is over on `today`. What was dropped before
/// its day was never late.
pub fn on_time(actions: &[Action], today: i32) -> (u64, u64) {
    let due = actions.iter().filter_map(|action| Some((action, action.due?)));
    let judged = due.filter(|(action, due)| *due < today && action.dropped.is_none_or(|day| day > *due));
    judged.fold((0, 0), |(part, whole), (action, due)| {
        (part + u64::from(action.done.is_some_and(|day| day <= due)), whole + 1)
    })
}

/// How many were neither done nor dropped when their room met again, of those whose room did.
pub fn carried_over(actions: &[Action]) -> (u64, u64) {
    let met_again = actions.iter().filter_map(|action| Some((action, action.next?)));
    met_again.fold((0, 0), |(part, whole), (action, next)| {
        (part + u64::from(action.settled().is_none_or(|day| day >= next)), whole + 1)
    })
}

/// The ages in days of those that are open on `today`, ascending.
pub fn open_ages(actions: &[Action], today: i32) -> Vec<f64> {
    let open = actions.iter().filter(|action| action.settled().is_none());
    let mut ages: Vec<f64> = open.map(|action| f64::from(today - action.agreed)).collect();
    ages.sort_by(f64::total_cmp);
    ages
}

/// The median of [`open_ages`].
pub fn open_age(actions: &[Action], today: i32) -> Option<f64> {
    quantile(&open_ages(actions, today), 0.5)
}

/// Days to done, `true` where it was done, `false` where it was dropped or is open on `today`.
pub fn days_to_done(actions: &[Action], today: i32) -> Vec<(f64, bool)> {
    let until = |action: &Action| f64::from(action.settled().unwrap_or(today) - action.agreed);
    actions.iter().map(|action| (until(action), action.done.is_some())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gold::close,
        practices::gatherings::gatherings,
        statistics::{kaplan_meier, median_survival, wilson},
    };

    /// Days since 2024-01-01.
    const JAN: i64 = 0;
    const FEB: i64 = 31;
    const MAR: i64 = 60;
    const APR: i64 = 91;
    const TODAY: i32 = 90;

    fn act(
        id: i64,
        day: i64,
        kind: Kind,
        points_at: Option<i64>,
        thread: Option<i64>,
        value: Option<i64>,
    ) -> PracticeAct {
        PracticeAct { id, room: 1, person: None, kind, ts: day, reply_to: points_at, thread, value }
    }

    /// Three retrospectives and six actions, three of them done, the last of these after its day.
    fn hand_made() -> Vec<Action> {
        let retro = |id, day| act(id, day, Kind::RetroStarted, None, None, None);
        let agreed = |id, retro, day, due| act(id, day, Kind::ActionAgreed, None, Some(retro), due);
        let done = |id, action, day| act(id, day, Kind::ActionDone, Some(action), None, None);
        let mut acts = vec![
            retro(100, JAN + 14),
            retro(200, FEB + 14),
            retro(300, MAR + 14),
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
        acts.sort_by_key(|act| (act.ts, -act.id));
        actions(&acts, &gatherings(&acts), |ts| ts as i32)
    }

    #[test]
    fn what_became_of_actions_agrees_with_gold() {
        let actions = hand_made();
        let (done, all) = completed(&actions);
        close(done as f64 / all as f64, 0.5);
        let [low, high] = wilson(done, all).unwrap();
        close(low, 0.187_616_306_482_650_6);
        close(high, 0.812_383_693_517_349_4);
        assert_eq!(on_time(&actions, TODAY), (2, 4));
        assert_eq!(carried_over(&actions), (3, 5));
        close(open_age(&actions, TODAY).unwrap(), 45.0);
    }

    #[test]
    fn days_to_done_agree_with_gold_and_are_longer_than_the_finished_ones_say() {
        let days = days_to_done(&hand_made(), TODAY);
        let curve = kaplan_meier(&days);
        let shown: Vec<_> = curve.iter().map(|step| (step.time, step.at_risk, step.events)).collect();
        assert_eq!(shown, [(5.0, 6, 1), (13.0, 5, 1), (46.0, 2, 1)]);
        for (step, survival) in curve.iter().zip([5.0 / 6.0, 2.0 / 3.0, 1.0 / 3.0]) {
            close(step.survival, survival);
        }
        assert_eq!(median_survival(&curve), Some(46.0));
        let mut finished: Vec<f64> = days.iter().filter(|(_, done)| *done).map(|(days, _)| *days).collect();
        finished.sort_by(f64::total_cmp);
        assert_eq!(quantile(&finished, 0.5), Some(13.0));
    }

    #[test]
    fn what_is_dropped_is_settled_and_not_done() {
        let retro = act(100, 0, Kind::RetroStarted, None, None, None);
        let agreed = act(1, 0, Kind::ActionAgreed, None, Some(100), Some(5));
        let dropped = |day| act(2, day, Kind::ActionDropped, Some(1), None, None);
        let again = act(200, 10, Kind::RetroStarted, None, None, None);
        let judged = |day| {
            let mut acts = vec![retro, agreed, dropped(day), again];
            acts.sort_by_key(|act| act.ts);
            actions(&acts, &gatherings(&acts), |ts| ts as i32)
        };
        let early = judged(3);
        assert_eq!((completed(&early), carried_over(&early), on_time(&early, 20)), ((0, 1), (0, 1), (0, 0)));
        assert_eq!(open_age(&early, 20), None);
        assert_eq!(days_to_done(&early, 20), [(3.0, false)]);
        assert_eq!(on_time(&judged(8), 20), (0, 1));
        assert_eq!(on_time(&judged(8), 5), (0, 0), "its day is not over");
    }

    #[test]
    fn the_first_end_counts_and_strangers_have_none() {
        let acts = [
            act(100, 0, Kind::RetroStarted, None, None, None),
            act(1, 0, Kind::ActionAgreed, None, Some(100), None),
            act(7, 0, Kind::ActionAgreed, None, None, None),
            act(2, 4, Kind::ActionDone, Some(1), None, None),
            act(3, 6, Kind::ActionDone, Some(1), None, None),
            act(4, 6, Kind::ActionDone, Some(99), None, None),
        ];
        let actions = actions(&acts, &gatherings(&acts), |ts| ts as i32);
        assert_eq!(actions.len(), 1, "what nobody gathered for is nobody's agreement");
        assert_eq!(actions[0].done, Some(4));
    }
}

//! Retrospectives and meetings: who was there, who led, and whether it was worth the time.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::{
    activity::{FACILITATOR, Kind},
    report::MIN_PEOPLE,
};

use super::PracticeAct;

/// A retrospective or a meeting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Gathering {
    /// The act that its acts point at.
    pub id: i64,
    /// The room.
    pub room: i32,
    /// Whether it was a meeting; otherwise it was a retrospective.
    pub is_meeting: bool,
    /// When it began, as far as its acts tell.
    pub began: i64,
    /// When the retrospective was closed.
    pub closed: Option<i64>,
    /// Everybody who is known to have been there.
    pub people: BTreeSet<i32>,
    /// How many the bot counted, where it said so.
    pub counted: u64,
    /// Who facilitated.
    pub facilitators: BTreeSet<i32>,
    /// Its themes, by their rows in the table of labels.
    pub themes: BTreeSet<i64>,
}

impl Gathering {
    /// How many people were there: those who are known, or more where the bot counted more.
    pub fn size(&self) -> u64 {
        (self.people.len() as u64).max(self.counted)
    }

    /// Whether enough people were there for anything to be said about it.
    pub fn is_large(&self) -> bool {
        self.size() >= MIN_PEOPLE
    }
}

/// The gatherings that acts tell of, in the order in which they began.
pub fn gatherings(acts: &[PracticeAct]) -> Vec<Gathering> {
    let mut found: BTreeMap<i64, Gathering> = BTreeMap::new();
    for act in acts {
        let id = match act.kind {
            Kind::RetroStarted | Kind::MeetingHeld => act.id,
            Kind::RetroJoined
            | Kind::RetroTheme
            | Kind::RetroClosed
            | Kind::RotiAnswered
            | Kind::ActionAgreed
            | Kind::Facilitated
            | Kind::Attended => match act.thread {
                Some(thread) => thread,
                None => continue,
            },
            _ => continue,
        };
        let fresh = || Gathering { id, room: act.room, began: act.ts, ..Gathering::default() };
        let gathering = found.entry(id).or_insert_with(fresh);
        // Whoever closes or holds it for the bot need not be one of the group; everybody else was there.
        if !matches!(act.kind, Kind::RetroClosed | Kind::MeetingHeld | Kind::RotiAnswered) {
            gathering.people.extend(act.person);
        }
        gathering.is_meeting |= matches!(act.kind, Kind::MeetingHeld | Kind::Attended);
        match act.kind {
            Kind::RetroClosed => {
                gathering.closed = Some(act.ts);
                gathering.counted = act.value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0);
            }
            Kind::RetroTheme => gathering.themes.extend(act.value),
            Kind::Facilitated if act.value == Some(FACILITATOR) => gathering.facilitators.extend(act.person),
            _ => {}
        }
    }
    // A retrospective that nobody else was seen to lead was led by who started it.
    for act in acts.iter().filter(|act| act.kind == Kind::RetroStarted) {
        if let Some(gathering) = found.get_mut(&act.id).filter(|gathering| gathering.facilitators.is_empty()) {
            gathering.facilitators.extend(act.person);
        }
    }
    let mut gatherings: Vec<Gathering> = found.into_values().collect();
    gatherings.sort_by_key(|gathering| (gathering.began, gathering.id));
    gatherings
}

/// How the turns to facilitate were shared.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rotation {
    /// How many facilitators, taking equally many turns, would share them as evenly (Hill number of order 1).
    pub effective: f64,
    /// The largest share of turns that one person took.
    pub most: f64,
}

/// How turns were shared; a turn of several people is shared between them. `None` of no turns.
pub fn rotation<'a>(turns: impl Iterator<Item = &'a BTreeSet<i32>>) -> Option<Rotation> {
    let (mut taken, mut all) = (BTreeMap::new(), 0.0);
    for turn in turns.filter(|turn| !turn.is_empty()) {
        all += 1.0;
        for person in turn {
            *taken.entry(*person).or_insert(0.0) += 1.0 / turn.len() as f64;
        }
    }
    let shares: Vec<f64> = taken.into_values().map(|turns: f64| turns / all).collect();
    let entropy: f64 = shares.iter().map(|share| -share * share.ln()).sum();
    let most = shares.iter().copied().reduce(f64::max)?;
    Some(Rotation { effective: entropy.max(0.0).exp(), most })
}

/// Answers to "was this worth your time?" (0 to 4), a gathering a list.
pub fn worth(acts: &[PracticeAct]) -> BTreeMap<i64, Vec<f64>> {
    let mut answers: BTreeMap<i64, Vec<f64>> = BTreeMap::new();
    for act in acts.iter().filter(|act| act.kind == Kind::RotiAnswered) {
        if let (Some(thread), Some(value @ 0..=4)) = (act.thread, act.value) {
            answers.entry(thread).or_default().push(value as f64);
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use hearth_shared::activity::NOTE_TAKER;

    use super::*;
    use crate::gold::close;

    const RETRO: i64 = 1;

    fn act(id: i64, person: i32, kind: Kind, value: Option<i64>) -> PracticeAct {
        PracticeAct { id, room: 1, person: Some(person), kind, ts: id, reply_to: None, thread: Some(RETRO), value }
    }

    #[test]
    fn turns_agree_with_gold() {
        let [ana, ben, cai] = [1, 2, 3].map(|person| BTreeSet::from([person]));
        let rotation = rotation([&ana, &ana, &ben, &ana, &cai, &ben].into_iter()).unwrap();
        close(rotation.effective, 2.749_459_273_997_205);
        close(rotation.most, 0.5);
    }

    #[test]
    fn one_turn_is_one_and_a_pair_counts_half_each() {
        let pair = BTreeSet::from([1, 2]);
        assert_eq!(rotation([&BTreeSet::from([1])].into_iter()), Some(Rotation { effective: 1.0, most: 1.0 }));
        assert_eq!(rotation([&pair].into_iter()).unwrap().most, 0.5);
        assert_eq!(rotation([&BTreeSet::new()].into_iter()), None);
    }

    #[test]
    fn who_starts_a_retrospective_leads_it_unless_somebody_else_is_said_to() {
        let started = PracticeAct { id: RETRO, thread: None, ..act(RETRO, 7, Kind::RetroStarted, None) };
        let joined = act(2, 8, Kind::RetroJoined, None);
        let alone = gatherings(&[started, joined]);
        assert_eq!(alone[0].facilitators, BTreeSet::from([7]));
        assert_eq!(alone[0].people, BTreeSet::from([7, 8]));
        let notes = act(3, 7, Kind::Facilitated, Some(NOTE_TAKER));
        let handed_over = gatherings(&[started, joined, notes, act(4, 8, Kind::Facilitated, Some(FACILITATOR))]);
        assert_eq!(handed_over[0].facilitators, BTreeSet::from([8]));
    }

    #[test]
    fn people_who_may_not_be_counted_still_make_a_group() {
        let closed = PracticeAct { person: None, ..act(9, 0, Kind::RetroClosed, Some(6)) };
        let gatherings = gatherings(&[act(2, 8, Kind::RetroJoined, None), closed]);
        assert_eq!((gatherings[0].people.len(), gatherings[0].size()), (1, 6));
        assert_eq!(gatherings[0].closed, Some(9));
    }

    #[test]
    fn an_answer_off_the_scale_is_no_answer() {
        let answer = |id, value| PracticeAct { person: None, ..act(id, 0, Kind::RotiAnswered, Some(value)) };
        assert_eq!(worth(&[answer(2, 4), answer(3, 5), answer(4, -1), answer(5, 0)])[&RETRO], [4.0, 0.0]);
    }
}

//! Pulses: anonymous sheets of answers, and how safe people feel (Edmondson 1999).

use std::collections::BTreeMap;

use hearth_shared::{activity::Kind, report::item_id};

use super::PracticeAct;
use crate::{calendar::DAY, statistics::Z, suppress::is_small};

/// A pulse needs so many sheets before anything is said of it.
pub const MIN_SHEETS: u64 = 10;

/// What the items 1 to 7 of a pulse are about: how safe people feel.
pub const NAMES: [&str; ITEMS] = [
    item_id::MISTAKES,
    item_id::PROBLEMS,
    item_id::DIFFERENCE,
    item_id::RISK,
    item_id::HELP,
    item_id::EFFORT,
    item_id::SKILLS,
];

/// How many they are.
pub const ITEMS: usize = 7;
/// The item that asks whether people would recommend the community, counted from 0.
const RECOMMEND: usize = 7;
/// The best answer to an item; the worst is 1.
const TOP: i64 = 7;
/// The items where a high answer means little safety, counted from 0.
const REVERSED: [usize; 3] = [0, 2, 4];
/// A sheet with fewer answers has no score.
const ANSWERS: usize = 5;

/// For so long after it is asked, a pulse takes answers, in milliseconds: 14 days.
pub const OPEN: i64 = 14 * DAY;

/// One person's answers, 1 to 7, as given.
pub type Sheet = [Option<f64>; ITEMS];

/// A pulse and its sheets.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pulse {
    /// When it was asked.
    pub asked: i64,
    /// How many people were asked.
    pub people: u64,
    /// The answers that came in time.
    pub sheets: Vec<Sheet>,
    /// What those who answered item 8 gave: how likely they would recommend the community, 0 to 10.
    pub recommend: Vec<i64>,
}

/// The pulses that acts tell of, in the order in which they were asked.
pub fn pulses(acts: &[PracticeAct]) -> Vec<Pulse> {
    let asked = acts.iter().filter(|act| act.kind == Kind::PulseAsked);
    let mut sheets: BTreeMap<i64, BTreeMap<i64, Sheet>> = BTreeMap::new();
    let mut recommend: BTreeMap<i64, BTreeMap<i64, i64>> = BTreeMap::new();
    let times: BTreeMap<i64, i64> = asked.clone().map(|act| (act.id, act.ts)).collect();
    for act in acts.iter().filter(|act| act.kind == Kind::PulseAnswered) {
        let (Some(pulse), Some(sheet), Some(value)) = (act.thread, act.reply_to, act.value) else { continue };
        let in_time = times.get(&pulse).is_some_and(|asked| (*asked..*asked + OPEN).contains(&act.ts));
        let (item, score) = (value.div_euclid(100), value.rem_euclid(100));
        let item = usize::try_from(item - 1).unwrap_or(ITEMS);
        if in_time && item == RECOMMEND && (0..=10).contains(&score) {
            recommend.entry(pulse).or_default().insert(sheet, score);
        }
        if in_time && item < ITEMS && (1..=TOP).contains(&score) {
            sheets.entry(pulse).or_default().entry(sheet).or_default()[item] = Some(score as f64);
        }
    }
    asked
        .map(|act| Pulse {
            asked: act.ts,
            people: act.value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0),
            sheets: sheets.remove(&act.id).unwrap_or_default().into_values().collect(),
            recommend: recommend.remove(&act.id).unwrap_or_default().into_values().collect(),
        })
        .collect()
}

/// A sheet with items turned so that more is safer.
fn turned(sheet: &Sheet) -> Sheet {
    let mut turned = *sheet;
    for item in REVERSED {
        turned[item] = turned[item].map(|score| (TOP + 1) as f64 - score);
    }
    turned
}

/// A sheet's score: the mean of its answers, or `None` where there are fewer than five.
pub fn score(sheet: &Sheet) -> Option<f64> {
    let answers: Vec<f64> = turned(sheet).into_iter().flatten().collect();
    (answers.len() >= ANSWERS).then(|| mean(&answers))
}

/// The answers to an item on the sheets that have a score, turned so that more is safer; `None` where they are too few,
/// or those who left it out are: their answers could be had from the score of all less that of the others.
pub fn answers(sheets: &[Sheet], item: usize) -> Option<Vec<f64>> {
    let scored = || sheets.iter().filter(|sheet| score(sheet).is_some());
    let answers: Vec<f64> = scored().filter_map(|sheet| *turned(sheet).get(item)?).collect();
    let (given, left_out) = (answers.len() as u64, scored().count() as u64 - answers.len() as u64);
    (given >= MIN_SHEETS && !is_small(left_out)).then_some(answers)
}

/// Answers to "would you recommend this community?", in the classes of Reichheld 2003.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recommend {
    /// Those who said 9 or 10.
    pub promoters: u64,
    /// Those who said 7 or 8.
    pub passives: u64,
    /// Those who said 6 or less.
    pub detractors: u64,
}

impl Recommend {
    /// The classes of these answers.
    pub fn of(answers: &[i64]) -> Self {
        let count = |counts: fn(i64) -> bool| answers.iter().filter(|answer| counts(**answer)).count() as u64;
        let (promoters, detractors) = (count(|answer| answer >= 9), count(|answer| answer <= 6));
        Self { promoters, detractors, passives: answers.len() as u64 - promoters - detractors }
    }

    /// The net promoter score, -100 to 100: promoters less detractors, in percent; and the interval that its standard
    /// error gives. `None` without answers.
    pub fn net(self) -> Option<(f64, [f64; 2])> {
        let all = self.promoters + self.passives + self.detractors;
        let share = |people: u64| people as f64 / all as f64;
        let (promoters, detractors) = (share(self.promoters), share(self.detractors));
        let net = promoters - detractors;
        let margin = Z * ((promoters + detractors - net * net) / all as f64).sqrt();
        let ends = [net - margin, net + margin].map(|end| 100.0 * end.clamp(-1.0, 1.0));
        (all > 0).then_some((100.0 * net, ends))
    }
}

/// Cronbach's alpha (1951) over the sheets that answer every item: how far the items say the same. `None` for fewer
/// than two such sheets, or where all are alike.
pub fn alpha(sheets: &[Sheet]) -> Option<f64> {
    let complete: Vec<Vec<f64>> = sheets
        .iter()
        .map(|sheet| turned(sheet).into_iter().flatten().collect::<Vec<f64>>())
        .filter(|answers| answers.len() == ITEMS)
        .collect();
    let items = (0..ITEMS).map(|item| variance(&complete.iter().map(|sheet| sheet[item]).collect::<Vec<_>>()));
    let parts: f64 = items.sum::<Option<f64>>()?;
    let whole = variance(&complete.iter().map(|sheet| sheet.iter().sum()).collect::<Vec<_>>())?;
    let count = ITEMS as f64;
    (whole > 0.0).then(|| count / (count - 1.0) * (1.0 - parts / whole))
}

/// How far people agree on one item (James, Demaree and Wolf 1984): 1 where all answer the same, 0 where answers
/// spread as if given blindly, below where they part. `None` for fewer than two answers.
pub fn agreement(sheets: &[Sheet], item: usize) -> Option<f64> {
    let answers: Vec<f64> = sheets.iter().filter_map(|sheet| *sheet.get(item)?).collect();
    let blind = (TOP * TOP - 1) as f64 / 12.0;
    Some(1.0 - variance(&answers)? / blind)
}

/// The mean of [`agreement`] over items that have one.
pub fn mean_agreement(sheets: &[Sheet]) -> Option<f64> {
    let items: Vec<f64> = (0..ITEMS).filter_map(|item| agreement(sheets, item)).collect();
    (!items.is_empty()).then(|| mean(&items))
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The variance of a sample (over n − 1), or `None` for fewer than two values.
fn variance(values: &[f64]) -> Option<f64> {
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    (values.len() > 1).then(|| squares / (values.len() - 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    const NONE: i64 = 0;

    /// Six people's answers.
    fn hand_made() -> Vec<Sheet> {
        [
            [2, 6, 1, 5, 2, 6, 7],
            [1, 7, 2, 6, 1, 6, 6],
            [4, 4, 4, 4, 4, 4, 4],
            [6, 2, 5, 3, 6, 3, 2],
            [2, 5, NONE, 6, 2, 5, 6],
            [3, NONE, NONE, NONE, 3, 5, 5],
        ]
        .map(|sheet| sheet.map(|score| (score != NONE).then_some(score as f64)))
        .to_vec()
    }

    #[test]
    fn scores_agree_with_gold() {
        let scores: Vec<Option<f64>> = hand_made().iter().map(score).collect();
        let expected =
            [6.142_857_142_857_143, 6.428_571_428_571_429, 4.0, 2.428_571_428_571_428_4, 5.666_666_666_666_667];
        for (score, expected) in scores.iter().zip(expected) {
            close(score.unwrap(), expected);
        }
        assert_eq!(scores[5], None, "four answers are too few");
        close(mean(&scores.into_iter().flatten().collect::<Vec<_>>()), 4.933_333_333_333_334);
    }

    #[test]
    fn reliability_and_agreement_agree_with_gold() {
        close(alpha(&hand_made()).unwrap(), 0.987_136_731_777_036_8);
        close(agreement(&hand_made(), 1).unwrap(), 0.075);
        assert_eq!(alpha(&hand_made()[..1]), None);
        assert_eq!(agreement(&[], 0), None);
    }

    #[test]
    fn promoters_less_detractors_agree_with_gold() {
        let recommend = Recommend::of(&[10, 9, 9, 8, 7, 6, 3, 10, 5, 9]);
        assert_eq!(recommend, Recommend { promoters: 5, passives: 2, detractors: 3 });
        let (score, [low, high]) = recommend.net().unwrap();
        close(score, 20.0);
        close(high - score, 54.032_478_230_482_22);
        close(score - low, 54.032_478_230_482_22);
        assert_eq!(Recommend::of(&[10; 12]).net(), Some((100.0, [100.0; 2])));
        assert_eq!(Recommend::default().net(), None);
    }

    #[test]
    fn an_item_that_few_left_out_is_not_told() {
        let whole: Sheet = [2, 6, 1, 5, 2, 6, 7].map(|score| Some(f64::from(score)));
        let without = Sheet::from(std::array::from_fn(|item| whole[item].filter(|_| item != 3)));
        let sheets = |without_it: usize| [vec![whole; 12 - without_it], vec![without; without_it]].concat();
        assert_eq!(answers(&sheets(0), 0), Some(vec![6.0; 12]), "turned round");
        assert_eq!(answers(&sheets(1), 3), None, "one person's answer would be the difference");
        assert_eq!(answers(&sheets(1), 0).map(|given| given.len()), Some(12));
        assert_eq!(answers(&sheets(5), 3), None, "seven answers are too few");
        let many = [sheets(5), sheets(0)].concat();
        assert_eq!(answers(&many, 3).map(|given| given.len()), Some(19));
        assert_eq!(answers(&vec![whole; 9], 0), None);
    }

    #[test]
    fn answers_are_taken_for_two_weeks_and_only_on_the_scale() {
        let act = |id, kind, ts, sheet, value| PracticeAct {
            id,
            room: 1,
            person: None,
            kind,
            ts,
            reply_to: sheet,
            thread: Some(1),
            value: Some(value),
        };
        let answer = |id, ts, sheet, value| act(id, Kind::PulseAnswered, ts, Some(sheet), value);
        let acts = [
            act(1, Kind::PulseAsked, 0, None, 30),
            answer(2, 5, 50, 107),
            answer(3, 5, 50, 203),
            answer(4, 6, 51, 108),
            answer(5, 6, 51, 802),
            answer(6, OPEN, 52, 101),
            answer(7, 7, 50, 809),
            answer(8, 7, 52, 811),
        ];
        let pulses = pulses(&acts);
        assert_eq!((pulses.len(), pulses[0].people, pulses[0].sheets.len()), (1, 30, 1));
        assert_eq!(pulses[0].recommend, [9, 2], "item 8 goes from 0 to 10");
        assert_eq!(pulses[0].sheets[0][..3], [Some(7.0), Some(3.0), None]);
    }
}

//! Pulses: anonymous sheets of answers, and how safe people feel (Edmondson 1999).

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;

use super::Act;

/// A pulse needs so many sheets before anything is said of it.
pub const MIN_SHEETS: u64 = 10;

/// How many items ask how safe people feel: the pulse's items 1 to 7.
pub const ITEMS: usize = 7;
/// The best answer to an item; the worst is 1.
const TOP: i64 = 7;
/// The items where a high answer means little safety, counted from 0.
const REVERSED: [usize; 3] = [0, 2, 4];
/// A sheet with fewer answers has no score.
const ANSWERS: usize = 5;

/// For so long after it is asked, a pulse takes answers, in milliseconds: 14 days.
pub const OPEN: i64 = 14 * 86_400_000;

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
}

/// The pulses that acts tell of, in the order in which they were asked.
pub fn pulses(acts: &[Act]) -> Vec<Pulse> {
    let asked = acts.iter().filter(|act| act.kind == Kind::PulseAsked);
    let mut sheets: BTreeMap<i64, BTreeMap<i64, Sheet>> = BTreeMap::new();
    let times: BTreeMap<i64, i64> = asked.clone().map(|act| (act.id, act.ts)).collect();
    for act in acts.iter().filter(|act| act.kind == Kind::PulseAnswered) {
        let (Some(pulse), Some(sheet), Some(value)) = (act.thread, act.reply_to, act.value) else { continue };
        let in_time = times.get(&pulse).is_some_and(|asked| (*asked..*asked + OPEN).contains(&act.ts));
        let (item, score) = (value.div_euclid(100), value.rem_euclid(100));
        let item = usize::try_from(item - 1).unwrap_or(ITEMS);
        if in_time && item < ITEMS && (1..=TOP).contains(&score) {
            sheets.entry(pulse).or_default().entry(sheet).or_default()[item] = Some(score as f64);
        }
    }
    asked
        .map(|act| Pulse {
            asked: act.ts,
            people: act.value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0),
            sheets: sheets.remove(&act.id).unwrap_or_default().into_values().collect(),
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
    fn answers_are_taken_for_two_weeks_and_only_on_the_scale() {
        let act = |id, kind, ts, sheet, value| Act {
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
        ];
        let pulses = pulses(&acts);
        assert_eq!((pulses.len(), pulses[0].people, pulses[0].sheets.len()), (1, 30, 1));
        assert_eq!(pulses[0].sheets[0][..3], [Some(7.0), Some(3.0), None]);
    }
}

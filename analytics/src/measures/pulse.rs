//! How safe people feel to speak, by their anonymous answers. Never under ten sheets, never split.

use hearth_shared::report::{exact_id, reason};
use hearth_statistics::{bootstrap, samples::Z};
use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows, known, whole},
};
use crate::{
    facts::sheets::{ITEMS, TOP},
    frames::only_if,
    raw::Raw,
};

/// The mean score.
pub const SAFETY_PULSE: Definition = Definition {
    id: exact_id::SAFETY_PULSE,
    unit: "points",
    tier: Tier::Headline,
    definition: "Mean score, 1 to 7, over people with five answers or more to the seven items (items 1, 3 and 5 turned round), for the pulse whose two weeks ended this month; bootstrap interval over people; from ten people on.",
    source: "Edmondson 1999; CHAOSS, Psychological Safety.",
    caveat: "Look at who answered first: the unsafe may be silent. A change within the interval is none. Talk about it with everybody, and never ask who said what.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        query(vec![col("score").mean()], |it| of_pulse(it, |people| Raw::of_people(known(it[ABOUT]), people))).and_then(
            |raw, view| {
                let sheets = view.rows(&view.history.practices.sheets)?;
                let scores: Vec<f64> = sheets.column("score")?.f64()?.iter().flatten().collect();
                Ok(raw.with_interval(bootstrap::mean(&scores)))
            },
        )
    }),
};

/// How many of those who were asked answered.
pub const SAFETY_RESPONSE_RATE: Definition = Definition {
    id: exact_id::SAFETY_RESPONSE_RATE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the people who were asked for the pulse, the share who gave five answers or more, Wilson interval; from ten people on.",
    source: "CHAOSS, Psychological Safety.",
    caveat: "Under a half, the score says little about the others. Ask again rather than remind.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        query(vec![col("invited").first()], |it| {
            of_pulse(it, |people| {
                let invited = whole(it[ABOUT]);
                let share = Raw::share_of_people(people, invited.max(people));
                Raw { value: share.value.filter(|_| invited > 0), people, ..share }
            })
        })
    }),
};

/// How far the items say the same.
pub const SAFETY_ALPHA: Definition = Definition {
    id: exact_id::SAFETY_ALPHA,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Cronbach's alpha of the seven items, over the sheets that answer all of them: how far the items say the same.",
    source: "Cronbach 1951.",
    caveat: "Under 0.7, the score mixes different things: look at the items before the mean.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        query(vec![is_complete().sum(), alpha()], |it| {
            of_pulse(it, |_| Raw::of_people(known(it[ABOUT + 1]), whole(it[ABOUT])))
        })
    }),
};

/// How far people agree.
pub const SAFETY_AGREEMENT: Definition = Definition {
    id: exact_id::SAFETY_AGREEMENT,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Within-group agreement (rwg) on the seven items, their mean: 1 where all answer alike, 0 where answers spread as if given blindly.",
    source: "James, Demaree and Wolf 1984.",
    caveat: "Low beside a good mean: the room is safe for some. Below 0, it is two rooms.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        query(vec![mean_agreement()], |it| of_pulse(it, |people| Raw::of_people(known(it[ABOUT]), people)))
    }),
};

/// Whether people would recommend the community.
pub const ENPS: Definition = Definition {
    id: exact_id::ENPS,
    unit: "points",
    tier: Tier::Explorer,
    definition: "Of the answers to \"would you recommend this community?\" (0 to 10) in the pulse whose two weeks ended this month, the percentage of 9 and 10 less that of 0 to 6: from -100 to 100; interval by its standard error; from ten people on.",
    source: "Reichheld 2003.",
    caveat: "With few answers it swings wildly: at ten the interval spans a hundred points. Read what people say before you read this.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        let all = col("recommend").count();
        let (promoters, detractors) = (col("recommend").gt_eq(lit(9)).sum(), col("recommend").lt_eq(lit(6)).sum());
        query(vec![all, promoters, detractors], |it| {
            if whole(it[0]) == 0 {
                return Raw { reason: Some(reason::NO_PULSE), ..Raw::default() };
            }
            let [all, promoters, detractors] = [0, 1, 2].map(|at| whole(it[ABOUT + at]));
            let net = net(promoters, detractors, all);
            let raw = Raw::of_people(net.map(|(score, _)| score), all).with_interval(net.map(|(_, ends)| ends));
            Raw { reason: Some(reason::NO_ANSWERS), ..raw }
        })
    }),
};

/// How many columns say whether there was a pulse, and how many people gave it a score.
const ABOUT: usize = 2;

fn query(more: Vec<Expr>, raw: fn(&[f64]) -> Raw) -> Query {
    Query::new(Rows::Sheets, [vec![len(), col("score").count()], more].concat(), raw)
}

/// What is said of a pulse to which so many people gave a score.
fn of_pulse(it: &[f64], say: impl Fn(u64) -> Raw) -> Raw {
    if whole(it[0]) == 0 {
        return Raw { reason: Some(reason::NO_PULSE), ..Raw::default() };
    }
    let people = whole(it[1]);
    if people == 0 {
        return Raw::too_few();
    }
    let raw = say(people);
    Raw { people: raw.people.min(people), ..raw }
}

/// Whether a sheet answers every item.
fn is_complete() -> Expr {
    ITEMS.iter().fold(lit(true), |all, item| all.and(col(*item).is_not_null()))
}

/// Cronbach's alpha (1951) over the sheets that answer every item; null for fewer than two such sheets, or where all are
/// alike.
fn alpha() -> Expr {
    let of = |item: &str| col(item).filter(is_complete());
    let parts = ITEMS.iter().fold(lit(0.0), |sum, item| sum + of(item).var(1));
    let whole = || ITEMS.iter().fold(lit(0.0), |sum, item| sum + of(item)).var(1);
    let count = ITEMS.len() as f64;
    only_if(whole().gt(lit(0.0)), lit(count / (count - 1.0)) * (lit(1.0) - parts / whole()))
}

/// How far people agree on one item (James, Demaree and Wolf 1984): 1 where all answer the same, 0 where answers
/// spread as if given blindly, below where they part. Null for fewer than two answers.
fn agreement(item: &str) -> Expr {
    let blind = (TOP * TOP - 1) as f64 / 12.0;
    lit(1.0) - col(item).var(1) / lit(blind)
}

/// The mean of [`agreement`] over items that have one.
fn mean_agreement() -> Expr {
    let sum = ITEMS.iter().fold(lit(0.0), |sum, item| sum + agreement(item).fill_null(lit(0.0)));
    let count = ITEMS.iter().fold(lit(0.0), |sum, item| sum + agreement(item).is_not_null().cast(DataType::Float64));
    sum / count
}

/// The net promoter score (Reichheld 2003), -100 to 100: promoters less detractors, in percent of `all`; and the interval
/// that its standard error gives. `None` without answers.
fn net(promoters: u64, detractors: u64, all: u64) -> Option<(f64, [f64; 2])> {
    let share = |people: u64| people as f64 / all as f64;
    let (promoters, detractors) = (share(promoters), share(detractors));
    let net = promoters - detractors;
    let margin = Z * ((promoters + detractors - net * net) / all as f64).sqrt();
    let ends = [net - margin, net + margin].map(|end| 100.0 * end.clamp(-1.0, 1.0));
    (all > 0).then_some((100.0 * net, ends))
}

#[cfg(test)]
mod tests {
    use hearth_shared::activity::Kind;

    use super::*;
    use crate::{
        facts::sheets::OPEN,
        gold::close,
        lab::{PracticeAct, practices},
    };

    const NONE: i64 = 0;

    fn act(id: i64, kind: Kind, ts: i64, sheet: Option<i64>, value: i64) -> PracticeAct {
        PracticeAct { id, room: 1, person: None, kind, ts, reply_to: sheet, thread: Some(1), value: Some(value) }
    }

    /// A pulse of 30 people, with these answers.
    fn pulse(answers: &[PracticeAct]) -> DataFrame {
        practices(&[&[act(1, Kind::PulseAsked, 0, None, 30)], answers].concat(), &["1970-01"]).sheets
    }

    /// Six people's answers.
    fn hand_made(sheets: usize) -> DataFrame {
        let sheets = [
            [2, 6, 1, 5, 2, 6, 7],
            [1, 7, 2, 6, 1, 6, 6],
            [4, 4, 4, 4, 4, 4, 4],
            [6, 2, 5, 3, 6, 3, 2],
            [2, 5, NONE, 6, 2, 5, 6],
            [3, NONE, NONE, NONE, 3, 5, 5],
        ]
        .into_iter()
        .zip((100..).step_by(10))
        .take(sheets);
        let answers = sheets.flat_map(|(sheet, id)| {
            let given = sheet.into_iter().zip(1..).filter(|(score, _)| *score != NONE);
            given.map(move |(score, item)| act(id + item, Kind::PulseAnswered, 5, Some(id), item * 100 + score))
        });
        pulse(&answers.collect::<Vec<_>>())
    }

    fn number(sheets: &DataFrame, value: Expr) -> Option<f64> {
        let value = sheets.clone().lazy().select([value.cast(DataType::Float64).alias("value")]).collect().unwrap();
        value.column("value").unwrap().f64().unwrap().get(0)
    }

    #[test]
    fn scores_agree_with_gold() {
        let sheets = hand_made(6);
        let scores: Vec<Option<f64>> = sheets.column("score").unwrap().f64().unwrap().iter().collect();
        let expected =
            [6.142_857_142_857_143, 6.428_571_428_571_429, 4.0, 2.428_571_428_571_428_4, 5.666_666_666_666_667];
        for (score, expected) in scores.iter().zip(expected) {
            close(score.unwrap(), expected);
        }
        assert_eq!(scores[5], None, "four answers are too few");
        let raw = SAFETY_PULSE.over(sheets);
        close(raw.value.unwrap(), 4.933_333_333_333_334);
        assert_eq!((raw.n, raw.people), (5, 5));
    }

    #[test]
    fn reliability_and_agreement_agree_with_gold() {
        close(number(&hand_made(6), alpha()).unwrap(), 0.987_136_731_777_036_8);
        close(number(&hand_made(6), agreement(ITEMS[1])).unwrap(), 0.075);
        assert_eq!(number(&hand_made(1), alpha()), None);
        assert_eq!(number(&hand_made(0), agreement(ITEMS[0])), None);
        assert_eq!(SAFETY_AGREEMENT.over(hand_made(1)).value, None);
        assert_eq!(SAFETY_ALPHA.over(hand_made(6)).n, 4, "the sheets that answer everything");
    }

    #[test]
    fn promoters_less_detractors_agree_with_gold() {
        let (score, [low, high]) = net(5, 3, 10).unwrap();
        close(score, 20.0);
        close(high - score, 54.032_478_230_482_22);
        close(score - low, 54.032_478_230_482_22);
        assert_eq!(net(12, 0, 12), Some((100.0, [100.0; 2])));
        assert_eq!(net(0, 0, 0), None);
        let answers = [10, 9, 9, 8, 7, 6, 3, 10, 5, 9].into_iter().zip(10..);
        let answers = answers.map(|(score, id)| act(id, Kind::PulseAnswered, 5, Some(id), 800 + score));
        let raw = ENPS.over(pulse(&answers.collect::<Vec<_>>()));
        close(raw.value.unwrap(), 20.0);
    }

    #[test]
    fn answers_are_taken_for_two_weeks_and_only_on_the_scale() {
        let answer = |id, ts, sheet, value| act(id, Kind::PulseAnswered, ts, Some(sheet), value);
        let sheets = pulse(&[
            answer(2, 5, 50, 107),
            answer(3, 5, 50, 203),
            answer(4, 6, 51, 108),
            answer(5, 6, 51, 802),
            answer(6, OPEN, 52, 101),
            answer(7, 7, 50, 809),
            answer(8, 7, 52, 811),
            answer(9, 8, 50, 206),
        ]);
        let of = |name: &str| -> Vec<Option<f64>> {
            let column = sheets.column(name).unwrap().cast(&DataType::Float64).unwrap();
            column.f64().unwrap().iter().collect()
        };
        // The last answer of a sheet counts, and the first item is turned round.
        assert_eq!((of(ITEMS[0])[0], of(ITEMS[1])[0], of(ITEMS[2])[0]), (Some(1.0), Some(6.0), None));
        assert_eq!(of("recommend").into_iter().flatten().collect::<Vec<_>>(), [9.0, 2.0], "item 8 goes from 0 to 10");
        assert_eq!(of("invited")[0], Some(30.0));
    }

    #[test]
    fn a_pulse_without_sheets_is_one_and_a_month_without_a_pulse_has_none() {
        let pulse = pulse(&[]);
        assert_eq!(SAFETY_RESPONSE_RATE.over(pulse.clone()), Raw::too_few());
        assert_eq!(SAFETY_RESPONSE_RATE.over(pulse.clear()).reason, Some(reason::NO_PULSE));
        let enps = ENPS.over(pulse);
        assert_eq!((enps.value, enps.reason), (None, Some(reason::NO_ANSWERS)));
    }
}

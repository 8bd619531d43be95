//! How evenly people speak: effective voices, absence factor, top shares, Gini.

use hearth_shared::report::exact_id;

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::frames::only_if;

/// The Hill number of order 1.
pub const EFFECTIVE_VOICES: Definition = Definition {
    id: exact_id::EFFECTIVE_VOICES,
    unit: "people",
    tier: Tier::Headline,
    definition: "How many people, all writing equally much, would sound as diverse: the Hill number of order 1, exp(-sum of p ln p) over posters.",
    source: "Hill 1973; Jost 2006.",
    caveat: "\"The month sounded like ten equal voices.\" It grows with the number of messages in quiet months: compare quiet with quiet.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::of_people(Rows::Posters, entropy().exp(), len())
            .then(|raw, view| raw.with_interval(view.voice_intervals().map(|intervals| intervals.hill1)))
    }),
};

/// The Hill number of order 2.
pub const EFFECTIVE_VOICES_Q2: Definition = Definition {
    id: exact_id::EFFECTIVE_VOICES_Q2,
    unit: "people",
    tier: Tier::Section,
    definition: "The Hill number of order 2, one over the sum of p squared: the chance-of-same-author form of effective voices.",
    source: "Hill 1973; Laakso and Taagepera 1979.",
    caveat: "Hardly depends on how many messages there are: the one to trust from month to month.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::of_people(Rows::Posters, lit(1.0) / (p() * p()).sum(), len())
            .then(|raw, view| raw.with_interval(view.voice_intervals().map(|intervals| intervals.hill2)))
    }),
};

/// How many people write half of everything.
pub const ABSENCE_FACTOR: Definition = Definition {
    id: exact_id::ABSENCE_FACTOR,
    unit: "people",
    tier: Tier::Headline,
    definition: "The fewest people who together wrote at least half of the messages.",
    source: "CHAOSS, Contributor Absence Factor.",
    caveat: "Small: back these people up before they burn out. One loud room can hide behind the total.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Posters, louder().lt(lit(0.5) * x().sum()).sum(), len())),
};

/// The share of the one who writes most.
pub const TOP1_SHARE: Definition = Definition {
    id: exact_id::TOP1_SHARE,
    unit: "share",
    tier: Tier::Section,
    definition: "The share of messages by the person who wrote most.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others to host, never to count one person's messages.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Posters, x().tail(Some(1)).sum() / x().sum(), len())),
};

/// The share of the three who write most.
pub const TOP3_SHARE: Definition = Definition {
    id: exact_id::TOP3_SHARE,
    unit: "share",
    tier: Tier::Section,
    definition: "The share of messages by the three people who wrote most.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others to host, never to count anybody's messages.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Posters, x().tail(Some(3)).sum() / x().sum(), len())),
};

/// The Gini index.
pub const GINI: Definition = Definition {
    id: exact_id::GINI,
    unit: "index",
    tier: Tier::Section,
    definition: "The Gini index of messages over posters: 0 where all write equally, towards 1 where one writes everything.",
    source: "Gini 1912; CHAOSS.",
    caveat: "Rises with the number of messages alone (0.24 to 0.79 within one and the same month): compare only months of like volume. Silent members are not in it.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::of_people(Rows::Posters, only_if(s().gt(lit(1)), gini()), len())
            .then(|raw, view| raw.with_interval(view.voice_intervals().map(|intervals| intervals.gini)))
    }),
};

/// The Gini index, corrected for small samples. Beside the uncorrected one it gives away how many posters there are.
pub const GINI_CORRECTED: Definition = Definition {
    id: exact_id::GINI_CORRECTED,
    unit: "index",
    tier: Tier::Section,
    definition: "The Gini index times S / (S - 1), S posters: one who writes everything gives 1 in any company.",
    source: "Deltas 2003.",
    caveat: "Corrects for few people, not for few messages: compare only months of like volume.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::of_people(Rows::Posters, only_if(s().gt(lit(1)), gini() * s() / (s() - lit(1.0))), len())
            .then(|raw, view| raw.with_interval(view.voice_intervals().map(|intervals| intervals.gini_corrected)))
    }),
};

/// Pielou's evenness. Beside effective voices it gives away how many posters there are.
pub const EVENNESS: Definition = Definition {
    id: exact_id::EVENNESS,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Pielou's evenness, entropy over its maximum: 1 where all write equally.",
    source: "Pielou 1966.",
    caveat: "Falls with the number of messages: effective voices says the same more steadily.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::of_people(Rows::Posters, only_if(s().gt(lit(1)), entropy() / ln(s())), len())),
};

/// Somebody's messages.
fn x() -> Expr {
    col("messages").cast(DataType::Float64)
}

/// Their share of all messages.
fn p() -> Expr {
    x() / x().sum()
}

/// How many posters there are.
fn s() -> Expr {
    len().cast(DataType::Float64)
}

fn ln(of: Expr) -> Expr {
    of.log(lit(std::f64::consts::E))
}

/// -sum of p ln p.
fn entropy() -> Expr {
    lit(0.0) - (p() * ln(p())).sum()
}

/// The messages of those who wrote more than somebody: rows come the quietest first.
fn louder() -> Expr {
    x().sum() - x().cum_sum(false)
}

/// 2 sum of i x / (S N) - (S + 1) / S, where i is the place of x among all, from 1 for the least.
fn gini() -> Expr {
    // Everybody's place times their messages is what all who are not quieter wrote, added up.
    let ranked = (louder() + x()).sum();
    lit(2.0) * ranked / (s() * x().sum()) - (s() + lit(1.0)) / s()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    /// An index that is undefined.
    const NONE: f64 = f64::NAN;

    #[test]
    fn every_index_agrees_with_gold() {
        let measures = [
            GINI,
            GINI_CORRECTED,
            EVENNESS,
            EFFECTIVE_VOICES,
            EFFECTIVE_VOICES_Q2,
            TOP1_SHARE,
            TOP3_SHARE,
            ABSENCE_FACTOR,
        ];
        let gold: [(&[u32], [f64; 8]); 7] = [
            (
                &[1000, 202, 90, 33, 332, 343, 42, 433],
                [
                    0.485_505_050_505_050_44,
                    0.554_862_914_862_914_8,
                    0.801_300_690_352_214_9,
                    5.292_326_508_703_812_5,
                    4.175_274_807_292_388,
                    0.404_040_404_040_404_03,
                    0.717_575_757_575_757_5,
                    2.0,
                ],
            ),
            (&[4, 4, 4, 4, 4], [0.0, 0.0, 1.0, 5.0, 5.0, 0.2, 0.6, 3.0]),
            (&[7], [NONE, NONE, NONE, 1.0, 1.0, 1.0, 1.0, 1.0]),
            (&[1, 3], [0.25, 0.5, 0.811_278_124_459_132_8, 1.754_765_350_603_323_7, 1.6, 0.75, 1.0, 1.0]),
            (&[5, 5], [0.0, 0.0, 1.0, 2.0, 2.0, 0.5, 1.0, 1.0]),
            (
                &[10, 5, 3, 2],
                [
                    0.325,
                    0.433_333_333_333_333_3,
                    0.871_368_824_306_833_6,
                    3.346_696_324_947_234,
                    2.898_550_724_637_680_7,
                    0.5,
                    0.9,
                    1.0,
                ],
            ),
            (
                &[120, 40, 17, 9, 5, 3, 2, 1, 1, 1, 1],
                [
                    0.743_636_363_636_363_7,
                    0.818,
                    0.535_762_174_627_993_1,
                    3.613_589_450_205_536,
                    2.437_241_043_139_166_7,
                    0.6,
                    0.885,
                    1.0,
                ],
            ),
        ];
        for (counts, expected) in gold {
            let mut messages = counts.to_vec();
            messages.sort_unstable();
            for (measure, expected) in measures.iter().zip(expected) {
                let Formula::Query(query) = measure.formula else { panic!("{} is no query", measure.id) };
                let value = query().over(df!("messages" => &messages).unwrap())[0];
                assert_eq!(value.is_nan(), expected.is_nan(), "{} of {counts:?}", measure.id);
                if !expected.is_nan() {
                    close(value, expected);
                }
            }
        }
    }
}

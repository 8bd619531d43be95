//! The flow of talk: turns, depth, bursts.

use hearth_shared::{activity::Capability, report::exact_id};

use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows},
};
use crate::frames::only_if;

/// How often the word passes on.
pub const TURN_TAKING: Definition = Definition {
    id: exact_id::TURN_TAKING,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Of the steps from one message to the next in a room, the share where somebody else speaks; all rooms together.",
    source: "Team Communication Toolkit.",
    caveat: "Who sends one thought as five lines lowers it. 1 in a quiet room is no dialogue.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::value(
            Rows::Flow,
            only_if(one("steps").gt(lit(0)), one("changes") / one("steps")),
            one("steps"),
            one("posters"),
        )
    }),
};

/// How deep conversations go.
pub const THREAD_DEPTH: Definition = Definition {
    id: exact_id::THREAD_DEPTH,
    unit: "replies",
    tier: Tier::Explorer,
    definition: "Median depth of this month's replies: 1 answers a message, 2 answers an answer of this month, and so on.",
    source: "Discourse analysis; type-7 quantile.",
    caveat: "Clients differ: in a Matrix thread and in Slack many replies point at the first message, and depth stays 1.",
    needs: &[Capability::Replies],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        Query::value(Rows::Depths, median_depth(), col("replies").sum(), col("person").n_unique())
    }),
};

/// How far messages come in bursts.
pub const BURSTINESS: Definition = Definition {
    id: exact_id::BURSTINESS,
    unit: "index",
    tier: Tier::Explorer,
    definition: "(s - m) / (s + m) of the gaps between messages, m their mean and s their standard deviation: -1 as regular as a clock, 0 as if by chance, towards 1 in bursts.",
    source: "Goh and Barabasi 2008; CHAOSS, Burstiness.",
    caveat: "Night and day alone make it large. Events bring bursts: nothing to lower or to raise.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::value(Rows::Flow, burstiness(), one("gaps"), one("posters"))),
};

/// The same, for few messages.
pub const BURSTINESS_CORRECTED: Definition = Definition {
    id: exact_id::BURSTINESS_CORRECTED,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Burstiness, corrected for the number of gaps.",
    source: "Kim and Jo 2016.",
    caveat: "The one to compare months by, if at all: uncorrected, quiet months look calmer than they are.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| Query::value(Rows::Flow, burstiness_corrected(), one("gaps"), one("posters"))),
};

/// The median (type 7) of depths, each as often as it has replies.
fn median_depth() -> Expr {
    let in_turn = |name: &str| col(name).sort_by([col("depth")], SortMultipleOptions::default());
    // The least depth up to which more replies go than lie before a place.
    let at = |place: Expr| in_turn("depth").filter(in_turn("replies").cum_sum(false).gt(place)).min();
    let replies = || col("replies").sum();
    let (below, above) = (at((replies() - lit(1)) / lit(2)), at(replies() / lit(2)));
    (below + above).cast(DataType::Float64) * lit(0.5)
}

/// A number of which there is one.
fn one(name: &str) -> Expr {
    col(name).first().cast(DataType::Float64)
}

/// The standard deviation of gaps over their mean, for two gaps or more, not all of them 0.
fn r() -> Expr {
    only_if(one("gaps").gt(lit(1)).and(one("mean").gt(lit(0))), one("deviation") / one("mean"))
}

fn burstiness() -> Expr {
    (r() - lit(1.0)) / (r() + lit(1.0))
}

/// Of n gaps: (sqrt(n+1) r - sqrt(n-1)) / ((sqrt(n+1) - 2) r + sqrt(n-1)).
fn burstiness_corrected() -> Expr {
    let (more, less) = (|| (one("gaps") + lit(1.0)).pow(0.5), || (one("gaps") - lit(1.0)).pow(0.5));
    (more() * r() - less()) / ((more() - lit(2.0)) * r() + less())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    /// What a column comes to for gaps between these times.
    fn of(times: &[f64], column: Expr) -> Option<f64> {
        let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
        let mean = gaps.iter().sum::<f64>() / gaps.len() as f64;
        let variance = gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / gaps.len() as f64;
        let flow = df!("gaps" => [gaps.len() as u32], "mean" => [mean], "deviation" => [variance.sqrt()]).unwrap();
        let value = flow.lazy().select([column.alias("value")]).collect().unwrap();
        value.column("value").unwrap().f64().unwrap().get(0)
    }

    #[test]
    fn burstiness_agrees_with_gold() {
        for (times, raw, corrected) in [
            (vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0], -1.0, -1.0),
            (vec![0.0, 0.0, 0.0, 0.0, 0.0, 9.0], 0.333_333_333_333_333_4, 1.0),
            (vec![0.0, 1.0, 2.0, 3.0, 50.0, 51.0, 52.0, 120.0], 0.207_756_454_298_169_6, 0.501_663_766_124_445_5),
        ] {
            close(of(&times, burstiness()).unwrap(), raw);
            close(of(&times, burstiness_corrected()).unwrap(), corrected);
        }
        assert_eq!(of(&[0.0, 5.0], burstiness()), None, "one gap");
        assert_eq!(of(&[0.0, 0.0, 0.0], burstiness_corrected()), None, "no time between");
    }
}

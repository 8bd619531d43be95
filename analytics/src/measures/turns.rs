//! The flow of talk: turns, depth, bursts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use hearth_shared::{activity::Capability, report::measure_id};

use super::definition::{Definition, Tier};
use crate::{load::NOTHING, month_view::MonthView, raw::Raw, statistics::quantile};

/// How often the word passes on.
pub const TURN_TAKING: Definition = Definition {
    id: measure_id::TURN_TAKING,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Of the steps from one message to the next in a room, the share where somebody else speaks; all rooms together.",
    source: "Team Communication Toolkit.",
    caveat: "Who sends one thought as five lines lowers it. 1 in a quiet room is no dialogue.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    of_rows: true,
    per_room: true,
    raw: |view| {
        let mut last: BTreeMap<i32, i32> = BTreeMap::new();
        let (mut changes, mut steps) = (0, 0);
        let log = view.history.log;
        for row in view.messages() {
            if let Some(before) = last.insert(log.room[row], log.person[row]) {
                steps += 1;
                changes += u64::from(before != log.person[row]);
            }
        }
        let value = (steps > 0).then(|| changes as f64 / steps as f64);
        Ok(Raw { value, n: steps, people: view.posters(), ..Raw::default() })
    },
};

/// How deep conversations go.
pub const THREAD_DEPTH: Definition = Definition {
    id: measure_id::THREAD_DEPTH,
    unit: "replies",
    tier: Tier::Explorer,
    definition: "Median depth of this month's replies: 1 answers a message, 2 answers an answer of this month, and so on.",
    source: "Discourse analysis; type-7 quantile.",
    caveat: "Clients differ: in a Matrix thread and in Slack many replies point at the first message, and depth stays 1.",
    needs: &[Capability::Replies],
    reach: 0,
    reveals: &[],
    sample: None,
    of_rows: true,
    per_room: true,
    raw: |view| {
        let log = view.history.log;
        let (mut depths, mut authors) = (Vec::new(), BTreeSet::new());
        // A message answers what was there before it: when its turn comes, the depth of that is known.
        let mut depth_of: HashMap<i32, u32> = HashMap::new();
        for row in view.messages().filter(|row| log.reply_to[*row] != NOTHING) {
            let depth = 1 + depth_of.get(&log.reply_to[row]).copied().unwrap_or(0);
            depth_of.insert(log.id[row], depth);
            depths.push(f64::from(depth));
            authors.insert(log.person[row]);
        }
        depths.sort_by(f64::total_cmp);
        let (n, people) = (depths.len() as u64, authors.len() as u64);
        Ok(Raw { value: quantile(&depths, 0.5), n, people, ..Raw::default() })
    },
};

/// How far messages come in bursts.
pub const BURSTINESS: Definition = Definition {
    id: measure_id::BURSTINESS,
    unit: "index",
    tier: Tier::Explorer,
    definition: "(s - m) / (s + m) of the gaps between messages, m their mean and s their standard deviation: -1 as regular as a clock, 0 as if by chance, towards 1 in bursts.",
    source: "Goh and Barabasi 2008; CHAOSS, Burstiness.",
    caveat: "Night and day alone make it large. Events bring bursts: nothing to lower or to raise.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    of_rows: true,
    per_room: true,
    raw: |view| Ok(bursts(view, burstiness)),
};

/// The same, for few messages.
pub const BURSTINESS_CORRECTED: Definition = Definition {
    id: measure_id::BURSTINESS_CORRECTED,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Burstiness, corrected for the number of gaps.",
    source: "Kim and Jo 2016.",
    caveat: "The one to compare months by, if at all: uncorrected, quiet months look calmer than they are.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    of_rows: true,
    per_room: true,
    raw: |view| Ok(bursts(view, burstiness_corrected)),
};

fn bursts(view: &MonthView<'_>, index: impl Fn(&[f64]) -> Option<f64>) -> Raw {
    let times: Vec<i64> = view.messages().map(|row| view.history.log.ts[row]).collect();
    let gaps: Vec<f64> = times.windows(2).map(|pair| (pair[1] - pair[0]) as f64).collect();
    Raw { value: index(&gaps), n: gaps.len() as u64, people: view.posters(), ..Raw::default() }
}

/// The standard deviation of gaps over their mean, or `None` for fewer than two, or where all are 0.
fn variation(gaps: &[f64]) -> Option<f64> {
    let count = gaps.len() as f64;
    let mean = gaps.iter().sum::<f64>() / count;
    let variance = gaps.iter().map(|gap| (gap - mean).powi(2)).sum::<f64>() / count;
    (gaps.len() > 1 && mean > 0.0).then(|| variance.sqrt() / mean)
}

fn burstiness(gaps: &[f64]) -> Option<f64> {
    variation(gaps).map(|r| (r - 1.0) / (r + 1.0))
}

fn burstiness_corrected(gaps: &[f64]) -> Option<f64> {
    let (more, less) = ((gaps.len() as f64 + 1.0).sqrt(), (gaps.len() as f64 - 1.0).sqrt());
    variation(gaps).map(|r| (more * r - less) / ((more - 2.0) * r + less))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    #[test]
    fn burstiness_agrees_with_gold() {
        let gaps = |times: &[f64]| times.windows(2).map(|pair| pair[1] - pair[0]).collect::<Vec<f64>>();
        for (times, raw, corrected) in [
            (vec![0.0, 10.0, 20.0, 30.0, 40.0, 50.0], -1.0, -1.0),
            (vec![0.0, 0.0, 0.0, 0.0, 0.0, 9.0], 0.333_333_333_333_333_4, 1.0),
            (vec![0.0, 1.0, 2.0, 3.0, 50.0, 51.0, 52.0, 120.0], 0.207_756_454_298_169_6, 0.501_663_766_124_445_5),
        ] {
            close(burstiness(&gaps(&times)).unwrap(), raw);
            close(burstiness_corrected(&gaps(&times)).unwrap(), corrected);
        }
        assert_eq!(burstiness(&[5.0]), None);
        assert_eq!(burstiness(&[0.0, 0.0]), None);
    }
}

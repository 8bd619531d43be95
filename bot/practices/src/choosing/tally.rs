//! Counting what people chose: a pure function of papers, in whatever order they come.

use std::{cmp::Reverse, collections::BTreeMap};

use super::marks::{Marks, Method, Rules};

/// The result of a ballot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Votes or dots of each option, the most first; equals in the order of their numbers. For a ranking these are the
    /// votes that each had in the last round in which it was left: the last round comes first, and then whatever was
    /// taken out, the latest first.
    pub counts: Vec<(u32, u64)>,
    /// Which options won; more than one where they are equal, none where nobody chose.
    pub winners: Vec<u32>,
    /// For a ranking: the options that were taken out, one a round.
    pub eliminated: Vec<u32>,
    /// How many papers there are.
    pub papers: u64,
}

/// Counts papers by the rules.
///
/// Single, several and dots: the most wins. A ranking is counted by instant runoff: while no option has more than half
/// of the papers that still name one, the option with the fewest is taken out, and its papers go to their next. Where
/// several have the fewest, the one goes that had fewer in the latest round in which they differed; where they never
/// differed, the one with the greater number. Where all that are left are equal, they all win.
pub fn tally(rules: &Rules, papers: &[Marks]) -> Tally {
    let mut sums: BTreeMap<u32, u64> = rules.options.iter().map(|option| (*option, 0)).collect();
    for marks in papers {
        let counted = if rules.method == Method::Ranked { 1 } else { marks.len() };
        for (option, dots) in marks.iter().take(counted) {
            *sums.entry(*option).or_default() += u64::from(*dots);
        }
    }
    let mut counts: Vec<_> = sums.into_iter().collect();
    counts.sort_by_key(|(option, count)| (Reverse(*count), *option));
    let most = counts.first().map_or(0, |(_, count)| *count);
    let papers_in_all = papers.len() as u64;
    match rules.method {
        _ if most == 0 => Tally { counts, papers: papers_in_all, ..Tally::default() },
        Method::Ranked => runoff(rules, papers),
        Method::Single | Method::Several | Method::Dots => {
            let winners = counts.iter().filter(|(_, count)| *count == most).map(|(option, _)| *option).collect();
            Tally { counts, winners, eliminated: Vec::new(), papers: papers_in_all }
        }
    }
}

fn runoff(rules: &Rules, papers: &[Marks]) -> Tally {
    let mut left = rules.options.clone();
    left.sort_unstable();
    let mut rounds: Vec<BTreeMap<u32, u64>> = Vec::new();
    let mut eliminated: Vec<(u32, u64)> = Vec::new();
    // What the last round and those before it came to.
    let told = |round: &BTreeMap<u32, u64>, winners: Vec<u32>, eliminated: &[(u32, u64)]| {
        let mut counts: Vec<_> = round.iter().map(|(option, count)| (*option, *count)).collect();
        counts.sort_by_key(|(option, count)| (Reverse(*count), *option));
        counts.extend(eliminated.iter().rev());
        let eliminated = eliminated.iter().map(|(option, _)| *option).collect();
        Tally { counts, winners, eliminated, papers: papers.len() as u64 }
    };
    loop {
        let mut round: BTreeMap<u32, u64> = left.iter().map(|option| (*option, 0)).collect();
        for marks in papers {
            if let Some((option, _)) = marks.iter().find(|(option, _)| left.contains(option)) {
                *round.entry(*option).or_default() += 1;
            }
        }
        let (most, fewest) = (round.values().max().copied(), round.values().min().copied());
        let (most, fewest) = (most.unwrap_or(0), fewest.unwrap_or(0));
        if most * 2 > round.values().sum::<u64>() || most == fewest {
            let winners = round.iter().filter(|(_, count)| **count == most).map(|(option, _)| *option).collect();
            return told(&round, winners, &eliminated);
        }
        // What the option had in this round, in the one before, and so on.
        let past = |option: &u32| -> Vec<u64> {
            std::iter::once(&round).chain(rounds.iter().rev()).filter_map(|round| round.get(option).copied()).collect()
        };
        let Some(out) = left.iter().min_by_key(|option| (past(option), Reverse(**option))).copied() else {
            return told(&round, Vec::new(), &eliminated);
        };
        eliminated.push((out, fewest));
        left.retain(|option| *option != out);
        rounds.push(round);
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn rules(method: Method) -> Rules {
        Rules { method, options: vec![1, 2, 3, 4], dots: 5 }
    }

    fn ranked(papers: &[(usize, &[u32])]) -> Tally {
        let papers: Vec<Marks> = papers
            .iter()
            .flat_map(|(count, order)| vec![order.iter().map(|option| (*option, 1)).collect(); *count])
            .collect();
        tally(&rules(Method::Ranked), &papers)
    }

    #[test]
    fn the_most_wins_and_equals_share() {
        let counted = tally(&rules(Method::Several), &[vec![(1, 1), (3, 1)], vec![(3, 1)], vec![(1, 1), (2, 1)]]);
        assert_eq!(counted.counts, [(1, 2), (3, 2), (2, 1), (4, 0)]);
        assert_eq!((counted.winners, counted.papers), (vec![1, 3], 3));
        assert_eq!(tally(&rules(Method::Dots), &[vec![(2, 3), (4, 2)], vec![(4, 2)]]).winners, [4]);
        assert!(tally(&rules(Method::Single), &[]).winners.is_empty());
    }

    #[test]
    fn a_runoff_passes_votes_on() {
        // The example that everybody tells: capital of Tennessee, 42, 26, 15 and 17 voters.
        let counted = ranked(&[(42, &[1, 2, 3, 4]), (26, &[2, 3, 4, 1]), (15, &[3, 4, 2, 1]), (17, &[4, 3, 2, 1])]);
        assert_eq!(counted.winners, [4]);
        assert_eq!(counted.eliminated, [3, 2]);
        assert_eq!(counted.counts, [(4, 58), (1, 42), (2, 26), (3, 15)], "the winner is first");
    }

    #[test]
    fn of_equals_the_one_goes_that_was_behind_before_and_else_the_later_one() {
        // 3 and 4 are equal at the start: 4 goes, as the later one, and its papers end with it.
        let counted = ranked(&[(5, &[1]), (4, &[2]), (2, &[3, 2]), (2, &[4])]);
        assert_eq!((counted.eliminated, counted.winners), (vec![4, 3], vec![2]));
        // 2 and 3 are equal in the second round, and 3 was behind in the first.
        let counted = ranked(&[(4, &[1]), (3, &[2]), (2, &[3]), (1, &[4, 3])]);
        assert_eq!(counted.eliminated[..2], [4, 3]);
        assert_eq!(ranked(&[(2, &[1, 2]), (2, &[2, 1])]).winners, [1, 2]);
    }

    proptest! {
        #[test]
        fn order_does_not_matter_and_a_majority_wins(
            (papers, shuffled) in vec(Just(vec![1u32, 2, 3, 4]).prop_shuffle(), 1..30).prop_flat_map(|papers| {
                (Just(papers.clone()), Just(papers).prop_shuffle())
            }),
        ) {
            let marks = |papers: &[Vec<u32>]| -> Vec<Marks> {
                papers.iter().map(|order| order.iter().map(|option| (*option, 1)).collect()).collect()
            };
            let counted = tally(&rules(Method::Ranked), &marks(&papers));
            prop_assert_eq!(&counted, &tally(&rules(Method::Ranked), &marks(&shuffled)));
            prop_assert!(!counted.winners.is_empty());
            prop_assert!(counted.winners.contains(&counted.counts[0].0), "what won is shown first");
            prop_assert_eq!(counted.counts.len(), 4);
            if let Some((first, _)) = counted.counts.iter().find(|(_, count)| count * 2 > papers.len() as u64) {
                prop_assert_eq!(counted.winners, vec![*first]);
            }
        }
    }
}

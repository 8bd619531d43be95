//! Counting votes by the rules of MSC3381: a pure function of ballots, in whatever order they came.

use std::collections::BTreeMap;

use jiff::Timestamp;

use crate::UserId;

/// One vote as it was sent. A redacted one is not a ballot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ballot<'a> {
    /// Who voted.
    pub by: &'a UserId,
    /// When, as their server says.
    pub at: Timestamp,
    /// The vote's event id. Of two votes in the same millisecond the one with the greater id is the later: arbitrary,
    /// but the same for everybody, in whatever order they arrived.
    pub event: &'a str,
    /// The ids of the chosen answers, as sent.
    pub answers: &'a [String],
}

/// What a vote says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// These answers, by their place in the poll, each once.
    For(Vec<usize>),
    /// None: the person took their vote back.
    Withdrawn,
    /// An answer that the poll does not have.
    Spoilt,
}

/// The result of a poll.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Votes for each answer, in the poll's order.
    pub counts: Vec<u64>,
    /// How many people's votes count.
    pub voters: u64,
    /// How many people's last vote was spoilt.
    pub spoilt: u64,
}

/// Reads the answers of a vote in a poll whose answers have these ids and that lets people choose `max`.
///
/// Any unknown answer spoils the vote, also one beyond `max`; what is beyond `max` does not count; an answer named
/// twice counts once.
pub fn choice(ids: &[String], max: u64, answers: &[String]) -> Choice {
    if answers.is_empty() {
        return Choice::Withdrawn;
    }
    let places: Option<Vec<_>> = answers.iter().map(|answer| ids.iter().position(|id| id == answer)).collect();
    let Some(mut places) = places else { return Choice::Spoilt };
    places.truncate(usize::try_from(max).unwrap_or(usize::MAX).max(1));
    places.sort_unstable();
    places.dedup();
    Choice::For(places)
}

/// Counts, for each person, their last ballot that is not later than `end`, even if it is spoilt.
pub fn tally<'a>(ids: &[String], max: u64, end: Timestamp, ballots: impl IntoIterator<Item = Ballot<'a>>) -> Counts {
    let mut last: BTreeMap<&UserId, Ballot> = BTreeMap::new();
    for ballot in ballots {
        if ballot.at > end {
            continue;
        }
        let latest = last.entry(ballot.by).or_insert(ballot);
        if (ballot.at, ballot.event) > (latest.at, latest.event) {
            *latest = ballot;
        }
    }
    let mut sums = Counts { counts: vec![0; ids.len()], ..Counts::default() };
    for ballot in last.values() {
        match choice(ids, max, ballot.answers) {
            Choice::For(places) => {
                sums.voters += 1;
                places.into_iter().for_each(|place| sums.counts[place] += 1);
            }
            Choice::Spoilt => sums.spoilt += 1,
            Choice::Withdrawn => {}
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn ids(count: usize) -> Vec<String> {
        (1..=count).map(|id| id.to_string()).collect()
    }

    /// Counts of a poll with answers 1, 2 and 3 that ends at 100, from (who, when, answers).
    fn counted(max: u64, votes: &[(&str, i64, &[&str])]) -> (Vec<u64>, u64, u64) {
        let votes: Vec<_> = votes
            .iter()
            .enumerate()
            .map(|(number, (who, at, answers))| {
                let answers: Vec<_> = answers.iter().map(|&answer| answer.to_owned()).collect();
                (UserId::from(who), Timestamp::from_second(*at).unwrap(), format!("${number}"), answers)
            })
            .collect();
        let ballots = votes.iter().map(|(by, at, event, answers)| Ballot { by, at: *at, event, answers });
        let sums = tally(&ids(3), max, Timestamp::from_second(100).unwrap(), ballots);
        (sums.counts, sums.voters, sums.spoilt)
    }

    #[test]
    fn the_last_vote_counts_whatever_came_first() {
        assert_eq!(counted(1, &[("ana", 5, &["1"]), ("ben", 1, &["1"]), ("ana", 3, &["2"])]), (vec![2, 0, 0], 2, 0));
        assert_eq!(counted(1, &[("ana", 5, &["1"]), ("ana", 5, &["2"])]), (vec![0, 1, 0], 1, 0));
    }

    #[test]
    fn an_unknown_answer_spoils_until_a_later_vote() {
        assert_eq!(counted(1, &[("ana", 1, &["1"]), ("ana", 2, &["9"])]), (vec![0, 0, 0], 0, 1));
        assert_eq!(counted(1, &[("ana", 1, &["1", "9"])]), (vec![0, 0, 0], 0, 1));
        assert_eq!(counted(1, &[("ana", 1, &["9"]), ("ana", 2, &["3"])]), (vec![0, 0, 1], 1, 0));
    }

    #[test]
    fn an_empty_vote_takes_back_the_one_before() {
        assert_eq!(counted(1, &[("ana", 1, &["1"]), ("ana", 2, &[])]), (vec![0, 0, 0], 0, 0));
    }

    #[test]
    fn too_many_answers_are_cut_and_the_same_one_counts_once() {
        assert_eq!(counted(1, &[("ana", 1, &["2", "1"])]), (vec![0, 1, 0], 1, 0));
        assert_eq!(counted(2, &[("ana", 1, &["2", "2", "1"])]), (vec![0, 1, 0], 1, 0));
        assert_eq!(counted(2, &[("ana", 1, &["3", "1", "2"])]), (vec![1, 0, 1], 1, 0));
        assert_eq!(counted(0, &[("ana", 1, &["3", "1"])]), (vec![0, 0, 1], 1, 0));
    }

    #[test]
    fn what_was_sent_after_the_end_does_not_count() {
        assert_eq!(counted(1, &[("ana", 100, &["1"]), ("ana", 101, &["2"])]), (vec![1, 0, 0], 1, 0));
        assert_eq!(counted(1, &[("ana", 101, &["9"])]), (vec![0, 0, 0], 0, 0));
    }

    /// The rules once more, as slowly and literally as the proposal says them.
    fn naive(answers: usize, max: usize, end: i64, votes: &[Vote]) -> Counts {
        let mut sums = Counts { counts: vec![0; answers], ..Counts::default() };
        for person in 0..PEOPLE {
            let mut own: Vec<_> = votes.iter().filter(|vote| vote.person == person && vote.at <= end).collect();
            own.sort_by_key(|vote| (vote.at, format!("${:03}", vote.event)));
            let Some(last) = own.last() else { continue };
            if last.answers.iter().any(|&answer| answer == 0 || answer > answers) {
                sums.spoilt += 1;
            } else if !last.answers.is_empty() {
                sums.voters += 1;
                let cut: Vec<_> = last.answers.iter().take(max).collect();
                for answer in 1..=answers {
                    sums.counts[answer - 1] += u64::from(cut.contains(&&answer));
                }
            }
        }
        sums
    }

    const PEOPLE: usize = 4;

    #[derive(Clone, Debug)]
    struct Vote {
        person: usize,
        at: i64,
        event: usize,
        answers: Vec<usize>,
    }

    fn votes() -> impl Strategy<Value = Vec<Vote>> {
        let vote = (0..PEOPLE, 0..12i64, vec(prop_oneof![9 => 1..=4usize, 1 => Just(0usize)], 0..4));
        vec(vote, 0..24).prop_map(|votes| {
            let vote = |(event, (person, at, answers))| Vote { person, at, event, answers };
            votes.into_iter().enumerate().map(vote).collect()
        })
    }

    proptest! {
        #[test]
        fn the_count_is_the_rules_in_any_order_and_however_often(
            (votes, shuffled) in votes().prop_flat_map(|votes| {
                let thrice: Vec<_> = votes.iter().chain(&votes).chain(&votes).cloned().collect();
                (Just(votes), Just(thrice).prop_shuffle())
            }),
            answers in 2..=4usize,
            max in 1..=3usize,
            end in 0..12i64,
        ) {
            let cast: Vec<_> = shuffled
                .iter()
                .map(|vote| (
                    UserId::from(format!("@{}:t", vote.person)),
                    Timestamp::from_second(vote.at).unwrap(),
                    format!("${:03}", vote.event),
                    vote.answers.iter().map(ToString::to_string).collect::<Vec<_>>(),
                ))
                .collect();
            let ballots = cast.iter().map(|(by, at, event, answers)| Ballot { by, at: *at, event, answers });
            let counted = tally(&ids(answers), max as u64, Timestamp::from_second(end).unwrap(), ballots);
            prop_assert_eq!(counted, naive(answers, max, end, &votes));
        }
    }
}

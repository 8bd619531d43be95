//! Where a month's posters come from: who is new, who stayed, who came back, and who is gone.

/// For this many months after a log begins, nobody can be told to be new or back again.
pub const SETTLING_MONTHS: usize = 3;

/// Where a month's posters come from, and who of the last month's is gone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Growth {
    /// Who wrote their first message ever.
    pub new: Vec<i32>,
    /// Who posted last month too.
    pub retained: Vec<i32>,
    /// How many posted before, but not last month.
    pub reactivated: u64,
    /// How many posted last month and not in this one.
    pub lapsed: u64,
}

/// Everybody's months of posting, as months go by.
#[derive(Debug, Default)]
pub(crate) struct GrowthTracker {
    /// Ordered by person: a month's posters are found by going through both, and not by looking each up.
    posted: Vec<Posted>,
    /// How many months ago each of the last month's posters posted first.
    ages: Vec<u32>,
    month: u32,
}

/// The first and the last month in which somebody posted.
#[derive(Clone, Copy, Debug)]
struct Posted {
    person: i32,
    first: u32,
    last: u32,
}

impl GrowthTracker {
    /// Where the posters of the month that follows come from; they are ordered.
    pub(crate) fn next(&mut self, posters: impl Iterator<Item = i32>) -> Growth {
        let mut growth = Growth::default();
        let previous_posters = self.ages.len() as u64;
        self.month += 1;
        self.ages.clear();
        let before = std::mem::take(&mut self.posted);
        let mut before = before.as_slice();
        self.posted.reserve(before.len() + posters.size_hint().0);
        for person in posters {
            // Most of those who ever posted do not post this month: they are gone over in one step.
            let others = before.iter().position(|one| one.person >= person).unwrap_or(before.len());
            self.posted.extend_from_slice(&before[..others]);
            before = &before[others..];
            let first = match before.split_first().filter(|(one, _)| one.person == person) {
                None => {
                    growth.new.push(person);
                    self.month
                }
                Some((Posted { first, last, .. }, rest)) => {
                    before = rest;
                    if last + 1 == self.month {
                        growth.retained.push(person);
                    } else {
                        growth.reactivated += 1;
                    }
                    *first
                }
            };
            self.posted.push(Posted { person, first, last: self.month });
            self.ages.push(self.month - first);
        }
        self.posted.extend_from_slice(before);
        growth.lapsed = previous_posters - growth.retained.len() as u64;
        growth
    }

    /// How many months ago each of the last month's posters posted first, in their order.
    pub(crate) fn ages(&self) -> &[u32] {
        &self.ages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_new_once_and_then_stay_leave_or_come_back() {
        let mut growth = GrowthTracker::default();
        assert_eq!(growth.next([1, 2].into_iter()), Growth { new: vec![1, 2], ..Growth::default() });
        let second = growth.next([2, 3].into_iter());
        assert_eq!(second, Growth { new: vec![3], retained: vec![2], reactivated: 0, lapsed: 1 });
        let third = growth.next([1].into_iter());
        assert_eq!(third, Growth { new: vec![], retained: vec![], reactivated: 1, lapsed: 2 });
        let fourth = growth.next([].into_iter());
        assert_eq!(fourth, Growth { lapsed: 1, ..Growth::default() });
    }
}

//! Themes of retrospectives that come back, and how far people agree in naming them.

use std::collections::{BTreeMap, BTreeSet};

use super::gatherings::Gathering;

/// How the themes of one retrospective lie to those of the one before in the same room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recurrence {
    /// Themes of both.
    pub again: u64,
    /// Themes of the later one.
    pub now: u64,
    /// Themes of either.
    pub either: u64,
}

impl Recurrence {
    /// What two sets of themes have in common.
    pub fn between(before: &BTreeSet<i64>, now: &BTreeSet<i64>) -> Self {
        Self {
            again: before.intersection(now).count() as u64,
            now: now.len() as u64,
            either: before.union(now).count() as u64,
        }
    }

    /// Themes of both over themes of either (Jaccard 1912), or `None` where there are none.
    pub fn jaccard(self) -> Option<f64> {
        (self.either > 0).then(|| self.again as f64 / self.either as f64)
    }

    /// Both together.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { again: self.again + other.again, now: self.now + other.now, either: self.either + other.either }
    }
}

/// The retrospectives with themes, each with the one before it in the same room.
pub fn pairs(gatherings: &[Gathering]) -> impl Iterator<Item = (&Gathering, &Gathering)> {
    let with_themes = |gathering: &&Gathering| !gathering.themes.is_empty();
    gatherings.iter().enumerate().filter(move |(_, now)| with_themes(now)).filter_map(move |(at, now)| {
        let before = gatherings[..at].iter().rev().filter(with_themes).find(|before| before.room == now.room)?;
        Some((before, now))
    })
}

/// Krippendorff's alpha (2011) for names without order: how far coders who labelled the same units agree beyond
/// chance. Each unit holds the labels that it was given; `None` where no unit has two, or all labels are the same.
pub fn coders_agree(units: &[Vec<i64>]) -> Option<f64> {
    let (mut of_label, mut differing, mut pairable) = (BTreeMap::new(), 0.0, 0.0);
    for unit in units.iter().filter(|unit| unit.len() > 1) {
        let count = unit.len() as f64;
        pairable += count;
        let labels: BTreeSet<i64> = unit.iter().copied().collect();
        for label in labels {
            let times = unit.iter().filter(|other| **other == label).count() as f64;
            *of_label.entry(label).or_insert(0.0) += times;
            differing += times * (count - times) / (count - 1.0);
        }
    }
    let expected: f64 = of_label.values().map(|times| times * (pairable - times)).sum::<f64>() / (pairable - 1.0);
    (expected > 0.0).then(|| 1.0 - differing / expected)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    const UNLABELLED: i64 = 0;

    #[test]
    fn recurring_themes_agree_with_gold() {
        let (onboarding, ci, docs, focus) = (1, 2, 3, 4);
        let retro = |id, room, themes: &[i64]| Gathering {
            id,
            room,
            began: id,
            themes: themes.iter().copied().collect(),
            ..Gathering::default()
        };
        let gatherings = [
            retro(1, 1, &[onboarding, ci]),
            retro(2, 2, &[focus]),
            retro(3, 1, &[onboarding, docs]),
            retro(4, 1, &[]),
            retro(5, 1, &[onboarding, docs, focus]),
        ];
        let found: Vec<Recurrence> =
            pairs(&gatherings).map(|(before, now)| Recurrence::between(&before.themes, &now.themes)).collect();
        assert_eq!(found.len(), 2, "the first of each room has none before it, and meetings have no themes");
        close(found[0].jaccard().unwrap(), 1.0 / 3.0);
        close(found[1].jaccard().unwrap(), 2.0 / 3.0);
        assert_eq!((found[1].again, found[1].now), (2, 3));
        assert_eq!(Recurrence::default().jaccard(), None);
    }

    #[test]
    fn coders_agree_with_gold() {
        let one = [1, 2, 3, 3, 2, 1, 4, 1, 2, UNLABELLED];
        let other = [1, 2, 3, 3, 2, 2, 4, 1, 2, 5];
        let units: Vec<Vec<i64>> = one
            .into_iter()
            .zip(other)
            .map(|(one, other)| [one, other].into_iter().filter(|label| *label != UNLABELLED).collect())
            .collect();
        close(coders_agree(&units).unwrap(), 0.852_173_913_043_478_3);
        assert_eq!(coders_agree(&[]), None);
    }
}

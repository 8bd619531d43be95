//! Releases by month: with gaps where months are not kept, and without what cannot be compared.

use hearth_shared::{
    month::Month,
    release::{Cell, Release},
    report::measure_id,
};

use super::{
    scale::Kind,
    usual::{Past, number},
};

/// How many months back a comparison looks.
pub const BACK: i32 = 12;

/// Releases, looked up by month.
#[derive(Clone, Copy, Debug)]
pub struct History<'a>(&'a [Release]);

impl<'a> History<'a> {
    /// `releases`: of one community or room, oldest first, at most one a month.
    pub fn new(releases: &'a [Release]) -> Self {
        debug_assert!(releases.is_sorted_by(|earlier, later| earlier.month < later.month));
        Self(releases)
    }

    /// The release of a month; `None` where it is not kept.
    pub fn at(self, month: Month) -> Option<&'a Release> {
        self.0.binary_search_by_key(&month, |release| release.month).ok().map(|index| &self.0[index])
    }

    /// The months from `from` to `to`, both included, counted from `month`.
    pub fn around(self, month: Month, from: i32, to: i32) -> impl DoubleEndedIterator<Item = Option<&'a Release>> {
        (from..=to).map(move |step| month.plus(step).and_then(|month| self.at(month)))
    }

    /// The releases before a month, the last first.
    pub fn before(self, month: Month) -> impl Iterator<Item = &'a Release> {
        self.0.iter().rev().skip_while(move |release| release.month >= month)
    }

    /// The first release.
    pub fn first(self) -> Option<&'a Release> {
        self.0.first()
    }

    /// The last release.
    pub fn last(self) -> Option<&'a Release> {
        self.0.last()
    }

    /// It, as far as it can be compared with the month of `as_in`: months that are whole, of the same scope, and by
    /// measure of the same method.
    pub fn like(self, as_in: &'a Release) -> Like<'a> {
        Like { history: self, as_in }
    }
}

/// Releases, of which those that cannot be compared with one of them are gaps.
#[derive(Clone, Copy, Debug)]
pub struct Like<'a> {
    history: History<'a>,
    as_in: &'a Release,
}

impl<'a> Like<'a> {
    /// A measure in the months from `from` to `to` around `month`.
    fn cells(self, id: &str, month: Month, from: i32, to: i32) -> impl Iterator<Item = Option<&'a Cell>> {
        let method = self.as_in.measures.get(id).map(|cell| cell.method);
        self.history.around(month, from, to).map(move |release| {
            let release = release.filter(|release| release.scope == self.as_in.scope && release.is_whole())?;
            release.measures.get(id).filter(|cell| Some(cell.method) == method)
        })
    }

    /// A measure in those months, on its scale; `usual` as for [`Kind::scaled`].
    pub fn scaled(self, kind: Kind, month: Month, from: i32, to: i32, usual: Option<f64>) -> Vec<Option<f64>> {
        self.cells(kind.id(), month, from, to).map(|cell| kind.scaled(cell?, usual)).collect()
    }

    /// What is known of a measure in the twelve months before `month`, oldest first.
    pub fn before(self, kind: Kind, month: Month) -> Vec<f64> {
        self.scaled(kind, month, -BACK, -1, None).into_iter().flatten().collect()
    }

    /// What is usual before `month`; `None` where fewer than `least` months are known. What a month rests on is taken from
    /// these and the `then` months from `month` on.
    pub fn usual(self, kind: Kind, month: Month, then: i32, least: usize) -> Option<Past> {
        Past::fit(kind, &self.before(kind, month), self.size(kind, month, then), least)
    }

    /// The median of what months of a measure rest on: posters, or conversations.
    fn size(self, kind: Kind, month: Month, then: i32) -> f64 {
        let sizes = match kind {
            Kind::People | Kind::New | Kind::Voices => self
                .cells(measure_id::POSTERS, month, -BACK, then - 1)
                .filter_map(|cell| cell?.value.map(|posters| posters.middle()))
                .collect(),
            Kind::TakenUp => self
                .cells(kind.id(), month, -BACK, then - 1)
                .filter_map(|cell| cell?.about.filter(|conversations| *conversations > 0.0))
                .collect(),
        };
        median(sizes).unwrap_or(1.0)
    }
}

/// The mean, where there are any.
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / number(values.len()))
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let upper = *values.get(values.len() / 2)?;
    let lower = values[(values.len() - 1) / 2];
    Some(lower + (upper - lower) / 2.0)
}

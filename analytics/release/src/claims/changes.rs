//! A month and a quarter beside the months before.

use std::collections::BTreeMap;

use hearth_shared::{
    release::Release,
    report::{Mark, Usual, Verdict},
};

use super::{
    history::{BACK, History, mean},
    scale::Kind,
    usual::Past,
};

/// How often a month is told to be unusual by chance.
pub(super) const MONTH_ALPHA: f64 = 0.005;
/// How often a quarter is told to be unusual by chance.
pub(super) const QUARTER_ALPHA: f64 = 0.01;
/// How many months of the past a month's verdict needs.
pub(super) const MONTH_LEAST: usize = 3;
/// How many months of the past a quarter's verdict needs.
pub(super) const QUARTER_LEAST: usize = 6;
/// How much of this month's difference last year's must have had, so that it is the same again.
const AS_MUCH: f64 = 0.5;

/// How a month, or three of them, compares with what is usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// What may be said.
    pub verdict: Verdict,
    /// What is usual.
    pub usual: Usual,
    /// How much more than usual it is, on the measure's scale (see `scale.rs`).
    pub difference: f64,
    /// Up to what difference it may be chance, on the same scale.
    pub half_width: f64,
    /// Whether the month before was judged the same, more or less. What is so is not told again.
    pub again: bool,
}

impl Change {
    /// `now`: one month or several, on the scale of `kind`. Nothing known of them is an error of the caller's.
    pub(super) fn judge(kind: Kind, past: &Past, now: &[f64], alpha: f64) -> Option<Self> {
        let place = mean(now)?;
        let (difference, half_width) = (place - past.centre, past.half_width(now.len(), alpha));
        let verdict = if difference.abs() > half_width && kind.matters(place, past.centre) {
            if difference > 0.0 { Verdict::More } else { Verdict::Less }
        } else if now.len() == 1 {
            Verdict::Usual
        } else if past.shows_halving(now.len(), alpha) {
            Verdict::NoClearChange
        } else {
            Verdict::CannotTell
        };
        Some(Self { verdict, usual: past.usual(), difference, half_width, again: false })
    }

    /// Whether it is more or less than usual.
    pub(super) fn is_claim(&self) -> bool {
        matches!(self.verdict, Verdict::More | Verdict::Less)
    }

    /// The verdict, unless it was told of the month before already.
    pub fn told(&self) -> Option<Verdict> {
        (!self.again).then_some(self.verdict)
    }
}

/// What may be said of one measure.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Changes {
    /// Of the month; `None` where there is no value, or fewer than three months before have one.
    pub month: Option<Change>,
    /// Of the quarter that ends with the month; `None` where one of its months has no value, or fewer than six months
    /// before it have one.
    pub quarter: Option<Change>,
}

/// What may be said of a release beside earlier ones, by measure. `releases` are those of one community or room, oldest
/// first; later ones than `index` are not looked at.
pub fn changes(releases: &[Release], index: usize) -> BTreeMap<&'static str, Changes> {
    let Some(release) = releases.get(index) else { return BTreeMap::new() };
    let history = History::new(&releases[..=index]);
    let of = |kind| Changes { month: told_month(history, kind, release), quarter: quarter(history, kind, release) };
    let all = Kind::ALL.map(|kind| (kind.id(), of(kind)));
    all.into_iter().filter(|(_, changes)| *changes != Changes::default()).collect()
}

/// The marks of a picture that ends with a release: which of its last twelve months were told to be more or less than
/// usual, oldest first. They are what was said in each of these months, and no comparison of their own.
pub fn marks(releases: &[Release], index: usize, measure: &str) -> Vec<Mark> {
    let (Some(kind), Some(release)) = (Kind::of(measure), releases.get(index)) else { return Vec::new() };
    let history = History::new(&releases[..=index]);
    let told = |release: &Release| {
        let change = told_month(history, kind, release).filter(|change| change.is_claim() && !change.again)?;
        Some(Mark { month: release.month, verdict: change.verdict })
    };
    history.around(release.month, 1 - BACK, 0).flatten().filter_map(told).collect()
}

/// The month's, with what was told of the month before.
fn told_month(history: History<'_>, kind: Kind, release: &Release) -> Option<Change> {
    let mut change = month(history, kind, release)?;
    let before = release.month.previous().and_then(|before| month(history, kind, history.at(before)?));
    change.again = change.is_claim() && before.is_some_and(|before| before.verdict == change.verdict);
    Some(change)
}

/// The month beside the up to twelve before it; nothing of one of which too many hours are unknown.
fn month(history: History<'_>, kind: Kind, release: &Release) -> Option<Change> {
    if !release.is_whole() {
        return None;
    }
    let like = history.like(release);
    let past = like.usual(kind, release.month, 1, MONTH_LEAST)?;
    let now = kind.scaled(release.measures.get(kind.id())?, Some(past.centre))?;
    let mut change = Change::judge(kind, &past, &[now], MONTH_ALPHA)?;
    if change.is_claim() {
        let last_year = || {
            let month = release.month.plus(-BACK)?;
            let before = like.before(kind, month);
            let then = (*like.scaled(kind, month, 0, 0, None).first()?)?;
            (before.len() >= MONTH_LEAST).then_some(then - mean(&before)?)
        };
        let same = |then: f64| then * change.difference > 0.0 && then.abs() >= change.difference.abs() * AS_MUCH;
        if last_year().is_some_and(same) {
            change.verdict = Verdict::AsLastYear;
        }
    }
    Some(change)
}

/// The quarter that ends with the month, beside the up to twelve months before it.
fn quarter(history: History<'_>, kind: Kind, release: &Release) -> Option<Change> {
    let first = release.month.plus(-2).filter(|_| release.month.month() % 3 == 0)?;
    let like = history.like(release);
    let past = like.usual(kind, first, 3, QUARTER_LEAST)?;
    let now: Option<Vec<f64>> = like.scaled(kind, first, 0, 2, Some(past.centre)).into_iter().collect();
    Change::judge(kind, &past, &now?, QUARTER_ALPHA)
}

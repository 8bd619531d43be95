//! The scales on which changes are judged, one a measure: there, chance has about the same size everywhere.

use hearth_shared::{
    release::Cell,
    report::{JUDGED, measure_id},
};

/// A measure of which changes are judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People who wrote: the logarithm.
    People,
    /// People who wrote for the first time: Anscombe's root (1948), on which Poisson counts scatter by 1.
    New,
    /// Effective voices: the logarithm.
    Voices,
    /// The share of conversations that were taken up: the logit.
    TakenUp,
}

/// The least relative difference that is worth a word: a quarter.
const LEAST_RATIO: f64 = 1.25;
/// The least difference of shares that is worth a word.
const LEAST_POINTS: f64 = 0.1;
/// How much more shares of conversations scatter than independent ones, because some people open several.
const SHARE_INFLATION: f64 = 1.5;
/// Differences that are meant to be on a border.
const EXACT: f64 = 1e-12;

impl Kind {
    /// All, in the order of [`JUDGED`].
    pub const ALL: [Self; 4] = [Self::People, Self::New, Self::Voices, Self::TakenUp];

    /// The measure's id.
    pub fn id(self) -> &'static str {
        match self {
            Self::People => measure_id::POSTERS,
            Self::New => measure_id::NEW_POSTERS,
            Self::Voices => measure_id::EFFECTIVE_VOICES,
            Self::TakenUp => measure_id::TAKEN_UP,
        }
    }

    /// The one with an id; `None` of a measure of which no changes are judged.
    pub fn of(measure: &str) -> Option<Self> {
        debug_assert_eq!(Self::ALL.map(Self::id), JUDGED);
        Self::ALL.into_iter().find(|kind| kind.id() == measure)
    }

    /// A released value on the scale. A range stands for its middle; where `usual` is given, for its end that is nearest
    /// to that, so that a range never makes a change.
    pub fn scaled(self, cell: &Cell, usual: Option<f64>) -> Option<f64> {
        let released = cell.value?;
        let value = usual.map_or(released.middle(), |usual| released.nearest(self.unscaled(usual)));
        match self {
            Self::People | Self::Voices => Some(value.max(1.0).ln()),
            Self::New => Some(root(value)),
            Self::TakenUp => {
                let edge = 0.5 / cell.about.filter(|conversations| *conversations > 0.0)?;
                Some(logit(value.min(1.0 - edge).max(edge)))
            }
        }
    }

    /// The value of a place on the scale.
    pub fn unscaled(self, place: f64) -> f64 {
        match self {
            Self::People | Self::Voices => place.exp(),
            Self::New => unroot(place),
            Self::TakenUp => 1.0 / (1.0 + (-place).exp()),
        }
    }

    /// The variance of a month around `centre` that three real communities show. `size` is how many posters (of voices) or
    /// conversations (of shares) a month rests on.
    pub fn prior_variance(self, centre: f64, size: f64) -> f64 {
        match self {
            Self::People => 1.1 / centre.exp().max(1.0) + 0.02,
            Self::Voices => 0.05 + 0.55 / size,
            Self::New => 1.7,
            Self::TakenUp => {
                let share = self.unscaled(centre);
                SHARE_INFLATION / (size * share * (1.0 - share))
            }
        }
    }

    /// Whether the difference of two places is large enough to be worth a word.
    pub fn matters(self, now: f64, usual: f64) -> bool {
        let (now, usual) = (self.unscaled(now), self.unscaled(usual));
        match self {
            Self::TakenUp => (now - usual).abs() >= LEAST_POINTS - EXACT,
            _ => (now.max(0.5) / usual.max(0.5)).ln().abs() >= LEAST_RATIO.ln() - EXACT,
        }
    }

    /// How far below `usual` half of its value lies.
    pub fn halving(self, usual: f64) -> f64 {
        let half = self.unscaled(usual) / 2.0;
        match self {
            Self::People | Self::Voices => 2_f64.ln(),
            Self::New => usual - root(half),
            Self::TakenUp => usual - logit(half),
        }
    }
}

fn root(count: f64) -> f64 {
    2.0 * (count + 0.375).sqrt()
}

fn unroot(place: f64) -> f64 {
    ((place / 2.0).powi(2) - 0.375).max(0.0)
}

fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

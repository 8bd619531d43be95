//! One drawing per shape of figure. Each makes a scene of a figure: no colours, no files, no report.

pub(crate) mod actions;
pub(crate) mod cohorts;
pub(crate) mod ends;
pub(crate) mod funnel;
pub(crate) mod gaps;
pub(crate) mod intervals;
pub(crate) mod months;
pub(crate) mod network;
pub(crate) mod rooms;
pub(crate) mod spark;
pub(crate) mod survival;
pub(crate) mod themes;
pub(crate) mod week;

/// How wide a picture is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// 720 pixels: a page.
    Wide,
    /// 340 pixels: a phone.
    Narrow,
    /// The same, and so low that with its title it is three wide and two high: a room, where clients show pictures small.
    Room,
}

impl Size {
    /// The width in pixels.
    pub(crate) fn width(self) -> f64 {
        match self {
            Self::Wide => 720.0,
            Self::Narrow | Self::Room => 340.0,
        }
    }

    /// `wide` or `narrow`, whichever this is.
    pub(crate) fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow | Self::Room => narrow,
        }
    }

    /// How high a plot is that stands alone: `wide`, `narrow`, or as high as a room's picture lets it be.
    pub(crate) fn height(self, wide: f64, narrow: f64) -> f64 {
        if self == Self::Room { 126.0 } else { self.pick(wide, narrow) }
    }
}

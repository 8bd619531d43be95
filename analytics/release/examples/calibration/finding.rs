//! How often a change is found, and how often an experiment seems to have helped.

use hearth_release::claims::{changes, experiment};
use hearth_shared::{
    month::Month,
    report::{Outcome, Verdict, measure_id},
};

use crate::communities::{Community, Exact, releases};

/// What is halved.
#[derive(Clone, Copy, Debug)]
pub enum Halved {
    /// As many people write.
    People,
    /// It is as if as many people wrote.
    Voices,
    /// As many conversations are taken up, of so many.
    TakenUp {
        /// How many begin in a month.
        conversations: f64,
    },
}

/// How often a halving after a year is found: in its first month, and in its first quarter.
pub fn halving(halved: Halved, size: f64, communities: u64) -> [f64; 2] {
    let mut found = [0_u32; 2];
    for seed in 0..communities {
        let mut community = Community::new(size, 1_000_000 + seed);
        if let Halved::TakenUp { conversations } = halved {
            community.conversations = conversations;
        }
        let mut months: Vec<Exact> = (0..12).map(|_| community.month()).collect();
        match halved {
            Halved::People => community.people_factor = 0.5,
            Halved::Voices => {}
            Halved::TakenUp { .. } => community.taken_share /= 2.0,
        }
        months.extend((0..3).map(|_| {
            let exact = community.month();
            let voices = if matches!(halved, Halved::Voices) { exact.voices / 2.0 } else { exact.voices };
            Exact { voices, ..exact }
        }));
        let releases = releases(months);
        let measure = match halved {
            Halved::People => measure_id::POSTERS,
            Halved::Voices => measure_id::EFFECTIVE_VOICES,
            Halved::TakenUp { .. } => measure_id::TAKEN_UP,
        };
        let of = |index| changes(&releases, index).get(measure).copied().unwrap_or_default();
        for (count, change) in found.iter_mut().zip([of(12).month, of(14).quarter]) {
            *count += u32::from(change.is_some_and(|change| change.verdict == Verdict::Less));
        }
    }
    found.map(|found| share(found, communities))
}

/// How often an experiment that begins after the worst of six months seems to have helped, where it makes the measure
/// `times` as much from the month of its beginning on.
pub fn helped(measure: &str, size: f64, times: f64, communities: u64) -> f64 {
    let mut helped = 0;
    for seed in 0..communities {
        let mut community = Community::new(size, 2_000_000 + seed);
        let mut months: Vec<Exact> = (0..24).map(|_| community.month()).collect();
        let value = |exact: &Exact| match measure {
            measure_id::POSTERS => f64::from(u32::try_from(exact.posters).unwrap_or(u32::MAX)),
            _ => exact.voices,
        };
        let worst = (12..18).min_by(|one, other| value(&months[*one]).total_cmp(&value(&months[*other])));
        let begun = worst.unwrap_or(12) + 1;
        for exact in &mut months[begun..] {
            match measure {
                measure_id::POSTERS => exact.posters = scaled(exact.posters, times),
                _ => exact.voices *= times,
            }
        }
        let releases = releases(months);
        let month: Month = releases[begun].month;
        let outcome = experiment(&releases, measure, month);
        helped += u32::from(matches!(outcome, Outcome::Judged { verdict: Verdict::More, .. }));
    }
    share(helped, communities)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small count")]
fn scaled(count: u64, times: f64) -> u64 {
    (f64::from(u32::try_from(count).unwrap_or(u32::MAX)) * times).round() as u64
}

#[expect(clippy::cast_precision_loss, reason = "a small count")]
fn share(count: u32, all: u64) -> f64 {
    f64::from(count) / all as f64
}

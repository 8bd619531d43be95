//! How evenly people speak: effective voices, absence factor, top shares, Gini.

use hearth_shared::report::measure_id;

use super::definition::{Definition, Tier};
use crate::{month_view::MonthView, raw::Raw, suppress::Cell};

/// The Hill number of order 1.
pub const EFFECTIVE_VOICES: Definition = Definition {
    id: measure_id::EFFECTIVE_VOICES,
    unit: "people",
    tier: Tier::Headline,
    definition: "How many people, all writing equally much, would sound as diverse: the Hill number of order 1, exp(-sum of p ln p) over posters.",
    source: "Hill 1973; Jost 2006.",
    caveat: "\"The month sounded like ten equal voices.\" It grows with the number of messages in quiet months: compare quiet with quiet.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| {
        let interval = view.voice_intervals().map(|intervals| intervals.hill1);
        Ok(diverse(view, view.shares().hill1(), interval))
    },
};

/// The Hill number of order 2.
pub const EFFECTIVE_VOICES_Q2: Definition = Definition {
    id: measure_id::EFFECTIVE_VOICES_Q2,
    unit: "people",
    tier: Tier::Section,
    definition: "The Hill number of order 2, one over the sum of p squared: the chance-of-same-author form of effective voices.",
    source: "Hill 1973; Laakso and Taagepera 1979.",
    caveat: "Hardly depends on how many messages there are: the one to trust from month to month.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| {
        let interval = view.voice_intervals().map(|intervals| intervals.hill2);
        Ok(diverse(view, view.shares().hill2(), interval))
    },
};

/// How many people write half of everything.
pub const ABSENCE_FACTOR: Definition = Definition {
    id: measure_id::ABSENCE_FACTOR,
    unit: "people",
    tier: Tier::Headline,
    definition: "The fewest people who together wrote at least half of the messages.",
    source: "CHAOSS, Contributor Absence Factor.",
    caveat: "Small: back these people up before they burn out. One loud room can hide behind the total.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| Ok(diverse(view, view.shares().absence_factor().map(|people| people as f64), None)),
};

/// The share of the one who writes most.
pub const TOP1_SHARE: Definition = Definition {
    id: measure_id::TOP1_SHARE,
    unit: "share",
    tier: Tier::Section,
    definition: "The share of messages by the person who wrote most.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others to host, never to count one person's messages.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| Ok(Raw::of_people(view.shares().top_share(1), view.poster_count())),
};

/// The share of the three who write most.
pub const TOP3_SHARE: Definition = Definition {
    id: measure_id::TOP3_SHARE,
    unit: "share",
    tier: Tier::Section,
    definition: "The share of messages by the three people who wrote most.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others to host, never to count anybody's messages.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| Ok(Raw::of_people(view.shares().top_share(3), view.poster_count())),
};

/// The Gini index.
pub const GINI: Definition = Definition {
    id: measure_id::GINI,
    unit: "index",
    tier: Tier::Section,
    definition: "The Gini index of messages over posters: 0 where all write equally, towards 1 where one writes everything.",
    source: "Gini 1912; CHAOSS.",
    caveat: "Rises with the number of messages alone (0.24 to 0.79 within one and the same month): compare only months of like volume. Silent members are not in it.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| {
        let interval = view.voice_intervals().map(|intervals| intervals.gini);
        let value = view.shares().gini().filter(|_| view.poster_count() > 1);
        Ok(Raw::of_people(value, view.poster_count()).with_interval(interval))
    },
};

/// The Gini index, corrected for small samples. Beside the uncorrected one it gives away how many posters there are.
pub const GINI_CORRECTED: Definition = Definition {
    id: measure_id::GINI_CORRECTED,
    unit: "index",
    tier: Tier::Section,
    definition: "The Gini index times S / (S - 1), S posters: one who writes everything gives 1 in any company.",
    source: "Deltas 2003.",
    caveat: "Corrects for few people, not for few messages: compare only months of like volume.",
    needs: &[],
    reach: 0,
    reveals: &[Cell::Posters],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| {
        let interval = view.voice_intervals().map(|intervals| intervals.gini_corrected);
        Ok(Raw::of_people(view.shares().gini_corrected(), view.poster_count()).with_interval(interval))
    },
};

/// Pielou's evenness. Beside effective voices it gives away how many posters there are.
pub const EVENNESS: Definition = Definition {
    id: measure_id::EVENNESS,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Pielou's evenness, entropy over its maximum: 1 where all write equally.",
    source: "Pielou 1966.",
    caveat: "Falls with the number of messages: effective voices says the same more steadily.",
    needs: &[],
    reach: 0,
    reveals: &[Cell::Posters],
    sample: Some(Cell::Posters),
    per_room: true,
    raw: |view| Ok(Raw::of_people(view.shares().evenness(), view.poster_count())),
};

/// A number of voices: there cannot be fewer posters than that.
fn diverse(view: &MonthView<'_>, value: Option<f64>, interval: Option<[f64; 2]>) -> Raw {
    let most = value.into_iter().chain(interval.map(|[_, high]| high)).fold(0.0, f64::max);
    let proves_posters = (most - 1e-9).ceil().max(0.0) as u64;
    Raw { proves_posters, ..Raw::of_people(value, view.poster_count()).with_interval(interval) }
}

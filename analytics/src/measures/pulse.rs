//! How safe people feel to speak, by their anonymous answers. Never under ten sheets, never split.

use super::{Definition, Raw, Tier};
use crate::{
    bootstrap,
    practices::pulses::{self, MIN_SHEETS, Pulse, Sheet},
    view::View,
};

/// The mean score.
pub const SAFETY_PULSE: Definition = Definition {
    id: "safety_pulse",
    unit: "points",
    tier: Tier::Headline,
    definition: "Mean score, 1 to 7, over people with five answers or more to the seven items (items 1, 3 and 5 turned round), for the pulse whose two weeks ended this month; bootstrap interval over people; from ten people on.",
    source: "Edmondson 1999; CHAOSS, Psychological Safety.",
    caveat: "Look at who answered first: the unsafe may be silent. A change within the interval is none. Talk about it with everybody, and never ask who said what.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    raw: |view| {
        Ok(about(view, |pulse, people| {
            let scores: Vec<f64> = pulse.sheets.iter().filter_map(pulses::score).collect();
            let value = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
            Raw { interval: bootstrap::mean(&scores), ..Raw::of_people(value, people) }
        }))
    },
};

/// How many of those who were asked answered.
pub const SAFETY_RESPONSE_RATE: Definition = Definition {
    id: "safety_response_rate",
    unit: "share",
    tier: Tier::Section,
    definition: "Of the people who were asked for the pulse, the share who gave five answers or more, Wilson interval; from ten people on.",
    source: "CHAOSS, Psychological Safety.",
    caveat: "Under a half, the score says little about the others. Ask again rather than remind.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    raw: |view| {
        Ok(about(view, |pulse, people| {
            let Raw { value, n, interval, groups, .. } = Raw::share_of_people(people, pulse.people.max(people));
            Raw { value: value.filter(|_| pulse.people > 0), n, interval, groups, people, ..Raw::default() }
        }))
    },
};

/// How far the items say the same.
pub const SAFETY_ALPHA: Definition = Definition {
    id: "safety_alpha",
    unit: "index",
    tier: Tier::Explorer,
    definition: "Cronbach's alpha of the seven items, over the sheets that answer all of them: how far the items say the same.",
    source: "Cronbach 1951.",
    caveat: "Under 0.7, the score mixes different things: look at the items before the mean.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    raw: |view| {
        Ok(about(view, |pulse, _| {
            let complete: Vec<Sheet> =
                pulse.sheets.iter().filter(|sheet| sheet.iter().all(Option::is_some)).copied().collect();
            Raw::of_people(pulses::alpha(&complete), complete.len() as u64)
        }))
    },
};

/// How far people agree.
pub const SAFETY_AGREEMENT: Definition = Definition {
    id: "safety_agreement",
    unit: "index",
    tier: Tier::Explorer,
    definition: "Within-group agreement (rwg) on the seven items, their mean: 1 where all answer alike, 0 where answers spread as if given blindly.",
    source: "James, Demaree and Wolf 1984.",
    caveat: "Low beside a good mean: the room is safe for some. Below 0, it is two rooms.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    raw: |view| Ok(about(view, |pulse, people| Raw::of_people(pulses::mean_agreement(&pulse.sheets), people))),
};

/// What is said of the last pulse whose time to answer ended this month, and how many people gave it a score.
fn about(view: &View<'_>, say: impl Fn(&Pulse, u64) -> Raw) -> Raw {
    let pulses = pulses::pulses(view.acts());
    let ended = pulses.iter().rev().find(|pulse| view.is_in_month(pulse.asked + pulses::OPEN));
    let Some(pulse) = ended else { return Raw { reason: Some("no_pulse"), ..Raw::default() } };
    let people = pulse.sheets.iter().filter(|sheet| pulses::score(sheet).is_some()).count() as u64;
    if people == 0 {
        return Raw::too_few();
    }
    // Under ten sheets nothing is said of the pulse at all, whatever an item's own count is.
    let raw = say(pulse, people);
    Raw { people: raw.people.min(people), shown_from: MIN_SHEETS, ..raw }
}

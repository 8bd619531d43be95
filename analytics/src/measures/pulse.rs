//! How safe people feel to speak, by their anonymous answers. Never under ten sheets, never split.

use hearth_shared::report::{measure_id, reason};

use super::definition::{Definition, Formula, Tier};
use crate::{
    bootstrap,
    month_view::MonthView,
    practices::pulses::{self, MIN_SHEETS, Pulse, Recommend, Sheet},
    raw::Raw,
};

/// The mean score.
pub const SAFETY_PULSE: Definition = Definition {
    id: measure_id::SAFETY_PULSE,
    unit: "points",
    tier: Tier::Headline,
    definition: "Mean score, 1 to 7, over people with five answers or more to the seven items (items 1, 3 and 5 turned round), for the pulse whose two weeks ended this month; bootstrap interval over people; from ten people on.",
    source: "Edmondson 1999; CHAOSS, Psychological Safety.",
    caveat: "Look at who answered first: the unsafe may be silent. A change within the interval is none. Talk about it with everybody, and never ask who said what.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        Ok(about(view, |pulse, people| {
            let scores: Vec<f64> = pulse.sheets.iter().filter_map(pulses::score).collect();
            let value = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
            Raw { interval: bootstrap::mean(&scores), ..Raw::of_people(value, people) }
        }))
    }),
};

/// How many of those who were asked answered.
pub const SAFETY_RESPONSE_RATE: Definition = Definition {
    id: measure_id::SAFETY_RESPONSE_RATE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the people who were asked for the pulse, the share who gave five answers or more, Wilson interval; from ten people on.",
    source: "CHAOSS, Psychological Safety.",
    caveat: "Under a half, the score says little about the others. Ask again rather than remind.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        Ok(about(view, |pulse, people| {
            let Raw { value, n, interval, groups, .. } = Raw::share_of_people(people, pulse.people.max(people));
            Raw { value: value.filter(|_| pulse.people > 0), n, interval, groups, people, ..Raw::default() }
        }))
    }),
};

/// How far the items say the same.
pub const SAFETY_ALPHA: Definition = Definition {
    id: measure_id::SAFETY_ALPHA,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Cronbach's alpha of the seven items, over the sheets that answer all of them: how far the items say the same.",
    source: "Cronbach 1951.",
    caveat: "Under 0.7, the score mixes different things: look at the items before the mean.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        Ok(about(view, |pulse, _| {
            let complete: Vec<Sheet> =
                pulse.sheets.iter().filter(|sheet| sheet.iter().all(Option::is_some)).copied().collect();
            Raw::of_people(pulses::alpha(&complete), complete.len() as u64)
        }))
    }),
};

/// How far people agree.
pub const SAFETY_AGREEMENT: Definition = Definition {
    id: measure_id::SAFETY_AGREEMENT,
    unit: "index",
    tier: Tier::Explorer,
    definition: "Within-group agreement (rwg) on the seven items, their mean: 1 where all answer alike, 0 where answers spread as if given blindly.",
    source: "James, Demaree and Wolf 1984.",
    caveat: "Low beside a good mean: the room is safe for some. Below 0, it is two rooms.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        Ok(about(view, |pulse, people| Raw::of_people(pulses::mean_agreement(&pulse.sheets), people)))
    }),
};

/// Whether people would recommend the community.
pub const ENPS: Definition = Definition {
    id: measure_id::ENPS,
    unit: "points",
    tier: Tier::Explorer,
    definition: "Of the answers to \"would you recommend this community?\" (0 to 10) in the pulse whose two weeks ended this month, the percentage of 9 and 10 less that of 0 to 6: from -100 to 100; interval by its standard error; from ten people on.",
    source: "Reichheld 2003.",
    caveat: "With few answers it swings wildly: at ten the interval spans a hundred points. Read what people say before you read this.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        let Some(pulse) = ended(view) else { return Ok(Raw { reason: Some(reason::NO_PULSE), ..Raw::default() }) };
        let classes = Recommend::of(&pulse.recommend);
        let net = classes.net();
        let raw = Raw::of_people(net.map(|(score, _)| score), pulse.recommend.len() as u64);
        // Score and interval together tell how large each class is.
        let groups = vec![classes.promoters, classes.passives, classes.detractors];
        let raw = raw.with_interval(net.map(|(_, ends)| ends));
        Ok(Raw { groups, shown_from: MIN_SHEETS, reason: Some(reason::NO_ANSWERS), ..raw })
    }),
};

/// The last pulse whose time to answer ended this month.
pub fn ended(view: &MonthView<'_>) -> Option<Pulse> {
    pulses::pulses(view.acts()).into_iter().rev().find(|pulse| view.is_in_month(pulse.asked + pulses::OPEN))
}

/// What is said of it, and how many people gave it a score.
fn about(view: &MonthView<'_>, say: impl Fn(&Pulse, u64) -> Raw) -> Raw {
    let Some(pulse) = ended(view) else { return Raw { reason: Some(reason::NO_PULSE), ..Raw::default() } };
    let people = pulse.sheets.iter().filter(|sheet| pulses::score(sheet).is_some()).count() as u64;
    if people == 0 {
        return Raw::too_few();
    }
    // Under ten sheets nothing is said of the pulse at all, whatever an item's own count is.
    let raw = say(&pulse, people);
    Raw { people: raw.people.min(people), shown_from: MIN_SHEETS, ..raw }
}

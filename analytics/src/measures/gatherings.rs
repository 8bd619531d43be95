//! Whether gatherings are worth their time, how their turns are shared, and what comes back in them.

use std::collections::BTreeSet;

use hearth_shared::report::{measure_id, reason};

use super::definition::{Definition, Formula, Tier};
use crate::{
    bootstrap,
    month_view::MonthView,
    practices::{
        gatherings::{self, Gathering, Rotation},
        themes::{self, Recurrence},
    },
    raw::Raw,
    scopes::PersonMonth,
    statistics::quantile,
};

/// The mean return on time invested.
pub const ROTI: Definition = Definition {
    id: measure_id::ROTI,
    unit: "points",
    tier: Tier::Section,
    definition: "Mean answer to \"was this worth your time?\", 0 (lost) to 4 (far more than it cost), over this month's gatherings with five answers or more; bootstrap interval over answers.",
    source: "Derby and Larsen 2006.",
    caveat: "Low twice: change the format, not the people. Some teams ask on 1 to 5: do not compare with theirs.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        let (answers, raw) = answers(view);
        let value = (!answers.is_empty()).then(|| answers.iter().sum::<f64>() / answers.len() as f64);
        Ok(Raw { value, interval: bootstrap::mean(&answers), ..raw })
    }),
};

/// The median of the same.
pub const ROTI_MEDIAN: Definition = Definition {
    id: measure_id::ROTI_MEDIAN,
    unit: "points",
    tier: Tier::Explorer,
    definition: "Median answer to \"was this worth your time?\", 0 to 4, over this month's gatherings with five answers or more.",
    source: "Derby and Larsen 2006; type-7 quantile.",
    caveat: "One very bad evening moves the mean, not the median: read both.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        let (mut answers, raw) = answers(view);
        answers.sort_by(f64::total_cmp);
        Ok(Raw { value: quantile(&answers, 0.5), ..raw })
    }),
};

/// The share to whom it was worth their time.
pub const ROTI_WORTHWHILE: Definition = Definition {
    id: measure_id::ROTI_WORTHWHILE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "The share of answers of 2 or more (it was worth the time), over this month's gatherings with five answers or more, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "Hidden where fewer than five people said yes, or fewer than five said no.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        let (answers, raw) = answers(view);
        let part = answers.iter().filter(|answer| **answer >= 2.0).count() as u64;
        let Raw { value, interval, groups, .. } = Raw::share_of_people(part, answers.len() as u64);
        Ok(Raw { value, interval, groups, ..raw })
    }),
};

/// How evenly people take turns to facilitate.
pub const FACILITATION_ROTATION: Definition = Definition {
    id: measure_id::FACILITATION_ROTATION,
    unit: "people",
    tier: Tier::Section,
    definition: "How many facilitators, taking equally many turns, would share the last six gatherings as evenly: the Hill number of order 1 of their turns. A pair counts half each; gatherings of the last twelve months with five people or more.",
    source: "Hill 1973; Jost 2006.",
    caveat: "Near 1, one person carries it: offer a pair next time. New facilitators need a first easy turn, not a rota.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| Ok(turns(view, |rotation| rotation.effective))),
};

/// The share of turns of who facilitates most.
pub const FACILITATION_TOP_SHARE: Definition = Definition {
    id: measure_id::FACILITATION_TOP_SHARE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "The share of the last six turns to facilitate that one person took.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others, and to say thank you. Nobody is named.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| Ok(turns(view, |rotation| rotation.most))),
};

/// Whether those who facilitate also do the talking.
pub const TWO_GROUP_BALANCE: Definition = Definition {
    id: measure_id::TWO_GROUP_BALANCE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Of the month's messages, the share of whichever group wrote more: those who facilitated a gathering of five people or more in the last twelve months, or everybody else; from 0.5, where both wrote as much.",
    source: "ConvoKit, Balance.",
    caveat: "It does not say which group it is, nor how large they are: look at both before you conclude anything.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: false,
    formula: Formula::Plain(|view| {
        let since = view.first_day_of_year();
        let of_year = |gathering: &&Gathering| gathering.is_large() && view.day(gathering.began) >= since;
        let led: BTreeSet<i32> =
            view.gatherings().iter().filter(of_year).flat_map(|gathering| gathering.facilitators.clone()).collect();
        if led.is_empty() {
            return Ok(Raw { reason: Some(reason::NO_GATHERING), ..Raw::default() });
        }
        let (leading, others): (Vec<_>, Vec<_>) = view.posters().partition(|one| led.contains(&one.person));
        let wrote = |group: &[&PersonMonth]| group.iter().map(|one| u64::from(one.messages)).sum::<u64>();
        let groups = vec![leading.len() as u64, others.len() as u64];
        let value = balance(wrote(&leading), wrote(&others));
        Ok(Raw { groups, ..Raw::of_people(value, view.poster_count()) })
    }),
};

/// The share of the larger of two, or `None` of nothing.
fn balance(one: u64, other: u64) -> Option<f64> {
    let all = one + other;
    (all > 0).then(|| one.max(other) as f64 / all as f64)
}

/// Themes that come back.
pub const THEME_RECURRENCE: Definition = Definition {
    id: measure_id::THEME_RECURRENCE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the themes of this month's retrospectives, the share that the retrospective before in the same room had too; retrospectives of five people or more.",
    source: "Derby and Larsen 2006.",
    caveat: "What keeps coming back may lie outside the room: take it to who can change it. Labels are given by people, who may call one thing by two names.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| {
        Ok(recurrence(view, |all| (all.now > 0).then(|| all.again as f64 / all.now as f64), |all| all.now))
    }),
};

/// How alike two retrospectives in a row are.
pub const THEME_OVERLAP: Definition = Definition {
    id: measure_id::THEME_OVERLAP,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Themes that this month's retrospectives share with the one before in the same room, over the themes of either.",
    source: "Jaccard 1912.",
    caveat: "1: the same talk again. 0: everything solved, or everything forgotten.",
    needs: &[],
    reach: 0,
    reveals: &[],
    sample: None,
    per_room: true,
    formula: Formula::Plain(|view| Ok(recurrence(view, Recurrence::jaccard, |all| all.either))),
};

/// Turns to facilitate are looked at over so many gatherings.
const TURNS: usize = 6;

/// This month's answers in gatherings that have enough of them, and who they are about.
fn answers(view: &MonthView<'_>) -> (Vec<f64>, Raw) {
    let by_gathering = gatherings::worth(view.acts_of_month());
    let enough = |answers: &&Vec<f64>| answers.len() as u64 >= hearth_shared::report::MIN_PEOPLE;
    let answers: Vec<f64> = by_gathering.values().filter(enough).flatten().copied().collect();
    // A person answers once a gathering: there are at least as many people as answers in the fullest.
    let people = by_gathering.values().filter(enough).map(Vec::len).max().unwrap_or(0) as u64;
    if answers.is_empty() && !by_gathering.is_empty() {
        return (answers, Raw::too_few());
    }
    let n = answers.len() as u64;
    (answers, Raw { n, people, reason: Some(reason::NO_ANSWERS), ..Raw::default() })
}

fn turns(view: &MonthView<'_>, pick: impl Fn(Rotation) -> f64) -> Raw {
    let since = view.first_day_of_year();
    let led: Vec<_> = view
        .gatherings()
        .iter()
        .filter(|gathering| !gathering.facilitators.is_empty() && view.day(gathering.began) >= since)
        .collect();
    let large: Vec<_> = led.iter().rev().filter(|gathering| gathering.is_large()).take(TURNS).collect();
    if large.is_empty() && !led.is_empty() {
        return Raw::too_few();
    }
    let ids: Vec<i64> = large.iter().map(|gathering| gathering.id).collect();
    let people = view.people_at(|gathering| ids.contains(&gathering.id));
    let value = gatherings::rotation(large.iter().map(|gathering| &gathering.facilitators)).map(pick);
    Raw { value, n: large.len() as u64, people, reason: Some(reason::NO_GATHERING), ..Raw::default() }
}

fn recurrence(view: &MonthView<'_>, value: impl Fn(Recurrence) -> Option<f64>, n: impl Fn(Recurrence) -> u64) -> Raw {
    let of_month = |closed: Option<i64>| closed.is_some_and(|ts| view.is_in_month(ts));
    let closed: Vec<_> = view.gatherings().iter().filter(|gathering| of_month(gathering.closed)).collect();
    let large: Vec<_> = view.gatherings().iter().filter(|gathering| gathering.is_large()).cloned().collect();
    if !closed.is_empty() && closed.iter().all(|gathering| !gathering.is_large()) {
        return Raw::too_few();
    }
    let pairs: Vec<_> = themes::pairs(&large).filter(|(_, now)| of_month(now.closed)).collect();
    let each = pairs.iter().map(|(before, now)| Recurrence::between(&before.themes, &now.themes));
    let all = each.fold(Recurrence::default(), Recurrence::plus);
    let people = view.people_at(|gathering| pairs.iter().any(|(_, now)| now.id == gathering.id));
    let reason = if closed.is_empty() { reason::NO_RETRO } else { reason::FIRST_RETRO };
    Raw { value: value(all), n: n(all), people, reason: Some(reason), ..Raw::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::close;

    #[test]
    fn the_larger_share_agrees_with_gold() {
        close(balance(140, 70).unwrap(), 0.666_666_666_666_666_6);
        close(balance(70, 140).unwrap(), 0.666_666_666_666_666_6);
        assert_eq!((balance(3, 3), balance(0, 3), balance(0, 0)), (Some(0.5), Some(1.0), None));
    }
}

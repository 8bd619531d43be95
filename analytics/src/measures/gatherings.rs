//! Whether gatherings are worth their time, how their turns are shared, and what comes back in them.

use hearth_shared::report::{MIN_PEOPLE, exact_id, reason};
use hearth_statistics::bootstrap;
use polars::prelude::*;

use super::{
    definition::{Definition, Formula, Tier},
    query::{Query, Rows, known, whole},
};
use crate::{
    facts::gatherings::people,
    frames::{in_order, only_if},
    raw::Raw,
};

/// The mean return on time invested.
pub const ROTI: Definition = Definition {
    id: exact_id::ROTI,
    unit: "points",
    tier: Tier::Section,
    definition: "Mean answer to \"was this worth your time?\", 0 (lost) to 4 (far more than it cost), over this month's gatherings with five answers or more; bootstrap interval over answers.",
    source: "Derby and Larsen 2006.",
    caveat: "Low twice: change the format, not the people. Some teams ask on 1 to 5: do not compare with theirs.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        worth(answers().mean(), |it| Raw { value: known(it[ABOUT]), ..of_answers(it) }).and_then(|raw, view| {
            let worth = view.rows(&view.history.practices.worth)?.lazy().filter(has_enough());
            // Rows come room by room, and draws depend on their order.
            let answers = in_order(worth, col("gathering")).collect()?;
            let answers: Vec<f64> = answers.column("answer")?.f64()?.iter().flatten().collect();
            Ok(raw.with_interval(bootstrap::mean(&answers)))
        })
    }),
};

/// The median of the same.
pub const ROTI_MEDIAN: Definition = Definition {
    id: exact_id::ROTI_MEDIAN,
    unit: "points",
    tier: Tier::Explorer,
    definition: "Median answer to \"was this worth your time?\", 0 to 4, over this month's gatherings with five answers or more.",
    source: "Derby and Larsen 2006; type-7 quantile.",
    caveat: "One very bad evening moves the mean, not the median: read both.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        let median = answers().quantile(lit(0.5), QuantileMethod::Linear);
        worth(median, |it| Raw { value: known(it[ABOUT]), ..of_answers(it) })
    }),
};

/// The share to whom it was worth their time.
pub const ROTI_WORTHWHILE: Definition = Definition {
    id: exact_id::ROTI_WORTHWHILE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "The share of answers of 2 or more (it was worth the time), over this month's gatherings with five answers or more, Wilson interval.",
    source: "Derby and Larsen 2006.",
    caveat: "It says how many liked it, not how much: read it beside the mean.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        worth(answers().gt_eq(lit(2.0)).sum(), |it| {
            let raw = of_answers(it);
            let Raw { value, interval, .. } = Raw::share(whole(it[ABOUT]), raw.n);
            Raw { value, interval, ..raw }
        })
    }),
};

/// How evenly people take turns to facilitate.
pub const FACILITATION_ROTATION: Definition = Definition {
    id: exact_id::FACILITATION_ROTATION,
    unit: "people",
    tier: Tier::Section,
    definition: "How many facilitators, taking equally many turns, would share the last six gatherings as evenly: the Hill number of order 1 of their turns. A pair counts half each; gatherings of the last twelve months with five people or more.",
    source: "Hill 1973; Jost 2006.",
    caveat: "Near 1, one person carries it: offer a pair next time. New facilitators need a first easy turn, not a rota.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| turns(exponential_of_entropy())),
};

/// The share of turns of who facilitates most.
pub const FACILITATION_TOP_SHARE: Definition = Definition {
    id: exact_id::FACILITATION_TOP_SHARE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "The share of the last six turns to facilitate that one person took.",
    source: "Concentration ratio, industrial economics.",
    caveat: "A reason to invite others, and to say thank you. Nobody is named.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| turns(taken().max())),
};

/// Whether those who facilitate also do the talking.
pub const TWO_GROUP_BALANCE: Definition = Definition {
    id: exact_id::TWO_GROUP_BALANCE,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Of the month's messages, the share of whichever group wrote more: those who facilitated a gathering of five people or more in the last twelve months, or everybody else; from 0.5, where both wrote as much.",
    source: "ConvoKit, Balance.",
    caveat: "It does not say which group it is, nor how large they are: look at both before you conclude anything.",
    needs: &[],
    reach: 0,
    per_room: false,
    formula: Formula::Query(|| {
        let wrote = || col("messages").gt(lit(0));
        let messages = |of: Expr| col("messages").filter(of).sum();
        let (led, others) = (|| col("led"), || col("led").not());
        let people = [led().and(wrote()).sum(), others().and(wrote()).sum()];
        let columns = [vec![led().sum(), messages(led()), messages(others())], people.to_vec()].concat();
        Query::new(Rows::Leaders, columns, |it| {
            if whole(it[0]) == 0 {
                return Raw { reason: Some(reason::NO_GATHERING), ..Raw::default() };
            }
            Raw::of_people(balance(whole(it[1]), whole(it[2])), whole(it[3]) + whole(it[4]))
        })
    }),
};

/// The share of the larger of two, or `None` of nothing.
fn balance(one: u64, other: u64) -> Option<f64> {
    let all = one + other;
    (all > 0).then(|| one.max(other) as f64 / all as f64)
}

/// Themes that come back.
pub const THEME_RECURRENCE: Definition = Definition {
    id: exact_id::THEME_RECURRENCE,
    unit: "share",
    tier: Tier::Section,
    definition: "Of the themes of this month's retrospectives, the share that the retrospective before in the same room had too; retrospectives of five people or more.",
    source: "Derby and Larsen 2006.",
    caveat: "What keeps coming back may lie outside the room: take it to who can change it. Labels are given by people, who may call one thing by two names.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| recurrence(|it| of_retros(it, whole(it[AGAIN]), whole(it[NOW])))),
};

/// How alike two retrospectives in a row are.
pub const THEME_OVERLAP: Definition = Definition {
    id: exact_id::THEME_OVERLAP,
    unit: "share",
    tier: Tier::Explorer,
    definition: "Themes that this month's retrospectives share with the one before in the same room, over the themes of either.",
    source: "Jaccard 1912.",
    caveat: "1: the same talk again. 0: everything solved, or everything forgotten.",
    needs: &[],
    reach: 0,
    per_room: true,
    formula: Formula::Query(|| {
        recurrence(|it| of_retros(it, whole(it[AGAIN]), whole(it[NOW]) + whole(it[BEFORE]) - whole(it[AGAIN])))
    }),
};

/// The month's answers in gatherings that have enough of them, and who they are about.
fn worth(value: Expr, raw: fn(&[f64]) -> Raw) -> Query {
    // A person answers once a gathering: there are at least as many people as answers in the fullest.
    let people = col("answers").filter(has_enough()).max();
    Query::new(Rows::Worth, vec![len(), has_enough().sum(), people, value], raw)
}

/// How many columns say who answers are about.
const ABOUT: usize = 3;

fn has_enough() -> Expr {
    col("answers").gt_eq(lit(MIN_PEOPLE as i64))
}

fn answers() -> Expr {
    col("answer").filter(has_enough())
}

fn of_answers(it: &[f64]) -> Raw {
    let [all, n, people] = [0, 1, 2].map(|at| whole(it[at]));
    if all > 0 && n == 0 {
        return Raw::too_few();
    }
    Raw { n, people, reason: Some(reason::NO_ANSWERS), ..Raw::default() }
}

/// The share of turns that each took.
fn taken() -> Expr {
    col("turns") / col("turns").sum()
}

/// The Hill number of order 1 of the turns.
fn exponential_of_entropy() -> Expr {
    let entropy = (taken() * taken().log(lit(std::f64::consts::E))).sum() * lit(-1.0);
    only_if(col("turns").count().gt(lit(0)), when(entropy.clone().gt(lit(0.0))).then(entropy).otherwise(lit(0.0)).exp())
}

fn turns(value: Expr) -> Query {
    let about = ["gatherings", "size", "known"].map(|name| col(name).first());
    Query::new(Rows::Turns, [vec![len()], about.to_vec(), vec![value]].concat(), |it| {
        let [all, n, size, known_people] = [0, 1, 2, 3].map(|at| whole(it[at]));
        if all > 0 && n == 0 {
            return Raw::too_few();
        }
        let people = size.max(known_people);
        Raw { value: known(it[4]), n, people, reason: Some(reason::NO_GATHERING), ..Raw::default() }
    })
}

/// What the retrospectives that were closed in the month have in common with those before them.
fn recurrence(raw: fn(&[f64]) -> Raw) -> Query {
    let closed = || col("closed_month").eq(col("month"));
    let paired = || closed().and(col("before").is_not_null());
    let columns = vec![
        closed().sum(),
        closed().and(col("is_large")).sum(),
        col("size").filter(paired()).max(),
        people(col("known").filter(paired())),
        col("again").filter(paired()).sum(),
        col("themes").filter(paired()).sum(),
        col("before").filter(paired()).sum(),
    ];
    Query::new(Rows::Gatherings, columns, raw)
}

/// The columns that count themes of both, of the later ones, and of the earlier ones.
const AGAIN: usize = 4;
const NOW: usize = 5;
const BEFORE: usize = 6;

/// A part of so many themes.
fn of_retros(it: &[f64], part: u64, n: u64) -> Raw {
    let [closed, large, size, known] = [0, 1, 2, 3].map(|at| whole(it[at]));
    if closed > 0 && large == 0 {
        return Raw::too_few();
    }
    let reason = if closed == 0 { reason::NO_RETRO } else { reason::FIRST_RETRO };
    let value = (n > 0).then(|| part as f64 / n as f64);
    Raw { value, n, people: size.max(known), reason: Some(reason), ..Raw::default() }
}

#[cfg(test)]
mod tests {
    use hearth_shared::activity::{FACILITATOR, Kind, NOTE_TAKER};

    use super::*;
    use crate::{
        facts::{Practices, gatherings},
        gold::close,
        lab::{PracticeAct, practices},
    };

    #[test]
    fn the_larger_share_agrees_with_gold() {
        close(balance(140, 70).unwrap(), 0.666_666_666_666_666_6);
        close(balance(70, 140).unwrap(), 0.666_666_666_666_666_6);
        assert_eq!((balance(3, 3), balance(0, 3), balance(0, 0)), (Some(0.5), Some(1.0), None));
    }

    const RETRO: i64 = 1;

    fn act(id: i64, person: i32, kind: Kind, value: Option<i64>) -> PracticeAct {
        PracticeAct { id, room: 1, person: Some(person), kind, ts: id, reply_to: None, thread: Some(RETRO), value }
    }

    /// A retrospective that began at `id` milliseconds since 1970, of five, led by these, with these themes.
    fn retro(id: i64, room: i32, leads: &[i32], themes: &[i64]) -> Vec<PracticeAct> {
        let part = |place, kind, person, value| PracticeAct {
            id: id + place,
            room,
            person,
            thread: Some(id),
            ..act(id, 0, kind, value)
        };
        let led = leads.iter().zip(1..).map(|(lead, at)| part(at, Kind::Facilitated, Some(*lead), Some(FACILITATOR)));
        let named = themes.iter().zip(10..).map(|(theme, at)| part(at, Kind::RetroTheme, None, Some(*theme)));
        let closed = part(20, Kind::RetroClosed, None, Some(5));
        led.chain(named).chain([closed]).collect()
    }

    fn turns_of(practices: &Practices) -> DataFrame {
        let (gatherings, leads) = (practices.gatherings.clone().lazy(), practices.leads.clone().lazy());
        gatherings::turns(gatherings, leads, &["month"]).unwrap().collect().unwrap()
    }

    #[test]
    fn turns_agree_with_gold() {
        let (ana, ben, cai) = (1, 2, 3);
        let acts: Vec<_> = [ana, ana, ben, ana, cai, ben]
            .iter()
            .zip(1..)
            .flat_map(|(lead, at)| retro(at * 100, 1, &[*lead], &[]))
            .collect();
        let turns = turns_of(&practices(&acts, &["1970-01"]));
        let raw = FACILITATION_ROTATION.over(turns.clone());
        close(raw.value.unwrap(), 2.749_459_273_997_205);
        assert_eq!((raw.n, raw.people), (6, 5));
        close(FACILITATION_TOP_SHARE.over(turns).value.unwrap(), 0.5);
        // The oldest of seven is not looked at, and a small one is none of them.
        let small = retro(900, 1, &[9], &[]).into_iter().filter(|act| act.kind != Kind::RetroClosed).collect();
        let more = [acts, retro(800, 1, &[cai], &[]), small].concat();
        close(FACILITATION_TOP_SHARE.over(turns_of(&practices(&more, &["1970-01"]))).value.unwrap(), 1.0 / 3.0);
    }

    #[test]
    fn one_turn_is_one_and_a_pair_counts_half_each() {
        let of = |leads: &[i32]| turns_of(&practices(&retro(100, 1, leads, &[]), &["1970-01"]));
        let value = |definition: &Definition, leads: &[i32]| definition.over(of(leads)).value;
        let both = [&FACILITATION_ROTATION, &FACILITATION_TOP_SHARE];
        assert_eq!(both.map(|of| value(of, &[1])), [Some(1.0); 2]);
        close(value(both[0], &[1, 2]).unwrap(), 2.0);
        assert_eq!((value(both[1], &[1, 2]), value(both[1], &[])), (Some(0.5), None));
    }

    #[test]
    fn who_starts_a_retrospective_leads_it_unless_somebody_else_is_said_to() {
        let started = PracticeAct { thread: None, ..act(RETRO, 7, Kind::RetroStarted, None) };
        let joined = act(2, 8, Kind::RetroJoined, None);
        let leads = |acts: &[PracticeAct]| -> Vec<Option<i32>> {
            practices(acts, &["1970-01"]).leads.column("person").unwrap().i32().unwrap().iter().collect()
        };
        assert_eq!(leads(&[started, joined]), [Some(7)]);
        let notes = act(3, 7, Kind::Facilitated, Some(NOTE_TAKER));
        assert_eq!(leads(&[started, joined, notes, act(4, 8, Kind::Facilitated, Some(FACILITATOR))]), [Some(8)]);
    }

    #[test]
    fn people_who_may_not_be_counted_still_make_a_group() {
        let closed = PracticeAct { person: None, ..act(9, 0, Kind::RetroClosed, Some(6)) };
        let gatherings = practices(&[act(2, 8, Kind::RetroJoined, None), closed], &["1970-01"]).gatherings;
        let known = gatherings.clone().lazy().select([people(col("known"))]).collect().unwrap();
        assert_eq!(known.column("known").unwrap().u32().unwrap().get(0), Some(1));
        let number =
            |name: &str| gatherings.column(name).unwrap().cast(&DataType::Int64).unwrap().i64().unwrap().get(0);
        assert_eq!(["size", "is_large", "closed_month"].map(number), [Some(6), Some(1), Some(1970 * 12)]);
    }

    #[test]
    fn recurring_themes_agree_with_gold() {
        let (onboarding, ci, docs, focus) = (1, 2, 3, 4);
        let first = [retro(100, 1, &[], &[onboarding, ci]), retro(200, 2, &[], &[focus])].concat();
        let again = retro(300, 1, &[], &[onboarding, docs]);
        let last = [retro(400, 1, &[], &[]), retro(500, 1, &[], &[onboarding, docs, focus])].concat();
        let of = |parts: &[Vec<PracticeAct>]| {
            let gatherings = practices(&parts.concat(), &["1970-01"]).gatherings;
            [&THEME_RECURRENCE, &THEME_OVERLAP].map(|definition| definition.over(gatherings.clone()))
        };
        let none = of(std::slice::from_ref(&first));
        assert_eq!((none[0].value, none[0].reason), (None, Some(reason::FIRST_RETRO)));
        let [recurrence, overlap] = of(&[first.clone(), again.clone()]);
        close(recurrence.value.unwrap(), 0.5);
        close(overlap.value.unwrap(), 1.0 / 3.0);
        // Both pairs together; what has no themes lies between.
        let [recurrence, overlap] = of(&[first, again, last]);
        close(recurrence.value.unwrap(), 3.0 / 5.0);
        close(overlap.value.unwrap(), 3.0 / 6.0);
        assert_eq!((recurrence.n, overlap.n, recurrence.people), (5, 6, 5));
    }

    #[test]
    fn an_answer_off_the_scale_is_no_answer() {
        let answers = |values: &[i64]| {
            let answer = |(id, value): (i64, &i64)| act(id, 0, Kind::RotiAnswered, Some(*value));
            practices(&(2..).zip(values).map(answer).collect::<Vec<_>>(), &["1970-01"]).worth
        };
        let raw = ROTI.over(answers(&[4, 5, -1, 0, 4, 1, 3]));
        assert_eq!((raw.value, raw.n, raw.people), (Some(2.4), 5, 5));
        assert_eq!(ROTI.over(answers(&[4, 5, -1, 0, 4, 1])), Raw::too_few());
        assert_eq!(ROTI_MEDIAN.over(answers(&[4, 0, 4, 1, 3])).value, Some(3.0));
        close(ROTI_WORTHWHILE.over(answers(&[4, 0, 4, 1, 2])).value.unwrap(), 0.6);
    }
}

//! Released numbers in words. The page, its pictures and what is written in rooms all get them here, so that they say the
//! same number, rounded the same way.
//!
//! A range is said as one: nobody reads a number off a page that is not there.

use hearth_shared::{
    release::{Cell, Quarter, Released},
    report::{Usual, measure_id},
};

use crate::words::{Words, plural};

impl Words {
    /// What was released, without its unit: `38`, `38 to 42`, `fewer than 5`, `70%`, `within 3 hours`.
    pub(crate) fn released(&self, value: Released, unit: &str) -> String {
        match (value.value(), value.ends()) {
            (Some(value), _) if unit == "messages" => self.range(messages(value)),
            (Some(minutes), _) if unit == "minutes" => self.within(minutes),
            (Some(value), _) => self.figure(value, unit),
            // Nobody and a few are alike: the least is no news.
            (None, [low, high]) if low <= 1.0 => self.l.msg_fewer_than(self.number(high.floor() + 1.0, 0)),
            (None, ends) => self.range(ends),
        }
    }

    /// What was released, with its unit: `38 people`, `320 to 710 messages`.
    pub(crate) fn told(&self, value: Released, unit: &str) -> String {
        let written = self.released(value, unit);
        let count = value.value().map_or(2.0, |value| plural(value, &written));
        self.with_unit(count, written, unit)
    }

    /// A share of people, of whom it is about so many at least: where one step of it is a quarter or a half of them, it
    /// is said in words.
    pub(crate) fn share_of_people(&self, share: f64, about: Option<f64>) -> String {
        match about {
            // The steps of [`hearth_shared::release::grid::people_step`]: a half, a quarter, then a tenth and less.
            Some(about) if about < 20.0 => match share {
                share if share < 0.25 => self.l.msg_share_under_quarter(),
                share if share < 0.75 => self.l.msg_share_roughly_half(),
                _ => self.l.msg_share_over_three_quarters(),
            },
            Some(about) if about < 50.0 => match share {
                share if share < 0.125 => self.l.msg_share_none(),
                share if share < 0.375 => self.l.msg_share_quarter(),
                share if share < 0.625 => self.l.msg_share_half(),
                share if share < 0.875 => self.l.msg_share_most(),
                _ => self.l.msg_share_all(),
            },
            _ => self.percent(share),
        }
    }

    /// What a measure says, without its unit, or why it says nothing.
    pub(crate) fn cell(&self, cell: &Cell) -> String {
        match cell.value {
            Some(value) if is_of_quarters(cell) => self.share_of_people(value.middle(), cell.about),
            Some(value) => self.released(value, &cell.unit),
            None => self.reason(cell.reason.as_deref()),
        }
    }

    /// What a share, or another measure, is about: quarters and how many people; or how many conversations, actions, themes
    /// or answers.
    pub(crate) fn about(&self, id: &str, cell: &Cell) -> Option<String> {
        let about = cell.about.map(|about| self.number(about, 0));
        match (id, about, self.quarters_of(cell)) {
            (measure_id::TAKEN_UP, Some(about), _) if cell.or_more => Some(self.l.msg_about_conversations_more(about)),
            (measure_id::TAKEN_UP, Some(about), _) => Some(self.l.msg_about_conversations(about)),
            (measure_id::ACTION_COMPLETION | measure_id::ACTION_CARRY_OVER, Some(about), _) => {
                Some(self.l.msg_about_actions(about))
            }
            (measure_id::THEME_RECURRENCE, Some(about), _) => Some(self.l.msg_about_themes(about)),
            (measure_id::ROTI | measure_id::SAFETY_PULSE, Some(about), _) => Some(self.l.msg_about_sheets(about)),
            (_, Some(about), Some(quarters)) => Some(self.l.msg_about_quarters(quarters, about)),
            (_, Some(about), None) => Some(self.l.msg_about_people(about)),
            (_, None, quarters) => quarters,
        }
    }

    /// Between what a share lies by chance: `between 58 and 81 of a hundred`.
    pub(crate) fn between(&self, [low, high]: [f64; 2], unit: &str) -> String {
        if unit == "share" {
            let [low, high] = [low, high].map(|end| self.number(end * 100.0, 0));
            return self.l.msg_between_share(low, high);
        }
        let [low, high] = [low, high].map(|end| self.number(end, 1));
        self.l.msg_between(low, high)
    }

    /// The same, for a table: `58 to 81%`.
    pub(crate) fn interval(&self, [low, high]: [f64; 2], unit: &str) -> String {
        if unit == "share" {
            return self.l.msg_interval(self.number(low * 100.0, 0), self.percent(high));
        }
        let [low, high] = [low, high].map(|end| self.number(end, 1));
        self.l.msg_interval(low, high)
    }

    /// What is usual of measure `id`, without its unit: `31 to 46`, `at most 9`.
    pub(crate) fn usual(&self, id: &str, usual: &Usual, unit: &str) -> String {
        let [low, high] = usual.range;
        if unit == "share" {
            return self.interval(usual.range, unit);
        }
        if id == measure_id::EFFECTIVE_VOICES && high < 9.95 {
            return self.l.msg_interval(self.number(low, 1), self.number(high, 1));
        }
        // Whole numbers within the range.
        let (least, high) = (low.ceil(), high.floor());
        if low >= 1.0 {
            return self.range([least.min(high), high]);
        }
        if high < 5.0 { self.l.msg_fewer_than(self.number(5.0, 0)) } else { self.l.msg_at_most(self.number(high, 0)) }
    }

    /// A number that was worked out from released ones, to as many digits as they have.
    pub(crate) fn rough(&self, value: f64, unit: &str) -> String {
        match unit {
            "share" => self.percent(value),
            _ => self.number(value, usize::from(value < 9.95)),
        }
    }

    /// `July to September 2026`.
    pub(crate) fn quarters(&self, [first, last]: [Quarter; 2]) -> String {
        let [from, to] = [first.first(), last.last()];
        let start = if from.year() == to.year() { self.month(from) } else { self.month_year(from) };
        self.l.msg_interval(start, self.month_year(to))
    }

    /// The quarters that a measure was gathered from, where there are any.
    pub(crate) fn quarters_of(&self, cell: &Cell) -> Option<String> {
        let (first, last) = cell.quarters.first().zip(cell.quarters.last())?;
        Some(self.quarters([*first, *last]))
    }

    /// `Jul–Sep 2026`.
    pub(crate) fn quarters_short(&self, [first, last]: [Quarter; 2]) -> String {
        let [from, to] = [first.first(), last.last()];
        let start = if from.year() == to.year() { self.month_short(from) } else { self.month_year_short(from) };
        format!("{start}–{}", self.month_year_short(to))
    }

    /// `38 to 42`, or one number where both are written alike.
    fn range(&self, [low, high]: [f64; 2]) -> String {
        let digits = usize::from([low, high].iter().any(|end| end.fract() != 0.0));
        let [low, high] = [low, high].map(|end| self.number(end, digits));
        if low == high { low } else { self.l.msg_interval(low, high) }
    }

    /// A time that was not exceeded: `within 15 minutes`, `within a day`.
    fn within(&self, minutes: f64) -> String {
        match minutes {
            m if m < 60.0 => self.l.msg_within_minutes(self.number(m, 0)),
            m if m < 1440.0 => self.l.msg_within_hours(m / 60.0, self.number(m / 60.0, 0)),
            m => self.l.msg_within_days(m / 1440.0, self.number(m / 1440.0, 0)),
        }
    }
}

/// Whether a measure is a share of the people of whole quarters.
pub(crate) fn is_of_quarters(cell: &Cell) -> bool {
    cell.unit == "share" && !cell.quarters.is_empty()
}

/// What is rounded to a number of messages on the scale 1, 2, 5, 10 …: the geometric means of its neighbours, whole
/// numbers inside of them up to a hundred, two digits above.
pub(crate) fn messages(grid: f64) -> [f64; 2] {
    if grid < 1.0 {
        return [grid; 2];
    }
    let decade = 10_f64.powf(grid.log10().floor());
    // 1 lies between 0.5 and 2, 2 between 1 and 5, 5 between 2 and 10.
    let [below, above] = match (grid / decade).round() {
        lead if lead < 2.0 => [0.5, 2.0],
        lead if lead < 5.0 => [1.0, 5.0],
        _ => [2.0, 10.0],
    };
    let [low, high] = [below, above].map(|neighbour| (grid * neighbour * decade).sqrt());
    [if low < 100.0 { low.ceil() } else { two_digits(low) }, if high < 100.0 { high.floor() } else { two_digits(high) }]
}

fn two_digits(value: f64) -> f64 {
    let unit = 10_f64.powf(value.log10().floor() - 1.0);
    (value / unit).round() * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(say: impl Fn(&Words) -> String) -> [String; 2] {
        ["en", "de"].map(|language| say(&Words::of(language)))
    }

    #[test]
    fn a_range_is_said_as_one() {
        let people = |value: Released| both(|words| words.told(value, "people"));
        assert_eq!(people(Released::people(3)), ["fewer than 5 people", "weniger als 5 Menschen"]);
        assert_eq!(people(Released::active(40, 38)), ["38 to 42 people", "38 bis 42 Menschen"]);
        assert_eq!(people(Released::people(38)), ["38 people", "38 Menschen"]);
        assert_eq!(both(|it| it.released(Released::voices(2.0), "people")), ["fewer than 3", "weniger als 3"]);
        assert_eq!(both(|it| it.released(Released::voices(6.2), "people")), ["6.3", "6,3"]);
    }

    #[test]
    fn messages_are_said_as_what_was_rounded() {
        let said = [10, 20, 50, 100, 200, 500, 1000, 20_000]
            .map(|count| Words::of("en").released(Released::messages(count), "messages"));
        let ranges = ["8 to 14", "15 to 31", "32 to 70", "71 to 140", "140 to 320", "320 to 710", "710 to 1400"];
        assert_eq!(said[..7], ranges);
        assert_eq!(said[7], "14,000 to 32,000");
    }

    #[test]
    fn what_is_about_actions_themes_or_answers_is_not_said_to_be_about_people() {
        let said = |id: &str| {
            let cell = Cell { about: Some(10.0), ..Cell::ok(Released::things(1), "share") };
            both(|words| words.about(id, &cell).unwrap())
        };
        assert_eq!(said(measure_id::ACTION_COMPLETION), ["actions agreed: 10", "vereinbarte Aufgaben: 10"]);
        assert_eq!(said(measure_id::ACTION_CARRY_OVER), said(measure_id::ACTION_COMPLETION));
        assert_eq!(said(measure_id::THEME_RECURRENCE), ["themes: 10", "Themen: 10"]);
        for id in [measure_id::ROTI, measure_id::SAFETY_PULSE] {
            assert_eq!(said(id), ["10 answers or more", "10 Antworten oder mehr"]);
        }
        assert_eq!(said(measure_id::BRIDGERS_SHARE)[0], "of 10 people or more");
    }

    #[test]
    fn conversations_are_about_so_many_or_so_many_or_more() {
        let said = |or_more| {
            let cell = Cell { about: Some(32.0), or_more, ..Cell::ok(Released::things(1), "share") };
            both(|words| words.about(measure_id::TAKEN_UP, &cell).unwrap())
        };
        assert_eq!(said(false), ["of about 32 conversations", "von etwa 32 Gesprächen"]);
        assert_eq!(said(true), ["of 32 conversations or more", "von 32 Gesprächen oder mehr"]);
    }

    #[test]
    fn every_number_of_messages_lies_in_what_is_said_of_it() {
        for count in 1..20_000_u32 {
            let grid = Released::messages(count.into()).middle();
            let [low, high] = messages(grid);
            let count = f64::from(count);
            assert!((low * 0.985..=high * 1.015).contains(&count), "{count} is no {low} to {high}");
        }
    }

    #[test]
    fn shares_of_few_people_are_said_in_words() {
        let said = |share: f64, about| both(|words| words.share_of_people(share, Some(about)));
        assert_eq!(said(0.25, 20.0), ["about a quarter", "etwa ein Viertel"]);
        assert_eq!(said(0.5, 10.0), ["roughly half", "ungefähr die Hälfte"]);
        assert_eq!(said(1.0, 10.0), ["more than three quarters", "mehr als drei Viertel"]);
        assert_eq!(said(0.3, 50.0), ["30%", "30\u{a0}%"]);
        assert_eq!(said(0.0, 20.0), ["few or nobody", "wenige oder niemand"]);
    }

    #[test]
    fn times_are_said_as_what_was_not_exceeded() {
        let said = |minutes: f64| Words::of("en").released(Released::duration(minutes), "minutes");
        let expected = ["within 5 minutes", "within an hour", "within 3 hours", "within a day", "within 3 days"];
        assert_eq!([4.0, 50.0, 130.0, 1000.0, 4000.0].map(said), expected);
    }

    #[test]
    fn what_is_usual_is_whole_numbers_of_people() {
        let usual = |range| Usual { value: 0.0, range, months: 12 };
        let words = Words::of("en");
        assert_eq!(words.usual("posters", &usual([30.6, 46.2]), "people"), "31 to 46");
        assert_eq!(words.usual("posters", &usual([5.2, 5.9]), "people"), "5");
        assert_eq!(words.usual("new_posters", &usual([0.3, 9.7]), "people"), "at most 9");
        assert_eq!(words.usual("new_posters", &usual([0.0, 4.4]), "people"), "fewer than 5");
        assert_eq!(words.usual("effective_voices", &usual([5.2, 7.4]), "people"), "5.2 to 7.4");
        assert_eq!(words.usual("taken_up", &usual([0.58, 0.81]), "share"), "58 to 81%");
    }

    #[test]
    fn quarters_are_named_by_their_months() {
        let quarters = |from: &str, to: &str| [from, to].map(|quarter| quarter.parse().unwrap());
        let words = Words::of("en");
        assert_eq!(words.quarters(quarters("2026-Q3", "2026-Q3")), "July to September 2026");
        assert_eq!(words.quarters(quarters("2025-Q4", "2026-Q1")), "October 2025 to March 2026");
        assert_eq!(words.quarters_short(quarters("2026-Q2", "2026-Q3")), "Apr–Sep 2026");
    }
}

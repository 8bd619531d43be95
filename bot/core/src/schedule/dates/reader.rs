//! What every part of the grammar reads: tokens, seen from a day.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::{
    clock::DayTime,
    lexicon::{Lexed, Token, Unit},
};

/// How sure it is that a day is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sure {
    /// Not at all: words that may mean something else are no day.
    No,
    /// `on` stands before.
    Perhaps,
    /// `by` stands before, or nothing else was asked for.
    Yes,
}

/// Every reading, and the place behind it.
pub(super) type Readings<T> = Vec<(T, usize)>;

/// A day and a time of it, or one of them.
pub type Moment = (Option<Date>, Option<DayTime>);

pub(super) struct Reader<'a> {
    pub tokens: &'a [Lexed],
    pub today: Date,
    pub sure: Sure,
}

impl Reader<'_> {
    pub fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|lexed| lexed.token)
    }

    pub fn skip(&self, at: usize, token: Token) -> usize {
        at + usize::from(self.token(at) == Some(token))
    }
}

/// A number of days, weeks or months.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub number: i32,
    pub unit: Unit,
}

impl Step {
    /// The day that is so far from another.
    pub fn from(self, day: Date) -> Option<Date> {
        let number = self.number;
        let span = match self.unit {
            Unit::Day => number.days(),
            Unit::Week => number.weeks(),
            Unit::Fortnight => number.checked_mul(2)?.weeks(),
            Unit::Month => number.months(),
            Unit::Quarter => number.checked_mul(3)?.months(),
            Unit::Year => number.years(),
            Unit::Weekend => return None,
            Unit::Workday => {
                let (mut day, mut left) = (day, number);
                while left > 0 {
                    day = day.tomorrow().ok()?;
                    left -= i32::from(!matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday));
                }
                return Some(day);
            }
        };
        day.checked_add(span).ok()
    }
}

pub(super) fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

pub(super) fn after(day: Date, on: Weekday) -> Option<Date> {
    day.nth_weekday(1, on).ok()
}

pub(super) fn on_or_after(day: Date, on: Weekday) -> Option<Date> {
    if day.weekday() == on { Some(day) } else { after(day, on) }
}

/// The next such day of a year, today included.
pub(super) fn coming(month: i8, day: i8, today: Date) -> Option<Date> {
    (today.year()..=today.year() + 8).find_map(|year| Date::new(year, month, day).ok().filter(|found| *found >= today))
}

/// The next day of a month with this number, today included.
pub(super) fn next_of_number(day: i8, today: Date) -> Option<Date> {
    let mut first = today.first_of_month();
    for _ in 0..3 {
        match Date::new(first.year(), first.month(), day) {
            Ok(found) if found >= today => return Some(found),
            _ => first = first.checked_add(1.month()).ok()?,
        }
    }
    None
}

//! Which week, month, quarter or year a phrase names.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::{
    lexicon::{Token, Unit},
    period::{Free, Period},
    reader::{Reader, Readings, monday_of},
};

impl Reader<'_> {
    /// A period of which it is said which one: `tuesday week` is another one.
    pub fn week(&self, at: usize) -> Readings<Period> {
        let start = self.skip(at, Token::Article);
        let is_bare = matches!(self.token(start), Some(Token::Unit(_)))
            && !matches!(self.token(start + 1), Some(Token::After | Token::Number(..)));
        if is_bare { Vec::new() } else { self.period(at) }
    }

    /// The place behind what joins a day to a period: `of the`, `im`, or nothing.
    pub fn link(&self, at: usize) -> usize {
        let at = at + usize::from(matches!(self.token(at), Some(Token::Of | Token::In)));
        self.skip(at, Token::Article)
    }

    pub fn period(&self, at: usize) -> Readings<Period> {
        let at = self.skip(at, Token::Article);
        let Some(token) = self.token(at) else { return Vec::new() };
        let behind = self.token(at + 1);
        let shift = match token {
            Token::This => Some(0),
            // The weekend that comes is that of this week; the week that comes is not.
            Token::Coming if behind == Some(Token::Unit(Unit::Weekend)) => Some(0),
            Token::Coming | Token::Next => Some(1),
            Token::AfterNext => Some(2),
            _ => None,
        };
        let year = |at: usize| match self.token(at) {
            Some(Token::Number(year, 4)) => (i16::try_from(year).ok(), at + 1),
            _ => (None, at),
        };
        let quarter = |quarter: i8, at: usize| {
            let (year, at) = year(at);
            let first = Date::new(year.unwrap_or(self.today.year()), quarter * 3 - 2, 1).ok();
            Vec::from_iter(first.map(|first| (Period::Quarter { first, free: year.is_none() }, at)))
        };
        match (token, behind) {
            (Token::Unit(Unit::Week), Some(Token::After)) if self.token(at + 2) == Some(Token::Next) => {
                self.shifted(2, Unit::Week, at + 3)
            }
            (Token::Unit(Unit::Week) | Token::WeekNumber, Some(Token::Number(number, 1..=2))) => {
                let (year, at) = year(at + 2);
                let this = self.today.iso_week_date().year();
                let week = i8::try_from(number)
                    .ok()
                    .and_then(|week| jiff::civil::ISOWeekDate::new(year.unwrap_or(this), week, Weekday::Monday).ok());
                Vec::from_iter(week.map(|week| (Period::Week { monday: week.date(), free: year.is_none() }, at)))
            }
            (Token::Unit(Unit::Month), _) => {
                let first = self.today.first_of_month();
                vec![(Period::Month { first, free: Free::Month }, at + 1)]
            }
            (Token::Unit(unit), _) => self.shifted(0, unit, at + 1),
            (_, Some(Token::Unit(unit))) if shift.is_some() => self.shifted(shift.unwrap_or(0), unit, at + 2),
            (Token::Ordinal(number @ 1..=4), Some(Token::Unit(Unit::Quarter))) => quarter(number, at + 2),
            (Token::Quarter(number), _) => quarter(number, at + 1),
            (Token::Month(month), _) => {
                let (year, at) = year(at + 1);
                let free = if year.is_none() { Free::Year } else { Free::No };
                let first = Date::new(year.unwrap_or(self.today.year()), month, 1).ok();
                Vec::from_iter(first.map(|first| (Period::Month { first, free }, at)))
            }
            (Token::Number(year, 4), _) => {
                let first = i16::try_from(year).ok().and_then(|year| Date::new(year, 1, 1).ok());
                Vec::from_iter(first.map(|first| (Period::Year { first }, at + 1)))
            }
            _ => Vec::new(),
        }
    }

    /// The current period of a kind, or one of the next.
    fn shifted(&self, shift: i32, unit: Unit, at: usize) -> Readings<Period> {
        let monday = monday_of(self.today).and_then(|monday| monday.checked_add(shift.weeks()).ok());
        let month = self.today.first_of_month();
        let period = match unit {
            Unit::Week => monday.map(|monday| Period::Week { monday, free: false }),
            Unit::Weekend => {
                monday.and_then(|monday| monday.checked_add(5.days()).ok()).map(|saturday| Period::Weekend { saturday })
            }
            Unit::Month => month.checked_add(shift.months()).ok().map(|first| Period::Month { first, free: Free::No }),
            Unit::Quarter => {
                let into = (i32::from(month.month()) - 1) % 3;
                let first = month.checked_add((shift * 3 - into).months()).ok();
                first.map(|first| Period::Quarter { first, free: false })
            }
            Unit::Year => {
                let first = self.today.first_of_year().checked_add(shift.years()).ok();
                first.map(|first| Period::Year { first })
            }
            Unit::Day | Unit::Workday | Unit::Fortnight => None,
        };
        Vec::from_iter(period.map(|period| (period, at)))
    }
}

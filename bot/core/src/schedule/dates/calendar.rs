//! Days of the calendar: `27 November`, `27.11.`, `the 27th`.

use jiff::civil::Date;

use super::{
    lexicon::Token,
    reader::{Reader, Readings, Sure, coming, next_of_number},
};

impl Reader<'_> {
    /// A day of the calendar, with its year or else the next of that name.
    pub fn calendar(&self, at: usize) -> Readings<Date> {
        let mut found = Vec::new();
        let start = self.skip(at, Token::Article);
        let number = |token: Option<Token>| match token {
            Some(Token::Number(number, 1..=2)) => i8::try_from(number).ok().filter(|number| (1..=31).contains(number)),
            Some(Token::Ordinal(number)) => Some(number),
            _ => None,
        };
        match self.token(start) {
            Some(Token::Day(day)) => found.push((day, start + 1)),
            Some(Token::DayMonth(day, month, dot)) if dot || self.sure != Sure::No => {
                found.extend(coming(month, day, self.today).map(|day| (day, start + 1)));
            }
            // Where one of the two can be no month, the other is.
            Some(Token::Slashed(one, two, year)) if one != two && (one > 12) != (two > 12) => {
                let (day, month) = if one > 12 { (one, two) } else { (two, one) };
                found.extend(self.in_year(month, day, year).map(|day| (day, start + 1)));
            }
            Some(Token::Month(month)) => {
                let behind = self.skip(start + 1, Token::Article);
                if let Some(day) = number(self.token(behind)) {
                    found.extend(self.with_year(month, day, behind + 1));
                }
            }
            token => {
                if let Some(day) = number(token) {
                    let month = self.link(start + 1);
                    if let Some(Token::Month(month_of)) = self.token(month) {
                        found.extend(self.with_year(month_of, day, month + 1));
                    }
                    // `the 27th`
                    if matches!(token, Some(Token::Ordinal(_))) && self.sure == Sure::Yes {
                        found.extend(next_of_number(day, self.today).map(|day| (day, start + 1)));
                    }
                }
            }
        }
        found
    }

    /// A month and a day, and the year if one stands at `at`.
    fn with_year(&self, month: i8, day: i8, at: usize) -> Readings<Date> {
        match self.token(at) {
            Some(Token::Number(year, 4)) => {
                let year = i16::try_from(year).ok();
                Vec::from_iter(year.and_then(|year| Date::new(year, month, day).ok()).map(|day| (day, at + 1)))
            }
            _ => Vec::from_iter(coming(month, day, self.today).map(|day| (day, at))),
        }
    }

    pub fn in_year(&self, month: i8, day: i8, year: Option<i16>) -> Option<Date> {
        match year {
            Some(year) => Date::new(year, month, day).ok(),
            None => coming(month, day, self.today),
        }
    }

    /// `friday, 27 november`: only where that is one.
    pub fn weekday_and_date(&self, at: usize) -> Readings<Date> {
        let start = self.skip(at, Token::Article);
        let Some(Token::Weekday(on)) = self.token(start) else { return Vec::new() };
        let start = self.skip(start + 1, Token::On);
        let found = Reader { sure: Sure::Yes, ..*self }.calendar(start);
        found.into_iter().filter(|(day, _)| day.weekday() == on).collect()
    }
}

//! What phrases for days are made of. Every reading of a phrase is found, with where it ends: so whoever asks sees
//! whether it is read whole, and whether it can be read in two ways.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::{
    clock::DayTime,
    lexicon::{Lexed, Token, Unit},
    period::{Edge, Free, Period},
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
type Readings<T> = Vec<(T, usize)>;

/// A phrase for a day or a time of it.
pub(super) type Moment = (Option<Date>, Option<DayTime>);

pub(super) struct Reader<'a> {
    pub tokens: &'a [Lexed],
    pub today: Date,
    pub sure: Sure,
}

impl Reader<'_> {
    fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|lexed| lexed.token)
    }

    fn skip(&self, at: usize, token: Token) -> usize {
        at + usize::from(self.token(at) == Some(token))
    }

    /// Every reading of all of the tokens.
    pub fn whole(&self) -> Vec<Moment> {
        let end = self.tokens.len();
        let polite = |at: usize| self.tokens[at..].iter().all(|lexed| lexed.token == Token::Please);
        let read = self.moments(0).into_iter().filter(|(_, at)| *at == end || polite(*at)).map(|(moment, _)| moment);
        let mut found: Vec<Moment> = Vec::new();
        for moment in read {
            if !found.contains(&moment) {
                found.push(moment);
            }
        }
        found
    }

    fn moments(&self, at: usize) -> Readings<Moment> {
        let mut found = Vec::new();
        for (time, at) in self.time(at) {
            found.push(((None, Some(time)), at));
            found.extend(self.on_day(at).into_iter().map(|(day, at)| ((Some(day), Some(time)), at)));
        }
        for (day, at) in self.on_day(at) {
            found.push(((Some(day), None), at));
            found.extend(self.time_behind(at).into_iter().map(|(time, at)| ((Some(day), Some(time)), at)));
        }
        found
    }

    /// A day, with `on` before it or not.
    fn on_day(&self, at: usize) -> Readings<Date> {
        let mut from = at;
        while self.token(from) == Some(Token::On) {
            from += 1;
        }
        let sure = if from > at { self.sure.max(Sure::Perhaps) } else { self.sure };
        Reader { sure, ..*self }.day(from)
    }

    fn time(&self, at: usize) -> Readings<DayTime> {
        let at = self.skip(at, Token::On);
        match (self.token(at), self.token(at + 1), self.token(at + 2)) {
            (Some(Token::Time(time)), ..) => vec![(time, at + 1)],
            (Some(Token::In), Some(Token::Article), Some(Token::Time(DayTime::Part))) => vec![(DayTime::Part, at + 3)],
            (Some(Token::End), Some(Token::Of), Some(Token::Unit(Unit::Day))) => vec![(DayTime::Part, at + 3)],
            (Some(Token::End), Some(Token::Of), Some(Token::Article))
                if self.token(at + 3) == Some(Token::Unit(Unit::Day)) =>
            {
                vec![(DayTime::Part, at + 4)]
            }
            _ => Vec::new(),
        }
    }

    /// Behind a day, `morgen` is its morning, and a part of it may be told more exactly: `friday evening at 18:00`.
    fn time_behind(&self, at: usize) -> Readings<DayTime> {
        let part = (self.token(at) == Some(Token::Morgen)).then_some((DayTime::Part, at + 1));
        let mut found: Readings<DayTime> = self.time(at).into_iter().chain(part).collect();
        let parts: Vec<usize> = found.iter().filter(|(time, _)| *time == DayTime::Part).map(|(_, at)| *at).collect();
        let exact = |(time, _): &(DayTime, usize)| *time != DayTime::Part;
        found.extend(parts.into_iter().flat_map(|at| self.time(at)).filter(exact));
        found
    }

    /// A day that begins here.
    pub fn day(&self, at: usize) -> Readings<Date> {
        let mut found = self.named(at);
        found.extend(self.weekday(at, false));
        found.extend(self.weekday_and_week(at));
        found.extend(self.in_a_while(at));
        found.extend(self.while_from(at));
        found.extend(self.edge(at));
        found.extend(self.of_month(at));
        found.extend(self.calendar(at));
        found.extend(self.weekday_and_date(at));
        found.extend(self.period_alone(at));
        found
    }

    /// `tomorrow`, `the day after tomorrow`.
    fn named(&self, at: usize) -> Readings<Date> {
        let at = self.skip(at, Token::Article);
        let tomorrow = |token: Option<Token>| matches!(token, Some(Token::Tomorrow | Token::Morgen));
        let (days, at) = match self.token(at) {
            Some(Token::Today) => (0, at + 1),
            token if tomorrow(token) => (1, at + 1),
            Some(Token::Overmorrow) => (2, at + 1),
            Some(Token::Yesterday) => (-1, at + 1),
            Some(Token::Unit(Unit::Day))
                if self.token(at + 1) == Some(Token::After) && tomorrow(self.token(at + 2)) =>
            {
                (2, at + 3)
            }
            _ => return Vec::new(),
        };
        Vec::from_iter(self.today.checked_add(days.days()).ok().map(|day| (day, at)))
    }

    /// `friday`, `this friday`, `next friday`, `last friday`. Where it is that day, the next is meant, unless `now` says
    /// that today is, too.
    fn weekday(&self, at: usize, now: bool) -> Readings<Date> {
        let at = self.skip(at, Token::Article);
        let with = |token: Token| (self.token(at) == Some(token)).then(|| self.token(at + 1)).flatten();
        let monday = monday_of(self.today);
        let day = |days: i32, day: Weekday| {
            monday.and_then(|monday| monday.checked_add((days + i32::from(day.to_monday_zero_offset())).days()).ok())
        };
        let found = if let Some(Token::Weekday(on)) = self.token(at) {
            let is_known = self.sure == Sure::Yes
                || self.tokens[at].strong
                || (self.sure == Sure::Perhaps && !self.tokens[at].doubtful);
            is_known.then(|| (if now { on_or_after(self.today, on) } else { after(self.today, on) }, at + 1))
        } else if let Some(Token::Weekday(on)) = with(Token::This) {
            Some((on_or_after(self.today, on), at + 2))
        } else if let Some(Token::Weekday(on)) = with(Token::Coming) {
            Some((after(self.today, on), at + 2))
        } else if let Some(Token::Weekday(on)) = with(Token::Next) {
            // Of the next week, which begins on Monday: on a Tuesday, "next Friday" is ten days away.
            Some((day(7, on), at + 2))
        } else if let Some(Token::Weekday(on)) = with(Token::AfterNext) {
            Some((day(14, on), at + 2))
        } else if let Some(Token::Weekday(on)) = with(Token::Last) {
            Some((self.today.nth_weekday(-1, on).ok(), at + 2))
        } else {
            None
        };
        Vec::from_iter(found.and_then(|(day, at)| Some((day?, at))))
    }

    /// `tuesday of next week`, `nächste Woche am Dienstag`.
    fn weekday_and_week(&self, at: usize) -> Readings<Date> {
        let mut found = Vec::new();
        let start = self.skip(at, Token::Article);
        if let Some(Token::Weekday(on)) = self.token(start) {
            for (period, at) in self.week(self.link(start + 1)) {
                found.extend(period.weekday(on, self.today).map(|day| (day, at)));
            }
        }
        for (period, at) in self.week(at) {
            let at = self.skip(at, Token::On);
            if let Some(Token::Weekday(on)) = self.token(at) {
                found.extend(period.weekday(on, self.today).map(|day| (day, at + 1)));
            }
        }
        found
    }

    /// A period of which it is said which one: `tuesday week` is another one.
    fn week(&self, at: usize) -> Readings<Period> {
        let start = self.skip(at, Token::Article);
        let is_bare = matches!(self.token(start), Some(Token::Unit(_)))
            && !matches!(self.token(start + 1), Some(Token::After | Token::Number(..)));
        if is_bare { Vec::new() } else { self.period(at) }
    }

    /// `in two weeks`, `within a month`, `after 15 days`, `two weeks from now`; with a day before it, from that day on.
    fn in_a_while(&self, at: usize) -> Readings<Date> {
        let mut found = Vec::new();
        let mut from = self.base(at);
        from.push((self.today, at));
        for (base, start) in from {
            let is_in = matches!(self.token(start), Some(Token::In | Token::After));
            let step = self.skip(start + usize::from(is_in), Token::Article);
            for (step, at) in self.step(step).into_iter().filter(|_| is_in) {
                found.extend(step.from(base).map(|day| (day, self.skip(at, Token::Span))));
            }
            // `tuesday week`, as the British say.
            if start > at && self.token(start) == Some(Token::Unit(Unit::Week)) {
                found.extend(base.checked_add(1.week()).ok().map(|day| (day, start + 1)));
            }
        }
        if let Some(Token::Short(number, unit)) = self.token(at).filter(|_| self.sure == Sure::Yes) {
            found.extend(Step { number, unit }.from(self.today).map(|day| (day, at + 1)));
        }
        found
    }

    /// `a week from tuesday`, `zwei Wochen nach Freitag`.
    fn while_from(&self, at: usize) -> Readings<Date> {
        let mut found = Vec::new();
        for (step, at) in self.step(self.skip(at, Token::In)) {
            if !matches!(self.token(at), Some(Token::From | Token::After)) {
                continue;
            }
            let start = self.skip(at + 1, Token::Article);
            if self.token(start) == Some(Token::Now) {
                found.extend(step.from(self.today).map(|day| (day, start + 1)));
            }
            let bases = self.base(start).into_iter().chain(self.calendar(start)).chain(self.edge(start));
            found.extend(bases.filter_map(|(base, at)| Some((step.from(base)?, at))));
        }
        found
    }

    /// From what days are counted on.
    fn base(&self, at: usize) -> Readings<Date> {
        self.named(at).into_iter().chain(Reader { sure: Sure::Yes, ..*self }.weekday(at, true)).collect()
    }

    /// `two weeks`, `half a year`, `2w`.
    pub fn step(&self, at: usize) -> Readings<Step> {
        match (self.token(at), self.token(at + 1), self.token(at + 2)) {
            (Some(Token::Short(number, unit)), ..) => vec![(Step { number, unit }, at + 1)],
            (Some(Token::Half), Some(Token::A), Some(Token::Unit(Unit::Year)))
            | (Some(Token::A | Token::Number(1, _)), Some(Token::Half), Some(Token::Unit(Unit::Year))) => {
                vec![(Step { number: 6, unit: Unit::Month }, at + 3)]
            }
            (Some(Token::Number(number, _)), Some(Token::Unit(unit)), _) if unit != Unit::Weekend => {
                vec![(Step { number, unit }, at + 2)]
            }
            (Some(Token::A), Some(Token::Unit(unit)), _) if unit != Unit::Weekend => {
                vec![(Step { number: 1, unit }, at + 2)]
            }
            // `in fortnight`, as it is often written.
            (Some(Token::Unit(Unit::Fortnight)), ..) => vec![(Step { number: 1, unit: Unit::Fortnight }, at + 1)],
            _ => Vec::new(),
        }
    }

    /// `end of next month`, `Mitte Dezember`, `the last day of july`.
    fn edge(&self, at: usize) -> Readings<Date> {
        let at = self.skip(at, Token::Article);
        let day = |token: Option<Token>| matches!(token, Some(Token::Unit(Unit::Day | Unit::Workday)));
        let (edge, start) = match (self.token(at), self.token(at + 1)) {
            (Some(Token::End), _) => (Edge::End, at + 1),
            (Some(Token::Middle), _) => (Edge::Middle, at + 1),
            (Some(Token::Begin { first }), _) => (if first { Edge::First } else { Edge::Early }, at + 1),
            (Some(Token::Last), unit) if day(unit) => (Edge::LastDay, at + 2),
            (Some(Token::Ordinal(1)), unit) if day(unit) => (Edge::First, at + 2),
            _ => return Vec::new(),
        };
        let worked = self.token(start - 1) == Some(Token::Unit(Unit::Workday));
        let pick = |period: Period| match worked {
            true => period.workday(edge == Edge::LastDay, self.today),
            false => period.edge(edge, self.today),
        };
        let periods = self.period(self.link(start)).into_iter();
        periods.filter_map(|(period, at)| Some((pick(period)?, at))).collect()
    }

    /// `the last friday of the month`, `first monday in december`, `the 5th of next month`.
    fn of_month(&self, at: usize) -> Readings<Date> {
        let at = self.skip(at, Token::Article);
        let nth = match self.token(at) {
            Some(Token::Ordinal(nth)) => nth,
            Some(Token::Last) => -1,
            _ => return Vec::new(),
        };
        let pick = |period: Period, day: Option<Weekday>| match day {
            Some(day) if nth <= 5 => period.nth_weekday(nth, day, self.today),
            None if nth > 0 => period.day(nth, self.today),
            _ => None,
        };
        let (day, start) = match self.token(at + 1) {
            Some(Token::Weekday(day)) => (Some(day), at + 2),
            _ => (None, at + 1),
        };
        let periods = self.period(self.link(start)).into_iter();
        periods.filter_map(|(period, at)| Some((pick(period, day)?, at))).collect()
    }

    /// A day of the calendar, with its year or else the next of that name.
    fn calendar(&self, at: usize) -> Readings<Date> {
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
    fn weekday_and_date(&self, at: usize) -> Readings<Date> {
        let start = self.skip(at, Token::Article);
        let Some(Token::Weekday(on)) = self.token(start) else { return Vec::new() };
        let start = self.skip(start + 1, Token::On);
        let found = Reader { sure: Sure::Yes, ..*self }.calendar(start);
        found.into_iter().filter(|(day, _)| day.weekday() == on).collect()
    }

    /// `next week`: its end.
    fn period_alone(&self, at: usize) -> Readings<Date> {
        let bare = self.skip(at, Token::Article);
        let is_one = match self.token(bare) {
            Some(Token::This | Token::Coming | Token::Next | Token::AfterNext) => true,
            Some(Token::Unit(Unit::Weekend)) => self.sure >= Sure::Perhaps,
            Some(Token::WeekNumber) => self.sure == Sure::Yes,
            // `the week after next`, `week 50`
            Some(Token::Unit(Unit::Week)) => match self.token(bare + 1) {
                Some(Token::After) => true,
                Some(Token::Number(..)) => self.sure == Sure::Yes,
                _ => false,
            },
            _ => false,
        };
        let periods = self.period(at).into_iter().filter(|_| is_one);
        periods.filter_map(|(period, at)| Some((period.edge(Edge::End, self.today)?, at))).collect()
    }

    /// The place behind what joins a day to a period: `of the`, `im`, or nothing.
    fn link(&self, at: usize) -> usize {
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

/// A number of days, weeks or months.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    number: i32,
    unit: Unit,
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

fn monday_of(day: Date) -> Option<Date> {
    day.checked_sub(i32::from(day.weekday().to_monday_zero_offset()).days()).ok()
}

fn after(day: Date, on: Weekday) -> Option<Date> {
    day.nth_weekday(1, on).ok()
}

fn on_or_after(day: Date, on: Weekday) -> Option<Date> {
    if day.weekday() == on { Some(day) } else { after(day, on) }
}

/// The next such day of a year, today included.
fn coming(month: i8, day: i8, today: Date) -> Option<Date> {
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

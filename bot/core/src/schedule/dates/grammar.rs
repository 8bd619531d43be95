//! What phrases for days are made of. Every reading of a phrase is found, with where it ends: so whoever asks sees
//! whether it is read whole, and whether it can be read in two ways.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

use super::{
    clock::DayTime,
    lexicon::{Token, Unit},
    period::{Edge, Period},
    reader::{Moment, Reader, Readings, Step, Sure, after, monday_of, on_or_after},
};

impl Reader<'_> {
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
}

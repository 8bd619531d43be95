//! Weeks, months, quarters and years, and the days in them that people name.

use jiff::{
    ToSpan as _,
    civil::{Date, Weekday},
};

/// A stretch of the calendar. `free` says that no year (of a month: no month) was named: then the next one is meant in
/// which the day is not over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Period {
    /// By its Monday.
    Week { monday: Date, free: bool },
    /// By its Saturday.
    Weekend { saturday: Date },
    /// By its first day.
    Month { first: Date, free: Free },
    /// By its first day.
    Quarter { first: Date, free: bool },
    /// By its first day.
    Year { first: Date },
}

/// What may follow from a day that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Free {
    /// Nothing: it was named.
    No,
    /// The same of the next month is meant.
    Month,
    /// The same of the next year is meant.
    Year,
}

/// Which day of a period.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    First,
    /// One of the first days.
    Early,
    Middle,
    End,
    LastDay,
}

impl Period {
    /// The day that `pick` finds in it, or in the next such period in which it is not over.
    fn not_over(self, today: Date, pick: impl Fn(Self) -> Option<Date>) -> Option<Date> {
        let found = pick(self);
        match self.later() {
            Some(later) if found.is_none_or(|found| found < today) => pick(later),
            _ => found,
        }
    }

    /// The next such period, where it was not said which one is meant.
    fn later(self) -> Option<Self> {
        let on = |date: Date, span: jiff::Span| date.checked_add(span).ok();
        Some(match self {
            Self::Week { monday, free: true } => {
                let week = monday.iso_week_date();
                let next = jiff::civil::ISOWeekDate::new(week.year() + 1, week.week(), Weekday::Monday).ok()?;
                Self::Week { monday: next.date(), free: false }
            }
            Self::Month { first, free: Free::Month } => Self::Month { first: on(first, 1.month())?, free: Free::No },
            Self::Month { first, free: Free::Year } => Self::Month { first: on(first, 1.year())?, free: Free::No },
            Self::Quarter { first, free: true } => Self::Quarter { first: on(first, 1.year())?, free: false },
            _ => return None,
        })
    }

    pub fn edge(self, edge: Edge, today: Date) -> Option<Date> {
        self.not_over(today, |period| period.own_edge(edge, today))
    }

    fn own_edge(self, edge: Edge, today: Date) -> Option<Date> {
        let on = |date: Date, days: i32| date.checked_add(days.days()).ok();
        match (self, edge) {
            // People work until Friday; on a weekend, it is the weekend's end that is ahead.
            (Self::Week { monday, .. }, Edge::End) => {
                let friday = on(monday, 4)?;
                if friday < today && today <= on(monday, 6)? { on(monday, 6) } else { Some(friday) }
            }
            (Self::Week { monday, .. }, Edge::First | Edge::Early) => Some(monday),
            (Self::Week { monday, .. }, Edge::Middle) => on(monday, 2),
            (Self::Week { monday, .. }, Edge::LastDay) => on(monday, 6),
            (Self::Weekend { saturday }, Edge::First) => Some(saturday),
            (Self::Weekend { saturday }, Edge::End | Edge::LastDay) => on(saturday, 1),
            (Self::Weekend { .. }, _) => None,
            (Self::Month { first, .. }, edge) => Some(match edge {
                Edge::First => first,
                Edge::Early => on(first, 4)?,
                Edge::Middle => on(first, 14)?,
                Edge::End | Edge::LastDay => first.last_of_month(),
            }),
            (Self::Quarter { first, .. }, Edge::First) => Some(first),
            (Self::Quarter { first, .. }, Edge::Middle) => on(first.checked_add(1.month()).ok()?, 14),
            (Self::Quarter { first, .. }, Edge::End | Edge::LastDay) => {
                Some(first.checked_add(2.months()).ok()?.last_of_month())
            }
            (Self::Year { first }, Edge::First) => Some(first),
            (Self::Year { first }, Edge::End | Edge::LastDay) => Some(first.last_of_year()),
            (Self::Quarter { .. } | Self::Year { .. }, _) => None,
        }
    }

    /// The first or last day of it on which people work.
    pub fn workday(self, last: bool, today: Date) -> Option<Date> {
        self.not_over(today, |period| {
            let mut day = period.own_edge(if last { Edge::LastDay } else { Edge::First }, today)?;
            while matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
                day = if last { day.yesterday() } else { day.tomorrow() }.ok()?;
            }
            Some(day)
        })
    }

    /// A day of a week.
    pub fn weekday(self, day: Weekday, today: Date) -> Option<Date> {
        let Self::Week { .. } = self else { return None };
        self.not_over(today, |period| match period {
            Self::Week { monday, .. } => monday.checked_add(i32::from(day.to_monday_zero_offset()).days()).ok(),
            _ => None,
        })
    }

    /// The `nth` such day of a month, the last where it is -1.
    pub fn nth_weekday(self, nth: i8, day: Weekday, today: Date) -> Option<Date> {
        self.not_over(today, |period| match period {
            Self::Month { first, .. } => first.nth_weekday_of_month(nth, day).ok(),
            _ => None,
        })
    }

    /// A day of a month by its number.
    pub fn day(self, day: i8, today: Date) -> Option<Date> {
        self.not_over(today, |period| match period {
            Self::Month { first, .. } => Date::new(first.year(), first.month(), day).ok(),
            _ => None,
        })
    }
}

//! A series as an iCalendar file (RFC 5545), for any calendar.
//!
//! Times are local with a `TZID`, so that a meeting stays at ten in every calendar too, and the zone's rules are
//! written out: some clients know zones by their names, some only by their rules. Skipped meetings are exceptions,
//! moved ones are events of their own that replace theirs. It is written by hand, because the well-kept crate for
//! such files stamps what it writes with the time of day and random ids; the tests read it back with that crate.

use jiff::{
    Timestamp, ToSpan as _,
    civil::{DateTime, Weekday},
    tz::{Dst, Offset, TimeZone},
};

use super::series::{Change, Series};
use crate::schedule::{Nth, Rhythm};

/// The file, as it is at `now`. `None` where no meeting is to come.
pub(super) fn file(series: &Series, server: &str, now: Timestamp) -> Option<String> {
    let first = series.days().next()?;
    let at = series.rhythm.time()?;
    let zone = series.zone();
    let nominal = |date| Some(Stamp { at: at.on(date, &zone)?, local: at.at(date), zone: &series.zone });
    let start = nominal(first)?;
    let uid = format!("{}@{server}", series.event.as_str().trim_start_matches('$'));
    let mut lines = Lines::default();
    lines.add("BEGIN:VCALENDAR");
    lines.add("VERSION:2.0");
    lines.add("PRODID:-//Hearth//Meetings//EN");
    lines.add("METHOD:PUBLISH");
    if !start.is_utc() {
        time_zone(&mut lines, &series.zone, &zone, start.at);
    }
    let event = |lines: &mut Lines, start: &Stamp, more: &[String]| {
        lines.add("BEGIN:VEVENT");
        lines.add(&format!("UID:{}", escape(&uid)));
        lines.add(&format!("DTSTAMP:{}", now.strftime("%Y%m%dT%H%M%SZ")));
        lines.add(&start.property("DTSTART"));
        lines.add(&format!("DURATION:PT{}M", series.length.in_minutes()));
        lines.add(&format!("SUMMARY:{}", escape(&series.name)));
        if let Some(link) = &series.link {
            lines.add(&format!("LOCATION:{}", escape(link)));
            lines.add(&format!("URL:{link}"));
        }
        more.iter().for_each(|line| lines.add(line));
        lines.add("END:VEVENT");
    };
    let mut more = vec![format!("RRULE:{}", rule(series.rhythm)?)];
    for (date, change) in series.changes.iter().filter(|(date, _)| **date >= first) {
        if matches!(change, Change::Skipped | Change::Rested) {
            more.push(nominal(*date)?.property("EXDATE"));
        }
    }
    event(&mut lines, &start, &more);
    for (date, change) in series.changes.iter().filter(|(date, _)| **date >= first) {
        if let Change::Moved(to) = change {
            let to = Stamp { at: *to, local: zone.to_datetime(*to), zone: &series.zone };
            event(&mut lines, &to, &[nominal(*date)?.property("RECURRENCE-ID")]);
        }
    }
    lines.add("END:VCALENDAR");
    Some(lines.0)
}

/// An instant as a calendar writes it.
struct Stamp<'a> {
    at: Timestamp,
    local: DateTime,
    zone: &'a str,
}

impl Stamp<'_> {
    fn is_utc(&self) -> bool {
        matches!(self.zone, "UTC" | "Etc/UTC")
    }

    fn property(&self, name: &str) -> String {
        match self.is_utc() {
            true => format!("{name}:{}", self.at.strftime("%Y%m%dT%H%M%SZ")),
            false => format!("{name};TZID={}:{}", self.zone, self.local.strftime("%Y%m%dT%H%M%S")),
        }
    }
}

fn rule(rhythm: Rhythm) -> Option<String> {
    Some(match rhythm {
        Rhythm::Off => return None,
        Rhythm::Daily { .. } => "FREQ=DAILY".to_owned(),
        Rhythm::Weekdays { .. } => "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR".to_owned(),
        Rhythm::Weekly { every, on, .. } => format!("FREQ=WEEKLY;INTERVAL={};BYDAY={}", every.max(1), day(on)),
        Rhythm::Monthly { nth, on, .. } => {
            let nth = match nth {
                Nth::First => 1,
                Nth::Second => 2,
                Nth::Third => 3,
                Nth::Fourth => 4,
                Nth::Last => -1,
            };
            format!("FREQ=MONTHLY;BYDAY={nth}{}", day(on))
        }
    })
}

fn day(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}

/// A change of a zone's clocks.
struct Clocks {
    /// What they showed when they changed.
    local: DateTime,
    from: Offset,
    to: Offset,
    summer: bool,
    name: String,
}

/// For how many years ahead clock changes are written out where they follow no rule.
const YEARS: i16 = 10;

/// Writes the rules of a zone, from before `start` on.
fn time_zone(lines: &mut Lines, name: &str, zone: &TimeZone, start: Timestamp) {
    let since = zone.to_datetime(start).date().first_of_year().saturating_sub(1.year());
    let until = since.saturating_add((YEARS + 1).years());
    let since = since.to_zoned(TimeZone::UTC).map_or(start, |since| since.timestamp());
    let changes: Vec<Clocks> = zone
        .following(since)
        .map(|change| {
            let from = change.timestamp().saturating_sub(1.second()).map_or(change.offset(), |at| zone.to_offset(at));
            Clocks {
                local: from.to_datetime(change.timestamp()),
                from,
                to: change.offset(),
                summer: change.dst() == Dst::Yes,
                name: change.abbreviation().to_owned(),
            }
        })
        .take_while(|change| change.local.date() < until)
        .collect();
    lines.add("BEGIN:VTIMEZONE");
    lines.add(&format!("TZID:{name}"));
    // Only where clocks have not changed before the first meeting: Outlook takes no second observance of a kind.
    let first = zone.to_datetime(start);
    if changes.first().is_none_or(|change| change.local >= first) {
        let before = zone.to_offset_info(since);
        let always = Clocks {
            local: jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0),
            from: before.offset(),
            to: before.offset(),
            summer: before.dst() == Dst::Yes,
            name: before.abbreviation().to_owned(),
        };
        observance(lines, &always, None);
    }
    for summer in [false, true] {
        let these: Vec<&Clocks> = changes.iter().filter(|change| change.summer == summer).collect();
        match yearly(&these) {
            Some(rule) => observance(lines, these[0], Some(&rule)),
            None => these.iter().for_each(|change| observance(lines, change, None)),
        }
    }
    lines.add("END:VTIMEZONE");
}

/// The rule by which clocks change every year, where they do.
fn yearly(changes: &[&Clocks]) -> Option<String> {
    let first = changes.first()?;
    let date = |change: &Clocks| change.local.date();
    let alike = changes.iter().zip(0..).all(|(change, years)| {
        date(change).year() == date(first).year() + years
            && date(change).month() == date(first).month()
            && date(change).weekday() == date(first).weekday()
            && (change.local.time(), change.from, change.to) == (first.local.time(), first.from, first.to)
    });
    if !alike || changes.len() < usize::from(YEARS.unsigned_abs()) {
        return None;
    }
    let week = |change: &Clocks| (date(change).day() - 1) / 7 + 1;
    let last = changes.iter().all(|change| date(change).day() + 7 > date(change).days_in_month());
    let same = changes.iter().all(|change| week(change) == week(first));
    let week = if last { -1 } else { Some(week(first)).filter(|_| same)? };
    Some(format!("FREQ=YEARLY;BYMONTH={};BYDAY={week}{}", date(first).month(), day(date(first).weekday())))
}

fn observance(lines: &mut Lines, change: &Clocks, rule: Option<&str>) {
    let kind = if change.summer { "DAYLIGHT" } else { "STANDARD" };
    lines.add(&format!("BEGIN:{kind}"));
    lines.add(&format!("DTSTART:{}", change.local.strftime("%Y%m%dT%H%M%S")));
    lines.add(&format!("TZOFFSETFROM:{}", offset(change.from)));
    lines.add(&format!("TZOFFSETTO:{}", offset(change.to)));
    lines.add(&format!("TZNAME:{}", change.name));
    if let Some(rule) = rule {
        lines.add(&format!("RRULE:{rule}"));
    }
    lines.add(&format!("END:{kind}"));
}

fn offset(offset: Offset) -> String {
    let seconds = offset.seconds();
    let sign = if seconds < 0 { '-' } else { '+' };
    let seconds = seconds.abs();
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if seconds == 0 {
        format!("{sign}{hours:02}{minutes:02}")
    } else {
        format!("{sign}{hours:02}{minutes:02}{seconds:02}")
    }
}

fn escape(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,").replace(['\r', '\n'], " ")
}

/// The lines of the file: none longer than 75 bytes, each ended by CRLF.
#[derive(Default)]
struct Lines(String);

impl Lines {
    fn add(&mut self, line: &str) {
        let mut length = 0;
        for char in line.chars() {
            if length + char.len_utf8() > 75 {
                self.0.push_str("\r\n ");
                length = 1;
            }
            self.0.push(char);
            length += char.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

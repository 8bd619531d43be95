//! What a report says, in the reader's language: numbers, months, units, names and reasons.

use hearth_shared::{month::Month, report::Report};
use jiff::civil::{Date, DateTime};

use crate::{
    l10n::{L10n, L10nLanguage},
    text,
};

/// One language's words.
pub(crate) struct Words {
    /// The words with a name in code.
    pub(crate) l: L10nLanguage,
    /// The language's tag, such as `de`.
    pub(crate) tag: &'static str,
    decimal: String,
    group: String,
}

impl Words {
    /// The words of `language` (`de`, `de-AT`), or English where we do not speak it.
    pub(crate) fn of(language: &str) -> Self {
        let primary = language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        let known = primary.parse::<L10n>().unwrap_or_default();
        let tag = match known {
            L10n::De => "de",
            L10n::En => "en",
        };
        let l = known.load();
        Self { decimal: l.msg_number_decimal(), group: l.msg_number_group(), tag, l }
    }

    /// A number with at most `digits` decimals, trailing zeros kept: columns of numbers line up.
    pub(crate) fn number(&self, value: f64, digits: usize) -> String {
        let text = format!("{:.digits$}", value.abs());
        let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
        let mut grouped = String::new();
        for (index, digit) in whole.chars().enumerate() {
            // Four digits stand together: a year is no quantity, and `1234` reads well.
            if whole.len() > 4 && index > 0 && (whole.len() - index).is_multiple_of(3) {
                grouped.push_str(&self.group);
            }
            grouped.push(digit);
        }
        let negative = value < 0.0 && text.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        let sign = if negative { "−" } else { "" };
        if rest.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}{}{rest}", self.decimal) }
    }

    /// A share from 0 to 1, as percent. Small ones keep a decimal, so that little is not written as nothing.
    pub(crate) fn percent(&self, share: f64) -> String {
        let percent = share * 100.0;
        let digits = usize::from(percent > 0.0 && percent < 0.95);
        self.l.msg_number_percent(self.number(percent, digits))
    }

    /// The bare number in `unit`, for axes and as a part of what is released: `9.4`, `42%`.
    pub(crate) fn figure(&self, value: f64, unit: &str) -> String {
        match unit {
            "share" => self.percent(value),
            _ => self.number(value, usize::from(value.fract().abs() >= 0.05 && value.abs() < 99.95)),
        }
    }

    /// What is written with its unit in words: `9.4 people`. `count` decides the plural.
    pub(crate) fn with_unit(&self, count: f64, written: String, unit: &str) -> String {
        match unit {
            "people" => self.l.msg_unit_people(count, written),
            "messages" => self.l.msg_unit_messages(count, written),
            "days" => self.l.msg_unit_days(count, written),
            "rooms" => self.l.msg_unit_rooms(count, written),
            _ => written,
        }
    }

    /// `October`.
    pub(crate) fn month(&self, month: Month) -> String {
        self.named(&format!("month-{}", month.month()), None).unwrap_or_else(|| month.to_string())
    }

    /// `Oct`.
    pub(crate) fn month_short(&self, month: Month) -> String {
        self.named(&format!("month-{}", month.month()), Some("short")).unwrap_or_else(|| month.to_string())
    }

    /// `October 2026`.
    pub(crate) fn month_year(&self, month: Month) -> String {
        self.l.msg_month_year(self.month(month), month.year().to_string())
    }

    /// `Oct 2026`.
    pub(crate) fn month_year_short(&self, month: Month) -> String {
        self.l.msg_month_year(self.month_short(month), month.year().to_string())
    }

    /// `16 Apr`.
    pub(crate) fn day(&self, date: Date) -> String {
        let month = self.named(&format!("month-{}", date.month()), Some("short"));
        self.l.msg_day_month(date.day().to_string(), month.unwrap_or_default())
    }

    /// `Tue 3 Nov, 10:00`, as the bot says it.
    pub(crate) fn day_and_time(&self, at: DateTime) -> String {
        let weekday = self.weekday_short(usize::try_from(at.weekday().to_monday_one_offset()).unwrap_or(0));
        let month = self.named(&format!("month-{}", at.month()), Some("short")).unwrap_or_default();
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        self.l.msg_day_and_time(weekday, at.day().to_string(), month, time)
    }

    /// The name of a weekday, 1 for Monday.
    pub(crate) fn weekday(&self, day: usize) -> String {
        self.named(&format!("weekday-{day}"), None).unwrap_or_else(|| day.to_string())
    }

    /// The short name of a weekday, 1 for Monday.
    pub(crate) fn weekday_short(&self, day: usize) -> String {
        self.named(&format!("weekday-{day}"), Some("short")).unwrap_or_else(|| day.to_string())
    }

    /// What an item of a pulse is about; its id where we have no word for it.
    pub(crate) fn item(&self, id: &str) -> String {
        self.named(&format!("item-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// What a measure is called; its id where we have no word for it.
    pub(crate) fn measure(&self, id: &str) -> String {
        self.named(&format!("measure-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// The short name beside a line in a picture.
    pub(crate) fn label(&self, id: &str) -> String {
        self.named(&format!("measure-{id}"), Some("label")).unwrap_or_else(|| id.to_owned())
    }

    /// How a measure is defined, and what to beware of.
    pub(crate) fn definition(&self, id: &str) -> Option<(String, String)> {
        let word = format!("measure-{id}");
        Some((self.named(&word, Some("definition"))?, self.named(&word, Some("caveat"))?))
    }

    /// What a report is about: the community, or one of its rooms, and the month.
    pub(crate) fn title(&self, report: &Report) -> String {
        let month = self.month_year(report.month);
        match &report.room {
            Some(room) => self.l.msg_page_title_room(self.name(room), self.name(&report.community), month),
            None => self.l.msg_page_title(&report.community, month),
        }
    }

    /// A picture's title; its id where we have no word for it.
    pub(crate) fn picture(&self, id: &str) -> String {
        self.named(&format!("picture-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// How a question is asked; its id where we have no words for it.
    pub(crate) fn question(&self, id: &str) -> String {
        self.named(&format!("question-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// What a kind of event is called; its id where we have no word for it.
    pub(crate) fn event(&self, id: &str) -> String {
        self.named(&format!("event-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// What a step of newcomers is called; its id where we have no word for it.
    pub(crate) fn stage(&self, id: &str) -> String {
        self.named(&format!("stage-{id}"), None).unwrap_or_else(|| id.to_owned())
    }

    /// A suggestion, where we have words for it.
    pub(crate) fn suggestion(&self, id: &str) -> Option<String> {
        self.named(&format!("suggest-{id}"), None)
    }

    /// How to read a picture.
    pub(crate) fn reading(&self, id: &str) -> Option<String> {
        self.named(&format!("picture-{id}"), Some("read"))
    }

    /// Why there is no value, as a sentence.
    pub(crate) fn reason(&self, reason: Option<&str>) -> String {
        let known = reason.and_then(|reason| self.named(&format!("reason-{reason}"), None));
        known.unwrap_or_else(|| self.l.msg_reason_other())
    }

    /// Why there is no value, as it goes on after a colon.
    pub(crate) fn reason_after_colon(&self, reason: Option<&str>) -> String {
        let id = format!("reason-{}", reason.unwrap_or("other"));
        let known = self.named(&id, Some("after-colon"));
        known.or_else(|| self.named("reason-other", Some("after-colon"))).unwrap_or_default()
    }

    /// A time zone as people call it: `UTC`, `Berlin time`.
    pub(crate) fn zone(&self, name: &str) -> String {
        let place = name.rsplit('/').next().unwrap_or(name).replace('_', " ");
        let is_offset = name.starts_with("Etc/") || !name.contains('/');
        if is_offset { place } else { self.l.msg_zone_place(place) }
    }

    /// A word by its id, where this language has it.
    pub(crate) fn named(&self, id: &str, attribute: Option<&str>) -> Option<String> {
        // Ids come from outside: what is no identifier is no word.
        let identifier = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        if !id.chars().all(identifier) { None } else { self.l.named(id, attribute) }
    }

    /// `a`, `a and b`, `a, b and c`.
    pub(crate) fn list(&self, parts: &[String]) -> String {
        match parts {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.l.msg_list_and(first.join(", "), last),
        }
    }

    /// The first three of many, and how many more there are.
    pub(crate) fn list_of_many(&self, parts: &[String]) -> String {
        if parts.len() <= 4 {
            return self.list(parts);
        }
        let more = u32::try_from(parts.len() - 3).map_or(0.0, f64::from);
        let more = self.l.msg_list_more(more, self.number(more, 0));
        self.list(&[&parts[..3], &[more]].concat())
    }

    /// A name from outside within a sentence. One that may run from right to left is kept apart from what surrounds
    /// it, or numbers beside it would change places.
    pub(crate) fn name(&self, name: &str) -> String {
        if text::is_covered(name) { name.to_owned() } else { format!("\u{2068}{name}\u{2069}") }
    }
}

/// The number that decides the plural: `1` only where exactly `1` is written.
pub(crate) fn plural(value: f64, written: &str) -> f64 {
    if written == "1" {
        1.0
    } else if written == "0" {
        0.0
    } else if value == 1.0 {
        1.1
    } else {
        value
    }
}

/// The text with its first letter in upper case.
pub(crate) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use hearth_shared::release::Released;

    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let (english, german) = (Words::of("en"), Words::of("de-AT"));
        assert_eq!(english.number(12_345.67, 1), "12,345.7");
        assert_eq!(german.number(12_345.67, 1), "12.345,7");
        assert_eq!(german.number(1_234_567.0, 0), "1.234.567");
        assert_eq!(german.number(1234.0, 0), "1234");
        assert_eq!(german.percent(0.42), "42\u{a0}%");
        assert_eq!(english.percent(0.004), "0.4%");
        assert_eq!(english.percent(0.0), "0%");
        assert_eq!(english.number(-0.001, 2), "0.00");
        assert_eq!(english.number(-1.5, 1), "−1.5");
    }

    #[test]
    fn one_is_not_many() {
        let (english, german) = (Words::of("en"), Words::of("de"));
        let english = |value: f64, unit| english.told(Released::ratio(value), unit);
        assert_eq!(english(1.0, "rooms"), "1 room");
        assert_eq!(english(0.0, "rooms"), "0 rooms");
        assert_eq!(english(1.2, "rooms"), "1.3 rooms");
        assert_eq!(german.told(Released::days(1.0), "days"), "1 Tag");
        assert_eq!(german.told(Released::ratio(9.4), "furlongs"), "10");
    }

    #[test]
    fn zones_are_called_as_people_call_them() {
        let (english, german) = (Words::of("en"), Words::of("de"));
        assert_eq!(english.zone("Etc/UTC"), "UTC");
        assert_eq!(english.zone("UTC"), "UTC");
        assert_eq!(english.zone("America/New_York"), "New York time");
        assert_eq!(german.zone("Europe/Berlin"), "der Zeit von Berlin");
    }

    #[test]
    fn what_is_unknown_is_shown_by_its_id_and_never_fails() {
        let english = Words::of("tlh");
        assert_eq!(english.tag, "en");
        assert_eq!(english.measure("warp_factor"), "warp_factor");
        assert_eq!(english.measure("x y\n= {"), "x y\n= {");
        assert_eq!(english.reason(Some("sunspots")), "It is not known.");
        assert_eq!(english.reason(None), "It is not known.");
    }
}

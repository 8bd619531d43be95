//! Time zones as people type them.
//!
//! A zone is known by its city (an IANA name), in any case, also by an old one. An abbreviation is not: `EST` has no
//! summer time in some lists and stands for a city in others, `CST` is three places, and `UTC+2` is right for half of a
//! year. What can only mean one thing is read (`CET`, `UTC`); for the rest the city is named that was perhaps meant.

use jiff::{
    Timestamp,
    tz::{self, TimeZone},
};

use crate::words::nearest;

/// Words that are no zone; with the zone that was perhaps meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneError(pub Option<String>);

/// Names that are read: what they stand for has summer time as the people have it who use them.
const READ: &[(&str, &str)] = &[
    ("utc", "UTC"),
    ("gmt", "UTC"),
    ("z", "UTC"),
    ("zulu", "UTC"),
    ("utc+0", "UTC"),
    ("gmt+0", "UTC"),
    ("cet", "Europe/Berlin"),
    ("mez", "Europe/Berlin"),
    ("met", "Europe/Berlin"),
    ("eet", "Europe/Helsinki"),
    ("wet", "Europe/Lisbon"),
    ("hst", "Pacific/Honolulu"),
];

/// Abbreviations, and names that Windows has for zones: which city most people mean.
const MEANT: &[(&str, &str)] = &[
    ("cest", "Europe/Berlin"),
    ("mesz", "Europe/Berlin"),
    ("eest", "Europe/Helsinki"),
    ("west", "Europe/Lisbon"),
    ("bst", "Europe/London"),
    ("est", "America/New_York"),
    ("edt", "America/New_York"),
    ("et", "America/New_York"),
    ("cst", "America/Chicago"),
    ("cdt", "America/Chicago"),
    ("ct", "America/Chicago"),
    ("mst", "America/Denver"),
    ("mdt", "America/Denver"),
    ("mt", "America/Denver"),
    ("pst", "America/Los_Angeles"),
    ("pdt", "America/Los_Angeles"),
    ("pt", "America/Los_Angeles"),
    ("brt", "America/Sao_Paulo"),
    ("msk", "Europe/Moscow"),
    ("ist", "Asia/Kolkata"),
    ("sgt", "Asia/Singapore"),
    ("jst", "Asia/Tokyo"),
    ("kst", "Asia/Seoul"),
    ("sast", "Africa/Johannesburg"),
    ("aest", "Australia/Sydney"),
    ("aedt", "Australia/Sydney"),
    ("nzst", "Pacific/Auckland"),
    ("nzdt", "Pacific/Auckland"),
    ("w._europe_standard_time", "Europe/Berlin"),
    ("central_europe_standard_time", "Europe/Budapest"),
    ("central_european_standard_time", "Europe/Warsaw"),
    ("romance_standard_time", "Europe/Paris"),
    ("gmt_standard_time", "Europe/London"),
    ("greenwich_standard_time", "Atlantic/Reykjavik"),
    ("fle_standard_time", "Europe/Kyiv"),
    ("gtb_standard_time", "Europe/Bucharest"),
    ("russian_standard_time", "Europe/Moscow"),
    ("eastern_standard_time", "America/New_York"),
    ("central_standard_time", "America/Chicago"),
    ("mountain_standard_time", "America/Denver"),
    ("pacific_standard_time", "America/Los_Angeles"),
    ("e._south_america_standard_time", "America/Sao_Paulo"),
    ("india_standard_time", "Asia/Kolkata"),
    ("china_standard_time", "Asia/Shanghai"),
    ("tokyo_standard_time", "Asia/Tokyo"),
    ("aus_eastern_standard_time", "Australia/Sydney"),
    ("new_zealand_standard_time", "Pacific/Auckland"),
];

/// Cities that stand for an offset, the best known first.
const CITIES: &[&str] = &[
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "America/Chicago",
    "America/Denver",
    "Europe/Athens",
    "Europe/Moscow",
    "America/Sao_Paulo",
    "Asia/Dubai",
    "Asia/Shanghai",
    "Australia/Sydney",
    "Asia/Karachi",
    "Asia/Dhaka",
    "Asia/Bangkok",
    "Pacific/Auckland",
    "America/Halifax",
    "America/Anchorage",
    "Pacific/Honolulu",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Atlantic/Azores",
];

/// The zone that somebody typed, by its IANA name. `now` tells which city an offset stands for.
///
/// # Errors
/// [`ZoneError`], for its author.
pub fn zone(text: &str, now: Timestamp) -> Result<String, ZoneError> {
    let name = text.split_whitespace().collect::<Vec<_>>().join("_");
    let lower = name.to_lowercase();
    let listed =
        |list: &[(&str, &str)]| list.iter().find(|(known, _)| *known == lower).map(|(_, city)| (*city).to_owned());
    if let Some(city) = listed(READ) {
        return Ok(city);
    }
    if let Some(city) = listed(MEANT) {
        return Err(ZoneError(Some(city)));
    }
    if let Some(minutes) = offset(&lower) {
        let at = |city: &&&str| TimeZone::get(city).is_ok_and(|zone| zone.to_offset(now).seconds() == minutes * 60);
        return Err(ZoneError(CITIES.iter().find(at).map(|city| (*city).to_owned())));
    }
    if let Some(zone) = TimeZone::get(&name).ok().filter(|_| !name.is_empty())
        && let Some(name) = zone.iana_name()
    {
        return Ok(name.to_owned());
    }
    let known: Vec<String> = tz::db().available().map(|name| name.to_string()).collect();
    let cities = || known.iter().filter_map(|name| Some((name.as_str(), name.rsplit_once('/')?.1)));
    let city = nearest(name.rsplit('/').next().unwrap_or(&name), cities().map(|(_, city)| city));
    let meant = city.and_then(|city| cities().find(|(_, known)| *known == city)).map(|(name, _)| name.to_owned());
    Err(ZoneError(meant))
}

/// The minutes east of Greenwich that somebody typed: `UTC+2`, `gmt-3:30`, `+01:00`.
fn offset(lower: &str) -> Option<i32> {
    let bare = ["utc", "gmt"].iter().find_map(|name| lower.strip_prefix(name)).unwrap_or(lower);
    let bare = bare.trim_start_matches('_');
    let (sign, digits) = match bare.chars().next()? {
        '+' => (1, &bare[1..]),
        '-' => (-1, &bare[1..]),
        '−' => (-1, bare.trim_start_matches('−')),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once(':') {
        Some(parts) => parts,
        None if digits.len() == 4 => digits.split_at_checked(2)?,
        None => (digits, "0"),
    };
    let within = |text: &str, end: i32| text.parse::<i32>().ok().filter(|number| (0..end).contains(number));
    Some(sign * (within(hours, 15)? * 60 + within(minutes, 60)?))
}

/// A zone as people read it: `Etc/GMT+5`, which lies west, is `UTC−5`.
pub fn zone_name(name: &str) -> String {
    match name.strip_prefix("Etc/GMT").map(|rest| (rest, rest.get(1..).unwrap_or_default())) {
        Some((rest, hours)) if !hours.is_empty() && hours != "0" => {
            format!("UTC{}{hours}", if rest.starts_with('+') { '−' } else { '+' })
        }
        _ => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, ZoneError> {
        zone(text, "2026-11-28T12:00:00Z".parse().unwrap())
    }

    #[test]
    fn zones_are_read_by_any_of_their_names() {
        for (text, name) in [
            ("europe/berlin", "Europe/Berlin"),
            ("Europe/Berlin", "Europe/Berlin"),
            ("america/new york", "America/New_York"),
            ("UTC", "UTC"),
            ("utc", "UTC"),
            ("GMT", "UTC"),
            ("Zulu", "UTC"),
            ("CET", "Europe/Berlin"),
            ("mez", "Europe/Berlin"),
        ] {
            assert_eq!(read(text), Ok(name.to_owned()), "{text}");
        }
        // Old names stay what they are for the calendars of others.
        for (text, alike) in
            [("Europe/Kiev", "Europe/Kyiv"), ("US/Pacific", "America/Los_Angeles"), ("Asia/Calcutta", "Asia/Kolkata")]
        {
            let (one, other) = (TimeZone::get(&read(text).unwrap()).unwrap(), TimeZone::get(alike).unwrap());
            for month in 1..=12 {
                let at: Timestamp = format!("2027-{month:02}-15T12:00:00Z").parse().unwrap();
                assert_eq!(one.to_offset(at), other.to_offset(at), "{text}");
            }
        }
        // In July, ten o'clock in CET is eight o'clock in Greenwich.
        let july = jiff::civil::date(2027, 7, 1).at(10, 0, 0, 0);
        let cet = TimeZone::get(&read("CET").unwrap()).unwrap();
        assert_eq!(cet.to_timestamp(july).unwrap(), "2027-07-01T08:00:00Z".parse::<Timestamp>().unwrap());
    }

    #[test]
    fn what_has_no_summer_time_or_no_city_is_asked_about() {
        for (text, meant) in [
            ("Berlin", "Europe/Berlin"),
            ("berln", "Europe/Berlin"),
            ("EST", "America/New_York"),
            ("est", "America/New_York"),
            ("PST", "America/Los_Angeles"),
            ("CEST", "Europe/Berlin"),
            ("W. Europe Standard Time", "Europe/Berlin"),
            ("UTC+1", "Europe/Berlin"),
            ("GMT+1", "Europe/Berlin"),
            ("+01:00", "Europe/Berlin"),
            ("utc +2", "Europe/Athens"),
            ("UTC-5", "America/New_York"),
            ("UTC+5:30", "Asia/Kolkata"),
            ("UTC+0545", "Asia/Kathmandu"),
        ] {
            assert_eq!(read(text), Err(ZoneError(Some(meant.to_owned()))), "{text}");
        }
        for text in ["", "Mars/Base", "UTC+25", "+", "-"] {
            assert!(matches!(read(text), Err(ZoneError(_))), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_zone_that_lies_west_is_shown_as_west() {
        assert_eq!(read("Etc/GMT+5"), Ok("Etc/GMT+5".to_owned()));
        assert_eq!(zone_name("Etc/GMT+5"), "UTC−5");
        assert_eq!(zone_name("Etc/GMT-2"), "UTC+2");
        for same in ["Etc/GMT", "Etc/GMT+0", "Etc/UTC", "Europe/Berlin", "UTC"] {
            assert_eq!(zone_name(same), same);
        }
    }
}

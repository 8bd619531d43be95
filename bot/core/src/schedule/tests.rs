//! Rhythms at every clock change that is known, and hours that suit people.

use std::collections::{BTreeMap, HashSet};

use jiff::{SignedDuration, civil::DateTime, tz};

use super::*;
use crate::Words;

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn ts(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn rhythm(text: &str) -> Rhythm {
    text.parse().unwrap()
}

/// The next times, as a clock in `zone` shows them.
fn next(rhythm: Rhythm, from: &str, zone: &TimeZone, count: usize) -> Vec<String> {
    let mut at = ts(from);
    (0..count)
        .map(|_| {
            at = rhythm.next_after(at, zone).unwrap();
            zone.to_datetime(at).strftime("%a %d %b %H:%M").to_string()
        })
        .collect()
}

#[test]
fn rhythms_are_read_as_people_write_them() {
    for (text, canonical) in [
        ("off", "off"),
        ("Daily at 9:00", "daily 09:00"),
        ("every day 09:00", "daily 09:00"),
        ("every Tuesday 10:00", "every tuesday 10:00"),
        ("weekly tue 10:00", "every tuesday 10:00"),
        ("every 2 weeks on tuesdays at 10:00", "every 2 weeks on tuesday 10:00"),
        ("monthly first tuesday 10:00", "monthly first tuesday 10:00"),
        ("monthly on the last friday at 16:30", "monthly last friday 16:30"),
        ("weekdays 09:00", "weekdays 09:00"),
    ] {
        assert_eq!(rhythm(text).to_string(), canonical);
        assert_eq!(rhythm(canonical), rhythm(text));
    }
}

#[test]
fn what_is_no_rhythm_is_told_what_one_looks_like() {
    for wrong in ["", "tuesday", "every 10:00", "every 0 weeks on tuesday 10:00", "every s 10:00", "monthly 10:00"] {
        assert!(wrong.parse::<Rhythm>().unwrap_err().to_string().contains("write it like `every tuesday 10:00`"));
    }
    for wrong in ["daily 25:00", "daily 9", "daily 9:60", "daily 10:5"] {
        assert!(wrong.parse::<Rhythm>().unwrap_err().to_string().ends_with("write it like 09:00 or 17:30"), "{wrong}");
    }
}

#[test]
fn each_rhythm_falls_on_its_days() {
    let berlin = zone("Europe/Berlin");
    let from = "2026-10-01T12:00:00Z"; // a Thursday
    assert_eq!(Rhythm::Off.next_after(ts(from), &berlin), None);
    assert_eq!(next(rhythm("daily 09:00"), from, &berlin, 2), ["Fri 02 Oct 09:00", "Sat 03 Oct 09:00"]);
    assert_eq!(next(rhythm("weekdays 09:00"), from, &berlin, 2), ["Fri 02 Oct 09:00", "Mon 05 Oct 09:00"]);
    // Across the end of daylight saving on 25 October.
    assert_eq!(
        next(rhythm("every tuesday 10:00"), from, &berlin, 4),
        ["Tue 06 Oct 10:00", "Tue 13 Oct 10:00", "Tue 20 Oct 10:00", "Tue 27 Oct 10:00"]
    );
    assert_eq!(next(rhythm("monthly first tuesday 10:00"), from, &berlin, 2), ["Tue 06 Oct 10:00", "Tue 03 Nov 10:00"]);
    assert_eq!(next(rhythm("monthly last saturday 10:00"), from, &berlin, 2), ["Sat 31 Oct 10:00", "Sat 28 Nov 10:00"]);
}

#[test]
fn every_second_week_is_the_same_week_whenever_one_asks() {
    let utc = TimeZone::UTC;
    let biweekly = rhythm("every 2 weeks on tuesday 10:00");
    let first = biweekly.next_after(ts("2026-01-01T00:00:00Z"), &utc).unwrap();
    for days in 0..14 {
        let asked = first - SignedDuration::from_hours(24 * days) - SignedDuration::from_secs(1);
        assert_eq!(biweekly.next_after(asked, &utc), Some(first));
    }
    assert_eq!(biweekly.next_after(first, &utc), Some(first + SignedDuration::from_hours(14 * 24)));
}

#[test]
fn a_skipped_time_happens_once_and_a_repeated_time_happens_the_first_time() {
    let berlin = zone("Europe/Berlin");
    let half_past_two = rhythm("daily 02:30");
    assert_eq!(
        next(half_past_two, "2026-03-28T12:00:00Z", &berlin, 2),
        ["Sun 29 Mar 03:30", "Mon 30 Mar 02:30"],
        "02:30 does not exist on the 29th"
    );
    let first = half_past_two.next_after(ts("2026-10-24T12:00:00Z"), &berlin).unwrap();
    assert_eq!(first, ts("2026-10-25T00:30:00Z"), "summer time's 02:30");
    assert_eq!(half_past_two.next_after(first, &berlin), Some(ts("2026-10-26T01:30:00Z")));
}

/// When a clock changed, and by how much.
type Jump = (Timestamp, SignedDuration);

/// All the zones there are, in the years 2020 to 2040; zones that share their transitions count once.
fn zones() -> Vec<(String, TimeZone, Vec<Jump>)> {
    let (from, until) = (ts("2020-01-01T00:00:00Z"), ts("2040-12-31T23:59:59Z"));
    let mut seen = HashSet::new();
    let names: Vec<String> = tz::db().available().map(|name| name.as_str().to_owned()).collect();
    assert!(names.len() > 300, "only {} zones known", names.len());
    names
        .into_iter()
        .filter_map(|name| {
            let zone = TimeZone::get(&name).ok()?;
            let transitions: Vec<_> = zone
                .following(from)
                .take_while(|transition| transition.timestamp() <= until)
                .map(|transition| {
                    let before = zone.to_offset(transition.timestamp() - SignedDuration::from_secs(1));
                    let jump = transition.offset().duration_since(before);
                    (transition.timestamp(), jump)
                })
                .filter(|(_, jump)| !jump.is_zero())
                .collect();
            seen.insert(format!("{:?}{transitions:?}", zone.to_offset(from))).then_some((name, zone, transitions))
        })
        .collect()
}

/// Local times worth trying at a transition: well before, at the edges and in the middle of what is skipped or
/// repeated, and well after.
fn times_around(zone: &TimeZone, at: Timestamp, jump: SignedDuration) -> Vec<LocalTime> {
    let edge: DateTime = zone.to_datetime(at - SignedDuration::from_secs(60));
    let mut times: Vec<LocalTime> = [-90, -1, 0, 1, 2, 29, 31, 59, 60, 61, 119, 120, 121, 180]
        .into_iter()
        .chain([0, 1, jump.as_mins() - 1, jump.as_mins(), jump.as_mins() + 1])
        .filter_map(|minutes: i64| {
            let time = edge.checked_add(minutes.minutes()).ok()?.time();
            time.strftime("%H:%M").to_string().parse().ok()
        })
        .collect();
    times.sort_unstable();
    times.dedup();
    times
}

#[test]
fn at_every_transition_of_every_zone_each_local_time_happens_exactly_once() {
    let mut transitions_seen = 0;
    for (name, zone, transitions) in zones() {
        for (at, jump) in transitions {
            transitions_seen += 1;
            for time in times_around(&zone, at, jump) {
                let daily = Rhythm::Daily { at: time };
                let (from, until) = (at - SignedDuration::from_hours(60), at + SignedDuration::from_hours(60));
                let mut fired: BTreeMap<Date, Vec<Timestamp>> = BTreeMap::new();
                let mut now = from;
                while let Some(next) = daily.next_after(now, &zone).filter(|next| *next <= until) {
                    assert!(next > now, "{name}: {daily} stands still at {now}");
                    now = next;
                    // What the clock shows when it fires: the time itself or, where a clock jumped forward over it,
                    // that time later by the jump, at the earliest at the jump and never a whole jump after it.
                    let shown = zone.to_datetime(next);
                    let meant = if shown.time() == time.civil_time() {
                        shown
                    } else {
                        assert!(
                            jump.is_positive() && next >= at && next < at + jump,
                            "{name}: {daily} fires at {shown}"
                        );
                        let meant = shown.checked_sub(jump).unwrap();
                        assert_eq!(meant.time(), time.civil_time(), "{name}: {daily} fires at {shown}");
                        meant
                    };
                    // The first of two: an hour (or what the jump is) before, the clock did not show the same.
                    if jump.is_negative() {
                        assert_ne!(zone.to_datetime(next + jump), shown, "{name}: {daily} fires at the second {shown}");
                    }
                    fired.entry(meant.date()).or_default().push(next);
                }
                let mut date = zone.to_datetime(from).date().tomorrow().unwrap();
                let last = zone.to_datetime(until).date().yesterday().unwrap();
                while date <= last {
                    let count = fired.get(&date).map_or(0, Vec::len);
                    assert_eq!(count, 1, "{name}: {daily} fires {count} times for {date}");
                    date = date.tomorrow().unwrap();
                }
            }
        }
    }
    assert!(transitions_seen > 1000, "only {transitions_seen} transitions tried");
}

#[test]
fn a_weekly_rhythm_misses_no_week_of_twenty_years() {
    for name in ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Kathmandu"] {
        let zone = zone(name);
        for text in ["every sunday 02:30", "every 3 weeks on sunday 02:00", "monthly last sunday 01:30"] {
            let rhythm = rhythm(text);
            let (mut now, until) = (ts("2020-01-01T00:00:00Z"), ts("2041-01-01T00:00:00Z"));
            let mut fired = Vec::new();
            while now < until {
                now = rhythm.next_after(now, &zone).unwrap();
                fired.push(zone.to_datetime(now).date());
            }
            let expected: Vec<Date> =
                std::iter::successors(Some(jiff::civil::date(2020, 1, 1)), |date| date.tomorrow().ok())
                    .filter(|date| rhythm.falls_on(*date))
                    .take(fired.len())
                    .collect();
            assert_eq!(fired, expected, "{name}: {text}");
        }
    }
}

#[test]
fn somebodys_third_day_is_counted_on_the_local_calendar() {
    let auckland = zone("Pacific/Auckland");
    // 13:00 UTC is already the next day there.
    let at = day_at(ts("2026-09-24T13:00:00Z"), 3, LocalTime::hour(10), &auckland);
    assert_eq!(auckland.to_datetime(at).to_string(), "2026-09-28T10:00:00", "across the start of summer time");
}

#[test]
fn nothing_happens_at_night() {
    let berlin = zone("Europe/Berlin");
    let shown =
        |waking: Waking, at: &str| berlin.to_datetime(waking.next(ts(at), &berlin)).strftime("%a %H:%M").to_string();
    assert_eq!(shown(DAYTIME, "2026-10-02T10:17:00Z"), "Fri 12:17");
    assert_eq!(shown(DAYTIME, "2026-10-02T05:00:00Z"), "Fri 09:00");
    assert_eq!(shown(DAYTIME, "2026-10-02T16:00:00Z"), "Sat 09:00");
    assert_eq!(shown(DAYTIME.on_weekdays(), "2026-10-02T16:00:00Z"), "Mon 09:00");
    assert_eq!(shown(DAYTIME.on_weekdays(), "2026-10-03T10:00:00Z"), "Mon 09:00");
}

#[test]
fn moments_are_said_in_both_languages() {
    let at = ts("2026-10-06T10:00:00Z");
    assert_eq!(spoken(at, &TimeZone::UTC, Words::english()), "Tue 6 Oct, 10:00");
    assert_eq!(spoken(at, &TimeZone::UTC, Words::of("de").unwrap()), "Di 6. Okt, 10:00 Uhr");
}

#[test]
fn a_zone_is_named_to_whoever_has_another_clock_than_their_community() {
    let (berlin, words) = (zone("Europe/Berlin"), Words::english());
    let said = |reader: &str, at: &str| spoken_away(ts(at), &zone(reader), &berlin, words);
    let winter = "2026-11-29T17:03:00Z";
    assert_eq!(said("Europe/Berlin", winter), "Sun 29 Nov, 18:03");
    assert_eq!(said("Europe/Paris", winter), "Sun 29 Nov, 18:03", "their clocks agree");
    assert_eq!(said("Asia/Kathmandu", winter), "Sun 29 Nov, 22:48 (Asia/Kathmandu)");
    assert_eq!(said("Africa/Lagos", winter), "Sun 29 Nov, 18:03");
    assert_eq!(said("Africa/Lagos", "2026-07-05T16:03:00Z"), "Sun 5 Jul, 17:03 (Africa/Lagos)");
}

impl LocalTime {
    fn civil_time(self) -> jiff::civil::Time {
        self.on(jiff::civil::date(2026, 1, 1), &TimeZone::UTC).map(|at| TimeZone::UTC.to_datetime(at).time()).unwrap()
    }
}

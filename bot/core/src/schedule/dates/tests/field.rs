//! What people of other products complained about: the same phrases, seen from a Thursday, a Friday and a Saturday. The
//! days were worked out without this reader.

use super::*;

/// The phrase, and its day seen from 26, 27 and 28 November 2026; none where it must be asked what is meant.
const FIELD: &[(&str, Option<[&str; 3]>)] = &[
    ("by friday next week", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by tuesday next week", Some(["2026-12-01", "2026-12-01", "2026-12-01"])),
    ("by Dienstag nächster Woche", Some(["2026-12-01", "2026-12-01", "2026-12-01"])),
    ("by two weeks from friday", Some(["2026-12-11", "2026-12-11", "2026-12-18"])),
    ("by next week friday", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by on tuesday, next week", Some(["2026-12-01", "2026-12-01", "2026-12-01"])),
    ("by Freitag nächster Woche", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by nächste Woche Freitag", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by next friday", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by next sunday", Some(["2026-12-06", "2026-12-06", "2026-12-06"])),
    ("by this friday", Some(["2026-11-27", "2026-11-27", "2026-12-04"])),
    ("by friday in two weeks", Some(["2026-12-11", "2026-12-11", "2026-12-18"])),
    ("by a week from tuesday", Some(["2026-12-08", "2026-12-08", "2026-12-08"])),
    ("by tuesday week", Some(["2026-12-08", "2026-12-08", "2026-12-08"])),
    ("by in a week", Some(["2026-12-03", "2026-12-04", "2026-12-05"])),
    ("by heute in einer Woche", Some(["2026-12-03", "2026-12-04", "2026-12-05"])),
    ("by morgen in zwei Wochen", Some(["2026-12-11", "2026-12-12", "2026-12-13"])),
    ("by in a fortnight", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("by a fortnight from now", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("by within two weeks", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("by in two weeks' time", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("by in 15 days", Some(["2026-12-11", "2026-12-12", "2026-12-13"])),
    ("by after 15 days", Some(["2026-12-11", "2026-12-12", "2026-12-13"])),
    ("by next weekend", Some(["2026-12-06", "2026-12-06", "2026-12-06"])),
    ("by this weekend", Some(["2026-11-29", "2026-11-29", "2026-11-29"])),
    ("by next week", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("by end of the week", Some(["2026-11-27", "2026-11-27", "2026-11-29"])),
    ("by EOW", Some(["2026-11-27", "2026-11-27", "2026-11-29"])),
    ("by end of the month", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("by EOM", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("by last day of the month", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("by last day of July", Some(["2027-07-31", "2027-07-31", "2027-07-31"])),
    ("by end of July", Some(["2027-07-31", "2027-07-31", "2027-07-31"])),
    ("by end of next month", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("by end of the quarter", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("by end of Q1", Some(["2027-03-31", "2027-03-31", "2027-03-31"])),
    ("by the last friday of the month", Some(["2026-11-27", "2026-11-27", "2026-12-25"])),
    ("by first monday of december", Some(["2026-12-07", "2026-12-07", "2026-12-07"])),
    ("by KW 50", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("by Ende KW 50", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("by Mitte Dezember", Some(["2026-12-15", "2026-12-15", "2026-12-15"])),
    ("by Anfang Januar", Some(["2027-01-05", "2027-01-05", "2027-01-05"])),
    ("by tomorrow 5pm", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by 5pm tomorrow", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by tomorrow noon", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by noon tomorrow", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by tomorrow morning", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by morgen früh", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("by 11/12", None),
    ("by 5", None),
    ("by friday or monday", None),
];

/// The same of Hearth's own members' phrases in German, seen from the same days.
const GERMAN: &[(&str, Option<[&str; 3]>)] = &[
    ("bis Freitag nächster Woche", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("bis Freitag in der nächsten Woche", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("bis zum Dienstag nächster Woche", Some(["2026-12-01", "2026-12-01", "2026-12-01"])),
    ("bis nächste Woche Mittwoch", Some(["2026-12-02", "2026-12-02", "2026-12-02"])),
    ("bis kommende Woche Mittwoch", Some(["2026-12-02", "2026-12-02", "2026-12-02"])),
    ("bis Mittwoch kommender Woche", Some(["2026-12-02", "2026-12-02", "2026-12-02"])),
    ("bis übernächste Woche", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("bis Montag übernächster Woche", Some(["2026-12-07", "2026-12-07", "2026-12-07"])),
    ("bis übernächsten Freitag", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("bis nächsten Sonntag", Some(["2026-12-06", "2026-12-06", "2026-12-06"])),
    ("bis kommenden Freitag", Some(["2026-11-27", "2026-12-04", "2026-12-04"])),
    ("bis diesen Freitag", Some(["2026-11-27", "2026-11-27", "2026-12-04"])),
    ("bis spätestens Freitag", Some(["2026-11-27", "2026-12-04", "2026-12-04"])),
    ("spätestens bis zum Freitag", Some(["2026-11-27", "2026-12-04", "2026-12-04"])),
    ("spätestens am Montag", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis morgen", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("bis morgen früh", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("bis morgen Mittag", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("bis morgen Abend um 18 Uhr", Some(["2026-11-27", "2026-11-28", "2026-11-29"])),
    ("bis heute Abend", Some(["2026-11-26", "2026-11-27", "2026-11-28"])),
    ("bis übermorgen", Some(["2026-11-28", "2026-11-29", "2026-11-30"])),
    ("bis Montagabend", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Montag früh", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Montag morgen", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Montag um 15 Uhr", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Montag 15:30 Uhr", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("in einer Woche", Some(["2026-12-03", "2026-12-04", "2026-12-05"])),
    ("in vierzehn Tagen", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("in 14 Tagen", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("binnen zwei Wochen", Some(["2026-12-10", "2026-12-11", "2026-12-12"])),
    ("innerhalb einer Woche", Some(["2026-12-03", "2026-12-04", "2026-12-05"])),
    ("morgen in einer Woche", Some(["2026-12-04", "2026-12-05", "2026-12-06"])),
    ("Freitag in zwei Wochen", Some(["2026-12-11", "2026-12-11", "2026-12-18"])),
    ("zwei Wochen nach Freitag", Some(["2026-12-11", "2026-12-11", "2026-12-18"])),
    ("in zwei Wochen ab morgen", Some(["2026-12-11", "2026-12-12", "2026-12-13"])),
    ("zwei Wochen ab morgen", Some(["2026-12-11", "2026-12-12", "2026-12-13"])),
    ("drei Tage vor Freitag", None),
    ("in einem halben Jahr", Some(["2027-05-26", "2027-05-27", "2027-05-28"])),
    ("in drei Werktagen", Some(["2026-12-01", "2026-12-02", "2026-12-02"])),
    ("bis Ende der Woche", Some(["2026-11-27", "2026-11-27", "2026-11-29"])),
    ("bis Ende nächster Woche", Some(["2026-12-04", "2026-12-04", "2026-12-04"])),
    ("bis Mitte nächster Woche", Some(["2026-12-02", "2026-12-02", "2026-12-02"])),
    ("bis Anfang nächster Woche", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis zum Wochenende", Some(["2026-11-29", "2026-11-29", "2026-11-29"])),
    ("bis Monatsende", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Ende des Monats", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis Ende nächsten Monats", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("bis Ende Juli", Some(["2027-07-31", "2027-07-31", "2027-07-31"])),
    ("bis Ende des Jahres", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("bis Jahresende", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("bis Quartalsende", Some(["2026-12-31", "2026-12-31", "2026-12-31"])),
    ("bis Ende des ersten Quartals", Some(["2027-03-31", "2027-03-31", "2027-03-31"])),
    ("bis Ende Q1", Some(["2027-03-31", "2027-03-31", "2027-03-31"])),
    ("bis Mitte Dezember", Some(["2026-12-15", "2026-12-15", "2026-12-15"])),
    ("bis Anfang Januar", Some(["2027-01-05", "2027-01-05", "2027-01-05"])),
    ("bis zum 5. des nächsten Monats", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis zum 5. nächsten Monats", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis zum 5.", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis zum ersten Dezember", Some(["2026-12-01", "2026-12-01", "2026-12-01"])),
    ("bis 5. Dezember", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis zum 5.12.", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis 05.12.2026", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis Samstag, den 5. Dezember", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis Samstag, 5.12.", Some(["2026-12-05", "2026-12-05", "2026-12-05"])),
    ("bis Freitag, den 5. Dezember", None),
    ("bis zum letzten Freitag im Dezember", Some(["2026-12-25", "2026-12-25", "2026-12-25"])),
    ("bis zum letzten Freitag im Monat", Some(["2026-11-27", "2026-11-27", "2026-12-25"])),
    ("bis zum ersten Montag im Januar", Some(["2027-01-04", "2027-01-04", "2027-01-04"])),
    ("bis zum letzten Tag des Monats", Some(["2026-11-30", "2026-11-30", "2026-11-30"])),
    ("bis KW 50", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("bis KW50", Some(["2026-12-11", "2026-12-11", "2026-12-11"])),
    ("bis Mittwoch KW 50", Some(["2026-12-09", "2026-12-09", "2026-12-09"])),
    ("bis Freitag oder Montag", None),
    ("bis nicht Freitag", None),
    ("bis jeden Freitag", None),
    ("bis Freitag oder so", None),
    ("bis Dezember", None),
    ("bis 11/12", None),
    ("bis 5", None),
    ("bis etwa Freitag", None),
    ("bis Freitag nach dem Treffen", None),
];

/// More than one reading, or none, and what is offered.
const ASKED: &[(&str, &[&str])] = &[
    ("by tuesday the week that follows", &["2026-12-01"]),
    ("by friday or monday", &["2026-11-27", "2026-11-30"]),
    ("by not friday", &[]),
    ("by every friday", &["2026-11-27"]),
    ("by fridays", &[]),
    ("by the 5th or 6th", &["2026-12-05", "2026-12-06"]),
    ("by 11/12", &["2026-12-11", "2027-11-12"]),
    ("by 11/12/2026", &["2026-12-11"]),
    ("by 5", &["2026-12-05"]),
    ("by december", &["2026-12-01", "2026-12-31"]),
    ("by december 2029", &["2029-12-01", "2029-12-31"]),
    ("by two weeks", &["2026-12-10"]),
    ("by before friday", &["2026-11-26", "2026-11-27"]),
    ("by friday after next", &["2026-11-27"]),
    ("by friday, 5 december", &["2026-11-27", "2026-12-05"]),
    ("by friday if possible", &["2026-11-27"]),
    ("by around friday", &["2026-11-27"]),
    ("by Q1", &["2027-03-31"]),
    ("by tomorrow at 5", &["2026-11-27", "2026-12-05"]),
    ("on friday, monday", &["2026-11-27", "2026-11-30"]),
    ("every friday", &["2026-11-27"]),
    ("bis Freitag spätestens mittags oder so", &["2026-11-27"]),
];

fn sentence(phrase: &str, today: Date) -> Result<(String, Option<Date>), DateError> {
    due(&split(&format!("write the minutes {phrase}")), today)
}

#[test]
fn phrases_of_the_field_are_the_right_day_or_asked_about() {
    let mut wrong = Vec::new();
    for (phrase, days) in FIELD.iter().chain(GERMAN) {
        for (at, today) in (26..=28).map(|of| day(2026, 11, of)).enumerate() {
            let expected = days.map(|days| days[at].parse::<Date>().unwrap());
            let bare = phrase.strip_prefix("by ").unwrap_or(phrase);
            let (said, alone) = (sentence(phrase, today), date(bare, today));
            let right = match expected {
                Some(expected) => said == Ok(("write the minutes".to_owned(), Some(expected))) && alone == Ok(expected),
                None => {
                    let asks = |error: &DateError| matches!(error, DateError::Unknown(_) | DateError::Unsure { .. });
                    said.as_ref().is_err_and(asks) && alone.as_ref().is_err_and(asks)
                }
            };
            if !right {
                wrong.push(format!("{phrase} on {today}: {said:?}, alone {alone:?}, not {expected:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_asked_about_is_offered() {
    let today = day(2026, 11, 26);
    let mut wrong = Vec::new();
    for (phrase, offered) in ASKED {
        let offered: Vec<Date> = offered.iter().map(|day| day.parse().unwrap()).collect();
        let found = match sentence(phrase, today) {
            Err(DateError::Unsure { days, .. }) => days,
            Err(DateError::Unknown(_)) => Vec::new(),
            other => {
                wrong.push(format!("{phrase}: {other:?}"));
                continue;
            }
        };
        if found != offered {
            wrong.push(format!("{phrase}: {found:?}, not {offered:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn sentences_that_only_sound_like_days_stay_whole() {
    for whole in [
        "prepare the party in December",
        "plan the next two weeks",
        "do the May report",
        "stand by",
        "ask whether I am so slow",
        "find a room for 5",
        "count what came in Q1",
        "think about what to do first",
    ] {
        assert_eq!(due(&split(whole), day(2026, 11, 26)), Ok((whole.to_owned(), None)), "{whole}");
    }
    for (text, what, on) in [
        ("clean up and tomorrow", "clean up and", "2026-11-27"),
        ("present for 5 minutes on friday", "present for 5 minutes", "2026-11-27"),
        ("do this tomorrow", "do this", "2026-11-27"),
        ("look at the last two weeks on friday", "look at the last two weeks", "2026-11-27"),
        ("drive by the house on friday", "drive by the house", "2026-11-27"),
        ("den Plan für Freitag", "den Plan", "2026-11-27"),
        ("write the minutes by friday, please", "write the minutes", "2026-11-27"),
        ("write the minutes by friday at the latest", "write the minutes", "2026-11-27"),
        ("write the minutes no later than friday", "write the minutes", "2026-11-27"),
        ("write the minutes by end of day friday", "write the minutes", "2026-11-27"),
    ] {
        assert_eq!(due(&split(text), day(2026, 11, 26)), Ok((what.to_owned(), Some(on.parse().unwrap()))), "{text}");
    }
    for asked in [
        "come friday or monday",
        "check the board every friday",
        "write the minutes by tuesday, that is monday",
        "by friday write the minutes",
        "not on friday",
        "bring it by the end of the sprint",
    ] {
        let found = due(&split(asked), day(2026, 11, 26));
        assert!(matches!(found, Err(DateError::Unsure { .. } | DateError::Unknown(_))), "{asked}: {found:?}");
    }
}

#[test]
fn several_days_are_read_as_several() {
    let today = day(2026, 11, 26);
    let days = |days: &[&str]| Stretch::Days(days.iter().map(|day| day.parse().unwrap()).collect());
    let between = |from: Date, to: Date| Stretch::Between(from, to);
    let (eve, kings) = (day(2026, 12, 24), day(2027, 1, 6));
    for (text, expected) in [
        ("25 december", days(&["2026-12-25"])),
        ("25 december and 1 january", days(&["2026-12-25", "2027-01-01"])),
        ("25 december, 1 january", days(&["2026-12-25", "2027-01-01"])),
        ("friday, 25 december", days(&["2026-12-25"])),
        ("Freitag, den 25. Dezember, und 1. Januar", days(&["2026-12-25", "2027-01-01"])),
        ("friday and monday", days(&["2026-11-27", "2026-11-30"])),
        ("until 8 january", Stretch::Until(day(2027, 1, 8))),
        ("bis zum 8. Januar", Stretch::Until(day(2027, 1, 8))),
        ("24 december to 6 january", between(eve, kings)),
        ("from 24 december until 6 january", between(eve, kings)),
        ("24.12. bis 6.1.", between(eve, kings)),
        ("vom 24.12. bis zum 6.1.", between(eve, kings)),
        ("24.12.–6.1.", between(eve, kings)),
        ("24 to 31 december", between(eve, day(2026, 12, 31))),
        ("24. bis 31. Dezember", between(eve, day(2026, 12, 31))),
    ] {
        assert_eq!(stretch(text, today), Ok(expected), "{text}");
    }
    for text in [
        "25 december and then some",
        "25 december or 1 january",
        "friday and",
        "until",
        "6 january to 24 december 2026",
    ] {
        assert!(stretch(text, today).is_err(), "{text}: {:?}", stretch(text, today));
    }
}

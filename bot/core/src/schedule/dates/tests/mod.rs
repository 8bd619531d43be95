//! Days as people name them, seen from a Wednesday.

mod field;
mod whole;

use jiff::{
    ToSpan as _,
    civil::{Date, date as day},
};
use proptest::prelude::*;

use super::{
    lexicon::{Token, lex},
    *,
};

/// Wednesday, 18 November 2026.
const TODAY: Date = day(2026, 11, 18);

fn split(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn days_are_understood_in_both_languages() {
    for (text, expected) in [
        ("today", day(2026, 11, 18)),
        ("heute", day(2026, 11, 18)),
        ("tomorrow", day(2026, 11, 19)),
        ("Morgen", day(2026, 11, 19)),
        ("übermorgen", day(2026, 11, 20)),
        ("the day after tomorrow", day(2026, 11, 20)),
        ("Friday", day(2026, 11, 20)),
        ("by Friday", day(2026, 11, 20)),
        ("bis Freitag", day(2026, 11, 20)),
        ("bis zum Freitag", day(2026, 11, 20)),
        ("this friday", day(2026, 11, 20)),
        ("kommenden Freitag", day(2026, 11, 20)),
        ("next Friday", day(2026, 11, 27)),
        ("nächsten Freitag", day(2026, 11, 27)),
        ("wednesday", day(2026, 11, 25)),
        ("Do", day(2026, 11, 19)),
        ("in two weeks", day(2026, 12, 2)),
        ("in zwei Wochen", day(2026, 12, 2)),
        ("in 2w", day(2026, 12, 2)),
        ("10d", day(2026, 11, 28)),
        ("in a month", day(2026, 12, 18)),
        ("in einem Monat", day(2026, 12, 18)),
        ("three days from now", day(2026, 11, 21)),
        ("in 10 Tagen", day(2026, 11, 28)),
        ("next week", day(2026, 11, 27)),
        ("bis nächste Woche", day(2026, 11, 27)),
        ("end of the week", day(2026, 11, 20)),
        ("Ende der Woche", day(2026, 11, 20)),
        ("end of month", day(2026, 11, 30)),
        ("by the end of the month", day(2026, 11, 30)),
        ("Ende des Monats", day(2026, 11, 30)),
        ("bis Monatsende", day(2026, 11, 30)),
        ("end of next month", day(2026, 12, 31)),
        ("Ende nächsten Monats", day(2026, 12, 31)),
        ("end of February", day(2027, 2, 28)),
        ("Ende März", day(2027, 3, 31)),
        ("end of the year", day(2026, 12, 31)),
        ("2026-11-27", day(2026, 11, 27)),
        ("27.11.", day(2026, 11, 27)),
        ("1.2.", day(2027, 2, 1)),
        ("am 27.11.2026", day(2026, 11, 27)),
        ("27.11.26", day(2026, 11, 27)),
        ("27 November", day(2026, 11, 27)),
        ("November 27th, 2026", day(2026, 11, 27)),
        ("27. November 2026", day(2026, 11, 27)),
        ("the 27th of november", day(2026, 11, 27)),
        ("Friday, 27 November", day(2026, 11, 27)),
        ("Freitag, den 27.11.", day(2026, 11, 27)),
        ("the 3rd", day(2026, 12, 3)),
        ("bis zum 27.", day(2026, 11, 27)),
        ("29 February", day(2028, 2, 29)),
        ("Friday at 17:00", day(2026, 11, 20)),
        ("bis Freitag um 15 Uhr", day(2026, 11, 20)),
        ("friday 5pm", day(2026, 11, 20)),
    ] {
        assert_eq!(date(text, TODAY), Ok(expected), "{text}");
    }
}

#[test]
fn what_is_no_day_can_be_misread_or_is_over_is_refused() {
    for text in ["", "soon", "31.11.", "in many weeks", "by", "10:00"] {
        assert!(matches!(date(text, TODAY), Err(DateError::Unknown(_))), "{text}: {:?}", date(text, TODAY));
    }
    for text in ["11/12", "Thursday, 27 November", "27", "30 February 2027"] {
        assert!(matches!(date(text, TODAY), Err(DateError::Unsure { .. })), "{text}: {:?}", date(text, TODAY));
    }
    assert_eq!(date("2026-11-17", TODAY), Err(DateError::Past(day(2026, 11, 17))));
    assert_eq!(date("2206-11-27", TODAY), Err(DateError::Far(day(2206, 11, 27))));
}

#[test]
fn a_day_at_the_end_of_a_sentence_is_found_and_nothing_else() {
    let ask = |text: &str| due(&split(text), TODAY);
    let found = |what: &str, on: Date| Ok((what.to_owned(), Some(on)));
    assert_eq!(ask("book the room by Friday"), found("book the room", day(2026, 11, 20)));
    assert_eq!(ask("den Raum buchen bis zum Ende des Monats"), found("den Raum buchen", day(2026, 11, 30)));
    assert_eq!(ask("read the Friday report in two weeks"), found("read the Friday report", day(2026, 12, 2)));
    assert_eq!(ask("write to Mo tomorrow"), found("write to Mo", day(2026, 11, 19)));
    assert_eq!(ask("pass it on by next Tuesday"), found("pass it on", day(2026, 11, 24)));
    for whole in
        ["decide what to do", "I think so", "prepare for May", "stand by", "order 27.", "find out where we sat"]
    {
        assert_eq!(ask(whole), Ok((whole.to_owned(), None)), "{whole}");
    }
    assert_eq!(ask("book the room by Frday"), Err(DateError::Unknown("Frday".to_owned())));
    assert_eq!(ask("Raum buchen bis Pfingstn"), Err(DateError::Unknown("Pfingstn".to_owned())));
    assert_eq!(ask("book the room by 2026-11-01"), Err(DateError::Past(day(2026, 11, 1))));
    let quoted = ["Stand by me".to_owned(), "by".to_owned(), "friday".to_owned()];
    assert_eq!(due(&quoted, TODAY), found("Stand by me", day(2026, 11, 20)));
    assert_eq!(due(&quoted[..1], TODAY), Ok(("Stand by me".to_owned(), None)));
}

#[test]
fn times_of_day_are_read_as_people_write_them() {
    for (text, expected) in [
        ("10:00", "10:00"),
        ("9am", "09:00"),
        ("5:30 pm", "17:30"),
        ("12am", "00:00"),
        ("15 Uhr", "15:00"),
        ("9.30 Uhr", "09:30"),
    ] {
        let words: Vec<&str> = text.split(' ').collect();
        let (at, used) = time(&words).unwrap_or_else(|| panic!("{text}"));
        assert_eq!((at.to_string().as_str(), used), (expected, words.len()), "{text}");
    }
    for text in ["10", "27.11", "25:00", "13pm", "10:5", "noon"] {
        assert_eq!(time(&[text]), None, "{text}");
    }
}

proptest! {
    /// Whatever day is written out, in whatever form, is that day again.
    #[test]
    fn a_day_written_out_is_read_back(offset in 0_i32..1_400, from in 0_i32..12_000) {
        let today = day(2000, 1, 1).checked_add(from.days()).unwrap();
        let then = today.checked_add(offset.days()).unwrap();
        for form in ["%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%B %d, %Y", "%A, %d %B %Y"] {
            let text = then.strftime(form).to_string();
            prop_assert_eq!(date(&text, today), Ok(then), "{}", text);
        }
        prop_assert_eq!(date(&format!("in {offset} days"), today), Ok(then));
        prop_assert_eq!(date(&format!("in {offset} Tagen"), today), Ok(then));
    }

    /// No words make it fail, and no day that it finds is over.
    #[test]
    fn any_words_are_a_sentence(words in proptest::collection::vec("[a-zA-Zäöü0-9./: -]{0,8}|by|bis|in|friday|end|of|next|two|weeks", 0..12)) {
        if let Ok((_, Some(found))) = due(&words, TODAY) {
            prop_assert!(found >= TODAY);
        }
    }
}

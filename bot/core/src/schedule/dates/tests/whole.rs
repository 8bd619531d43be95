//! That a phrase is read whole, whatever stands in it or behind it.

use super::*;

/// Phrases that are read, of every kind.
const READ: &[&str] = &[
    "friday",
    "next friday",
    "friday next week",
    "in two weeks",
    "two weeks from friday",
    "end of the month",
    "the last friday of december",
    "the 5th of next month",
    "27 November",
    "27 November 2026",
    "2026-11-27",
    "27.11.",
    "KW 50",
    "tomorrow",
    "tomorrow 5pm",
    "Freitag nächster Woche",
    "bis Ende des Monats",
    "in einem halben Jahr",
    "übermorgen",
];

/// Words that are no part of any phrase for a day, and words that are, but make none of these longer.
const BEHIND: &[&str] = &[
    "sharp", "ish", "oder", "or", "and", "not", "the", "of", "every", "maybe", "uhr", "x", "42", "99999", "after",
    "nach", "in", "on", "by", "🙂",
];

proptest! {
    /// Whatever is read stays so with another word at its end only where that word belongs to the phrase.
    #[test]
    fn a_word_behind_is_never_ignored(phrase in proptest::sample::select(READ), behind in proptest::sample::select(BEHIND)) {
        prop_assert!(date(phrase, TODAY).is_ok(), "{}", phrase);
        let longer = format!("{phrase} {behind}");
        prop_assert!(date(&longer, TODAY).is_err(), "{}: {:?}", longer, date(&longer, TODAY));
    }

    /// The same of any word of letters that is none of the reader's own.
    #[test]
    fn a_random_word_is_never_ignored(
        phrase in proptest::sample::select(READ), word in "[a-zäöüß]{3,12}", place in 0_usize..9,
    ) {
        prop_assume!(lex(&[&word]).iter().all(|lexed| lexed.token == Token::Other));
        let mut words: Vec<&str> = phrase.split(' ').collect();
        words.insert(place.min(words.len()), &word);
        let longer = words.join(" ");
        prop_assert!(date(&longer, TODAY).is_err(), "{}", longer);
    }

    /// A sentence keeps every word that is not read as its day.
    #[test]
    fn a_sentence_loses_no_word(
        words in proptest::collection::vec("[a-zäöü]{1,8}|by|bis|in|friday|end|of|next|two|weeks|or|not|every|5|december|nächster|woche", 0..10),
    ) {
        if let Ok((what, Some(day))) = due(&words, TODAY) {
            let kept = what.split(' ').filter(|word| !word.is_empty()).count();
            prop_assert_eq!(&words[..kept].join(" "), &what);
            let phrase = words[kept..].join(" ");
            let read = date(phrase.trim_start_matches("on "), TODAY);
            prop_assert!(read == Ok(day), "{}: {:?}, not {}", phrase, read, day);
        }
    }
}

//! One record after another out of JSON files that may be larger than memory.
//!
//! Each record is found first and understood afterwards, so that one that makes no sense costs only itself.

use std::io::Read;

use crate::paths::pieces;
pub use crate::reading::{At, Broken, Outcome, lines, size, unreadable};

/// What a file of records holds.
pub enum Part<'a> {
    /// A record, as JSON.
    Record(u64, &'a str),
    /// A member beside the list that was asked for, as JSON.
    Member(&'a str, &'a str),
}

/// Reads the elements of a JSON array, or those of the array `member` of a JSON object.
///
/// `each` gets them in the file's order, and the members `beside` when they come. What it returns as an error ends the
/// reading and is returned; what is wrong with the file is in the [`Outcome`].
///
/// # Errors
/// What `each` returns.
pub fn json<E>(
    input: impl Read,
    limit: u64,
    member: &str,
    beside: &[&str],
    mut each: impl FnMut(Part<'_>) -> Result<(), E>,
) -> Result<Outcome, E> {
    let list = format!("{member}/*");
    let places: Vec<&str> = [list.as_str(), "*"].into_iter().chain(beside.iter().copied()).collect();
    pieces(input, limit, &places, |found| match found.place.checked_sub(2) {
        None => each(Part::Record(found.number, found.json)),
        Some(place) => each(Part::Member(beside[place], found.json)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, limit: u64) -> (Vec<String>, Outcome) {
        let mut seen = Vec::new();
        let outcome = json::<()>(text.as_bytes(), limit, "messages", &["name"], |part| {
            match part {
                Part::Record(number, json) => seen.push(format!("{number}:{json}")),
                Part::Member(name, json) => seen.push(format!("{name}={json}")),
            }
            Ok(())
        });
        (seen, outcome.unwrap())
    }

    #[test]
    fn records_come_out_of_a_list_and_out_of_an_object() {
        assert_eq!(records("[1, {\"a\": 2}]", 100), (vec!["1:1".into(), "2:{\"a\": 2}".into()], Ok(2)));
        let (seen, outcome) = records(r#"{"x": [9], "name": "n", "messages": [7], "y": {}}"#, 100);
        assert_eq!((seen, outcome), (vec!["name=\"n\"".into(), "1:7".into()], Ok(1)));
    }

    #[test]
    fn what_comes_before_a_break_is_kept_and_the_place_is_said() {
        let (seen, outcome) = records("[1, 2,\n 3", 100);
        assert_eq!(seen.len(), 3);
        let broken = outcome.unwrap_err();
        assert_eq!(broken.after, 3);
        assert!(broken.why.contains("line 2") && broken.why.contains("cut off"), "{}", broken.why);
        assert!(records("[{\"a\":1,}]", 100).1.unwrap_err().why.contains("no JSON"));
        assert!(records("[1] 2", 100).1.unwrap_err().why.contains("no JSON"));
        assert!(records("\"text\"", 100).1.unwrap_err().why.contains("neither"));
        assert!(records("{\"a\": 1}", 100).1.unwrap_err().why.contains("messages"));
        assert!(records("", 100).1.unwrap_err().why.contains("cut off"));
    }

    #[test]
    fn a_record_may_be_as_long_as_the_limit_and_no_longer() {
        let text = |lengths: &[usize]| {
            let strings: Vec<_> = lengths.iter().map(|length| format!("\"{}\"", "x".repeat(length - 2))).collect();
            format!("[{}]", strings.join(","))
        };
        for length in [2, 50, 98] {
            assert_eq!(records(&text(&[length, length, length]), 100).1, Ok(3), "{length}");
        }
        let broken = records(&text(&[50, 300_000]), 100).1.unwrap_err();
        assert_eq!(broken.after, 1);
        assert!(broken.why.contains("longer than 100 bytes"), "{}", broken.why);
    }
}

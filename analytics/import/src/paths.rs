//! Pieces of a JSON file that may be larger than memory, by their places: `messages/*`, `chats/list/*/name`.
//!
//! A place is the names of members on the way from the top, with `*` for any element of a list. One piece is held at a
//! time. What no place names is skipped, a member or an element at a time, however large the file is.

use std::{
    cell::Cell,
    fmt,
    io::{self, BufReader, Read},
};

use serde::{
    Deserialize,
    de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::reading::{At, Broken, Limited, Outcome, lines, unreadable, why};

/// A piece of the file.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// Which of the places it is at, from 0.
    pub place: usize,
    /// Its number among the pieces that are elements of lists, from 1.
    pub number: u64,
    /// Which element of the outermost list that was walked into it lies in, from 0: of `chats/list/*/messages/*` the chat.
    pub within: u64,
    /// The piece, as JSON.
    pub json: &'a str,
}

/// Gives `each` the pieces at `places`, in the file's order. What `each` returns as an error ends the reading and is
/// returned; what is wrong with the file is in the [`Outcome`]. A file without any list at a place that ends in `*` is
/// no file of this kind, where there is such a place.
///
/// # Errors
/// What `each` returns.
pub fn pieces<E>(
    input: impl Read,
    limit: u64,
    places: &[&str],
    mut each: impl FnMut(Found<'_>) -> Result<(), E>,
) -> Result<Outcome, E> {
    let (limited, read) = Limited::new(input, limit);
    let mut deserializer = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, limited));
    let split: Vec<Vec<&str>> = places.iter().map(|place| place.split('/').collect()).collect();
    let open: Vec<usize> = (0..split.len()).collect();
    let mut walk =
        Walk { places: &split, read: &read, each: &mut each, number: 0, within: 0, found: false, stopped: None };
    let top = Node { walk: &mut walk, open: &open, depth: 0, lists: 0, in_list: false };
    let ended = top.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    let (number, found) = (walk.number, walk.found);
    if let Some(stop) = walk.stopped {
        return Err(stop);
    }
    let list = places.iter().find(|place| place.ends_with('*')).and_then(|place| place.split('/').next());
    Ok(match (ended, list) {
        (Err(error), _) => Err(Broken { after: number, why: why(error, limit) }),
        (Ok(()), Some(list)) if !found => Err(Broken { after: 0, why: format!("it has no list `{list}`") }),
        (Ok(()), _) => Ok(number),
    })
}

/// Gives `each` the records of a file that holds either a list or a line each, whichever it begins like. A line that is
/// too long comes as nothing but its place.
///
/// # Errors
/// What `each` returns.
pub fn rows<E>(
    mut input: impl Read,
    limit: u64,
    mut each: impl FnMut(At, Option<&[u8]>) -> Result<(), E>,
) -> Result<Outcome, E> {
    let mut start = Vec::new();
    while start.iter().all(u8::is_ascii_whitespace) {
        match (&mut input).take(64).read_to_end(&mut start) {
            Ok(0) => break,
            Ok(_) => {}
            Err(error) => return Ok(Err(Broken { after: 0, why: unreadable(&error, limit) })),
        }
    }
    let is_list = start.trim_ascii_start().first() == Some(&b'[');
    let input = io::Cursor::new(start).chain(input);
    if is_list {
        return pieces(input, limit, &["*"], |found| each(At::Record(found.number), Some(found.json.as_bytes())));
    }
    lines(input, limit, |number, line| {
        let line = line.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        each(At::Line(number), line)
    })
}

/// A member that is null is as if it were not there.
///
/// # Errors
/// Where there is something else than what it should be.
pub fn or_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

struct Walk<'a, F, E> {
    places: &'a [Vec<&'a str>],
    read: &'a Cell<u64>,
    each: &'a mut F,
    number: u64,
    within: u64,
    /// Whether there was a list whose elements were asked for.
    found: bool,
    stopped: Option<E>,
}

/// A value on the way.
struct Node<'w, 'a, 'o, F, E> {
    walk: &'w mut Walk<'a, F, E>,
    /// The places that may lie in it.
    open: &'o [usize],
    depth: usize,
    /// How many lists it lies in.
    lists: usize,
    in_list: bool,
}

impl<'de, F, E> DeserializeSeed<'de> for Node<'_, '_, '_, F, E>
where
    F: FnMut(Found<'_>) -> Result<(), E>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let walk = &mut *self.walk;
        let Some(place) = self.open.iter().find(|place| walk.places[**place].len() == self.depth) else {
            return deserializer.deserialize_any(self);
        };
        let json = Box::<RawValue>::deserialize(deserializer)?;
        if self.in_list {
            walk.number += 1;
        }
        let found = Found { place: *place, number: walk.number, within: walk.within, json: json.get() };
        let given = (walk.each)(found);
        walk.read.set(0);
        given.map_err(|stop| {
            walk.stopped = Some(stop);
            D::Error::custom("stopped")
        })
    }
}

impl<F, E> Node<'_, '_, '_, F, E> {
    /// The open places that go on through `part`.
    fn through(&self, part: &str) -> Vec<usize> {
        let goes_on = |place: &&usize| self.walk.places[**place].get(self.depth) == Some(&part);
        self.open.iter().filter(goes_on).copied().collect()
    }

    /// A single value, which no place leads through.
    fn leaf<X: serde::de::Error>(&self) -> Result<(), X> {
        if self.depth == 0 { Err(X::custom("neither a list nor an object")) } else { Ok(()) }
    }
}

impl<'de, F, E> Visitor<'de> for Node<'_, '_, '_, F, E>
where
    F: FnMut(Found<'_>) -> Result<(), E>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            self.walk.read.set(0);
            let open = self.through(&name);
            let depth = self.depth + 1;
            members.next_value_seed(Node {
                walk: &mut *self.walk,
                open: &open,
                depth,
                lists: self.lists,
                in_list: false,
            })?;
            self.walk.read.set(0);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        let open = self.through("*");
        self.walk.read.set(0);
        if open.is_empty() {
            while list.next_element::<IgnoredAny>()?.is_some() {
                self.walk.read.set(0);
            }
            return Ok(());
        }
        self.walk.found = true;
        let (depth, lists) = (self.depth + 1, self.lists + 1);
        for index in 0.. {
            if self.lists == 0 {
                self.walk.within = index;
            }
            let node = Node { walk: &mut *self.walk, open: &open, depth, lists, in_list: true };
            if list.next_element_seed(node)?.is_none() {
                break;
            }
            self.walk.read.set(0);
        }
        Ok(())
    }

    fn visit_bool<X: serde::de::Error>(self, _: bool) -> Result<(), X> {
        self.leaf()
    }

    fn visit_i64<X: serde::de::Error>(self, _: i64) -> Result<(), X> {
        self.leaf()
    }

    fn visit_u64<X: serde::de::Error>(self, _: u64) -> Result<(), X> {
        self.leaf()
    }

    fn visit_f64<X: serde::de::Error>(self, _: f64) -> Result<(), X> {
        self.leaf()
    }

    fn visit_str<X: serde::de::Error>(self, _: &str) -> Result<(), X> {
        self.leaf()
    }

    fn visit_unit<X: serde::de::Error>(self) -> Result<(), X> {
        self.leaf()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, limit: u64, places: &[&str]) -> (Vec<String>, Outcome) {
        let mut seen = Vec::new();
        let outcome = pieces::<()>(text.as_bytes(), limit, places, |found| {
            seen.push(format!("{}/{}/{}={}", found.place, found.within, found.number, found.json));
            Ok(())
        });
        (seen, outcome.unwrap())
    }

    #[test]
    fn pieces_come_with_the_list_that_they_are_in() {
        let text = r#"{"about": {"list": [9]}, "chats": {"list": [{"name": "a", "messages": [1, 2]}, {"x": [],
            "messages": [{"messages": [3]}], "name": "b"}]}}"#;
        let (seen, outcome) = of(text, 100, &["chats/list/*/name", "chats/list/*/messages/*"]);
        assert_eq!(seen, ["0/0/0=\"a\"", "1/0/1=1", "1/0/2=2", "1/1/3={\"messages\": [3]}", "0/1/3=\"b\""]);
        assert_eq!(outcome, Ok(3));
    }

    #[test]
    fn the_top_may_be_a_list_and_what_is_no_list_is_named() {
        assert_eq!(of("[1, 2]", 100, &["*", "messages/*"]).0, ["0/0/1=1", "0/1/2=2"]);
        assert_eq!(of("{\"a\": 1}", 100, &["messages/*"]).1.unwrap_err().why, "it has no list `messages`");
        assert_eq!(of("{\"messages\": 7}", 100, &["messages/*"]).1.unwrap_err().why, "it has no list `messages`");
        assert_eq!(of("{\"a\": 1}", 100, &["name"]).1, Ok(0), "no list was asked for");
        assert!(of("7", 100, &["name"]).1.unwrap_err().why.contains("neither a list nor an object"));
        assert!(of("[1, 2", 100, &["*"]).1.unwrap_err().why.contains("cut off"));
    }

    #[test]
    fn rows_are_lines_or_elements() {
        let of = |text: &str| {
            let mut seen = Vec::new();
            let outcome = rows::<()>(text.as_bytes(), 100, |at, row| {
                seen.push(format!("{at}={}", String::from_utf8_lossy(row.unwrap_or(b"too long"))));
                Ok(())
            });
            (seen, outcome.unwrap().is_ok())
        };
        let seen = |rows: &[&str]| rows.iter().map(|row| (*row).to_owned()).collect::<Vec<_>>();
        assert_eq!(of("{}\r\n7\n"), (seen(&["line 1={}", "line 2=7"]), true));
        assert_eq!(of(" \n [1,\n2]"), (seen(&["record 1=1", "record 2=2"]), true));
        assert_eq!(of(""), (seen(&[]), true));
        assert_eq!(of(&format!("{}\n1", "x".repeat(300))), (seen(&["line 1=too long", "line 2=1"]), true));
        assert_eq!(of("[1, 2").0, seen(&["record 1=1", "record 2=2"]));
    }

    #[test]
    fn what_is_skipped_may_be_longer_than_a_record() {
        let long = format!("{{\"skipped\": [{}0], \"messages\": [1]}}", "[12345],".repeat(20_000));
        assert_eq!(of(&long, 100, &["messages/*"]).1, Ok(1));
        let longer = format!("{{\"messages\": [1, [{}0]]}}", "[12345],".repeat(20_000));
        let broken = of(&longer, 100, &["messages/*"]).1.unwrap_err();
        assert!(broken.after == 1 && broken.why.contains("longer than 100 bytes"), "{}", broken.why);
    }
}

//! One record after another out of files that may be larger than memory: elements of a JSON array, or lines.
//!
//! Each record is found first and understood afterwards, so that one that makes no sense costs only itself, and no
//! record may be longer than a limit, so that memory stays bounded whatever a file holds.

use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{error::Category, value::RawValue};

/// A place in a file, as people count: from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// An element of the file's list.
    Record(u64),
    /// A line.
    Line(u64),
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Record(number) => write!(f, "record {number}"),
            Self::Line(number) => write!(f, "line {number}"),
        }
    }
}

/// Why a file could not be read to its end, and how many records came before.
#[derive(Debug, PartialEq, Eq)]
pub struct Broken {
    /// The last record that was whole.
    pub after: u64,
    /// What is wrong, without anything that the file says.
    pub why: String,
}

/// What a file of records holds.
pub enum Part<'a> {
    /// A record, as JSON.
    Record(u64, &'a str),
    /// A member beside the list that was asked for, as JSON.
    Member(&'a str, &'a str),
}

/// How reading ended, apart from the caller's own wish to stop.
pub type Outcome = Result<u64, Broken>;

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
    let (limited, read) = Limited::new(input, limit);
    let mut deserializer = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, limited));
    let mut walk = Walk { member, beside, read: &read, each: &mut each, number: 0, found: false, stopped: None };
    let ended = (&mut deserializer).deserialize_any(&mut walk).and_then(|()| deserializer.end());
    let (number, found) = (walk.number, walk.found);
    if let Some(stop) = walk.stopped {
        return Err(stop);
    }
    Ok(match ended {
        Ok(()) if found => Ok(number),
        Ok(()) => Err(Broken { after: 0, why: format!("it has no list `{member}`") }),
        Err(error) => Err(Broken { after: number, why: why(error, limit) }),
    })
}

/// What is wrong with JSON, in words that hold nothing of the file: where the syntax is wrong the parser says no more.
pub fn why(error: serde_json::Error, limit: u64) -> String {
    let place = format!("line {} column {}", error.line(), error.column());
    match error.classify() {
        Category::Io => unreadable(&io::Error::from(error), limit),
        Category::Eof => format!("it ends in the middle ({place}): it was cut off, or is still being written"),
        Category::Syntax => format!("it is no JSON: {error}"),
        Category::Data => format!("it is neither a list nor an object ({place})"),
    }
}

/// What the system says of a file that cannot be read on. What a library says may quote the file, and is not repeated.
pub fn unreadable(error: &io::Error, limit: u64) -> String {
    match error.kind() {
        io::ErrorKind::FileTooLarge => {
            format!("the next record is longer than {}; --max-record allows more", size(limit))
        }
        io::ErrorKind::UnexpectedEof => "it was cut off".to_owned(),
        io::ErrorKind::Unsupported => format!("it cannot be unpacked: {error}"),
        _ if error.raw_os_error().is_some() => format!("it cannot be read: {error}"),
        kind => format!("it cannot be read: {kind}"),
    }
}

/// A number of bytes for people.
pub fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} bytes") }
}

/// Lets through so many bytes for each record, and no more.
pub struct Limited<R> {
    input: R,
    read: Rc<Cell<u64>>,
    limit: u64,
}

impl<R: Read> Limited<R> {
    /// Lets through `limit` bytes whenever the counter that it shares is set to 0.
    pub fn new(input: R, limit: u64) -> (Self, Rc<Cell<u64>>) {
        let read = Rc::new(Cell::new(0));
        (Self { input, read: read.clone(), limit }, read)
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let left = self.limit.saturating_sub(self.read.get());
        if left == 0 && !buffer.is_empty() {
            // Only a record that goes on is too long; a file may end here.
            return match self.input.read(&mut [0])? {
                0 => Ok(0),
                _ => Err(io::ErrorKind::FileTooLarge.into()),
            };
        }
        let most = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
        let read = self.input.read(&mut buffer[..most])?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}

/// The walk through a file's JSON.
struct Walk<'a, F, E> {
    member: &'a str,
    beside: &'a [&'a str],
    read: &'a Cell<u64>,
    each: &'a mut F,
    number: u64,
    found: bool,
    stopped: Option<E>,
}

impl<F, E> Walk<'_, F, E>
where
    F: FnMut(Part<'_>) -> Result<(), E>,
{
    fn give<X: serde::de::Error>(&mut self, part: Part<'_>) -> Result<(), X> {
        (self.each)(part).map_err(|stop| {
            self.stopped = Some(stop);
            X::custom("stopped")
        })
    }
}

impl<'de, F, E> Visitor<'de> for &mut Walk<'_, F, E>
where
    F: FnMut(Part<'_>) -> Result<(), E>,
{
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        self.found = true;
        self.read.set(0);
        while let Some(record) = list.next_element::<Box<RawValue>>()? {
            self.number += 1;
            let number = self.number;
            self.give(Part::Record(number, record.get()))?;
            self.read.set(0);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<(), A::Error> {
        while let Some(name) = members.next_key::<String>()? {
            if name == self.member && !self.found {
                members.next_value_seed(List(&mut *self))?;
            } else if self.beside.contains(&name.as_str()) {
                let value = members.next_value::<Box<RawValue>>()?;
                self.give(Part::Member(&name, value.get()))?;
            } else {
                members.next_value::<IgnoredAny>()?;
            }
            self.read.set(0);
        }
        Ok(())
    }
}

/// The list in an object.
struct List<'a, 'b, F, E>(&'a mut Walk<'b, F, E>);

impl<'de, F, E> DeserializeSeed<'de> for List<'_, '_, F, E>
where
    F: FnMut(Part<'_>) -> Result<(), E>,
{
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self.0)
    }
}

/// Reads the lines of a file, without their ends. A line that is too long is skipped, and `each` gets nothing for it but
/// its number.
///
/// # Errors
/// What `each` returns.
pub fn lines<E>(
    input: impl Read,
    limit: u64,
    mut each: impl FnMut(u64, Option<&[u8]>) -> Result<(), E>,
) -> Result<Outcome, E> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    let (mut line, mut number) = (Vec::new(), 0);
    loop {
        line.clear();
        match (&mut input).take(limit.saturating_add(1)).read_until(b'\n', &mut line) {
            Ok(0) => return Ok(Ok(number)),
            Ok(_) => {}
            Err(error) => return Ok(Err(Broken { after: number, why: unreadable(&error, limit) })),
        }
        number += 1;
        if line.last() == Some(&b'\n') {
            line.pop();
        } else if line.len() as u64 > limit {
            each(number, None)?;
            if let Err(error) = input.skip_until(b'\n') {
                return Ok(Err(Broken { after: number, why: unreadable(&error, limit) }));
            }
            continue;
        }
        each(number, Some(&line))?;
    }
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

    #[test]
    fn a_line_that_is_too_long_is_skipped() {
        let mut seen = Vec::new();
        let text = format!("a\n{}\nb\r\n\nlast", "x".repeat(200));
        let outcome = lines::<()>(text.as_bytes(), 100, |number, line| {
            seen.push((number, line.map(|line| String::from_utf8_lossy(line).into_owned())));
            Ok(())
        });
        assert_eq!(outcome, Ok(Ok(5)));
        let line = |text: &str| Some(text.to_owned());
        assert_eq!(seen, [(1, line("a")), (2, None), (3, line("b\r")), (4, line("")), (5, line("last"))]);
    }
}

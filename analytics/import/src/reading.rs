//! Reading files that may be larger than memory, with answers where they cannot be read on. No record may be longer than a
//! limit, so that memory stays bounded whatever a file holds.

use std::{
    cell::Cell,
    fmt,
    io::{self, BufRead, BufReader, Read},
    rc::Rc,
};

use serde_json::error::Category;

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

/// How reading ended, apart from the caller's own wish to stop.
pub type Outcome = Result<u64, Broken>;

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

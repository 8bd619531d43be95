//! Text as programs of other systems save it: a byte order mark before UTF-8, or UTF-16, become plain UTF-8.

use std::io::{self, Read};

/// Which encoding a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Encoding {
    Utf8,
    Utf16 { big_endian: bool },
}

/// A stream whose text is UTF-8, whatever it was. Half of a character becomes U+FFFD.
pub struct Decoded<R> {
    input: R,
    /// Found out with the first bytes.
    encoding: Option<Encoding>,
    /// Bytes that were read and not decoded: the beginning, or half of a character.
    raw: Vec<u8>,
    /// Bytes that were decoded and not given out.
    ready: Vec<u8>,
    given: usize,
}

impl<R: Read> Decoded<R> {
    /// A decoder of `input`.
    pub fn new(input: R) -> Self {
        Self { input, encoding: None, raw: Vec::new(), ready: Vec::new(), given: 0 }
    }

    fn begin(&mut self) -> io::Result<Encoding> {
        let mut start = Vec::new();
        (&mut self.input).take(4).read_to_end(&mut start)?;
        let (encoding, mark) = match start[..] {
            [0xef, 0xbb, 0xbf, ..] => (Encoding::Utf8, 3),
            [0xff, 0xfe, ..] => (Encoding::Utf16 { big_endian: false }, 2),
            [0xfe, 0xff, ..] => (Encoding::Utf16 { big_endian: true }, 2),
            // Without a mark: every second byte of what begins with ASCII is zero.
            [a, 0, b, 0] if a > 0 && b > 0 => (Encoding::Utf16 { big_endian: false }, 0),
            [0, a, 0, b] if a > 0 && b > 0 => (Encoding::Utf16 { big_endian: true }, 0),
            _ => (Encoding::Utf8, 0),
        };
        start.drain(..mark);
        match encoding {
            Encoding::Utf8 => self.ready = start,
            Encoding::Utf16 { .. } => self.raw = start,
        }
        self.encoding = Some(encoding);
        Ok(encoding)
    }

    /// Decodes the next piece. Nothing is ready afterwards only at the end.
    fn decode(&mut self, big_endian: bool) -> io::Result<()> {
        self.ready.clear();
        self.given = 0;
        while self.ready.is_empty() {
            let mut piece = [0; 1 << 12];
            let read = self.input.read(&mut piece)?;
            self.raw.extend_from_slice(&piece[..read]);
            let ended = read == 0;
            if ended && self.raw.is_empty() {
                return Ok(());
            }
            let mut units: Vec<u16> = self
                .raw
                .chunks_exact(2)
                .map(|pair| {
                    let pair = [pair[0], pair[1]];
                    if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
                })
                .collect();
            // The other half of a pair comes with the next piece.
            if !ended && units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
                units.pop();
            }
            self.raw.drain(..units.len() * 2);
            if ended && !self.raw.is_empty() {
                units.push(0xfffd);
                self.raw.clear();
            }
            let text: String =
                char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
            self.ready = text.into_bytes();
        }
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let encoding = match self.encoding {
            Some(encoding) => encoding,
            None => self.begin()?,
        };
        if self.given == self.ready.len() {
            match encoding {
                Encoding::Utf8 => return self.input.read(buffer),
                Encoding::Utf16 { big_endian } => self.decode(big_endian)?,
            }
        }
        let rest = &self.ready[self.given..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.given += count;
        Ok(count)
    }
}

/// A stream whose lines end with `\n` alone.
pub struct Lines<R> {
    input: R,
    after_return: bool,
}

impl<R: Read> Lines<R> {
    /// Lines of `input`, which may end with `\r\n`, `\r` or `\n`.
    pub fn new(input: R) -> Self {
        Self { input, after_return: false }
    }
}

impl<R: Read> Read for Lines<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.input.read(buffer)?;
            let mut kept = 0;
            for at in 0..read {
                let byte = buffer[at];
                let is_rest = self.after_return && byte == b'\n';
                self.after_return = byte == b'\r';
                if !is_rest {
                    buffer[kept] = if byte == b'\r' { b'\n' } else { byte };
                    kept += 1;
                }
            }
            if kept > 0 || read == 0 {
                return Ok(kept);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives out one byte at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            if buffer.is_empty() {
                return Ok(0);
            }
            (buffer[0], self.0) = (*first, rest);
            Ok(1)
        }
    }

    fn decoded(bytes: &[u8]) -> String {
        let mut text = String::new();
        Decoded::new(bytes).read_to_string(&mut text).unwrap();
        let mut slowly = String::new();
        Decoded::new(Slow(bytes)).read_to_string(&mut slowly).unwrap();
        assert_eq!(text, slowly);
        text
    }

    fn utf16(text: &str, mark: bool, to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let mark = mark.then_some(0xfeff);
        mark.into_iter().chain(text.encode_utf16()).flat_map(to_bytes).collect()
    }

    #[test]
    fn marks_are_skipped_and_utf_16_is_read_in_either_order() {
        let text = format!("ts,größe 🙂 {}", "x🙂".repeat(5000));
        assert_eq!(decoded(text.as_bytes()), text);
        assert_eq!(decoded(format!("\u{feff}{text}").as_bytes()), text);
        for mark in [true, false] {
            assert_eq!(decoded(&utf16(&text, mark, u16::to_le_bytes)), text);
            assert_eq!(decoded(&utf16(&text, mark, u16::to_be_bytes)), text);
        }
        for short in ["", "a", "ab", "abc"] {
            assert_eq!(decoded(short.as_bytes()), short);
        }
    }

    #[test]
    fn half_a_character_is_no_end() {
        assert_eq!(decoded(&[0xff, 0xfe, b'a', 0, b'b']), "a\u{fffd}");
        assert_eq!(decoded(&[0xff, 0xfe, 0x3d, 0xd8, b'b', 0]), "\u{fffd}b");
        assert_eq!(decoded(&[0xff, 0xfe, 0x3d, 0xd8]), "\u{fffd}");
    }

    #[test]
    fn lines_end_one_way_whatever_system_wrote_them() {
        let text = "a\r\nb\nc\rd\r\n\r\ne\r";
        for lines in [&mut Lines::new(text.as_bytes()) as &mut dyn Read, &mut Lines::new(Slow(text.as_bytes()))] {
            let mut read = String::new();
            lines.read_to_string(&mut read).unwrap();
            assert_eq!(read, "a\nb\nc\nd\n\ne\n");
        }
    }
}

//! Telegram Desktop's own way to write control characters, made one that JSON knows.

use std::io::{self, BufReader, Read};

/// Telegram Desktop writes some control characters as `\x1F`, which no JSON knows; they become `\u001F`.
pub struct Escapes<R> {
    input: BufReader<R>,
    escaped: bool,
    due: Vec<u8>,
}

impl<R: Read> Escapes<R> {
    /// Reads `input`, mended.
    pub fn new(input: R) -> Self {
        Self { input: BufReader::with_capacity(1 << 16, input), escaped: false, due: Vec::new() }
    }
}

impl<R: Read> Read for Escapes<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.due.is_empty() {
            let half = (buffer.len() / 3).max(1);
            let mut raw = vec![0; half];
            let read = self.input.read(&mut raw)?;
            for byte in &raw[..read] {
                match (self.escaped, byte) {
                    (true, b'x') => self.due.extend_from_slice(b"u00"),
                    _ => self.due.push(*byte),
                }
                self.escaped = *byte == b'\\' && !self.escaped;
            }
        }
        let given = self.due.len().min(buffer.len());
        buffer[..given].copy_from_slice(&self.due[..given]);
        self.due.drain(..given);
        Ok(given)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_that_no_json_knows_become_some() {
        for (raw, mended) in [
            (r#""a\x1Fb""#, r#""a\u001Fb""#),
            (r#""a\\x1F""#, r#""a\\x1F""#),
            (r#""\\\x07""#, r#""\\\u0007""#),
            ("", ""),
        ] {
            let mut read = String::new();
            Escapes::new(raw.as_bytes()).read_to_string(&mut read).unwrap();
            assert_eq!(read, mended);
            let mut bytes = Vec::new();
            let mut slow = Escapes::new(raw.as_bytes());
            let mut one = [0];
            while slow.read(&mut one).unwrap() == 1 {
                bytes.push(one[0]);
            }
            assert_eq!(bytes, mended.as_bytes(), "a byte at a time");
        }
    }
}

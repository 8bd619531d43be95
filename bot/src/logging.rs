//! Logs for operators, in which nobody is named: whatever looks like a user id is masked on the way out.

use std::io::{self, IsTerminal as _, Write};

use tracing_subscriber::{EnvFilter, fmt::MakeWriter};

/// What is logged unless the operator says otherwise. What the SDK thinks of single requests comes back to us as
/// their results, and is logged where it matters.
pub const DEFAULT: &str =
    "info,matrix_sdk=error,matrix_sdk::http_client=off,matrix_sdk_base=error,matrix_sdk_crypto=error";

/// Sends logs to standard error. `filter` is in the syntax of `RUST_LOG`.
pub fn start(filter: &str) {
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Masked(io::stderr)).with_target(false);
    // A second call, in tests, changes nothing.
    let _ = log.with_ansi(io::stderr().is_terminal() && !plain).try_init();
}

/// What the operator would read of what is logged meanwhile.
#[cfg(test)]
pub(crate) fn captured(work: impl FnOnce()) -> String {
    use std::sync::{Arc, Mutex};

    #[derive(Clone, Default)]
    struct Lines(Arc<Mutex<Vec<u8>>>);

    impl Write for Lines {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    // Where nobody listens, the places that log are taken for silent for good. Tests run beside each other, and what one
    // was first to come by, with nobody listening, another would miss: so somebody listens to everything, always.
    static LISTENS: std::sync::Once = std::sync::Once::new();
    LISTENS.call_once(|| drop(tracing::subscriber::set_global_default(tracing_subscriber::registry())));
    let lines = Lines::default();
    let sink = lines.clone();
    let log = tracing_subscriber::fmt().with_env_filter(EnvFilter::new(DEFAULT)).with_target(false).with_ansi(false);
    tracing::subscriber::with_default(log.with_writer(Masked(move || sink.clone())).finish(), work);
    String::from_utf8(lines.0.lock().unwrap().clone()).unwrap()
}

/// Makes writers to what it holds that mask each line.
struct Masked<F>(F);

struct MaskedLine<W: Write> {
    line: Vec<u8>,
    sink: W,
}

impl<W: Write, F: Fn() -> W> MakeWriter<'_> for Masked<F> {
    type Writer = MaskedLine<W>;

    fn make_writer(&self) -> MaskedLine<W> {
        MaskedLine { line: Vec::new(), sink: (self.0)() }
    }
}

impl<W: Write> Write for MaskedLine<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let line = mask(&String::from_utf8_lossy(&self.line));
        self.line.clear();
        self.sink.write_all(line.as_bytes())
    }
}

impl<W: Write> Drop for MaskedLine<W> {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// No user id is longer; historical ones may be, and are masked up to here.
const LONGEST: usize = 1024;

/// The text with every user id (`@name:server`, also percent-encoded) replaced by `@…`. Names of old accounts may hold
/// any character but a space and a colon, and servers may be addresses with a port: rather too much is masked than too
/// little.
pub fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['@', '%']) {
        let (before, from) = rest.split_at(at);
        masked.push_str(before);
        match user_id(from) {
            Some(end) => {
                masked.push_str("@…");
                rest = &from[end..];
            }
            None => {
                masked.push_str(&from[..1]);
                rest = &from[1..];
            }
        }
    }
    masked.push_str(rest);
    masked
}

/// Where the user id ends with which a text begins, if it does.
fn user_id(text: &str) -> Option<usize> {
    let mut text = Unescaped { text, at: 0 };
    if text.next()? != '@' {
        return None;
    }
    while text.at < LONGEST {
        match text.next()? {
            ':' => return text.server(),
            char if char.is_whitespace() || char.is_control() => return None,
            _ => {}
        }
    }
    None
}

/// A text whose percent-escapes are read as what they stand for.
struct Unescaped<'a> {
    text: &'a str,
    at: usize,
}

impl Unescaped<'_> {
    /// The next character, and where it ends.
    fn peek(&self) -> Option<(char, usize)> {
        let rest = &self.text[self.at..];
        if let Some(hex) = rest.strip_prefix('%').and_then(|hex| hex.get(..2))
            && hex.bytes().all(|digit| digit.is_ascii_hexdigit())
            && let Ok(byte) = u8::from_str_radix(hex, 16)
        {
            // What no id holds may still be part of a name that looks like an escape; other bytes, of a longer character.
            let char = if byte.is_ascii_graphic() { char::from(byte) } else { char::REPLACEMENT_CHARACTER };
            return Some((char, self.at + 3));
        }
        let char = rest.chars().next()?;
        Some((char, self.at + char.len_utf8()))
    }

    fn next(&mut self) -> Option<char> {
        let (char, end) = self.peek()?;
        self.at = end;
        Some(char)
    }

    /// Takes the longest run of characters of a kind. Gives how many there were.
    fn run(&mut self, kind: impl Fn(char) -> bool) -> usize {
        let mut length = 0;
        while let Some((char, end)) = self.peek().filter(|(char, _)| kind(*char)) {
            // A dot at the end belongs to the sentence.
            let after = Self { text: self.text, at: end };
            if char == '.' && !after.peek().is_some_and(|(next, _)| kind(next)) {
                break;
            }
            (self.at, length) = (end, length + 1);
        }
        length
    }

    /// Takes a server's name, with its port. Gives where it ends, if there is one.
    fn server(mut self) -> Option<usize> {
        if self.peek()?.0 == '[' {
            self.next();
            self.run(|char| char.is_ascii_hexdigit() || matches!(char, ':' | '.'));
            if self.next()? != ']' {
                return None;
            }
        } else if self
            .run(|char| char.is_alphanumeric() || matches!(char, '.' | '-' | '_' | char::REPLACEMENT_CHARACTER))
            == 0
        {
            return None;
        }
        let end = self.at;
        let port = self.next() == Some(':') && self.run(|char| char.is_ascii_digit()) > 0;
        Some(if port { self.at } else { end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_named_in_a_log() {
        assert_eq!(mask("join of @ana:example.org failed"), "join of @… failed");
        assert_eq!(mask("GET /members/%40ana%3Aexample.org?x"), "GET /members/@…?x");
        assert_eq!(mask("user_id=\"@ana:t\", 100% sure, a@b"), "user_id=\"@…\", 100% sure, a@b");
        assert_eq!(mask("%"), "%");
        assert_eq!(mask("@ana:t."), "@….");
        assert_eq!(mask("@: @ana: @ana @:t %4"), "@: @ana: @ana @… %4");
        assert_eq!(mask("é@ñandú:exämple.org, ok"), "é@…, ok");
    }

    /// What a URL would make of a text.
    fn escaped(text: &str) -> String {
        text.bytes()
            .map(
                |byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") },
            )
            .collect()
    }

    #[test]
    fn every_valid_user_id_is_masked_whatever_its_name_and_server() {
        let names = ('!'..='~').filter(|char| *char != ':').map(|char| format!("a{char}b"));
        let names: Vec<_> = names
            .chain(["/".into(), "%".into(), "a@b".into(), "\"".into(), "%zz".into(), "%+f".into(), "%0a".into()])
            .collect();
        for server in ["t", "example.org", "example.org:8448", "1.2.3.4:80", "[2001:db8::1]", "[::ffff:1.2.3.4]:8448"] {
            for name in &names {
                let id = format!("@{name}:{server}");
                for written in [id.clone(), escaped(&id), escaped(&id).to_lowercase()] {
                    for (before, after) in
                        [("", ""), ("of ", " failed"), ("\"", "\","), ("/user/", "/filter"), ("(", ")")]
                    {
                        let masked = mask(&format!("{before}{written}{after}"));
                        assert_eq!(masked, format!("{before}@…{after}"), "{written}");
                    }
                }
            }
        }
    }
}

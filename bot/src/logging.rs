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
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(Masked).with_target(false);
    // A second call, in tests, changes nothing.
    let _ = log.with_ansi(io::stderr().is_terminal() && !plain).try_init();
}

struct Masked;

struct MaskedLine(Vec<u8>);

impl<'a> MakeWriter<'a> for Masked {
    type Writer = MaskedLine;

    fn make_writer(&'a self) -> MaskedLine {
        MaskedLine(Vec::new())
    }
}

impl Write for MaskedLine {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let line = mask(&String::from_utf8_lossy(&self.0));
        self.0.clear();
        io::stderr().lock().write_all(line.as_bytes())
    }
}

impl Drop for MaskedLine {
    fn drop(&mut self) {
        let _ = self.flush();
    }
}

/// The text with every user id (`@name:server`, also percent-encoded) replaced by `@…`.
pub fn mask(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['@', '%']) {
        let (before, from) = rest.split_at(at);
        masked.push_str(before);
        let sigil = if from.starts_with("%40") { 3 } else { 1 };
        let end = from[sigil..]
            .find(|char: char| char.is_whitespace() || matches!(char, '"' | '\'' | '/' | ',' | ')' | '>' | '}' | '?'))
            .map_or(from.len(), |end| sigil + end);
        let id = &from[..end];
        let is_id =
            (sigil == 3 || id.starts_with('@')) && (id.contains(':') || id.contains("%3A") || id.contains("%3a"));
        if is_id {
            masked.push_str("@…");
            rest = &from[end..];
        } else {
            masked.push_str(&from[..sigil.min(from.len())]);
            rest = &from[sigil.min(from.len())..];
        }
    }
    masked.push_str(rest);
    masked
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
    }
}

//! How the story looks: chapters, lines, speech and progress on a terminal; plain lines everywhere else.

use std::io::{IsTerminal as _, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// How wide text is set: what a small terminal shows.
const WIDTH: usize = 92;
/// Where the text of speech begins.
const SPEECH: usize = 14;

/// Where the story is told.
#[derive(Debug)]
pub(super) struct Terminal {
    /// Whether standard output shows colours.
    colour: bool,
    /// Whether standard error shows something that moves.
    live: bool,
    bar: Option<ProgressBar>,
    chapters: u32,
    lap: Instant,
    laps: Vec<(&'static str, Duration)>,
}

#[derive(Clone, Copy)]
enum Ink {
    Bold,
    Dim,
    Warm,
    Good,
    Bad,
}

impl Terminal {
    pub fn new() -> Self {
        let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        Self {
            colour: std::io::stdout().is_terminal() && !plain,
            live: std::io::stderr().is_terminal(),
            bar: None,
            chapters: 0,
            lap: Instant::now(),
            laps: Vec::new(),
        }
    }

    fn ink(&self, ink: Ink, text: &str) -> String {
        let code = match ink {
            Ink::Bold => "1",
            Ink::Dim => "2",
            Ink::Warm => "38;5;208",
            Ink::Good => "32",
            Ink::Bad => "31",
        };
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    /// One line; whatever moved is over.
    fn line(&mut self, text: &str) {
        self.clear();
        // Who closes the pipe has read enough.
        let _ = writeln!(std::io::stdout().lock(), "{}", text.trim_end());
    }

    fn clear(&mut self) {
        if let Some(bar) = self.bar.take() {
            bar.finish_and_clear();
        }
    }

    pub fn title(&mut self, name: &str, rest: &str) {
        let name = self.ink(Ink::Warm, name);
        self.line("");
        self.line(&format!("{name} · {rest}"));
    }

    pub fn chapter(&mut self, title: &str) {
        self.chapters += 1;
        let title = self.ink(Ink::Bold, &format!("{}  {title}", self.chapters));
        self.line("");
        self.line(&title);
    }

    /// Something moves until the next line comes. Only where it can be seen.
    pub fn wait(&mut self, doing: &str) -> ProgressBar {
        self.clear();
        if !self.live {
            return ProgressBar::hidden();
        }
        let bar = ProgressBar::new_spinner().with_message(doing.to_owned());
        bar.set_style(style("   {spinner} {msg} ({elapsed})"));
        bar.enable_steady_tick(Duration::from_millis(100));
        self.bar = Some(bar.clone());
        bar
    }

    /// As [`Terminal::wait`], for something that takes long enough to be announced where nothing can move.
    pub fn begin(&mut self, doing: &str) -> ProgressBar {
        if !self.live {
            self.line(&format!("   … {doing}"));
        }
        self.wait(doing)
    }

    /// As [`Terminal::begin`], for something that can be counted.
    pub fn begin_counted(&mut self, doing: &str, hint: &str, total: u64) -> ProgressBar {
        if !self.live {
            self.line(&format!("   … {doing}, {hint}"));
        }
        let bar = self.wait(doing);
        bar.set_length(total);
        bar.set_style(
            style("   {spinner} {msg} [{bar:20}] {human_pos} of {human_len}, {eta} left").progress_chars("━╸ "),
        );
        bar
    }

    /// What was begun is done.
    pub fn done(&mut self, lap: &'static str, what: &str) {
        let took = self.lap(lap);
        let room = WIDTH.saturating_sub(14);
        let tick = self.ink(Ink::Good, "✓");
        let gap = " ".repeat(room.saturating_sub(what.chars().count()));
        let seconds = self.ink(Ink::Dim, &format!("{:>7.1} s", took.as_secs_f64()));
        self.line(&format!("   {tick} {what}{gap}{seconds}"));
    }

    /// Notes how long the last part took.
    pub fn lap(&mut self, name: &'static str) -> Duration {
        let took = self.lap.elapsed();
        self.lap = Instant::now();
        match self.laps.iter_mut().find(|(known, _)| *known == name) {
            Some((_, sum)) => *sum += took,
            None => self.laps.push((name, took)),
        }
        took
    }

    /// What happens.
    pub fn tell(&mut self, text: &str) {
        for line in wrapped(text, WIDTH - 3) {
            self.line(&format!("   {line}"));
        }
    }

    /// What the demo does and life would not.
    pub fn aside(&mut self, text: &str) {
        for (number, line) in wrapped(text, WIDTH - 5).iter().enumerate() {
            let text = self.ink(Ink::Dim, line);
            self.line(&format!("   {} {text}", if number == 0 { "↻" } else { " " }));
        }
    }

    /// What somebody says, `most` lines of it.
    pub fn speech(&mut self, who: &str, text: &str, most: usize) {
        let lines = said(text, WIDTH - SPEECH, most);
        let bot = who == super::names::BOT_NAME;
        for (number, text) in lines.iter().enumerate() {
            let name = if number == 0 { who } else { "" };
            let padded = format!("{name:>width$}", width = SPEECH - 3);
            let name = self.ink(if bot { Ink::Warm } else { Ink::Bold }, &padded);
            let stroke = self.ink(Ink::Dim, "│");
            self.line(&format!("{name} {stroke} {text}"));
        }
    }

    /// Two columns.
    pub fn row(&mut self, name: &str, value: &str) {
        let name = self.ink(Ink::Dim, &format!("{name:<12}"));
        self.line(&format!("   {name}{value}"));
    }

    /// Where the time went.
    pub fn laps(&mut self) {
        let total: Duration = self.laps.iter().map(|(_, took)| *took).sum();
        let parts: Vec<String> =
            self.laps.iter().map(|(name, took)| format!("{name} {:.1}", took.as_secs_f64())).collect();
        let (minutes, seconds) = (total.as_secs() / 60, total.as_secs() % 60);
        let text = format!("{minutes} min {seconds} s in all, in seconds: {}.", parts.join(" · "));
        self.line("");
        for line in wrapped(&text, WIDTH - 3) {
            let line = self.ink(Ink::Dim, &line);
            self.line(&format!("   {line}"));
        }
    }

    /// The last lines: where the report is.
    pub fn page(&mut self, page: &Path) {
        let title = self.ink(Ink::Bold, "The report's page:");
        self.line("");
        self.line(&title);
        self.line(&page.display().to_string());
        self.line(&address(page));
    }

    /// Why there is no more story.
    pub fn error(&mut self, why: &str) {
        self.clear();
        let name = self.ink(Ink::Bad, "hearth-demo:");
        let _ = writeln!(std::io::stderr().lock(), "\n{name} {why}");
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_spinner())
}

/// A file's address, for a browser.
fn address(path: &Path) -> String {
    let mut address = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'/' | b'.' | b'-' | b'_' | b'~' => address.push(byte.into()),
            _ if byte.is_ascii_alphanumeric() => address.push(byte.into()),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// Breaks a text at spaces into lines of at most `width` characters, where words allow.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > width {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    lines.push(line);
    lines
}

/// The first lines of what somebody said, without empty ones; an ellipsis stands for the rest.
fn said(text: &str, width: usize, most: usize) -> Vec<String> {
    let paragraphs = text.lines().filter(|line| !line.trim().is_empty());
    let mut lines: Vec<String> = paragraphs.flat_map(|line| wrapped(line, width)).collect();
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while last.chars().count() + 2 > width {
                last.pop();
            }
            last.push_str(" …");
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_is_broken_at_spaces_and_cut_with_an_ellipsis() {
        assert_eq!(said("one two three\n\nfour", 9, 9), ["one two", "three", "four"]);
        assert_eq!(said("one two three\n\nfour", 9, 2), ["one two", "three …"]);
        assert_eq!(said("", 9, 2), [""; 0]);
    }

    #[test]
    fn a_page_has_an_address_that_a_browser_takes() {
        assert_eq!(address(Path::new("/tmp/ä b/index.html")), "file:///tmp/%C3%A4%20b/index.html");
    }
}

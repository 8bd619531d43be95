//! What the bot does, in words.

/// What the bot does, as a line, and for which practice.
pub(super) struct Line {
    pub practice: String,
    pub text: String,
}

pub(super) fn texts(lines: Vec<Line>) -> Vec<String> {
    lines.into_iter().map(|line| line.text).collect()
}

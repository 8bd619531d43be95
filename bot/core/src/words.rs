//! Every word that the bot says, and how people are named among them.

pub use hearth_words::{Language, MATRIX_TO, Words, address, escape, is_unseen, link, permalink};

use crate::id::UserId;

/// A person's name in a message, which clients show as a pill. It notifies only those that the message mentions.
pub fn pill(who: &UserId) -> String {
    link(who.localpart(), who.as_str())
}

/// A text of ours with its commands as the community writes them: `!hearth` becomes the prefix, or nothing in a
/// direct room, where none is needed.
pub fn spoken(text: &str, prefix: &str, direct: bool) -> String {
    if direct { text.replace("!hearth ", "") } else { text.replace("!hearth", prefix) }
}

/// The one among `known` that was most likely meant by `written`, or `None` where none is near.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.to_lowercase();
    let length = written.chars().count();
    if length > 40 {
        return None;
    }
    let distance = |name: &str| match name.to_lowercase() {
        name if length >= 3 && name.starts_with(&written) => 1,
        name => strsim::osa_distance(&written, &name),
    };
    known
        .into_iter()
        .map(|name| (distance(name), name))
        .filter(|(distance, name)| distance * 3 <= length.max(name.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// What somebody wrote, fit to stand between backticks.
pub fn quoted(text: &str) -> String {
    let mut quoted: String = text
        .chars()
        .take(60)
        .map(|char| if char == '`' || char.is_control() || is_unseen(char) { '\'' } else { char })
        .collect();
    if quoted.len() < text.len() {
        quoted.push('…');
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pill_links_to_the_person() {
        assert_eq!(pill(&UserId::from("@ana:example.org")), "[ana](https://matrix.to/#/@ana:example.org)");
    }
}

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

/// The most characters on a button: clients cut longer ones, each in its own way.
const ON_BUTTON: usize = 24;

/// Somebody's words as they stand on a button: one line of plain text, cut at a word where enough of it is left.
/// Clients show what stands on a button as it is, so nothing is escaped. Two texts that begin alike give the same label: a
/// practice that offers both tells them apart by what stands before.
pub fn label(text: &str) -> String {
    let shown: String = text.chars().filter(|char| char.is_whitespace() || !is_unseen(*char)).collect();
    let line = shown.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= ON_BUTTON {
        return line;
    }
    let cut: String = line.chars().take(ON_BUTTON - 1).collect();
    let long_enough = |at: &usize| cut[..*at].chars().count() >= ON_BUTTON / 2;
    let end = cut.rfind(' ').filter(long_enough).unwrap_or(cut.len());
    format!("{}…", cut[..end].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pill_links_to_the_person() {
        assert_eq!(pill(&UserId::from("@ana:example.org")), "[ana](https://matrix.to/#/@ana:example.org)");
    }

    #[test]
    fn what_stands_on_a_button_is_one_short_line_of_what_was_written() {
        assert_eq!(label(" How we\nreview  *tests* "), "How we review *tests*");
        assert_eq!(label("How we review the code of our tests"), "How we review the code…");
        assert_eq!(label(&"Ä".repeat(60)), format!("{}…", "Ä".repeat(ON_BUTTON - 1)));
        assert_eq!(label("a\u{202e}b\u{7}"), "ab");
        assert_eq!(label("Infrastrukturverantwortung ja"), "Infrastrukturverantwort…");
    }
}

//! Every word that the bot says, and how people are named among them.

pub use hearth_words::{Language, Words, escape, is_unseen, link};

use crate::id::UserId;

/// A person's name in a message, which clients show as a pill. It notifies only those that the message mentions.
pub fn pill(who: &UserId) -> String {
    link(who.localpart(), who.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pill_links_to_the_person() {
        assert_eq!(pill(&UserId::from("@ana:example.org")), "[ana](https://matrix.to/#/@ana:example.org)");
    }
}

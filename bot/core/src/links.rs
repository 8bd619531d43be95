//! Links to the bot's own messages. A practice knows its messages by the names that it gave them, before they have an id:
//! what it writes leads to a name, and becomes an address when it is sent.

use crate::{
    id::MessageKey,
    words::{address, escape},
};

/// What the address of a name begins with. No member can write it: [`escape`] and [`crate::words::quoted`] leave it out.
const OWN: char = '\u{1}';

/// The longest address that a message is likely to have, in bytes.
const LONGEST: usize = 400;

/// Words that lead to a message of the bot's own, by the practice that sent it and the practice's name for it. Where
/// there is no such message when they are sent, they are words. Whether their readers may see that message is for the
/// practice to know.
pub fn to_message(words: &str, practice: &str, key: &MessageKey) -> String {
    format!("[{}]({OWN}{}/{})", escape(words), address(practice), address(key.as_str()))
}

/// Whether a text leads to a message of the bot's own.
pub fn leads_somewhere(text: &str) -> bool {
    text.contains(OWN)
}

/// The text with the addresses of the messages that it leads to. `find` gives one by practice and name.
pub fn resolved(text: &str, find: impl Fn(&str, &MessageKey) -> Option<String>) -> String {
    let mut found = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(OWN) {
        found.push_str(before);
        // One that was cut off in the middle leads nowhere.
        let (name, next) = after.split_once(')').unwrap_or(("", ""));
        match name.split_once('/').and_then(|(practice, key)| find(practice, &plain(key)?.as_str().into())) {
            Some(address) => {
                found.push_str(&address);
                found.push(')');
            }
            None => unlink(&mut found),
        }
        rest = next;
    }
    found.push_str(rest);
    found
}

/// The text as long as it may become.
pub fn at_most(text: &str) -> String {
    resolved(text, |_, _| Some("x".repeat(LONGEST)))
}

/// Takes away what makes a link of the words at the end.
fn unlink(text: &mut String) {
    if text.ends_with("](") {
        text.truncate(text.len() - 2);
        let opens = |(at, _): &(usize, &str)| !text[..*at].ends_with('\\');
        if let Some((at, _)) = text.rmatch_indices('[').find(opens) {
            text.remove(at);
        }
    }
}

/// The name in an address.
fn plain(address: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), address.bytes());
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            byte => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::{permalink, quoted};

    fn find(practice: &str, key: &MessageKey) -> Option<String> {
        (practice == "ballot" && key.as_str().starts_with("ballot/")).then(|| permalink("!r:t", "$e", &["t"]))
    }

    #[test]
    fn words_lead_to_a_message_by_its_name_and_are_words_where_there_is_none() {
        let card = to_message("the [first] card", "ballot", &"ballot/1".into());
        assert_eq!(resolved(&card, find), r"[the \[first\] card](https://matrix.to/#/!r:t/$e?via=t)");
        let none = to_message("the [first] card", "topics", &"card".into());
        assert_eq!(
            resolved(&format!("See {none}, and {card}."), |_, _| None),
            r"See the \[first\] card, and the \[first\] card."
        );
        assert_eq!(resolved("[a](https://example.org)", find), "[a](https://example.org)");
        // Cut in the middle.
        assert_eq!(resolved(&card[..card.len() - 4], find), r"the \[first\] card");
    }

    proptest! {
        #[test]
        fn whatever_a_name_holds_it_is_found_again(key in ".{0,40}", words in ".{0,20}") {
            let text = to_message(&words, "ballot", &key.as_str().into());
            let seen = std::cell::RefCell::new(None);
            resolved(&text, |_, key| { *seen.borrow_mut() = Some(key.to_string()); None });
            prop_assert_eq!(seen.into_inner(), Some(key));
        }

        #[test]
        fn no_member_writes_what_leads_to_a_message(text in ".{0,60}") {
            let written = format!("[x]({OWN}ballot/ballot%2F1){text}");
            prop_assert!(!leads_somewhere(&escape(&written)) && !leads_somewhere(&quoted(&written)));
        }
    }
}

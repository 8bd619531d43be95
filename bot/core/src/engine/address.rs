//! Whom a message in a direct room is addressed to: a community by its prefix, or by `in NAME`.

use super::CommunityNumber;
use crate::{catalogue::Catalogue, command, incoming::Text};

/// What a community may be called in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// What its commands begin with.
    pub prefix: String,
    /// Its name in the configuration, and the one that its leads chose.
    pub names: Vec<String>,
}

/// A message without what it is addressed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Address {
    /// The communities that may be meant, as far as it names any; none where it names none.
    pub named: Vec<CommunityNumber>,
    /// Whether it is addressed to the bot in so many words.
    pub explicit: bool,
    /// Whether it names something that none of them is called.
    pub elsewhere: bool,
    /// What is to be read as a command.
    pub command: String,
    /// What it says.
    pub body: String,
}

/// Reads whom a message is addressed to, among the communities that its author is in.
pub(super) fn address(practices: &Catalogue, text: &Text, known: &[(CommunityNumber, Names)], bot: &[&str]) -> Address {
    let with = |prefix: &str| command::addressed(practices, &text.command, prefix, &[]);
    let prefixed: Vec<_> = known.iter().filter(|(_, names)| with(&names.prefix).is_some()).collect();
    // The longest: `!hearth-two` begins with `!hearth`, too.
    let longest = prefixed.iter().map(|(_, names)| names.prefix.len()).max();
    let prefixed: Vec<_> = prefixed.into_iter().filter(|(_, names)| Some(names.prefix.len()) == longest).collect();
    let prefix = prefixed.first().map_or("", |(_, names)| names.prefix.as_str());
    let bare = |text: &str| command::addressed(practices, text, prefix, bot).map(str::to_owned);
    let rest = bare(&text.command);
    let explicit = rest.is_some();
    let command = rest.unwrap_or_else(|| text.command.clone());
    let body = bare(&text.body).unwrap_or_else(|| text.body.clone());
    // A prefix that all of them share names none.
    let mut named: Vec<_> = prefixed.iter().map(|(number, _)| *number).collect();
    if named.len() == known.len() {
        named.clear();
    }
    let among: Vec<_> = known.iter().filter(|(number, _)| named.is_empty() || named.contains(number)).collect();
    if let Some((number, rest, certain)) = in_name(&command, &among)
        && (certain || explicit || command::is_verb(practices, rest))
    {
        let body = in_name(&body, &among).map_or(body.as_str(), |(_, rest, _)| rest);
        let (command, body) = (rest.to_owned(), body.to_owned());
        return Address { named: vec![number], explicit, elsewhere: false, command, body };
    }
    Address { named, explicit, elsewhere: false, command, body }
}

/// The command in `in NAME: …`, whatever the name is.
pub(super) fn in_any_name(text: &str) -> Option<&str> {
    let rest = text.get(..2).filter(|word| word.eq_ignore_ascii_case("in")).and(text.get(2..))?;
    let (name, rest) = rest.strip_prefix(char::is_whitespace)?.split_once(':')?;
    (!name.trim().is_empty() && !name.contains('\n')).then(|| rest.trim_start())
}

/// `in Craft: happy: …`, `in craft poll …`: the community, what follows, and whether it is certain that one is meant:
/// `in Berlin they dance` may be talk, in a community that is called Berlin.
fn in_name<'a>(text: &'a str, among: &[&(CommunityNumber, Names)]) -> Option<(CommunityNumber, &'a str, bool)> {
    let text = text.trim_start();
    let rest = text.get(..2).filter(|word| word.eq_ignore_ascii_case("in")).and(text.get(2..))?;
    let rest = rest.strip_prefix(char::is_whitespace)?.trim_start().trim_start_matches(QUOTES);
    let mut found = Vec::new();
    for (number, names) in among.iter().copied() {
        found.extend(names.names.iter().filter_map(|name| begun(rest, name)).max().map(|length| (length, *number)));
    }
    // What is written furthest; of two that it could be, neither.
    let (longest, number) = found.iter().max().copied()?;
    if found.iter().filter(|(length, _)| *length == longest).count() > 1 {
        return None;
    }
    let after = rest.get(longest.0..)?.trim_start_matches(QUOTES);
    Some((number, after.trim_start_matches([':', ',']).trim_start(), after.starts_with([':', ','])))
}

const QUOTES: [char; 4] = ['"', '“', '”', '„'];

/// How much of a text is the name of a community, or whole words with which it begins, in whatever case; and whether it
/// is the whole name.
fn begun(text: &str, name: &str) -> Option<(usize, bool)> {
    let (mut end, mut whole) = (0, true);
    for word in name.split_whitespace() {
        let spaces = text.get(end..)?.len() - text.get(end..)?.trim_start().len();
        let Some(length) = text.get(end + spaces..).and_then(|text| word_length(text, word)) else {
            whole = false;
            break;
        };
        end += spaces + length;
    }
    (end > 0).then_some((end, whole))
}

/// How long a word is with which a text begins, in whatever case it is written; `None` where it does not.
fn word_length(text: &str, word: &str) -> Option<usize> {
    let mut rest = text.chars();
    for expected in word.chars() {
        let written = rest.next()?;
        if written != expected && !written.to_lowercase().eq(expected.to_lowercase()) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.starts_with(char::is_alphanumeric)).then_some(text.len() - rest.len())
}

#[cfg(test)]
mod tests {
    use clap::Command;
    use serde_json::Map;

    use super::*;
    use crate::catalogue::Described;

    fn practices() -> Catalogue {
        let one = Described {
            name: "talk",
            personal: false,
            for_guests: false,
            lasting: &[],
            recalling: &[],
            add_verbs: |all| all.subcommands(["help", "poll", "topic"].map(Command::new)),
            has_verb: |verb| ["help", "poll", "topic"].contains(&verb),
            adopts: |_| None,
            tables: Vec::new,
            defaults: Map::new,
            check: |_| Ok(()),
        };
        Catalogue::new(vec![one])
    }

    fn known(all: &[(&str, &str)]) -> Vec<(CommunityNumber, Names)> {
        let names =
            |(prefix, name): &(&str, &str)| Names { prefix: (*prefix).to_owned(), names: vec![(*name).to_owned()] };
        (1..).map(CommunityNumber::new).zip(all.iter().map(names)).collect()
    }

    fn read(written: &str, all: &[(&str, &str)]) -> (Vec<i64>, String) {
        let text = Text {
            body: written.to_owned(),
            command: written.to_owned(),
            notice: false,
            reply_to: None,
            thread: None,
            mentions: Vec::new(),
        };
        let read = address(&practices(), &text, &known(all), &["@hearth:t", "hearth"]);
        assert_eq!(read.command, read.body, "{written}");
        (read.named.iter().map(|number| number.get()).collect(), read.command)
    }

    #[test]
    fn a_community_is_named_by_its_name_or_by_the_beginning_of_it() {
        let all = [("!hearth", "Berlin Testers"), ("!hearth", "Choir"), ("!hearth", "Choir of Bonn")];
        for (written, number, rest) in [
            ("in Berlin Testers poll \"x\" a | b", Some(1), "poll \"x\" a | b"),
            ("!hearth in berlin testers: poll \"x\" a | b", Some(1), "poll \"x\" a | b"),
            ("In Berlin: happy: the cake", Some(1), "happy: the cake"),
            ("in \"Choir of Bonn\" topic add Tea", Some(3), "topic add Tea"),
            ("in choir topic add Tea", Some(2), "topic add Tea"),
            ("in Choir of: happy: x", Some(3), "happy: x"),
            ("in Berlin:\nhappy: x\nsad: y", Some(1), "happy: x\nsad: y"),
            ("in Hamburg topic add Tea", None, "in Hamburg topic add Tea"),
            ("in Berlin they dance", None, "in Berlin they dance"),
            ("in", None, "in"),
            ("invite Berlin", None, "invite Berlin"),
            ("!hearth topic add Tea", None, "topic add Tea"),
            ("topic add in Berlin", None, "topic add in Berlin"),
        ] {
            assert_eq!(read(written, &all), (number.into_iter().collect(), rest.to_owned()), "{written}");
        }
    }

    #[test]
    fn a_prefix_of_its_own_names_a_community() {
        let all = [("!guild", "Guild"), ("!guild-two", "Two"), ("!sing", "Choir")];
        assert_eq!(read("!guild topic list", &all), (vec![1], "topic list".to_owned()));
        assert_eq!(read("!guild-two topic list", &all), (vec![2], "topic list".to_owned()));
        assert_eq!(read("!sing help", &all), (vec![3], "help".to_owned()));
        assert_eq!(read("hearth: help", &all), (vec![], "help".to_owned()));
        assert_eq!(read("topic list", &all), (vec![], "topic list".to_owned()));
    }

    #[test]
    fn a_name_that_two_communities_have_names_neither() {
        let all = [("!hearth", "Choir"), ("!hearth", "choir"), ("!hearth", "Guild")];
        assert_eq!(read("in Choir topic list", &all), (vec![], "in Choir topic list".to_owned()));
    }
}

//! What a message of Zulip's says: in its own words, whom it mentions, what it quotes, and the topic that it is in.

use std::collections::HashSet;

use crate::text;

/// A topic's thread: of one channel, whatever the case, and whether or not it is resolved.
pub fn topic(channel: &str, name: &str) -> String {
    let name = name.trim().trim_start_matches("✔ ").to_lowercase();
    format!("topic:{channel}/{name}")
}

/// What a message is made of.
#[derive(Debug, PartialEq, Eq)]
pub struct Words<'a> {
    /// The length of its own text, characters.
    pub characters: i64,
    /// How many people it mentions.
    pub mentions: i64,
    /// The message that it quotes.
    pub answers: Option<&'a str>,
}

impl<'a> Words<'a> {
    /// Of Zulip's Markdown: what was quoted and the names of files are left out.
    pub fn of(content: &'a str) -> Self {
        let (mut characters, mut answers, mut lines, mut blanks) = (0, None, 0, 0);
        let mut named = HashSet::new();
        // The fence that ends what is quoted.
        let mut quoted: Option<&str> = None;
        for line in content.lines() {
            let ticks = &line[..line.len() - line.trim_start_matches('`').len()];
            if let Some(fence) = quoted {
                if line.trim_end() == fence {
                    quoted = None;
                }
                continue;
            }
            if ticks.len() >= 3 && line[ticks.len()..].trim() == "quote" {
                quoted = Some(ticks);
                continue;
            }
            if let Some(message) = whom_it_quotes(line) {
                answers = answers.or(Some(message));
                continue;
            }
            let own = without_uploads(line);
            let long = text::characters(own.trim().as_bytes());
            if long == 0 {
                blanks += i64::from(lines > 0);
                continue;
            }
            characters += long + blanks + i64::from(lines > 0);
            (lines, blanks) = (lines + 1, 0);
            mentions(&own, &mut named);
        }
        Self { characters, mentions: i64::try_from(named.len()).unwrap_or(i64::MAX), answers }
    }
}

/// The message that a line like `@_**Ana|8** [said](https://…/near/123):` is about, in whatever language.
fn whom_it_quotes(line: &str) -> Option<&str> {
    let line = line.trim_end();
    if !line.starts_with("@_**") || !line.ends_with("):") {
        return None;
    }
    near(line.rsplit_once("](")?.1)
}

/// The message that a link leads to.
pub fn near(link: &str) -> Option<&str> {
    let id = link.rsplit_once("/near/")?.1;
    let id = &id[..id.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(id.len())];
    (!id.is_empty()).then_some(id)
}

/// A line without the links to files that were uploaded.
fn without_uploads(line: &str) -> String {
    let (mut own, mut rest) = (String::new(), line);
    while let Some(at) = rest.find("](/user_uploads/") {
        let before = &rest[..at];
        let Some(open) = before.rfind('[') else { break };
        own.push_str(before[..open].trim_end_matches('!'));
        let after = &rest[at + 2..];
        rest = &after[after.find(')').map_or(after.len(), |end| end + 1)..];
    }
    own.push_str(rest);
    own
}

/// Who is mentioned: `@**Ana**`, `@**Ana|8**`, and neither everybody nor, silently, `@_**Ana**`.
fn mentions(line: &str, named: &mut HashSet<String>) {
    let mut rest = line;
    while let Some((_, after)) = rest.split_once("@**") {
        let Some((name, further)) = after.split_once("**") else { return };
        let name = name.split('|').next().unwrap_or(name);
        if !name.is_empty() && !["all", "everyone", "channel", "stream", "topic"].contains(&name) {
            named.insert(name.to_owned());
        }
        rest = further;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(content: &str) -> (i64, i64, Option<&str>) {
        let words = Words::of(content);
        (words.characters, words.mentions, words.answers)
    }

    #[test]
    fn a_message_is_its_own_words() {
        assert_eq!(words("Hello @**Ana** and @**Ben|8**, @**Ana**: @_**Cai** @**all**"), (59, 2, None));
        assert_eq!(words("two\n\nlines"), (10, 0, None));
        assert_eq!(words("[plan.png](/user_uploads/2/ab/plan.png)"), (0, 0, None));
        assert_eq!(words("![a](/user_uploads/a) see\n\n"), (3, 0, None));
        assert_eq!(words("[x](/user_uploads/"), (0, 0, None));
        assert_eq!(words("```\ncode\n```"), (12, 0, None));
    }

    #[test]
    fn what_is_quoted_is_answered_and_not_counted() {
        let quoting = "@_**Ana|8** [said](https://t/#narrow/channel/9-x/topic/y/near/123):\n```quote\nlong ago @**Ben**\n```\nyes";
        assert_eq!(words(quoting), (3, 0, Some("123")));
        assert_eq!(words("````quote\n```quote\na\n```\n````\nb"), (1, 0, None));
        assert_eq!(words("[said](https://t/near/5):"), (25, 0, None), "only where somebody is quoted");
        assert_eq!(words("```quote\nnever ends"), (0, 0, None));
    }

    #[test]
    fn a_resolved_topic_is_the_same_one() {
        assert_eq!(topic("9", "✔ Tides"), topic("9", "tides"));
        assert_ne!(topic("9", "tides"), topic("8", "tides"));
        assert_eq!(topic("9", ""), "topic:9/");
    }
}

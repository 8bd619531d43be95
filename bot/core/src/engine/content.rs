//! The JSON of what the bot sends. Pure: markdown and relations in, event content out.

use mime::Mime;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use serde_json::{Value, json};

use crate::{Attention, EventId, UserId};

/// The key, in the content of what the bot sends, that names the outbox row it came from.
pub const MARKER: &str = "org.hearth.txn";
/// The key that says of a message of the bot's own that it asks a room to talk.
pub const PROMPT: &str = "org.hearth.prompt";

/// How a message relates to others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Not at all.
    None,
    /// It answers a message on the main timeline.
    Reply(EventId),
    /// It answers a message in a thread.
    ReplyInThread {
        /// The thread's root.
        root: EventId,
        /// The message.
        to: EventId,
    },
    /// It stands in a thread, answering nothing in particular.
    Thread(EventId),
}

impl Relation {
    fn json(&self) -> Option<Value> {
        Some(match self {
            Self::None => return None,
            Self::Reply(to) => json!({"m.in_reply_to": {"event_id": to}}),
            Self::ReplyInThread { root, to } => json!({"rel_type": "m.thread", "event_id": root,
                "is_falling_back": false, "m.in_reply_to": {"event_id": to}}),
            Self::Thread(root) => json!({"rel_type": "m.thread", "event_id": root,
                "is_falling_back": true, "m.in_reply_to": {"event_id": root}}),
        })
    }
}

/// The type of a poll's start, which clients send and show (MSC3381).
pub const POLL_START: &str = "org.matrix.msc3381.poll.start";
/// The type of a poll's end.
pub const POLL_END: &str = "org.matrix.msc3381.poll.end";

/// A message.
pub fn message(body: &str, attention: Attention, mentions: &[UserId], relation: &Relation, txn: &str) -> Value {
    let mut content = text(body, !attention.notifies(), mentions);
    if let Some(relation) = relation.json() {
        content["m.relates_to"] = relation;
    }
    content[MARKER] = json!(txn);
    content
}

/// A replacement of a message, of the same kind: a card that people are meant to see does not turn into a notice. `quiet`
/// says whether the message is one.
pub fn edit(body: &str, quiet: bool, of: &EventId, txn: &str) -> Value {
    let new = text(body, quiet, &[]);
    let mut content = json!({
        "msgtype": new["msgtype"],
        "body": format!("* {}", new["body"].as_str().unwrap_or_default()),
        "m.mentions": {},
        "m.relates_to": {"rel_type": "m.replace", "event_id": of},
    });
    content["m.new_content"] = new;
    content[MARKER] = json!(txn);
    content
}

/// A file that has been uploaded; where it lies, and with which key, is still to be added.
pub fn file(name: &str, kind: &Mime, data: &[u8], caption: Option<&str>, relation: &Relation, txn: &str) -> Value {
    let mut info = json!({"mimetype": kind.as_ref(), "size": data.len()});
    if let Some((width, height)) = png_size(data) {
        info["w"] = json!(width);
        info["h"] = json!(height);
    }
    let msgtype = if kind.type_() == mime::IMAGE { "m.image" } else { "m.file" };
    let mut content = json!({
        "msgtype": msgtype,
        "body": caption.unwrap_or(name),
        "filename": name,
        "info": info,
        "m.mentions": {},
        MARKER: txn,
    });
    if let Some(relation) = relation.json() {
        content["m.relates_to"] = relation;
    }
    content
}

/// The same with words, markdown, that are one message with it.
pub fn with_words(mut file: Value, words: &str) -> Value {
    let (plain, html) = render(words);
    file["body"] = json!(plain);
    file["format"] = json!("org.matrix.custom.html");
    file["formatted_body"] = json!(html);
    file
}

/// Width and height of a PNG, which stand at a fixed place (PNG specification, 11.2.1): clients keep room for a picture
/// that has not loaded yet.
fn png_size(data: &[u8]) -> Option<(u32, u32)> {
    let header = data.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..16)?;
    let number = |at: usize| Some(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?));
    Some((number(0)?, number(4)?))
}

/// A reaction.
pub fn reaction(to: &EventId, with: &str, txn: &str) -> Value {
    json!({"m.relates_to": {"rel_type": "m.annotation", "event_id": to, "key": with}, MARKER: txn})
}

/// A single-choice poll, with a numbered list for clients that know no polls.
pub fn poll_start(question: &str, answers: &[(String, String)], hidden: bool, relation: &Relation, txn: &str) -> Value {
    let fallback = answers
        .iter()
        .enumerate()
        .fold(question.to_owned(), |text, (index, (_, answer))| format!("{text}\n{}. {answer}", index + 1));
    let answers: Vec<_> = answers.iter().map(|(id, text)| json!({"id": id, "org.matrix.msc1767.text": text})).collect();
    let kind = if hidden { "undisclosed" } else { "disclosed" };
    let mut content = json!({
        POLL_START: {
            "kind": format!("org.matrix.msc3381.poll.{kind}"),
            "max_selections": 1,
            "question": {"org.matrix.msc1767.text": question},
            "answers": answers,
        },
        "org.matrix.msc1767.text": fallback,
        MARKER: txn,
    });
    if let Some(relation) = relation.json() {
        content["m.relates_to"] = relation;
    }
    content
}

/// The end of a poll.
pub fn poll_end(poll: &EventId, body: &str, txn: &str) -> Value {
    json!({
        "m.relates_to": {"rel_type": "m.reference", "event_id": poll},
        POLL_END: {},
        "org.matrix.msc1767.text": body,
        MARKER: txn,
    })
}

fn text(markdown: &str, quiet: bool, mentions: &[UserId]) -> Value {
    let (plain, html) = render(markdown);
    let msgtype = if quiet { "m.notice" } else { "m.text" };
    let mut content = json!({"msgtype": msgtype, "body": plain, "m.mentions": {}});
    if !mentions.is_empty() {
        content["m.mentions"] = json!({"user_ids": mentions});
    }
    if html != plain {
        content["format"] = json!("org.matrix.custom.html");
        content["formatted_body"] = json!(html);
    }
    content
}

/// Markdown as readable plain text, and as HTML (Matrix spec, client-server API §11.2.1.7).
pub fn render(markdown: &str) -> (String, String) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    // Raw HTML has no business in what the bot says: it is shown as the text it is.
    let events: Vec<Event> = Parser::new_ext(markdown, options)
        .map(|event| match event {
            Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
            Event::SoftBreak => Event::HardBreak,
            event => event,
        })
        .collect();
    let mut formatted = String::new();
    html::push_html(&mut formatted, events.iter().cloned());
    let formatted = formatted.trim().replace("<br />\n", "<br>");
    let one_paragraph =
        formatted.matches("<p>").count() == 1 && formatted.starts_with("<p>") && formatted.ends_with("</p>");
    let formatted = match one_paragraph {
        true => formatted.trim_start_matches("<p>").trim_end_matches("</p>").to_owned(),
        false => formatted,
    };
    (plain(&events), formatted)
}

fn plain(events: &[Event]) -> String {
    let mut text = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let line = |text: &mut String| {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    };
    for event in events {
        match event {
            Event::Text(part) => text.push_str(part),
            // Without its marks a command would drown in its sentence.
            Event::Code(code) => text.push_str(&format!("`{code}`")),
            Event::HardBreak | Event::SoftBreak => text.push('\n'),
            Event::Start(Tag::List(first)) => {
                line(&mut text);
                lists.push(*first);
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                if lists.is_empty() {
                    text.push('\n');
                }
            }
            Event::Start(Tag::Item) => {
                line(&mut text);
                text.push_str(&"  ".repeat(lists.len().saturating_sub(1)));
                match lists.last_mut() {
                    Some(Some(number)) => {
                        text.push_str(&format!("{number}. "));
                        *number += 1;
                    }
                    _ => text.push_str("- "),
                }
            }
            Event::End(TagEnd::Item) => line(&mut text),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock) if lists.is_empty() => {
                line(&mut text);
                text.push('\n');
            }
            Event::End(TagEnd::TableCell) => text.push_str("  "),
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => {
                text.truncate(text.trim_end_matches(' ').len());
                text.push('\n');
            }
            Event::Rule => {
                line(&mut text);
                text.push_str("———\n");
            }
            _ => {}
        }
    }
    text.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_becomes_html_and_readable_text() {
        let (plain, html) = render("**Hello** `!hearth help`\n\n- one\n- two\n");
        assert_eq!(plain, "Hello `!hearth help`\n\n- one\n- two");
        assert!(html.contains("<strong>Hello</strong>") && html.contains("<li>one</li>"), "{html}");
        assert_eq!(render("just words"), ("just words".to_owned(), "just words".to_owned()));
        assert_eq!(render("1. a\n2. b").0, "1. a\n2. b");
    }

    #[test]
    fn html_from_people_is_shown_not_obeyed() {
        let (_, html) = render("<img src=x> **a**");
        assert!(html.contains("&lt;img"), "{html}");
    }

    #[test]
    fn nobody_is_mentioned_unless_said_so() {
        let content = message("hi", Attention::Answer, &[], &Relation::None, "t");
        assert_eq!(content["m.mentions"], json!({}));
        assert_eq!(content["msgtype"], "m.notice");
        assert_eq!(content.get("formatted_body"), None);
        let content =
            message("hi", Attention::Prompt, &[UserId::from("@a:t")], &Relation::Reply(EventId::from("$m")), "t");
        assert_eq!(content["m.mentions"]["user_ids"], json!(["@a:t"]));
        assert_eq!(content["m.relates_to"]["m.in_reply_to"]["event_id"], "$m");
        assert_eq!(content[MARKER], "t");
    }

    #[test]
    fn a_poll_can_be_read_without_polls() {
        let answers = [("1".to_owned(), "Soup".to_owned()), ("2".to_owned(), "Rice".to_owned())];
        let content = poll_start("Lunch?", &answers, true, &Relation::None, "t");
        assert_eq!(content["org.matrix.msc1767.text"], "Lunch?\n1. Soup\n2. Rice");
        assert_eq!(content[POLL_START]["kind"], "org.matrix.msc3381.poll.undisclosed");
    }

    #[test]
    fn a_picture_says_how_large_it_is_before_it_has_loaded() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x04\0\0\0\x02\x40".to_vec();
        let content = file("lorenz.png", &mime::IMAGE_PNG, &png, Some("A curve"), &Relation::None, "t");
        assert_eq!((&content["info"]["w"], &content["info"]["h"]), (&json!(1024), &json!(576)));
        assert_eq!((&content["msgtype"], &content["body"]), (&json!("m.image"), &json!("A curve")));
        assert_eq!(content[MARKER], "t");
        png.truncate(12);
        assert_eq!(file("a", &mime::IMAGE_PNG, &png, None, &Relation::None, "t")["info"].get("w"), None);
        assert_eq!(
            file("my-data.json", &mime::APPLICATION_JSON, b"{}", None, &Relation::None, "t")["msgtype"],
            "m.file"
        );
    }

    #[test]
    fn an_edit_replaces_the_words_and_keeps_the_place() {
        let content = edit("**new**", true, &EventId::from("$m"), "t");
        assert_eq!(content["m.new_content"]["body"], "new");
        assert_eq!(content["body"], "* new");
        assert_eq!(content["m.relates_to"]["rel_type"], "m.replace");
    }
}

//! What one event may hold, before anything is queued: long answers go in pages, cards and their edits are cut at a
//! line, with a sentence that says so. A homeserver counts the whole event, encrypted, in bytes.

use serde_json::Value;

use super::content::{self, Relation};
use crate::{Message, Outgoing, Words, links};

/// The content of an event, as JSON, in bytes. A homeserver takes 65,536 for the event (Matrix specification, client
/// and server API, "Size limits"). Up to 4,000 go to what it writes around the content. Of the rest, encryption leaves
/// three quarters, because ciphertext is base64, and some hundred bytes less for what stands beside it. A relation and
/// a transaction id take up to 1,000.
const MOST: usize = 44_000;

/// No markdown of so few bytes becomes too much, whatever is in it.
const SURELY: usize = 3_000;

/// More pages nobody reads.
const PAGES: usize = 20;

/// More people are not mentioned in one message.
const MENTIONS: usize = 50;

/// The longest name of a file, in characters.
const NAME: usize = 100;

fn surely(body: &str) -> bool {
    body.len() <= SURELY && !links::leads_somewhere(body)
}

fn fits(content: &Value) -> bool {
    content.to_string().len() <= MOST
}

/// So much of a new text as an edit may hold.
fn edited(body: String, words: &Words) -> String {
    let of = crate::EventId::from("");
    shorten(body, words, |body| fits(&content::edit(&links::at_most(body), true, &of, "")))
}

/// The same in as many messages as it takes; the first keeps its name.
pub fn bound(outgoing: Outgoing, words: &Words) -> Vec<Outgoing> {
    let one = match outgoing {
        Outgoing::Message(message) => return pages(message, words).into_iter().map(Outgoing::Message).collect(),
        Outgoing::Edit { key, body } => Outgoing::Edit { key, body: edited(body, words) },
        Outgoing::Reword { key, body, name } => Outgoing::Reword { key, body: edited(body, words), name },
        Outgoing::Conclude { key, body } => Outgoing::Conclude { key, body: edited(body, words) },
        Outgoing::EndPoll { key, body } => {
            let of = crate::EventId::from("");
            let body = shorten(body, words, |body| fits(&content::poll_end(&of, body, "")));
            Outgoing::EndPoll { key, body }
        }
        Outgoing::OpenPoll { key, room, thread, question, answers, hidden } => {
            let (question, answers) = poll(question, answers);
            Outgoing::OpenPoll { key, room, thread, question, answers, hidden }
        }
        Outgoing::AskPerson { key, person, question, answers } => {
            let (question, answers) = poll(question, answers);
            Outgoing::AskPerson { key, person, question, answers }
        }
        Outgoing::File { to, name, mime, text } => {
            Outgoing::File { to, name: name.chars().take(NAME).collect(), mime, text }
        }
        // These hold nothing that anybody wrote at length.
        Outgoing::React { .. }
        | Outgoing::Button { .. }
        | Outgoing::Sign { .. }
        | Outgoing::Unsign { .. }
        | Outgoing::Redact { .. }
        | Outgoing::RedactEvent { .. }
        | Outgoing::MyData { .. } => outgoing,
    };
    vec![one]
}

fn pages(mut message: Message, words: &Words) -> Vec<Message> {
    message.mentions.truncate(MENTIONS);
    let size = |body: &str, message: &Message| {
        fits(&content::message(&links::at_most(body), message.attention, &message.mentions, &Relation::None, ""))
    };
    // What has a name is one message, to be edited and pointed at; a nudge is one by its budget.
    if message.key.is_some() || message.attention.is_nudge() {
        message.body = shorten(message.body.clone(), words, |body| size(body, &message));
        return vec![message];
    }
    let mut pages = Vec::new();
    let mut rest = std::mem::take(&mut message.body);
    while pages.len() + 1 < PAGES && !(surely(&rest) || size(&rest, &message)) {
        let end = longest(&rest, |part| size(part, &message));
        let next = rest.split_off(end);
        pages.push(std::mem::replace(&mut rest, next.trim_start_matches('\n').to_owned()));
    }
    pages.push(shorten(rest, words, |body| size(body, &message)));
    let first = pages.remove(0);
    let more = Message { key: None, mentions: Vec::new(), to_talk_about: false, ..message.clone() };
    let more = pages.into_iter().map(|body| Message { body, ..more.clone() });
    std::iter::once(Message { body: first, ..message.clone() }).chain(more).collect()
}

/// The text, or as many of its lines as fit with a sentence that says that there is more.
fn shorten(body: String, words: &Words, fits: impl Fn(&str) -> bool) -> String {
    if surely(&body) || fits(&body) {
        return body;
    }
    let cut = |part: &str| format!("{}\n\n{}", part.trim_end(), words.sending_cut());
    cut(&body[..longest(&body, |part| fits(&cut(part)))])
}

/// Where the longest beginning ends that fits: after a line, or inside the first one, where that is too long by itself.
/// It is never empty.
fn longest(text: &str, fits: impl Fn(&str) -> bool) -> usize {
    let lines: Vec<usize> = text.match_indices('\n').map(|(at, _)| at + 1).chain([text.len()]).collect();
    let fitting = lines.partition_point(|end| fits(&text[..*end]));
    if let Some(last) = fitting.checked_sub(1) {
        return lines[last];
    }
    let chars: Vec<usize> = text.char_indices().map(|(at, char)| at + char.len_utf8()).collect();
    let fitting = chars.partition_point(|end| fits(&text[..*end]));
    chars.get(fitting.saturating_sub(1)).copied().unwrap_or(text.len())
}

/// A poll's texts: each cut to the same length, which is as long as it can be.
fn poll(question: String, answers: Vec<(String, String)>) -> (String, Vec<(String, String)>) {
    let mut most = 2_000;
    loop {
        let cut: Vec<_> = answers.iter().map(|(id, text)| (id.clone(), cut(text, most / 2))).collect();
        let asked = self::cut(&question, most);
        if most < 8 || fits(&content::poll_start(&asked, &cut, true, &Relation::None, "")) {
            return (asked, cut);
        }
        most /= 2;
    }
}

/// The text, or its first characters up to so many bytes.
fn cut(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let end = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= most.saturating_sub(3)).last().unwrap_or(0);
    format!("{}…", &text[..end])
}

#[cfg(test)]
mod tests {
    use crate::{Attention, RoomId, To};

    use super::*;

    fn room() -> To {
        To::Room(RoomId::from("!a:t"))
    }

    fn bodies(effects: &[Outgoing]) -> Vec<&str> {
        fn body(effect: &Outgoing) -> &str {
            match effect {
                Outgoing::Message(message) => &message.body,
                effect => panic!("{effect:?}"),
            }
        }
        effects.iter().map(body).collect()
    }

    /// What an encrypted event with this content takes, as a homeserver counts it.
    fn encrypted(content: &Value) -> usize {
        let payload = content.to_string().len() + r#"{"type":"m.room.message","content":,"room_id":"!"}"#.len() + 255;
        let ciphertext = (payload + 16 + 100).div_ceil(3) * 4;
        let beside = 500 + 1_000;
        ciphertext + beside + 2_500
    }

    #[test]
    fn what_fits_goes_as_it_is_and_what_is_the_largest_fits_encrypted() {
        let short = Message::new(room(), Attention::Answer, "hi").mentioning(&"@a:t".into());
        let short = Outgoing::Message(short);
        assert_eq!(bound(short.clone(), Words::english()), [short]);
        assert!(encrypted(&Value::String("x".repeat(MOST - 2))) < 65_536);
    }

    #[test]
    fn a_long_answer_is_paged_at_lines_and_nothing_of_it_is_lost() {
        let lines: Vec<String> = (0..4000).map(|number| format!("- line {number} 🦔 <b> & [x](https://t/)")).collect();
        let answer = Message::new(room(), Attention::Answer, lines.join("\n")).mentioning(&"@a:t".into());
        let pages = bound(Outgoing::Message(answer), Words::english());
        assert!(pages.len() > 3, "{}", pages.len());
        let joined: Vec<&str> = bodies(&pages).iter().flat_map(|body| body.lines()).collect();
        assert_eq!(joined, lines.iter().map(String::as_str).collect::<Vec<_>>());
        for (number, page) in pages.iter().enumerate() {
            let Outgoing::Message(page) = page else { panic!("{page:?}") };
            assert!(fits(&content::message(&page.body, page.attention, &page.mentions, &Relation::None, "t")));
            assert_eq!(page.mentions.len(), usize::from(number == 0), "nobody is notified of every page");
        }
    }

    #[test]
    fn a_card_of_27_topics_of_emoji_is_cut_at_a_line_and_says_so() {
        let topics: Vec<String> = (1..=27).map(|number| format!("{number}. {}", "🧑‍🚀".repeat(250))).collect();
        let card = Message::new(room(), Attention::Prompt, topics.join("\n")).keyed("card");
        let cut = bound(Outgoing::Message(card), Words::english());
        let body = bodies(&cut)[0];
        assert!(body.contains("\n2. ") && body.ends_with(&Words::english().sending_cut()), "{}", body.len());
        assert!(body.lines().filter(|line| line.contains('🧑')).all(|line| line.ends_with("🧑‍🚀")));
        let edit = Outgoing::Edit { key: "card".into(), body: topics.join("\n") };
        let [Outgoing::Edit { body, .. }] = &bound(edit, Words::of("de").unwrap())[..] else { panic!() };
        assert!(encrypted(&content::edit(body, true, &"$e".into(), "t")) < 65_536);
        assert!(body.ends_with(&Words::of("de").unwrap().sending_cut()));
    }

    #[test]
    fn one_line_that_is_too_long_is_cut_between_characters() {
        let pages =
            bound(Outgoing::Message(Message::new(room(), Attention::Answer, "ä\"".repeat(60_000))), Words::english());
        assert_eq!(bodies(&pages).concat(), "ä\"".repeat(60_000));
        let endless =
            bound(Outgoing::Message(Message::new(room(), Attention::Answer, "x".repeat(1_000_000))), Words::english());
        assert_eq!(endless.len(), PAGES);
    }

    #[test]
    fn a_poll_keeps_its_answers_and_their_ids_and_fits() {
        let answers: Vec<_> = (0..20).map(|id| (id.to_string(), "\"🦔".repeat(5_000))).collect();
        let (question, cut) = poll("?".repeat(100_000), answers);
        assert_eq!(cut.len(), 20);
        assert!(question.ends_with('…') && cut[19].0 == "19" && cut[19].1.len() > 100);
        assert!(fits(&content::poll_start(&question, &cut, true, &Relation::None, "t")));
    }
}

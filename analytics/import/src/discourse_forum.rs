//! A Discourse forum, wherever its posts come from: who may read what, and what a post is to the log.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use crate::{
    error::ImportError,
    html,
    intake::{Intake, Place, Room, Told},
    options::Import,
    reach::{Gate, Reach},
};

/// A category: where topics are.
pub struct Section {
    pub name: String,
    pub restricted: Option<bool>,
}

/// A topic, as far as it is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct About {
    pub category: Option<i64>,
    /// Whether it is a personal message, if that is said.
    pub personal: Option<bool>,
    pub deleted: bool,
}

/// A post, wherever it comes from.
pub struct Post<'a> {
    pub topic: i64,
    pub number: i64,
    pub by: &'a str,
    pub bot: bool,
    pub ts: i64,
    pub kind: i64,
    pub cooked: &'a str,
    pub reply_to: Option<i64>,
    pub deleted: bool,
}

/// What is known of a forum before its posts are read.
#[derive(Default)]
pub struct Forum {
    pub categories: HashMap<i64, Section>,
    pub topics: HashMap<i64, About>,
    pub gate: Gate,
}

/// A time as the API and PostgreSQL write it, milliseconds since 1970; without a zone it is of UTC.
pub fn time(text: &str) -> Option<i64> {
    let stamp = text.parse::<Timestamp>().ok();
    let plain = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|time| time.timestamp());
    Some(stamp.or_else(plain)?.as_millisecond())
}

impl Forum {
    /// Takes note of a topic; what one file does not say, another may.
    pub fn topic(&mut self, id: i64, about: About) {
        let known = self.topics.entry(id).or_default();
        known.category = known.category.or(about.category);
        known.personal = if about.personal == Some(true) { about.personal } else { known.personal.or(about.personal) };
        known.deleted |= about.deleted;
    }

    /// Tells a post. Whether it is in the log.
    pub fn take(
        &mut self,
        post: &Post<'_>,
        about: About,
        place: Place<'_>,
        import: &Import,
        intake: &mut Intake<'_, '_>,
    ) -> Result<bool, ImportError> {
        let category = about.category.and_then(|id| self.categories.get(&id));
        let id = about.category.map_or_else(|| "no category".to_owned(), |id| id.to_string());
        let name = category.map_or(id.as_str(), |category| category.name.as_str());
        let (reach, key) = match (about.personal, post.kind, category.and_then(|category| category.restricted)) {
            (Some(true), ..) => (Reach::Direct, format!("topic {}", post.topic)),
            (_, WHISPER, _) => (Reach::Private, "whispers".to_owned()),
            (.., Some(true)) => (Reach::Private, id.clone()),
            (Some(false), _, Some(false)) => (Reach::Public, String::new()),
            _ => (Reach::Untold, id.clone()),
        };
        if !self.gate.takes(reach, &key, name, import) {
            return Ok(false);
        }
        let event = |number: i64| format!("{}/{number}", post.topic);
        let own = event(post.number);
        if post.deleted || about.deleted || post.kind == SMALL_ACTION {
            intake.account.no_act += 1;
            if post.kind != SMALL_ACTION {
                intake.erase(&own)?;
            }
            return Ok(false);
        }
        let words = Words::of(post);
        let (answers, thread) = (post.reply_to.or(words.quotes).map(event), format!("topic:{}", post.topic));
        let act = Told {
            bot: post.bot,
            reply_to: answers.as_deref(),
            thread: Some(&thread),
            is_topic: true,
            n_chars: words.characters,
            mentions: words.mentions,
            ..Told::new(Room { id: &id, name }, &own, post.by, Kind::Message, post.ts)
        };
        intake.tell(place, &act)?;
        Ok(true)
    }
}

/// What the forum notes of itself: closed, pinned, moved.
const SMALL_ACTION: i64 = 3;
/// What only the staff sees.
const WHISPER: i64 = 4;

struct Words {
    characters: i64,
    mentions: i64,
    /// The post of the same topic that it quotes.
    quotes: Option<i64>,
}

impl Words {
    fn of(post: &Post<'_>) -> Self {
        let (mut named, mut quotes) = (HashSet::new(), None);
        let topic = post.topic.to_string();
        let characters = html::characters(post.cooked, |tag| {
            if tag.name == "aside" {
                if tag.attribute("data-topic") == Some(&topic) {
                    quotes = quotes.or_else(|| tag.attribute("data-post")?.parse().ok());
                }
                // Quotations, and previews of pages.
                return true;
            }
            if tag.has_class("mention") {
                named.extend(tag.attribute("href").map(str::to_lowercase));
            }
            tag.has_class("lightbox-wrapper") || tag.has_class("attachment")
        });
        Self { characters, mentions: i64::try_from(named.len()).unwrap_or(i64::MAX), quotes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_come_with_a_zone_or_are_of_utc() {
        for text in ["2024-01-02T08:00:00.000Z", "2024-01-02 08:00:00", "2024-01-02 08:00:00.0001"] {
            assert_eq!(time(text), Some(1_704_182_400_000), "{text}");
        }
        assert_eq!(time("soon"), None);
    }

    #[test]
    fn a_post_is_its_own_words() {
        let cooked = r#"<aside class="quote" data-post="2" data-topic="7"><blockquote><p>said</p></blockquote></aside>
            <p>Yes <a class="mention" href="/u/ana">@ana</a>, <a class="mention" href="/u/Ana">@Ana</a>
            <div class="lightbox-wrapper"><a class="lightbox" href="x.png"><img src="x.png"><div class="meta">plan.png</div></a></div>
            <img class="emoji" alt=":wave:"></p>"#;
        let post = |topic| Post {
            topic,
            number: 3,
            by: "ben",
            bot: false,
            ts: 0,
            kind: 1,
            cooked,
            reply_to: None,
            deleted: false,
        };
        let words = Words::of(&post(7));
        assert_eq!((words.characters, words.mentions, words.quotes), (14, 1, Some(2)));
        assert_eq!(Words::of(&post(8)).quotes, None, "a quotation of another topic answers nothing here");
    }
}

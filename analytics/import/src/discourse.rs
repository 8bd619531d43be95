//! Discourse: what its public API answers, kept in files (topics as `/t/7.json` gives them, `/posts.json`, and
//! `/site.json` or `/categories.json`), or tables of a backup (`discourse_tables.rs`).
//!
//! A category is a room, a topic a thread that has a name. A post answers the one that it replies to or quotes; what
//! answers the topic as a whole is only in it. Categories that are `read_restricted` are private, and so are whispers;
//! personal messages are never taken. The API tells how many liked a post, and not who.

use std::collections::HashMap;

use serde::Deserialize;

use crate::{
    archive::Archive,
    discourse_forum::{About, Forum, Post, Section, time},
    discourse_tables,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place},
    options::Import,
    paths::{or_default, pieces},
    records::At,
};

/// Discourse answers posts, too.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

/// Where categories, topics and posts are.
const LISTS: [&str; 5] = ["categories/*", "category_list/categories/*", "topic_list/topics/*", "id", "category_id"];
const ARCHETYPE: &str = "archetype";
const POSTS: [&str; 2] = ["post_stream/posts/*", "latest_posts/*"];
/// The ids of all of a topic's posts, whether or not they are there.
const STREAM: &str = "post_stream/stream/*";

/// A like.
const LIKE: i64 = 2;

#[derive(Deserialize)]
struct Category {
    id: i64,
    name: String,
    #[serde(default)]
    read_restricted: Option<bool>,
    #[serde(default, deserialize_with = "or_default")]
    subcategory_list: Vec<Category>,
}

#[derive(Deserialize)]
struct Topic {
    id: i64,
    #[serde(default)]
    category_id: Option<i64>,
    #[serde(default)]
    archetype: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    topic_id: i64,
    post_number: i64,
    username: String,
    created_at: String,
    #[serde(default)]
    user_id: Option<i64>,
    #[serde(default)]
    post_type: Option<i64>,
    #[serde(default)]
    category_id: Option<i64>,
    #[serde(default, deserialize_with = "or_default")]
    cooked: String,
    #[serde(default)]
    reply_to_post_number: Option<i64>,
    #[serde(default)]
    deleted_at: Option<String>,
    #[serde(default, deserialize_with = "or_default")]
    user_deleted: bool,
    #[serde(default, deserialize_with = "or_default")]
    actions_summary: Vec<Action>,
}

#[derive(Deserialize)]
struct Action {
    id: i64,
    #[serde(default, deserialize_with = "or_default")]
    count: u64,
}

/// Reads an export.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let mut has_tables = false;
    archive.each(
        |name| {
            has_tables |= discourse_tables::is_posts(name);
            false
        },
        |_, _| Ok::<(), ImportError>(()),
    )?;
    if has_tables { discourse_tables::read(archive, import, intake) } else { answers(archive, import, intake) }
}

/// What the API answered.
fn answers(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let is_answer = |name: &str| archive.is_one_file() || name.ends_with(".json");
    let mut forum = Forum::default();
    // How many posts a topic has, by what the API says, and how many are there.
    let (mut promised, mut posts) = (HashMap::<i64, u64>::new(), HashMap::<i64, u64>::new());
    archive.each(is_answer, |_, content| {
        let places = [&LISTS[..], &[ARCHETYPE, STREAM]].concat();
        let (mut id, mut topic, mut stream) = (None, About::default(), 0);
        // What is wrong with a file is said when its posts are read.
        let _ = pieces(content, import.max_record, &places, |found| {
            match found.place {
                0 | 1 => {
                    if let Ok(category) = serde_json::from_str::<Category>(found.json) {
                        list(&mut forum, category);
                    }
                }
                2 => {
                    if let Ok(one) = serde_json::from_str::<Topic>(found.json) {
                        let personal = one.archetype.map(|archetype| archetype == "private_message");
                        forum.topic(one.id, About { category: one.category_id, personal, deleted: false });
                    }
                }
                3 => id = found.json.parse().ok(),
                4 => topic.category = found.json.parse().ok(),
                5 => topic.personal = Some(found.json == "\"private_message\"").filter(|_| found.json != "null"),
                _ => stream += 1,
            }
            Ok::<(), ImportError>(())
        })?;
        if let Some(id) = id {
            forum.topic(id, topic);
            promised.entry(id).and_modify(|most| *most = stream.max(*most)).or_insert(stream);
        }
        Ok::<(), ImportError>(())
    })?;
    let mut found = false;
    archive.each(is_answer, |file, content| {
        let outcome = pieces(content, import.max_record, &[&POSTS[..], &LISTS[..3]].concat(), |piece| {
            if piece.place >= POSTS.len() {
                return Ok(());
            }
            found = true;
            intake.account.records += 1;
            let place = Place { file, at: At::Record(piece.number) };
            let Ok(listed) = serde_json::from_str::<Listed>(piece.json) else {
                return intake.problem(
                    place,
                    "it is no post with `topic_id`, `post_number`, `username` and `created_at`; it was left out",
                );
            };
            *posts.entry(listed.topic_id).or_default() += 1;
            let Some(ts) = time(&listed.created_at) else {
                return intake.problem(place, "its `created_at` is no time; it was left out");
            };
            let mut about = forum.topics.get(&listed.topic_id).copied().unwrap_or_default();
            about.category = about.category.or(listed.category_id);
            // Where posts name their category, personal messages have none.
            about.personal = about.personal.or(listed.category_id.map(|_| false));
            let post = Post {
                topic: listed.topic_id,
                number: listed.post_number,
                by: &listed.username,
                bot: listed.user_id.is_some_and(|id| id < 0) || is_bot(&listed.username),
                ts,
                kind: listed.post_type.unwrap_or(1),
                cooked: &listed.cooked,
                reply_to: listed.reply_to_post_number,
                deleted: listed.user_deleted || listed.deleted_at.is_some(),
            };
            if forum.take(&post, about, place, import, intake)? {
                let likes = listed.actions_summary.iter().filter(|action| action.id == LIKE);
                intake.sources[0].evidence.lost_reactions += likes.map(|action| action.count).sum::<u64>();
            }
            Ok(())
        })?;
        match outcome {
            Ok(_) => Ok(()),
            Err(broken) if broken.after == 0 && broken.why.starts_with("it has no list") => Ok(()),
            Err(broken) => intake.broken(file, &broken, "post", "posts"),
        }
    })?;
    let shown = import.path.display().to_string();
    if !found {
        let what = "there are no posts of Discourse's in it, neither from its API nor a posts.csv of a backup";
        intake.file_problem(&shown, what)?;
    }
    let short = promised.iter().filter(|(id, most)| posts.get(*id).copied().unwrap_or(0) < **most);
    let (topics, lost) = short
        .fold((0, 0), |(topics, lost), (id, most)| (topics + 1, lost + most - posts.get(id).copied().unwrap_or(0)));
    if lost > 0 {
        let what = format!(
            "{lost} posts of {topics} topics are missing: the API gives the first twenty of a topic, and the rest by their ids"
        );
        intake.file_problem(&shown, what)?;
    }
    let gate = std::mem::take(&mut forum.gate);
    gate.settle(import, intake)
}

/// Who is the forum's own.
fn is_bot(username: &str) -> bool {
    matches!(username, "system" | "discobot")
}

/// Takes note of a category and of those in it.
fn list(forum: &mut Forum, category: Category) {
    for below in category.subcategory_list {
        list(forum, below);
    }
    forum.categories.insert(category.id, Section { name: category.name, restricted: category.read_restricted });
}

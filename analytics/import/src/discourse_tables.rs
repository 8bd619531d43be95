//! Tables of a Discourse backup as CSV: `posts.csv`, `topics.csv` and `categories.csv`, with `users.csv` and
//! `post_actions.csv` where they are there. A column is found by its name.

use std::{collections::HashMap, io::Read};

use csv::{ReaderBuilder, StringRecord};
use hearth_shared::activity::Kind;

use crate::{
    archive::Archive,
    csv::why,
    discourse_forum::{About, Forum, Post, Section, time},
    error::ImportError,
    intake::{Intake, Place, Room, Told},
    options::Import,
    reading::{At, Broken, Limited},
};

/// A like.
const LIKE: &str = "2";

/// Whether a file is the table of posts.
pub(super) fn is_posts(name: &str) -> bool {
    is_table(name, "posts")
}

fn is_table(name: &str, table: &str) -> bool {
    name.rsplit('/').next().and_then(|file| file.strip_suffix(".csv")) == Some(table)
}

/// A row, by the columns that were asked for; what is empty is not there.
struct Row<'a> {
    row: &'a StringRecord,
    columns: &'a [Option<usize>],
}

impl<'a> Row<'a> {
    fn text(&self, column: usize) -> Option<&'a str> {
        self.row.get(self.columns[column]?).map(str::trim).filter(|text| !text.is_empty())
    }

    fn number(&self, column: usize) -> Option<i64> {
        self.text(column)?.parse().ok()
    }

    fn says(&self, column: usize) -> Option<bool> {
        match self.text(column)? {
            "t" | "true" | "TRUE" | "True" | "1" => Some(true),
            "f" | "false" | "FALSE" | "False" | "0" => Some(false),
            _ => None,
        }
    }
}

/// Gives each row of a table. The first `needed` of the columns must be there.
fn each(
    file: &str,
    content: &mut dyn Read,
    columns: &[&str],
    needed: usize,
    import: &Import,
    intake: &mut Intake<'_, '_>,
    mut give: impl FnMut(Place<'_>, &Row<'_>, &mut Intake<'_, '_>) -> Result<(), ImportError>,
) -> Result<(), ImportError> {
    let (limited, read) = Limited::new(content, import.max_record);
    let mut rows = ReaderBuilder::new().from_reader(limited);
    let found: Vec<Option<usize>> = match rows.headers() {
        Ok(header) => columns.iter().map(|name| header.iter().position(|column| column.trim() == *name)).collect(),
        Err(error) => return intake.file_problem(file, format!("{}; it was left out", why(error, import.max_record))),
    };
    if let Some(missing) = found[..needed].iter().position(Option::is_none) {
        let what = format!("its first row names no column `{}`; it was left out", columns[missing]);
        return intake.file_problem(file, what);
    }
    let (mut row, mut good) = (StringRecord::new(), 0);
    loop {
        read.set(0);
        let place = Place { file, at: At::Line(rows.position().line()) };
        match rows.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                good += 1;
                give(place, &Row { row: &row, columns: &found }, intake)?;
            }
            Err(error) if matches!(error.kind(), csv::ErrorKind::Io(_)) => {
                let broken = Broken { after: good, why: why(error, import.max_record) };
                return intake.broken(file, &broken, "row", "rows");
            }
            Err(error) => intake.problem(place, format!("{}; it was left out", why(error, import.max_record)))?,
        }
    }
}

/// Where a post is, by its id.
struct Placed {
    id: i64,
    topic: i64,
    number: i64,
}

/// Reads a backup's tables.
pub(super) fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let mut forum = Forum::default();
    let mut users: HashMap<i64, String> = HashMap::new();
    let of = |table: &'static str| move |name: &str| is_table(name, table);
    archive.each(of("categories"), |file, content| {
        each(file, content, &["id", "name", "read_restricted"], 2, import, intake, |place, row, intake| {
            let (Some(id), Some(name)) = (row.number(0), row.text(1)) else {
                return intake.problem(place, "it is no category with an `id` and a `name`");
            };
            forum.categories.insert(id, Section { name: name.to_owned(), restricted: row.says(2) });
            Ok(())
        })
    })?;
    archive.each(of("topics"), |file, content| {
        let columns = ["id", "category_id", "archetype", "deleted_at"];
        each(file, content, &columns, 1, import, intake, |place, row, intake| {
            let Some(id) = row.number(0) else { return intake.problem(place, "it is no topic with an `id`") };
            let personal = row.text(2).map(|archetype| archetype == "private_message");
            forum.topic(id, About { category: row.number(1), personal, deleted: row.text(3).is_some() });
            Ok(())
        })
    })?;
    archive.each(of("users"), |file, content| {
        each(file, content, &["id", "username"], 2, import, intake, |_, row, _| {
            if let (Some(id), Some(name)) = (row.number(0), row.text(1)) {
                users.insert(id, name.to_owned());
            }
            Ok(())
        })
    })?;
    let called = |id: i64| users.get(&id).cloned().unwrap_or_else(|| format!("discourse:{id}"));
    let mut posts: Vec<Placed> = Vec::new();
    archive.each(is_posts, |file, content| {
        let columns = [
            "id",
            "user_id",
            "topic_id",
            "post_number",
            "created_at",
            "cooked",
            "reply_to_post_number",
            "deleted_at",
            "post_type",
            "user_deleted",
        ];
        each(file, content, &columns, 5, import, intake, |place, row, intake| {
            intake.account.records += 1;
            let numbers = (row.number(0), row.number(2), row.number(3));
            let (Some(id), Some(topic), Some(number)) = numbers else {
                return intake.problem(place, "its `id`, `topic_id` or `post_number` is no number; it was left out");
            };
            let Some(ts) = row.text(4).and_then(time) else {
                return intake.problem(place, "its `created_at` is no time; it was left out");
            };
            // Whoever wrote it was removed.
            let Some(user) = row.number(1) else {
                intake.account.no_act += 1;
                return Ok(());
            };
            let about = forum.topics.get(&topic).copied().unwrap_or_default();
            let post = Post {
                topic,
                number,
                by: &called(user),
                bot: user < 0,
                ts,
                kind: row.number(8).unwrap_or(1),
                cooked: row.text(5).unwrap_or_default(),
                reply_to: row.number(6),
                deleted: row.text(7).is_some() || row.says(9) == Some(true),
            };
            if forum.take(&post, about, place, import, intake)? {
                posts.push(Placed { id, topic, number });
            }
            Ok(())
        })
    })?;
    posts.sort_unstable_by_key(|post| post.id);
    archive.each(of("post_actions"), |file, content| {
        let columns = ["post_id", "user_id", "post_action_type_id", "created_at", "deleted_at"];
        each(file, content, &columns, 4, import, intake, |place, row, intake| {
            intake.account.records += 1;
            if row.text(2) != Some(LIKE) {
                intake.account.no_act += 1;
                return Ok(());
            }
            let (Some(post), Some(user), Some(ts)) = (row.number(0), row.number(1), row.text(3).and_then(time)) else {
                return intake
                    .problem(place, "it is no like with `post_id`, `user_id` and `created_at`; it was left out");
            };
            // One of a post that was left out is left out, too.
            let Ok(at) = posts.binary_search_by_key(&post, |one| one.id) else { return Ok(()) };
            let Placed { topic, number, .. } = posts[at];
            let (to, by) = (format!("{topic}/{number}"), called(user));
            let event = format!("{to} like {by}");
            if row.text(4).is_some() {
                return intake.erase(&event);
            }
            let category = forum.topics.get(&topic).and_then(|about| about.category);
            let id = category.map_or_else(|| "no category".to_owned(), |id| id.to_string());
            let name = category.and_then(|id| forum.categories.get(&id)).map_or(id.as_str(), |one| one.name.as_str());
            let act = Told::new(Room { id: &id, name }, &event, &by, Kind::Reaction, ts);
            intake.tell(place, &Told { reply_to: Some(&to), bot: user < 0, ..act })
        })
    })?;
    std::mem::take(&mut forum.gate).settle(import, intake)
}

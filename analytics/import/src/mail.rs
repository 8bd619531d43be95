//! Mailing lists: mbox files, as archives of lists give them out (`mail_text.rs` measures what somebody wrote).
//!
//! A list is a room, known by its `List-Id`, or by its file where messages have none. Who writes is their address. What a
//! message answers its headers say, and so its thread. What answers by itself is a bot's (RFC 3834). All of a file is
//! taken: what one gives is what may be read.

use std::{collections::HashMap, io::Read};

use hearth_shared::activity::{Capability, Kind};
use jiff::civil::DateTime;
use mail_parser::{Address, HeaderValue, Message, MessageParser};

use crate::{
    alike::Alike,
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    mail_text,
    options::Import,
    records::{self, At},
};

/// On a list nobody reacts, and who subscribes is not told.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[Capability::Reactions, Capability::Joins] };

/// The start of the local part of an address that answers by itself.
const BOTS: [&str; 6] = ["mailer-daemon", "noreply", "no-reply", "donotreply", "do-not-reply", "postmaster"];

/// Reads one file or several.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let mut found = false;
    let (mut threads, mut alike) = (Threads::default(), Alike::default());
    let parser = MessageParser::default();
    archive.each(
        |name| archive.is_one_file() || name.ends_with(".mbox") || name.ends_with(".mbx") || name.ends_with(".txt"),
        |file, content| {
            found = true;
            let list = named_after(file);
            let outcome = messages(content, import.max_record, |line, message| {
                let place = Place { file, at: At::Line(line) };
                intake.account.records += 1;
                let Some((start, message)) = message else {
                    let most = records::size(import.max_record);
                    return intake.problem(place, format!("it is longer than {most}; --max-record allows more"));
                };
                match parser.parse(message) {
                    Some(mail) => take(&mail, start, &list, &mut threads, &mut alike, place, intake),
                    None => intake.problem(place, "it is no message; it was left out"),
                }
            })?;
            match outcome {
                Ok(0) => intake.file_problem(file, "it is no mbox: no line of it begins with `From `"),
                Ok(_) => Ok(()),
                Err(broken) => intake.broken(file, &broken, "line", "lines"),
            }
        },
    )?;
    if !found {
        intake.file_problem(&import.path.display().to_string(), "there is no .mbox, .mbx or .txt file in it")?;
    }
    Ok(())
}

/// The list that a file is of: itself, or its folder where it is called after a month, like `2024-January.txt`.
fn named_after(file: &str) -> String {
    let mut parts = file.rsplit('/').map(|part| {
        let stem = [".gz", ".txt", ".mbox", ".mbx"]
            .iter()
            .fold(part, |part, ending| part.strip_suffix(ending).unwrap_or(part));
        stem.to_lowercase()
    });
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let is_name = |part: &String| {
        let word = part.trim_matches(|letter: char| letter.is_ascii_digit() || matches!(letter, '-' | '_' | '.'));
        !word.is_empty() && !MONTHS.contains(&word)
    };
    parts.find(is_name).unwrap_or_else(|| file.to_owned())
}

/// Gives each message: the line that it begins in, what stands in that line, and the rest; nothing for one that is too
/// long. In the end, how many there were.
fn messages<E>(
    content: &mut dyn Read,
    limit: u64,
    mut each: impl FnMut(u64, Option<(&str, &[u8])>) -> Result<(), E>,
) -> Result<records::Outcome, E> {
    let (mut start, mut begun) = (String::new(), None);
    let (mut message, mut too_long, mut blank, mut count) = (Vec::new(), false, true, 0);
    let outcome = records::lines(content, limit, |number, line| {
        let line = line.map(|line| line.strip_suffix(b"\r").unwrap_or(line));
        if let Some(line) = line
            && blank
            && begins(line)
        {
            if let Some(begun) = begun.replace(number) {
                each(begun, (!too_long).then_some((start.as_str(), message.as_slice())))?;
            }
            count += 1;
            message.clear();
            (start, too_long) = (String::from_utf8_lossy(line).into_owned(), false);
            blank = false;
            return Ok(());
        }
        blank = line.is_some_and(<[u8]>::is_empty);
        match line {
            Some(line) if (message.len() + line.len()) as u64 <= limit => {
                // A `>` was put before what looked like the start of a message.
                let quoted = line.iter().take_while(|byte| **byte == b'>').count();
                let line = if quoted > 0 && line[quoted..].starts_with(b"From ") { &line[1..] } else { line };
                message.extend_from_slice(line);
                message.push(b'\n');
            }
            _ => {
                too_long = true;
                message.clear();
            }
        }
        Ok(())
    })?;
    if let Some(begun) = begun {
        each(begun, (!too_long).then_some((start.as_str(), message.as_slice())))?;
    }
    Ok(outcome.map(|_| count))
}

/// Whether a line is the first of a message: `From ana at example.org  Tue Jan  2 10:00:00 2024`.
fn begins(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else { return false };
    rest.windows(6)
        .any(|part| part[0].is_ascii_digit() && part[1] == b':' && part[2].is_ascii_digit() && part[4] != b'\n')
        && rest.split(|byte| *byte == b' ').any(|word| word.len() == 4 && word.iter().all(u8::is_ascii_digit))
}

/// Which message opened the thread of which one, by parts of their hashed ids, so that a thread whose messages name only
/// what they answer stays together.
#[derive(Default)]
struct Threads {
    roots: Vec<String>,
    of: HashMap<u64, u32>,
}

impl Threads {
    /// The root of the thread of `id`, which says that it answers `parent` and that its thread begins with `first`.
    fn root(&mut self, id: &str, parent: Option<&str>, first: Option<&str>) -> Option<&str> {
        let parent = parent?;
        let number = match self.of.get(&hash(parent)) {
            Some(number) => *number,
            None => {
                let first = first.unwrap_or(parent);
                let number = match self.of.get(&hash(first)) {
                    Some(number) => *number,
                    None => {
                        self.roots.push(first.to_owned());
                        u32::try_from(self.roots.len() - 1).unwrap_or(u32::MAX)
                    }
                };
                self.of.insert(hash(first), number);
                self.of.insert(hash(parent), number);
                number
            }
        };
        self.of.insert(hash(id), number);
        self.roots.get(number as usize).map(String::as_str)
    }
}

fn hash(id: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    id.hash(&mut hasher);
    hasher.finish()
}

fn take(
    mail: &Message<'_>,
    start: &str,
    list: &str,
    threads: &mut Threads,
    alike: &mut Alike,
    place: Place<'_>,
    intake: &mut Intake<'_, '_>,
) -> Result<(), ImportError> {
    let Some(by) = address(mail.from(), mail.header_raw("From")) else {
        return intake.problem(place, "its `From` names no address; it was left out");
    };
    let dated = mail.date().filter(|date| date.is_valid()).map(|date| date.to_timestamp().saturating_mul(1000));
    let Some(ts) = dated.or_else(|| received(start)) else {
        return intake.problem(place, "it has no `Date`; it was left out");
    };
    let own_list = mail.header_raw("List-Id").and_then(list_id);
    let (id, name) = own_list.as_ref().map_or((list, list), |(id, name)| (id.as_str(), name.as_str()));
    let room = Room { id, name };
    let message_id = match mail.message_id() {
        Some(id) => id.to_owned(),
        None => format!("{ts} {by} {}", alike.number(ts, &by)),
    };
    let references = ids(mail.references());
    let parent = ids(mail.in_reply_to()).into_iter().next().or(references.last().copied());
    let root = threads.root(&message_id, parent, references.first().copied()).map(str::to_owned);
    let event = |id: &str| format!("{}/{id}", room.id);
    let (own, answers, thread) = (event(&message_id), parent.map(event), root.as_deref().map(event));
    let local = by.split('@').next().unwrap_or_default();
    let answers_itself = mail.header_raw("Auto-Submitted").is_some_and(|how| !how.trim().eq_ignore_ascii_case("no"));
    let text = mail.body_text(0).unwrap_or_default();
    let act = Told {
        bot: answers_itself || BOTS.iter().any(|bot| local.starts_with(bot)),
        reply_to: answers.as_deref(),
        thread: thread.as_deref(),
        n_chars: mail_text::characters(&text),
        ..Told::new(room, &own, &by, Kind::Message, ts)
    };
    intake.tell(place, &act)
}

/// Who wrote it. Archives write `ana at example.org (Ana)` against those who collect addresses.
fn address(from: Option<&Address<'_>>, raw: Option<&str>) -> Option<String> {
    let read = from.and_then(|from| from.first()).and_then(|one| one.address()).filter(|one| is_address(one));
    let written = || {
        let text = raw?.split('(').next()?.replace(" at ", "@").replace(" (a) ", "@");
        let text = text.rsplit('<').next()?.trim().trim_end_matches('>').trim().to_owned();
        is_address(&text).then_some(text)
    };
    read.map(str::to_owned).or_else(written).map(|address| address.to_lowercase())
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, host)| !local.is_empty() && !host.is_empty())
        && !text.contains(char::is_whitespace)
}

fn ids<'a>(value: &'a HeaderValue<'a>) -> Vec<&'a str> {
    let named: Vec<&str> = match value {
        HeaderValue::Text(id) => vec![id],
        HeaderValue::TextList(ids) => ids.iter().map(AsRef::as_ref).collect(),
        _ => Vec::new(),
    };
    named.into_iter().filter(|id| !id.is_empty()).collect()
}

/// A list by its `List-Id`: `Hearth users <users.hearth.example.org>`.
fn list_id(raw: &str) -> Option<(String, String)> {
    let (name, id) = raw.trim().rsplit_once('<')?;
    let id = id.strip_suffix('>')?.trim().to_lowercase();
    // One that was damaged may hold what stood after it (RFC 2919, 3: an id is one word).
    let is_id = |id: &str| !id.is_empty() && id.len() <= 255 && !id.contains(char::is_whitespace);
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    // What is written in another alphabet comes encoded; the id is plain.
    let name = name.trim_matches('"');
    let name = if name.is_empty() || name.starts_with("=?") { id.clone() } else { name.to_owned() };
    is_id(&id).then_some((id, name))
}

/// When a message was taken in, by the line before it, which has no zone: `… Tue Jan  2 10:00:00 2024`, of UTC.
fn received(start: &str) -> Option<i64> {
    let words: Vec<&str> = start.split_ascii_whitespace().collect();
    let [.., month, day, clock, year] = words.as_slice() else { return None };
    let text = format!("{month} {day} {clock} {year}");
    let time = DateTime::strptime("%b %d %H:%M:%S %Y", text).ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_of_itself_or_of_its_folder() {
        assert_eq!(named_after("lists/users/2024-January.txt"), "users");
        assert_eq!(named_after("users/2024-01.mbox"), "users");
        assert_eq!(named_after("x/Users.mbox"), "users");
        assert_eq!(named_after("2024.mbox"), "2024.mbox");
    }

    #[test]
    fn messages_begin_after_a_blank_line() {
        let text = "From ana at example.org  Tue Jan  2 10:00:00 2024\nSubject: a\n\nFrom here on\n>From there\n\n\
                    From ben@example.org Tue Jan  2 10:00:01 2024\r\nSubject: b\r\n\r\nx\r\n";
        let mut seen = Vec::new();
        let outcome = messages::<()>(&mut text.as_bytes(), 1000, |line, message| {
            let (start, rest) = message.unwrap();
            seen.push((line, start.len(), String::from_utf8_lossy(rest).into_owned()));
            Ok(())
        });
        assert_eq!(outcome, Ok(Ok(2)));
        assert_eq!(seen[0], (1, 49, "Subject: a\n\nFrom here on\nFrom there\n\n".to_owned()));
        assert_eq!(seen[1], (7, 45, "Subject: b\n\nx\n".to_owned()));
        let mut short = Vec::new();
        let outcome = messages::<()>(&mut text.as_bytes(), 55, |line, message| {
            short.push((line, message.is_some()));
            Ok(())
        });
        assert_eq!((outcome, short), (Ok(Ok(2)), vec![(1, true), (7, true)]));
        assert_eq!(messages::<()>(&mut "Subject: a\n".as_bytes(), 99, |_, _| Ok(())), Ok(Ok(0)));
    }

    #[test]
    fn addresses_and_times_are_read_as_archives_write_them() {
        let of = |raw: &str| address(None, Some(raw));
        assert_eq!(of("ana at Example.org (Ana B.)").as_deref(), Some("ana@example.org"));
        assert_eq!(of("Ana <ana@example.org>").as_deref(), Some("ana@example.org"));
        assert_eq!(of("Ana"), None);
        assert_eq!(received("From ana at example.org  Tue Jan  2 08:00:00 2024"), Some(1_704_182_400_000));
        assert_eq!(received("From ana"), None);
        let listed = list_id(" Hearth\r\n users <Users.hearth.example.org>").unwrap();
        assert_eq!(listed, ("users.hearth.example.org".to_owned(), "Hearth users".to_owned()));
        for none in ["none", "Hearth <>", "Hearth <news.exaSubject: tides", "Hearth <news.example.org tides>"] {
            assert_eq!(list_id(none), None, "{none}");
        }
    }

    #[test]
    fn threads_stay_together_where_messages_name_only_what_they_answer() {
        let mut threads = Threads::default();
        assert_eq!(threads.root("a", None, None), None);
        assert_eq!(threads.root("b", Some("a"), Some("a")), Some("a"));
        assert_eq!(threads.root("c", Some("b"), None), Some("a"));
        assert_eq!(threads.root("d", Some("lost"), Some("a")), Some("a"));
        assert_eq!(threads.root("e", Some("lost"), None), Some("a"));
        assert_eq!(threads.root("g", Some("f"), None), Some("f"));
    }
}

//! Plain CSV, the common ground for everything else: a row an act, columns found by their names in the first row.
//!
//! Needed are `ts_ms` (milliseconds since 1970; or `ts`, like 2024-01-31T12:00:00Z), `room`, `event_id`, `sender` and
//! `kind` (message, reaction, join, leave). `reply_to`, `thread_id`, `is_bot` (0 or 1), `n_chars` and `mentions` may be
//! missing or empty; other columns are not looked at. A `thread_id` that begins with `topic:` names a topic, as Zulip has
//! them, and no message.

use std::io::Read;

use csv::{ReaderBuilder, StringRecord};
use hearth_shared::activity::Kind;
use jiff::Timestamp;

use crate::{
    archive::Archive,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    records::{At, Broken, Limited, unreadable},
};

/// A table can hold everything.
pub const FORMAT: Format = Format { replies_are_threads: false, never: &[] };

/// Reads one file or several.
///
/// # Errors
/// Where the archive cannot be read, the log not be written, or a problem ends the import.
pub fn read(archive: &Archive, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let mut found = false;
    archive.each(
        |name| archive.is_one_file() || name.ends_with(".csv"),
        |file, content| {
            found = true;
            table(file, content, import, intake)
        },
    )?;
    if !found {
        intake.file_problem(&import.path.display().to_string(), "there is no .csv file in it")?;
    }
    Ok(())
}

fn table(file: &str, content: &mut dyn Read, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
    let (limited, read) = Limited::new(content, import.max_record);
    let mut rows = ReaderBuilder::new().from_reader(limited);
    let columns = match rows.headers() {
        Ok(header) => match Columns::of(header) {
            Ok(columns) => columns,
            Err(why) => return intake.file_problem(file, format!("{why}; nothing of it was imported")),
        },
        Err(error) => {
            return intake.file_problem(file, format!("{}; nothing of it was imported", why(error, import.max_record)));
        }
    };
    let (mut row, mut good) = (StringRecord::new(), 0);
    loop {
        read.set(0);
        let line = rows.position().line();
        let place = Place { file, at: At::Line(line) };
        match rows.read_record(&mut row) {
            Ok(false) => return Ok(()),
            Ok(true) => {
                intake.account.records += 1;
                good += 1;
                match columns.act(&row) {
                    Ok(act) => intake.tell(place, &act)?,
                    Err(why) => intake.problem(place, format!("{why}; it was left out"))?,
                }
            }
            Err(error) if matches!(error.kind(), csv::ErrorKind::Io(_)) => {
                let broken = Broken { after: good, why: why(error, import.max_record) };
                return intake.broken(file, &broken, "row", "rows");
            }
            Err(error) => {
                intake.account.records += 1;
                intake.problem(place, format!("{}; it was left out", why(error, import.max_record)))?;
            }
        }
    }
}

/// What is wrong with a row, in words that hold nothing of it.
fn why(error: csv::Error, limit: u64) -> String {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => unreadable(&error, limit),
        csv::ErrorKind::Utf8 { .. } => "it is no UTF-8".to_owned(),
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("it has {len} fields, and the first row has {expected_len}")
        }
        _ => "it is no row of CSV".to_owned(),
    }
}

/// In which column what stands.
struct Columns {
    ts_ms: Option<usize>,
    ts: Option<usize>,
    room: usize,
    event: usize,
    sender: usize,
    kind: usize,
    reply_to: Option<usize>,
    thread: Option<usize>,
    is_bot: Option<usize>,
    n_chars: Option<usize>,
    mentions: Option<usize>,
}

impl Columns {
    fn of(header: &StringRecord) -> Result<Self, String> {
        let find = |name: &str| {
            let mut places = header.iter().enumerate().filter(|(_, column)| column.trim() == name);
            match (places.next(), places.next()) {
                (_, Some(_)) => Err(format!("its first row names `{name}` twice")),
                (place, None) => Ok(place.map(|(place, _)| place)),
            }
        };
        let needed = |name: &str| {
            find(name)?.ok_or_else(|| {
                let hint = if header.len() == 1 { " (fields are parted by commas)" } else { "" };
                format!("its first row names no column `{name}`{hint}")
            })
        };
        let ts = find("ts")?;
        Ok(Self {
            ts_ms: if ts.is_some() { find("ts_ms")? } else { Some(needed("ts_ms")?) },
            ts,
            room: needed("room")?,
            event: needed("event_id")?,
            sender: needed("sender")?,
            kind: needed("kind")?,
            reply_to: find("reply_to")?,
            thread: find("thread_id")?,
            is_bot: find("is_bot")?,
            n_chars: find("n_chars")?,
            mentions: find("mentions")?,
        })
    }

    fn act<'a>(&self, row: &'a StringRecord) -> Result<Told<'a>, &'static str> {
        let field = |place: usize| row.get(place).map(str::trim).filter(|text| !text.is_empty());
        let maybe = |place: Option<usize>| place.and_then(field);
        let count = |place: Option<usize>, wrong: &'static str| match maybe(place).map(str::parse::<u32>) {
            None => Ok(0),
            Some(Ok(number)) => Ok(i64::from(number)),
            Some(Err(_)) => Err(wrong),
        };
        let ts = match (maybe(self.ts_ms), maybe(self.ts)) {
            (Some(number), _) => number.parse().map_err(|_| "its `ts_ms` is no whole number of milliseconds")?,
            (None, Some(time)) => {
                time.parse::<Timestamp>().map_err(|_| "its `ts` is no time like 2024-01-31T12:00:00Z")?.as_millisecond()
            }
            (None, None) => return Err("it has no time"),
        };
        let room = field(self.room).ok_or("it has no `room`")?;
        let kind = match field(self.kind).ok_or("it has no `kind`")? {
            "message" => Kind::Message,
            "reaction" => Kind::Reaction,
            "join" => Kind::Join,
            "leave" => Kind::Leave,
            _ => return Err("its `kind` is none of message, reaction, join, leave"),
        };
        let about_message = matches!(kind, Kind::Message | Kind::Reaction);
        let bot = match maybe(self.is_bot) {
            None | Some("0" | "false" | "False") => false,
            Some("1" | "true" | "True") => true,
            Some(_) => return Err("its `is_bot` is neither 0 nor 1"),
        };
        let thread = maybe(self.thread).filter(|_| kind == Kind::Message);
        let event = field(self.event).ok_or("it has no `event_id`")?;
        let by = field(self.sender).ok_or("it has no `sender`")?;
        Ok(Told {
            bot,
            reply_to: maybe(self.reply_to).filter(|_| about_message),
            thread,
            is_topic: thread.is_some_and(|thread| thread.starts_with("topic:")),
            n_chars: count(self.n_chars, "its `n_chars` is no whole number")?,
            mentions: count(self.mentions, "its `mentions` is no whole number")?,
            ..Told::new(Room { id: room, name: room }, event, by, kind, ts)
        })
    }
}

//! Plain CSV, the common ground for everything else: a row an act, columns found by their names in the first row.
//!
//! [`help`](crate::help) says what the columns hold. What spreadsheets and data-frame libraries make of them is read, too:
//! `100.0` for 100, `TRUE`, `None`, semicolons and tabs for commas. A column that few measures need costs no row.

use std::io::{BufRead as _, BufReader, Cursor, Read};

use csv::{ReaderBuilder, StringRecord};
use hearth_shared::activity::Kind;
use jiff::Timestamp;

use crate::{
    account::grouped,
    archive::Archive,
    encoding::Lines,
    error::ImportError,
    evidence::Format,
    intake::{Intake, Place, Room, Told},
    options::Import,
    reading::{At, Broken, Limited, unreadable},
    references::is_nothing,
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
    let mut input = BufReader::new(Lines::new(limited));
    let mut header = Vec::new();
    if let Err(error) = input.read_until(b'\n', &mut header) {
        let why = unreadable(&error, import.max_record);
        return intake.file_problem(file, format!("{why}; nothing of it was imported"));
    }
    let delimiter = delimiter(&header);
    let mut rows = ReaderBuilder::new().delimiter(delimiter).from_reader(Cursor::new(header).chain(input));
    let columns = match rows.headers() {
        Ok(header) => match Columns::of(header) {
            Ok(columns) => columns,
            Err(why) => return intake.file_problem(file, format!("{why}; nothing of it was imported")),
        },
        Err(error) => {
            return intake.file_problem(file, format!("{}; nothing of it was imported", why(error, import.max_record)));
        }
    };
    let (mut row, mut good, mut unread) = (StringRecord::new(), 0, [0; 2]);
    loop {
        read.set(0);
        let line = rows.position().line();
        let place = Place { file, at: At::Line(line) };
        match rows.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {
                intake.account.records += 1;
                good += 1;
                match columns.act(&row, &mut unread) {
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
    for (column, count) in ["n_chars", "mentions"].iter().zip(unread).filter(|(_, count)| *count > 0) {
        let count = grouped(count);
        intake
            .account
            .notes
            .push(format!("{file}: `{column}` is no whole number in {count} rows, where 0 stands for it"));
    }
    Ok(())
}

/// What parts the fields of a table that begins like this.
fn delimiter(header: &[u8]) -> u8 {
    let count = |delimiter: u8| header.iter().filter(|byte| **byte == delimiter).count();
    // Of equally many, the first.
    [b'\t', b';', b','].into_iter().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',')
}

/// What is wrong with a row, in words that hold nothing of it.
pub(crate) fn why(error: csv::Error, limit: u64) -> String {
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
            let mut places = header.iter().enumerate().filter(|(_, column)| column.trim().eq_ignore_ascii_case(name));
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

    /// The act of a row. `unread`: in how many rows `n_chars` and `mentions` made no sense.
    fn act<'a>(&self, row: &'a StringRecord, unread: &mut [u64; 2]) -> Result<Told<'a>, &'static str> {
        let field = |place: usize| row.get(place).map(str::trim).unwrap_or_default();
        let needed = |place: usize| Some(field(place)).filter(|text| !text.is_empty() && !NOBODY.contains(text));
        let maybe = |place: Option<usize>| place.map(field).filter(|text| !is_nothing(text));
        let mut count = |place: Option<usize>, which: usize| match maybe(place).map(whole) {
            None => 0,
            Some(Some((number, _))) if (0..=i64::from(u32::MAX)).contains(&number) => number,
            Some(_) => {
                unread[which] += 1;
                0
            }
        };
        let ts = match (maybe(self.ts_ms), maybe(self.ts)) {
            (Some(number), _) => match whole(number) {
                Some((ts, false)) => ts,
                Some((_, true)) => {
                    return Err(
                        "its `ts_ms` was rounded to something like 1.78E+12, and the rest of its digits is lost: \
                                save the column as whole numbers",
                    );
                }
                None => return Err("its `ts_ms` is no whole number of milliseconds"),
            },
            (None, Some(time)) => {
                time.parse::<Timestamp>().map_err(|_| "its `ts` is no time like 2024-01-31T12:00:00Z")?.as_millisecond()
            }
            (None, None) => return Err("it has no time"),
        };
        let room = needed(self.room).ok_or("it has no `room`")?;
        let kind = match needed(self.kind).ok_or("it has no `kind`")? {
            kind if kind.eq_ignore_ascii_case("message") => Kind::Message,
            kind if kind.eq_ignore_ascii_case("reaction") => Kind::Reaction,
            kind if kind.eq_ignore_ascii_case("join") => Kind::Join,
            kind if kind.eq_ignore_ascii_case("leave") => Kind::Leave,
            _ => return Err("its `kind` is none of message, reaction, join, leave"),
        };
        let about_message = matches!(kind, Kind::Message | Kind::Reaction);
        let bot = match maybe(self.is_bot) {
            None => false,
            Some(word) => truth(word).ok_or("its `is_bot` is neither 0 nor 1")?,
        };
        let thread = maybe(self.thread).map(id).filter(|_| kind == Kind::Message);
        let event = id(needed(self.event).ok_or("it has no `event_id`")?);
        let by = needed(self.sender).ok_or("it has no `sender`")?;
        Ok(Told {
            bot,
            reply_to: maybe(self.reply_to).map(id).filter(|_| about_message),
            thread,
            is_topic: thread.is_some_and(|thread| thread.starts_with("topic:")),
            n_chars: count(self.n_chars, 0),
            mentions: count(self.mentions, 1),
            ..Told::new(Room { id: room, name: room }, event, by, kind, ts)
        })
    }
}

/// What data-frame libraries and databases write where somebody or something is missing, spelled as nobody is called.
const NOBODY: [&str; 4] = ["NaN", "None", "NULL", "<NA>"];

/// An id, without the fraction that a column of numbers with gaps gets: `100.0` is 100.
fn id(text: &str) -> &str {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    match text.split_once('.') {
        Some((whole, fraction))
            if digits(whole) && !fraction.is_empty() && fraction.bytes().all(|byte| byte == b'0') =>
        {
            whole
        }
        _ => text,
    }
}

/// A truth as programs write it.
fn truth(word: &str) -> Option<bool> {
    let is = |words: [&str; 6]| words.iter().any(|one| word.eq_ignore_ascii_case(one));
    match whole(word) {
        Some((0, false)) => Some(false),
        Some((1, false)) => Some(true),
        _ if is(["true", "t", "yes", "y", "wahr", "vrai"]) => Some(true),
        _ if is(["false", "f", "no", "n", "falsch", "faux"]) => Some(false),
        _ => None,
    }
}

/// A whole number as programs write it: `7`, `7.0`, `1.78E+12`; and whether its last digits are missing.
fn whole(text: &str) -> Option<(i64, bool)> {
    let (number, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let exponent: i32 = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (whole, fraction) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole.strip_prefix('-').unwrap_or(whole)) || !digits(fraction) {
        return None;
    }
    let shift = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    let all: i64 = format!("{whole}{fraction}").parse().ok()?;
    let power = 10_i64.checked_pow(shift.unsigned_abs());
    match shift {
        0.. => Some((all.checked_mul(power?)?, shift > 0 && all != 0)),
        // A fraction of zeros may be longer than any number.
        _ => match power {
            Some(power) => (all % power == 0).then_some((all / power, false)),
            None => (all == 0).then_some((0, false)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_are_read_however_programs_write_them() {
        for (text, number) in [("7", 7), ("-7", -7), ("7.0", 7), ("0.0", 0), ("1780300800000.0", 1_780_300_800_000)] {
            assert_eq!(whole(text), Some((number, false)), "{text}");
        }
        assert_eq!(whole("1.780300800000e+12"), Some((1_780_300_800_000, false)));
        assert_eq!(whole("1.78030E+12"), Some((1_780_300_000_000, true)), "who knows what came after");
        assert_eq!(whole("1,2E+3"), Some((1200, true)));
        for none in ["", "-", "x", "7.5", "1e", "1e99", ".5", "1.5e-3", "99999999999999999999"] {
            assert_eq!(whole(none), None, "{none}");
        }
    }

    #[test]
    fn an_id_that_became_a_number_is_the_id_that_it_was() {
        assert_eq!([id("100.0"), id("100.00"), id("100")], ["100"; 3]);
        for same in ["100.5", "1704182460.000200", "a.0", "100.", "topic:1.0"] {
            assert_eq!(id(same), same);
        }
    }

    #[test]
    fn truths_are_read_however_programs_write_them() {
        for (word, is) in [("1", true), ("1.0", true), ("TRUE", true), ("False", false), ("0.0", false), ("no", false)]
        {
            assert_eq!(truth(word), Some(is), "{word}");
        }
        assert_eq!((truth("2"), truth("maybe")), (None, None));
    }

    #[test]
    fn fields_are_parted_by_what_the_first_row_holds_most_of() {
        assert_eq!(delimiter(b"ts_ms,room;x,kind\n"), b',');
        assert_eq!(delimiter(b"ts_ms;room;kind\n"), b';');
        assert_eq!(delimiter(b"ts_ms\troom\tkind"), b'\t');
        assert_eq!(delimiter(b""), b',');
    }
}

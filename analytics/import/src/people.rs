//! Who is who: people who had another id elsewhere, as an operator's table says.
//!
//! A table has a pair a row, the id that somebody had and the one that they have now. Of both only keyed pseudonyms reach
//! the log. What is said once holds for all that is imported or logged afterwards, and can be taken back.

use std::{fs::File, path::Path};

use csv::{ReaderBuilder, StringRecord};
use hearth_log::write::{Batch, aliases::Joined};
use hearth_shared::pseudonym::Key;

use crate::{
    account::{Account, Problem, counted},
    encoding::{Decoded, Lines},
    error::ImportError,
    records::{At, unreadable},
};

/// Longer tables are none of people.
const LIMIT: u64 = 64 << 20;

/// A row of the table.
struct Pair {
    line: u64,
    old: String,
    new: String,
}

/// Joins the people that a table names, or parts them again where `undo` says so.
///
/// # Errors
/// Where the table cannot be read, the log not be written, or a problem ends the import.
pub fn join(
    batch: &mut Batch<'_>,
    community: i64,
    key: &Key,
    table: &Path,
    (undo, strict): (bool, bool),
    account: &mut Account,
) -> Result<(), ImportError> {
    let shown = table.display().to_string();
    let (pairs, has_heading) = pairs(table)?;
    let mut problem = |line: u64, what: &str| {
        let problem = Problem { file: shown.clone(), at: Some(At::Line(line)), what: what.to_owned(), more: 0 };
        if strict {
            return Err(ImportError::Strict(problem));
        }
        account.problem(problem);
        Ok(())
    };
    let (mut changed, mut same) = (0, 0);
    for Pair { line, old, new } in &pairs {
        if old.is_empty() || new.is_empty() {
            problem(*line, "it does not name two ids; it was left out")?;
            continue;
        }
        let (old, new) = (key.person(old), key.person(new));
        if undo {
            *if batch.part_people(community, old, new)? { &mut changed } else { &mut same } += 1;
            continue;
        }
        match batch.join_people(community, old, new)? {
            Joined::Now => changed += 1,
            Joined::Before => same += 1,
            Joined::Taken => {
                problem(*line, "its first id was said to be somebody else's; take that back with --undo first")?
            }
            Joined::Bot => problem(*line, "one of its ids is a bot's, and the other is not; it was left out")?,
        }
    }
    let heading = if has_heading { "; its first row was taken for the columns' names" } else { "" };
    let (now, before) = if undo { ("parted", "were not one") } else { ("joined", "were one before") };
    let count = counted(changed, "pair of ids was", "pairs of ids were");
    account.joined += changed;
    account.notes.push(format!("{shown}: {count} {now}, {same} {before}{heading}"));
    Ok(())
}

/// The pairs of a table, and whether its first row names its columns: ids have a digit, an `@` or the like in them.
fn pairs(table: &Path) -> Result<(Vec<Pair>, bool), ImportError> {
    let failed = |why: String| ImportError::People { table: table.to_owned(), why };
    let file = File::open(table).map_err(|error| failed(unreadable(&error, LIMIT)))?;
    let text = Lines::new(Decoded::new(std::io::Read::take(file, LIMIT)));
    let mut rows = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text);
    let (mut pairs, mut row, mut has_heading) = (Vec::new(), StringRecord::new(), false);
    loop {
        let line = rows.position().line();
        match rows.read_record(&mut row) {
            Ok(false) => return Ok((pairs, has_heading)),
            Ok(true) => {}
            Err(_) => return Err(failed(format!("line {line} is no row of CSV"))),
        }
        // A spreadsheet may part fields by semicolons.
        let mut fields = row.iter().flat_map(|field| field.split([';', '\t'])).map(str::trim);
        let (old, new) = (fields.next().unwrap_or_default().to_owned(), fields.next().unwrap_or_default().to_owned());
        let is_word = |text: &str| text.chars().all(|letter| letter.is_alphabetic() || " _-".contains(letter));
        if pairs.is_empty() && !has_heading && is_word(&old) && is_word(&new) {
            has_heading = true;
            continue;
        }
        pairs.push(Pair { line, old, new });
    }
}

//! What an import did and what it could not do: counts, problems with their places, and the words for both.

use std::fmt;

use hearth_shared::activity::Kind;

use crate::{records::At, references::Dangling};

/// So many problems are kept word for word; of more, only the number.
const KEPT: usize = 20;

/// Something in an export that could not be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, by its name inside the export.
    pub file: String,
    /// Where in it.
    pub at: Option<At>,
    /// What is wrong, and what became of it. It quotes nothing that anybody wrote.
    pub what: String,
    /// In how many more places of the file the same is wrong.
    pub more: u64,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            Some(at) => write!(f, "{}, {at}: {}", self.file, self.what)?,
            None => write!(f, "{}: {}", self.file, self.what)?,
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, " (and {} more like it)", grouped(more)),
        }
    }
}

/// What was found in an export, whether or not the log had it already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// Records read.
    pub records: u64,
    /// Rooms with at least one act.
    pub rooms: u64,
    /// People with at least one act, bots apart.
    pub people: u64,
    /// Bots with at least one act.
    pub bots: u64,
    /// Messages, of bots too.
    pub messages: u64,
    /// Reactions.
    pub reactions: u64,
    /// Joins.
    pub joins: u64,
    /// Leaves.
    pub leaves: u64,
    /// Polls that members opened, votes in them, and their ends.
    pub polls: u64,
    /// Acts that were written.
    pub new: u64,
    /// Acts that the log had already.
    pub known: u64,
    /// Acts that the export tells more than once.
    pub repeated: u64,
    /// Acts taken out of the log, because they were deleted since.
    pub erased: u64,
    /// Acts that the export tells, and that were deleted since.
    pub deleted: u64,
    /// Answers and reactions that point at nothing, and how many point at something or nothing.
    pub dangling: Option<Dangling>,
    /// Ids that were joined with another one's person, or parted from it.
    pub joined: u64,
    /// Records that are no acts of people: topics, pins, edits, notices.
    pub no_act: u64,
    /// Acts of people who do not want to be logged.
    pub opted_out: u64,
    /// Private conversations, or files of them, that were left out unread.
    pub private: u64,
    /// How many problems there were.
    pub problems: u64,
    /// The first of them.
    pub first_problems: Vec<Problem>,
    /// What else whoever runs the import should know.
    pub notes: Vec<String>,
}

impl Account {
    /// Counts an act.
    pub fn count(&mut self, kind: Kind) {
        match kind {
            Kind::Reaction => self.reactions += 1,
            Kind::Join => self.joins += 1,
            Kind::Leave => self.leaves += 1,
            Kind::Message => self.messages += 1,
            _ => self.polls += 1,
        }
    }

    /// Remembers a problem.
    pub fn problem(&mut self, problem: Problem) {
        self.problems += 1;
        let alike = |one: &&mut Problem| one.at.is_some() && one.file == problem.file && one.what == problem.what;
        if let Some(alike) = self.first_problems.iter_mut().find(alike) {
            alike.more += 1;
        } else if self.first_problems.len() < KEPT {
            self.first_problems.push(problem);
        }
    }

    /// How many acts the export told, each counted once.
    pub fn acts(&self) -> u64 {
        self.new + self.known + self.opted_out + self.deleted
    }

    /// The problems, a line each.
    pub fn problem_lines(&self) -> String {
        let mut lines: Vec<String> = self.first_problems.iter().map(|problem| format!("  {problem}")).collect();
        let named: u64 = self.first_problems.iter().map(|problem| 1 + problem.more).sum();
        let more = self.problems - named;
        if more > 0 {
            lines.push(format!("  and {} more", grouped(more)));
        }
        lines.join("\n")
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = grouped;
        writeln!(
            f,
            "{}: {} by {} and {} in {}; {}, {}, {}",
            counted(self.records, "record", "records"),
            counted(self.messages, "message", "messages"),
            counted(self.people, "person", "people"),
            counted(self.bots, "bot", "bots"),
            counted(self.rooms, "room", "rooms"),
            counted(self.reactions, "reaction", "reactions"),
            counted(self.joins, "join", "joins"),
            counted(self.leaves, "leave", "leaves"),
        )?;
        if self.polls > 0 {
            writeln!(
                f,
                "{}",
                counted(self.polls, "opening, vote or end of a poll", "openings, votes and ends of polls")
            )?;
        }
        write!(f, "{} new in the log, {} there already", n(self.new), n(self.known))?;
        for (count, what) in [
            (self.repeated, "told twice by the export"),
            (self.erased, "taken out of the log, because they were deleted since"),
            (self.deleted, "left out because they were deleted since"),
            (self.opted_out, "left out because whoever did it opted out"),
            (self.no_act, "that are no acts of people (topics, pins, edits and the like)"),
        ] {
            if count > 0 {
                write!(f, ", {} {what}", n(count))?;
            }
        }
        if let Some(Dangling { lost, of, .. }) = &self.dangling {
            let of = counted(*of, "answer or reaction", "answers and reactions");
            write!(
                f,
                "\n{} of {of} {} at nothing that is in the export or in the log",
                n(*lost),
                if *lost == 1 { "points" } else { "point" }
            )?;
        }
        if self.private > 0 {
            write!(f, "\nprivate conversations were left out")?;
        }
        for note in &self.notes {
            write!(f, "\n{note}")?;
        }
        Ok(())
    }
}

/// The first few names.
pub fn some_of(names: &[String]) -> String {
    let shown = names[..names.len().min(5)].join(", ");
    if names.len() > 5 { format!("{shown} and {} more", grouped(names.len() as u64 - 5)) } else { shown }
}

/// A number with its noun.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// A number with its thousands apart: `1,234`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut shown = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        assert_eq!([0, 12, 999, 1_000, 1_234_567].map(grouped), ["0", "12", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "room", "rooms"), "1 room");
    }

    #[test]
    fn of_many_problems_the_first_are_named_and_the_rest_counted() {
        let mut account = Account::default();
        for number in 1..=25 {
            let what = format!("it lacks {number} things");
            account.problem(Problem { file: "a.csv".to_owned(), at: Some(At::Line(number)), what, more: 0 });
        }
        let lines = account.problem_lines();
        assert!(lines.starts_with("  a.csv, line 1: it lacks 1 things\n") && lines.ends_with("and 5 more"), "{lines}");
        assert_eq!(lines.lines().count(), 21);
    }

    #[test]
    fn what_is_wrong_in_a_thousand_places_is_said_once() {
        let mut account = Account::default();
        for number in 1..=1000 {
            let what = "it has no time".to_owned();
            account.problem(Problem { file: "a.csv".to_owned(), at: Some(At::Line(number)), what, more: 0 });
        }
        assert_eq!(account.problem_lines(), "  a.csv, line 1: it has no time (and 999 more like it)");
        assert_eq!(account.problems, 1000);
    }
}

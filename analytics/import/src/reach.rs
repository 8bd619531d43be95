//! Who may read a room, as far as an export says it, and what is taken of it.
//!
//! Public rooms are taken. Private ones are with `--private-channels`, those of which the export does not say it with
//! `--unlisted-channels`. Conversations of two or a few people never are.

use std::collections::{BTreeMap, HashSet};

use crate::{
    account::{counted, grouped},
    error::ImportError,
    intake::Intake,
    options::Import,
};

/// Who may read a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reach {
    /// Everybody in the community.
    Public,
    /// Whom somebody let in.
    Private,
    /// Two or a few people who talk with each other, or one alone.
    Direct,
    /// The export does not say.
    Untold,
}

/// What was left out of an export, by the rooms' ids.
#[derive(Debug, Default)]
pub struct Gate {
    closed: HashSet<String>,
    untold: BTreeMap<String, String>,
}

impl Gate {
    /// Whether a room is taken. What is left out is counted once.
    pub fn takes(&mut self, reach: Reach, id: &str, name: &str, import: &Import) -> bool {
        let takes = match reach {
            Reach::Public => true,
            Reach::Private => import.private_channels,
            Reach::Direct => false,
            Reach::Untold => import.unlisted_channels,
        };
        if takes {
            return true;
        }
        if reach == Reach::Untold {
            if !self.untold.contains_key(id) {
                self.untold.insert(id.to_owned(), name.to_owned());
            }
        } else if !self.closed.contains(id) {
            self.closed.insert(id.to_owned());
        }
        false
    }

    /// Says what was left out.
    ///
    /// # Errors
    /// The problem itself, where the first one ends the import.
    pub fn settle(self, import: &Import, intake: &mut Intake<'_, '_>) -> Result<(), ImportError> {
        intake.account.private += self.closed.len() as u64;
        if self.untold.is_empty() {
            return Ok(());
        }
        let names: Vec<&str> = self.untold.values().map(String::as_str).collect();
        let shown = names[..names.len().min(5)].join(", ");
        let more = names.len().saturating_sub(5) as u64;
        let more = if more > 0 { format!(" and {} more", grouped(more)) } else { String::new() };
        let what = format!(
            "it does not say who may read {}, left out: {shown}{more}. If everybody in the community may, \
             --unlisted-channels takes them in",
            counted(names.len() as u64, "room", "rooms"),
        );
        intake.file_problem(&import.path.display().to_string(), what)
    }
}

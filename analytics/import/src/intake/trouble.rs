//! What could not be imported: it is remembered, or ends the import.

use super::{Intake, Place};
use crate::{
    account::{Problem, grouped},
    error::ImportError,
    records::Broken,
};

impl Intake<'_, '_> {
    /// Remembers that something could not be imported.
    ///
    /// # Errors
    /// The problem itself, where the first one ends the import.
    pub fn problem(&mut self, place: Place<'_>, what: impl Into<String>) -> Result<(), ImportError> {
        self.trouble(Problem { file: place.file.to_owned(), at: Some(place.at), what: what.into(), more: 0 })
    }

    /// Remembers what is wrong with a whole file, or with the export.
    ///
    /// # Errors
    /// The problem itself, where the first one ends the import.
    pub fn file_problem(&mut self, file: &str, what: impl Into<String>) -> Result<(), ImportError> {
        self.trouble(Problem { file: file.to_owned(), at: None, what: what.into(), more: 0 })
    }

    /// Remembers that a file could be read in part only.
    ///
    /// # Errors
    /// The problem itself, where the first one ends the import.
    pub fn broken(&mut self, file: &str, broken: &Broken, one: &str, many: &str) -> Result<(), ImportError> {
        let kept = match broken.after {
            0 => "nothing of it was imported".to_owned(),
            1 => format!("its first {one} was imported, the rest was not"),
            number => format!("its first {} {many} were imported, the rest was not", grouped(number)),
        };
        self.file_problem(file, format!("{}; {kept}", broken.why))
    }

    fn trouble(&mut self, problem: Problem) -> Result<(), ImportError> {
        if self.strict {
            return Err(ImportError::Strict(problem));
        }
        self.account.problem(problem);
        Ok(())
    }
}

//! Why a community's facts could not be had.

use std::{
    io,
    path::{Path, PathBuf},
};

use polars::prelude::PolarsError;

use crate::acts::ReadError;

/// Why a community's facts could not be had.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// The log itself could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A table could not be computed.
    #[error("the facts could not be worked out: {0}")]
    Table(#[from] PolarsError),
    /// The archive could not be written.
    #[error("{path} cannot be written: {source}; --cache takes a folder that may be written to, or leave it out")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Of what the system says about a file or folder: that it cannot be written.
pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> ArchiveError {
    move |source| ArchiveError::Write { path: path.to_owned(), source }
}

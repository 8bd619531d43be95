//! Why a cache could not be read or written.

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::load::LoadError;

/// Why a log could not be had by way of a cache.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The log itself could not be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The cache could not be written.
    #[error("{path} cannot be written: {source}; --cache takes a folder that may be written to, or leave it out")]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A month could not be put into a file.
    #[error("a month could not be kept as Parquet: {0}")]
    Encode(#[from] parquet::errors::ParquetError),
}

/// Of what the system says about a file or folder: that it cannot be written.
pub(super) fn failed(path: &Path) -> impl Fn(io::Error) -> CacheError {
    move |source| CacheError::Write { path: path.to_owned(), source }
}

//! Rows without their types, as a store keeps them and as they are shown to whoever they are about.

use std::fmt;

use super::part::Part as _;
use crate::id::UserId;

/// What the stored keys of sealed rows begin with.
pub const SEALED: &str = "sealed/";

/// The key under which a sealed row is stored. Only the scope's name is readable on the disk; it holds no `/`.
pub fn sealed_key(scope: &str, rest: impl fmt::Display) -> String {
    format!("{SEALED}{scope}/{rest}")
}

/// The scope of a sealed row by its stored key, or `None` for any other.
pub fn scope_of(key: &str) -> Option<&str> {
    let (scope, rest) = key.strip_prefix(SEALED)?.split_once('/')?;
    (!scope.is_empty() && !rest.is_empty()).then_some(scope)
}

/// A row as the store keeps it: its key as text, and JSON or `None` where the row is gone.
pub type Change = (String, Option<String>);

/// A row without its types.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its table.
    pub table: &'static str,
    /// Its key as it is stored.
    pub key: String,
    /// What it holds.
    pub json: serde_json::Value,
    /// Whose it is.
    pub owner: Option<UserId>,
    /// Whether it is its owner's alone.
    pub alone: bool,
}

impl Row {
    /// Whether somebody stands in its key.
    pub fn has_in_key(&self, who: &UserId) -> bool {
        let written = who.write();
        self.key.split('/').any(|part| part == written)
    }
}

//! What communities are called: a new name must not make a bot forget what it knows under the old one.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::config::Config;

/// What is remembered, and what the configuration says, do not fit together. In words for the operator.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum NamesError {
    /// A community is remembered that the configuration does not name.
    #[error(
        "{file} knows a community called \"{name}\", and hearth.toml does not: starting without it would forget who opted out, and its lobby, topics and actions. If it has another name now, write `formerly = [\"{name}\"]` below its new name in its [[community]]; if it was given up, write `retired = [\"{name}\"]` at the top of hearth.toml"
    )]
    Unknown {
        /// What knows it.
        file: String,
        /// The name.
        name: String,
    },
    /// A community is remembered under both its names.
    #[error(
        "{file} knows \"{from}\" as well as \"{to}\", and two pasts cannot be made one: take `formerly = [\"{from}\"]` out of hearth.toml, and give that community a [[community]] of its own, or write `retired = [\"{from}\"]` at the top"
    )]
    Both {
        /// What knows them.
        file: String,
        /// The old name.
        from: String,
        /// The new name.
        to: String,
    },
}

/// What each community was called before.
pub fn former(config: &Config) -> BTreeMap<String, Vec<String>> {
    config.communities.iter().map(|community| (community.name.clone(), community.formerly.clone())).collect()
}

/// Which of the communities that `file` knows are called something else now: the old name, and the new one.
///
/// # Errors
/// [`NamesError`] where a known community is neither served, nor renamed, nor retired.
pub fn renamed(config: &Config, known: &[String], file: &str) -> Result<Vec<(String, String)>, NamesError> {
    let mut renamed = Vec::new();
    for name in known.iter().filter(|name| !config.retired.contains(name)) {
        if config.communities.iter().any(|community| community.name == *name) {
            continue;
        }
        let now = config.communities.iter().find(|community| community.formerly.contains(name));
        let Some(to) = now.map(|community| community.name.clone()) else {
            return Err(NamesError::Unknown { file: file.to_owned(), name: name.clone() });
        };
        if known.contains(&to) || renamed.iter().any(|(_, other)| *other == to) {
            return Err(NamesError::Both { file: file.to_owned(), from: name.clone(), to });
        }
        renamed.push((name.clone(), to));
    }
    Ok(renamed)
}

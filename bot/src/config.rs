//! What the operator owns: `hearth.toml`, and the secrets beside it. Everything else is set in chat by leads.

use std::{
    fs,
    path::{Path, PathBuf},
};

use hearth_core::{
    engine::{CommunityNumber, Configured},
    schedule,
};
use hearth_shared::{private_file, pseudonym::Key};
use jiff::{Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};

/// `hearth.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Config {
    /// Where the homeserver answers, `https://matrix.example.org`.
    pub homeserver: String,
    /// The bot's user id, `@hearth:example.org`.
    pub user: String,
    /// Where databases, keys and reports are kept; relative to this file.
    #[serde(default = "default_data")]
    pub data: PathBuf,
    /// Servers whose members may invite the bot, besides its own.
    #[serde(default)]
    pub invites_from: Vec<String>,
    /// Spaces (room ids) whose members may invite the bot.
    #[serde(default)]
    pub invites_from_spaces: Vec<String>,
    /// People who lead every community, whatever their power level. They adopt the first rooms, and say which of them is
    /// the lobby: from then on its moderators lead, too.
    #[serde(default)]
    pub leads: Vec<String>,
    /// Whether the direct rooms that the bot opens are encrypted.
    #[serde(default = "default_true")]
    pub encrypt_direct_rooms: bool,
    /// The program that makes reports, with arguments; without it, `hearth-analytics` beside this program.
    #[serde(default)]
    pub worker: Vec<String>,
    /// Communities that were given up: the bot remembers them, and serves them no more.
    #[serde(default)]
    pub retired: Vec<String>,
    /// The communities that this bot serves.
    #[serde(rename = "community", default)]
    pub communities: Vec<CommunityConfig>,
}

/// One `[[community]]` of `hearth.toml`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CommunityConfig {
    /// Its name, which is also its name in the log and in reports.
    pub name: String,
    /// What it was called before: what the bot knows under these names is this community's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub formerly: Vec<String>,
    /// IANA name of its time zone.
    #[serde(default = "default_zone")]
    pub zone: String,
    /// Its language, `en` or `de`.
    #[serde(default = "default_language")]
    pub language: String,
    /// What commands begin with.
    #[serde(default = "default_prefix")]
    pub prefix: String,
    /// Its rooms, by id, whose moderators lead it. Leads adopt further ones in chat.
    #[serde(default)]
    pub rooms: Vec<String>,
}

fn default_data() -> PathBuf {
    "data".into()
}
fn default_true() -> bool {
    true
}
fn default_zone() -> String {
    "UTC".into()
}
fn default_language() -> String {
    "en".into()
}
fn default_prefix() -> String {
    "!hearth".into()
}

impl Config {
    /// What the engine is told of the communities. `known` gives the number and the key of one by its name.
    pub fn configured(&self, known: impl Fn(&str) -> Option<(CommunityNumber, Key)>) -> Vec<Configured> {
        let of = |community: &CommunityConfig| {
            let (number, key) = known(&community.name)?;
            let CommunityConfig { name, zone, language, prefix, rooms, .. } = community.clone();
            Some(Configured { name, number, zone, language, prefix, rooms, key })
        };
        self.communities.iter().filter_map(of).collect()
    }
}

/// `data/secrets.toml`, mode 0600: what must not be shown.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Secrets {
    /// The access token of the bot's device.
    pub access_token: String,
    /// The bot's device.
    pub device_id: String,
    /// What the SDK's stores are encrypted with.
    pub store_passphrase: String,
}

/// Why the configuration cannot be used, in words for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// A file is missing or unreadable.
    #[error("{path} cannot be read: {source}. `hearth-bot init` makes one")]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file cannot be written.
    #[error("{path} cannot be written: {source}")]
    Write {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file is not what it should be.
    #[error("{path} has a mistake:\n{message}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Where and what.
        message: String,
    },
    /// A value makes no sense.
    #[error("{path}: {message}")]
    Value {
        /// The file.
        path: PathBuf,
        /// Which, why, and what would.
        message: String,
    },
}

impl ConfigError {
    /// What is wrong with a value, for who has just given it and knows of no file yet.
    pub fn in_short(&self) -> String {
        match self {
            Self::Value { message, .. } => message.clone(),
            error => error.to_string(),
        }
    }
}

impl Config {
    /// Reads and checks `hearth.toml`; paths come out absolute.
    ///
    /// # Errors
    /// [`ConfigError`], in words for the operator.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let mut config: Self = read_toml(path)?;
        config.check(path)?;
        let beside = path.parent().unwrap_or(Path::new("."));
        config.data = std::path::absolute(beside.join(&config.data))
            .map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
        Ok(config)
    }

    /// Whether every value makes sense. `path` is for the message.
    ///
    /// # Errors
    /// [`ConfigError::Value`] for the first that does not.
    pub fn check(&self, path: &Path) -> Result<(), ConfigError> {
        let wrong = |message: String| Err(ConfigError::Value { path: path.to_owned(), message });
        if !self.homeserver.starts_with("http://") && !self.homeserver.starts_with("https://") {
            return wrong(format!("homeserver = \"{}\" must begin with https:// (or http://)", self.homeserver));
        }
        if !self.user.starts_with('@') || !self.user.contains(':') {
            return wrong(format!("user = \"{}\" must be a full user id, like @hearth:example.org", self.user));
        }
        if self.communities.is_empty() {
            return wrong("there is no [[community]]; add one with at least a name".to_owned());
        }
        for (index, community) in self.communities.iter().enumerate() {
            let name = &community.name;
            if name.trim().is_empty() {
                return wrong(format!("[[community]] number {} has an empty name", index + 1));
            }
            if self.communities[..index].iter().any(|other| other.name == *name) {
                return wrong(format!("two communities are called \"{name}\""));
            }
            if self.retired.contains(name) {
                return wrong(format!("\"{name}\" is retired and has a [[community]]; choose one of the two"));
            }
            for old in &community.formerly {
                if self.communities.iter().any(|other| other.name == *old) {
                    return wrong(format!(
                        "\"{name}\" was formerly \"{old}\", and that is what a [[community]] is called now: start once without the other, so that everything gets its new name"
                    ));
                }
                let others = self.communities.iter().filter(|other| other.formerly.contains(old)).count();
                if others > 1 || self.retired.contains(old) {
                    return wrong(format!("\"{old}\" can have become one community only, and is named twice"));
                }
            }
            // What chat refuses is refused here: `EST` has no summer time, whatever its name says.
            #[expect(
                clippy::disallowed_methods,
                reason = "no clock runs yet; the time only chooses the name that is proposed"
            )]
            let meant = match schedule::zone(&community.zone, Timestamp::now()) {
                Ok(_) if TimeZone::get(&community.zone).is_ok() => None,
                Ok(name) => Some(name),
                Err(error) => Some(error.0.unwrap_or_else(|| "Europe/Berlin".to_owned())),
            };
            if let Some(meant) = meant {
                return wrong(format!(
                    "zone = \"{}\" of \"{name}\" is no time zone; use the name of its city, like {meant}",
                    community.zone
                ));
            }
            if hearth_practices::Words::of(&community.language).is_none() {
                let known: Vec<_> = hearth_practices::Words::all().iter().map(hearth_practices::Words::tag).collect();
                return wrong(format!(
                    "language = \"{}\" of \"{name}\" is not spoken here; choose from {}",
                    community.language,
                    known.join(", ")
                ));
            }
            if community.prefix.trim().is_empty() || community.prefix.contains(char::is_whitespace) {
                return wrong(format!(
                    "prefix = \"{}\" of \"{name}\" must be one word, like !hearth",
                    community.prefix
                ));
            }
        }
        for lead in &self.leads {
            if !lead.starts_with('@') || !lead.contains(':') {
                return wrong(format!("leads: \"{lead}\" must be a full user id, like @ana:example.org"));
            }
        }
        Ok(())
    }

    /// The part of the bot's user id after the colon.
    pub fn server(&self) -> &str {
        self.user.split_once(':').map_or("", |(_, server)| server)
    }

    /// A file in the data folder.
    pub fn file(&self, name: &str) -> PathBuf {
        self.data.join(name)
    }
}

impl Secrets {
    /// Reads `secrets.toml` from the data folder.
    ///
    /// # Errors
    /// [`ConfigError`], in words for the operator.
    pub fn load(config: &Config) -> Result<Self, ConfigError> {
        read_toml(&config.file("secrets.toml"))
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(..)")
    }
}

fn read_toml<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, ConfigError> {
    let text = fs::read_to_string(path).map_err(|source| ConfigError::Read { path: path.to_owned(), source })?;
    toml::from_str(&text).map_err(|error| ConfigError::Parse { path: path.to_owned(), message: error.to_string() })
}

/// Writes a file that only its owner can read, whole or not at all.
///
/// # Errors
/// [`ConfigError::Write`].
pub fn write_private(path: &Path, text: &str) -> Result<(), ConfigError> {
    private_file::write(path, text.as_bytes()).map_err(|source| ConfigError::Write { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str =
        "homeserver = 'https://m.example.org'\nuser = '@hearth:example.org'\n[[community]]\nname = 'Testers'\n";

    fn load(text: &str) -> Result<Config, ConfigError> {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("hearth.toml");
        fs::write(&path, text).unwrap();
        Config::load(&path)
    }

    #[test]
    fn what_is_not_said_has_a_default() {
        let config = load(GOOD).unwrap();
        assert_eq!(config.communities[0].prefix, "!hearth");
        assert_eq!(config.server(), "example.org");
        assert!(config.data.is_absolute() && config.encrypt_direct_rooms);
    }

    #[test]
    fn mistakes_are_named_with_place_and_remedy() {
        for (text, expected) in [
            (GOOD.replace("user", "usr"), "unknown field `usr`"),
            (GOOD.replace("https://m", "m"), "must begin with https://"),
            (GOOD.replace("@hearth:example.org", "hearth"), "full user id"),
            (GOOD.replace("name = 'Testers'", "name = 'T'\nzone = 'Mars/Base'"), "no time zone"),
            (GOOD.replace("name = 'Testers'", "name = 'T'\nlanguage = 'tlh'"), "choose from en, de"),
            (format!("{GOOD}[[community]]\nname = 'Testers'\n"), "two communities"),
            (
                format!("{GOOD}[[community]]\nname = 'B'\nrooms = ['!a:t']\nformerly = ['Testers']\n"),
                "start once without",
            ),
            (format!("retired = ['Testers']\n{GOOD}"), "choose one of the two"),
            (format!("retired = ['A']\n{GOOD}formerly = ['A']\n"), "named twice"),
            (GOOD.replace("[[community]]\nname = 'Testers'", ""), "no [[community]]"),
        ] {
            let error = load(&text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(Config::load(Path::new("nowhere.toml")).unwrap_err().to_string().contains("hearth-bot init"));
    }

    #[test]
    fn secrets_are_private_and_never_printed() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secrets.toml");
        write_private(&path, "x").unwrap();
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path).unwrap().permissions()) & 0o777, 0o600);
        let secrets = Secrets { access_token: "t0ken".into(), device_id: "D".into(), store_passphrase: "p".into() };
        assert_eq!(format!("{secrets:?}"), "Secrets(..)");
    }
}

//! `hearth-bot init`: the few questions that matter, a device, encryption, and a configuration file.

use std::{
    fs,
    io::{IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    time::Duration,
};

use anyhow::{Context as _, bail};
use clap::Args;
use dialoguer::{Input, Password};

use crate::{
    config::{CommunityConfig, Config, ConfigError, Secrets, write_private},
    lock::lock,
    matrix::{Matrix, client::Credentials},
};

/// How long the old device's logout may take: the new one works without it.
const LOG_OUT_WITHIN: Duration = Duration::from_secs(5);

/// What the bot is called where its account has no name.
const NAME: &str = "Hearth";

/// What `init` needs to know.
#[derive(Args, Debug)]
pub struct Answers {
    /// Where the homeserver answers, like https://matrix.example.org.
    #[arg(long)]
    homeserver: Option<String>,
    /// The bot's user id, like @hearth:example.org.
    #[arg(long)]
    user: Option<String>,
    /// A file that holds the bot's password (else HEARTH_PASSWORD, else it is asked for).
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
    /// A file that holds an access token, where the bot has no password.
    #[arg(long, value_name = "FILE", conflicts_with = "password_file")]
    token_file: Option<PathBuf>,
    /// A file that holds the recovery key that an earlier `init` showed, where the bot has had a device before.
    #[arg(long, value_name = "FILE")]
    recovery_key_file: Option<PathBuf>,
    /// The community's name.
    #[arg(long)]
    community: Option<String>,
    /// Who leads the community first, a user id like @ana:example.org. They bring the bot into its rooms.
    #[arg(long, value_name = "USER")]
    lead: Option<String>,
    /// The community's time zone, an IANA name like Europe/Berlin.
    #[arg(long)]
    zone: Option<String>,
    /// The community's language: en or de.
    #[arg(long)]
    language: Option<String>,
    /// Where databases, keys and reports are kept, relative to the configuration.
    #[arg(long, value_name = "FOLDER")]
    data: Option<PathBuf>,
}

/// Logs in, sets up encryption, and writes the configuration; an existing one is kept.
pub(crate) async fn run(path: &Path, answers: Answers) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    let existing = path.exists();
    let config = if existing { Config::load(path)? } else { ask(path, &answers)? };
    let _lock = lock(&config)?;
    private_folder(&config.data)?;
    let credentials = credentials(&answers, &config.user)?;
    let before = Secrets::load(&config).ok();
    let secrets = Matrix::log_in(&config, &credentials, &random_hex()?).await?;
    // From here on there is a new device, and the old one's store is of no more use to it.
    set_old_store_aside(&config)?;
    write_private(&config.file("secrets.toml"), &toml::to_string(&secrets)?)?;
    let matrix = Matrix::restore(&config, &secrets).await?;
    if !existing {
        write_private(path, &as_toml(&config, path)?)?;
    }
    writeln!(out, "Logged in as {}.", config.user)?;
    matrix.settle().await?;
    // It does its work without a face, too.
    let drawn = hearth_reports::avatar().context("the bot's picture")?;
    match matrix.introduce(NAME, drawn).await {
        Ok(true) => writeln!(out, "It had no name or no picture of its own: it is {NAME}, with a fire.")?,
        Ok(false) => {}
        Err(error) => writeln!(out, "{error}. Run `hearth-bot init` again to retry, or set them with any client.")?,
    }
    if let Some(before) = before.filter(|before| before.device_id != secrets.device_id) {
        // Nobody needs it any more, and whoever has got hold of its token must not go on as the bot.
        let logged_out = tokio::time::timeout(LOG_OUT_WITHIN, Matrix::log_out(&config, &before)).await;
        match logged_out {
            Ok(Ok(())) => writeln!(out, "The bot's earlier device is logged out.")?,
            _ => writeln!(
                out,
                "The bot's earlier device ({}) could not be logged out; do it in the account's list of sessions, if it is still there.",
                before.device_id
            )?,
        }
    }
    let password = match &credentials {
        Credentials::Password(password) => Some(password.as_str()),
        Credentials::Token(_) => None,
    };
    if let Some(key) = recovery_key(&answers, matrix.has_backup().await)? {
        matrix.recover(&key).await?;
        writeln!(out, "The bot's keys are back, and its new device is signed with its old identity.")?;
    }
    match matrix.set_up_encryption(password).await {
        Ok(Some(key)) => writeln!(
            out,
            "\nRecovery key (shown once, kept nowhere; it restores the bot's encrypted history):\n\n    {key}\n"
        )?,
        Ok(None) => writeln!(out, "The key backup goes on as it is.")?,
        Err(error) => writeln!(
            out,
            "Encryption works, but cross-signing and key backup are not set up: {error}.\nRun `hearth-bot init` again to retry."
        )?,
    }
    let lead = config.leads.first().map_or("a lead", String::as_str);
    writeln!(
        out,
        "Wrote {}. Now: `hearth-bot run`. Then {lead} invites {} to the community's rooms.",
        path.display(),
        config.user
    )?;
    Ok(())
}

fn ask(path: &Path, answers: &Answers) -> anyhow::Result<Config> {
    // Every answer is checked at once, in a configuration whose other values are right.
    let mut config = Config {
        homeserver: "https://matrix.example.org".to_owned(),
        user: "@hearth:example.org".to_owned(),
        data: answers.data.clone().unwrap_or_else(|| "data".into()),
        invites_from: Vec::new(),
        invites_from_spaces: Vec::new(),
        leads: Vec::new(),
        encrypt_direct_rooms: true,
        worker: Vec::new(),
        retired: Vec::new(),
        communities: vec![CommunityConfig {
            name: "Community".to_owned(),
            formerly: Vec::new(),
            zone: "UTC".to_owned(),
            language: "en".to_owned(),
            prefix: "!hearth".to_owned(),
            rooms: Vec::new(),
        }],
    };
    for question in QUESTIONS {
        let check = |answer: &String| {
            let mut config = config.clone();
            (question.set)(&mut config, answer.trim().to_owned());
            config.check(path)
        };
        let answer = question.answer((question.given)(answers), check)?;
        (question.set)(&mut config, answer.trim().to_owned());
    }
    config.check(path)?;
    let beside = path.parent().unwrap_or(Path::new("."));
    config.data = std::path::absolute(beside.join(&config.data))?;
    Ok(config)
}

/// One thing that must be known: from a flag, or from who sits at the terminal.
struct Question {
    flag: &'static str,
    words: &'static str,
    default: Option<&'static str>,
    given: fn(&Answers) -> Option<&String>,
    set: fn(&mut Config, String),
}

const QUESTIONS: [Question; 6] = [
    Question {
        flag: "--homeserver",
        words: "Where the homeserver answers, like https://matrix.example.org",
        default: None,
        given: |answers| answers.homeserver.as_ref(),
        set: |config, answer| config.homeserver = answer,
    },
    Question {
        flag: "--user",
        words: "The bot's user id, like @hearth:example.org",
        default: None,
        given: |answers| answers.user.as_ref(),
        set: |config, answer| config.user = answer,
    },
    Question {
        flag: "--community",
        words: "The community's name",
        default: None,
        given: |answers| answers.community.as_ref(),
        set: |config, answer| config.communities[0].name = answer,
    },
    Question {
        flag: "--lead",
        words: "Who leads it first, your own user id perhaps",
        default: None,
        given: |answers| answers.lead.as_ref(),
        set: |config, answer| config.leads = vec![answer],
    },
    Question {
        flag: "--zone",
        words: "Its time zone, an IANA name like Europe/Berlin",
        default: Some("UTC"),
        given: |answers| answers.zone.as_ref(),
        set: |config, answer| config.communities[0].zone = answer,
    },
    Question {
        flag: "--language",
        words: "Its language, en or de",
        default: Some("en"),
        given: |answers| answers.language.as_ref(),
        set: |config, answer| config.communities[0].language = answer,
    },
];

impl Question {
    /// The flag's value, or what the terminal says, asked again until it can be used. A script that lacks a flag is told
    /// which.
    fn answer(
        &self,
        given: Option<&String>,
        check: impl Fn(&String) -> Result<(), ConfigError>,
    ) -> anyhow::Result<String> {
        if let Some(given) = given {
            check(given).map_err(|error| anyhow::anyhow!("{}: {}", self.flag, error.in_short()))?;
            return Ok(given.clone());
        }
        if !std::io::stdin().is_terminal() {
            return match self.default {
                Some(default) => Ok(default.to_owned()),
                None => bail!("{} is needed where there is no terminal to ask at", self.flag),
            };
        }
        let mut input = Input::<String>::new().with_prompt(self.words);
        if let Some(default) = self.default {
            input = input.default(default.to_owned());
        }
        let check = |answer: &String| check(answer).map_err(|error| error.in_short());
        Ok(input.validate_with(check).interact_text()?)
    }
}

fn credentials(answers: &Answers, user: &str) -> anyhow::Result<Credentials> {
    if let Some(path) = &answers.token_file {
        return Ok(Credentials::Token(secret_in(path)?));
    }
    if let Some(path) = &answers.password_file {
        return Ok(Credentials::Password(secret_in(path)?));
    }
    if let Ok(password) = std::env::var("HEARTH_PASSWORD") {
        return Ok(Credentials::Password(password));
    }
    if std::io::stdin().is_terminal() {
        let password = secret(&format!("Password of {user} (empty: use an access token)"))?;
        return Ok(match password.is_empty() {
            true => Credentials::Token(secret("Its access token")?.trim().to_owned()),
            false => Credentials::Password(password),
        });
    }
    bail!("a password is needed: set HEARTH_PASSWORD, or give --password-file or --token-file")
}

/// The recovery key, where an earlier device left a backup: from the file, or asked for. A script that names none goes
/// on without.
fn recovery_key(answers: &Answers, has_backup: bool) -> anyhow::Result<Option<String>> {
    let key = match &answers.recovery_key_file {
        Some(_) if !has_backup => bail!("--recovery-key-file was given, but the bot has no key backup to open with it"),
        Some(path) => secret_in(path)?,
        None if has_backup && std::io::stdin().is_terminal() => {
            secret("The recovery key of the bot's earlier device (empty: go on without its old keys)")?
        }
        None => return Ok(None),
    };
    Ok(Some(key.trim().to_owned()).filter(|key| !key.is_empty()))
}

fn secret(question: &str) -> anyhow::Result<String> {
    Ok(Password::new().with_prompt(question).allow_empty_password(true).interact()?)
}

fn secret_in(path: &Path) -> anyhow::Result<String> {
    let text = fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(text.trim().to_owned())
}

/// A new device must not use an old one's keys: an old store is set aside, never deleted.
fn set_old_store_aside(config: &Config) -> anyhow::Result<()> {
    let store = config.file("matrix");
    if !store.exists() {
        return Ok(());
    }
    let aside = (1..)
        .map(|number| config.file(&format!("matrix.old-{number}")))
        .find(|path| !path.exists())
        .unwrap_or_else(|| config.file("matrix.old"));
    fs::rename(&store, &aside).with_context(|| format!("{} cannot be moved aside", store.display()))
}

fn private_folder(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder).with_context(|| format!("the data folder {} cannot be made", folder.display()))?;
    #[cfg(unix)]
    fs::set_permissions(folder, std::os::unix::fs::PermissionsExt::from_mode(0o700))?;
    Ok(())
}

fn random_hex() -> anyhow::Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(|error| anyhow::anyhow!("no randomness: {error}"))?;
    Ok(hex::encode(bytes))
}

/// The configuration as the operator will read it.
fn as_toml(config: &Config, path: &Path) -> anyhow::Result<String> {
    let mut shown = config.clone();
    let file = std::path::absolute(path)?;
    if let Some(folder) = file.parent()
        && let Ok(relative) = shown.data.strip_prefix(folder)
    {
        shown.data = relative.to_owned();
    }
    let text = toml::to_string(&shown)?;
    Ok(format!("# Hearth's configuration: what the operator owns. Leads set everything else in chat.\n\n{text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(zone: &str) -> Answers {
        Answers {
            homeserver: Some("https://example.org".to_owned()),
            user: Some("@hearth:example.org".to_owned()),
            password_file: None,
            token_file: None,
            recovery_key_file: None,
            community: Some("Testers".to_owned()),
            lead: Some("@ana:example.org".to_owned()),
            zone: Some(zone.to_owned()),
            language: Some("de".to_owned()),
            data: None,
        }
    }

    #[test]
    fn a_wrong_flag_is_named_before_anything_is_written() {
        let said = ask(Path::new("hearth.toml"), &answers("Berlin")).unwrap_err().to_string();
        assert!(said.starts_with("--zone: zone = \"Berlin\""), "{said}");
    }

    #[test]
    fn a_configuration_can_be_moved_with_its_data() {
        let path = Path::new("hearth.toml");
        let config = ask(path, &answers("Europe/Berlin")).unwrap();
        assert!(config.data.is_absolute());
        assert!(as_toml(&config, path).unwrap().contains("data = \"data\""));
    }
}

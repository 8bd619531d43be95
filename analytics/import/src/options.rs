//! What the command line asks an import for.

use std::path::{Path, PathBuf};

use clap::{
    Args, ValueEnum,
    builder::{ArgPredicate, NonEmptyStringValueParser},
};
use hearth_shared::{activity::Capabilities, bots::Pattern};
use jiff::tz::TimeZone;

/// What to import, from where, into what.
#[derive(Args, Clone, Debug)]
#[command(after_help = crate::help::TABLE)]
pub struct Import {
    /// What made the export
    #[arg(value_enum, required = false, required_unless_present = "people")]
    #[arg(default_value_if("people", ArgPredicate::IsPresent, "people"))]
    pub from: Origin,
    /// The export: a folder, a .zip, a .tar.gz, or a file (.gz or not)
    #[arg(required = false, required_unless_present = "people")]
    #[arg(default_value_if("people", ArgPredicate::IsPresent, NO_EXPORT))]
    pub path: PathBuf,
    /// The activity log; it is made where there is none
    #[arg(long, value_name = "FILE")]
    pub db: PathBuf,
    /// The community's name in the log
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub community: String,
    /// What the export can know (replies,threads,reactions,joins,edits) [default: judged by what it holds]
    #[arg(long, value_name = "LIST")]
    pub capabilities: Option<Capabilities>,
    /// The key that makes pseudonyms of people, the same as the bot's [default: pseudonym.key beside the log; made
    /// where there is none]
    #[arg(long, value_name = "FILE")]
    pub key: Option<PathBuf>,
    /// Stop at the first thing that cannot be imported, and write nothing
    #[arg(long)]
    pub strict: bool,
    /// The name of this origin in the log; ids of two origins are never mixed up [default: what made the export]
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub source: Option<String>,
    /// The id of somebody who is a bot, where the export does not say so; may be given several times
    #[arg(long = "bot", value_name = "ID")]
    pub bots: Vec<String>,
    /// The ids of bots, as a pattern in which `*` stands for anything, like `@_irc_*:example.org`; may be given several
    /// times
    #[arg(long = "bots", value_name = "PATTERN")]
    pub bot_patterns: Vec<Pattern>,
    /// Import private channels, too; direct messages never are
    #[arg(long)]
    pub private_channels: bool,
    /// Import what no list of the export names, too: whether it is private nobody can tell from the export
    #[arg(long)]
    pub unlisted_channels: bool,
    /// Who is who: a CSV table of old ids and new ones, a pair a row. From now on both are one person, in what is in the
    /// log and in what comes; without an export, nothing else happens
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
    /// Take back what a table of people said
    #[arg(long)]
    pub undo: bool,
    /// The zone of times that an export writes without one, like Europe/Berlin [default: UTC]
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub timezone: Option<TimeZone>,
    /// The longest record that is read, in bytes, or like 64K, 16M
    #[arg(long, value_name = "SIZE", default_value_t = MAX_RECORD, value_parser = bytes)]
    pub max_record: u64,
}

impl Import {
    /// What the command line asks for where it says no more than it must.
    pub fn new(from: Origin, path: &Path, db: &Path, community: &str) -> Self {
        Self {
            from,
            path: path.to_owned(),
            db: db.to_owned(),
            community: community.to_owned(),
            capabilities: None,
            key: None,
            strict: false,
            source: None,
            bots: Vec::new(),
            bot_patterns: Vec::new(),
            private_channels: false,
            unlisted_channels: false,
            people: None,
            undo: false,
            timezone: None,
            max_record: MAX_RECORD,
        }
    }

    /// The zone of times that an export writes without one.
    pub fn zone(&self) -> TimeZone {
        self.timezone.clone().unwrap_or(TimeZone::UTC)
    }
}

fn zone(name: &str) -> Result<TimeZone, String> {
    TimeZone::get(name).map_err(|_| "a zone is like Europe/Berlin or UTC".to_owned())
}

impl Import {
    /// The table that says who is who.
    pub fn people_table(&self) -> Option<&Path> {
        let own = (self.from == Origin::People && self.path != Path::new(NO_EXPORT)).then_some(self.path.as_path());
        self.people.as_deref().or(own)
    }
}

/// What stands for an export where there is only a table of people.
const NO_EXPORT: &str = "-";

/// The longest record that is read unless more is asked for, bytes: far more than anybody writes.
const MAX_RECORD: u64 = 16 << 20;

/// What made an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Origin {
    /// Slack's own export
    Slack,
    /// "Export chat" of Element, as JSON
    Element,
    /// Mattermost's bulk export, JSONL
    Mattermost,
    /// The export of a Zulip server, or a public archive of one
    Zulip,
    /// DiscordChatExporter, as JSON
    Discord,
    /// What Discourse's API answered, or tables of a backup, as CSV
    Discourse,
    /// Rocket.Chat, by mongoexport or by the people themselves
    Rocketchat,
    /// Telegram Desktop, as JSON
    Telegram,
    /// messages.json of Microsoft Teams, as people can export it
    Teams,
    /// Mailing lists, as mbox
    Mail,
    /// Logs of IRC
    Irc,
    /// A table, a row an act: see below
    Csv,
    /// No export: the table of --people, for a log that is there
    People,
}

impl Origin {
    /// Its name, which is also the default name of its source.
    pub fn name(self) -> &'static str {
        match self {
            Self::Slack => "slack",
            Self::Element => "element",
            Self::Mattermost => "mattermost",
            Self::Zulip => "zulip",
            Self::Discord => "discord",
            Self::Discourse => "discourse",
            Self::Rocketchat => "rocketchat",
            Self::Telegram => "telegram",
            Self::Teams => "teams",
            Self::Mail => "mail",
            Self::Irc => "irc",
            Self::Csv => "csv",
            Self::People => "people",
        }
    }
}

/// A size: `1000`, `64K`, `16M`, `1G`.
fn bytes(text: &str) -> Result<u64, String> {
    let digits = text.trim_end_matches(|letter: char| letter.is_ascii_alphabetic());
    let shift = match text[digits.len()..].to_ascii_uppercase().as_str() {
        "" | "B" => 0,
        "K" | "KB" | "KIB" => 10,
        "M" | "MB" | "MIB" => 20,
        "G" | "GB" | "GIB" => 30,
        _ => return Err("a size is a number of bytes, or like 64K, 16M, 1G".to_owned()),
    };
    match digits.parse::<u64>().ok().and_then(|number| number.checked_mul(1 << shift)) {
        Some(size) if size > 0 => Ok(size),
        _ => Err("a size is a number of bytes, or like 64K, 16M, 1G".to_owned()),
    }
}

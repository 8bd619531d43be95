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
#[command(after_help = HELP)]
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

/// What a table must hold, for whoever writes one.
pub const HELP: &str = "CSV, from scratch: UTF-8, a first row with the columns' names, then a row an act. In any order:
  ts_ms      1704182400000         when: milliseconds since 1970, UTC; or instead
  ts         2024-01-02T08:00:00Z  when: with Z, or an offset like +01:00
  room       lobby                 the room's name or id
  event_id   4711                  what makes the act one act; no other one has it
  sender     ana                   who did it: a name or an id, always the same
  kind       message               message, reaction, join or leave
and where they are known, else empty or left out:
  reply_to   4710                  the event_id of the message that is answered, or reacted to
  thread_id  4700                  the event_id of the message that opened the thread that this one is in; or
             topic:tides           a topic's name, which no message opened
  is_bot     0                     1 or true: a program, else 0 or false
  n_chars    120                   the length of the message, characters
  mentions   1                     how many people it mentions
For example:
  ts_ms,room,event_id,sender,kind,reply_to,thread_id,is_bot,n_chars,mentions
  1704182400000,lobby,1,ana,join,,,0,,
  1704182460000,lobby,2,ana,message,,,0,42,0
  1704182520000,lobby,3,ben,message,2,,0,17,1
  1704182580000,lobby,4,ana,reaction,3,,0,,
A message with a reply_to is an answer to that message. In a thread, one with a thread_id answers the message that opened
it, and with both, the one that it names. Without either it opens a conversation of its own. What the table can know is
judged by what it holds: where replies, reactions or joins are few because there were few, say so with
--capabilities replies,threads,reactions,joins,edits.";

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

//! An act as an export tells it, in the export's own ids.

use hearth_shared::activity::Kind;

use crate::records::At;

/// Where in an export something stands.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The file.
    pub file: &'a str,
    /// Where in it.
    pub at: At,
}

/// A room as an export names it.
#[derive(Clone, Copy, Debug)]
pub struct Room<'a> {
    /// What stays the same when it is renamed, if there is such a thing.
    pub id: &'a str,
    /// What it is called.
    pub name: &'a str,
}

/// An act as an export tells it, in the export's own ids.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// Where.
    pub room: Room<'a>,
    /// What makes it one act.
    pub event: &'a str,
    /// Who.
    pub by: &'a str,
    /// Whether that is a bot.
    pub bot: bool,
    /// What.
    pub kind: Kind,
    /// When, milliseconds since 1970.
    pub ts: i64,
    /// What it answers.
    pub reply_to: Option<&'a str>,
    /// The message that opened the thread it is in, or the topic.
    pub thread: Option<&'a str>,
    /// Whether that is a topic, which has a name and which no message opened.
    pub is_topic: bool,
    /// The length of its text, characters.
    pub n_chars: i64,
    /// How many people it mentions.
    pub mentions: i64,
    /// What its kind says it means.
    pub value: Option<i64>,
    /// Whether it is from before its source had threads.
    pub before_threads: bool,
}

impl<'a> Told<'a> {
    /// An act of a person, about nothing.
    pub fn new(room: Room<'a>, event: &'a str, by: &'a str, kind: Kind, ts: i64) -> Self {
        Self {
            room,
            event,
            by,
            bot: false,
            kind,
            ts,
            reply_to: None,
            thread: None,
            is_topic: false,
            n_chars: 0,
            mentions: 0,
            value: None,
            before_threads: false,
        }
    }
}

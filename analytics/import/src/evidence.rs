//! What an export can know, judged by what it holds.
//!
//! An export without threads looks like a community in which nobody answers. So a source is only said to know what it
//! shows: a measure that needs the rest is n/a, and not a misleading 0. The rules, each for one source of one import:
//!
//! - **replies**: at least one in [`LINKED`] of people's messages points at what it answers. Below that, people answer
//!   beneath each other, and what little is linked says nothing about who was answered.
//! - **threads**: the same, where threads are the only way to reply (Slack, Mattermost); elsewhere at least one message
//!   is in a thread, and nothing says that others were lost.
//! - Neither is known where edited messages lost what they answered, and those are more than one message in [`LINKED`], or
//!   half as many as the answers that are left.
//! - **reactions**: there is at least one, and nothing says that one in [`LINKED`] or more were lost.
//! - **joins**: of those who wrote, or whom the export lists as a member of a room, at most one in [`LINKED`] did not join
//!   any room before.
//! - **edits**: the export tells an edit from a message.
//!
//! `--capabilities` says otherwise.

use std::collections::HashMap;
use strum::VariantArray as _;

use hearth_shared::activity::{Capabilities, Capability, Kind};

use crate::account::{counted, grouped};

/// One in so many, the share that tells a habit from an exception: 5 %.
pub const LINKED: u64 = 20;

/// Fewer messages than this are too few to take back what earlier imports of the same source showed.
pub const ENOUGH: u64 = 200;

/// What one source of an import showed.
#[derive(Debug, Default)]
pub struct Evidence {
    /// Messages of people.
    pub messages: u64,
    /// Those of them that answer a message or are in a thread that another one opened.
    pub linked: u64,
    /// Those of them that are in such a thread.
    pub threaded: u64,
    /// Reactions.
    pub reactions: u64,
    /// Messages in threads that the export mentions and does not hold.
    pub lost_threaded: u64,
    /// Reactions that it mentions and does not hold.
    pub lost_reactions: u64,
    /// Edited messages that lost what they answered, if they answered anything.
    pub edited: u64,
}

/// Who was there, and who came: of an import as a whole, because people stay when a place changes.
#[derive(Debug, Default)]
pub struct Attendance {
    presence: HashMap<i64, Presence>,
    /// Members by the export's own lists who did nothing, not even join.
    listed_only: u64,
}

/// Since when somebody is there, milliseconds since 1970.
#[derive(Clone, Copy, Debug)]
struct Presence {
    joined: i64,
    wrote: i64,
    listed: bool,
}

/// What a format can hold at all.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Whether threads are the only way to reply.
    pub replies_are_threads: bool,
    /// What it never holds.
    pub never: &'static [Capability],
}

impl Attendance {
    /// Takes note of what somebody did.
    pub fn see(&mut self, kind: Kind, person: i64, ts: i64) {
        if !matches!(kind, Kind::Message | Kind::Join) {
            return;
        }
        let unseen = Presence { joined: i64::MAX, wrote: i64::MAX, listed: false };
        let here = self.presence.entry(person).or_insert(unseen);
        let since = if kind == Kind::Join { &mut here.joined } else { &mut here.wrote };
        *since = ts.min(*since);
    }

    /// Takes note of somebody whom the export lists as a member, when it has been read to its end. `None`: they did
    /// nothing; to be told once.
    pub fn list(&mut self, person: Option<i64>) {
        match person.and_then(|person| self.presence.get_mut(&person)) {
            Some(here) => here.listed = true,
            None => self.listed_only += 1,
        }
    }

    /// How many never came, and of how many.
    fn unexplained(&self) -> (u64, u64) {
        let (mut absent, mut all) = (self.listed_only, self.listed_only);
        for here in self.presence.values().filter(|here| here.listed || here.wrote != i64::MAX) {
            all += 1;
            absent += u64::from(here.joined == i64::MAX || here.joined > here.wrote);
        }
        (absent, all)
    }

    fn is_complete(&self) -> bool {
        let (absent, all) = self.unexplained();
        all > 0 && absent * LINKED <= all
    }

    fn is_empty(&self) -> bool {
        self.presence.values().all(|here| here.joined == i64::MAX)
    }
}

impl Evidence {
    /// Takes note of what somebody did. `linked`: whether it points at another message; `threaded`: whether by a thread.
    pub fn see(&mut self, kind: Kind, linked: bool, threaded: bool) {
        match kind {
            Kind::Message => {
                self.messages += 1;
                self.linked += u64::from(linked);
                self.threaded += u64::from(threaded);
            }
            Kind::Reaction => self.reactions += 1,
            _ => {}
        }
    }

    /// What the source knows.
    pub fn found(&self, format: Format, attendance: &Attendance) -> Capabilities {
        let hidden = self.edits_hide();
        let linked = self.linked > 0 && self.linked * LINKED >= self.messages && self.lost_threaded == 0 && !hidden;
        let knows = |capability| match capability {
            Capability::Replies => linked,
            Capability::Threads if format.replies_are_threads => linked,
            Capability::Threads => self.threaded > 0 && self.lost_threaded == 0 && !hidden,
            Capability::Reactions => self.reactions > 0 && self.lost_reactions * LINKED <= self.reactions,
            Capability::Joins => attendance.is_complete(),
            Capability::Edits => true,
        };
        Capability::VARIANTS.iter().copied().filter(|one| !format.never.contains(one) && knows(*one)).collect()
    }

    /// Whether so many messages may have lost what they answered that the rest says little.
    fn edits_hide(&self) -> bool {
        self.edited * LINKED > self.messages || self.edited * 2 > self.linked
    }

    /// Why it does not know `capability`, for whoever runs the import.
    pub fn lacks(&self, capability: Capability, format: Format, attendance: &Attendance) -> String {
        let few = || format!("{} of {} messages answer another one", grouped(self.linked), grouped(self.messages));
        match capability {
            _ if format.never.contains(&capability) => "such an export never holds them".to_owned(),
            Capability::Replies if self.lost_threaded > 0 => "answers in threads were lost".to_owned(),
            Capability::Replies | Capability::Threads if self.edited > 0 && self.edits_hide() => {
                let edited = counted(self.edited, "edited message", "edited messages");
                format!("{edited} lost what they answered, if they answered anything")
            }
            Capability::Replies => few(),
            Capability::Threads if format.replies_are_threads => few(),
            Capability::Threads if self.lost_threaded > 0 => "the export lost some".to_owned(),
            Capability::Reactions if self.reactions > 0 => "the export lost many".to_owned(),
            Capability::Joins if !attendance.is_empty() => {
                let (absent, all) = attendance.unexplained();
                format!("{} of {} were there without having joined", grouped(absent), grouped(all))
            }
            _ => "the export holds none".to_owned(),
        }
    }
}

/// What a source knows, when `before` is what earlier imports of it found.
pub fn settle(found: Capabilities, before: Option<Capabilities>, evidence: &Evidence) -> Capabilities {
    match before {
        None => found,
        Some(before) if evidence.messages < ENOUGH => before,
        Some(before) => before.and(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FREE: Format = Format { replies_are_threads: false, never: &[] };
    const THREADED: Format = Format { replies_are_threads: true, never: &[Capability::Joins] };

    fn wrote(messages: u64, linked: u64) -> Evidence {
        let mut evidence = Evidence::default();
        for number in 0..messages {
            evidence.see(Kind::Message, number < linked, number < linked);
        }
        evidence
    }

    fn knows(evidence: &Evidence, format: Format, capability: Capability) -> bool {
        evidence.found(format, &Attendance::default()).has(capability)
    }

    #[test]
    fn a_few_replies_among_many_messages_are_an_exception_and_not_knowledge() {
        assert!(!knows(&wrote(100, 4), FREE, Capability::Replies));
        assert!(knows(&wrote(100, 5), FREE, Capability::Replies));
        assert!(!knows(&wrote(0, 0), FREE, Capability::Replies));
        let why = wrote(1000, 4).lacks(Capability::Replies, FREE, &Attendance::default());
        assert_eq!(why, "4 of 1,000 messages answer another one");
        assert!(!knows(&wrote(100, 4), THREADED, Capability::Threads));
        assert!(knows(&wrote(100, 4), FREE, Capability::Threads), "one thread shows that threads are told");
    }

    #[test]
    fn lost_threads_make_replies_unknown() {
        let mut evidence = wrote(100, 50);
        evidence.lost_threaded = 1;
        assert!(!knows(&evidence, FREE, Capability::Threads) && !knows(&evidence, FREE, Capability::Replies));
    }

    #[test]
    fn where_edits_took_what_was_answered_replies_are_unknown() {
        let known = |edited| {
            let evidence = Evidence { edited, ..wrote(100, 20) };
            [Capability::Replies, Capability::Threads].map(|one| knows(&evidence, FREE, one))
        };
        assert_eq!(known(5), [true; 2], "so few change little");
        assert_eq!(known(6), [false; 2]);
        let few = Evidence { edited: 4, ..wrote(100, 7) };
        assert!(!knows(&few, FREE, Capability::Replies), "there may have been half as many more");
        let why = few.lacks(Capability::Replies, FREE, &Attendance::default());
        assert_eq!(why, "4 edited messages lost what they answered, if they answered anything");
    }

    #[test]
    fn joins_are_known_where_nearly_everybody_came_before_they_wrote() {
        let mut here = Attendance::default();
        for person in 0..40 {
            here.see(Kind::Message, person, 10);
        }
        assert!(!here.is_complete() && here.is_empty());
        for person in 2..40 {
            here.see(Kind::Join, person, 5);
        }
        assert!(here.is_complete(), "2 of 40 are missing");
        let evidence = Evidence::default();
        assert!(evidence.found(FREE, &here).has(Capability::Joins));
        assert!(!evidence.found(THREADED, &here).has(Capability::Joins), "never");
        here.list(Some(2));
        here.list(None);
        assert!(!here.is_complete(), "3 of 41");
        assert!(evidence.lacks(Capability::Joins, FREE, &here).starts_with("3 of 41"));
        let mut late = Attendance::default();
        late.see(Kind::Message, 1, 10);
        late.see(Kind::Join, 1, 11);
        assert!(!late.is_complete(), "they came after they wrote");
    }

    #[test]
    fn a_small_import_takes_nothing_back_and_a_large_one_adds_nothing() {
        let (all, none) = (Capabilities::all(), Capabilities::default());
        assert_eq!(settle(none, Some(all), &wrote(ENOUGH - 1, 0)), all);
        assert_eq!(settle(none, Some(all), &wrote(ENOUGH, 0)), none);
        assert_eq!(settle(all, Some(none), &wrote(ENOUGH, ENOUGH)), none);
        assert_eq!(settle(all, None, &wrote(1, 1)), all);
    }
}

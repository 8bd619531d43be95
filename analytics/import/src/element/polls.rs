//! Polls that members open in their clients, logged as the bot logs them: that a poll was opened and ended, and once a
//! person who took part. What they chose is not kept.

use std::collections::{HashMap, HashSet};

use hearth_shared::activity::Kind;
use serde_json::Value;

/// An act about a poll.
#[derive(Debug, PartialEq, Eq)]
pub struct Act {
    /// What makes it one act.
    pub event: String,
    /// Whose it is.
    pub by: String,
    /// What.
    pub kind: Kind,
    /// What that means.
    pub value: Option<i64>,
}

/// The polls of a room, as they go on.
#[derive(Debug, Default)]
pub struct Polls(HashMap<String, Poll>);

#[derive(Debug)]
struct Poll {
    by: String,
    answers: HashSet<String>,
    voters: HashSet<String>,
    ended: bool,
}

impl Polls {
    /// What an event means for the polls of its room, if anything.
    pub fn act(&mut self, kind: &str, content: &Value, event: &str, sender: &str) -> Option<Act> {
        let act = |event, by: &str, kind, value| Some(Act { event, by: by.to_owned(), kind, value });
        match kind.strip_prefix("org.matrix.msc3381.poll.").or_else(|| kind.strip_prefix("m.poll."))? {
            "start" => {
                let poll = content.get("m.poll").or_else(|| content.get("org.matrix.msc3381.poll.start"))?;
                let id = |answer: &Value| Some(answer.get("m.id").or_else(|| answer.get("id"))?.as_str()?.to_owned());
                let answers: HashSet<String> = poll.get("answers")?.as_array()?.iter().filter_map(id).collect();
                let count = i64::try_from(answers.len()).ok();
                let poll = Poll { by: sender.to_owned(), answers, voters: HashSet::new(), ended: false };
                self.0.insert(event.to_owned(), poll);
                act(name(event, ""), sender, Kind::PollOpened, count)
            }
            "response" => {
                let poll = self.0.get_mut(referred(content)?).filter(|poll| !poll.ended)?;
                let chosen = content
                    .get("m.selections")
                    .or_else(|| content.get("org.matrix.msc3381.poll.response")?.get("answers"))?
                    .as_array()?;
                let chose = chosen.iter().filter_map(Value::as_str).any(|id| poll.answers.contains(id));
                if !chose || !poll.voters.insert(sender.to_owned()) {
                    return None;
                }
                act(name(referred(content)?, &format!("/{sender}")), sender, Kind::PollVoted, None)
            }
            "end" => {
                // Somebody else may end it only where they may remove messages, which an export does not say.
                let poll = self.0.get_mut(referred(content)?).filter(|poll| !poll.ended && poll.by == sender)?;
                poll.ended = true;
                let voters = i64::try_from(poll.voters.len()).ok();
                act(name(referred(content)?, "/closed"), sender, Kind::PollClosed, voters)
            }
            _ => None,
        }
    }
}

fn referred(content: &Value) -> Option<&str> {
    content.get("m.relates_to")?.get("event_id")?.as_str()
}

/// The bot's own name for the act, so that one that it has logged is not logged twice.
fn name(poll: &str, rest: &str) -> String {
    format!("name poll/{poll}{rest}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_poll_is_opened_voted_on_once_a_person_and_ended() {
        let mut polls = Polls::default();
        let start = json!({"org.matrix.msc3381.poll.start": {"answers": [{"id": "a"}, {"id": "b"}]}});
        let vote = |answer: &str| {
            json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$1"},
                   "org.matrix.msc3381.poll.response": {"answers": [answer]}})
        };
        let end = json!({"m.relates_to": {"rel_type": "m.reference", "event_id": "$1"}});
        let mut kind = |kind: &str, content: &Value, event: &str, sender: &str| {
            polls
                .act(&format!("org.matrix.msc3381.poll.{kind}"), content, event, sender)
                .map(|act| (act.kind, act.value))
        };
        assert_eq!(kind("response", &vote("a"), "$0", "@ben:t"), None, "of a poll that is not there");
        assert_eq!(kind("start", &start, "$1", "@ana:t"), Some((Kind::PollOpened, Some(2))));
        assert_eq!(kind("response", &vote("c"), "$2", "@ben:t"), None, "no such answer");
        assert_eq!(kind("response", &vote("a"), "$3", "@ben:t"), Some((Kind::PollVoted, None)));
        assert_eq!(kind("response", &vote("b"), "$4", "@ben:t"), None, "they changed their mind");
        assert_eq!(kind("end", &end, "$5", "@ben:t"), None, "it is not theirs");
        assert_eq!(kind("end", &end, "$6", "@ana:t"), Some((Kind::PollClosed, Some(1))));
        assert_eq!(kind("response", &vote("b"), "$7", "@cem:t"), None, "too late");
    }
}

//! One day of a busy member: how many taps each thing takes, and how much is written to them alone.

#![expect(clippy::unwrap_used, reason = "test")]

use hearth_practices::dialogue::Dialogue;

const OTHERS: [&str; 5] = ["ana", "cem", "dia", "eve", "fay"];

/// What happens on that day.
struct Day {
    talk: Dialogue,
    /// All that the bot did.
    lines: Vec<String>,
}

impl Day {
    /// What the bot did is noted, and given back.
    fn then(&mut self, lines: Vec<String>) -> Vec<String> {
        self.lines.extend(lines.iter().cloned());
        lines
    }

    /// Somebody writes in a room.
    fn says(&mut self, who: &str, text: &str) -> Vec<String> {
        let lines = self.talk.says(who, "lobby", text);
        self.then(lines)
    }

    /// Somebody writes to the bot alone.
    fn tells(&mut self, who: &str, text: &str) -> Vec<String> {
        let lines = self.talk.tells(who, text);
        self.then(lines)
    }

    /// Somebody taps a button. It must be there: the bot has put it up.
    fn taps(&mut self, who: &str, practice: &str, key: &str, with: &str) -> Vec<String> {
        let button = format!("button {key}: {with}");
        assert!(self.lines.contains(&button), "there is no {button}");
        let lines = self.talk.reacts(who, practice, key, with);
        self.then(lines)
    }

    /// What was written to one person alone: messages, not what was made of them by edits.
    fn written_to(&self, who: &str) -> Vec<&str> {
        let lines = self.lines.iter().map(|line| line.strip_prefix("sealed ").unwrap_or(line));
        let own = |line: &&str| {
            let rest = line.strip_prefix(&format!("@{who} "));
            rest.is_some_and(|rest| ["prompt", "notice", "poll"].iter().any(|kind| rest.starts_with(kind)))
        };
        lines.filter(own).collect()
    }
}

/// The message whose buttons were put up last. Of a retrospective that is the one by which it is led, and no paper.
fn buttons(lines: &[String]) -> String {
    let key = |line: &String| Some(line.strip_prefix("button ")?.split_once(": ")?.0.to_owned());
    lines.iter().rev().filter_map(key).find(|key| !key.contains("/to/")).unwrap()
}

#[test]
fn what_a_busy_member_does_in_a_day_is_taps_and_seven_messages_are_written_to_them() {
    let mut day = Day { talk: Dialogue::new(), lines: Vec::new() };

    // A sealed ballot: one tap on its card, one on the paper.
    day.says("lea", "!hearth ballot \"Where do we meet?\" Park | Café | Online --kind several");
    let paper = buttons(&day.taps("ben", "ballot", "card/1", "🗳️ Vote"));
    day.taps("ben", "ballot", &paper, "2 Café");
    for who in OTHERS {
        day.tells(who, "vote 2");
    }
    let closed = day.says("lea", "!hearth ballot close").join("\n");
    assert!(closed.contains("🏆 **Café**, 6 of 6 votes"), "{closed}");

    // The same with one choice only, which a poll beside the paper takes.
    day.says("lea", "!hearth ballot \"When?\" Today | Tomorrow");
    day.taps("ben", "ballot", "card/2", "🗳️ Vote");
    for who in ["ben"].into_iter().chain(OTHERS) {
        day.tells(who, "vote 1");
    }
    day.says("lea", "!hearth ballot close");

    // Dots for topics: one tap on the card, and one a dot.
    for topic in ["How we review", "On call", "Pairing"] {
        day.says("cem", &format!("!hearth topic add {topic}"));
    }
    day.says("lea", "!hearth topic vote");
    let paper = buttons(&day.taps("ben", "topics", "round/1", "🗳️ Vote"));
    for dot in ["1 How we review", "3 Pairing"] {
        day.taps("ben", "topics", &paper, dot);
    }
    for who in OTHERS {
        day.tells(who, "dots 1:3");
    }
    day.says("lea", "!hearth topic close");

    // A retrospective: one tap and the notes, one tap a dot, one tap for what it was worth. It is led by taps, too.
    day.says("lea", "!hearth retro start");
    day.taps("ben", "retro", "retro/1/card", "✍️ I have a note");
    for note in ["happy: tea", "unhappy: noise", "unsure: chairs"] {
        day.tells("ben", note);
    }
    for who in OTHERS {
        day.tells(who, "happy: cake");
    }
    let revealed = buttons(&day.taps("lea", "retro", "retro/1/card", "▶ next"));
    let sorted = buttons(&day.taps("lea", "retro", &revealed, "▶ group"));
    let vote = day.taps("lea", "retro", &sorted, "▶ next");
    let mut carrier = buttons(&vote);
    let paper = vote.iter().find_map(|line| line.strip_prefix("button ")?.split_once(": A ")).unwrap();
    day.taps("ben", "retro", paper.0, &format!("A {}", paper.1));
    for _ in 0..12 {
        let lines = day.taps("lea", "retro", &carrier, "▶ next");
        if lines.iter().any(|line| line.contains("Retro 1 is over")) {
            break;
        }
        carrier = buttons(&lines);
    }
    assert!(day.lines.iter().any(|line| line.contains("Retro 1 is over")));

    // A time for a meeting: one tap. An icebreaker: one, or a sentence in the room. Actions: none.
    day.says("lea", "!hearth meeting find \"Design talk\" tue 10:00 | wed 16:00");
    let silent = day.taps("ben", "meetings", "find/1", "Tue 10:00");
    assert!(silent.iter().all(|line| line.starts_with("edit find/1")), "{silent:?}");
    day.says("lea", "!hearth icebreaker");
    for action in ["draw up an agenda", "invite the others"] {
        day.says("lea", &format!("!hearth action @ben:t {action} by friday"));
    }

    let written = day.written_to("ben");
    // Two papers of ballots and a poll, one of topics, and three of the retrospective: notes, dots, and its last question.
    assert_eq!(written.len(), 7, "{}", written.join("\n---\n"));
}

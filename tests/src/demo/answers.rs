//! What people answer to the bot's light questions: it draws one, and they have something to say to each.

/// Part of a question, and three answers.
type Entry = (&'static str, [&'static str; 3]);

/// Answers to the question in `prompt`; to one that leads have added since, ones that fit anywhere.
pub(super) fn to(prompt: &str) -> [&'static str; 3] {
    // A prompt may be broken into lines.
    let prompt = prompt.split_whitespace().collect::<Vec<_>>().join(" ");
    ANSWERS.iter().find(|(part, _)| prompt.contains(part)).map_or(ANYWHERE, |(_, answers)| *answers)
}

const ANYWHERE: [&str; 3] = [
    "Good question. I'd say: it depends, and I'd love to hear yours first.",
    "Ask me again on a Friday!",
    "Still thinking.",
];

const ANSWERS: &[Entry] = &[
    (
        "small thing made your working day better",
        [
            "A colleague wrote the steps to reproduce before I had to ask.",
            "I renamed a test so that its failure reads like a sentence.",
            "Coffee before the stand-up instead of after.",
        ],
    ),
    (
        "would you miss most tomorrow",
        ["My second screen. I have grown into it.", "The big red pen.", "grep. Always grep."],
    ),
    (
        "How do you think best",
        ["Drawing, badly, on paper.", "Walking to the far coffee machine.", "Explaining it to somebody patient."],
    ),
    (
        "What do you listen to while you work",
        ["Rain, from a loudspeaker.", "Silence, if the office lets me.", "The same album since 2014."],
    ),
    (
        "Which word from your field",
        ["Heisenbug.", "Idempotent. Say it slowly.", "Charter, because it sounds like a ship."],
    ),
    (
        "How does a good working day begin",
        ["With a list of three things and no fourth.", "By bike.", "With somebody else's good news."],
    ),
    (
        "shortcut or little trick",
        ["Ctrl+Shift+T. You know why.", "Read the log from the bottom.", "Write the bug's title last."],
    ),
    (
        "What do you know this week",
        ["That our staging clock is four minutes late.", "How to pronounce YAML, apparently.", "That I like pairing."],
    ),
    (
        "had a weather report",
        ["Fog in the morning, clear by the demo.", "Light showers of meetings.", "Sunny, with flaky spells."],
    ),
    (
        "Where do your good ideas find you",
        [
            "In the shower, always without a pen.",
            "On the tram, two stops too late.",
            "At the whiteboard, after everybody left.",
        ],
    ),
    (
        "website, podcast or newsletter",
        ["The changelog of whatever broke last.", "A bread forum. Long story.", "This room, honestly."],
    ),
    (
        "may people here always ask you about",
        ["Support: I did it for six years.", "Test data, and what not to put into it.", "Bicycles. And time zones."],
    ),
    (
        "What brought you to this community",
        [
            "A friend said you argue kindly.",
            "A talk about flaky tests, three years ago.",
            "I was the only tester in my team.",
        ],
    ),
    (
        "Notes on paper or on a screen",
        [
            "Paper, because nobody can search it.",
            "Screen: I cannot read my own hand.",
            "Paper first, then a photo of it.",
        ],
    ),
    (
        "when you look up from your work",
        ["A tree, and a cat that owns it.", "A wall with forty sticky notes.", "My neighbour's much better plants."],
    ),
    (
        "everyday object is",
        ["The clothes peg. Two parts, no manual.", "A good peeler.", "The paper clip, still no release notes."],
    ),
    (
        "enjoy being a beginner at",
        ["The cello. My family may see it differently.", "Rust, the language and the bicycle.", "Saying no."],
    ),
    ("do you like to do properly", ["Peeling an orange in one piece.", "Commit messages.", "Tea. There are rules."]),
    (
        "Early bird",
        [
            "Night owl, with an alarm at six.",
            "Early bird. Nobody writes to me before eight.",
            "Penguin: fine, as long as it is in company.",
        ],
    ),
    (
        "do you love to be asked",
        ["“What would have to be true for this to fail?”", "“Could you show me?”", "“What did you leave out?”"],
    ),
    (
        "best name you've seen",
        [
            "A test server called Tuesday, because it never worked on Mondays.",
            "Team Undo.",
            "A printer called Bob Marley: always jamming.",
        ],
    ),
    (
        "gets you going again after a break",
        ["Fixing one tiny thing first.", "Reading what I wrote before I left.", "Music that I would not admit to."],
    ),
    (
        "one free hour at work",
        [
            "I would delete tests. Slowly, and with joy.",
            "A walk with somebody from another team.",
            "Read the manual of one tool to the end.",
        ],
    ),
    ("in three words what you do", ["Asking better questions.", "Breaking things early.", "Finding out, kindly."]),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_an_answer_to_every_light_question() {
        let words = include_str!("../../../bot/practices/locales/en/icebreakers.ftl");
        let light: Vec<_> = words
            .lines()
            .filter(|line| line.starts_with("icebreakers-light-"))
            .filter_map(|line| line.split_once(" = ").map(|(_, text)| text))
            .collect();
        assert!(light.len() >= 20);
        for prompt in light {
            assert_ne!(to(prompt), ANYWHERE, "{prompt}");
        }
    }
}

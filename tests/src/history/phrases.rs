//! What the invented people say. Written for the lab: nobody's words.

pub(super) const HELLOS: &[&str] = &[
    "Hi everyone, I'm {name}. I look after releases for a small product team and want to learn how others test theirs.",
    "Hello! {name} here, new to testing after some years in support.",
    "Hi all, {name}. Mostly here to listen at first, and to steal good ideas.",
    "Good to be here. I'm {name}, I work on payments, and flaky tests keep me up at night.",
    "Hello from {name}! I was told that this is where the good questions are asked.",
    "Hi, I'm {name}. Developer by trade, but I ended up owning our test environments.",
    "Hey, {name} here. I teach new testers at our place and would love to compare notes.",
];

pub(super) const WELCOMES: &[&str] = &[
    "Welcome {name}! Have a look at the help room, it is friendlier than it sounds.",
    "Hi {name}, good to have you here.",
    "Welcome! What are you working on at the moment?",
    "Welcome {name}. Lurking is fine, asking is better.",
    "Nice to meet you, {name}!",
    "Welcome aboard. Our next session is on Thursday, do come along.",
];

pub(super) const QUESTIONS: &[&str] = &[
    "How do you decide when a flaky test gets deleted rather than repaired?",
    "Does anybody test date handling across time zones without freezing the clock everywhere?",
    "What do you put in a test plan that people actually read?",
    "How do you get developers to pair on exploratory sessions?",
    "Our end-to-end run takes three hours. Where would you start cutting?",
    "Has anyone tried property-based testing on an old codebase? Was it worth it?",
    "How do you keep test data fresh without copying production?",
    "Which of your checks run before merge, and which after?",
    "Is there a good way to test e-mails without a real mailbox?",
    "How do you write down what you tried in an exploratory session?",
    "What is your limit for the length of a charter?",
    "Who signs off a release at your place, and what do they look at?",
    "How do you test a migration that you can only run once?",
    "Do you count bugs at all? What for?",
    "What do you do with a bug that only one customer can reproduce?",
    "How do you onboard a tester to a product that nobody understands completely?",
    "Contract tests between two teams that do not talk to each other: any hope?",
    "How do you review test code? Same rules as for the product?",
    "What would you teach first to a developer who wants to test better?",
    "Has anyone a good example of a risk map that fits on one page?",
    "How do you test for accessibility without being an expert?",
    "When a test fails at night, who looks at it first?",
    "Do mocks of the payment provider ever catch anything for you?",
    "How long do you keep screenshots of failed runs?",
    "What is a good first exercise for a testing dojo?",
    "Any advice for testing behind a feature flag with twenty combinations?",
    "How do you say no to a hundred per cent coverage target?",
    "Which heuristics do you really use, as opposed to know?",
    "How do you test the parts that only fail under load?",
    "What do you ask in the first five minutes of a bug report conversation?",
];

pub(super) const OPENERS: &[&str] = &[
    "In our team,",
    "What helped us:",
    "From experience,",
    "It depends, but",
    "My short answer:",
    "Last year",
    "For what it is worth,",
    "We tried this.",
    "Small thing, big effect:",
    "I would start here:",
];

pub(super) const ADVICE: &[&str] = &[
    "we gave every test an owner, and the ones without an owner went first.",
    "we moved the slow half behind the merge and nobody missed it.",
    "a one-page map of risks beat the forty-page plan.",
    "we write the charter on a card; if it does not fit, it is two sessions.",
    "pairing for an hour a week changed more than any tool.",
    "we made the clock a parameter, and half of the strange failures were gone.",
    "generate the data, and keep the seed in the test's name.",
    "we stopped counting bugs and started counting days until the fix was in users' hands.",
    "ask what decision the number is for. Often there is none.",
    "we run the migration on a copy every night, so that the real one is boring.",
    "a quarantine with an expiry date: two weeks, then it is repaired or deleted.",
    "record the session, not for the video but because people explain better.",
    "the person who reported it sat beside me for twenty minutes. Solved in ten.",
    "we keep three end-to-end paths and test the rest lower down.",
    "let the newcomer write the guide while they still see what is strange.",
    "talk to support. They know where it hurts.",
    "we rotate who looks at the nightly run, a week each.",
    "pairwise combinations covered what we cared about.",
    "try the keyboard only for a day. You will find plenty.",
    "we review test code harder than product code, it is read more often when things burn.",
    "start with the bug that came back twice.",
    "a shared checklist, seven lines, changed every month.",
];

pub(super) const FOLLOW_UPS: &[&str] = &[
    "How long did that take you?",
    "That matches what I saw.",
    "Interesting, we did the opposite.",
    "Did people like it?",
    "I would love to see an example.",
    "We should make a session of this.",
    "Same here, sadly.",
    "And who maintained it afterwards?",
    "This is gold, thank you.",
    "We gave up on that after a month, but I cannot say why.",
    "Good point about ownership.",
    "I disagree a little: it depends on who reads it.",
    "Could you show it on Thursday?",
    "That is what I was missing.",
    "Does it also work with a remote team?",
    "I will try it next week and report back.",
    "We have the same with two hundred services.",
    "Yes, exactly that.",
    "Not sure that it scales, but it is a start.",
];

pub(super) const THANKS: &[&str] = &[
    "Thanks, that helps a lot.",
    "Thank you both, I will try that.",
    "That answers it, thanks!",
    "Brilliant. Thanks for taking the time.",
    "Thanks! I'll let you know how it went.",
];

pub(super) const SHARES: &[&str] = &[
    "Wrote up how we cut our regression run from three hours to forty minutes. Happy to go through it with anybody.",
    "We held our first bug bash with sales in the room. Best hour of the quarter.",
    "Notes from yesterday's session are in the library: risk storming with sticky notes.",
    "Reminder: experience reports on Thursday, ten minutes each, still one slot free.",
    "Small win: no quarantined tests for two weeks now.",
    "A story that went wrong: we tested the rollback, but not the rollback of the rollback.",
    "I made a cheat sheet of boundaries that bit us this year. Corrections welcome.",
    "We tried writing the release notes before testing. It changed what we tested.",
    "Today a tester of ours found a bug by reading the help page aloud. Recommended.",
    "Our dojo kata this week: a parking meter that believes every month has thirty days.",
    "The retrospective's action from last month worked: charters are now on the board.",
    "I drew our pyramid honestly. It is a vase.",
    "Looking for two people to try a mob testing hour with me.",
    "We now deploy on Fridays. Ask me again on Monday.",
    "Finished the comparison of three ways to fake a mail server, will show it on Thursday.",
];

pub(super) const SMALL_TALK: &[&str] = &[
    "Coffee machine is broken again. Morale is a non-functional requirement.",
    "Found a bug in my own bread recipe. Root cause: hunger.",
    "First snow here!",
    "Whoever scheduled two releases in one week owes us cake.",
    "My keyboard has learnt to type its own tests, badly.",
    "Happy Friday, all.",
    "Anyone else at the regional meetup next week?",
    "Rain all week. Good for reading.",
    "I named the new test server after our cat. It also ignores requests.",
    "Back from holidays, what did I miss?",
    "Lunch walk found three broken ticket machines. It never stops.",
    "New desk, same bugs.",
    "Today I explained testing to my grandmother. She asked better questions than our review board.",
    "Does anyone have a good podcast for long train rides?",
    "Somebody printed the test plan. On paper.",
    "It is warm here for the first time this year.",
];

pub(super) const QUIPS: &[&str] = &[
    "Ha!",
    "That made my day.",
    "Same.",
    "Pictures, please.",
    "Oh no.",
    "I felt that.",
    "Works on my machine.",
    "Have a good weekend!",
    "Congratulations!",
    "We need a rota for that.",
    "Enjoy!",
    "I'll bring the cake.",
];

pub(super) const REACTIONS: &[&str] = &["👍", "❤️", "🎉", "😄", "🙏", "👀", "💡", "🚀"];

pub(super) const POLLS: &[(&str, &[&str])] = &[
    ("What should our next session be about?", &["Flaky tests", "Test data", "Exploratory notes"]),
    ("Which day suits the next workshop?", &["Tuesday", "Wednesday", "Thursday"]),
    ("Dojo kata for this month?", &["Parking meter", "Lift", "Vending machine", "Date picker"]),
    ("Experience reports: how long?", &["Five minutes", "Ten minutes", "As long as it takes"]),
    ("Book club: what next?", &["Something on design", "Something on people", "A break"]),
];

/// Given names of the cast, the first ones founded it.
/// What a lead asks on Fridays.
pub(super) const ROUNDS: &[&str] = &[
    "Friday round: what did you learn this week?",
    "Friday round: one thing that went well, in a sentence?",
    "Friday round: what surprised you this week?",
    "Friday round: what will you try next week?",
];

/// What people answer.
pub(super) const WEEKS: &[&str] = &[
    "Paired with a developer on a bug for an hour. It took ten minutes of that.",
    "Deleted more tests than I wrote. Feels right.",
    "Learned that our staging clock is four minutes late.",
    "Said no to a release, kindly. It held.",
    "Finally wrote the charter before the session and not after it.",
    "Two interviews with users, and a page of surprises.",
    "Mostly meetings. One of them was worth it.",
    "Got the nightly run under an hour.",
    "A quiet week, and I liked it.",
    "Found out why the export test fails on Mondays.",
    "Showed a colleague how I take notes while exploring.",
    "Next week I want to try the timer trick from Tuesday.",
    "Read half a book on risk. The good half, I hope.",
    "One flaky test fewer.",
    "Our test data has birthdays now.",
    "Asked for help sooner than usual.",
];

pub(super) const NAMES: &[&str] = &[
    "Ada", "Bruno", "Chidi", "Dalia", "Emre", "Freya", "Goran", "Hana", "Ines", "Jonas", "Keiko", "Lars", "Mira",
    "Nadia", "Oskar", "Priya", "Quentin", "Rosa", "Samir", "Tove", "Ulrich", "Vera", "Wanda", "Xenia", "Yusuf", "Zoe",
    "Aino", "Bela", "Carmen", "Deniz", "Elif", "Farah", "Gita", "Henrik", "Ivana", "Juno", "Kofi", "Leila", "Marek",
    "Noor", "Olga", "Pavel",
];

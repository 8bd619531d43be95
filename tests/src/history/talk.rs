//! Conversations: who begins, who answers, how and how soon.

use jiff::Timestamp;
use jiff::civil::Weekday;
use jiff::tz::TimeZone;
use rand::Rng as _;
use rand_chacha::ChaCha8Rng;

use super::cast::Member;
use super::past::{EventIndex, PastAct, PastEvent};
use super::phrases;
use super::rhythm::{Day, awake, moment};

const LOBBY: usize = 0;
const CRAFT: usize = 1;
const HELP: usize = 2;
const RANDOM: usize = 3;
const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Conversations on a day of mood 1; chosen so that two years make about seven thousand events.
const CONVERSATIONS: f64 = 1.6;

/// How people answer in a conversation.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Plain,
    Reply,
    Thread,
}

/// The story so far, not yet in the order of time.
pub(super) struct Draft<'a> {
    cast: &'a [Member],
    zone: &'a TimeZone,
    begin: i64,
    end: i64,
    rng: ChaCha8Rng,
    events: Vec<PastEvent>,
}

impl<'a> Draft<'a> {
    pub fn new(cast: &'a [Member], days: &[Day], zone: &'a TimeZone, end: Timestamp, rng: ChaCha8Rng) -> Self {
        let begin = days.first().map_or(0, |day| day.morning);
        Self { cast, zone, begin, end: end.as_millisecond(), rng, events: Vec::new() }
    }

    pub fn finish(self) -> Vec<PastEvent> {
        self.events
    }

    /// Adds an event, unless it would be after the end or by somebody who is not in the room then.
    fn add(&mut self, at: i64, room: usize, who: usize, act: PastAct) -> Option<EventIndex> {
        let inside = matches!(act, PastAct::Join | PastAct::Leave) || self.cast[who].is_active(room, at);
        if at >= self.end || !inside {
            return None;
        }
        self.events.push(PastEvent { at, room, who, act });
        Some(self.events.len() - 1)
    }

    /// Joins, introductions and leavings.
    pub fn arrivals(&mut self) {
        for (who, member) in self.cast.iter().enumerate() {
            for (room, joined) in member.joined.iter().enumerate() {
                let Some(joined) = *joined else { continue };
                // Who never got in before the end was not there.
                if self.add(joined, room, who, PastAct::Join).is_some()
                    && let Some(left) = member.left
                {
                    let left = left + i64::try_from(room).unwrap_or_default() * 5_000;
                    self.add(left, room, who, PastAct::Leave);
                }
            }
            let Some(joined) = member.joined[LOBBY].filter(|_| member.says_hello) else { continue };
            let at = joined + self.rng.random_range(5 * MINUTE..90 * MINUTE);
            let text = self.one_of(phrases::HELLOS).replace("{name}", &member.person.name);
            let Some(hello) = self.add(at, LOBBY, who, PastAct::Say(text)) else { continue };
            // The first days of a community are a crowd of hellos; later, somebody answers each.
            let greeters = self.rng.random_range(if joined < self.begin + 12 * DAY { 0..3 } else { 1..4 });
            let mut at = at;
            for _ in 0..greeters {
                at = self.later(at, 25);
                let Some(greeter) = self.someone(LOBBY, at, who, |member| member.helpful) else { continue };
                let text = self.one_of(phrases::WELCOMES).replace("{name}", &member.person.name);
                self.add(at, LOBBY, greeter, PastAct::Reply { to: hello, text });
            }
            self.reactions(hello, at);
        }
    }

    /// What begins on one day.
    pub fn day(&mut self, day: &Day) {
        let mut left = CONVERSATIONS * day.mood;
        while left > 0.0 {
            if self.rng.random_bool(left.min(1.0)) {
                self.conversation(day);
            }
            left -= 1.0;
        }
        let first_tuesday = day.date.weekday() == Weekday::Tuesday && day.date.day() <= 7;
        if first_tuesday {
            self.poll(day);
        }
        let holidays = day.mood < 0.25;
        if day.date.weekday() == Weekday::Friday && !holidays {
            self.round(day);
        }
    }

    /// A lead asks the lobby about the week, and people answer in the thread; once a month even the quiet ones do.
    fn round(&mut self, day: &Day) {
        let at = day.morning + 9 * 60 * MINUTE + self.rng.random_range(0..60 * MINUTE);
        let lead = self.rng.random_range(0..3);
        let text = self.one_of(phrases::ROUNDS).into();
        let Some(root) = self.add(at, LOBBY, lead, PastAct::Say(text)) else { return };
        let everybody = (8..=14).contains(&day.date.day());
        for who in 0..self.cast.len() {
            let voice = self.cast[who].voice;
            let likely = if everybody { 1.0 } else { (voice / 8.0).min(0.5) };
            if who != lead && voice > 0.0 && self.rng.random_bool(likely) {
                let at = self.later(at, 60);
                let text = self.one_of(phrases::WEEKS).into();
                if let Some(answer) = self.add(at, LOBBY, who, PastAct::Thread { root, text }) {
                    self.reactions(answer, at);
                }
            }
        }
    }

    fn conversation(&mut self, day: &Day) {
        let at = moment(&mut self.rng, day);
        let room = match self.rng.random_range(0..100) {
            0..18 => LOBBY,
            18..46 => CRAFT,
            46..78 => HELP,
            _ => RANDOM,
        };
        let Some(starter) = self.someone(room, at, usize::MAX, |member| member.voice_at(at)) else { return };
        let question = match room {
            HELP => true,
            CRAFT => self.rng.random_bool(0.45),
            LOBBY => self.rng.random_bool(0.15),
            _ => false,
        };
        let text = match (question, room) {
            (true, _) => self.one_of(phrases::QUESTIONS),
            (_, RANDOM) => self.one_of(phrases::SMALL_TALK),
            _ => self.one_of(phrases::SHARES),
        };
        let Some(root) = self.add(at, room, starter, PastAct::Say(text.into())) else { return };
        if self.rng.random_bool(0.03) {
            let edited = format!("{text} (Edited: typo.)");
            let at = at + self.rng.random_range(MINUTE..9 * MINUTE);
            self.add(at, room, starter, PastAct::Edit { of: root, text: edited });
        }
        self.reactions(root, at);
        let style = match self.rng.random_range(0..10) {
            0..4 => Style::Thread,
            4..8 => Style::Reply,
            _ => Style::Plain,
        };
        let answers = self.how_many(question);
        self.answers(root, starter, question, style, answers);
    }

    /// Some questions stay unanswered; talk that nobody asked for stays so more often.
    fn how_many(&mut self, question: bool) -> usize {
        let mut count = usize::from(self.rng.random_bool(if question { 0.84 } else { 0.68 }));
        while count > 0 && count < 9 && self.rng.random_bool(if question { 0.68 } else { 0.58 }) {
            count += 1;
        }
        count
    }

    fn answers(&mut self, root: EventIndex, starter: usize, question: bool, style: Style, count: usize) {
        let room = self.events[root].room;
        let mut at = self.events[root].at;
        let mut last = root;
        for turn in 0..count {
            at = self.later(at, if turn == 0 { 40 } else { 15 });
            let thanks = question && turn > 0 && turn + 1 == count && self.rng.random_bool(0.6);
            let speaker = if thanks || (turn > 1 && self.rng.random_bool(0.25)) {
                Some(starter)
            } else {
                self.someone(room, at, self.events[last].who, |member| member.helpful)
            };
            let Some(speaker) = speaker else { continue };
            let text = self.answer_text(question, thanks, turn, room);
            let act = match style {
                Style::Plain => PastAct::Say(text),
                Style::Thread => PastAct::Thread { root, text },
                Style::Reply => PastAct::Reply { to: if self.rng.random_bool(0.6) { root } else { last }, text },
            };
            if let Some(answer) = self.add(at, room, speaker, act) {
                last = answer;
                self.reactions(answer, at);
            }
        }
    }

    fn answer_text(&mut self, question: bool, thanks: bool, turn: usize, room: usize) -> String {
        if thanks {
            return self.one_of(phrases::THANKS).into();
        }
        if question && (turn == 0 || self.rng.random_bool(0.5)) {
            return format!("{} {}", self.one_of(phrases::OPENERS), self.one_of(phrases::ADVICE));
        }
        self.one_of(if room == RANDOM { phrases::QUIPS } else { phrases::FOLLOW_UPS }).into()
    }

    fn reactions(&mut self, to: EventIndex, at: i64) {
        let PastEvent { room, who: author, .. } = self.events[to];
        let mut already = vec![author];
        while already.len() < 5 && self.rng.random_bool(0.32) {
            let at = self.later(at, 30);
            let Some(who) = self.someone(room, at, author, |member| member.reacts) else { return };
            let key = self.one_of(phrases::REACTIONS).into();
            if !already.contains(&who) {
                self.add(at, room, who, PastAct::React { to, key });
            }
            already.push(who);
        }
    }

    /// A lead asks the lobby, people vote over two days, some change their mind, the lead closes.
    fn poll(&mut self, day: &Day) {
        let at = day.morning + 10 * 60 * MINUTE + self.rng.random_range(0..120 * MINUTE);
        let lead = self.rng.random_range(0..3);
        let (question, choices) = phrases::POLLS[self.rng.random_range(0..phrases::POLLS.len())];
        let act =
            PastAct::Poll { question: question.into(), choices: choices.iter().map(|text| (*text).into()).collect() };
        let Some(poll) = self.add(at, LOBBY, lead, act) else { return };
        let close = at + 2 * DAY;
        for _ in 0..self.rng.random_range(7..15) {
            let at = at + self.rng.random_range(MINUTE..36 * 60 * MINUTE);
            let at = awake(&mut self.rng, self.zone, at).min(close - 1);
            let Some(who) = self.someone(LOBBY, at, usize::MAX, |member| member.reacts) else { continue };
            let choice = self.rng.random_range(0..choices.len());
            self.add(at, LOBBY, who, PastAct::Vote { poll, choice });
        }
        self.add(close, LOBBY, lead, PastAct::EndPoll { poll });
    }

    /// A moment after `at`, about `minutes` later, mostly sooner and sometimes much later, but not at night.
    fn later(&mut self, at: i64, minutes: i64) -> i64 {
        let stretch: f64 = self.rng.random_range(-2.3..2.6);
        let wait = ((minutes * MINUTE) as f64 * stretch.exp()) as i64;
        awake(&mut self.rng, self.zone, at + wait.max(4_000))
    }

    /// One of those in the room at that moment, by weight.
    fn someone(&mut self, room: usize, at: i64, but: usize, weight: impl Fn(&Member) -> f64) -> Option<usize> {
        let weight = |(who, member): (usize, &Member)| {
            if who != but && member.is_active(room, at) { weight(member) } else { 0.0 }
        };
        let total: f64 = self.cast.iter().enumerate().map(weight).sum();
        if total <= 0.0 {
            return None;
        }
        let mut pick = self.rng.random_range(0.0..total);
        for entry in self.cast.iter().enumerate() {
            let share = weight(entry);
            if pick < share {
                return Some(entry.0);
            }
            pick -= share;
        }
        None
    }

    fn one_of(&mut self, phrases: &[&'static str]) -> &'static str {
        phrases[self.rng.random_range(0..phrases.len())]
    }
}

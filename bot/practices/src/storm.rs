//! Storms: whatever people may do with a practice, in any order, and whatever may go wrong meanwhile.
//!
//! A storm says how things begin, what may be done, and what must be true of any run ([`Storm`]). The harness lets all
//! practices live through the same acts five times: as they are; with a start of the bot before each; the same, and
//! each lost in a crash before it was committed, and told again; each told twice; and in rough weather ([`Gust`]). The
//! second and the third must lead to the same rows and effects, the first and the fourth to the same rows, and what
//! must be true is true of all.

use std::{fmt, ops::Range};

use jiff::{SignedDuration, Timestamp};
use proptest::{collection::vec, prelude::*};

use crate::{
    Effect, Practice, Records, Span, UserId,
    dialogue::{Dialogue, user},
    records::RecordSet as _,
};

/// What may happen with one practice, and what must be true whatever happens.
pub(crate) trait Storm: Sized {
    /// The practice.
    type Of: Practice;
    /// What somebody may do.
    type Act: Clone + fmt::Debug;

    /// How it begins.
    fn begin(&self) -> Dialogue;

    /// It is done, as the event of this number.
    fn act(&self, talk: &mut Dialogue, number: u32, act: &Self::Act);

    /// What time passes, where nothing is done but that.
    fn time(&self, _act: &Self::Act) -> Option<Time> {
        None
    }

    /// Whether it is as if nothing happened where practices are woken without need.
    fn ticks_idly(&self) -> bool {
        true
    }

    /// In which room it is done, where it is one. What is done in another room may overtake it.
    fn room(&self, act: &Self::Act) -> Option<String>;

    /// By how many minutes the clock may jump ahead. A lost batch has three jumps in it at most, and comes again within a
    /// day: an older command would rightly be refused.
    fn jumps(&self) -> &'static [i64] {
        &[1, 61, 60 * 7]
    }

    /// What must be true of every run.
    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError>;
}

/// Minutes that pass.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Time {
    /// The bot is there, and wakes practices when they asked for it.
    Awake(i64),
    /// The bot is not there.
    Away(i64),
}

/// What goes wrong with an act, or beside it.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Gust {
    Calm,
    /// It is told again at once.
    Again,
    /// It is told again after so many others, where those are done elsewhere.
    Later(usize),
    /// It and so many after it are lost together, and told again.
    Lost(usize),
    /// The next one, which is done in another room, overtakes it.
    Overtaken,
    /// The clock jumps ahead before it: the choice is one of [`Storm::jumps`].
    Ahead(usize),
    /// The clock is set back before it, by minutes.
    Back(i64),
}

fn gust() -> impl Strategy<Value = Gust> {
    prop_oneof![
        10 => Just(Gust::Calm),
        2 => Just(Gust::Again),
        2 => (1..4usize).prop_map(Gust::Later),
        3 => (0..4usize).prop_map(Gust::Lost),
        2 => Just(Gust::Overtaken),
        1 => (0..8usize).prop_map(Gust::Ahead),
        1 => (1..40i64).prop_map(Gust::Back),
    ]
}

/// Acts, each with the weather in which it is done.
#[derive(Clone)]
pub(crate) struct Course<A>(pub Vec<(A, Gust)>);

/// Acts in some weather, after others in fair weather.
pub(crate) fn begun_by<A: Clone + fmt::Debug>(
    first: impl IntoIterator<Item = A>,
    act: impl Strategy<Value = A>,
    length: Range<usize>,
) -> impl Strategy<Value = Course<A>> {
    let first: Vec<_> = first.into_iter().map(|act| (act, Gust::Calm)).collect();
    vec((act, gust()), length).prop_map(move |acts| Course(first.iter().cloned().chain(acts).collect()))
}

/// These acts, in some weather once the first is done.
pub(crate) fn in_weather<A: Clone + fmt::Debug>(acts: Vec<A>) -> impl Strategy<Value = Course<A>> {
    vec(gust(), acts.len()).prop_map(move |gusts| {
        let fair = std::iter::once(Gust::Calm).chain(gusts.into_iter().skip(1));
        Course(acts.iter().cloned().zip(fair).collect())
    })
}

impl<A> Course<A> {
    /// The same and a last act, in fair weather.
    pub(crate) fn and(mut self, last: A) -> Self {
        self.0.push((last, Gust::Calm));
        self
    }
}

/// A line for each act, so that a failing case can be read.
impl<A: fmt::Debug> fmt::Debug for Course<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, (act, gust)) in self.0.iter().enumerate() {
            write!(f, "\n    {number:3}  {act:?}")?;
            match gust {
                Gust::Calm => {}
                gust => write!(f, "  -- {gust:?}")?,
            }
        }
        Ok(())
    }
}

/// What was done.
#[derive(Clone, Debug)]
pub(crate) enum Done<A> {
    /// An act.
    Act(A),
    /// The clock was set.
    Clock,
}

/// What one act led to, and what was there before it.
pub(crate) struct Outcome<S: Storm> {
    /// The number of the act, or of the last one before it.
    pub number: u32,
    /// Whether it is told twice, and this is the second time.
    pub again: bool,
    pub done: Done<S::Act>,
    /// When the event of the act was sent: earlier than it is told, where it is told again. Nothing is from later than
    /// that.
    pub sent: Timestamp,
    /// When it was told.
    pub at: Timestamp,
    pub before: Records<S::Of>,
    pub after: Records<S::Of>,
    /// What all practices wanted done, each by its name.
    pub wanted: Vec<(&'static str, Effect)>,
}

impl<S: Storm> Outcome<S> {
    /// Whether a command came too late to be carried out.
    pub(crate) fn is_too_late(&self) -> bool {
        self.at.duration_since(self.sent) > SignedDuration::from_hours(24)
    }

    /// The act, where one was done.
    pub(crate) fn act(&self) -> Option<&S::Act> {
        match &self.done {
            Done::Act(act) => Some(act),
            Done::Clock => None,
        }
    }

    /// What the practice wanted done.
    pub(crate) fn effects(&self) -> impl Iterator<Item = &Effect> + Clone {
        let theirs = self.wanted.iter().filter(|(practice, _)| *practice == <S::Of as Practice>::NAME);
        theirs.map(|(_, effect)| effect)
    }
}

/// `p3`, by number.
pub(crate) fn name(number: usize) -> String {
    format!("p{number}")
}

/// `@p3:t`, by number.
pub(crate) fn person(number: usize) -> UserId {
    user(&name(number))
}

/// What a practice remembers.
pub(crate) fn records_of<P: Practice>(talk: &Dialogue) -> Records<P> {
    let rows = talk.records(P::NAME).into_iter().map(|(key, json)| (key, json.to_string())).collect();
    let (records, unread) = Records::load_readable(rows);
    assert!(unread.is_empty(), "{unread:?}");
    records
}

/// Rows as they are stored.
pub(crate) fn rows<P: Practice>(records: &Records<P>) -> Vec<(String, String)> {
    records.dump().into_iter().map(|row| (row.key, row.json.to_string())).collect()
}

/// How acts are told.
#[derive(Clone, Copy, PartialEq)]
enum Manner {
    Plainly,
    /// The bot starts before each.
    Starting,
    /// The same, and each is done, lost before it was committed, and done again from what the disk holds, at the same time.
    Crashing,
    /// Each is told twice.
    Twice,
}

/// The number of the first time that practices are woken, higher than that of any act.
const FIRST_TICK: u32 = 10_000;

struct Run<'a, S: Storm> {
    storm: &'a S,
    talk: Dialogue,
    /// What the practice remembers, as rows and read.
    seen: (Vec<(String, serde_json::Value)>, Records<S::Of>),
    outcomes: Vec<Outcome<S>>,
    /// The number of the last act.
    number: u32,
    /// The number of the last time that practices were woken.
    woken: u32,
}

impl<'a, S: Storm> Run<'a, S> {
    fn new(storm: &'a S) -> Self {
        let mut talk = storm.begin();
        talk.wanted();
        let seen = (talk.records(<S::Of as Practice>::NAME), records_of(&talk));
        Self { storm, talk, seen, outcomes: Vec::new(), number: 0, woken: FIRST_TICK }
    }

    /// It is done, and nobody looks.
    fn tell(storm: &S, talk: &mut Dialogue, number: usize, act: &S::Act) {
        let number = u32::try_from(number).unwrap();
        talk.comes(number);
        match storm.time(act) {
            Some(Time::Awake(minutes)) => drop(talk.passes(Span::minutes(u32::try_from(minutes).unwrap()))),
            Some(Time::Away(minutes)) => talk.now += SignedDuration::from_mins(minutes),
            None => storm.act(talk, number, act),
        }
    }

    /// Something is done, and what follows is noted.
    fn note(&mut self, done: Done<S::Act>, again: bool, act: impl FnOnce(&S, &mut Dialogue)) {
        let before = self.seen.1.clone();
        act(self.storm, &mut self.talk);
        let at = self.talk.now;
        let rows = self.talk.records(<S::Of as Practice>::NAME);
        if rows != self.seen.0 {
            self.seen = (rows, records_of(&self.talk));
        }
        let (after, wanted) = (self.seen.1.clone(), self.talk.wanted());
        let number = self.number;
        self.outcomes.push(Outcome { number, again, done, sent: self.talk.at().min(at), at, before, after, wanted });
    }

    /// An act is done; where time passes, a step for each time that a practice is woken.
    fn does(&mut self, number: usize, act: &S::Act, manner: Manner) {
        self.number = u32::try_from(number).unwrap();
        let done = || Done::Act(act.clone());
        let minutes = match self.storm.time(act) {
            Some(Time::Awake(minutes)) => minutes,
            Some(Time::Away(minutes)) => {
                self.talk.now += SignedDuration::from_mins(minutes);
                return;
            }
            None => {
                let tell = |storm: &S, talk: &mut Dialogue| Self::tell(storm, talk, number, act);
                return self.step(&done, manner, &tell, &tell);
            }
        };
        let until = self.talk.now + SignedDuration::from_mins(minutes);
        for round in 0.. {
            assert!(round < 2_000, "a practice asks to be woken again and again");
            let next = self.talk.next_tick().map(|at| at.max(self.talk.now)).filter(|at| *at <= until);
            self.woken += 1;
            let (tick, now) = (self.woken, next.unwrap_or(until));
            let wake = |_: &S, talk: &mut Dialogue| {
                talk.now = now;
                talk.comes(tick);
                talk.passes(Span::minutes(0));
            };
            // Time does not pass twice: then practices are woken without need.
            let again = |storm: &S, talk: &mut Dialogue| {
                if storm.ticks_idly() {
                    talk.ticks();
                }
            };
            self.step(&done, manner, &wake, &again);
            if next.is_none() {
                break;
            }
        }
    }

    fn step(
        &mut self,
        done: &dyn Fn() -> Done<S::Act>,
        manner: Manner,
        act: &dyn Fn(&S, &mut Dialogue),
        again: &dyn Fn(&S, &mut Dialogue),
    ) {
        // When practices want to be woken depends on when they are asked: at a start they are.
        if matches!(manner, Manner::Starting | Manner::Crashing) {
            self.talk.restarts();
        }
        if manner == Manner::Crashing {
            let (storm, now) = (self.storm, self.talk.now);
            self.talk.loses(|talk| act(storm, talk));
            self.talk.now = now;
        }
        self.note(done(), false, act);
        if manner == Manner::Twice {
            self.note(done(), true, again);
        }
    }

    /// The clock is set, and whoever finds that it is time is woken.
    fn clock(&mut self, minutes: i64) {
        self.woken += 1;
        let tick = self.woken;
        self.note(Done::Clock, false, |_, talk| {
            talk.now += SignedDuration::from_mins(minutes);
            talk.comes(tick);
            talk.passes(Span::minutes(0));
        });
    }

    /// Acts are lost together, in a crash.
    fn loses(&mut self, number: usize, acts: &[(S::Act, Gust)]) {
        let storm = self.storm;
        self.talk.loses(|talk| {
            for (place, (act, _)) in acts.iter().enumerate() {
                Self::tell(storm, talk, number + place, act);
            }
        });
    }
}

fn lived<S: Storm>(storm: &S, acts: &[S::Act], manner: Manner) -> Vec<Outcome<S>> {
    let mut run = Run::new(storm);
    acts.iter().enumerate().for_each(|(number, act)| run.does(number, act, manner));
    run.outcomes
}

/// What acts lead to when nothing goes wrong.
pub(crate) fn plainly<S: Storm>(storm: &S, acts: &[S::Act]) -> Vec<Outcome<S>> {
    lived(storm, acts, Manner::Plainly)
}

/// Acts in their weather.
fn rough<S: Storm>(storm: &S, course: &Course<S::Act>) -> Vec<Outcome<S>> {
    let mut run = Run::new(storm);
    let acts = &course.0;
    // Whether two may be told in either order.
    let apart = |one: usize, other: usize| {
        let room = |place: usize| acts.get(place).and_then(|(act, _)| storm.room(act));
        room(one).zip(room(other)).is_some_and(|(one, other)| one != other)
    };
    let mut again: Vec<(usize, usize)> = Vec::new();
    let mut overtook = None;
    for (number, (act, gust)) in acts.iter().enumerate() {
        if overtook == Some(number) {
            continue;
        }
        match *gust {
            Gust::Ahead(choice) => {
                let jumps = storm.jumps();
                run.clock(jumps[choice % jumps.len()]);
            }
            Gust::Back(minutes) => run.clock(-minutes),
            Gust::Lost(others) => run.loses(number, &acts[number..(number + 1 + others).min(acts.len())]),
            Gust::Overtaken if apart(number, number + 1) => {
                run.does(number + 1, &acts[number + 1].0, Manner::Plainly);
                overtook = Some(number + 1);
            }
            Gust::Later(others) if (1..=others).all(|further| apart(number, number + further)) => {
                again.push((number, number + others));
            }
            Gust::Calm | Gust::Again | Gust::Later(_) | Gust::Overtaken => {}
        }
        let manner = if matches!(gust, Gust::Again) { Manner::Twice } else { Manner::Plainly };
        run.does(number, act, manner);
        for (first, _) in again.iter().filter(|(_, after)| *after == number) {
            run.does(*first, &acts[*first].0, Manner::Plainly);
        }
    }
    run.outcomes
}

/// Lets acts happen as they are, lost, twice and in their weather, and checks what must be true. Gives the plain run.
pub(crate) fn weather<S: Storm>(storm: &S, course: &Course<S::Act>) -> Result<Vec<Outcome<S>>, TestCaseError> {
    let in_run = |run: &str, checked: Result<(), TestCaseError>| {
        checked.map_err(|error| match error {
            TestCaseError::Fail(reason) => TestCaseError::fail(format!("{run}: {reason}")),
            rejected @ TestCaseError::Reject(_) => rejected,
        })
    };
    let acts: Vec<S::Act> = course.0.iter().map(|(act, _)| act.clone()).collect();
    let plain = plainly(storm, &acts);
    in_run("plainly", storm.check(&plain))?;
    let started = lived(storm, &acts, Manner::Starting);
    in_run("with a start before each", storm.check(&started))?;
    for (started, crashed) in started.iter().zip(lived(storm, &acts, Manner::Crashing)) {
        prop_assert_eq!(rows(&started.after), rows(&crashed.after), "lost and told again: {:?}", started.done);
        prop_assert_eq!(&started.wanted, &crashed.wanted, "lost and told again: {:?}", started.done);
    }
    let doubled = lived(storm, &acts, Manner::Twice);
    for (plain, pair) in plain.iter().zip(doubled.chunks(2)) {
        prop_assert_eq!(rows(&plain.after), rows(&pair[1].after), "told twice: {:?}", plain.done);
    }
    in_run("told twice", storm.check(&doubled))?;
    in_run("in rough weather", storm.check(&rough(storm, course)))?;
    Ok(plain)
}

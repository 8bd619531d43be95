//! Retrospectives under a storm: whatever people may send, in any order.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::Kind;
use proptest::{collection::vec, prelude::*};

use crate::{
    Effect, Event, Outgoing, Records, To, UserId,
    dialogue::{Dialogue, room_id},
    effect::Entry,
    retro::{
        Consent, Count, DotsOf, Note, NoteOf, PaperOf, PastOf, Phase, Retro, Retros, ScrapOf, WorthOf, buttons,
        letters::letter, state,
    },
    storm::{Outcome, Storm, Time, begun_by, name, person, plainly, records_of, weather},
};

const PEOPLE: usize = 7;
const ROOMS: [&str; 2] = ["lobby", "craft"];

/// What may happen.
#[derive(Clone, Debug)]
enum RetroAct {
    /// Somebody writes in a room.
    Says(usize, usize, String),
    /// Somebody writes to the bot.
    Tells(usize, String),
    /// Somebody writes a note to the bot; the text is made unique.
    Notes(usize, &'static str),
    /// Somebody reacts to the card of a retrospective.
    Reacts(usize, u32),
    /// Somebody taps one of the buttons for whoever facilitates, on the card.
    Taps(usize, u32, &'static str),
    /// Somebody taps a theme on their paper of the vote, or takes their last tap away.
    TapsTheme(usize, Option<usize>),
    /// Somebody removes the message of an earlier step.
    TakesBack(u32),
    /// Somebody agrees that their notes are shown, if they were asked.
    Agrees(usize),
    Leaves(usize, usize),
    Returns(usize, usize),
    Forgets(usize),
    /// Minutes.
    Passes(i64),
}

fn act() -> impl Strategy<Value = RetroAct> {
    let (who, room) = (0..PEOPLE, 0..ROOMS.len());
    let steer = prop_oneof![
        6 => Just("retro next".to_owned()),
        3 => Just("retro back".to_owned()),
        1 => Just("retro close".to_owned()),
        2 => Just("retro start".to_owned()),
        1 => Just("retro extend 1h".to_owned()),
        1 => Just("retro extend soon".to_owned()),
        1 => Just("retro take-over".to_owned()),
        1 => Just("retro".to_owned()),
        1 => Just("retro join".to_owned()),
        1 => (0..PEOPLE).prop_map(|who| format!("retro hand-over @p{who}")),
        2 => (0..6, 0..6).prop_map(|(a, b)| format!("retro group {a} {b}")),
        1 => (0..6).prop_map(|a| format!("retro split {a}")),
        2 => (0..6, 0..3).prop_map(|(a, name)| format!("retro name {a} theme {name}")),
    ];
    let told = prop_oneof![
        3 => (0..3usize, 0..4, 0..3usize).prop_map(|(a, dots, b)| format!("dots {}:{dots} {}", letter(a), letter(b))),
        1 => (1..4, 1..4).prop_map(|(a, b)| format!("dots {a} {b}")),
        2 => (0..6u32).prop_map(|answer| answer.to_string()),
        1 => (0..3, 0..3).prop_map(|(retro, answer)| format!("{retro} roti {answer}")),
        1 => Just("hello there".to_owned()),
        1 => Just("glad: what column is this?".to_owned()),
    ];
    let head = prop_oneof![Just("happy"), Just("froh"), Just("2"), Just("1 unhappy"), Just("2 happy")];
    prop_oneof![
        // The one who starts most of them steers most of them.
        6 => (prop_oneof![4 => Just(0), 1 => who.clone()], room.clone(), steer).prop_map(|(who, room, text)| RetroAct::Says(who, room, text)),
        8 => (who.clone(), head).prop_map(|(who, head)| RetroAct::Notes(who, head)),
        5 => (who.clone(), told).prop_map(|(who, text)| RetroAct::Tells(who, text)),
        2 => (who.clone(), 1..4u32).prop_map(|(who, number)| RetroAct::Reacts(who, number)),
        2 => (prop_oneof![3 => Just(0), 1 => who.clone()], 1..4u32, prop_oneof![3 => Just("▶ next"), 1 => Just("◀ back"), 1 => Just("+5 min")])
            .prop_map(|(who, number, button)| RetroAct::Taps(who, number, button)),
        3 => (who.clone(), prop_oneof![3 => (0..4usize).prop_map(Some), 1 => Just(None)])
            .prop_map(|(who, theme)| RetroAct::TapsTheme(who, theme)),
        1 => (0..40u32).prop_map(RetroAct::TakesBack),
        3 => who.clone().prop_map(RetroAct::Agrees),
        1 => (who.clone(), room.clone()).prop_map(|(who, room)| RetroAct::Leaves(who, room)),
        1 => (who.clone(), room).prop_map(|(who, room)| RetroAct::Returns(who, room)),
        1 => prop_oneof![8 => Just(None), 1 => who.prop_map(Some)]
            .prop_map(|who| who.map_or(RetroAct::Passes(1), RetroAct::Forgets)),
        2 => prop_oneof![Just(1i64), Just(6), Just(90), Just(60 * 24 * 15)].prop_map(RetroAct::Passes),
    ]
}

/// Retrospectives in two rooms.
struct RetroStorm;

impl Storm for RetroStorm {
    type Of = Retros;
    type Act = RetroAct;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        talk.leads = vec![person(0)];
        talk
    }

    fn act(&self, talk: &mut Dialogue, number: u32, act: &RetroAct) {
        match act {
            RetroAct::Says(who, room, text) => drop(talk.says(&name(*who), ROOMS[*room], &format!("!hearth {text}"))),
            RetroAct::Tells(who, text) => drop(talk.tells(&name(*who), text)),
            RetroAct::Notes(who, head) => {
                talk.tells(&name(*who), &format!("{head}: {} about the deploy", token(number)));
            }
            RetroAct::Reacts(who, number) => {
                let card = state::retro(&records_of(talk), *number).map(Retro::card_key);
                if let Some(card) = card {
                    talk.reacts(&name(*who), "retro", card.as_str(), "👍");
                }
            }
            RetroAct::Taps(who, number, button) => {
                let card = state::retro(&records_of(talk), *number).map(Retro::card_key);
                if let Some(card) = card {
                    talk.reacts(&name(*who), "retro", card.as_str(), button);
                }
            }
            RetroAct::TapsTheme(who, Some(theme)) => {
                let records = records_of(talk);
                let mut theirs = records.all::<PaperOf>().filter(|(key, _)| key.person == person(*who));
                let Some((key, paper)) = theirs.next().map(|(key, paper)| (key.retro, *paper)) else { return };
                let labels = state::retro(&records, key).map(buttons::theme_labels).unwrap_or_default();
                if let Some(label) = labels.get(*theme) {
                    talk.reacts(&name(*who), "retro", &format!("retro/{key}/to/{paper}"), label);
                }
            }
            RetroAct::TapsTheme(who, None) => {
                let records = records_of(talk);
                let mut theirs = records.all::<DotsOf>().filter(|(key, _)| key.person == person(*who));
                let tap = theirs.find_map(|(_, paper)| paper.taps.last().map(|tap| tap.event.clone()));
                if let Some(event) = tap {
                    let room = room_id(&format!("direct-{}", name(*who)));
                    talk.happens(&Event::Redacted { room, event, key: None, at: talk.now });
                }
            }
            RetroAct::Agrees(who) => {
                let records = records_of(talk);
                let mut theirs = records.all::<NoteOf>().filter(|(key, _)| key.person == person(*who));
                if let Some(asked) = theirs.find_map(|(_, note)| note.asked_by.clone()) {
                    talk.reacts(&name(*who), "retro", asked.as_str(), "👍");
                }
            }
            RetroAct::TakesBack(number) => {
                let event = Dialogue::event_of(*number);
                talk.happens(&Event::Redacted { room: room_id("direct-0"), event, key: None, at: talk.now });
            }
            RetroAct::Leaves(who, room) => drop(talk.leaves(&name(*who), ROOMS[*room])),
            RetroAct::Returns(who, room) => drop(talk.joins(&name(*who), ROOMS[*room])),
            RetroAct::Forgets(who) => drop(talk.happens(&Event::Forgotten { who: person(*who) })),
            RetroAct::Passes(_) => {}
        }
    }

    fn time(&self, act: &RetroAct) -> Option<Time> {
        match act {
            RetroAct::Passes(minutes) => Some(Time::Awake(*minutes)),
            _ => None,
        }
    }

    fn room(&self, act: &RetroAct) -> Option<String> {
        match act {
            RetroAct::Says(_, room, _) | RetroAct::Leaves(_, room) | RetroAct::Returns(_, room) => {
                Some(ROOMS[*room].to_owned())
            }
            RetroAct::Tells(who, _) | RetroAct::Notes(who, _) | RetroAct::Agrees(who) | RetroAct::TapsTheme(who, _) => {
                Some(format!("direct-{who}"))
            }
            RetroAct::Reacts(..)
            | RetroAct::Taps(..)
            | RetroAct::TakesBack(_)
            | RetroAct::Forgets(_)
            | RetroAct::Passes(_) => None,
        }
    }

    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let mut public = BTreeSet::new();
        run.iter().try_for_each(|outcome| check(outcome, &mut public))?;
        check_log(run)
    }
}

/// A word that is in one note only.
fn token(step: u32) -> String {
    format!("zq{step}qz")
}

fn body(effect: &Effect) -> &str {
    match effect {
        Effect::Send(Outgoing::Message(message)) => &message.body,
        Effect::Send(Outgoing::Edit { body, .. }) => body,
        _ => "",
    }
}

fn notes_of(records: &Records<Retros>) -> BTreeMap<String, UserId> {
    let word = |note: &Note| note.text.split(' ').next().unwrap().to_owned();
    records.all::<NoteOf>().map(|(key, note)| (word(note), key.person.clone())).collect()
}

fn retros_of(records: &Records<Retros>) -> BTreeMap<u32, &Retro> {
    state::retros(records).map(|retro| (retro.number, retro)).collect()
}

/// The retrospective in which the note of this word lay sealed.
fn retro_of(outcome: &Outcome<RetroStorm>, token: &str) -> u32 {
    outcome.before.all::<NoteOf>().find(|(_, note)| note.text.starts_with(token)).unwrap().0.retro
}

/// Whether the note of this word lay sealed in a retrospective that is gone now, and was not to be shown at its end.
fn closed_unread(outcome: &Outcome<RetroStorm>, token: &str) -> bool {
    let number = retro_of(outcome, token);
    let goes_on = retros_of(&outcome.after).contains_key(&number);
    let late = retros_of(&outcome.before).get(&number).is_some_and(|retro| !retro.notes.is_empty());
    let shown = late && may_be_shown(outcome, token);
    !goes_on && !shown
}

/// Whether the note of this word lay beside notes of two others, or all whose notes lay there had agreed.
fn may_be_shown(outcome: &Outcome<RetroStorm>, token: &str) -> bool {
    let number = retro_of(outcome, token);
    let with = || outcome.before.under::<NoteOf>(&number);
    let agreed = |who: &UserId| with().any(|(key, note)| key.person == *who && note.consent == Consent::Agreed);
    let writers: BTreeSet<&UserId> = with().map(|(key, _)| &key.person).collect();
    writers.len() >= 3 || writers.into_iter().all(agreed)
}

fn check(outcome: &Outcome<RetroStorm>, public: &mut BTreeSet<String>) -> Result<(), TestCaseError> {
    let act = outcome.act();
    let (sealed, still) = (notes_of(&outcome.before), notes_of(&outcome.after));
    for token in sealed.keys() {
        let said: usize = outcome.effects().map(|effect| body(effect).matches(token.as_str()).count()).sum();
        if still.contains_key(token) {
            prop_assert_eq!(said, 0, "{} was said while it was sealed", token);
        } else if matches!(act, Some(RetroAct::TakesBack(_) | RetroAct::Forgets(_))) || closed_unread(outcome, token) {
            prop_assert_eq!(said, 0, "{} was said though it was dropped", token);
        } else {
            prop_assert_eq!(said, 1, "{} was lost, or said twice", token);
            let to_room = |effect: &&Effect| body(effect).contains(token.as_str());
            let published = outcome.effects().find(to_room).unwrap();
            prop_assert!(!body(published).contains("@p"), "a name beside a note: {}", body(published));
            prop_assert!(
                matches!(published, Effect::Send(Outgoing::Message(message)) if !matches!(message.to, To::Person(_)))
            );
            prop_assert!(may_be_shown(outcome, token), "{} was shown among few", token);
            public.insert(token.clone());
        }
    }
    for effect in outcome.effects() {
        for word in body(effect).split(|char: char| !char.is_alphanumeric()).filter(|word| word.starts_with("zq")) {
            prop_assert!(public.contains(word), "{word} was said before its reveal: {effect:?}");
        }
    }
    let retros = retros_of(&outcome.after);
    let phases = |rows| retros_of(rows).into_values().map(|retro| (retro.number, retro.phase)).collect::<Vec<_>>();
    let (before, after) = (phases(&outcome.before), phases(&outcome.after));
    let revealed = |number: u32| before.contains(&(number, Phase::Collect)) && after.contains(&(number, Phase::Reveal));
    // What another one has revealed before may be spoken of at the same time.
    let others = retros_of(&outcome.before).into_values();
    let elsewhere: BTreeSet<&str> = (others.filter(|retro| !revealed(retro.number)))
        .flat_map(|retro| &retro.notes)
        .filter_map(|note| note.text.split(' ').next())
        .collect();
    if retros.keys().any(|number| revealed(*number)) {
        for effect in outcome.effects().filter(|effect| matches!(effect, Effect::Send(Outgoing::Message(_)))) {
            let mut words = body(effect).split(|char: char| !char.is_alphanumeric());
            prop_assert!(
                words.all(|word| !word.starts_with("zq") || sealed.contains_key(word) || elsewhere.contains(word)),
                "revealed again: {effect:?}"
            );
        }
    }
    let of = |number: u32| retros.get(&number).expect("what is sealed belongs to one that goes on");
    for (key, _) in outcome.after.all::<NoteOf>() {
        // Notes of few wait while the room goes on with those that it has.
        let retro = of(key.retro);
        prop_assert!(retro.phase == Phase::Collect || !retro.notes.is_empty());
    }
    for (key, _) in outcome.after.all::<DotsOf>() {
        prop_assert_eq!(of(key.retro).phase, Phase::Vote);
    }
    for (key, _) in outcome.after.all::<WorthOf>() {
        of(key.retro);
    }
    for (key, _) in outcome.after.all::<ScrapOf>() {
        of(key.retro);
    }
    for (key, _) in outcome.after.all::<PaperOf>() {
        prop_assert_eq!(of(key.retro).phase, Phase::Vote);
    }
    for (_, paper) in outcome.after.all::<DotsOf>() {
        let given: u32 = paper.chosen.iter().flatten().map(|(_, dots)| dots).sum();
        prop_assert!(given <= 5, "more dots than there are: {paper:?}");
    }
    let kept = format!("{:?} {:?}", outcome.after.all::<PastOf>().collect::<Vec<_>>(), outcome.after.get(&Count {}));
    prop_assert!(!kept.contains("@p"), "{kept}");
    for retro in retros.values() {
        for note in &retro.notes {
            prop_assert!(!note.text.contains("@p"));
        }
        let mut placed: Vec<_> = retro.groups.iter().flat_map(|group| group.notes.clone()).collect();
        placed.sort_unstable();
        if retro.phase > Phase::Reveal {
            prop_assert_eq!(placed, (0..retro.notes.len()).collect::<Vec<_>>(), "every note is in one group");
        }
    }
    if let Some(RetroAct::Forgets(who)) = act {
        let kept = format!("{:?}", outcome.after);
        prop_assert!(!kept.contains(person(*who).as_str()), "{kept}");
    }
    Ok(())
}

fn check_log(run: &[Outcome<RetroStorm>]) -> Result<(), TestCaseError> {
    let entries: Vec<&Entry> = run
        .iter()
        .flat_map(Outcome::effects)
        .filter_map(|effect| if let Effect::Log(entry) = effect { Some(entry) } else { None })
        .collect();
    let acts = run.iter().filter_map(Outcome::act);
    let forgot: BTreeSet<_> =
        acts.filter_map(|act| if let RetroAct::Forgets(who) = act { Some(person(*who)) } else { None }).collect();
    let mut once = BTreeSet::new();
    for entry in &entries {
        let first = match entry.kind {
            Kind::RetroJoined if forgot.contains(&entry.by) => true,
            Kind::RetroJoined => once.insert((entry.within.clone(), Some(entry.by.clone()), entry.kind)),
            Kind::RetroClosed => once.insert((entry.within.clone(), None, entry.kind)),
            Kind::RetroStarted | Kind::RotiAnswered => once.insert((entry.name.clone(), None, entry.kind)),
            _ => true,
        };
        prop_assert!(first, "logged twice: {entry:?}");
    }
    for name in entries.iter().filter_map(|entry| entry.within.as_ref()).collect::<BTreeSet<_>>() {
        let answers =
            entries.iter().filter(|entry| entry.kind == Kind::RotiAnswered && entry.within.as_ref() == Some(name));
        let count = answers.count();
        prop_assert!(count == 0 || count >= 5, "{count} answers of {name} are in the log");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_note_is_lost_said_twice_said_early_or_said_with_a_name(
        acts in begun_by([RetroAct::Says(0, 0, "retro start".to_owned())], act(), 0..60),
    ) {
        weather(&RetroStorm, &acts)?;
    }

    /// The way that every session takes is walked to its end, so that the storm is known to get there.
    #[test]
    fn a_session_comes_to_its_end_whoever_writes_what(
        writers in vec((0..PEOPLE, prop_oneof![Just("happy"), Just("unhappy"), Just("2")]), 1..20),
        dots in vec((0..PEOPLE, 1..3usize), 0..12),
        answers in vec((0..PEOPLE, 0..5u32), 0..12),
    ) {
        let next = || RetroAct::Says(0, 0, "retro next".to_owned());
        let mut acts = vec![RetroAct::Says(0, 0, "retro start".to_owned())];
        acts.extend(writers.iter().map(|(who, head)| RetroAct::Notes(*who, head)));
        // Where few wrote, they are asked first, and all agree.
        acts.push(next());
        acts.extend((0..PEOPLE).map(RetroAct::Agrees));
        acts.extend([RetroAct::Passes(1), next(), next()]);
        acts.extend(dots.iter().map(|(who, theme)| RetroAct::Tells(*who, format!("dots {}", letter(theme - 1)))));
        acts.extend((0..8).map(|_| next()));
        let reached = plainly(&RetroStorm, &acts);
        let worth = |outcome: &Outcome<RetroStorm>| retros_of(&outcome.after).values().any(|retro| retro.phase == Phase::Worth);
        let at = reached.iter().find(|outcome| worth(outcome)).expect("the closing vote").number;
        acts.truncate(at as usize + 1);
        acts.extend(answers.iter().map(|(who, answer)| RetroAct::Tells(*who, answer.to_string())));
        acts.push(next());
        let outcomes = plainly(&RetroStorm, &acts);
        let mut public = BTreeSet::new();
        outcomes.iter().try_for_each(|outcome| check(outcome, &mut public))?;
        check_log(&outcomes)?;
        prop_assert_eq!(public.len(), writers.len(), "every note was read");
        let last: BTreeMap<usize, u32> = answers.iter().copied().collect();
        let ended = outcomes.last().unwrap();
        let mut logged: Vec<i64> = ended.effects().filter_map(|effect| match effect {
            Effect::Log(entry) if entry.kind == Kind::RotiAnswered => entry.value,
            _ => None,
        }).collect();
        let mut expected: Vec<i64> = last.values().map(|answer| i64::from(*answer)).collect();
        expected.sort_unstable();
        logged.sort_unstable();
        prop_assert_eq!(logged, if expected.len() >= 5 { expected } else { Vec::new() });
        let gone = ended.effects().filter(|effect| matches!(effect, Effect::Send(Outgoing::RedactEvent { .. }))).count();
        // Dots that came when there was nothing to choose from were answered, and are removed, too.
        let scraps = ended.before.all::<ScrapOf>().count();
        prop_assert_eq!(gone, answers.len() + scraps, "everything that was written is removed from its direct room");
    }
}

//! What somebody sees on their paper, whatever they do with it and in whichever order it comes.

use super::*;
use crate::To;

/// A practice in which options are chosen.
pub enum Choice {}

tables! { for Choice;
    /// What somebody chose.
    MarksOf { choice: u32, person: UserId } => Paper<Vec<u32>>, in "marks", of person,
        sealed by |key| key.choice.to_string();
}

impl Slip for MarksOf {
    fn traces(&self, paper: &Paper<Vec<u32>>) -> Traces {
        paper.traces(|drawn| self.answer(drawn))
    }
}

impl PaperKey for MarksOf {
    type Chosen = Vec<u32>;
    const RECEIPTS: bool = true;

    fn answer(&self, drawn: &str) -> Option<MessageKey> {
        Some(format!("answer/{}/{drawn}", self.choice).into())
    }
}

/// What somebody does, and whether homeservers read it.
#[derive(Clone, Debug)]
enum Does {
    Writes(u32, bool),
    WritesNone(bool),
    Answers(u32, bool),
    Taps(u32),
    TakesBack(usize),
    AsksAgain,
}

fn does() -> impl Strategy<Value = Vec<Does>> {
    let one = prop_oneof![
        4 => (1..9u32, any::<bool>()).prop_map(|(option, clear)| Does::Writes(option, clear)),
        1 => any::<bool>().prop_map(Does::WritesNone),
        2 => (1..9u32, any::<bool>()).prop_map(|(option, clear)| Does::Answers(option, clear)),
        6 => (1..9u32).prop_map(Does::Taps),
        3 => (0..20usize).prop_map(Does::TakesBack),
        1 => Just(Does::AsksAgain),
    ];
    vec(one, 1..20)
}

/// A paper as its owner sees it, and what a homeserver has seen.
#[derive(Default)]
struct Seen {
    paper: u32,
    text: String,
    /// What stands under each paper, by name.
    under: BTreeMap<(MessageKey, MessageKey), String>,
    /// Whatever has said what was chosen, or leads to it.
    said: BTreeSet<MessageKey>,
    receipts: BTreeSet<String>,
}

impl Seen {
    fn key(&self) -> MessageKey {
        format!("sheet/{}", self.paper).into()
    }

    fn takes(&mut self, effect: &Effect) {
        let is_sealed = matches!(effect, Effect::SendSealed(_));
        match effect.outgoing().unwrap() {
            Outgoing::Sign { key, with, name } => {
                assert!(is_sealed && self.said.insert(name.clone()));
                self.under.insert((key.clone(), name.clone()), with.clone());
            }
            Outgoing::Button { key, with, name } => {
                let name = name.clone().unwrap();
                assert!(is_sealed && self.said.insert(name.clone()));
                self.receipts.insert(with.replace("🧾 ", ""));
                self.under.insert((key.clone(), name), with.clone());
            }
            Outgoing::Reword { key, body, name } => {
                assert!(is_sealed && *key == self.key());
                assert!(name.is_some() || body == "blank", "what says something is removed: {body}");
                self.said.extend(name.clone());
                self.text.clone_from(body);
            }
            Outgoing::Unsign { name, .. } | Outgoing::Redact { key: name } => {
                assert!(self.said.remove(name), "{name} was said");
                self.under.retain(|(_, one), _| one != name);
            }
            other => panic!("{other:?}"),
        }
    }

    fn signs(&self) -> Vec<&str> {
        let here = |((paper, _), says): ((_, _), _)| (paper == self.key()).then_some(says);
        self.under.iter().filter_map(|((paper, name), says)| here(((paper.clone(), name), says.as_str()))).collect()
    }
}

fn sign(chosen: &[u32], named: bool) -> String {
    format!("{chosen:?}{}", if named { " named" } else { "" })
}

fn text(stands: &Stands<Vec<u32>>) -> String {
    match stands {
        Stands::Blank => "blank".to_owned(),
        Stands::TakenBack => "taken back".to_owned(),
        Stands::InPoll(receipt) => format!("poll {receipt}"),
        Stands::Chosen(chosen, receipt) => format!("{chosen:?} {receipt}"),
    }
}

proptest! {
    #[test]
    fn one_place_says_where_somebody_stands_and_what_is_encrypted_is_in_no_reaction(
        all in does(), twice in any::<bool>(),
    ) {
        let (mut records, mut seen) = (Records::<Choice>::default(), Seen::default());
        seen.text = "blank".to_owned();
        let key = || MarksOf { choice: 1, person: who(0) };
        let (mut taps, mut last): (Vec<(EventId, u32)>, _) = (Vec::new(), None);
        for (at, does) in (0..).zip(&all) {
            let rng = &mut ChaCha20Rng::seed_from_u64(u64::try_from(at).unwrap());
            let (room, event) = (direct(0), EventId::from(format!("${at}")));
            let at = Timestamp::from_second(at).unwrap();
            let cleartext = match does {
                Does::Writes(_, clear) | Does::WritesNone(clear) | Does::Answers(_, clear) => *clear,
                Does::Taps(_) | Does::TakesBack(_) | Does::AsksAgain => true,
            };
            let handed = Handed { room: &room, event: &event, thread: None, at, cleartext };
            let mut effects = Vec::new();
            let taken = match does {
                Does::Writes(option, _) => hand_in(&mut records, rng, key(), &handed, Some(Some(vec![*option]))),
                Does::WritesNone(_) => hand_in(&mut records, rng, key(), &handed, Some(None)),
                Does::Answers(option, _) => answer_in(&mut records, rng, key(), &handed, Some(Some(vec![*option]))),
                Does::Taps(option) => tap(&mut records, rng, key(), (&handed, *option), stands),
                Does::TakesBack(place) => {
                    let gone = (!taps.is_empty()).then(|| taps.remove(place % taps.len()));
                    gone.and_then(|(gone, _)| untap(&mut records, key(), (&room, &gone), stands))
                }
                Does::AsksAgain => {
                    effects.extend(turn(&mut records, &key()));
                    taps.clear();
                    again(&mut records, key(), To::Person(who(0)))
                }
            };
            if matches!(does, Does::AsksAgain) {
                (seen.paper, seen.text) = (seen.paper + 1, "blank".to_owned());
            }
            match does {
                Does::Taps(option) => {
                    taps.push((event.clone(), *option));
                    last = Some(Does::Taps(0));
                }
                Does::TakesBack(_) | Does::AsksAgain => {}
                other => last = Some(other.clone()),
            }
            let again = matches!(does, Does::Taps(_)) && twice;
            if let Some(taken) = taken {
                let face = Face::<MarksOf> {
                    paper: seen.key(),
                    sign: &|_: &Records<Choice>, chosen: &Vec<u32>, named| sign(chosen, named),
                    text: &|_: &Records<Choice>, stands: &Stands<Vec<u32>>| text(stands),
                };
                effects.extend(taken.show(&mut records, rng, &face));
            }
            if again {
                prop_assert!(tap(&mut records, rng, key(), (&handed, 1), stands).is_none(), "told twice");
            }
            effects.iter().for_each(|effect| seen.takes(effect));

            let Some(paper) = records.get(&key()).cloned() else { continue };
            let signs: Vec<&str> = seen.signs().into_iter().filter(|sign| !sign.starts_with('🧾')).collect();
            let receipts: Vec<&str> = seen.signs().into_iter().filter(|sign| sign.starts_with('🧾')).collect();
            match (&paper.chosen, &last) {
                (chosen, Some(Does::Taps(_) | Does::Writes(_, true) | Does::WritesNone(true) | Does::Answers(_, true))) => {
                    let written = !matches!(last, Some(Does::Taps(_)));
                    let says: Vec<String> = chosen.iter().map(|chosen| sign(chosen, written)).collect();
                    prop_assert_eq!(signs, says);
                    prop_assert_eq!(&seen.text, "blank", "and nothing else says it");
                    let own = format!("🧾 {}", paper.receipt);
                    prop_assert!(receipts.is_empty() || receipts == [own]);
                    prop_assert!(chosen.is_none() || !receipts.is_empty());
                }
                (Some(chosen), Some(by)) => {
                    prop_assert!(seen.signs().is_empty(), "what was encrypted is in no reaction");
                    let by_poll = matches!(by, Does::Answers(..));
                    let stands = if by_poll { Stands::InPoll(&paper.receipt) } else { Stands::Chosen(chosen, &paper.receipt) };
                    prop_assert_eq!(&seen.text, &text(&stands));
                    prop_assert!(!seen.receipts.contains(&paper.receipt), "nor does any lead to it");
                }
                (None, _) => {
                    prop_assert!(seen.signs().is_empty() && ["blank", "taken back"].contains(&seen.text.as_str()));
                }
                (Some(_), None) => prop_assert!(false, "nobody chose"),
            }
        }
        // At the close nothing stays that was said.
        for effect in close::<MarksOf>(&mut records, 1).sweep {
            if let Some(Outgoing::Redact { .. }) = effect.outgoing() {
                // Of what was never sent nothing is to be removed.
                let Some(Outgoing::Redact { key }) = effect.outgoing() else { continue };
                seen.said.remove(key);
            }
        }
        prop_assert!(seen.said.is_empty(), "{:?}", seen.said);
    }
}

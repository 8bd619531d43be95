//! Actions under a storm of commands, and however time passes.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::Kind;
use proptest::prelude::*;

use crate::{
    Effect, Outgoing,
    actions::{Actions, state::OpenAt},
    dialogue::Dialogue,
    storm::{Outcome, Storm, Time, begun_by, weather},
};

/// What may happen.
#[derive(Clone, Debug)]
enum ActionAct {
    Says(&'static str, String),
    /// Hours, and the bot is there.
    Awake(i64),
    /// Hours, and it is not.
    Away(i64),
}

fn act() -> impl Strategy<Value = ActionAct> {
    let number = 1..6u32;
    prop_oneof![
        2 => number.clone().prop_map(|days| ActionAct::Says("lea", format!("action @ana:t thing in {days} days"))),
        1 => number.clone().prop_map(|number| ActionAct::Says("ana", format!("action done {number}"))),
        1 => number.prop_map(|number| ActionAct::Says("ana", format!("action drop {number}"))),
        1 => (1..101i64).prop_map(ActionAct::Away),
        2 => (1..101i64).prop_map(ActionAct::Awake),
    ]
}

/// Actions of one person.
struct ActionStorm;

impl Storm for ActionStorm {
    type Of = Actions;
    type Act = ActionAct;

    fn begin(&self) -> Dialogue {
        let mut talk = Dialogue::new();
        talk.overrides.insert("icebreakers".to_owned(), serde_json::from_str(r#"{"room-rhythm": "off"}"#).unwrap());
        talk
    }

    fn act(&self, talk: &mut Dialogue, _: u32, act: &ActionAct) {
        if let ActionAct::Says(who, text) = act {
            talk.says(who, "lobby", &format!("!hearth {text}"));
        }
    }

    fn time(&self, act: &ActionAct) -> Option<Time> {
        match act {
            ActionAct::Says(..) => None,
            ActionAct::Awake(hours) => Some(Time::Awake(hours * 60)),
            ActionAct::Away(hours) => Some(Time::Away(hours * 60)),
        }
    }

    fn room(&self, act: &ActionAct) -> Option<String> {
        matches!(act, ActionAct::Says(..)).then(|| "lobby".to_owned())
    }

    /// Numbers are never given twice, nobody gets more than two reminders of an action that stays where it is, and
    /// nobody is reminded of what is closed.
    fn check(&self, run: &[Outcome<Self>]) -> Result<(), TestCaseError> {
        let mut agreed = BTreeSet::new();
        let mut reminders = BTreeMap::<u32, u32>::new();
        let mut gone = 0;
        for outcome in run {
            for effect in outcome.effects() {
                let message = match effect {
                    Effect::Send(Outgoing::Message(message)) => message,
                    Effect::Log(entry) if matches!(entry.kind, Kind::ActionDone | Kind::ActionDropped) => {
                        gone += 1;
                        continue;
                    }
                    _ => continue,
                };
                if let Some((_, rest)) = message.body.split_once("Noted: **") {
                    let number = numbered(rest);
                    prop_assert!(agreed.insert(number), "{} was given twice", number);
                }
                for row in message.body.lines().filter_map(|row| row.strip_prefix("- **")) {
                    if message.attention.is_nudge() {
                        let number = numbered(row);
                        *reminders.entry(number).or_default() += 1;
                        let open = outcome.after.has(&OpenAt { number });
                        prop_assert!(open, "reminded of {} which is closed", number);
                    }
                }
            }
        }
        prop_assert!(reminders.values().all(|times| *times <= 2), "{:?}", reminders);
        let open = run.last().map_or(0, |outcome| outcome.after.all::<OpenAt>().count());
        prop_assert_eq!(open + gone, agreed.len());
        Ok(())
    }
}

/// The number before `**`.
fn numbered(text: &str) -> u32 {
    text.split_once("**").unwrap().0.parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn numbers_are_stable_and_reminders_few(acts in begun_by([], act(), 1..40)) {
        weather(&ActionStorm, &acts.and(ActionAct::Awake(1)))?;
    }
}

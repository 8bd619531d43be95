//! Privacy: what is kept, and the commands by which a person sees it, stops it and erases it.
//!
//! Whoever asks about themselves in a room is answered in their direct room, so that nobody watches.

use clap::Args;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Ctx, Effect, Event, Input, Loose, Message, Practice, Span, Spot, To, Tone, UserId, command::spoken, input::Asked,
};

/// The practice.
#[derive(Debug)]
pub enum Privacy {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// What is kept, for how long, and who sees it.
    #[command(alias = "datenschutz")]
    Privacy,
    /// Everything that is kept about whoever asks, as a file.
    #[command(alias = "meine-daten")]
    MyData,
    /// Log nothing more about whoever asks.
    OptOut,
    /// Log again.
    OptIn,
    /// Erase everything about whoever asks, after they confirm.
    #[command(alias = "vergiss-mich")]
    ForgetMe(ForgetMe),
}

/// What `forget-me` takes.
#[derive(Clone, Debug, Args)]
pub struct ForgetMe {
    /// The confirmation, `yes`. Anything else is asked again.
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    sure: Vec<String>,
}

impl ForgetMe {
    fn is_sure(&self) -> bool {
        self.sure.first().is_some_and(|word| {
            let word = word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
            word == "yes" || word == "ja"
        })
    }
}

/// Leads cannot set anything here: privacy is the same in every community.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {}

/// What it remembers, under `out/<person>` and `forget/<person>`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// The person has opted out. (The flag that counts is the log's own, under a pseudonym, and outlives this one.)
    OptedOut,
    /// The person asked to be forgotten and may confirm it until then.
    MayConfirm(Timestamp),
}

/// How long a question "are you sure?" waits for its answer.
const CONFIRM_WITHIN: Span = Span::days(1);

impl Practice for Privacy {
    const NAME: &'static str = "privacy";
    type Command = Command;
    type Settings = Settings;
    type Rows = Loose<Record>;

    fn react(records: &mut Loose<Record>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(asked) => obey(records, ctx, asked),
            Input::Event(Event::Forgotten { who }) => {
                records.remove(&out(who));
                records.remove(&forget(who));
                Vec::new()
            }
            Input::Event(_) => Vec::new(),
            Input::Tick => {
                records.retain(|_, record| !matches!(record, Record::MayConfirm(until) if *until <= ctx.now));
                Vec::new()
            }
        }
    }

    fn wake(records: &Loose<Record>, _: &Ctx<Settings>) -> Option<Timestamp> {
        records
            .under("forget/")
            .filter_map(|(_, record)| match record {
                Record::MayConfirm(until) => Some(*until),
                Record::OptedOut => None,
            })
            .min()
    }
}

fn obey(records: &mut Loose<Record>, ctx: &Ctx<Settings>, asked: &Asked<Command>) -> Vec<Effect> {
    let (words, who) = (ctx.words, asked.by);
    match &asked.command {
        Command::Privacy => {
            let text = spoken(&words.privacy_kept(), &ctx.community.prefix, asked.spot.direct);
            vec![Effect::answer(asked.spot, text)]
        }
        Command::MyData => {
            let mut effects = quietly(asked.spot, who, words.privacy_my_data());
            effects.push(Effect::Export { who: who.clone() });
            effects
        }
        Command::OptOut => {
            let text = match records.insert(out(who), Record::OptedOut) {
                None => words.privacy_opted_out(),
                Some(_) => words.privacy_opted_out_already(),
            };
            let mut effects = quietly(asked.spot, who, text);
            effects.push(Effect::OptOut { who: who.clone() });
            effects
        }
        Command::OptIn => {
            // The effect is sent even to those who never opted out as far as the records know: after `forget-me` the
            // records know nothing, and the log's own flag is still there.
            let text = match records.remove(&out(who)) {
                Some(_) => words.privacy_opted_in(),
                None => words.privacy_opted_in_already(),
            };
            let mut effects = quietly(asked.spot, who, text);
            effects.push(Effect::OptIn { who: who.clone() });
            effects
        }
        Command::ForgetMe(given) => {
            let waits = match records.get(&forget(who)) {
                Some(Record::MayConfirm(until)) => ctx.now < *until,
                _ => false,
            };
            if waits && given.is_sure() {
                records.remove(&out(who));
                records.remove(&forget(who));
                let mut effects = quietly(asked.spot, who, words.privacy_forgotten());
                effects.push(Effect::Forget { who: who.clone() });
                return effects;
            }
            records.insert(forget(who), Record::MayConfirm(CONFIRM_WITHIN.after(ctx.now)));
            quietly(asked.spot, who, words.privacy_forget_sure())
        }
    }
}

/// Answers in the direct room: commands there need no prefix. In a room, a reaction says that it was heard.
fn quietly(spot: &Spot, who: &UserId, text: String) -> Vec<Effect> {
    let text = spoken(&text, "", true);
    if spot.direct {
        return vec![Effect::answer(spot, text)];
    }
    vec![Effect::acknowledge(spot, "👍"), Message::new(To::Person(who.clone()), Tone::Notice, text).send()]
}

const OUT: &str = "out/";

fn out(who: &UserId) -> String {
    format!("{OUT}{who}")
}

/// Who has opted out, where a record under this key says so.
pub fn opted_out(key: &str) -> Option<UserId> {
    key.strip_prefix(OUT).map(UserId::from)
}

fn forget(who: &UserId) -> String {
    format!("forget/{who}")
}

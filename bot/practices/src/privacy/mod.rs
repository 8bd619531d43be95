//! Privacy: what is kept, and the commands by which a person sees it, stops it and erases it.
//!
//! Whoever asks about themselves in a room is answered in their direct room, so that nobody watches.
//!
//! Whoever asks to be forgotten is asked back, once for all communities. A plain yes or no answers that as long as it is
//! what they were last asked; anything else they say is not for this practice.

use clap::Args;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    Administration, Attention, Ctx, Effect, Event, Input, Message, MessageContext, MessageKey, Outgoing, Practice,
    Records, Said, Span, To, UserId, Words, boards, input::Invocation, tables, words::spoken,
};

/// The practice.
#[derive(Debug)]
pub enum Privacy {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// What is kept, for how long, and who sees it.
    Privacy,
    /// Everything that is kept about whoever asks, as a file.
    MyData,
    /// Log nothing more about whoever asks.
    OptOut,
    /// Log again.
    OptIn,
    /// Erase everything about whoever asks, after they confirm.
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

tables! { for Privacy;
    /// That somebody has opted out. (The flag that counts is the log's own, under a pseudonym, and outlives this one.)
    OptedOut { person: UserId } => (), in "out", of person;
    /// Somebody asked to be forgotten and may confirm it until then.
    MayConfirm { person: UserId } => Timestamp, in "forget", of person;
}

/// How long a question "are you sure?" waits for its answer.
const CONFIRM_WITHIN: Span = Span::days(1);

impl Practice for Privacy {
    const NAME: &'static str = "privacy";
    type Command = Command;
    type Settings = Settings;
    type Board = boards::Privacy;
    const PERSONAL: bool = true;
    // Whoever withdrew has withdrawn: a promise of privacy does not lapse because the bot was away. `opt-in` is not
    // here, for it may have been taken back since.
    const LASTING: &[&str] = &["opt-out", "forget-me"];

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        match input {
            Input::Command(invocation) => obey(records, ctx, invocation),
            Input::Event(Event::Said(said)) => answer(records, ctx, said),
            Input::Event(_) => Vec::new(),
            Input::Tick => {
                records.retain::<MayConfirm>(|_, until| *until > ctx.now);
                Vec::new()
            }
        }
    }

    fn next_tick(records: &Records<Self>, _: &Ctx<Settings>) -> Option<Timestamp> {
        records.all::<MayConfirm>().map(|(_, until)| *until).min()
    }

    fn needs(records: &Records<Self>, _: &str) -> bool {
        // The names of its messages say nothing of whom they are for.
        records.all::<MayConfirm>().next().is_some()
    }

    fn board(records: &Records<Self>) -> boards::Privacy {
        boards::Privacy { opted_out: Self::opted_out(records).into_iter().collect() }
    }

    fn opted_out(records: &Records<Self>) -> Vec<UserId> {
        records.all::<OptedOut>().map(|(of, ())| of.person.clone()).collect()
    }
}

fn obey(records: &mut Records<Privacy>, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let (words, who) = (ctx.words, invocation.by);
    match &invocation.command {
        Command::Privacy => {
            let text = spoken(&words.privacy_kept(), &ctx.community.prefix, invocation.source.direct);
            vec![Effect::answer(invocation.source, text)]
        }
        Command::MyData => {
            let mut effects = quietly(invocation.source, who, words.privacy_my_data());
            effects.push(Outgoing::MyData { person: who.clone() }.send());
            effects
        }
        Command::OptOut => {
            let text = match records.insert(OptedOut { person: who.clone() }, ()) {
                None => words.privacy_opted_out(),
                Some(_) => words.privacy_opted_out_already(),
            };
            let mut effects = quietly(invocation.source, who, text);
            effects.push(Administration::OptOut { who: who.clone() }.effect());
            effects
        }
        Command::OptIn => {
            // The effect is sent even to those who never opted out as far as the records know: after `forget-me` the
            // records know nothing, and the log's own flag is still there.
            let text = match records.remove(&OptedOut { person: who.clone() }) {
                Some(_) => words.privacy_opted_in(),
                None => words.privacy_opted_in_already(),
            };
            let mut effects = quietly(invocation.source, who, text);
            effects.push(Administration::OptIn { who: who.clone() }.effect());
            effects
        }
        Command::ForgetMe(given) => {
            if may_confirm(records, ctx, who) && given.is_sure() {
                return forget(ctx, invocation.source, who);
            }
            records.insert(MayConfirm { person: who.clone() }, CONFIRM_WITHIN.after(ctx.now));
            let question = spoken(&words.privacy_forget_sure(), "", true);
            let key = format!("{QUESTION}{}", invocation.source.event);
            // It is a prompt, so that a plain yes is known to answer it.
            let question = Message::new(To::Person(who.clone()), Attention::Prompt, question).keyed(key).send();
            match invocation.source.direct {
                true => vec![question],
                false => vec![Effect::acknowledge(invocation.source, "👍"), question],
            }
        }
    }
}

/// What the names of its questions begin with.
const QUESTION: &str = "forget/";

/// A plain yes or no to the question whether somebody is to be forgotten.
fn answer(records: &mut Records<Privacy>, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let is_question = |key: &MessageKey| key.as_str().starts_with(QUESTION);
    if !said.to.as_ref().and_then(|to| to.key.as_ref()).is_some_and(is_question) {
        return Vec::new();
    }
    // In any language that the bot speaks: not everybody uses their community's.
    let yes = Words::all().iter().any(|words| is_nothing_but(&said.text, &words.privacy_yes_words()));
    let no = Words::all().iter().any(|words| is_nothing_but(&said.text, &words.privacy_no_words()));
    match yes {
        true if may_confirm(records, ctx, &said.by) => forget(ctx, &said.source, &said.by),
        false if !no => Vec::new(),
        _ => {
            records.remove(&MayConfirm { person: said.by.clone() });
            quietly(&said.source, &said.by, ctx.words.privacy_forget_not())
        }
    }
}

/// Whether a message is just this, in whatever spelling: `Yes!`, `yes, please`. In the list, a hyphen is a space.
fn is_nothing_but(text: &str, list: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    list.split_whitespace().any(|known| known == words.join("-"))
}

fn may_confirm(records: &Records<Privacy>, ctx: &Ctx<Settings>, who: &UserId) -> bool {
    records.get(&MayConfirm { person: who.clone() }).is_some_and(|until| ctx.now < *until)
}

fn forget(ctx: &Ctx<Settings>, source: &MessageContext, who: &UserId) -> Vec<Effect> {
    let mut effects = quietly(source, who, ctx.words.privacy_forgotten());
    effects.push(Administration::Forget { who: who.clone() }.effect());
    effects
}

/// Answers in the direct room: commands there need no prefix. In a room, a reaction says that it was heard.
fn quietly(source: &MessageContext, who: &UserId, text: String) -> Vec<Effect> {
    let text = spoken(&text, "", true);
    if source.direct {
        return vec![Effect::answer(source, text)];
    }
    vec![Effect::acknowledge(source, "👍"), Message::new(To::Person(who.clone()), Attention::Answer, text).send()]
}

//! What leads do with the monthly report: choose one thing to try, and share the month with everybody.
//!
//! The report itself is made by the worker. What is tried stands on this practice's board, from where the shell hands
//! it to the worker; a report says what came of it when three full months are over.

#[cfg(test)]
mod tests;

use hearth_shared::report::measure_id;
use serde::{Deserialize, Serialize};

use crate::{
    Answer, Attention, Ctx, Effect, Event, EventId, Input, Invocation, Message, MessageContext, Practice, Records,
    Request, RequestKey, RequestKind, Shared, To, UserId, forget, tables, words::escape,
};

/// How long the words of an experiment may be, in characters: they stand in a sentence of the report.
const LONGEST: usize = 200;

/// The practice.
#[derive(Debug)]
pub enum Report {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// What is being tried, and what to do with the monthly report.
    Report {
        /// What to do.
        #[command(subcommand)]
        what: Option<What>,
    },
}

/// What can be done with a report.
#[derive(Clone, Debug, PartialEq, Eq, clap::Subcommand)]
pub enum What {
    /// Choose one thing to try; after three full months a report says what came of it.
    Try {
        /// What, in a few words.
        text: Vec<String>,
        /// What should get better by it.
        #[arg(long)]
        aim: Option<String>,
    },
    /// Stop trying it.
    Stop,
    /// Tell everybody what the month was like, in the lobby.
    Share,
}

/// Leads cannot set anything here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Settings {}

/// What is tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Experiment {
    /// What is tried, in a lead's words.
    pub what: String,
    /// The measure that it aims at.
    pub measure: String,
    /// `more` or `less` of it.
    pub aim: String,
    /// The month since which it is tried, like `2026-11`.
    pub since: String,
}

forget!(Experiment; what, measure, aim, since);

/// What the others see of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    /// What is tried.
    pub experiment: Option<Experiment>,
}

tables! { for Report;
    /// The one experiment.
    Tried {} => Experiment, in "experiment";
    /// A lead shares the month, and waits here to hear what became of that.
    Sharing { event: EventId, lead: UserId } => MessageContext, in "sharing", of lead;
}

/// What an experiment can aim at: the word for it in English and German, and the measure, of which there should be more.
/// These are the measures of which a report judges changes ([`hearth_shared::report::JUDGED`]).
const AIMS: [(&str, &str, &str); 4] = [
    ("activity", "aktivität", measure_id::POSTERS),
    ("voices", "stimmen", measure_id::EFFECTIVE_VOICES),
    ("answers", "antworten", measure_id::TAKEN_UP),
    ("newcomers", "neue", measure_id::NEW_POSTERS),
];

/// What an experiment could aim at before, for those that are kept. No report judges them.
const AIMS_BEFORE: [(&str, &str, &str); 5] = [
    ("activity", "aktivität", "active_members"),
    ("answers", "antworten", "opener_reply_rate"),
    ("newcomers", "neue", "newcomer_unanswered"),
    ("connection", "verbindung", "isolated_share"),
    ("actions", "vorhaben", "action_completion"),
];

impl Practice for Report {
    const NAME: &'static str = "report";
    type Command = Command;
    type Settings = Settings;
    type Board = Board;

    fn react(records: &mut Records<Report>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        let invocation = match input {
            Input::Command(invocation) => invocation,
            Input::Event(Event::Answered { key, answer }) => return answered(records, ctx, key, answer),
            Input::Event(_) | Input::Tick => return Vec::new(),
        };
        let Command::Report { what } = &invocation.command;
        let (words, source) = (ctx.words, invocation.source);
        let prefix = &ctx.community.prefix;
        match what {
            None => vec![Effect::answer(source, status(records, ctx))],
            Some(_) if !invocation.lead => vec![Effect::answer(source, words.report_leads_only())],
            Some(What::Try { text, aim }) => attempt(records, ctx, invocation, &text.join(" "), aim.as_deref()),
            Some(What::Stop) => match records.remove(&Tried {}) {
                Some(stopped) => vec![Effect::answer(source, words.report_stopped(escape(&stopped.what)))],
                None => vec![Effect::answer(source, words.report_nothing_to_stop(prefix))],
            },
            Some(What::Share) if ctx.community.lobby.is_none() => {
                vec![Effect::answer(source, words.report_no_lobby(prefix))]
            }
            Some(What::Share) => {
                let request = Sharing { event: source.event.clone(), lead: invocation.by.clone() };
                records.insert(request, source.clone());
                vec![Request::new(source.event.as_str(), RequestKind::ShareReport).ask()]
            }
        }
    }

    /// What is tried, for the shell, which hands it to the worker.
    fn board(records: &Records<Self>) -> Board {
        Board { experiment: records.get(&Tried {}).cloned() }
    }
}

/// A month that is written `2026-09`.
fn month_in_words(words: &crate::Words, month: &str) -> String {
    let name = |number: &str| words.find(&format!("schedule-month-{}", number.parse::<u8>().ok()?));
    match month.split_once('-').and_then(|(year, number)| Some((year, name(number)?))) {
        Some((year, name)) => format!("{name} {year}"),
        None => month.to_owned(),
    }
}

/// Says what became of a report that a lead shares, where they asked for it.
fn answered(records: &mut Records<Report>, ctx: &Ctx<Settings>, key: &RequestKey, answer: &Answer) -> Vec<Effect> {
    let event = EventId::from(key.as_str());
    let Some(request) = records.under::<Sharing>(&event).map(|(request, _)| request.clone()).next() else {
        return Vec::new();
    };
    let Some(source) = records.remove(&request) else { return Vec::new() };
    let words = ctx.words;
    let said = match answer {
        Answer::Shared(Shared::Told(month)) => words.report_shared(month_in_words(words, month)),
        Answer::Shared(Shared::Already(month)) => words.report_shared_already(month_in_words(words, month)),
        Answer::Shared(Shared::TooLittle(month)) => words.report_too_little(month_in_words(words, month)),
        Answer::Shared(Shared::NoneYet) => words.report_none_yet(),
        Answer::Failed | Answer::Zone(_) => words.report_share_failed(),
    };
    vec![Effect::answer(&source, said)]
}

/// What is being tried, and what can be done.
fn status(records: &Records<Report>, ctx: &Ctx<Settings>) -> String {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    match records.get(&Tried {}) {
        Some(tried) => words.report_trying(escape(&tried.what), aim_word(ctx, &tried.measure), prefix),
        None => words.report_trying_nothing(prefix),
    }
}

fn attempt(
    records: &mut Records<Report>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    text: &str,
    aim: Option<&str>,
) -> Vec<Effect> {
    let (words, source, prefix) = (ctx.words, invocation.source, &ctx.community.prefix);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let answer = |sentence: String| vec![Effect::answer(source, sentence)];
    let length = text.chars().count();
    if length == 0 {
        return answer(words.report_try_what(prefix));
    }
    if length > LONGEST {
        return answer(words.report_try_long(length, LONGEST));
    }
    let wanted = aim.unwrap_or_default().to_lowercase();
    let Some((_, _, measure)) = AIMS.iter().find(|(english, german, _)| [*english, *german].contains(&&*wanted)) else {
        let known = AIMS.map(|(_, _, measure)| format!("`{}`", aim_word(ctx, measure))).join(", ");
        return answer(match wanted.is_empty() {
            true => words.report_try_aim(known, prefix, escape(&text)),
            false => words.report_unknown_aim(escape(&wanted), known),
        });
    };
    let since = ctx.now.to_zoned(ctx.community.zone.clone()).strftime("%Y-%m").to_string();
    let tried = Experiment { what: text.clone(), measure: (*measure).to_owned(), aim: "more".to_owned(), since };
    records.insert(Tried {}, tried);
    let told = words.report_try_begins(escape(&text), aim_word(ctx, measure));
    let mut effects = answer(told.clone());
    if ctx.community.leads.as_ref().is_some_and(|leads| *leads != source.room) {
        effects.push(Message::new(To::Leads, Attention::Answer, told).send());
    }
    effects
}

/// The community's word for what a measure is about.
fn aim_word(ctx: &Ctx<Settings>, measure: &str) -> &'static str {
    let (english, german) = aim_words(measure);
    if ctx.words.tag() == "de" { german } else { english }
}

/// The English and the German word for what a measure is about.
fn aim_words(measure: &str) -> (&'static str, &'static str) {
    let mut known = AIMS.iter().chain(&AIMS_BEFORE);
    let (english, german, _) = known.find(|(_, _, of)| *of == measure).unwrap_or(&AIMS[0]);
    (english, german)
}

//! The community's own settings, and the command by which leads see and change every practice's.

mod pause;
mod show;
mod value;

use clap::Args;
use hearth_core::community::OWN;
pub use hearth_core::community::{Settings, settings};
use hearth_shared::{activity::Kind, bots::Pattern};
use serde_json::{Map, Value};

use self::value::Setting;
use crate::{
    Administration, Attention, Ctx, Effect, Entry, Event, Input, Message, Practice, Records, RoomId, To, UserId, Words,
    catalogue::Described,
    input::Invocation,
    tables,
    words::{escape, nearest, pill, quoted, spoken},
};

/// The practice.
#[derive(Debug)]
pub enum CommunityPractice {}

/// Its commands.
#[derive(Clone, Debug, clap::Subcommand)]
pub enum Command {
    /// Show settings, or change one.
    Settings(What),
    /// Make this room one of the community's.
    Adopt(Named),
    /// Let this room go again.
    Release(Named),
    /// Days off for everything that repeats.
    Pause {
        /// `until 8 january`, `24 december to 6 january`, `off`, or nothing.
        #[arg(allow_hyphen_values = true, trailing_var_arg = true, num_args = 0..)]
        words: Vec<String>,
    },
}

/// What `adopt` and `release` take: nothing, or a community's name, for whoever leads several.
#[derive(Clone, Debug, Args)]
pub struct Named {
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    name: Vec<String>,
}

impl Named {
    /// The name, if one was given.
    fn name(&self) -> Option<String> {
        (!self.name.is_empty()).then(|| self.name.join(" "))
    }
}

/// What `settings` takes: nothing, a practice, a setting of it, and a value.
#[derive(Clone, Debug, Args)]
pub struct What {
    practice: Option<String>,
    key: Option<String>,
    #[arg(allow_hyphen_values = true, trailing_var_arg = true)]
    value: Vec<String>,
}

// What leads set is kept by the shell.
tables! { for CommunityPractice;
    /// The bot has introduced itself, once per community.
    Introduced {} => (), in "introduced";
}

impl Practice for CommunityPractice {
    const NAME: &'static str = OWN;
    type Command = Command;
    type Settings = Settings;
    type Board = ();

    fn react(records: &mut Records<Self>, ctx: &Ctx<Settings>, input: &Input<Command>) -> Vec<Effect> {
        let invocation = match input {
            Input::Command(invocation) => invocation,
            Input::Event(Event::Present { room, .. }) => return introduce(records, ctx, room),
            _ => return Vec::new(),
        };
        let what = match &invocation.command {
            Command::Settings(what) => what,
            Command::Adopt(named) => {
                return vec![Effect::answer(invocation.source, adopt_again(ctx, invocation, named))];
            }
            Command::Release(_) => return release(ctx, invocation),
            Command::Pause { words } => return pause::react(ctx, invocation, words),
        };
        let mut effects = Vec::new();
        let text = match answer(ctx, invocation, what, &mut effects) {
            Ok(text) | Err(text) => spoken(&text, &ctx.community.prefix, invocation.source.direct),
        };
        effects.push(Effect::answer(invocation.source, text));
        effects
    }

    fn adopts(command: &Command) -> Option<Option<String>> {
        match command {
            Command::Adopt(named) => Some(named.name()),
            Command::Settings(_) | Command::Release(_) | Command::Pause { .. } => None,
        }
    }
}

/// In the first room that it comes to, the bot says what leads must tell it before it can do the rest.
fn introduce(records: &mut Records<CommunityPractice>, ctx: &Ctx<Settings>, room: &RoomId) -> Vec<Effect> {
    let set_up = ctx.community.lobby.is_some() || ctx.community.leads.is_some();
    if set_up || records.has(&Introduced {}) {
        return Vec::new();
    }
    records.insert(Introduced {}, ());
    let text = spoken(&ctx.words.community_introduction(), &ctx.community.prefix, false);
    vec![Message::new(To::Room(room.clone()), Attention::Answer, text).send()]
}

/// A room that has a community needs none.
fn adopt_again(ctx: &Ctx<Settings>, invocation: &Invocation<Command>, named: &Named) -> String {
    let name = escape(&ctx.community.name);
    match (invocation.source.direct, named.name()) {
        (true, _) => ctx.words.community_adopt_where(),
        (false, Some(other)) if other != ctx.community.name => ctx.words.community_adopted_by_other(name),
        (false, _) => ctx.words.community_adopted_already(name),
    }
}

fn release(ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    if invocation.source.direct {
        return vec![Effect::answer(invocation.source, ctx.words.community_adopt_where())];
    }
    if !invocation.lead {
        return vec![Effect::answer(invocation.source, ctx.words.community_release_leads())];
    }
    let text = spoken(&ctx.words.community_released(escape(&ctx.community.name)), &ctx.community.prefix, false);
    vec![
        Effect::answer(invocation.source, text),
        Administration::Release { room: invocation.source.room.clone() }.effect(),
    ]
}

/// What to answer, and into `effects` what else to do. `Err` is a mistake, answered just the same.
fn answer(
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    what: &What,
    effects: &mut Vec<Effect>,
) -> Result<String, String> {
    let Some(name) = &what.practice else { return Ok(show::all(ctx, invocation.lead)) };
    let (practice, key, texts) = match find_practice(ctx, name) {
        Some(practice) => (practice, what.key.as_deref(), what.value.clone()),
        // `settings language de` can only mean the community's.
        None => match own_key(ctx, name) {
            Some((practice, key)) => (practice, Some(key), what.key.iter().chain(&what.value).cloned().collect()),
            None => return Err(unknown_practice(ctx, name)),
        },
    };
    let defaults = practice.defaults();
    let nothing = Map::new();
    let set = ctx.overrides.get(practice.name).unwrap_or(&nothing);
    let Some(key) = key else { return Ok(show::practice(ctx, practice, invocation.lead)) };
    let key = key.to_lowercase().replace('_', "-");
    let Some(default) = defaults.get(&key) else { return Err(unknown_key(ctx, practice, &defaults, &key)) };
    let setting = Setting { practice, key: &key, default, set };
    if texts.is_empty() {
        return Ok(show::one(ctx, setting));
    }
    if !invocation.lead {
        return Err(ctx.words.community_only_leads(practice.name));
    }
    change(ctx, invocation, setting, &texts, effects)
}

/// Changes a setting, and tells the leads unless it was said in their room.
fn change(
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    setting: Setting,
    texts: &[String],
    effects: &mut Vec<Effect>,
) -> Result<String, String> {
    let (practice, key, words) = (setting.practice.name, setting.key, ctx.words);
    let before = show::value(ctx, practice, key, setting.current());
    let new = setting.read(texts, ctx.community, invocation.source, ctx.now).map_err(|misfit| {
        let why = show::misfit(ctx, &misfit);
        words.community_misfit(quoted(&texts.join(" ")), key, why, before.clone())
    })?;
    if new.as_ref().unwrap_or(setting.default) == setting.current() {
        return Ok(words.community_unchanged(key, before));
    }
    // Whoever is a bot commands nothing any more, and could not take it back.
    if practice == CommunityPractice::NAME && key == "bots" && fits(new.as_ref(), invocation.by) {
        return Err(words.community_bots_you());
    }
    let after = show::value(ctx, practice, key, new.as_ref().unwrap_or(setting.default));
    // Whoever changes the language is answered in the new one.
    let words = match &new {
        Some(Value::String(tag)) if practice == CommunityPractice::NAME && key == "language" => Words::of(tag),
        _ => None,
    };
    let words = words.unwrap_or(ctx.words);
    effects.push(Administration::Set { practice: practice.to_owned(), key: key.to_owned(), value: new }.effect());
    // What a community says about itself marks a moment in its report.
    if practice == "welcome" && ["purpose", "rules"].contains(&key) {
        effects.push(Entry::new(Kind::RulesChanged, &ctx.community.bot, None).log());
    }
    // The room that was the leads' until now: whoever names another one cannot do it unseen.
    if settings(ctx.overrides).announce
        && let Some(leads) = &ctx.community.leads
        && *leads != invocation.source.room
    {
        let text = words.community_announced(pill(invocation.by), practice, key, before.clone(), after.clone());
        effects.push(Message::new(To::Room(leads.clone()), Attention::Answer, text).send());
    }
    Ok(words.community_changed(key, after, before))
}

/// Whether one of the patterns fits somebody.
fn fits(patterns: Option<&Value>, who: &UserId) -> bool {
    let patterns = patterns.and_then(|value| serde_json::from_value::<Vec<Pattern>>(value.clone()).ok());
    patterns.is_some_and(|patterns| patterns.iter().any(|pattern| pattern.fits(who.as_str())))
}

/// A practice by its name, its title in the community's language, or one of its verbs.
fn find_practice(ctx: &Ctx<Settings>, written: &str) -> Option<&'static Described> {
    let written = written.to_lowercase();
    let title = |practice: &Described| ctx.words.find(practice.name).is_some_and(|it| it.to_lowercase() == written);
    let all = ctx.practices;
    all.iter()
        .find(|practice| practice.name == written)
        .or_else(|| all.iter().find(|practice| title(practice) || practice.verbs().contains(&written)))
}

/// A setting of the community itself.
fn own_key<'a>(ctx: &Ctx<Settings>, written: &'a str) -> Option<(&'static Described, &'a str)> {
    let practice = ctx.practices.iter().find(|practice| practice.name == CommunityPractice::NAME)?;
    practice.defaults().contains_key(&written.to_lowercase()).then_some((practice, written))
}

fn unknown_practice(ctx: &Ctx<Settings>, written: &str) -> String {
    match nearest(written, ctx.practices.iter().map(|practice| practice.name)) {
        Some(meant) => ctx.words.community_unknown_suggest(quoted(written), meant),
        None => ctx.words.community_unknown(quoted(written)),
    }
}

fn unknown_key(ctx: &Ctx<Settings>, practice: &Described, defaults: &Map<String, Value>, key: &str) -> String {
    match nearest(key, defaults.keys().map(String::as_str)) {
        Some(meant) => ctx.words.community_unknown_key_suggest(quoted(key), practice.name, meant),
        None => ctx.words.community_unknown_key(quoted(key), practice.name),
    }
}

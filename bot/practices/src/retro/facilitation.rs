//! What people ask of a retrospective in its room: to start, to go on and back, to sort notes.

use std::collections::{BTreeMap, BTreeSet};

use hearth_shared::activity::{FACILITATOR, Kind};

use super::{
    advance::{self, Next},
    formats,
    interface::{Command, Settings, What},
    invitations,
    letters::{self, letter},
    notes::tidy,
    phase::{self, Phase, Step, Why},
    state::{Count, Group, Pace, Retro, RetroAt, Rows, here, past, retro, retro_mut},
    text,
};
use crate::{
    Ctx, Effect, Invocation, Span, UserId, called,
    effect::Entry,
    obeyed::Obeyed,
    spelling::shown,
    words::{pill, quoted},
};

/// From how long a collection on it is one over days, and the other phases take their time as well.
const UNHURRIED: Span = Span::hours(2);

/// How long the name of a theme may be, in characters.
const LONGEST_NAME: usize = 60;

pub(super) fn react(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let Command::Retro { what } = &invocation.command;
    let answer = |text: String| vec![Effect::answer(invocation.source, text)];
    match what {
        None | Some(What::Status) => answer(invitations::status(records, ctx, invocation)),
        Some(_) if invocation.source.direct => answer(ctx.words.retro_only_in_rooms()),
        Some(What::Join) => join(records, ctx, invocation),
        Some(What::Start { format, collect, vote, theme }) => {
            start(records, ctx, invocation, &format.join(" "), (*collect, *vote, *theme))
        }
        Some(what) => {
            let event = &invocation.source.event;
            let Some(retro) = here(records, &invocation.source.room) else {
                let ended =
                    past(records, &invocation.source.room).is_some_and(|past| past.ended.as_ref() == Some(event));
                return if ended { Vec::new() } else { answer(ctx.words.retro_none(&ctx.community.prefix)) };
            };
            if retro.has_heard(event) {
                return Vec::new();
            }
            let number = retro.number;
            match may_not(ctx, invocation, retro, what) {
                Some(sentence) => answer(sentence),
                None => steer(records, ctx, invocation, number, what),
            }
        }
    }
}

/// Whether somebody may say when this retrospective goes on, goes back or takes longer, by tap or in words: whoever
/// facilitates it, and leads. All else is for whoever facilitates alone, and a lead can take over.
pub(super) fn may_pace(retro: &Retro, by: &UserId, lead: bool) -> bool {
    lead || (retro.facilitator.as_ref() == Some(by) && !retro.left.contains(by))
}

/// Why somebody may not steer this retrospective, if they may not.
fn may_not(ctx: &Ctx<Settings>, invocation: &Invocation<Command>, retro: &Retro, what: &What) -> Option<String> {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let facilitates = retro.facilitator.as_ref() == Some(invocation.by);
    match what {
        What::TakeOver if facilitates => Some(words.retro_yours_already()),
        What::TakeOver => (!invocation.lead).then(|| words.retro_leads_take_over(prefix)),
        // A lead may name somebody to follow one who is gone.
        What::HandOver { .. } if invocation.lead => None,
        What::Next | What::Back | What::Extend { .. } if may_pace(retro, invocation.by, invocation.lead) => None,
        _ if facilitates => None,
        _ if invocation.lead => Some(words.retro_lead_not_yours(text::facilitator(ctx, retro), prefix)),
        _ if retro.facilitator.as_ref().is_none_or(|who| retro.left.contains(who)) => {
            Some(words.retro_nobody_facilitates(prefix))
        }
        _ => Some(words.retro_not_yours(text::facilitator(ctx, retro))),
    }
}

/// What a reaction to the card does, in words.
fn join(records: &mut Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> Vec<Effect> {
    let Some(retro) = here(records, &invocation.source.room) else {
        return vec![Effect::answer(invocation.source, ctx.words.retro_none(&ctx.community.prefix))];
    };
    let invited = invitations::invite_once(records, ctx, retro.number, invocation.by);
    std::iter::once(Effect::acknowledge(invocation.source, "👍")).chain(invited.into_iter().flatten()).collect()
}

fn start(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    format: &str,
    (collect, vote, theme): (Option<Span>, Option<Span>, Option<Span>),
) -> Vec<Effect> {
    let (source, settings) = (invocation.source, ctx.settings);
    let refuse = |sentence: String| vec![Effect::answer(source, sentence)];
    if let Some(running) = here(records, &source.room) {
        let again = running.start == source.event;
        let sentence = || ctx.words.retro_already(running.number, &ctx.community.prefix);
        return if again { Vec::new() } else { refuse(sentence()) };
    }
    if !settings.who_starts.allows(invocation.lead) {
        return refuse(ctx.words.retro_leads_start());
    }
    let format = if format.trim().is_empty() { settings.format.as_str() } else { format };
    let columns = match formats::read(format, ctx.practices) {
        Ok(columns) => columns,
        Err(mistake) => return refuse(text::format_mistake(ctx, &mistake)),
    };
    let collect = collect.unwrap_or(settings.collect);
    let long = |wanted: Option<Span>, usual: Span| match wanted {
        Some(span) => span,
        None if collect >= UNHURRIED => usual.max(Span::days(1)),
        None => usual,
    };
    let number = records.get(&Count {}).map_or(1, |count| count + 1);
    let retro = Retro {
        number,
        room: source.room.clone(),
        start: source.event.clone(),
        thread: source.thread.clone(),
        card: None,
        facilitator: Some(invocation.by.clone()),
        columns,
        pace: Pace { vote: long(vote, settings.vote), theme: long(theme, settings.theme) },
        started: ctx.now,
        phase: Phase::Collect,
        due: Some(collect.after(ctx.now)),
        moved: ctx.now,
        turn: 1,
        invitations: 0,
        asking: 0,
        counted: 0,
        waits: false,
        late: false,
        held: false,
        joined: BTreeMap::new(),
        left: BTreeSet::new(),
        notes: Vec::new(),
        groups: Vec::new(),
        result: None,
        order: Vec::new(),
        theme: 0,
        heard: Obeyed::default(),
    };
    let name = retro.name();
    let facilitated = Entry::new(Kind::Facilitated, invocation.by, Some(&source.room)).worth(FACILITATOR).within(&name);
    let mut effects = text::opening(records, ctx, &retro);
    effects.push(Entry::new(Kind::RetroStarted, invocation.by, Some(&source.room)).named(&name).log());
    effects.push(facilitated.log());
    records.insert(Count {}, number);
    records.insert(RetroAt { number }, retro);
    effects
}

fn steer(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    what: &What,
) -> Vec<Effect> {
    let (source, words, prefix) = (invocation.source, ctx.words, &ctx.community.prefix);
    let answer = |text: String| vec![Effect::answer(source, text)];
    match what {
        What::Next => {
            if let Some(retro) = retro_mut(records, number) {
                retro.hears(&source.event);
            }
            match advance::next(records, ctx, number, &source.event) {
                Next::On(effects) => effects,
                Next::Not(why, done) => std::iter::once(Effect::answer(source, why)).chain(done).collect(),
            }
        }
        What::Back => {
            match retro(records, number).and_then(|one| phase::back(one.phase, one.theme, one.groups.len())) {
                Some(step) => moved(records, ctx, invocation, number, step),
                None => answer(words.retro_at_the_beginning()),
            }
        }
        What::Close => moved(records, ctx, invocation, number, Step::Close),
        What::Extend { span } => {
            let text = span.concat();
            let Ok(span) = text.to_lowercase().parse::<Span>() else {
                return answer(words.retro_wrong_span(quoted(&text), prefix));
            };
            extend(records, ctx, invocation, number, span)
        }
        What::TakeOver => hand_over(records, ctx, invocation, number, invocation.by),
        What::HandOver { who } => match UserId::named(&who.join(" "), invocation.by) {
            Some(who) if who == ctx.community.bot => answer(words.retro_not_me()),
            Some(who) if retro(records, number).is_some_and(|one| one.left.contains(&who)) => {
                answer(words.retro_has_left(pill(&who)))
            }
            Some(who) if who != *invocation.by && !ctx.present.named.contains(&who) => {
                answer(words.retro_stranger(pill(&who)))
            }
            Some(who) => hand_over(records, ctx, invocation, number, &who),
            None => {
                let example = called::example(ctx, &source.room, &who.join(" "));
                answer(words.retro_hand_over_to_whom(prefix, example))
            }
        },
        What::Group { notes } => sort(records, ctx, invocation, number, notes, together),
        What::Split { notes } => sort(records, ctx, invocation, number, notes, apart),
        What::Name { number: theme, name } => rename(records, ctx, invocation, number, theme, &name.join(" ")),
        What::Start { .. } | What::Status | What::Join => Vec::new(),
    }
}

fn moved(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    step: Step,
) -> Vec<Effect> {
    if let Some(retro) = retro_mut(records, number) {
        retro.hears(&invocation.source.event);
    }
    advance::go(records, ctx, number, step, Why::Asked(&invocation.source.event))
}

fn extend(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    span: Span,
) -> Vec<Effect> {
    let shown = advance::extend(records, ctx, number, span);
    if shown.is_empty() {
        let sentence = ctx.words.retro_nothing_to_extend(&ctx.community.prefix);
        return vec![Effect::answer(invocation.source, sentence)];
    }
    if let Some(retro) = retro_mut(records, number) {
        retro.hears(&invocation.source.event);
    }
    std::iter::once(Effect::acknowledge(invocation.source, "✅")).chain(shown).collect()
}

fn hand_over(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    to: &UserId,
) -> Vec<Effect> {
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    if retro.facilitator.as_ref() == Some(to) {
        return vec![Effect::answer(invocation.source, ctx.words.retro_facilitates_already(pill(to)))];
    }
    retro.hears(&invocation.source.event);
    retro.facilitator = Some(to.clone());
    retro.moved = ctx.now;
    let name = retro.name();
    let told = text::beside_for(retro, to, ctx.words.retro_handed_over(pill(to)));
    let facilitated = Entry::new(Kind::Facilitated, to, Some(&invocation.source.room)).worth(FACILITATOR).within(name);
    let mut effects = vec![told, facilitated.log()];
    effects.extend(text::card(records, ctx, number));
    effects
}

/// Sorts notes as `change` says, and shows the groups as they are now.
fn sort(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    written: &[String],
    change: fn(&mut Retro, &[usize]) -> bool,
) -> Vec<Effect> {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let answer = |text: String| vec![Effect::answer(invocation.source, text)];
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    match retro.phase {
        Phase::Group => {}
        Phase::Collect | Phase::Reveal => return answer(words.retro_groups_later(prefix)),
        _ => return answer(words.retro_groups_done(prefix)),
    }
    let mut notes = Vec::new();
    for word in written.iter().flat_map(|word| word.split(',')).filter(|word| !word.is_empty()) {
        match retro.note_meant(word) {
            Some(note) => notes.push(note),
            None => return answer(words.retro_no_such_note(quoted(word), retro.notes.len())),
        }
    }
    if !change(retro, &notes) {
        return answer(words.retro_how_to_group(prefix));
    }
    retro.hears(&invocation.source.event);
    retro.moved = ctx.now;
    vec![Effect::acknowledge(invocation.source, "✅"), text::groups_edit(ctx, retro)]
}

/// Puts the groups of these notes together; the first that has a name gives its own.
fn together(retro: &mut Retro, notes: &[usize]) -> bool {
    let places: BTreeSet<usize> = notes.iter().filter_map(|note| retro.group_of(*note)).collect();
    if notes.len() < 2 {
        return false;
    }
    let mut joined = Group { name: None, notes: Vec::new() };
    for place in places.iter().rev() {
        let group = retro.groups.remove(*place);
        joined.notes.extend(group.notes);
        joined.name = group.name.or(joined.name);
    }
    joined.notes.sort_unstable();
    retro.groups.push(joined);
    retro.sort_groups();
    true
}

/// Takes each of these notes out of its group.
fn apart(retro: &mut Retro, notes: &[usize]) -> bool {
    for note in notes {
        let Some(place) = retro.group_of(*note) else { continue };
        let Some(group) = retro.groups.get_mut(place).filter(|group| group.notes.len() > 1) else { continue };
        group.notes.retain(|place| place + 1 != *note);
        retro.groups.push(Group { name: None, notes: vec![note - 1] });
    }
    retro.sort_groups();
    !notes.is_empty()
}

/// Names a theme by its letter; while notes are sorted, by the number of one of its notes, too.
fn rename(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    number: u32,
    written: &str,
    name: &str,
) -> Vec<Effect> {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let answer = |text: String| vec![Effect::answer(invocation.source, text)];
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    if matches!(retro.phase, Phase::Collect | Phase::Reveal) {
        return answer(words.retro_groups_later(prefix));
    }
    let sorting = retro.phase == Phase::Group;
    let wanted = written.trim_start_matches('#').trim_end_matches(':');
    let place = match wanted.parse::<usize>() {
        Ok(note) if sorting => retro.group_of(note),
        // Themes had their numbers, as notes have.
        Ok(theme) if (1..=retro.groups.len()).contains(&theme) => {
            let (letter, name) = (letter(theme - 1), quoted(&tidy(name)));
            return answer(words.retro_themes_are_letters(format!(
                "{prefix} {} {letter} \"{name}\"",
                shown(words, "retro", "retro", "name")
            )));
        }
        _ => letters::place(wanted).filter(|place| *place < retro.groups.len()),
    };
    let Some(place) = place else {
        let written = quoted(written);
        return answer(if sorting {
            words.retro_no_such_note(written, retro.notes.len())
        } else {
            words.retro_no_such_theme(written, letter(retro.groups.len().saturating_sub(1)))
        });
    };
    let name = tidy(name);
    if name.is_empty() || name.chars().count() > LONGEST_NAME {
        return answer(words.retro_name_length(LONGEST_NAME, prefix));
    }
    retro.hears(&invocation.source.event);
    retro.moved = ctx.now;
    if let Some(group) = retro.groups.get_mut(place) {
        group.name = Some(name);
    }
    let mut effects = vec![Effect::acknowledge(invocation.source, "✅")];
    if sorting {
        effects.push(text::groups_edit(ctx, retro));
    }
    effects
}

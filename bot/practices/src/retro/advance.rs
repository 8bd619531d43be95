//! What happens when a retrospective goes from one phase to another, because somebody says so or time does.

use std::collections::BTreeMap;

use hearth_shared::activity::Kind;
use rand::seq::SliceRandom as _;

use super::{
    buttons, consent, grouping,
    interface::Settings,
    invitations,
    phase::{self, Phase, Step, Why},
    scraps,
    state::{
        self, DotsOf, ENOUGH, Group, Note, NoteOf, PastOf, Retro, RetroAt, Rows, Shown, ToldOf, VoteResult, WRITERS,
        WorthOf, retro, retro_mut,
    },
    text, votes,
};
use crate::{
    Ctx, Effect, EventId, Outgoing, Span,
    choosing::{Marks, tally},
    effect::Entry,
    secret,
};

/// What is due.
pub(super) fn tick(records: &mut Rows, ctx: &Ctx<Settings>) -> Vec<Effect> {
    let due: Vec<u32> = state::retros(records)
        .filter(|retro| retro.next_tick().is_some_and(|at| at <= ctx.now))
        .map(|retro| retro.number)
        .collect();
    due.into_iter().flat_map(|number| time_is_over(records, ctx, number)).collect()
}

/// What comes of going on by one step.
pub(super) enum Next {
    /// It goes on.
    On(Vec<Effect>),
    /// It does not: why, and what is done about it.
    Not(String, Vec<Effect>),
}

/// Goes on by one step, because whoever facilitates says so with this message or tap.
pub(super) fn next(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, event: &EventId) -> Next {
    let Some(retro) = retro(records, number) else { return Next::On(Vec::new()) };
    if retro.phase == Phase::Collect && retro.notes.is_empty() {
        if state::sealed_notes(records, number).next().is_none() {
            return Next::Not(ctx.words.retro_no_notes_yet(&ctx.community.prefix), Vec::new());
        }
        // Without a note in the room there is nothing to go on with.
        if !consent::may_show(records, number) {
            if let Some(retro) = retro_mut(records, number) {
                (retro.waits, retro.moved) = (true, ctx.now);
            }
            let asked = consent::ask(records, ctx, number);
            consent::go_on(records, ctx, number);
            return Next::Not(ctx.words.retro_waits(WRITERS), asked);
        }
    }
    let step = phase::next(retro.phase, retro.theme, retro.order.len(), retro.groups.len());
    Next::On(go(records, ctx, number, step, Why::Asked(event)))
}

/// Gives the phase more time, and shows it where its end was; nothing where it has no end.
pub(super) fn extend(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, span: Span) -> Vec<Effect> {
    let has_end = |retro: &&mut Retro| retro.phase.is_sealed() || retro.phase == Phase::Discuss;
    let Some(retro) = retro_mut(records, number).filter(has_end) else { return Vec::new() };
    retro.due = Some(span.after(retro.due.unwrap_or(ctx.now).max(ctx.now)));
    retro.moved = ctx.now;
    let shown = text::call(ctx, retro).map(|(key, body)| Outgoing::Edit { key, body }.send());
    shown.into_iter().chain(text::card(records, ctx, number)).collect()
}

fn time_is_over(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(retro) = retro(records, number) else { return Vec::new() };
    let empty = retro.notes.is_empty() && state::sealed_notes(records, number).next().is_none();
    let (step, why) = match retro.phase {
        _ if retro.due.is_none() => (Step::Close, Why::Quiet),
        Phase::Collect if empty => (Step::Close, Why::Empty),
        Phase::Collect if retro.notes.is_empty() && !consent::may_show(records, number) => {
            return wait(records, ctx, number);
        }
        Phase::Collect => (Step::To(Phase::Reveal), Why::Time),
        Phase::Vote => (Step::To(Phase::Discuss), Why::Time),
        Phase::Worth => (Step::Close, Why::Time),
        // All whose notes waited have agreed.
        Phase::Reveal if retro.waits && consent::may_show(records, number) => {
            let mut effects = reveal(records, ctx, number);
            if let Some(retro) = retro_mut(records, number) {
                retro.due = None;
            }
            effects.extend(text::card(records, ctx, number));
            return effects;
        }
        Phase::Reveal | Phase::Group | Phase::Discuss | Phase::Actions => {
            let Some(retro) = retro_mut(records, number) else { return Vec::new() };
            retro.due = None;
            let over = retro.phase == Phase::Discuss;
            return if over { text::theme_time_is_over(ctx, retro) } else { Vec::new() };
        }
    };
    go(records, ctx, number, step, why)
}

/// The time is over, and too few have written for their notes to be shown: they are asked, and the notes wait.
fn wait(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    (retro.due, retro.waits, retro.moved) = (None, true, ctx.now);
    let mut effects = vec![text::beside(retro, ctx.words.retro_waits(WRITERS))];
    effects.extend(consent::ask(records, ctx, number));
    consent::go_on(records, ctx, number);
    effects.extend(text::card(records, ctx, number));
    effects
}

/// Goes where `step` leads.
pub(super) fn go(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, step: Step, why: Why) -> Vec<Effect> {
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    let from = retro.phase;
    retro.turn += 1;
    retro.moved = ctx.now;
    retro.due = None;
    (retro.counted, retro.waits) = (0, false);
    let mut effects = match step {
        Step::Close => return close(records, ctx, number, why),
        Step::Theme(theme) => {
            retro.theme = theme;
            discuss_theme(ctx, retro)
        }
        Step::To(phase) => {
            retro.phase = phase;
            enter(records, ctx, number, from)
        }
    };
    effects.extend(text::card(records, ctx, number));
    if why == Why::Time {
        effects.extend(retro_mut(records, number).and_then(|retro| text::turn_of_facilitator(ctx, retro)));
    }
    effects
}

/// What was sealed is lost. Where that was what people send in this phase, it is over; notes that waited to be shown
/// later can be written once more, and the rest goes on.
pub(super) fn lost(records: &mut Rows, ctx: &Ctx<Settings>, scope: &str) -> Vec<Effect> {
    if state::retros(records).any(|retro| scraps::is_lost(scope, retro)) {
        return Vec::new();
    }
    let found = state::retros(records).find(|retro| retro.scopes().any(|one| one == scope));
    let Some((number, phase)) = found.map(|retro| (retro.number, retro.phase)) else { return Vec::new() };
    let Some(retro) = retro_mut(records, number).filter(|retro| !phase.is_sealed() || retro.scope(phase) != scope)
    else {
        return go(records, ctx, number, Step::Close, Why::Lost);
    };
    (retro.late, retro.waits) = (false, false);
    let mut effects = vec![text::late_lost(ctx, retro)];
    effects.extend(text::card(records, ctx, number));
    effects
}

/// Enters the phase in which it is now.
fn enter(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, from: Phase) -> Vec<Effect> {
    let may_show = consent::may_show(records, number);
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    match retro.phase {
        Phase::Collect => {
            let due = retro.pace.vote.after(ctx.now);
            (retro.due, retro.late) = (Some(due), false);
            text::calls(ctx, retro)
        }
        Phase::Reveal if from == Phase::Collect && may_show => reveal(records, ctx, number),
        // Those that are in the room already are gone on with.
        Phase::Reveal if from == Phase::Collect => {
            (retro.waits, retro.late) = (true, true);
            let mut effects = text::under(ctx, retro, "reveal", ctx.words.retro_later_wait(WRITERS));
            effects.extend(consent::ask(records, ctx, number));
            consent::go_on(records, ctx, number);
            effects
        }
        Phase::Reveal => text::under(ctx, retro, "reveal", ctx.words.retro_back_at_notes()),
        Phase::Group => {
            let mut effects = Vec::new();
            if from == Phase::Vote {
                let dots = secret::close::<DotsOf>(records, number);
                let told = state::retro(records, number).filter(|_| !dots.papers.is_empty());
                effects.extend(told.map(|retro| text::beside(retro, ctx.words.retro_dots_dropped())));
                effects.extend(dots.sweep);
                effects.extend(scraps::sweep(records, number));
                state::drop_papers(records, number);
                effects.extend(papers_of_no_vote(records, ctx, number));
            }
            effects.extend(group(records, ctx, number));
            effects
        }
        Phase::Vote => {
            retro.result = None;
            retro.sort_groups();
            retro.due = Some(retro.pace.vote.after(ctx.now));
            let mut effects = text::calls(ctx, retro);
            effects.extend(invitations::invite_all(records, ctx, number));
            effects
        }
        Phase::Discuss if from == Phase::Actions => discuss_theme(ctx, retro),
        Phase::Discuss => discuss(records, ctx, number),
        Phase::Actions => text::calls(ctx, retro),
        Phase::Worth => {
            retro.due = Some(retro.pace.vote.after(ctx.now));
            let mut effects = text::calls(ctx, retro);
            effects.extend(invitations::invite_all(records, ctx, number));
            effects
        }
    }
}

/// What papers become whose vote is called off.
fn papers_of_no_vote(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    let line = invitations::line(ctx, retro, &ctx.words.retro_line_again());
    invitations::settle(retro, &line, buttons::themes_on_paper(retro))
}

/// The notes come to light, in drawn order, column by column.
fn reveal(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    // From here on nothing says whose they were.
    let (notes, mut gone) = secret::destroy::<NoteOf>(records, number);
    gone.extend(scraps::sweep(records, number));
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    (retro.waits, retro.late) = (false, false);
    let first = retro.notes.len();
    let shown = |(_, Note { column, text, .. }): (NoteOf, Note)| Shown { column, text };
    let mut notes: Vec<Shown> = notes.into_iter().map(shown).collect();
    notes.shuffle(&mut ctx.secret_rng());
    notes.sort_by_key(|note| note.column);
    retro.notes.extend(notes);
    let mut effects = text::reveal(ctx, retro, first);
    let line = invitations::line(ctx, retro, &ctx.words.retro_line_revealed(retro.notes.len()));
    effects.extend(invitations::settle(retro, &line, 0));
    effects.extend(gone);
    effects.extend(log_joined(retro));
    effects
}

/// Groups are suggested; where there are some already, notes that came later stand on their own.
fn group(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    let unnamed = |notes: Vec<usize>| Group { name: None, notes };
    if retro.groups.is_empty() {
        let texts: Vec<&str> = retro.notes.iter().map(|note| note.text.as_str()).collect();
        retro.groups = grouping::suggest(&texts, ctx.words.tag()).into_iter().map(unnamed).collect();
    } else {
        let new: Vec<_> = (0..retro.notes.len()).filter(|place| retro.group_of(place + 1).is_none()).collect();
        retro.groups.extend(new.into_iter().map(|place| unnamed(vec![place])));
    }
    retro.sort_groups();
    text::groups(ctx, retro)
}

/// The dots are counted, and the first theme has its turn.
fn discuss(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let closed = secret::close::<DotsOf>(records, number);
    state::drop_papers(records, number);
    let scraps = scraps::sweep(records, number);
    let Some(retro) = retro_mut(records, number) else { return Vec::new() };
    let all: Vec<Marks> = closed.chosen().filter(|dots| !dots.is_empty()).cloned().collect();
    let themes = retro.groups.len();
    let counts = tally(&votes::rules(themes, ctx.settings.dots.get()), &all).counts;
    // The count names themes by number, the most dots first; places begin with 0.
    let given: BTreeMap<usize, u64> = counts.iter().map(|(theme, dots)| (*theme as usize - 1, *dots)).collect();
    let enough = all.len() >= ENOUGH;
    let mut order: Vec<usize> = match enough {
        true => counts.iter().filter(|(_, dots)| *dots > 0).map(|(theme, _)| *theme as usize - 1).collect(),
        false => (0..themes).collect(),
    };
    let dots = enough.then(|| given.into_values().map(|dots| u32::try_from(dots).unwrap_or(u32::MAX)).collect());
    order.truncate(ctx.settings.themes.get());
    let voted = retro.groups.len() > 1;
    retro.result = voted.then_some(VoteResult { voters: all.len(), dots });
    retro.order = order;
    retro.theme = 0;
    let mut effects: Vec<Effect> = text::result(ctx, retro).into_iter().collect();
    if retro.result.is_some() {
        let first = retro.order.first().map(|place| text::lettered(ctx, retro, *place)).unwrap_or_default();
        let line = invitations::line(ctx, retro, &ctx.words.retro_line_voted(first));
        effects.extend(invitations::settle(retro, &line, buttons::themes_on_paper(retro)));
    }
    effects.extend(closed.sweep);
    effects.extend(scraps);
    effects.extend(log_joined(retro));
    effects.extend(discuss_theme(ctx, retro));
    effects
}

fn discuss_theme(ctx: &Ctx<Settings>, retro: &mut Retro) -> Vec<Effect> {
    retro.due = Some(retro.pace.theme.after(ctx.now));
    text::calls(ctx, retro)
}

/// Who took part and is not yet in the log. It learns of them when a phase is over, all at once: the moment says
/// nothing about anybody's notes.
fn log_joined(retro: &mut Retro) -> Vec<Effect> {
    let (room, name) = (retro.room.clone(), retro.name());
    let new = retro.joined.iter_mut().filter(|(_, logged)| !**logged);
    new.map(|(who, logged)| {
        *logged = true;
        Entry::new(Kind::RetroJoined, who, Some(&room)).within(&name).log()
    })
    .collect()
}

/// Notes that came after a reveal and have waited since: at the end they are shown if they may be.
fn reveal_at_end(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, why: Why) -> Vec<Effect> {
    let Some(retro) = retro(records, number) else { return Vec::new() };
    let late = !retro.notes.is_empty() && state::sealed_notes(records, number).next().is_some();
    match late && why != Why::Lost && consent::may_show(records, number) {
        true => reveal(records, ctx, number),
        false => Vec::new(),
    }
}

/// It is over: what is worth keeping is said and logged, and the rest goes.
fn close(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, why: Why) -> Vec<Effect> {
    let shown = reveal_at_end(records, ctx, number, why);
    let (_, mut gone) = secret::destroy::<NoteOf>(records, number);
    gone.extend(secret::close::<DotsOf>(records, number).sweep);
    state::drop_papers(records, number);
    let closed = secret::close::<WorthOf>(records, number);
    // In order of their value: the log says what was answered, and not who answered first.
    let mut answers: Vec<u8> = closed.chosen().copied().collect();
    gone.extend(closed.sweep);
    gone.extend(scraps::sweep(records, number));
    let Some(mut retro) = records.remove(&RetroAt { number }) else { return gone };
    if why == Why::Lost {
        answers.clear();
    }
    let labels = labels(&retro);
    let mut effects = shown;
    effects.extend(text::closing(records, ctx, &retro, &labels, &answers, why));
    let line = invitations::line(ctx, &retro, &text::over_in_a_line(ctx, &retro, &answers));
    let buttons = match retro.phase {
        Phase::Vote => buttons::themes_on_paper(&retro),
        Phase::Worth => buttons::WORTH,
        _ => 0,
    };
    effects.extend(invitations::settle(&mut retro, &line, buttons));
    effects.extend(gone);
    effects.extend(log_joined(&mut retro));
    effects.extend(log_close(ctx, &retro, &labels, &answers));
    records.retain::<ToldOf>(|_, told| told.retro != number);
    let Some(past) = records.get_or_default(PastOf { room: retro.room.clone() }) else { return effects };
    if !labels.is_empty() {
        past.themes.push(labels);
        past.themes.drain(..past.themes.len().saturating_sub(state::PAST_KEPT));
    }
    if retro.phase == Phase::Worth {
        past.asked = Some((number, ctx.now));
    }
    past.ended = match why {
        Why::Asked(command) => Some(command.clone()),
        _ => None,
    };
    effects
}

/// What the facilitator called the themes, each once.
fn labels(retro: &Retro) -> Vec<String> {
    let mut labels: Vec<String> = Vec::new();
    for name in retro.groups.iter().filter_map(|group| group.name.clone()) {
        if !labels.contains(&name) {
            labels.push(name);
        }
    }
    labels
}

fn log_close(ctx: &Ctx<Settings>, retro: &Retro, labels: &[String], answers: &[u8]) -> Vec<Effect> {
    let name = retro.name();
    let room = Some(&retro.room);
    let by = retro.facilitator.as_ref().unwrap_or(&ctx.community.bot);
    let mut rows: Vec<Effect> =
        labels.iter().map(|label| Entry::new(Kind::RetroTheme, by, room).labelled(label).within(&name).log()).collect();
    // Fewer would say, beside the list of who took part, what somebody thought.
    if answers.len() >= ENOUGH {
        let numbered = answers.iter().zip(1..);
        rows.extend(numbered.map(|(answer, number): (&u8, u32)| {
            let answered = Entry::new(Kind::RotiAnswered, &ctx.community.bot, room).worth(i64::from(*answer));
            answered.named(format!("{name}/roti/{number}")).within(&name).log()
        }));
    }
    let count = i64::try_from(retro.joined.len()).unwrap_or(i64::MAX);
    rows.push(Entry::new(Kind::RetroClosed, by, room).worth(count).within(&name).log());
    rows
}

//! What a retrospective writes to one person: how to take part, and what was wrong.

use rand_chacha::ChaCha20Rng;

use super::{
    buttons, formats,
    interface::{Command, Settings},
    letters::letter,
    notes,
    phase::Phase,
    state::{self, DotsOf, PaperOf, Retro, Rows, Told, ToldOf, here, retro, retro_mut, retros, told},
    text::{card_text, column, deadline, facilitator, label_of, phase},
    votes::DotsMistake,
};
use crate::{
    Attention, Ctx, Effect, Invocation, Message, MessageContext, MessageKey, Outgoing, RoomId, To, UserId,
    choosing::{self, Marks, Method},
    secret::{self, Face, Stands, Taken},
    spelling::shown,
    words::{escape, is_unseen, quoted},
};

/// The name of a room, as it is shown.
fn room(ctx: &Ctx<Settings>, room: &RoomId) -> String {
    escape(ctx.community.rooms.get(room).map_or(room.as_str(), |room| &room.name))
}

/// The columns, as people write them.
fn columns(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    let names: Vec<_> = retro.columns.iter().map(|column| format!("`{}:`", quoted(&column.name(ctx.words)))).collect();
    names.join(", ")
}

/// Tells everybody who takes part what they can send now.
pub(super) fn invite_all(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Vec<Effect> {
    let Some(retro) = retro(records, number) else { return Vec::new() };
    let mut people: Vec<UserId> = retro.present().cloned().collect();
    let room = retro.left.clone();
    let told = records.all::<ToldOf>().filter(|(_, told)| told.retro == number).map(|(key, _)| &key.person);
    people.extend(told.filter(|who| !room.contains(who)).cloned());
    people.sort_unstable();
    people.dedup();
    people.iter().filter_map(|who| invite(records, ctx, number, who)).flatten().collect()
}

/// The same, unless they were told already, and they are here, whatever we have missed.
pub(super) fn invite_once(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, who: &UserId) -> Option<Vec<Effect>> {
    let turn = retro(records, number)?.turn;
    if retro(records, number)?.left.contains(who) {
        retro_mut(records, number)?.left.remove(who);
    }
    match told(records, who) {
        Some(told) if told.retro == number && told.turn == turn => None,
        _ => invite(records, ctx, number, who),
    }
}

/// Tells one person what they can send now.
fn invite(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, who: &UserId) -> Option<Vec<Effect>> {
    let retro = retro(records, number)?;
    let (words, place) = (ctx.words, room(ctx, &retro.room));
    let body = match retro.phase {
        Phase::Collect => collect(records, ctx, retro, who),
        Phase::Vote => vote_paper(ctx, retro, &Stands::Blank),
        Phase::Worth => words.retro_invite_worth(number, place, deadline(ctx, retro)),
        Phase::Reveal | Phase::Group | Phase::Discuss | Phase::Actions => {
            words.retro_invite_later(number, place, phase(ctx, retro.phase))
        }
    };
    let (told, phase, paper) = (Told { retro: number, turn: retro.turn }, retro.phase, retro.invitations);
    let why = words.sending_why_retro(number, ctx.community.room_name(&retro.room));
    let key = name(records, number)?;
    records.insert(ToldOf { person: who.clone() }, told);
    let mut moved = Vec::new();
    if phase == Phase::Vote {
        let retro = state::retro(records, number)?.clone();
        let before = records.insert(PaperOf { retro: number, person: who.clone() }, paper);
        let mine = DotsOf { retro: number, person: who.clone() };
        moved.extend(secret::turn(records, &mine));
        // There is one on which they tap, and that says where they stand.
        moved.extend(before.map(|before| Outgoing::Redact { key: retro.key(&format!("to/{before}")) }.send()));
        if let Some(taken) = secret::again(records, mine, To::Person(who.clone())) {
            moved.extend(stands(records, ctx, &mut ctx.secret_rng(), &retro, key.clone(), taken));
        }
    }
    let message = Message::new(To::Person(who.clone()), Attention::Prompt, body).keyed(key.clone());
    let labels = match (phase, state::retro(records, number)) {
        (Phase::Vote, Some(retro)) => buttons::theme_labels(retro),
        (Phase::Worth, _) => buttons::worth_labels(),
        _ => Vec::new(),
    };
    let button = |(place, with): (usize, String)| {
        Outgoing::Button { key: key.clone(), with, name: Some(button(&key, place)) }.send()
    };
    let buttons = labels.into_iter().enumerate().map(button);
    Some(std::iter::once(message.because(why).send()).chain(buttons).chain(moved).collect())
}

/// The name of a button of a paper.
fn button(paper: &MessageKey, place: usize) -> MessageKey {
    format!("{paper}/{place}").into()
}

/// The paper of the vote: blank, or with what somebody gave.
pub(super) fn vote_paper(ctx: &Ctx<Settings>, retro: &Retro, stands: &Stands<Marks>) -> String {
    let (words, dots) = (ctx.words, ctx.settings.dots.get());
    let title = words.retro_invite_vote(retro.number, room(ctx, &retro.room), dots, deadline(ctx, retro));
    let stands = match stands {
        Stands::Blank | Stands::InPoll(_) => None,
        Stands::Chosen(given, _) if !given.is_empty() => Some(named_dots(ctx, retro, given)),
        Stands::Chosen(..) | Stands::TakenBack => Some(words.retro_dots_none()),
    };
    let hidden = retro.groups.len().saturating_sub(buttons::themes_on_paper(retro));
    let more = (hidden > 0).then(|| words.retro_more_there(hidden));
    // Who has chosen has read what is promised.
    let promise = stands.is_none().then(|| words.retro_tap_sealed());
    let parts = [Some(title), stands, Some(words.retro_invite_tap()), more, promise];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// Says on somebody's paper of the vote where they stand.
pub(super) fn stands(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    secret_rng: &mut ChaCha20Rng,
    retro: &Retro,
    paper: MessageKey,
    taken: Taken<DotsOf>,
) -> Vec<Effect> {
    let face = Face::<DotsOf> {
        paper,
        sign: &|_: &Rows, given: &Marks, named| buttons::sign(retro, given, named),
        text: &|_: &Rows, stands: &Stands<Marks>| vote_paper(ctx, retro, stands),
    };
    taken.show(records, secret_rng, &face)
}

/// A name for a paper. It is not made from the person's: names outlive `forget me`.
fn name(records: &mut Rows, number: u32) -> Option<MessageKey> {
    let retro = retro_mut(records, number)?;
    let key = retro.key(&format!("to/{}", retro.invitations));
    retro.invitations += 1;
    Some(key)
}

/// What papers become when what they asked for is over: a line, without their buttons. It is the same for all, so it says
/// of nobody that they have one, and their names go with it.
pub(super) fn settle(retro: &mut Retro, line: &str, buttons: usize) -> Vec<Effect> {
    let papers = std::mem::replace(&mut retro.asking, retro.invitations)..retro.invitations;
    let keys: Vec<MessageKey> = papers.map(|paper| retro.key(&format!("to/{paper}"))).collect();
    let last = |key: &MessageKey| Outgoing::Conclude { key: key.clone(), body: line.to_owned() }.send();
    let gone = |key: &MessageKey| {
        let of = |place| Outgoing::Redact { key: button(key, place) }.send();
        (0..buttons).map(of).collect::<Vec<_>>()
    };
    keys.iter().map(last).chain(keys.iter().flat_map(gone)).collect()
}

/// What the papers of a phase become when it is over.
pub(super) fn line(ctx: &Ctx<Settings>, retro: &Retro, result: &str) -> String {
    ctx.words.retro_paper_line(retro.number, room(ctx, &retro.room), result)
}

fn collect(records: &Rows, ctx: &Ctx<Settings>, retro: &Retro, who: &UserId) -> String {
    let words = ctx.words;
    let title = words.retro_invite_collect(retro.number, room(ctx, &retro.room), deadline(ctx, retro));
    let columns: Vec<_> = (0..retro.columns.len()).map(|place| format!("`{}: …`", column(ctx, retro, place))).collect();
    let mut parts = vec![title, words.retro_invite_columns(columns.join(" · ")), words.retro_invite_sealed()];
    let before = told(records, who).map(|told| told.retro);
    let other = retros(records).find(|other| {
        let knows = other.joined.contains_key(who) || before == Some(other.number);
        other.number != retro.number && other.phase == Phase::Collect && knows && !other.left.contains(who)
    });
    parts.extend(
        other.map(|other| words.retro_invite_other(other.number, room(ctx, &other.room), column(ctx, other, 0))),
    );
    parts.join("\n\n")
}

/// Whether notes may be shown that few people wrote.
pub(super) fn may_i_show(ctx: &Ctx<Settings>, retro: &Retro, writers: usize) -> String {
    ctx.words.retro_may_i_show(retro.number, room(ctx, &retro.room), writers)
}

/// Several can take what somebody sent.
pub(super) fn which(records: &Rows, ctx: &Ctx<Settings>, numbers: &[u32]) -> String {
    let Some(example) = numbers.first() else { return ctx.words.retro_which_unknown() };
    let named: Vec<_> = numbers
        .iter()
        .filter_map(|number| retro(records, *number))
        .map(|retro| ctx.words.retro_which_one(retro.number, room(ctx, &retro.room)))
        .collect();
    ctx.words.retro_which(named.join(", "), *example)
}

/// A note came when notes are no longer, or not, collected.
pub(super) fn no_notes_now(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    ctx.words.retro_notes_revealed(retro.number, facilitator(ctx, retro))
}

/// A note came from somebody who is not in the room.
pub(super) fn not_there(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    ctx.words.retro_not_there(retro.number, room(ctx, &retro.room))
}

/// Dots came before the vote, or after it.
pub(super) fn no_dots_now(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    match retro.phase {
        Phase::Collect | Phase::Reveal | Phase::Group => ctx.words.retro_vote_not_yet(retro.number),
        _ => ctx.words.retro_vote_over(retro.number),
    }
}

/// There is no such column, or no column at all: the note as it can be copied.
pub(super) fn unknown_column(ctx: &Ctx<Settings>, retro: &Retro, body: &str) -> String {
    let line = notes::line(body);
    let (head, text) = line.as_ref().map_or((None, body), |line| (Some(line.head), line.text));
    let meant = head.and_then(|head| formats::meant(&retro.columns, head, ctx.words));
    let first = retro.columns.first().map(|column| column.name(ctx.words)).unwrap_or_default();
    let copied = |column: &str| copied(&format!("{column}: {}", notes::tidy(if text.is_empty() { "…" } else { text })));
    match (head, meant) {
        (Some(head), Some(meant)) => ctx.words.retro_unknown_column_suggest(escape(head), copied(&meant)),
        (Some(head), None) => ctx.words.retro_unknown_column(escape(head), columns(ctx, retro), copied(&first)),
        (None, _) => ctx.words.retro_no_column(retro.number, columns(ctx, retro), copied(&first)),
    }
}

/// What somebody wrote, whole, fit to stand between backticks.
fn copied(text: &str) -> String {
    let fit = |char: char| if char == '`' || char.is_control() || is_unseen(char) { '\'' } else { char };
    text.chars().take(notes::LONGEST_NOTE).map(fit).collect()
}

/// Which one a note went to, where it could have been another; with the promise, where it is the first of somebody who was
/// not told. It becomes a line with all papers.
pub(super) fn noted(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    number: u32,
    source: &MessageContext,
    first: bool,
) -> Option<Effect> {
    let key = name(records, number)?;
    let retro = retro(records, number)?;
    let body = match first {
        true => ctx.words.retro_first_note(number),
        false => ctx.words.retro_noted_where(number, room(ctx, &retro.room)),
    };
    Some(Message::answer(source, body).keyed(key).send())
}

/// Which dots count now. It goes when they are counted.
pub(super) fn dots_given(ctx: &Ctx<Settings>, retro: &Retro, dots: &Marks) -> String {
    let given: u32 = dots.iter().map(|(_, dots)| dots).sum();
    ctx.words.retro_dots_given(given, named_dots(ctx, retro, dots), ctx.settings.dots.get())
}

/// Dots, with the names of themes.
fn named_dots(ctx: &Ctx<Settings>, retro: &Retro, dots: &Marks) -> String {
    let name = |theme: u32| Some(label_of(ctx, retro, retro.groups.get(theme as usize - 1)?));
    choosing::text::chosen(Method::Dots, dots, name)
}

/// What is wrong with dots.
pub(super) fn dots_mistake(ctx: &Ctx<Settings>, mistake: &DotsMistake, dots: &str, themes: usize) -> String {
    let last = || letter(themes.saturating_sub(1));
    let written = |dots: &str| format!("{} {dots}", shown(ctx.words, "ballot", "dots", ""));
    match mistake {
        DotsMistake::Numbers(right) => ctx.words.retro_themes_are_letters(written(&copied(right))),
        DotsMistake::Unknown(theme) => ctx.words.retro_no_such_theme(quoted(theme), last()),
        DotsMistake::TooMany(given, right) => {
            ctx.words.retro_dots_too_many(*given, ctx.settings.dots.get(), written(right))
        }
        DotsMistake::Unread => ctx.words.retro_dots_unread(quoted(dots)),
    }
}

/// Where things are: in the room, or for the person who asks in their direct room.
pub(super) fn status(records: &Rows, ctx: &Ctx<Settings>, invocation: &Invocation<Command>) -> String {
    let words = ctx.words;
    if !invocation.source.direct {
        return here(records, &invocation.source.room)
            .map_or_else(|| words.retro_none(&ctx.community.prefix), |retro| card_text(records, ctx, retro));
    }
    let told = told(records, invocation.by).map(|told| told.retro);
    let mine: Vec<_> = retros(records)
        .filter(|retro| retro.joined.contains_key(invocation.by) || told == Some(retro.number))
        .filter(|retro| ctx.is_in(&retro.room))
        .map(|retro| words.retro_status_one(retro.number, room(ctx, &retro.room), phase(ctx, retro.phase)))
        .map(|line| format!("- {line}"))
        .collect();
    if mine.is_empty() { words.retro_status_nothing() } else { mine.join("\n") }
}

//! What a retrospective says in its room: the card, the lists, the result.

use jiff::Timestamp;

use super::{
    buttons,
    formats::{self, LONGEST_COLUMN, MOST_COLUMNS, Mistake},
    grouping,
    interface::Settings,
    letters::letter,
    phase::{Phase, Why},
    state::{self, ENOUGH, Group, Retro, Rows, past, retro, retro_mut},
    votes,
};
use crate::{
    Attention, Ctx, Effect, Message, MessageKey, Outgoing, To, UserId,
    boards::{Actions, OpenAction},
    choosing::text::waiting,
    schedule::spoken,
    words::{escape, pill, quoted},
};

/// How many notes stand in one message: what a message of 64 KB holds in every spelling.
const NOTES_A_MESSAGE: usize = 25;

/// How many characters all notes of a list have together, so that it can be edited.
const LIST: usize = 5_000;

/// How many characters of a note stand for a theme without a name.
const LABEL: usize = 60;

/// How many stand for it on the card, which is short.
const ON_CARD: usize = 40;

/// How many dots are drawn; more are counted only.
const DRAWN: u32 = 20;

/// How many open actions are named.
const ACTIONS: usize = 10;

/// Something said beside the card, without notifying anybody.
pub(super) fn beside(retro: &Retro, text: impl Into<String>) -> Effect {
    Message::new(retro.beside(), Attention::Answer, text).send()
}

/// Something said beside the card to everybody who is there.
fn prompt(retro: &Retro, text: impl Into<String>) -> Effect {
    Message::new(retro.beside(), Attention::Prompt, text).send()
}

/// Something said beside the card to one person, so that they notice.
pub(super) fn beside_for(retro: &Retro, who: &UserId, text: impl Into<String>) -> Effect {
    Message::new(retro.beside(), Attention::Prompt, text).mentioning(who).send()
}

/// Notes that waited to be shown are lost: whoever leads it learns it, and whoever wrote one reads it there.
pub(super) fn late_lost(ctx: &Ctx<Settings>, retro: &Retro) -> Effect {
    let words = ctx.words.retro_late_lost(&ctx.community.prefix);
    match &retro.facilitator {
        Some(who) => beside_for(retro, who, words),
        None => beside(retro, words),
    }
}

/// A moment, as the community says it.
pub(super) fn moment(ctx: &Ctx<Settings>, at: Timestamp) -> String {
    spoken(at, &ctx.community.zone, ctx.words)
}

/// When the phase is over, as the community says it.
pub(super) fn deadline(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    moment(ctx, retro.until().or_else(|| retro.next_tick()).unwrap_or(ctx.now))
}

/// Who facilitates.
pub(super) fn facilitator(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    retro.facilitator.as_ref().map_or_else(|| ctx.words.retro_nobody(), pill)
}

/// A column's name, as it is shown.
pub(super) fn column(ctx: &Ctx<Settings>, retro: &Retro, place: usize) -> String {
    retro.columns.get(place).map(|column| quoted(&column.name(ctx.words))).unwrap_or_default()
}

/// The name of a phase.
pub(super) fn phase(ctx: &Ctx<Settings>, phase: Phase) -> String {
    ctx.words.find(&format!("retro-phase-{}", phase.name())).unwrap_or_default()
}

/// The card with its buttons, and what is left from before.
pub(super) fn opening(records: &Rows, ctx: &Ctx<Settings>, retro: &Retro) -> Vec<Effect> {
    let to = match &retro.thread {
        Some(_) => retro.beside(),
        None => To::Room(retro.room.clone()),
    };
    let card = Message::new(to, Attention::Prompt, card_text(records, ctx, retro)).keyed(retro.card_key());
    let mut effects = vec![card.send()];
    effects.extend(buttons::under(ctx, retro, &retro.card_key()));
    let mut open = ctx.boards.read::<Actions>().open;
    open.retain(|action| action.room == retro.room);
    let recurring = recurring(records, ctx, retro);
    let mut before = Vec::new();
    if !open.is_empty() {
        before.push(format!("{}\n\n{}", ctx.words.retro_open_actions(), action_list(ctx, &open)));
    }
    before.extend(recurring.map(|themes| ctx.words.retro_recurring(themes)));
    if !before.is_empty() {
        effects.push(beside(retro, before.join("\n\n")));
    }
    effects
}

fn action_list(ctx: &Ctx<Settings>, actions: &[OpenAction]) -> String {
    let today = ctx.community.zone.to_datetime(ctx.now).date();
    let line = |action: &OpenAction| action.line(ctx.words, today);
    let mut lines: Vec<_> = actions.iter().take(ACTIONS).map(line).collect();
    if actions.len() > ACTIONS {
        lines.push(format!("- {}", ctx.words.retro_more(actions.len() - ACTIONS)));
    }
    lines.join("\n")
}

/// The themes that several of the room's last retrospectives had.
fn recurring(records: &Rows, ctx: &Ctx<Settings>, retro: &Retro) -> Option<String> {
    let past = past(records, &retro.room)?;
    let home = ctx.words.tag();
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for label in past.themes.iter().rev().flatten() {
        if counted.iter().any(|(known, _)| grouping::same(known, label, home)) {
            continue;
        }
        let times = past.themes.iter().filter(|labels| labels.iter().any(|other| grouping::same(label, other, home)));
        counted.push((label, times.count()));
    }
    let again = counted.iter().filter(|(_, times)| *times > 1);
    let named: Vec<_> = again.map(|(label, times)| ctx.words.retro_recurring_theme(escape(label), *times)).collect();
    (!named.is_empty()).then(|| named.join(", "))
}

/// The card as it is now, in the place of the one that was.
pub(super) fn card(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Option<Effect> {
    let counted = state::senders(records, retro(records, number)?, retro(records, number)?.phase);
    let body = card_text(records, ctx, retro(records, number)?);
    let retro = retro_mut(records, number)?;
    retro.counted = counted;
    Some(Outgoing::Edit { key: retro.card_key(), body }.send())
}

/// The card's words: until when, what there is, what to do.
pub(super) fn card_text(records: &Rows, ctx: &Ctx<Settings>, retro: &Retro) -> String {
    let words = ctx.words;
    let count = state::senders(records, retro, retro.phase);
    let so_far = || words.retro_card_revealed(retro.notes.len(), retro.joined.len(), retro.groups.len());
    let (mut lines, counted) = match retro.phase {
        Phase::Collect => {
            let names: Vec<_> =
                retro.columns.iter().map(|column| format!("**{}**", escape(&column.name(words)))).collect();
            let how = words.retro_card_collect(column(ctx, retro, 0));
            (vec![names.join(" · "), how, words.retro_sealed()], Some(words.retro_card_writers(count)))
        }
        Phase::Reveal | Phase::Group => (vec![so_far()], None),
        Phase::Vote => (vec![so_far(), words.retro_card_vote()], Some(words.retro_card_voters(count))),
        Phase::Discuss => {
            // All of it stands in the message of the theme.
            let short = |place: &usize| {
                let group = retro.groups.get(*place)?;
                Some(format!("{} · {}", letter(*place), label_within(ctx, retro, group, ON_CARD)))
            };
            let label = retro.order.get(retro.theme).and_then(short).unwrap_or_default();
            (vec![so_far(), words.retro_card_discuss(label, retro.theme + 1, retro.order.len())], None)
        }
        Phase::Actions => (vec![so_far(), words.retro_card_actions(&ctx.community.prefix)], None),
        Phase::Worth => (vec![so_far(), words.retro_card_worth()], Some(words.retro_card_answers(count))),
    };
    let facilitator = words.retro_card_facilitator(facilitator(ctx, retro));
    lines.push(counted.into_iter().chain([facilitator]).collect::<Vec<_>>().join(" · "));
    lines.extend(retro.held.then(|| waiting(words, ctx.community)));
    let phase = phase(ctx, retro.phase);
    let title = match retro.due.filter(|_| retro.phase.is_sealed() || retro.phase == Phase::Discuss) {
        Some(due) => words.retro_title_until(retro.number, phase, moment(ctx, due)),
        None => words.retro_title(retro.number, phase),
    };
    let lines: Vec<_> = lines.into_iter().map(|line| format!("- {line}")).collect();
    format!("{title}\n\n{}", lines.join("\n"))
}

/// Something said beside the card, with the buttons of the phase under it. It notifies nobody.
pub(super) fn under(ctx: &Ctx<Settings>, retro: &Retro, what: &str, body: impl Into<String>) -> Vec<Effect> {
    let key = buttons::carrier(retro, what);
    let message = Message::new(retro.beside(), Attention::Answer, body).keyed(key.clone()).send();
    std::iter::once(message).chain(buttons::under(ctx, retro, &key)).collect()
}

/// The message with which the phase calls for something, and its name; none where the phase has none.
pub(super) fn call(ctx: &Ctx<Settings>, retro: &Retro) -> Option<(MessageKey, String)> {
    let (words, until) = (ctx.words, || deadline(ctx, retro));
    let (what, body) = match retro.phase {
        Phase::Collect if retro.turn > 1 => ("collect", words.retro_collect_again(until())),
        Phase::Collect | Phase::Reveal | Phase::Group => return None,
        Phase::Vote => {
            let how = words.retro_vote(until(), ctx.settings.dots.get());
            ("vote", format!("{how}\n\n{}", themes(ctx, retro)))
        }
        Phase::Discuss => ("theme", theme(ctx, retro)?),
        Phase::Actions => ("actions", words.retro_actions(&ctx.community.prefix)),
        Phase::Worth => ("worth", words.retro_worth(until())),
    };
    Some((buttons::carrier(retro, what), body))
}

/// The same as it is sent, with its buttons.
pub(super) fn calls(ctx: &Ctx<Settings>, retro: &Retro) -> Vec<Effect> {
    let Some((key, body)) = call(ctx, retro) else { return Vec::new() };
    let attention = if retro.phase == Phase::Collect { Attention::Answer } else { Attention::Prompt };
    let message = Message::new(retro.beside(), attention, body).keyed(key.clone()).send();
    std::iter::once(message).chain(buttons::under(ctx, retro, &key)).collect()
}

/// The notes from `first` on, by column: messages whose number depends on nothing that is drawn.
pub(super) fn reveal(ctx: &Ctx<Settings>, retro: &Retro, first: usize) -> Vec<Effect> {
    let mut bodies = Vec::new();
    for (place, column) in retro.columns.iter().enumerate() {
        let name = escape(&column.name(ctx.words));
        let notes: Vec<usize> = (first..retro.notes.len())
            .filter(|note| retro.notes.get(*note).is_some_and(|note| note.column == place))
            .collect();
        if notes.is_empty() && first == 0 {
            bodies.push(ctx.words.retro_reveal_none(&name));
        }
        for (part, notes) in notes.chunks(NOTES_A_MESSAGE).enumerate() {
            let title = if part == 0 { ctx.words.retro_reveal(&name) } else { ctx.words.retro_reveal_more(&name) };
            let lines: Vec<_> = notes.iter().map(|note| note_line(retro, *note, usize::MAX)).collect();
            bodies.push(format!("{title}\n\n{}", lines.join("\n")));
        }
    }
    let last = bodies.pop();
    let mut effects: Vec<Effect> = bodies.into_iter().map(|body| beside(retro, body)).collect();
    effects.extend(last.into_iter().flat_map(|body| under(ctx, retro, &format!("reveal-{first}"), body)));
    effects
}

// A list of markdown's would renumber.
fn note_line(retro: &Retro, place: usize, most: usize) -> String {
    let text = retro.notes.get(place).map_or("", |note| &note.text);
    format!("- **{}** · {}", place + 1, escape(&cut(text, most)))
}

fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    format!("{}…", start.trim_end())
}

/// The groups as they are now.
pub(super) fn groups(ctx: &Ctx<Settings>, retro: &Retro) -> Vec<Effect> {
    under(ctx, retro, "groups", groups_text(ctx, retro))
}

/// The groups as they are now, in the place of what was shown.
pub(super) fn groups_edit(ctx: &Ctx<Settings>, retro: &Retro) -> Effect {
    Outgoing::Edit { key: buttons::carrier(retro, "groups"), body: groups_text(ctx, retro) }.send()
}

fn groups_text(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    let words = ctx.words;
    let most = (LIST / retro.notes.len().max(1)).clamp(20, 300);
    let line = |place: &usize| note_line(retro, *place, most);
    let (alone, together): (Vec<&Group>, Vec<&Group>) =
        retro.groups.iter().partition(|group| group.notes.len() < 2 && group.name.is_none());
    let is_sorted = !together.is_empty();
    let mut parts = vec![if is_sorted { words.retro_groups() } else { words.retro_groups_none() }];
    for group in together {
        let place = retro.groups.iter().position(|one| one == group).unwrap_or_default();
        let name = group.name.as_ref().map_or_else(|| words.retro_together(), |name| escape(name));
        let notes: Vec<_> = group.notes.iter().map(line).collect();
        parts.push(format!("**{}** · {name}\n\n{}", letter(place), notes.join("\n")));
    }
    if !alone.is_empty() {
        let lines: Vec<_> = alone.iter().flat_map(|group| &group.notes).map(line).collect();
        parts.extend(is_sorted.then(|| words.retro_alone()));
        parts.push(lines.join("\n"));
    }
    parts.push(words.retro_groups_how(&ctx.community.prefix));
    parts.join("\n\n")
}

/// What a theme is called: its name, or the beginning of its first note.
pub(super) fn label_of(ctx: &Ctx<Settings>, retro: &Retro, group: &Group) -> String {
    label_within(ctx, retro, group, LABEL)
}

fn label_within(ctx: &Ctx<Settings>, retro: &Retro, group: &Group, most: usize) -> String {
    match &group.name {
        Some(name) => escape(&cut(name, most)),
        None => {
            let note = group.notes.first().and_then(|place| retro.notes.get(*place));
            ctx.words.retro_unnamed(escape(&cut(note.map_or("", |note| &note.text), most)))
        }
    }
}

/// The same with its letter: `A · Deploys`.
pub(super) fn lettered(ctx: &Ctx<Settings>, retro: &Retro, place: usize) -> String {
    let label = retro.groups.get(place).map(|group| label_of(ctx, retro, group)).unwrap_or_default();
    format!("{} · {label}", letter(place))
}

/// Whether a theme is one short note, so that its label says all of it.
fn is_told_by_label(retro: &Retro, group: &Group) -> bool {
    let only = match group.notes.as_slice() {
        [only] if group.name.is_none() => retro.notes.get(*only),
        _ => None,
    };
    only.is_some_and(|note| cut(&note.text, LABEL) == note.text)
}

/// The themes with their letters.
fn themes(ctx: &Ctx<Settings>, retro: &Retro) -> String {
    let line = |(place, group): (usize, &Group)| {
        let label = ctx.words.retro_theme_notes(label_of(ctx, retro, group), group.notes.len());
        format!("- **{}** · {label}", letter(place))
    };
    retro.groups.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// What the vote came to, where there was one.
pub(super) fn result(ctx: &Ctx<Settings>, retro: &Retro) -> Option<Effect> {
    let result = retro.result.as_ref()?;
    let text = match &result.dots {
        None => ctx.words.retro_result_few(result.voters),
        Some(dots) => {
            let mut ranked: Vec<(usize, u32)> =
                dots.iter().copied().enumerate().filter(|(_, dots)| *dots > 0).collect();
            ranked.sort_by_key(|(place, dots)| (std::cmp::Reverse(*dots), *place));
            let lines: Vec<_> = ranked
                .iter()
                .filter_map(|(place, dots)| Some((place, dots, retro.groups.get(*place)?)))
                .map(|(place, dots, group)| {
                    format!("- **{}** · {} {}", letter(*place), label_of(ctx, retro, group), drawn(*dots))
                })
                .collect();
            format!("{}\n\n{}", ctx.words.retro_result(result.voters), lines.join("\n"))
        }
    };
    Some(prompt(retro, text))
}

fn drawn(dots: u32) -> String {
    let marks: String = (0..dots.min(DRAWN)).map(|_| '●').collect();
    format!("{marks} {dots}")
}

/// The theme whose turn it is, with its notes.
fn theme(ctx: &Ctx<Settings>, retro: &Retro) -> Option<String> {
    let place = *retro.order.get(retro.theme)?;
    let group = retro.groups.get(place)?;
    let until = moment(ctx, retro.due.unwrap_or(ctx.now));
    let title = ctx.words.retro_theme(lettered(ctx, retro, place), retro.theme + 1, retro.order.len(), until);
    let most = (LIST / group.notes.len().max(1)).clamp(20, 300);
    let notes: Vec<_> = group.notes.iter().map(|place| note_line(retro, *place, most)).collect();
    let notes = (!is_told_by_label(retro, group)).then(|| notes.join("\n"));
    Some(std::iter::once(title).chain(notes).collect::<Vec<_>>().join("\n\n"))
}

/// The time for a theme is over: whoever facilitates says how it goes on.
pub(super) fn theme_time_is_over(ctx: &Ctx<Settings>, retro: &Retro) -> Vec<Effect> {
    let label = retro.order.get(retro.theme).map(|place| lettered(ctx, retro, *place)).unwrap_or_default();
    let key = buttons::carrier(retro, &format!("over-{}", ctx.now.as_second()));
    let message = Message::new(retro.beside(), Attention::Prompt, ctx.words.retro_theme_over(label)).keyed(key.clone());
    let message = retro.facilitator.iter().fold(message, |message, who| message.mentioning(who));
    std::iter::once(message.send()).chain(buttons::under(ctx, retro, &key)).collect()
}

/// Time has moved it to a phase that only the facilitator ends: they are told.
pub(super) fn turn_of_facilitator(ctx: &Ctx<Settings>, retro: &Retro) -> Option<Effect> {
    let who = retro.facilitator.as_ref().filter(|_| !retro.phase.is_sealed())?;
    Some(beside_for(retro, who, ctx.words.retro_your_turn(pill(who))))
}

/// The end: a message, because edits do not notify, and the card for those who come later.
pub(super) fn closing(
    records: &Rows,
    ctx: &Ctx<Settings>,
    retro: &Retro,
    labels: &[String],
    answers: &[u8],
    why: Why,
) -> Vec<Effect> {
    let words = ctx.words;
    let mut lines = vec![match why {
        Why::Empty => words.retro_over_empty(),
        Why::Lost => words.retro_over_lost(&ctx.community.prefix),
        _ if retro.phase == Phase::Collect && retro.notes.is_empty() => words.retro_over_unread(),
        _ => words.retro_over_counts(retro.joined.len(), retro.notes.len(), retro.groups.len()),
    }];
    if why == Why::Quiet {
        lines.insert(0, words.retro_over_quiet());
    }
    if !labels.is_empty() {
        lines.push(words.retro_over_themes(escaped(labels.iter())));
    }
    let earlier: Vec<&String> =
        past(records, &retro.room).map(|past| past.themes.iter().flatten().collect()).unwrap_or_default();
    let again = |label: &&String| earlier.iter().any(|other| grouping::same(label, other, words.tag()));
    let again: Vec<_> = labels.iter().filter(again).collect();
    if !again.is_empty() {
        lines.push(words.retro_over_again(escaped(again.into_iter())));
    }
    let mut agreed = ctx.boards.read::<Actions>().open;
    agreed.retain(|one| one.from.as_deref() == Some(&retro.name()));
    if !agreed.is_empty() {
        let list = action_list(ctx, &agreed).replace("\n- ", "\n  - ");
        lines.push(format!("{}\n  {list}", words.retro_over_actions(agreed.len())));
    }
    match votes::spread(answers).filter(|_| answers.len() >= ENOUGH) {
        Some((mean, spread)) => lines.push(words.retro_over_worth(
            one_decimal(words.tag(), mean),
            one_decimal(words.tag(), spread),
            answers.len(),
        )),
        None if retro.phase == Phase::Worth && why != Why::Lost => lines.push(words.retro_over_worth_few()),
        None => {}
    }
    if why != Why::Empty && why != Why::Lost {
        lines.push(words.retro_over_kept());
    }
    let lines: Vec<_> = lines.into_iter().map(|line| format!("- {line}")).collect();
    let body = format!("{}\n\n{}", words.retro_over(retro.number), lines.join("\n"));
    let line = match why {
        _ if retro.phase == Phase::Collect && retro.notes.is_empty() => lines.join(" ").replace("- ", ""),
        Why::Lost => lines.concat().trim_start_matches("- ").to_owned(),
        _ => in_a_line(ctx, retro, answers),
    };
    let card = format!("{} · {line}", words.retro_over(retro.number));
    vec![prompt(retro, body), Outgoing::Edit { key: retro.card_key(), body: card }.send()]
}

/// The same, and that it is over.
pub(super) fn over_in_a_line(ctx: &Ctx<Settings>, retro: &Retro, answers: &[u8]) -> String {
    match retro.phase {
        Phase::Collect if retro.notes.is_empty() => ctx.words.retro_line_unread(),
        _ => ctx.words.retro_line_over(in_a_line(ctx, retro, answers)),
    }
}

/// The result in a line that can be read aloud.
fn in_a_line(ctx: &Ctx<Settings>, retro: &Retro, answers: &[u8]) -> String {
    let words = ctx.words;
    let mut parts = vec![words.retro_over_counts(retro.joined.len(), retro.notes.len(), retro.groups.len())];
    let mut agreed = ctx.boards.read::<Actions>().open;
    agreed.retain(|one| one.from.as_deref() == Some(&retro.name()));
    parts.extend((!agreed.is_empty()).then(|| words.retro_line_agreed(agreed.len())));
    let worth = votes::spread(answers).filter(|_| answers.len() >= ENOUGH);
    parts.extend(worth.map(|(mean, _)| words.retro_line_worth(one_decimal(words.tag(), mean))));
    parts.join(" ")
}

fn escaped<'a>(labels: impl Iterator<Item = &'a String>) -> String {
    labels.map(|label| escape(label)).collect::<Vec<_>>().join(", ")
}

/// A number as the language writes it.
fn one_decimal(tag: &str, value: f64) -> String {
    let text = format!("{value:.1}");
    if tag == "de" { text.replace('.', ",") } else { text }
}

/// What is wrong with a format.
pub(super) fn format_mistake(ctx: &Ctx<Settings>, mistake: &Mistake) -> String {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    match mistake {
        Mistake::Unknown(format, Some(meant)) => words.retro_unknown_format_suggest(quoted(format), prefix, meant),
        Mistake::Unknown(format, None) => words.retro_unknown_format(quoted(format), formats::names(), prefix),
        Mistake::Count(count) => words.retro_column_count(*count, MOST_COLUMNS),
        Mistake::Name(name) => words.retro_column_wrong(escape(&cut(name, LABEL)), LONGEST_COLUMN),
        Mistake::Twice(name) => words.retro_column_twice(escape(name)),
        Mistake::Command(name) => words.retro_column_command(escape(name)),
    }
}

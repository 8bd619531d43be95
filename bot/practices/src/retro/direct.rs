//! What people write to the bot for a retrospective: notes, dots, and whether it was worth their time.
//!
//! Which one they mean: the one whose number stands in front, or whose message they answer; or else the only one that
//! can take it; or else the one they were last told about.

use super::{
    consent,
    interface::Settings,
    invitations, notes,
    phase::Phase,
    scraps,
    state::{self, DotsOf, Note, NoteOf, PaperOf, Retro, Rows, WorthOf, retro, retro_mut, retros, told},
    text, votes,
};
use crate::{
    Ctx, Effect, EventId, Expects, Said, UserId, Words,
    boards::Topics,
    command,
    secret::{self, Handed},
};

/// Somebody wrote to the bot something that is no command.
pub(super) fn said(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    if retros(records).next().is_none() {
        return too_late(records, ctx, said);
    }
    if let Some(to) = said.to.as_ref().filter(|_| means_yes(&said.text, ctx.words))
        && let Some(effects) = consent::agreed(records, ctx, &said.by, to)
    {
        if let Some(number) = to.key.as_ref().and_then(state::number_of) {
            scraps::note(records, number, said);
        }
        return effects.into_iter().chain([Effect::acknowledge(&said.source, "👍")]).collect();
    }
    let names = [ctx.community.bot.as_str(), ctx.community.bot.localpart()];
    let body = command::addressed(ctx.practices, &said.text, &ctx.community.prefix, &names).unwrap_or(&said.text);
    let answered = said.to.as_ref().and_then(|to| state::number_of(to.key.as_ref()?));
    if let Some((number, dots)) = votes::addressed(body).or_else(|| bare_dots(records, ctx, body)) {
        return match number.is_none() && are_for_topics(ctx, dots) {
            true => Vec::new(),
            false => give_dots(records, ctx, said, number.or(answered), dots),
        };
    }
    if let Some((number, answer)) = votes::worth(body) {
        return say_worth(records, ctx, said, number.or(answered), answer);
    }
    if said.to.is_some() && answered.is_none() {
        return Vec::new();
    }
    take_notes(records, ctx, said, answered, body)
}

/// Dots, and notes under a column, are for a retrospective that takes them now; the answer to whether it was worth it is
/// a number as any other, and whoever was told what to send may try anything. Whose note comes too late, or from outside
/// the room, is told so.
pub(super) fn expects(records: &Rows, ctx: &Ctx<Settings>, said: &Said) -> Expects {
    let there = |retro: &&Retro| ctx.is_in(&retro.room);
    let theirs = |number: Option<u32>, retro: &Retro| number.is_none_or(|number| number == retro.number);
    let in_phase = |phase: Phase| retros(records).filter(there).filter(move |retro| retro.phase == phase);
    if let Some((number, dots)) = votes::addressed(&said.text).or_else(|| bare_dots(records, ctx, &said.text)) {
        // Numbers are for whatever has numbers; only where there is nothing of the kind, they were meant for themes.
        return match in_phase(Phase::Vote).any(|retro| theirs(number, retro)) {
            true if votes::has_letters(dots) => Expects::These,
            true if !are_for_topics(ctx, dots) => Expects::Anything,
            _ => Expects::Nothing,
        };
    }
    if answers_one_that_is_over(records, ctx, said).is_some() {
        return Expects::Anything;
    }
    if said.to.is_some() {
        return Expects::Nothing;
    }
    if in_phase(Phase::Collect).any(|retro| notes::read(&said.text, &retro.columns).is_some()) {
        return Expects::These;
    }
    let told = told(records, &said.by).map(|told| told.retro);
    let knows = |retro: &Retro| retro.knows(&said.by) || told == Some(retro.number);
    let worth = votes::worth(&said.text).is_some_and(|(number, _)| {
        // Where there is only one that they can mean, they need not have said anything before.
        let only = in_phase(Phase::Worth).count() == 1;
        in_phase(Phase::Worth).any(|retro| theirs(number, retro) && (number.is_some() || only || knows(retro)))
    });
    let late =
        retros(records).filter(there).any(|retro| knows(retro) && notes::read(&said.text, &retro.columns).is_some());
    let outside = elsewhere(records, ctx, &said.text).is_some();
    match worth || late || outside || in_phase(Phase::Collect).any(|retro| told == Some(retro.number)) {
        true => Expects::Anything,
        false => Expects::Nothing,
    }
}

/// Whether dots are for a vote on topics: those have numbers.
fn are_for_topics(ctx: &Ctx<Settings>, dots: &str) -> bool {
    let voting = ctx.boards.read::<Topics>().voting;
    voting.is_some_and(|room| ctx.is_in(&room)) && !votes::has_letters(dots)
}

/// Themes without a verb, such as `A A C`, or `2 2 1` as in other votes, while somebody can give dots.
fn bare_dots<'a>(records: &Rows, ctx: &Ctx<Settings>, text: &'a str) -> Option<(Option<u32>, &'a str)> {
    let mut voting = retros(records).filter(|retro| retro.phase == Phase::Vote && ctx.is_in(&retro.room));
    voting.any(|retro| votes::is_bare(text, retro.groups.len())).then_some((None, text))
}

/// What can take something that somebody sent.
enum Meant {
    One(u32),
    /// Several, of which it cannot be told which they mean; those that they know, if any, and one of them all.
    Several(Vec<u32>, u32),
    /// None, though they have to do with this one.
    Late(u32),
    /// None, and they have to do with none.
    Nothing,
}

/// The retrospective that somebody means who sent something of the kind that `phase` takes, of those in the rooms that
/// they are in: what has no name must not come from outside.
fn meant(
    records: &Rows,
    ctx: &Ctx<Settings>,
    by: &UserId,
    number: Option<u32>,
    phase: Phase,
    takes: impl Fn(&Retro) -> bool,
) -> Meant {
    let there = |retro: &&Retro| ctx.is_in(&retro.room);
    let told = told(records, by).map(|told| told.retro);
    let knows = |retro: &&Retro| retro.knows(by) || told == Some(retro.number);
    if let Some(number) = number {
        return match retro(records, number).filter(there) {
            Some(retro) if retro.phase == phase => Meant::One(number),
            Some(_) => Meant::Late(number),
            None => Meant::Nothing,
        };
    }
    let open = |retro: &&Retro| retro.phase == phase && there(retro) && takes(retro);
    let open: Vec<&Retro> = retros(records).filter(open).collect();
    let known: Vec<u32> = open.iter().copied().filter(knows).map(|retro| retro.number).collect();
    match (known.as_slice(), open.as_slice()) {
        ([only], _) => Meant::One(*only),
        ([], [only]) => Meant::One(only.number),
        (several, _) if several.len() > 1 => match told.filter(|told| several.contains(told)) {
            Some(told) => Meant::One(told),
            None => Meant::Several(several.to_vec(), several[0]),
        },
        (_, [first, ..]) => Meant::Several(Vec::new(), first.number),
        _ => {
            let past = retros(records)
                .filter(there)
                .filter(knows)
                .filter(|retro| takes(retro))
                .max_by_key(|retro| (told == Some(retro.number), retro.number));
            past.map_or(Meant::Nothing, |retro| Meant::Late(retro.number))
        }
    }
}

/// Answers where something cannot be taken; `Ok` is the retrospective that takes it.
fn taker(
    records: &mut Rows,
    ctx: &Ctx<Settings>,
    said: &Said,
    meant: Meant,
    late: fn(&Ctx<Settings>, &Retro) -> String,
) -> Result<u32, Vec<Effect>> {
    let (number, why) = match meant {
        Meant::One(number) => return Ok(number),
        Meant::Several(numbers, first) => (first, invitations::which(records, ctx, &numbers)),
        Meant::Late(number) => match retro(records, number) {
            Some(retro) => (number, late(ctx, retro)),
            None => return Err(Vec::new()),
        },
        Meant::Nothing => return Err(Vec::new()),
    };
    Err(scraps::refuse(records, ctx, number, said, why))
}

fn take_notes(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said, answered: Option<u32>, body: &str) -> Vec<Effect> {
    let head = notes::line(body);
    let number = head.as_ref().and_then(|line| line.retro).or(answered);
    let takes = |retro: &Retro| notes::read(body, &retro.columns).is_some();
    // A number in front that no retrospective has is not ours to speak about.
    let number = number.filter(|number| retro(records, *number).is_some());
    let number = match meant(records, ctx, &said.by, number, Phase::Collect, takes) {
        Meant::Nothing => match elsewhere(records, ctx, body) {
            Some(retro) => {
                let (number, why) = (retro.number, invitations::not_there(ctx, retro));
                return scraps::refuse(records, ctx, number, said, why);
            }
            None => return no_column(records, ctx, said, body),
        },
        meant => match taker(records, ctx, said, meant, invitations::no_notes_now) {
            Ok(number) => number,
            Err(answer) => return answer,
        },
    };
    let Some(retro) = retro(records, number) else { return Vec::new() };
    let Some(read) = notes::read(body, &retro.columns) else {
        let why = invitations::unknown_column(ctx, retro, body);
        return scraps::refuse(records, ctx, number, said, why);
    };
    let key = |place: u32| {
        let (message, person) = (said.source.event.clone(), said.by.clone());
        NoteOf { retro: number, message, place, person }
    };
    if secret::has_come::<NoteOf>(records, number, &said.source.event) {
        return Vec::new();
    }
    if let Some(mistake) = note_mistake(records, ctx, retro, &said.by, &read) {
        return scraps::refuse(records, ctx, number, said, mistake);
    }
    // Who has agreed to be shown among few has agreed for what they add, too.
    let before = state::notes_of(records, number, &said.by).next();
    let (consent, asked_by) = before.map(|(_, note)| (note.consent, note.asked_by.clone())).unwrap_or_default();
    let known = told(records, &said.by).is_some_and(|told| told.retro == number);
    let first = !retro.joined.contains_key(&said.by) && !known;
    let others = retros(records).filter(|other| other.number != number && other.phase == Phase::Collect);
    let others = others.filter(|other| other.joined.contains_key(&said.by)).count();
    for (place, (column, text)) in (0..).zip(read) {
        let note = Note { room: said.source.room.clone(), column, text, consent, asked_by: asked_by.clone() };
        records.insert(key(place), note);
    }
    consent::go_on(records, ctx, number);
    let mut effects = vec![Effect::acknowledge(&said.source, "📝")];
    effects.extend(joined(records, ctx, number, &said.by));
    if first || others > 0 {
        effects.extend(invitations::noted(records, ctx, number, &said.source, first));
    }
    effects
}

/// What is wrong with notes that have a column.
fn note_mistake(
    records: &Rows,
    ctx: &Ctx<Settings>,
    retro: &Retro,
    by: &UserId,
    read: &[(usize, String)],
) -> Option<String> {
    let words = ctx.words;
    let sealed = state::sealed_notes(records, retro.number).count();
    let own = state::notes_of(records, retro.number, by).count();
    let longest = read.iter().map(|(_, text)| text.chars().count()).max().unwrap_or_default();
    if read.iter().any(|(_, text)| text.is_empty()) {
        Some(words.retro_empty_note(text::column(ctx, retro, read.first().map_or(0, |(column, _)| *column))))
    } else if longest > notes::LONGEST_NOTE {
        Some(words.retro_long_note(longest, notes::LONGEST_NOTE))
    } else if own + read.len() > notes::MOST_NOTES {
        Some(words.retro_many_notes(notes::MOST_NOTES))
    } else if sealed + retro.notes.len() + read.len() > notes::MOST_IN_ALL {
        Some(words.retro_full(notes::MOST_IN_ALL))
    } else {
        None
    }
}

/// The retrospective in a room in which they are not that a note would fit. Of one in a room that is not open they do
/// not hear.
fn elsewhere<'a>(records: &'a Rows, ctx: &Ctx<Settings>, body: &str) -> Option<&'a Retro> {
    let open = retros(records).filter(|retro| retro.phase == Phase::Collect && ctx.community.is_open(&retro.room));
    open.filter(|retro| !ctx.is_in(&retro.room)).find(|retro| notes::read(body, &retro.columns).is_some())
}

/// A line to the bot that no column takes: somebody who is collecting notes is helped, others meant something else.
fn no_column(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said, body: &str) -> Vec<Effect> {
    let told = told(records, &said.by).map(|told| told.retro);
    let Some(retro) = told.and_then(|number| retro(records, number)).filter(|retro| ctx.is_in(&retro.room)) else {
        return Vec::new();
    };
    match retro.phase {
        Phase::Collect => {
            let (number, why) = (retro.number, invitations::unknown_column(ctx, retro, body));
            scraps::refuse(records, ctx, number, said, why)
        }
        _ => Vec::new(),
    }
}

fn give_dots(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said, number: Option<u32>, dots: &str) -> Vec<Effect> {
    let meant = meant(records, ctx, &said.by, number, Phase::Vote, |_| true);
    let number = match taker(records, ctx, said, meant, invitations::no_dots_now) {
        Ok(number) => number,
        Err(answer) => return answer,
    };
    let Some(retro) = retro(records, number).cloned() else { return Vec::new() };
    let dots = match votes::dots(retro.groups.len(), ctx.settings.dots.get(), dots) {
        Ok(dots) => dots,
        Err(mistake) => {
            let why = invitations::dots_mistake(ctx, &mistake, dots, retro.groups.len());
            return scraps::refuse(records, ctx, number, said, why);
        }
    };
    let key = DotsOf { retro: number, person: said.by.clone() };
    let handed = Handed::from(&said.source);
    let secret_rng = &mut ctx.secret_rng();
    let Some(taken) = secret::hand_in(records, secret_rng, key, &handed, Some(Some(dots))) else {
        return Vec::new();
    };
    let given = taken.chosen.clone().unwrap_or_default();
    let paper = records.get(&PaperOf { retro: number, person: said.by.clone() });
    let mut effects = match paper.map(|paper| retro.key(&format!("to/{paper}"))) {
        // The paper says where they stand; the message, that it was understood.
        Some(paper) => {
            let stands = invitations::stands(records, ctx, secret_rng, &retro, paper, taken);
            std::iter::once(Effect::acknowledge(&said.source, "✅")).chain(stands).collect()
        }
        None => vec![taken.answer(invitations::dots_given(ctx, &retro, &given))],
    };
    effects.extend(joined(records, ctx, number, &said.by));
    effects
}

fn say_worth(records: &mut Rows, ctx: &Ctx<Settings>, said: &Said, number: Option<u32>, answer: u32) -> Vec<Effect> {
    let number = match meant(records, ctx, &said.by, number, Phase::Worth, |_| true) {
        Meant::One(number) => number,
        meant @ Meant::Several(..) => match taker(records, ctx, said, meant, invitations::no_dots_now) {
            Ok(number) => number,
            Err(answer) => return answer,
        },
        // A number alone may be anything.
        Meant::Late(_) | Meant::Nothing => return too_late(records, ctx, said),
    };
    let Some(chosen) = u8::try_from(answer).ok().filter(|answer| *answer <= 4) else {
        return scraps::refuse(records, ctx, number, said, ctx.words.retro_worth_range());
    };
    let key = WorthOf { retro: number, person: said.by.clone() };
    let handed = Handed::from(&said.source);
    if secret::hand_in(records, &mut ctx.secret_rng(), key, &handed, Some(Some(chosen))).is_none() {
        return Vec::new();
    }
    let mut effects = vec![Effect::acknowledge(&said.source, "✅")];
    effects.extend(joined(records, ctx, number, &said.by));
    effects
}

/// The retrospective that somebody may be answering who was asked whether it was worth it: it is over, and what is open
/// waits for no such answer. Whom it asked is forgotten with it, so everybody in its room may be meant.
fn answers_one_that_is_over(records: &Rows, ctx: &Ctx<Settings>, said: &Said) -> Option<u32> {
    let (number, answer) = votes::worth(&said.text)?;
    let is_open = retros(records).any(|retro| retro.phase == Phase::Worth && ctx.is_in(&retro.room));
    let over = state::just_over(records, ctx.now, |room| ctx.is_in(room)).filter(|_| answer <= 4 && !is_open)?;
    number.is_none_or(|number| number == over).then_some(over)
}

fn too_late(records: &Rows, ctx: &Ctx<Settings>, said: &Said) -> Vec<Effect> {
    let over = answers_one_that_is_over(records, ctx, said);
    over.map(|number| Effect::answer(&said.source, ctx.words.retro_worth_over(number))).into_iter().collect()
}

/// Whether a message is nothing but a yes, in whatever spelling: `Yes!`, `yes, please`.
fn means_yes(text: &str, words: &Words) -> bool {
    let text = text.to_lowercase();
    let mut said = text.split(|char: char| !char.is_alphanumeric()).filter(|word| !word.is_empty());
    let known = words.retro_yes_words();
    let first = said.next().unwrap_or_default();
    known.split_whitespace().any(|word| word == first) && said.count() <= 2
}

/// Somebody takes part: the card counts them.
pub(super) fn joined(records: &mut Rows, ctx: &Ctx<Settings>, number: u32, who: &UserId) -> Option<Effect> {
    if !retro(records, number)?.joined.contains_key(who) {
        retro_mut(records, number)?.joined.insert(who.clone(), false);
    }
    recount(records, ctx, number)
}

/// Somebody removed a message: what it gave is taken back.
pub(super) fn taken_back(records: &mut Rows, ctx: &Ctx<Settings>, event: &EventId) -> Vec<Effect> {
    let Some(mut effects) = state::take_back(records, event) else { return Vec::new() };
    let numbers: Vec<u32> = retros(records).filter(|retro| retro.phase.is_sealed()).map(|retro| retro.number).collect();
    effects.extend(numbers.into_iter().filter_map(|number| recount(records, ctx, number)));
    effects
}

/// The card, where it counts differently now.
pub(super) fn recount(records: &mut Rows, ctx: &Ctx<Settings>, number: u32) -> Option<Effect> {
    let retro = retro(records, number)?;
    let now = state::senders(records, retro, retro.phase);
    if retro.counted == now {
        return None;
    }
    retro_mut(records, number)?.counted = now;
    text::card(records, ctx, number)
}

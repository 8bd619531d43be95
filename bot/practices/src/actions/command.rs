//! Reading `action` from what people type: whom, what, by when, in any order that a sentence has.

use jiff::civil::Date;

use super::{
    interface::Settings,
    state::{LONGEST, today},
};
use crate::{
    Ctx, MessageContext, RoomId, UserId,
    called::called,
    schedule::dates::{self, DateError},
};

/// Whose an action is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Nobody's yet.
    Somebody,
    /// Theirs.
    Is(UserId),
}

/// What somebody wants who wrote `action …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// To be told how.
    Help,
    /// To see what is open.
    List,
    /// To note something.
    Agree {
        /// Whose it is.
        who: Who,
        /// What.
        what: String,
        /// By when.
        due: Option<Date>,
    },
    /// It is done.
    Done(u32),
    /// It will not be done.
    Drop(u32),
    /// They take it on.
    Take(u32),
    /// Somebody else takes it on.
    Give(u32, UserId),
    /// It will be done on another day.
    Move(u32, Date),
}

/// What is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// `done` and the like, without a number.
    NoNumber(String),
    /// `move`, without a day.
    NoDay(u32),
    /// This is no day that could be meant.
    Day(DateError),
    /// The same of the end of a sentence, which may be no day at all.
    Due(DateError),
    /// Nobody of that name was mentioned.
    Whom(String),
    /// It begins with a word that somebody in the room is called: these commands say it either way.
    Whose(Vec<String>),
    /// They are not in the room.
    Stranger(UserId),
    /// Nothing is said about what is to be done.
    NoWhat,
    /// It is too long; how long it is.
    Long(usize),
}

/// Reads what follows `action`.
///
/// # Errors
/// What is wrong with it, for its author.
pub(super) fn read(
    words: &[String],
    source: &MessageContext,
    ctx: &Ctx<Settings>,
    by: &UserId,
) -> Result<Request, Mistake> {
    let (mentions, room) = (&source.mentions, &source.room);
    let Some(first) = words.first() else { return Ok(Request::Help) };
    let rest = &words[1..];
    let verb = first.trim_end_matches([':', ',']).to_lowercase();
    // A sentence may begin with these words too; only what is short, or goes on with a number, is about an action.
    if let Some(about) = about(&verb).filter(|_| rest.is_empty() || number(&rest[0]).is_some()) {
        let Some(number) = rest.first().and_then(|word| number(word)) else {
            return Err(Mistake::NoNumber(verb));
        };
        return match about {
            About::Done => Ok(Request::Done(number)),
            About::Drop => Ok(Request::Drop(number)),
            About::Take => Ok(Request::Take(number)),
            About::Give => {
                let mentions: Vec<&UserId> = mentions.iter().filter(|one| **one != ctx.community.bot).collect();
                let to = match rest.get(1).map(|word| word.to_lowercase()).as_deref() {
                    Some("to" | "an") => &rest[2..],
                    _ => &rest[1..],
                };
                let to_whom = || to.join(" ");
                match whose(to, &mentions, by).map_err(|_| Mistake::Whom(to_whom()))? {
                    (Who::Is(who), _) => present(ctx, by, who).map(|who| Request::Give(number, who)),
                    (Who::Somebody, _) => Err(match called(ctx, room, &to_whom()).as_slice() {
                        [] => Mistake::Whom(to_whom()),
                        known => Mistake::Whose(known.iter().map(|who| format!("{verb} {number} {who}")).collect()),
                    }),
                }
            }
            About::Move => {
                let day = rest[1..].join(" ");
                let day = ["to ", "auf "].iter().find_map(|to| day.strip_prefix(to)).unwrap_or(&day);
                if day.trim().is_empty() {
                    return Err(Mistake::NoDay(number));
                }
                dates::date(day, today(ctx)).map(|day| Request::Move(number, day)).map_err(Mistake::Day)
            }
        };
    }
    match verb.as_str() {
        "--help" | "-h" | "help" | "hilfe" if rest.is_empty() => return Ok(Request::Help),
        "list" | "liste" if rest.is_empty() => return Ok(Request::List),
        _ => {}
    }
    // `action 4 done`
    if let (Some(number), [about_it]) = (number(first), rest)
        && let Some(about @ (About::Done | About::Drop | About::Take)) = about(&about_it.to_lowercase())
    {
        return Ok(match about {
            About::Done => Request::Done(number),
            About::Drop => Request::Drop(number),
            _ => Request::Take(number),
        });
    }
    let mentions: Vec<&UserId> = mentions.iter().filter(|one| **one != ctx.community.bot).collect();
    let (who, rest) = whose(words, &mentions, by)?;
    if let Some(commands) = perhaps_named(ctx, room, words, rest).filter(|_| who == Who::Somebody) {
        return Err(Mistake::Whose(commands));
    }
    let who = match who {
        Who::Is(who) => Who::Is(present(ctx, by, who)?),
        Who::Somebody => Who::Somebody,
    };
    let (what, due) = dates::due(rest, today(ctx)).map_err(Mistake::Due)?;
    let what = what.trim().trim_end_matches([',', ';']).to_owned();
    match what.chars().count() {
        0 => Err(Mistake::NoWhat),
        long if long > LONGEST => Err(Mistake::Long(long)),
        _ => Ok(Request::Agree { who, what, due }),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Done,
    Drop,
    Take,
    Give,
    Move,
}

fn about(verb: &str) -> Option<About> {
    Some(match verb {
        "done" | "erledigt" | "fertig" => About::Done,
        "drop" | "dropped" | "streichen" | "gestrichen" => About::Drop,
        "take" | "nehmen" | "übernehmen" => About::Take,
        "give" | "geben" | "weitergeben" => About::Give,
        "move" | "verschieben" => About::Move,
        _ => return None,
    })
}

fn number(word: &str) -> Option<u32> {
    word.trim_start_matches('#').trim_end_matches(['.', ',', ':', '!']).parse().ok()
}

/// The commands that a sentence may have meant which begins, without an `@`, with what somebody in the room is called.
/// It may be any word (`will check the build`), and whoever is given something is told: so nothing is guessed.
fn perhaps_named(ctx: &Ctx<Settings>, room: &RoomId, words: &[String], rest: &[String]) -> Option<Vec<String>> {
    let (first, sentence) =
        words.split_first().filter(|(_, sentence)| words.len() == rest.len() && !sentence.is_empty())?;
    let known = called(ctx, room, first);
    let said = |words: &[String]| {
        let quoted = |word: &String| match word.contains(char::is_whitespace) {
            true => format!("\"{word}\""),
            false => word.clone(),
        };
        words.iter().map(quoted).collect::<Vec<_>>().join(" ")
    };
    let theirs = known.iter().map(|who| format!("{who} {}", said(sentence)));
    (!known.is_empty()).then(|| theirs.chain([format!("{} {}", ctx.words.actions_somebody(), said(words))]).collect())
}

/// Somebody who is named, if they are in the room, too: what is written about them is sent to them later.
fn present(ctx: &Ctx<Settings>, by: &UserId, who: UserId) -> Result<UserId, Mistake> {
    if who == *by || ctx.present.named.contains(&who) { Ok(who) } else { Err(Mistake::Stranger(who)) }
}

/// Whom the sentence begins with, and the sentence without them.
fn whose<'a>(words: &'a [String], mentions: &[&UserId], by: &UserId) -> Result<(Who, &'a [String]), Mistake> {
    let rest = words.get(1..).unwrap_or_default();
    let Some(first) = words.first().map(|word| word.trim_end_matches([':', ',', '–', '-'])) else {
        return Err(Mistake::NoWhat);
    };
    let bare = first.trim_start_matches('@');
    if let Some(who) = UserId::named(first, by).filter(|_| bare.contains(':')) {
        return Ok((Who::Is(who), rest));
    }
    let lower = bare.to_lowercase();
    match lower.as_str() {
        "somebody" | "someone" | "anybody" | "anyone" | "nobody" | "room" | "jemand" | "niemand" | "irgendwer" => {
            return Ok((Who::Somebody, rest));
        }
        "me" | "i" | "ich" | "mir" => return Ok((Who::Is(by.clone()), rest)),
        _ => {}
    }
    // Clients that show a name without its id still say whom they mean.
    if let Some(who) = mentions.iter().find(|who| who.localpart().eq_ignore_ascii_case(&lower)) {
        return Ok((Who::Is((*who).clone()), rest));
    }
    if first.starts_with('@') && mentions.is_empty() {
        let who = UserId::named(first, by).ok_or_else(|| Mistake::Whom(first.to_owned()))?;
        return Ok((Who::Is(who), rest));
    }
    match mentions {
        [who, ..] => Ok((Who::Is((*who).clone()), if first.starts_with('@') { rest } else { words })),
        [] => Ok((Who::Somebody, words)),
    }
}

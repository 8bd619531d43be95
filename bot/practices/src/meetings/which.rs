//! Which series somebody means.

use super::{
    interface::{Command, Meetings, Settings},
    series::Series,
    state::{LiveOf, SeriesAt, heard_of},
    text,
};
use crate::{Ctx, Invocation, MessageContext, Records, Span, words::nearest};

/// The same as [`find`], for what only those do who are in the series' room; `lead` says whether leads do it from
/// anywhere.
pub(super) fn find_own(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    invocation: &Invocation<Command>,
    words: &[String],
    lead: bool,
) -> Result<(u32, Vec<String>), String> {
    let (id, rest) = find(records, ctx, invocation.source, words)?;
    match records.get(&SeriesAt { id }) {
        Some(series) if !(ctx.is_in(&series.room) || (lead && invocation.lead)) => {
            Err(ctx.words.meetings_elsewhere(crate::words::escape(&series.name)))
        }
        _ => Ok((id, rest)),
    }
}

/// Which series is meant, and the words that are not its name: by name or number where they begin with one, by the
/// room otherwise. Where that leaves it open, the answer says which there are.
pub(super) fn find(
    records: &Records<Meetings>,
    ctx: &Ctx<Settings>,
    source: &MessageContext,
    words: &[String],
) -> Result<(u32, Vec<String>), String> {
    let mut known: Vec<&Series> = heard_of(records, ctx, source).collect();
    if known.is_empty() {
        return Err(ctx.words.meetings_none(&ctx.community.prefix));
    }
    // The longest name first, so that "Design call" is not taken for "Design".
    known.sort_by_key(|one| (std::cmp::Reverse(one.name.len()), one.room != source.room));
    for series in &known {
        let name: Vec<String> = series.name.to_lowercase().split_whitespace().map(str::to_owned).collect();
        let said: Vec<String> = words.iter().flat_map(|word| word.split_whitespace()).map(str::to_lowercase).collect();
        if !name.is_empty() && said.starts_with(&name) {
            let all: Vec<&str> = words.iter().flat_map(|word| word.split_whitespace()).collect();
            return Ok((series.id, all[name.len()..].iter().map(|&word| word.to_owned()).collect()));
        }
    }
    if let Some(number) = words.first().and_then(|word| word.strip_prefix('#')?.parse::<u32>().ok())
        && known.iter().any(|one| one.id == number)
    {
        return Ok((number, words[1..].to_vec()));
    }
    let quoted = words.first().filter(|word| word.contains(char::is_whitespace));
    let name = |series: &&Series| series.name.clone();
    if let Some(wrong) = quoted {
        let names: Vec<String> = known.iter().map(name).collect();
        let meant = nearest(wrong, names.iter().map(String::as_str)).map(str::to_owned);
        return Err(text::no_such(ctx, wrong, meant, &names));
    }
    let here: Vec<&&Series> = known.iter().filter(|one| one.room == source.room).collect();
    let on: Vec<&&Series> = here.iter().copied().filter(|one| records.has(&LiveOf { series: one.id })).collect();
    let chosen = match (on.as_slice(), here.as_slice(), known.as_slice()) {
        ([one], _, _) | ([], [one], _) => one.id,
        ([], [], [one]) => one.id,
        _ => {
            let names: Vec<String> = known.iter().map(name).collect();
            return Err(text::which(ctx, &names));
        }
    };
    Ok((chosen, words.to_vec()))
}

/// A length of time that the words begin with: `90m`, `2 hours`.
pub(super) fn span(words: &[String]) -> Option<Span> {
    let first = words.first()?.to_lowercase();
    first.parse().ok().or_else(|| format!("{first} {}", words.get(1)?.to_lowercase()).parse().ok())
}

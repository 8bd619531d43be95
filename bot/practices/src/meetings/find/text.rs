//! What is said while a time is looked for.

use jiff::Timestamp;

use super::state::{Find, Stage, best};
use crate::{
    Ctx, Effect, buttons,
    meetings::{
        interface::Settings,
        taps,
        text::{clock_in, is_elsewhere, rhythm_of},
    },
    schedule::{Rhythm, zone_name},
    words::escape,
};

/// When something ends, in the community's time.
pub(super) fn until(ctx: &Ctx<Settings>, at: Timestamp) -> String {
    crate::choosing::text::until(ctx.words, ctx.community, at)
}

/// `every Tuesday at 10:00 (17:00 Asia/Tokyo)`: its zone where that is not the community's, and what clocks show elsewhere
/// when it next comes, with the day where it is another one there.
fn time(ctx: &Ctx<Settings>, find: &Find, rhythm: Rhythm) -> String {
    let zone = find.zone();
    let mut zones: Vec<String> = is_elsewhere(ctx, &find.zone).then(|| zone_name(&find.zone)).into_iter().collect();
    if let Some(next) = rhythm.next_after(ctx.now, &zone) {
        let home = ctx.community.zone.iana_name().map(str::to_owned);
        let mut shown = vec![find.zone.clone()];
        for name in home.into_iter().chain(find.zones.clone()).chain(Vec::<String>::from(ctx.settings.zones.clone())) {
            if !shown.contains(&name) {
                zones.extend(clock_in(ctx, &name, next, zone.to_datetime(next).date()));
                shown.push(name);
            }
        }
    }
    let when = rhythm_of(ctx, rhythm);
    if zones.is_empty() { when } else { format!("{when} ({})", zones.join(", ")) }
}

/// The card: until when, how to answer, the times and how many can at each.
pub(super) fn card(ctx: &Ctx<Settings>, find: &Find) -> String {
    let words = ctx.words;
    let (counts, people) = find.counts();
    let line = |(number, (rhythm, count)): (usize, (&Rhythm, &u64))| {
        let count = if *count > 0 { format!(" · {}", words.meetings_find_can(*count)) } else { String::new() };
        format!("- **{number}** · {}{count}", time(ctx, find, *rhythm))
    };
    let lines: Vec<_> = (1..).zip(find.times.iter().zip(&counts)).map(line).collect();
    let (title, last) = match &find.stage {
        Stage::Open { closes, .. } => {
            let title = words.meetings_find_title(escape(&find.name), until(ctx, *closes));
            (title, format!("{} {}", words.meetings_find_how(&ctx.community.prefix), words.meetings_find_count(people)))
        }
        Stage::Closed { .. } => (words.meetings_find_over(escape(&find.name)), words.meetings_find_closed()),
    };
    [title, lines.join("\n"), last].join("\n\n")
}

/// What suits most, in one line, and how to make a series of it. It names nobody. How many can when, stands on the card.
pub(super) fn result(ctx: &Ctx<Settings>, find: &Find, people: u64) -> String {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let (counts, _) = find.counts();
    let at = |number: usize| find.times.get(number - 1).map(|rhythm| time(ctx, find, *rhythm)).unwrap_or_default();
    let best = best(&counts);
    let most = counts.iter().copied().max().unwrap_or(0);
    let name = escape(&find.name);
    match best.as_slice() {
        [] => words.meetings_find_nobody(name, prefix),
        [only] => {
            let line = words.meetings_find_winner(name, at(*only), most, people);
            format!("{line}\n\n{}", words.meetings_find_adopt(prefix))
        }
        [first, ..] => {
            let times: Vec<_> = best.iter().map(|number| format!("**{number}** · {}", at(*number))).collect();
            let line = words.meetings_find_tie(name, most, people, times.join(", "));
            format!("{line}\n\n{}", words.meetings_find_adopt_tie(prefix, *first))
        }
    }
}

/// The times, to be tapped.
pub(super) fn times_to_tap(ctx: &Ctx<Settings>, find: &Find) -> Vec<Effect> {
    buttons(&find.card(), find.times.iter().map(|rhythm| taps::label(ctx.words, *rhythm)))
}

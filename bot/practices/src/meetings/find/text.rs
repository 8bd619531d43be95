//! What is said while a time is looked for.

use jiff::{Timestamp, tz::TimeZone};

use super::state::{Find, Stage, best, sign};
use crate::{
    Ctx,
    choosing::text::{bar, turnout},
    meetings::{interface::Settings, text::rhythm_of},
    schedule::{Rhythm, weekday_name},
    words::escape,
};

/// When something ends, in the community's time.
pub(super) fn until(ctx: &Ctx<Settings>, at: Timestamp) -> String {
    crate::choosing::text::until(ctx.words, ctx.community, at)
}

/// `every Tuesday at 10:00 (Europe/Berlin, 13:45 Asia/Kathmandu)`: what clocks show elsewhere when it next comes, with
/// the day where it is another one there.
fn time(ctx: &Ctx<Settings>, find: &Find, rhythm: Rhythm) -> String {
    let zone = find.zone();
    let mut zones = vec![find.zone.clone()];
    if let Some(next) = rhythm.next_after(ctx.now, &zone) {
        let home = ctx.community.zone.iana_name().map(str::to_owned);
        let mut shown = vec![find.zone.clone()];
        for name in home.into_iter().chain(find.zones.clone()).chain(Vec::<String>::from(ctx.settings.zones.clone())) {
            let Some(there) = TimeZone::get(&name).ok().filter(|_| !shown.contains(&name)) else { continue };
            let local = there.to_datetime(next);
            let clock = local.strftime("%H:%M").to_string();
            zones.push(match local.date() == zone.to_datetime(next).date() {
                true => format!("{clock} {name}"),
                false => format!("{} {clock} {name}", weekday_name(local.weekday(), ctx.words)),
            });
            shown.push(name);
        }
    }
    format!("{} ({})", rhythm_of(ctx, rhythm), zones.join(", "))
}

/// The card: the times, how many can at each, how to say so.
pub(super) fn card(ctx: &Ctx<Settings>, find: &Find) -> String {
    let words = ctx.words;
    let (counts, people) = find.counts();
    let line = |(number, (rhythm, count)): (usize, (&Rhythm, &u64))| {
        let count = if *count > 0 { format!(" · **{count}**") } else { String::new() };
        format!("- {} {}{count}", sign(number), time(ctx, find, *rhythm))
    };
    let lines: Vec<_> = (1..).zip(find.times.iter().zip(&counts)).map(line).collect();
    let mut parts = vec![words.meetings_find_title(escape(&find.name)), lines.join("\n")];
    match &find.stage {
        Stage::Open { closes, .. } => {
            parts.push(words.meetings_find_how(&ctx.community.prefix, until(ctx, *closes)));
            parts.push(words.meetings_find_count(people));
        }
        Stage::Closed { .. } => parts.push(words.meetings_find_closed()),
    }
    parts.join("\n\n")
}

/// What suits most, and how to make a series of it. It names nobody.
pub(super) fn result(ctx: &Ctx<Settings>, find: &Find, people: u64) -> String {
    let (words, prefix) = (ctx.words, &ctx.community.prefix);
    let title = words.meetings_find_result(escape(&find.name));
    let (counts, _) = find.counts();
    let at = |number: usize| find.times.get(number - 1).map(|rhythm| time(ctx, find, *rhythm)).unwrap_or_default();
    let winner = match best(&counts).as_slice() {
        [] => return format!("{title}\n\n{}", words.meetings_find_nobody(prefix)),
        [only] => words.meetings_find_winner(at(*only), people, counts.iter().copied().max().unwrap_or(0)),
        several => {
            let times: Vec<_> = several.iter().map(|number| format!("- {} {}", sign(*number), at(*number))).collect();
            format!("{}\n\n{}", words.meetings_find_tie(), times.join("\n"))
        }
    };
    let line = |(number, (rhythm, count)): (usize, (&Rhythm, &u64))| {
        format!("- {} {count} · {} {}", bar(*count, people), sign(number), rhythm_of(ctx, *rhythm))
    };
    let bars: Vec<_> = (1..).zip(find.times.iter().zip(&counts)).map(line).collect();
    let in_room = ctx.community.rooms.get(&find.room).and_then(|room| room.people);
    [title, winner, bars.join("\n"), turnout(words, people, in_room), words.meetings_find_adopt(prefix)].join("\n\n")
}

//! The monthly report: when a month has been over for three days the worker is started as a process of its own; what it
//! made is told in the leads' room, once, and is never made again. Its failure is the leads' and the operator's to hear of,
//! never the members'.

pub(crate) mod folder;
pub(crate) mod next_look;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use hearth_practices::{
    Answer, Attention, Message, MessageKey, Outgoing, RoomId, Shared, To, Words,
    boards::{self, NextMeeting},
    report::{Board, Experiment},
};
use hearth_reports::{Summary, Upcoming};
use hearth_shared::{month::Month, report::Report};
use jiff::{SignedDuration, Timestamp};
use tracing::{info, warn};

use self::{
    folder::{folder_name, folder_of},
    next_look::NextLook,
};
use crate::{
    core::Core,
    engine::{CommunityNumber, Served, UnitOfWork},
    log::hour_after,
    sending::Answered,
    store::{Commit, NewOutboxItem, OutboxItem, StoreError},
};

/// How long after its end a month is reported: what was said in it may be answered until then, and servers that were away
/// for a while have come back.
const SETTLES: SignedDuration = SignedDuration::from_hours(72);

/// A report that is due.
#[derive(Debug)]
pub struct ReportDue {
    pub(crate) number: CommunityNumber,
    pub(crate) community: String,
    title: String,
    pub(crate) month: Month,
    zone: String,
    pub(crate) words: &'static Words,
    /// What commands begin with.
    prefix: String,
    /// What the leads are trying.
    experiment: Option<Experiment>,
    /// The months that were released.
    released: Vec<Month>,
    leads: RoomId,
    /// Whether it has failed before: nobody hears twice of that.
    failed_before: bool,
}

/// What the worker made.
#[derive(Debug)]
pub struct Made {
    pub(crate) report: Report,
    /// The folder of the month.
    pub(crate) folder: PathBuf,
    /// The months that the worker released, and the hashes of their releases.
    pub(crate) released: Vec<(Month, String)>,
}

/// The first community whose last settled month has not been reported.
pub(crate) fn due(core: &mut Core, now: Timestamp) -> Option<ReportDue> {
    if !core.next_look.has_come(now) {
        return None;
    }
    let due = look(core, now);
    if due.is_none() {
        // Heartbeats come as often, and the log must have reached the time at which a month has settled.
        core.next_look = NextLook::at(hour_after(now));
    }
    due
}

/// One that has leads to tell, and a log that has something from before the month's end and has reached the time at which
/// the month has settled. A month that failed is tried again the next day.
fn look(core: &Core, now: Timestamp) -> Option<ReportDue> {
    core.engine.communities().find_map(|(number, Served { name, words, community })| {
        let leads = community.leads.clone()?;
        let month = Month::of(now.saturating_sub(SETTLES).ok()?, &community.zone).previous()?;
        let failed_before = match core.store.report(name, &month.to_string()).ok()? {
            None => false,
            Some(outcome) if outcome.starts_with("failed") && outcome != failed_on(now, community) => true,
            Some(_) => return None,
        };
        let released: Vec<Month> = core.store.released(name).ok()?.into_iter().map(|(month, _)| month).collect();
        if released.contains(&month) {
            return None;
        }
        let (_, end) = month.bounds(&community.zone);
        let settled = Timestamp::from_millisecond(end).ok()?.saturating_add(SETTLES).ok()?;
        let is_whole = core.log.reaches_before(number, end).ok()? && core.log.reaches(number, settled).ok()?;
        if !is_whole {
            return None;
        }
        let zone = community.zone.iana_name().unwrap_or("UTC").to_owned();
        let experiment = core.engine.board::<Board>(number).experiment;
        let (prefix, title) = (community.prefix.clone(), community.name.clone());
        let community = name.to_owned();
        Some(ReportDue {
            number,
            community,
            title,
            month,
            zone,
            words,
            prefix,
            experiment,
            released,
            leads,
            failed_before,
        })
    })
}

/// What the worker is asked for, but for the files that it reads and writes. It hears which months were released, so that
/// a release of which the file is lost is not made again from a log that has changed since.
pub(crate) fn arguments(due: &ReportDue) -> Vec<String> {
    let month = due.month.to_string();
    let asked = ["report", "--community", &due.community, "--month", &month];
    let reader = ["--timezone", &due.zone, "--language", due.words.tag()];
    let mut arguments: Vec<String> = asked.into_iter().chain(reader).map(str::to_owned).collect();
    let noted = due.released.iter().flat_map(|month| ["--noted".to_owned(), month.to_string()]);
    arguments.extend(noted);
    if let Some(experiment) = &due.experiment {
        arguments.extend(["--experiment".to_owned(), serde_json::to_string(experiment).unwrap_or_default()]);
    }
    arguments
}

fn failed_on(now: Timestamp, community: &hearth_practices::Community) -> String {
    format!("failed {}", now.to_zoned(community.zone.clone()).date())
}

/// The releases that the worker names on its standard output, a line each: `released 2026-10 HASH`.
pub(crate) fn releases(output: &str) -> Vec<(Month, String)> {
    let read = |line: &str| {
        let (month, hash) = line.strip_prefix("released ")?.trim().split_once(' ')?;
        Some((month.parse().ok()?, hash.trim().to_owned()))
    };
    output.lines().filter_map(read).collect()
}

/// Tells the leads of a report, and where its page is. What was released is noted with it.
pub(crate) fn told(core: &Core, due: &ReportDue, made: &Made) -> UnitOfWork {
    let summary = hearth_reports::room_summary(&made.report, due.words.tag());
    let path = made.folder.join("index.html");
    info!(month = %due.month, page = %path.display(), "a report is ready");
    let text = format!("{}\n\n{}", summary.markdown, due.words.report_share_hint(&due.prefix));
    let key = MessageKey::from(format!("report/{}", due.month));
    let page = OutboxItem::Attachment {
        room: due.leads.clone(),
        path: path.display().to_string(),
        name: format!("{}-{}.html", folder_name(&due.title), due.month),
        caption: Some(due.words.report_page()),
        words: None,
        key: None,
        beside: Some(key.clone()),
    };
    let items = vec![one_message(&due.leads, key, text, &summary, &made.folder), page];
    let mut unit = unit(core, due, items, "posted".to_owned());
    let name = |month: Month, hash: Option<String>| (due.community.clone(), month.to_string(), hash);
    let hashes = made.released.iter().map(|(month, hash)| name(*month, Some(hash.clone())));
    // Also one of which the worker said nothing.
    unit.commit.released = hashes.chain([name(due.month, None)]).collect();
    unit
}

/// What is told of a report, as one message in the timeline: the words with the picture, where there is one.
fn one_message(room: &RoomId, key: MessageKey, text: String, summary: &Summary, folder: &Path) -> OutboxItem {
    let Some(picture) = &summary.picture else {
        let message = Message::new(To::Room(room.clone()), Attention::Prompt, text).keyed(key);
        return OutboxItem::Send(Outgoing::Message(message));
    };
    let file = if folder.join(picture.file).exists() { picture.file } else { &picture.instead };
    OutboxItem::Attachment {
        room: room.clone(),
        path: folder.join(file).display().to_string(),
        name: file.replace(".room", ""),
        caption: Some(picture.alt.clone()),
        words: Some(text),
        key: Some(key),
        beside: None,
    }
}

/// The meetings that have not begun, as the practice lets others see them; of rooms that are open, because everybody
/// reads of them.
pub(crate) fn to_come(core: &Core, number: CommunityNumber, now: Timestamp) -> Vec<Upcoming> {
    let next = core.engine.board::<boards::Meetings>(number).next;
    let Some(Served { community, .. }) = core.engine.community(number) else { return Vec::new() };
    let shown = next.into_iter().filter(|next| next.at > now && community.is_open(&next.room));
    shown.map(|NextMeeting { name, at, .. }| Upcoming { name, at }).collect()
}

/// What is to be sent so that everybody hears, in the lobby, what the last reported month was like; and what becomes of
/// that.
///
/// # Errors
/// What the store says.
pub(crate) fn share(core: &Core, community: &str, now: Timestamp) -> Result<Answered, StoreError> {
    let answer = |shared| Ok(Answered { answer: Answer::Shared(shared), items: Vec::new() });
    let Some((number, Served { name, words, community })) =
        core.engine.communities().find(|(_, served)| served.name == community)
    else {
        return answer(Shared::NoneYet);
    };
    let item = |txn: String, item: OutboxItem| NewOutboxItem {
        attention: item.attention(),
        txn,
        community: name.to_owned(),
        practice: "report".to_owned(),
        item,
        scope: None,
        leads: community.leads.clone(),
    };
    let last = core.store.last_report(name)?.map(|month| month.to_string());
    let (Some(lobby), Some(month)) = (&community.lobby, last) else {
        return answer(Shared::NoneYet);
    };
    let key = MessageKey::from(format!("shared/{month}"));
    if core.store.has_message(name, "report", &key)? {
        return answer(Shared::Already(month));
    }
    let folder = core.config.file("reports").join(folder_of(&core.config.communities, name)).join(&month);
    let report = std::fs::read(folder.join("report.json")).ok();
    let Some(report) = report.and_then(|json| serde_json::from_slice::<Report>(&json).ok()) else {
        return answer(Shared::NoneYet);
    };
    let Some(summary) = hearth_reports::members_summary(&report, &to_come(core, number, now), words.tag()) else {
        return answer(Shared::TooLittle(month));
    };
    let told = one_message(lobby, key, summary.markdown.clone(), &summary, &folder);
    // Named after the month, so that it is told once however often it is asked for.
    let items = vec![item(format!("report.share.{number}.{month}.0"), told)];
    Ok(Answered { answer: Answer::Shared(Shared::Told(month)), items })
}

/// Tells the leads that a report could not be made, unless they know.
pub(crate) fn failed(core: &Core, due: &ReportDue, now: Timestamp) -> UnitOfWork {
    let words = due.words.report_failed(due.month.to_string());
    let message = Message::new(To::Room(due.leads.clone()), Attention::Answer, words);
    let items = if due.failed_before { Vec::new() } else { vec![OutboxItem::Send(Outgoing::Message(message))] };
    let outcome = core
        .engine
        .community(due.number)
        .map_or_else(|| "failed".to_owned(), |served| failed_on(now, served.community));
    warn!("the report for {} will be tried again", due.month);
    unit(core, due, items, outcome)
}

fn unit(core: &Core, due: &ReportDue, items: Vec<OutboxItem>, outcome: String) -> UnitOfWork {
    let items = items
        .into_iter()
        .enumerate()
        .map(|(part, item)| {
            let txn = format!("report.{}.{}.{}.{part}", due.number, due.month, outcome.replace(' ', "-"));
            core.own_item(Some(due.number), txn, item)
        })
        .collect();
    let reports = vec![(due.community.clone(), due.month.to_string(), outcome)];
    UnitOfWork { commit: Commit { items, reports, ..Commit::default() }, ..UnitOfWork::default() }
}

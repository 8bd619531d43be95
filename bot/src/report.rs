//! The monthly report: on the first of the month the worker is started as a process of its own; what it made is
//! told in the leads' room, once. Its failure is the leads' and the operator's to hear of, never the members'.

pub(crate) mod folder;
pub(crate) mod next_look;

use std::path::Path;

use hearth_practices::{
    Answer, Attention, Message, MessageKey, Outgoing, RoomId, Shared, To, Words,
    boards::{self, NextMeeting},
    report::{Board, Experiment},
};
use hearth_reports::{Summary, Upcoming};
use hearth_shared::{month::Month, report::Report};
use jiff::{Timestamp, tz::TimeZone};
use tracing::{info, warn};

use self::{
    folder::{folder_name, folder_of},
    next_look::NextLook,
};
use crate::{
    core::Core,
    engine::{CommunityNumber, Served, UnitOfWork},
    sending::Answered,
    store::{Commit, NewOutboxItem, OutboxItem, StoreError},
};

/// A report that is due.
#[derive(Debug)]
pub struct ReportDue {
    pub(crate) number: CommunityNumber,
    pub(crate) community: String,
    title: String,
    pub(crate) month: Month,
    pub(crate) zone: String,
    pub(crate) words: &'static Words,
    /// What commands begin with.
    prefix: String,
    /// What the leads are trying.
    pub(crate) experiment: Option<Experiment>,
    leads: RoomId,
    /// What became of it before: nobody hears twice of a failure, or of a report that is made again.
    before: Before,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Failed,
    Posted,
}

/// The first community whose last complete month has not been reported.
pub(crate) fn due(core: &mut Core, now: Timestamp) -> Option<ReportDue> {
    if !core.next_look.has_come(now) {
        return None;
    }
    let due = look(core, now);
    if due.is_none() {
        // A month ends, and one that failed is tried again, when a day begins.
        let tomorrow =
            |zone: &TimeZone| now.to_zoned(zone.clone()).tomorrow()?.start_of_day().map(|day| day.timestamp());
        let days = core.engine.communities().filter_map(|(_, served)| tomorrow(&served.community.zone).ok());
        core.next_look = NextLook::at(days.min().unwrap_or(Timestamp::MAX));
    }
    due
}

/// One that has leads to tell, and something in its log from before the month's end. A month that failed is tried again
/// the next day.
fn look(core: &Core, now: Timestamp) -> Option<ReportDue> {
    core.engine.communities().find_map(|(number, Served { name, words, community })| {
        let leads = community.leads.clone()?;
        let last = Month::of(now, &community.zone).previous()?;
        let stale = core.store.stale_report(name).ok().flatten();
        let (month, before) = match core.store.report(name, &last.to_string()) {
            Ok(None) => (last, Before::Nothing),
            Ok(Some(outcome)) if outcome.starts_with("failed") && outcome != failed_on(now, community) => {
                (last, Before::Failed)
            }
            Ok(Some(_)) => (stale?, Before::Posted),
            Err(_) => return None,
        };
        let (_, end) = month.bounds(&community.zone);
        if !core.log.reaches_before(number, end).unwrap_or(false) {
            return None;
        }
        let zone = community.zone.iana_name().unwrap_or("UTC").to_owned();
        let experiment = core.engine.board::<Board>(number).experiment;
        let (prefix, title) = (community.prefix.clone(), community.name.clone());
        let community = name.to_owned();
        Some(ReportDue { number, community, title, month, zone, words, prefix, experiment, leads, before })
    })
}

fn failed_on(now: Timestamp, community: &hearth_practices::Community) -> String {
    format!("failed {}", now.to_zoned(community.zone.clone()).date())
}

/// Tells the leads of a report, and where its page is.
pub(crate) fn told(core: &Core, due: &ReportDue, report: &Report, folder: &Path) -> UnitOfWork {
    let summary = hearth_reports::room_summary(report, due.words.tag());
    let path = folder.join("index.html");
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
    let items = match due.before {
        Before::Posted => Vec::new(),
        Before::Nothing | Before::Failed => vec![one_message(&due.leads, key, text, &summary, folder), page],
    };
    unit(core, due, items, "posted".to_owned())
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
    let items =
        if due.before == Before::Nothing { vec![OutboxItem::Send(Outgoing::Message(message))] } else { Vec::new() };
    let community = core.engine.community(due.number).map(|served| served.community.clone());
    let outcome = match due.before {
        Before::Posted => "stale".to_owned(),
        _ => community.map_or_else(|| "failed".to_owned(), |community| failed_on(now, &community)),
    };
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

#[cfg(test)]
mod tests {
    use hearth_reports::RoomPicture;

    use super::*;
    use crate::stage::Stage;

    #[test]
    fn a_report_is_looked_for_when_a_day_begins_and_when_something_has_changed() {
        let mut stage = Stage::new(&[("Guild", &["lobby", "leads"])]);
        stage.comes_to("lobby", &["ana", "lea"]);
        stage.comes_to("leads", &["lea"]);
        let look = |stage: &mut Stage| due(&mut stage.core, stage.now).map(|due| due.month.to_string());
        let waits = |stage: &Stage| !stage.core.next_look.has_come(stage.now);
        assert_eq!(look(&mut stage), None, "there are no leads to tell");
        assert!(waits(&stage));
        stage.says("lea", "leads", "!hearth settings leads-room here");
        assert!(!waits(&stage), "a setting has changed");
        assert_eq!(look(&mut stage), None, "nothing is in the log from before this month");
        // A whole day of talk later it has not been looked again.
        for _ in 0..14 {
            stage.passes(jiff::SignedDuration::from_hours(1));
            stage.says("ana", "lobby", "good morning");
            assert!(waits(&stage));
        }
        stage.now = "2026-11-01T00:00:00Z".parse().unwrap();
        assert_eq!(look(&mut stage).as_deref(), Some("2026-10"));
        assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "until something became of it");
        let failed = vec![("Guild".to_owned(), "2026-10".to_owned(), "failed 2026-11-01".to_owned())];
        stage.finish(UnitOfWork { commit: Commit { reports: failed, ..Commit::default() }, ..UnitOfWork::default() });
        assert_eq!(look(&mut stage), None);
        assert!(waits(&stage));
        stage.now = "2026-11-02T00:00:00Z".parse().unwrap();
        assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "what failed is tried again the next day");
        let posted = vec![("Guild".to_owned(), "2026-10".to_owned(), "posted".to_owned())];
        stage.finish(UnitOfWork { commit: Commit { reports: posted, ..Commit::default() }, ..UnitOfWork::default() });
        assert_eq!(look(&mut stage), None);
        stage.finish(UnitOfWork {
            commit: Commit { stale_reports: true, ..Commit::default() },
            ..UnitOfWork::default()
        });
        assert_eq!(look(&mut stage).as_deref(), Some("2026-10"), "something was erased");
    }

    #[test]
    fn a_report_is_one_message_in_the_timeline() {
        let folder = tempfile::tempdir().unwrap();
        let shown = |picture: Option<RoomPicture>| {
            let summary = Summary { markdown: "**October**".to_owned(), picture };
            let room = RoomId::from("!leads:t");
            match one_message(&room, MessageKey::from("report"), "**October**".to_owned(), &summary, folder.path()) {
                OutboxItem::Attachment { path, name, words, key, beside, .. } => {
                    assert!(words.is_some() && key.is_some() && beside.is_none());
                    (path.rsplit('/').next().unwrap().to_owned(), name)
                }
                item => (item.key().unwrap().to_string(), String::new()),
            }
        };
        let row = |file: &str, name: &str| (file.to_owned(), name.to_owned());
        let picture =
            || RoomPicture { file: "leads.room.png", instead: "activity.png".to_owned(), alt: "34 wrote".to_owned() };
        assert_eq!(shown(Some(picture())), row("activity.png", "activity.png"), "an earlier Hearth made this report");
        std::fs::write(folder.path().join("leads.room.png"), "x").unwrap();
        assert_eq!(shown(Some(picture())), row("leads.room.png", "leads.png"));
        assert_eq!(shown(None), row("report", ""), "there is nothing to draw");
    }

    #[test]
    fn a_report_has_the_same_transaction_ids_after_a_community_before_it_was_given_up() {
        let mut stage = Stage::new(&[("Choir", &["choir"]), ("Guild", &["lobby", "leads"])]);
        stage.comes_to("lobby", &["ana", "lea"]);
        stage.comes_to("leads", &["lea"]);
        stage.says("lea", "leads", "!hearth settings leads-room here");
        stage.now = "2026-11-01T00:00:00Z".parse().unwrap();
        let told = |stage: &mut Stage| {
            let due = due(&mut stage.core, stage.now).unwrap();
            let message = Message::new(To::Room(due.leads.clone()), Attention::Prompt, "October");
            let unit = unit(&stage.core, &due, vec![OutboxItem::Send(Outgoing::Message(message))], "posted".to_owned());
            unit.commit.items.into_iter().map(|item| item.txn).collect::<Vec<_>>()
        };
        let before = told(&mut stage);
        let mut stage = stage.stop().start(|config| {
            config.communities.retain(|community| community.name != "Choir");
            config.retired = vec!["Choir".to_owned()];
        });
        assert_eq!(told(&mut stage), before);
    }
}

//! What a log line is about: the unit of work, the item of the outbox or the report during which it was written.
//!
//! Spans hold nothing that says who did what: an event is named by the keyed hash that `bot.db` has for it, an item by its
//! row.

use hearth_shared::month::Month;
use tracing::{Span, info_span};

use crate::sending::desk::Errand;

/// What a sync brought: how many rooms it told of.
pub(crate) fn batch(rooms: usize) -> Span {
    info_span!("batch", rooms)
}

/// An event, by the beginning of its name in the table `handled`.
pub(crate) fn event(name: &str) -> Span {
    info_span!("event", name = name.get(..8))
}

/// The time has come for something.
pub(crate) fn tick() -> Span {
    info_span!("tick")
}

/// Something that is sent or asked for.
pub(crate) fn errand(errand: &Errand) -> Span {
    match errand {
        Errand::Send(due) => info_span!("send", row = due.id, community = due.community, practice = due.practice),
        Errand::MakeRoom(_) => info_span!("make_room"),
        Errand::Join => info_span!("join"),
    }
}

/// A month's report.
pub(crate) fn report(community: &str, month: Month) -> Span {
    info_span!("report", community, month = %month)
}

#[cfg(test)]
mod tests {
    use tracing::warn;

    use super::*;
    use crate::{
        logging::captured,
        sending::{Refused, desk::Desk},
        stage::{Stage, user},
        store::{Due, OutboxItem},
    };

    fn stage() -> Stage {
        let mut stage = Stage::new(&[("Guild", &["lobby"])]);
        stage.comes_to("lobby", &["ana", "lea"]);
        stage.direct("ana");
        stage
    }

    fn send(id: i64) -> Errand {
        Errand::Send(Box::new(Due {
            id,
            txn: "txn".to_owned(),
            community: "Guild".to_owned(),
            practice: "privacy".to_owned(),
            lane: "!direct-ana:t".to_owned(),
            attention: hearth_practices::Attention::Answer,
            expires: None,
            item: OutboxItem::ForgetDirect { person: user("ana") },
            attempts: 0,
        }))
    }

    #[test]
    fn a_line_about_something_sent_says_which_row_it_is_and_names_nobody() {
        let mut stage = stage();
        let (errand, now) = (send(7), stage.now);
        let refused = Refused::never("PUT /rooms/%40ana%3At failed");
        let log = captured(|| {
            stage.core.settle(&mut Desk::new(), &errand, &Err(refused), now).unwrap();
        });
        let line = log.lines().find(|line| line.contains("is given up")).unwrap_or_else(|| panic!("{log}"));
        assert!(line.contains("send{row=7 community=\"Guild\" practice=\"privacy\"}: a message of "), "{line}");
        assert!(line.contains("@…") && !log.contains("ana"), "{log}");
    }

    #[test]
    fn a_line_about_an_event_is_found_by_its_hash_and_gives_no_id() {
        let mut stage = stage();
        let damage = "UPDATE direct SET room = CAST(x'21ff' AS TEXT)";
        rusqlite::Connection::open(stage.file("bot.db")).unwrap().execute(damage, ()).unwrap();
        let log = captured(|| {
            stage.tells("ana", "help");
        });
        let handled = "SELECT count(*) FROM handled WHERE substr(event, 1, 8) = ";
        let line = log.lines().find(|line| line.contains("table direct is set aside")).unwrap();
        let (_, name) = line.split_once("event{name=\"").unwrap();
        let (name, _) = name.split_once("\"}").unwrap();
        assert_eq!(stage.count("bot.db", &format!("{handled}'{name}'")), 1, "{line}");
        assert!(!log.contains("ana") && !log.contains('$') && !log.contains("!direct"), "{log}");
    }

    #[test]
    fn whoever_a_span_names_by_mistake_is_masked_like_in_any_line() {
        let log = captured(|| {
            let _batch = batch(2).entered();
            let _by_mistake = info_span!("send", to = "@ana:example.org", room = %user("ben")).entered();
            warn!("refused for @cem:t");
        });
        assert!(log.contains("batch{rooms=2}:send{to=\"@…\" room=@…}: refused for @…"), "{log}");
    }
}

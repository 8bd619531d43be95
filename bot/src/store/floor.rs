//! Who was last asked something, and by whom: what somebody says in their direct room without pointing at anything
//! answers that, and is for its community.

use hearth_core::engine::{Floor, Parcel, Posted};
use hearth_practices::{Attention, EventId, Message, MessageKey, Outgoing, To, UserId};
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, params};

use super::{error::StoreError, opened::Store, rows};

/// How long a question stands that nobody has answered: a day later people have something else in mind, and name the
/// community or the message that they mean.
pub const FLOOR_FOR: SignedDuration = SignedDuration::from_hours(24);

const COLUMNS: &str = "person, community, practice, key, event, at";

/// Whether what is sent asks one person something: it goes to them alone and wants to be noticed, and either its practice
/// has a name for it, by which it knows the answer, or it is a nudge. A welcome asks nothing.
pub(super) fn asks(parcel: &Parcel) -> bool {
    match parcel {
        Parcel::Send(Outgoing::Message(Message { to: To::Person(_), attention, key, .. })) => match attention {
            Attention::Nudge { .. } => true,
            Attention::Prompt => key.is_some(),
            Attention::Answer | Attention::Sign | Attention::Housekeeping => false,
        },
        Parcel::Send(Outgoing::AskPerson { .. }) => true,
        _ => false,
    }
}

/// Notes that somebody was asked something.
pub(super) fn note(
    db: &Connection,
    person: &str,
    (community, practice, key): (&str, &str, Option<&str>),
    posted: &Posted,
    at: Timestamp,
) -> rusqlite::Result<()> {
    db.prepare_cached(
        "INSERT INTO floor VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET
         community = ?2, practice = ?3, key = ?4, event = ?5, at = ?6 WHERE at <= ?6",
    )?
    .execute(params![person, community, practice, key, posted.event.as_str(), at.as_millisecond()])?;
    Ok(())
}

/// Takes out what nobody will answer any more.
pub(super) fn prune(db: &Connection, now: Timestamp) -> rusqlite::Result<()> {
    // What was said long ago may only be read today.
    let before = now.saturating_sub(FLOOR_FOR * 3).unwrap_or(Timestamp::UNIX_EPOCH);
    db.execute("DELETE FROM floor WHERE at < ?1", [before.as_millisecond()])?;
    Ok(())
}

impl Store {
    /// What somebody was last asked, if they may be answering it at this time.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn floor(&self, person: &UserId, said: Timestamp) -> Result<Option<Floor>, StoreError> {
        let after = said.saturating_sub(FLOOR_FOR).unwrap_or(Timestamp::UNIX_EPOCH);
        let which = params![person.as_str(), after.as_millisecond()];
        let found = rows::read(&self.db, "floor", COLUMNS, "WHERE person = ?1 AND at > ?2", which, |row| {
            row.get::<_, String>(0)?;
            Ok(Floor {
                community: row.get(1)?,
                practice: row.get(2)?,
                key: row.get::<_, Option<String>>(3)?.map(MessageKey::from),
                event: EventId::from(row.get::<_, String>(4)?),
                at: Timestamp::from_millisecond(row.get(5)?).unwrap_or(Timestamp::UNIX_EPOCH),
            })
        });
        Ok(found?.pop())
    }

    /// The practice that last asked somebody something in a community, and when, for their own eyes.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn last_asked(&self, community: &str, person: &UserId) -> Result<Option<serde_json::Value>, StoreError> {
        let which = [community, person.as_str()];
        let found = rows::read(&self.db, "floor", COLUMNS, "WHERE community = ?1 AND person = ?2", which, |row| {
            let at = Timestamp::from_millisecond(row.get(5)?).unwrap_or(Timestamp::UNIX_EPOCH);
            Ok(serde_json::json!({"by": row.get::<_, String>(2)?, "at": at.to_string()}))
        });
        Ok(found?.pop())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nudge_asks_something_and_a_welcome_an_answer_or_a_word_to_a_room_does_not() {
        let until = Timestamp::MAX;
        let is_asked = |to: To, attention: Attention, key: Option<&str>| {
            let message = Message::new(to, attention, "hi");
            let message = key.into_iter().fold(message, |message, key| message.keyed(key));
            asks(&Parcel::Send(Outgoing::Message(message)))
        };
        let ana = || To::Person(UserId::from("@ana:t"));
        assert!(is_asked(ana(), Attention::Nudge { until }, None));
        assert!(is_asked(ana(), Attention::Prompt, Some("card")));
        assert!(!is_asked(ana(), Attention::Prompt, None), "a welcome");
        assert!(!is_asked(ana(), Attention::Answer, Some("card")));
        assert!(!is_asked(To::Room("!a:t".into()), Attention::Nudge { until }, Some("card")));
    }
}

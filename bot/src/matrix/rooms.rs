//! What the bot knows about rooms: their names and sizes, who may do what, whose direct room is whose, and which
//! invitations it accepts. Authority is read from the room's state at the moment of asking, never from a timeline.

use std::{
    collections::HashMap,
    sync::{MutexGuard, PoisonError},
    time::Duration,
};

use hearth_practices::{EventId, RoomId, UserId};
use jiff::Timestamp;
use matrix_sdk::{
    Room, RoomMemberships, RoomState,
    deserialized_responses::RawAnySyncOrStrippedState,
    ruma::{
        Int, OwnedEventId, OwnedRoomId, OwnedUserId,
        api::client::room::get_room_event,
        events::{
            MessageLikeEventType, StateEventType,
            room::{
                join_rules::{AllowRule, JoinRule},
                member::MembershipState,
                power_levels::UserPowerLevel,
            },
        },
    },
};
use tokio::{task::JoinSet, time::error::Elapsed};
use tracing::{info, warn};

use super::{
    Matrix,
    backoff::{Backoff, asked},
    invitation::Invitation,
    joins::{self, Became, Following},
};
use crate::{
    config::Config,
    core::Question,
    engine::{Authority, Entry, Membership},
    incoming::{self, What},
    sending::{Class, NotNow, Refusal, Refused},
};

/// The state event by which the bot finds the direct room that it made for somebody, whatever was lost.
pub const DIRECT: &str = "org.hearth.direct";

/// What became of a join, if anything did in time.
pub(super) type Joining<T> = Result<matrix_sdk::Result<T>, Elapsed>;

/// How many rooms are joined at once.
const JOINS_AT_ONCE: usize = 8;

/// How long a join may take before the next invitation has its turn. The homeserver may still finish it.
pub(super) const JOIN_TAKES: Duration = Duration::from_secs(30);

/// The power level from which somebody leads: a moderator's.
const LEAD: i64 = 50;

impl Matrix {
    /// The SDK's room.
    pub(crate) fn room(&self, room: &RoomId) -> Option<Room> {
        self.client.get_room(&OwnedRoomId::try_from(room.as_str()).ok()?)
    }

    /// Who is in a room now, or `None` where that cannot be read. Whoever asks again asks less often each time.
    pub async fn people(&self, room: &RoomId, now: Timestamp) -> Option<Vec<UserId>> {
        let name = format!("people {room}");
        if !self.backoff().is_due(&name, now) {
            return None;
        }
        match self.joined_room(room)?.members(RoomMemberships::JOIN).await {
            Ok(members) => {
                self.backoff().done(&name);
                Some(members.iter().map(|member| UserId::from(member.user_id())).collect())
            }
            Err(error) => {
                let mut backoff = self.backoff();
                if !backoff.waits(&name) {
                    warn!("who is in a room could not be read, will try again: {error}");
                }
                backoff.failed(&name, now, asked(error.client_api_error_kind()));
                None
            }
        }
    }

    pub(super) fn backoff(&self) -> MutexGuard<'_, Backoff> {
        self.backoff.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The rooms that the bot is in.
    pub fn joined_rooms(&self) -> Vec<RoomId> {
        let without = self.without();
        let rooms = self.client.joined_rooms().into_iter().filter(|room| !without.contains(room.room_id()));
        rooms.map(|room| RoomId::from(room.room_id())).collect()
    }

    /// What a room is now.
    pub async fn membership(&self, room: &RoomId, known_direct: Option<UserId>, now: Timestamp) -> Membership {
        let Some(found) = self.room(room) else { return Membership { direct: known_direct, ..Membership::default() } };
        let name = found.name().or_else(|| found.canonical_alias().map(|alias| alias.to_string()));
        let direct = match known_direct {
            Some(person) => Some(person),
            None => self.direct_of(&found).await,
        };
        Membership {
            direct,
            name: name.unwrap_or_else(|| room.to_string()),
            people: self.count(&found, now).await,
            entry: self.entry(&found),
            space: found.is_space(),
            moderated: is_moderated(&found).await,
        }
    }

    /// How many people are in a room, the bot not counted. The homeserver's summary says it, but comes with changes of
    /// membership only, and so may not have come yet.
    async fn count(&self, room: &Room, now: Timestamp) -> Option<u64> {
        let others = room.joined_members_count().saturating_sub(1);
        if others > 0 {
            return Some(others);
        }
        let people = self.people(&RoomId::from(room.room_id().as_str()), now).await?;
        Some(u64::try_from(people.len()).unwrap_or_default().saturating_sub(1))
    }

    /// The person whose direct room this is: by the bot's own mark, or because they invited it to one.
    async fn direct_of(&self, room: &Room) -> Option<UserId> {
        if let Some(person) = marked(room).await {
            return Some(person);
        }
        if room.active_members_count() > 2 {
            return None;
        }
        if let Some(Invitation { by, direct: true }) = self.invitation(room).await {
            return Some(by);
        }
        let targets = room.direct_targets();
        let person = targets.iter().next()?.as_str();
        (targets.len() == 1).then(|| UserId::from(person))
    }

    /// The SDK's room, if the bot is in it. What the SDK still knows of rooms that the bot has left grants nothing.
    pub(super) fn joined_room(&self, room: &RoomId) -> Option<Room> {
        self.room(room).filter(|room| room.state() == RoomState::Joined && !self.without().contains(room.room_id()))
    }

    /// What somebody is and may do, now: in the communities that what they say in a room may concern.
    pub async fn authority(&self, config: &Config, question: &Question) -> Authority {
        let Question { who, room, concerned, named, edits } = question;
        let Ok(user) = OwnedUserId::try_from(who.as_str()) else { return Authority::default() };
        let mut authority = Authority::default();
        if let Some(here) = self.joined_room(room) {
            authority.may_redact = here.power_levels_or_default().await.user_can_redact_event_of_other(&user);
        }
        let always = config.leads.iter().any(|lead| lead == who.as_str());
        for one in concerned {
            let mut rooms = Vec::new();
            for room in &one.rooms {
                if self.is_in(&user, room).await {
                    rooms.push(room.clone());
                }
            }
            if one.rooms.contains(room) || !rooms.is_empty() {
                authority.communities.push(one.community);
            }
            authority.rooms.extend(rooms);
            if always || self.leads_one(&user, &one.led_from).await {
                authority.leads.push(one.community);
            }
        }
        for other in named {
            let Ok(other_id) = OwnedUserId::try_from(other.as_str()) else { continue };
            let here = concerned.iter().any(|one| one.rooms.contains(room));
            let anywhere = concerned.iter().flat_map(|one| &one.rooms);
            let rooms: Vec<&RoomId> = if here { vec![room] } else { anywhere.collect() };
            for room in rooms {
                if self.is_in(&other_id, room).await {
                    authority.named.insert(other.clone());
                    break;
                }
            }
        }
        if let Some(edited) = edits {
            authority.edits_own = self.wrote(&user, room, edited).await;
        }
        authority
    }

    /// Whether a message is somebody's own. The homeserver lets anybody send an edit of anything, and leaves it to
    /// readers to look.
    async fn wrote(&self, user: &OwnedUserId, room: &RoomId, message: &EventId) -> bool {
        let (Some(room), Ok(message)) = (self.joined_room(room), OwnedEventId::try_from(message.as_str())) else {
            return false;
        };
        let request = get_room_event::v3::Request::new(room.room_id().to_owned(), message);
        let event = self.client.send(request).await.ok();
        event.and_then(|found| found.event.get_field::<OwnedUserId>("sender").ok().flatten()).as_ref() == Some(user)
    }

    async fn is_in(&self, user: &OwnedUserId, room: &RoomId) -> bool {
        let Some(room) = self.joined_room(room) else { return false };
        let member = room.get_member(user).await.ok().flatten();
        member.is_some_and(|member| *member.membership() == MembershipState::Join)
    }

    /// A moderator who has left leads nothing, whatever the power levels still say; nor does anybody from a room that
    /// was closed in favour of another.
    async fn leads_one(&self, user: &OwnedUserId, rooms: &[RoomId]) -> bool {
        for id in rooms {
            let Some(room) = self.joined_room(id).filter(|room| !room.is_tombstoned()) else { continue };
            if is_lead(&room.power_levels_or_default().await.for_user(user)) && self.is_in(user, id).await {
                return true;
            }
        }
        false
    }

    /// Who may come into a room by themselves.
    fn entry(&self, room: &Room) -> Entry {
        match room.join_rule() {
            Some(JoinRule::Public) => Entry::Open,
            Some(JoinRule::Restricted(rule) | JoinRule::KnockRestricted(rule)) => {
                let allowed = rule.allow.iter().filter_map(|rule| match rule {
                    AllowRule::RoomMembership(room) => Some(room.room_id.clone()),
                    _ => None,
                });
                let mut through = Vec::new();
                for id in allowed {
                    let public =
                        self.client.get_room(&id).is_some_and(|room| room.join_rule() == Some(JoinRule::Public));
                    if public {
                        return Entry::Open;
                    }
                    through.push(RoomId::from(id.as_str()));
                }
                Entry::Through(through)
            }
            _ => Entry::Closed,
        }
    }

    /// The bridges that say of themselves that they serve a room (MSC2346).
    pub async fn bridges(&self, room: &RoomId) -> Vec<UserId> {
        let Some(found) = self.joined_room(room) else { return Vec::new() };
        let mut bridges = Vec::new();
        for kind in ["m.bridge", "uk.half-shot.bridge"] {
            let events = found.get_state_events(StateEventType::from(kind)).await.unwrap_or_default();
            let says = events.iter().filter_map(|event| match event {
                RawAnySyncOrStrippedState::Sync(event) => incoming::read(event.json().get(), false).ok(),
                RawAnySyncOrStrippedState::Stripped(_) => None,
            });
            bridges.extend(says.filter(|event| event.what == What::Bridge).map(|event| event.sender));
        }
        bridges
    }

    /// The direct rooms that the bot once made for somebody, by their marks: more than one only where somebody else
    /// came into the first.
    pub async fn find_direct(&self, person: &UserId) -> Vec<RoomId> {
        let mut found = Vec::new();
        for room in self.client.joined_rooms() {
            if !room.is_tombstoned() && marked(&room).await.as_ref() == Some(person) {
                found.push(RoomId::from(room.room_id()));
            }
        }
        found
    }

    /// Accepts what invitations the operator allows. Whoever is not allowed gets no answer at all.
    ///
    /// They are joined beside each other; one that fails is left alone for a while, longer each time. Where the homeserver
    /// limits joins, they wait, and go one by one: see [`Self::join_next`].
    pub async fn accept_invitations(&self, config: &Config, now: Timestamp) {
        let mut joining: JoinSet<(String, Joining<()>)> = JoinSet::new();
        let at_once = if self.joins_wait() { 1 } else { JOINS_AT_ONCE };
        for (name, room) in self.allowed_invitations(config, now).await {
            if joins::limited_until(&self.backoff()).is_some_and(|until| now < until) {
                break;
            }
            joining.spawn(async move { (name, tokio::time::timeout(JOIN_TAKES, room.join()).await) });
            if joining.len() >= at_once
                && let Some(Ok((name, outcome))) = joining.join_next().await
            {
                let (became, _) = self.told(&name, &outcome, now);
                joins::note(&mut self.backoff(), &name, became, now);
            }
        }
        while let Some(joined) = joining.join_next().await {
            if let Ok((name, outcome)) = joined {
                let (became, _) = self.told(&name, &outcome, now);
                joins::note(&mut self.backoff(), &name, became, now);
            }
        }
    }

    /// Whether joins wait because the homeserver limits them.
    pub fn joins_wait(&self) -> bool {
        self.joins_from().is_some()
    }

    /// From when they may be tried again.
    pub fn joins_from(&self) -> Option<Timestamp> {
        joins::limited_until(&self.backoff())
    }

    /// Joins one room of those that wait: first what replaced a room, in which many wait, then what the bot is invited to.
    ///
    /// # Errors
    /// [`Refused`] where the homeserver still limits joins.
    pub async fn join_next(&self, config: &Config, now: Timestamp) -> Result<(), Refused> {
        let mut waiting = self.allowed_invitations(config, now).await.into_iter();
        let replaced = self.following().next();
        if let Some(followed) = replaced {
            let join = async { self.client.join_room_by_id_or_alias(&followed.0, &followed.1).await.map(drop) };
            let outcome = tokio::time::timeout(JOIN_TAKES, join).await;
            let (became, message) = self.told(&joins::name_of(&followed.0), &outcome, now);
            self.following().note(&mut self.backoff(), followed, became, now);
            refused(became, message)?;
        } else if let Some((name, room)) = waiting.next() {
            let outcome = tokio::time::timeout(JOIN_TAKES, room.join()).await;
            let (became, message) = self.told(&name, &outcome, now);
            joins::note(&mut self.backoff(), &name, became, now);
            refused(became, message)?;
        }
        let is_invited = waiting.next().is_some();
        self.following().ends(&mut self.backoff(), is_invited);
        Ok(())
    }

    /// What invitations may be accepted now, each with what its backoff is known by.
    async fn allowed_invitations(&self, config: &Config, now: Timestamp) -> Vec<(String, Room)> {
        let mut allowed = Vec::new();
        for room in self.client.invited_rooms() {
            let Ok(invite) = room.invite_details().await else { continue };
            let name = format!("join {}", room.room_id());
            if !self.may_invite(config, &invite.inviter_id).await || !self.backoff().is_due(&name, now) {
                continue;
            }
            // Known before the room is: the SDK writes it down only when it has joined, and the room may come first.
            let direct = room.is_direct().await.unwrap_or(false);
            let invitation = Invitation { by: UserId::from(&invite.inviter_id), direct };
            self.invited().insert(room.room_id().to_owned(), invitation);
            allowed.push((name, room));
        }
        // Somebody waits in a direct room.
        allowed.sort_by_cached_key(|(_, room)| !self.invited().get(room.room_id()).is_some_and(|known| known.direct));
        allowed
    }

    /// Who invited the bot to a room.
    pub async fn inviter(&self, room: &RoomId) -> Option<UserId> {
        Some(self.invitation(&self.room(room)?).await?.by)
    }

    /// The invitation by which the bot came to a room: accepted in this run, or as the homeserver says beside the bot's
    /// own membership. A crash between joining and knowing what was joined must not lose it.
    async fn invitation(&self, room: &Room) -> Option<Invitation> {
        let known = self.invited().get(room.room_id()).cloned();
        if known.is_some() {
            return known;
        }
        let event = room.get_state_event(StateEventType::RoomMember, self.me.as_str()).await.ok()??;
        let state: serde_json::Value = serde_json::from_str(json_of(&event)).ok()?;
        invitation_in(state.get("unsigned")?)
    }

    /// What became of a join, and in which words, which the operator reads the first time.
    pub(super) fn told<T>(&self, name: &str, outcome: &Joining<T>, now: Timestamp) -> (Became, String) {
        let (answer, message) = match outcome {
            Ok(Ok(_)) => (Ok(()), String::new()),
            Ok(Err(error)) => (Err(error.client_api_error_kind()), error.to_string()),
            Err(elapsed) => (Err(None), elapsed.to_string()),
        };
        let became = joins::became(answer, now);
        let is_news = match became {
            Became::In => {
                info!("joined a room");
                false
            }
            Became::Limited(_) => !self.joins_wait(),
            Became::Later(_) | Became::Refused => !self.backoff().waits(name),
        };
        if is_news {
            warn!("could not join a room, will try again: {message}");
        }
        (became, message)
    }

    pub(super) fn following(&self) -> MutexGuard<'_, Following> {
        self.following.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn invited(&self) -> MutexGuard<'_, HashMap<OwnedRoomId, Invitation>> {
        self.invited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn may_invite(&self, config: &Config, inviter: &OwnedUserId) -> bool {
        let server = inviter.server_name().as_str();
        if server == config.server() || config.invites_from.iter().any(|listed| listed == server) {
            return true;
        }
        for space in config.invites_from_spaces.iter().filter_map(|space| self.room(&RoomId::from(space))) {
            let member = space.members(RoomMemberships::JOIN).await.unwrap_or_default();
            if member.iter().any(|member| member.user_id() == inviter) {
                return true;
            }
        }
        false
    }
}

/// The refusal, where the homeserver limits joins.
fn refused(became: Became, message: String) -> Result<(), Refused> {
    match became {
        Became::Limited(asked) => {
            Err(Refused::new(Refusal::NotNow(NotNow::Limited(Some(asked))), Class::Join, message))
        }
        Became::In | Became::Later(_) | Became::Refused => Ok(()),
    }
}

/// Whether only moderators may write in a room.
async fn is_moderated(room: &Room) -> bool {
    let levels = room.power_levels_or_default().await;
    let message = match room.encryption_state().is_encrypted() {
        true => MessageLikeEventType::RoomEncrypted,
        false => MessageLikeEventType::RoomMessage,
    };
    let needed = levels.for_message(message);
    needed >= Int::new_saturating(LEAD) && levels.users_default < needed
}

pub(super) fn is_lead(level: &UserPowerLevel) -> bool {
    match level {
        UserPowerLevel::Infinite => true,
        UserPowerLevel::Int(level) => *level >= Int::new_saturating(LEAD),
        _ => false,
    }
}

fn json_of(event: &RawAnySyncOrStrippedState) -> &str {
    match event {
        RawAnySyncOrStrippedState::Sync(event) => event.json().get(),
        RawAnySyncOrStrippedState::Stripped(event) => event.json().get(),
    }
}

/// The invitation that came before a join, in what the homeserver says beside it.
fn invitation_in(unsigned: &serde_json::Value) -> Option<Invitation> {
    let before = unsigned.get("prev_content")?;
    if before.get("membership")?.as_str()? != "invite" {
        return None;
    }
    let direct = before.get("is_direct").and_then(serde_json::Value::as_bool).unwrap_or(false);
    Some(Invitation { by: UserId::from(unsigned.get("prev_sender")?.as_str()?), direct })
}

async fn marked(room: &Room) -> Option<UserId> {
    let event = room.get_state_event(StateEventType::from(DIRECT), "").await.ok()??;
    let state: serde_json::Value = serde_json::from_str(json_of(&event)).ok()?;
    // Only the bot's own mark counts.
    (state.get("sender")?.as_str()? == room.own_user_id().as_str())
        .then(|| state.get("content")?.get("person")?.as_str().map(UserId::from))
        .flatten()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_invitation_is_known_from_the_join_that_followed_it() {
        let unsigned = |membership: &str, direct: bool| json!({"prev_sender": "@ana:t", "prev_content": {"membership": membership, "is_direct": direct}});
        let invitation = invitation_in(&unsigned("invite", true)).unwrap();
        assert_eq!((invitation.by, invitation.direct), (UserId::from("@ana:t"), true));
        assert!(!invitation_in(&unsigned("invite", false)).unwrap().direct);
        assert!(invitation_in(&unsigned("leave", true)).is_none(), "whoever removed the bot invited nobody");
        assert!(invitation_in(&json!({"age": 7})).is_none());
    }
}

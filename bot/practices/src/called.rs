//! Whom people may mean who name somebody without an `@`. It is for questions, and decides nothing: who is there, is
//! remembered, and what somebody is called may be any word.

use crate::{RoomId, UserId, World};

/// How many are offered at most.
const MOST: usize = 3;

/// The people in a room whose ids begin with this name.
pub(crate) fn called(ctx: &World, room: &RoomId, written: &str) -> Vec<UserId> {
    let name = written.trim().trim_end_matches([',', ':', '.', '!']).trim_start_matches('@');
    let fits = |who: &&UserId| who.localpart().eq_ignore_ascii_case(name);
    ctx.community.people_in(room).map(|(who, _)| who).filter(fits).take(MOST).cloned().collect()
}

/// A whole id to show how somebody is named: of whom was perhaps meant, or else of nobody.
pub(crate) fn example(ctx: &World, room: &RoomId, written: &str) -> String {
    match called(ctx, room, written).as_slice() {
        [only] => only.to_string(),
        _ => "@ana:example.org".to_owned(),
    }
}

//! What other practices see of actions: those that are open.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::text;
use crate::{
    RoomId, UserId, Words,
    practice::Board,
    words::{escape, pill},
};

/// An open action.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct OpenAction {
    /// Its number in the community.
    pub number: u32,
    /// What is to be done.
    pub what: String,
    /// By whom, if somebody has taken it on.
    pub who: Option<UserId>,
    /// By when.
    pub due: Option<Date>,
    /// The meeting or retrospective in which it was agreed, by its name in the log.
    pub from: Option<String>,
    /// The room in which it was agreed.
    pub room: RoomId,
}

#[derive(Debug, Default, Deserialize)]
struct Actions {
    open: Vec<OpenAction>,
}

/// All open actions, by number.
pub fn open(board: &Board) -> Vec<OpenAction> {
    board.read::<Actions>("actions").unwrap_or_default().open
}

impl OpenAction {
    /// `- **4** · book the room · ana · by Friday, 20 November`
    pub fn line(&self, words: &Words, today: Date) -> String {
        let who = self.who.as_ref().map_or_else(|| words.actions_nobody(), pill);
        let mut parts = vec![format!("- **{}**", self.number), escape(&self.what), who];
        parts.extend(self.due.map(|due| text::due(words, today, due)));
        parts.join(" · ")
    }
}

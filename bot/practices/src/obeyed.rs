//! Commands that were obeyed lately, so that none is obeyed twice.

use serde::{Deserialize, Serialize};

use crate::{EventId, forget};

/// How many are remembered.
const MOST: usize = 40;

/// The commands that were obeyed last, the latest last.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Obeyed(Vec<EventId>);

forget!(Obeyed; 0);

impl Obeyed {
    /// Whether a command was obeyed, and is only told again.
    pub fn has(&self, command: &EventId) -> bool {
        self.0.contains(command)
    }

    /// Remembers a command. `false` where it was obeyed before.
    pub fn note(&mut self, command: &EventId) -> bool {
        if self.has(command) {
            return false;
        }
        self.0.push(command.clone());
        let old = self.0.len().saturating_sub(MOST);
        self.0.drain(..old);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_obeyed_once_and_the_oldest_go_first() {
        let mut obeyed: Obeyed = serde_json::from_str(r#"["$0"]"#).unwrap();
        assert!(!obeyed.note(&"$0".into()));
        for number in 1..=MOST {
            assert!(obeyed.note(&format!("${number}").into()));
        }
        assert!(!obeyed.has(&"$0".into()) && obeyed.has(&"$1".into()));
    }
}

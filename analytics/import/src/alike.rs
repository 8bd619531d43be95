//! Ids for messages of exports that have none, made of who wrote when.

use std::collections::HashMap;

/// Counts what only its number tells from others of its author's at its time. Records come in the order of their times.
#[derive(Debug, Default)]
pub struct Alike {
    ts: i64,
    by: HashMap<String, u64>,
    all: i64,
}

impl Alike {
    /// Which of its author's at its time a record is, from 0.
    pub fn number(&mut self, ts: i64, by: &str) -> u64 {
        if self.ts != ts {
            (self.ts, self.by, self.all) = (ts, HashMap::new(), 0);
        }
        self.all += 1;
        let next = self.by.entry(by.to_owned()).or_default();
        *next += 1;
        *next - 1
    }

    /// How many records at the time of the last one came before it.
    pub fn before(&self) -> i64 {
        self.all - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_time_are_told_apart() {
        let mut alike = Alike::default();
        let seen = [(1, "a"), (1, "a"), (1, "b"), (2, "a")].map(|(ts, by)| (alike.number(ts, by), alike.before()));
        assert_eq!(seen, [(0, 0), (1, 1), (0, 2), (0, 0)]);
    }
}

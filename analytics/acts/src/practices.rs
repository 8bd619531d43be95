//! The acts of practices: few, and read whole.
//!
//! Many of these acts are the bot's own, because whose they were is not known or nobody's business. So they are kept
//! apart, with the person only where it is one who may be counted.

use std::ops::RangeInclusive;

use hearth_shared::activity::Kind;
use jiff::tz::TimeZone;
use polars::prelude::*;
use rusqlite::Connection;

use crate::local::Clock;

/// The columns of practices' acts while they are read: `id`, `room`, `person` (null where it is not known or not
/// counted), `kind`, `ts`, the local `month`, and null where there is none `reply_to` (what it points at), `thread` (the gathering or pulse
/// that it belongs to) and `value` (what the kind says it means).
pub(super) struct PracticeRows {
    id: PrimitiveChunkedBuilder<Int64Type>,
    room: PrimitiveChunkedBuilder<Int32Type>,
    person: PrimitiveChunkedBuilder<Int32Type>,
    kind: PrimitiveChunkedBuilder<UInt8Type>,
    ts: PrimitiveChunkedBuilder<Int64Type>,
    month: PrimitiveChunkedBuilder<Int32Type>,
    reply_to: PrimitiveChunkedBuilder<Int64Type>,
    thread: PrimitiveChunkedBuilder<Int64Type>,
    value: PrimitiveChunkedBuilder<Int64Type>,
}

impl Default for PracticeRows {
    fn default() -> Self {
        Self {
            id: PrimitiveChunkedBuilder::new("id".into(), 0),
            room: PrimitiveChunkedBuilder::new("room".into(), 0),
            person: PrimitiveChunkedBuilder::new("person".into(), 0),
            kind: PrimitiveChunkedBuilder::new("kind".into(), 0),
            ts: PrimitiveChunkedBuilder::new("ts".into(), 0),
            month: PrimitiveChunkedBuilder::new("month".into(), 0),
            reply_to: PrimitiveChunkedBuilder::new("reply_to".into(), 0),
            thread: PrimitiveChunkedBuilder::new("thread".into(), 0),
            value: PrimitiveChunkedBuilder::new("value".into(), 0),
        }
    }
}

impl PracticeRows {
    /// The kinds that are these: what is below is about messages, welcomes, prompts and polls, and what is above says
    /// how the log was written.
    pub const KINDS: RangeInclusive<Kind> = Kind::RetroStarted..=Kind::HearthStarted;

    /// Reads the acts with these ids.
    pub fn read(
        &mut self,
        db: &Connection,
        ids: &[i64],
        zone: &TimeZone,
        is_counted: impl Fn(i32) -> bool,
    ) -> rusqlite::Result<()> {
        let mut clock = Clock::of(zone);
        let mut statement =
            db.prepare("SELECT id, room, person, kind, ts, reply_to, thread, value FROM activity WHERE id = ?1")?;
        for id in ids {
            statement.query_row([id], |row| {
                let (person, ts) = (row.get(2)?, row.get(4)?);
                let Some(local) = clock.tell(ts) else { return Ok(()) };
                self.id.append_value(row.get(0)?);
                self.room.append_value(row.get(1)?);
                self.person.append_option(Some(person).filter(|person| is_counted(*person)));
                self.kind.append_value(row.get(3)?);
                self.ts.append_value(ts);
                self.month.append_value(local.month);
                self.reply_to.append_option(row.get(5)?);
                self.thread.append_option(row.get(6)?);
                self.value.append_option(row.get(7)?);
                Ok(())
            })?;
        }
        Ok(())
    }

    /// The frame, in time order.
    pub fn finish(self) -> PolarsResult<DataFrame> {
        let columns = vec![
            self.id.finish().into_column(),
            self.room.finish().into_column(),
            self.person.finish().into_column(),
            self.kind.finish().into_column(),
            self.ts.finish().into_column(),
            self.month.finish().into_column(),
            self.reply_to.finish().into_column(),
            self.thread.finish().into_column(),
            self.value.finish().into_column(),
        ];
        DataFrame::new_infer_height(columns)?.sort(["ts", "id"], SortMultipleOptions::default())
    }
}

//! Reading beside the loop, and whether time passes: it stands still for practices while nothing can be read. What was
//! sent in time counts, however late it is read.

use std::time::Duration;

use tokio::sync::mpsc;
use tracing::error;

use crate::matrix::intake::{self, Batch, Intake, IntakeError};

/// What was read, or why nothing could be.
pub(super) type Reading = Result<Batch, IntakeError>;

/// What reads.
pub(super) trait Source: Send {
    /// What comes next.
    fn next(&mut self) -> impl Future<Output = Reading> + Send;
}

impl Source for Intake {
    fn next(&mut self) -> impl Future<Output = Reading> + Send {
        self.next()
    }
}

/// Whether the bot sees all that happens. It does not before the first sync.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sight {
    sees: bool,
}

impl Sight {
    /// Nothing could be read.
    pub(crate) fn fails(&mut self) {
        self.sees = false;
    }

    /// A batch was read. Where it is a part of a sync, more has happened that is to be read yet.
    pub(crate) fn reads(&mut self, whole: bool) {
        self.sees = whole;
    }

    /// Whether time passes for practices.
    pub(crate) fn time_passes(self) -> bool {
        self.sees
    }
}

/// What was read, in order, failures among it.
#[derive(Debug)]
pub(super) struct Readings {
    incoming: mpsc::Receiver<Reading>,
    /// What was looked at before its turn.
    next: Option<Reading>,
    sight: Sight,
}

impl Readings {
    /// Where readings come out, and where [`read`] puts them in. There is room for one.
    pub(super) fn channel() -> (mpsc::Sender<Reading>, Self) {
        let (outgoing, incoming) = mpsc::channel(1);
        (outgoing, Self { incoming, next: None, sight: Sight::default() })
    }

    /// What comes next; `None` where nothing more will.
    pub(super) async fn next(&mut self) -> Option<Reading> {
        let next = match self.next.take() {
            Some(next) => next,
            None => self.incoming.recv().await?,
        };
        match &next {
            Ok(batch) => self.sight.reads(batch.next.is_some()),
            Err(_) => self.sight.fails(),
        }
        Some(next)
    }

    /// Whether time passes for practices, all that was given by [`Readings::next`] being taken.
    pub(super) fn time_passes(&mut self) -> bool {
        if self.next.is_none() {
            self.next = self.incoming.try_recv().ok();
        }
        // A failure that waits for its turn is one.
        self.sight.time_passes() && !matches!(self.next, Some(Err(_)))
    }
}

/// Reads batches one after the other, resting a growing while after failures.
pub(super) async fn read(mut source: impl Source, readings: mpsc::Sender<Reading>) {
    let mut failures = 0u32;
    // With its place kept before it happens, no failure waits where it cannot be seen.
    while let Ok(place) = readings.reserve().await {
        let reading = source.next().await;
        match &reading {
            Ok(_) => failures = 0,
            Err(IntakeError::TokenRevoked) => error!("the homeserver no longer accepts the bot's access token"),
            Err(error) => {
                failures += 1;
                intake::note(error, failures);
            }
        }
        let failed = reading.is_err();
        place.send(reading);
        if failed {
            tokio::time::sleep(Duration::from_millis(200u64 << failures.min(7))).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use super::*;

    struct Said(VecDeque<Reading>);

    impl Source for Said {
        async fn next(&mut self) -> Reading {
            match self.0.pop_front() {
                Some(reading) => reading,
                None => std::future::pending().await,
            }
        }
    }

    fn batch(next: Option<&str>) -> Reading {
        Ok(Batch { next: next.map(str::to_owned), ..Batch::default() })
    }

    fn failure() -> Reading {
        Err(IntakeError::Passing("unreachable".to_owned()))
    }

    #[test]
    fn no_time_passes_from_a_failure_until_a_whole_sync_that_was_read_after_it() {
        let mut sight = Sight::default();
        assert!(!sight.time_passes(), "nothing was read yet");
        sight.reads(true);
        assert!(sight.time_passes());
        sight.fails();
        assert!(!sight.time_passes());
        sight.fails();
        sight.reads(false);
        assert!(!sight.time_passes(), "the rest of what was missed is to be read yet");
        sight.reads(true);
        assert!(sight.time_passes());
        sight.reads(false);
        assert!(!sight.time_passes(), "a gap");
    }

    #[tokio::test]
    async fn a_batch_from_before_a_failure_lets_no_time_pass_after_it() {
        let (put, mut readings) = Readings::channel();
        let source = Said([batch(Some("1")), batch(Some("2")), failure()].into());
        let reading = tokio::spawn(read(source, put));
        assert!(!readings.time_passes(), "nothing was read yet");
        assert!(matches!(readings.next().await, Some(Ok(_))));
        assert!(readings.time_passes());
        // The next one is queued, and while it is taken, reading fails.
        assert!(matches!(readings.next().await, Some(Ok(_))));
        while !reading.is_finished() && readings.incoming.is_empty() {
            tokio::task::yield_now().await;
        }
        assert!(!readings.time_passes(), "the failure waits behind the batch");
        assert!(matches!(readings.next().await, Some(Err(IntakeError::Passing(_)))));
        assert!(!readings.time_passes());
        reading.abort();
    }

    #[tokio::test]
    async fn time_passes_again_with_what_is_read_after_a_failure() {
        let (put, mut readings) = Readings::channel();
        let mut passes = Vec::new();
        for reading in [batch(Some("1")), failure(), failure(), batch(None), batch(Some("2"))] {
            put.send(reading).await.unwrap();
            readings.next().await.unwrap().ok();
            passes.push(readings.time_passes());
        }
        assert_eq!(passes, [true, false, false, false, true]);
    }
}

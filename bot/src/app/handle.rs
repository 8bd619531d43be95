//! What the loop and all that goes on beside it have in common: the decisions, the client, the clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::{
    clock::Clock,
    config::Config,
    core::{Core, RunError},
    engine::UnitOfWork,
    matrix::Matrix,
};

/// The bot at work.
#[derive(Clone, Debug)]
pub struct App {
    pub(crate) config: Arc<Config>,
    pub(crate) matrix: Matrix,
    pub(crate) core: Arc<Mutex<Core>>,
    pub(crate) clock: Clock,
    /// Rung when there is something to send.
    pub(crate) items: Arc<Notify>,
}

impl App {
    /// Opens everything that the bot remembers.
    ///
    /// # Errors
    /// [`RunError`], in words for the operator.
    pub fn open(config: Config, matrix: Matrix, clock: Clock) -> Result<Self, RunError> {
        let core = Core::open(Arc::new(config))?;
        Ok(Self {
            config: core.config.clone(),
            matrix,
            core: Arc::new(Mutex::new(core)),
            clock,
            items: Arc::new(Notify::new()),
        })
    }

    pub(crate) fn core(&self) -> MutexGuard<'_, Core> {
        self.core.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Commits a unit of work, and rings for what there is to send.
    pub(crate) fn finish(&self, unit: UnitOfWork) -> Result<(), RunError> {
        if self.core().finish(unit, self.clock.now())? {
            self.items.notify_one();
        }
        Ok(())
    }
}

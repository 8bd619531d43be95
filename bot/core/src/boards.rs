//! What practices let each other, and the shell, see: a type each. A reader names the type, so that a change to it breaks
//! its readers when they are compiled. Nothing that was told in confidence is here, and practices never see each other's
//! records.

use std::{
    any::{Any, TypeId},
    collections::BTreeMap,
    fmt,
    sync::Arc,
};

/// What a practice lets the others see.
pub trait Board: Any + Clone + Default + fmt::Debug + Send + Sync {}

impl<B: Any + Clone + Default + fmt::Debug + Send + Sync> Board for B {}

/// What all practices of a community let each other see now. It may change at any moment without a practice being told,
/// so [`crate::Practice::next_tick`] must not depend on it.
#[derive(Clone, Default)]
pub struct Boards(BTreeMap<TypeId, Arc<dyn Any + Send + Sync>>);

impl Boards {
    /// What the practice lets others see whose board this is; the empty one where it has put up none.
    pub fn read<B: Board>(&self) -> B {
        self.0.get(&TypeId::of::<B>()).and_then(|board| board.downcast_ref::<B>()).cloned().unwrap_or_default()
    }

    /// Puts up what a practice lets others see now.
    pub fn put(&mut self, board: Arc<dyn Any + Send + Sync>) {
        self.0.insert((*board).type_id(), board);
    }
}

impl fmt::Debug for Boards {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Boards({})", self.0.len())
    }
}

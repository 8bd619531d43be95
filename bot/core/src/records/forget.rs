//! Taking somebody out of what a row holds.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{Timestamp, civil::Date};

use crate::id::{EventId, MessageKey, RoomId, UserId};

/// What became of a value from which somebody was taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// They were not in it.
    None,
    /// They were, and are no longer.
    Out,
    /// It is theirs as a whole: whatever holds it drops it.
    Whole,
}

/// A value from which a person can be taken out.
pub trait Forget {
    /// Takes somebody out.
    fn forget(&mut self, who: &UserId) -> Trace;
}

/// Says of a value which of its fields hold a person, and which hold nobody. Where a person's field is theirs, so is the
/// value.
///
/// ```
/// # use hearth_core::{UserId, forget};
/// struct Vote {
///     by: UserId,
///     number: u32,
/// }
/// forget!(Vote: by; number);
///
/// struct Count {
///     votes: u32,
/// }
/// forget!(Count; votes);
/// ```
///
/// Each field is named, so that none with a person in it can be left out: this does not compile.
///
/// ```compile_fail
/// # use hearth_core::{UserId, forget};
/// struct Vote {
///     by: UserId,
///     helper: Option<UserId>,
///     number: u32,
/// }
/// forget!(Vote: by; number);
/// ```
#[macro_export]
macro_rules! forget {
    ($type:ty $(: $($field:ident),+)? $(; $($nobody:tt),+)?) => {
        impl $crate::records::Forget for $type {
            fn forget(&mut self, _who: &$crate::UserId) -> $crate::records::Trace {
                let Self { $($($field,)+)? $($($nobody: _,)+)? } = self;
                let trace = $crate::records::Trace::None;
                $($(let trace = trace.max($crate::records::Forget::forget($field, _who));)+)?
                trace
            }
        }
    };
}

impl Forget for UserId {
    fn forget(&mut self, who: &UserId) -> Trace {
        if self == who { Trace::Whole } else { Trace::None }
    }
}

impl<T: Forget> Forget for Option<T> {
    fn forget(&mut self, who: &UserId) -> Trace {
        let trace = self.as_mut().map_or(Trace::None, |value| value.forget(who));
        if trace == Trace::Whole {
            *self = None;
        }
        trace.min(Trace::Out)
    }
}

impl<T: Forget + ?Sized> Forget for Box<T> {
    fn forget(&mut self, who: &UserId) -> Trace {
        (**self).forget(who)
    }
}

/// Takes somebody out of a part of a container. Says whether the part stays; what became of it is added to `trace`.
fn stays(part: &mut impl Forget, who: &UserId, trace: &mut Trace) -> bool {
    let of_part = part.forget(who);
    *trace = (*trace).max(of_part.min(Trace::Out));
    of_part != Trace::Whole
}

impl<T: Forget> Forget for Vec<T> {
    fn forget(&mut self, who: &UserId) -> Trace {
        let mut trace = Trace::None;
        self.retain_mut(|value| stays(value, who, &mut trace));
        trace
    }
}

impl Forget for BTreeSet<UserId> {
    fn forget(&mut self, who: &UserId) -> Trace {
        if self.remove(who) { Trace::Out } else { Trace::None }
    }
}

impl<V: Forget> Forget for BTreeMap<UserId, V> {
    fn forget(&mut self, who: &UserId) -> Trace {
        let mut trace = if self.remove(who).is_some() { Trace::Out } else { Trace::None };
        self.retain(|_, value| stays(value, who, &mut trace));
        trace
    }
}

impl<V: Forget> Forget for BTreeMap<Date, V> {
    fn forget(&mut self, who: &UserId) -> Trace {
        let mut trace = Trace::None;
        self.retain(|_, value| stays(value, who, &mut trace));
        trace
    }
}

macro_rules! nobody {
    ($($type:ty),* $(,)?) => {
        $(impl Forget for $type {
            fn forget(&mut self, _: &UserId) -> Trace {
                Trace::None
            }
        })*
    };
}

nobody!((), bool, u8, u32, u64, usize, i64, String, Timestamp, Date, EventId, RoomId, MessageKey, BTreeSet<RoomId>);

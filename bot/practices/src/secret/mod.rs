//! Secret.

mod receipt;

pub use self::receipt::receipt;

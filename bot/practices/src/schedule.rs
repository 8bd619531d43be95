//! Rhythms in local time.

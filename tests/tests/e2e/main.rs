//! End to end: everything that needs a real homeserver. One binary, so that it is linked once.

mod lab;

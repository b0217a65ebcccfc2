//! The command line: one file per command.

pub mod debug;
pub mod read;

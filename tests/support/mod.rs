//! What several integration tests build their input with.

pub mod pdf;
pub mod samples;

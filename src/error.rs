//! What can fail, and how it is told: *place: what: why; hint*.

use std::fmt;

/// The stage of the pipeline that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    Walk,
    Ingest,
    Prepare,
    Layout,
    Recognize,
    Assemble,
    Batch,
    Output,
    Configure,
}

impl Stage {
    pub fn name(&self) -> &'static str {
        match self {
            Stage::Walk => "walk",
            Stage::Ingest => "ingest",
            Stage::Prepare => "prepare",
            Stage::Layout => "layout",
            Stage::Recognize => "recognize",
            Stage::Assemble => "assemble",
            Stage::Batch => "batch",
            Stage::Output => "output",
            Stage::Configure => "configure",
        }
    }
}

/// One failure with its place. Doubt about a value is never an error: it is an issue of the record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Error {
    pub stage: Stage,
    /// Stable code for programs, e.g. `pdf.password_required`.
    pub code: &'static str,
    /// File, page, option: where it happened. Empty until the caller adds it.
    pub place: String,
    pub what: String,
    pub why: String,
    /// What to do about it; empty when there is nothing to say.
    pub hint: String,
}

impl Error {
    pub fn new(stage: Stage, code: &'static str, what: impl Into<String>, why: impl fmt::Display) -> Self {
        Error { stage, code, place: String::new(), what: what.into(), why: why.to_string(), hint: String::new() }
    }

    pub fn at(mut self, place: impl fmt::Display) -> Self {
        self.place = place.to_string();
        self
    }

    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}", self.what)?;
        if !self.why.is_empty() {
            write!(f, ": {}", self.why)?;
        }
        if !self.hint.is_empty() {
            write!(f, "; hint: {}", self.hint)?;
        }
        Ok(())
    }
}

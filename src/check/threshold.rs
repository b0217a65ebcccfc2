//! How sure a value must be to pass without a clerk. One place, so that they can be tuned on measurements alone.

/// Of the rule that told the kind of document, 0–1.
pub const KIND: f32 = 0.8;

/// Mean of the reader over a number, a date or a stamp, 0–1.
pub const HEADER: f32 = 0.9;

/// The worst digit of a number, a date or a stamp, 0–1: one wrong digit is a wrong letter.
pub const DIGIT: f32 = 0.8;

/// Mean of the reader over other required values, 0–1.
pub const TEXT: f32 = 0.8;

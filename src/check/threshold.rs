//! How sure a value must be to pass without a clerk. One place, so that they can be tuned on measurements alone.
//!
//! A value's confidence is the reader's (its mean, and no more than its worst letter) times the worth of the rule that took it; of text that
//! came in transcribed it is the rule's alone.

/// Of the rule that told the kind of document, 0–1.
pub const KIND: f32 = 0.8;

/// Of a number, a date or a stamp, 0–1.
pub const HEADER: f32 = 0.8;

/// The reader's alone for the worst digit of a number, a date or a stamp, 0–1: one wrong digit is a wrong letter.
pub const DIGIT: f32 = 0.85;

/// Of other values, 0–1: the lowest at which at most 0.5 % of the values of the samples that are not held out are wrong in silence.
pub const TEXT: f32 = 0.6;

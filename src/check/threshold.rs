//! How sure a value must be to pass without a clerk where no model's [`super::calibration`] speaks of it.
//!
//! A value's raw confidence is the reader's (its mean, and no more than its worst letter) times the score of the rule that took it; of text
//! that came in transcribed it is the rule's alone. Scores rank rules and are chosen by hand: these thresholds promise no share of errors.

/// Of the rule that told the kind of document, 0–1: whatever rules from here on told of the samples is right.
pub const KIND: f32 = 0.7;

/// Of a number, a date or a stamp, 0–1.
pub const HEADER: f32 = 0.8;

/// Of other values, 0–1.
pub const TEXT: f32 = 0.6;

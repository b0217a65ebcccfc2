//! The Thai language as official letters use it: pure functions on text. Numerals, months and dates, reference numbers, agency codes, names and ranks, posts and offices,
//! and what scans do to all of these.

pub mod agency;
pub mod confusion;
pub mod copies;
pub mod dates;
pub mod digits;
pub mod ink;
pub mod labels;
pub mod months;
pub mod names;
pub mod number;
pub mod phones;
pub mod posts;
pub mod stamps;
pub mod times;
pub mod titles;

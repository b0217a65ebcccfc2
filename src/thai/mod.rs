//! The Thai language as official letters use it: pure functions on text.

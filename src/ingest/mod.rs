//! Files in, pages out: what a file is, how many pages it has, and the picture of each.

pub mod walk;

pub mod transcript;

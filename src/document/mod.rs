//! The nouns: what a page, a line, a letter and a record are. Plain data that crosses from stage to stage; no I/O, no rules.

pub mod code;
pub mod geometry;
pub mod image;
pub mod letter;
pub mod record;
pub mod source;
pub mod text;

pub use code::Code;
pub use geometry::Rect;
pub use image::{PageImage, PageScan};
pub use letter::{Letter, Line, ReadPage, Zone};
pub use record::Record;
pub use source::Source;
pub use text::{PageText, TextLine};

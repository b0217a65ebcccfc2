//! CCITT group 3 (ITU-T T.4, one-dimensional), as fax servers write it into TIFF: the coding that the TIFF decoder leaves out.

use std::convert::Infallible;

use fax::Color;
use fax::decoder::{DecodeStatus, Group3Decoder, pels};
use image::GrayImage;

/// A page of fax rows, filled strip by strip.
pub struct FaxPage {
    width: u16,
    height: usize,
    samples: Vec<u8>,
    /// Whether a row was not as long as the page is wide.
    damaged: bool,
}

impl FaxPage {
    pub fn new(width: u16, height: u32) -> FaxPage {
        FaxPage { width, height: height as usize, samples: Vec::with_capacity(usize::from(width) * height as usize), damaged: false }
    }

    /// Adds the rows of a strip; what is left of it once the page is full is padding.
    pub fn add(&mut self, strip: &[u8]) {
        let Ok(mut rows) = Group3Decoder::new(strip.iter().map(|byte| Ok::<u8, Infallible>(*byte))) else {
            self.damaged = true;
            return;
        };
        while !self.is_full() {
            let status = rows.advance();
            let is_whole = rows.transitions().last() == Some(&self.width);
            // A strip may end with its last row, without a mark of its end.
            if status.is_err() && !is_whole {
                return;
            }
            self.damaged |= !is_whole;
            self.samples.extend(pels(rows.transitions(), self.width).map(|pel| if pel == Color::White { u8::MAX } else { 0 }));
            if !matches!(status, Ok(DecodeStatus::Incomplete)) {
                return;
            }
        }
    }

    fn is_full(&self) -> bool {
        self.samples.len() >= usize::from(self.width) * self.height
    }

    /// The page, white where rows are missing, and whether all rows were there and whole.
    pub fn finish(mut self) -> (GrayImage, bool) {
        let whole = self.is_full() && !self.damaged;
        self.samples.resize(usize::from(self.width) * self.height, u8::MAX);
        (GrayImage::from_raw(self.width.into(), self.height as u32, self.samples).unwrap_or_default(), whole)
    }
}

//! Which way up a page stands, settled by reading: `prepare` lays lines level, but only a reader can tell a page from the same page on its head.

use crate::document::PageImage;
use crate::document::text::{PageLayout, TextLine};
use crate::error::Error;
use crate::recognize::Recognizer;
use crate::{layout, prepare};

/// A page whose lines are read with at least this mean confidence stands upright.
const READS_WELL: f32 = 0.8;
/// The page is turned only where the other way up reads better by this much.
const CLEARLY_BETTER: f32 = 0.1;
/// This many lines of at least so many letters, read with at least this confidence, are print that stands upright.
const CLEAR_LINES: usize = 3;
const LONG: usize = 15;
const CLEAR: f32 = 0.9;
/// Lines that are read to try a way up.
const SAMPLE: usize = 6;

/// The page turned so that its lines read best, with what layout finds then; None where it had better stay as it is.
pub fn better(
    page: &PageImage,
    found: &PageLayout,
    lines: &[TextLine],
    reader: &dyn Recognizer,
) -> Result<Option<(PageImage, PageLayout)>, Error> {
    let sample = longest(found);
    let as_it_is = score(sample.iter().map(|&index| &lines[index]));
    if as_it_is >= READS_WELL || found.lines.is_empty() || has_clear_lines(lines) {
        return Ok(None);
    }
    let mut best = (as_it_is + CLEARLY_BETTER, None);
    for degrees in [180, 90, 270] {
        let turned = prepare::turned(page, degrees);
        let found = layout::find_lines(&turned);
        let sample =
            PageLayout { lines: longest(&found).into_iter().map(|index| found.lines[index].clone()).collect(), ..PageLayout::default() };
        let score = score(reader.read(&turned, &sample)?.iter());
        if score > best.0 {
            best = (score, Some((turned, found)));
        }
        if score >= READS_WELL {
            break;
        }
    }
    Ok(best.1)
}

/// The lines that tell most.
fn longest(found: &PageLayout) -> Vec<usize> {
    let mut lines: Vec<usize> = (0..found.lines.len()).collect();
    lines.sort_by_key(|&index| -found.lines[index].rect.width());
    lines.truncate(SAMPLE);
    lines
}

/// Whether some long lines read so well that no other way up can be right, whatever is scribbled across the page.
fn has_clear_lines(lines: &[TextLine]) -> bool {
    lines.iter().filter(|line| line.confidence >= CLEAR && line.text.chars().count() >= LONG).count() >= CLEAR_LINES
}

/// Mean confidence of the lines, 0–1; a line that reads as nothing speaks against this way up.
fn score<'a>(lines: impl ExactSizeIterator<Item = &'a TextLine>) -> f32 {
    let count = lines.len().max(1) as f32;
    lines.map(|line| if line.text.is_empty() { 0.0 } else { line.confidence }).sum::<f32>() / count
}

#[cfg(test)]
mod tests {
    use image::{GrayImage, Luma};

    use super::*;
    use crate::document::text::Engine;

    /// Reads well what has its mark in the top left quarter.
    struct ByMark;

    impl Recognizer for ByMark {
        fn engine(&self) -> Engine {
            Engine::Network
        }

        fn model(&self) -> String {
            "by-mark".into()
        }

        fn read(&self, page: &PageImage, layout: &PageLayout) -> Result<Vec<TextLine>, Error> {
            let (half_width, half_height) = (page.width() / 2, page.height() / 2);
            let marked = page.grey.enumerate_pixels().any(|(x, y, pixel)| pixel[0] == 1 && x < half_width && y < half_height);
            let confidence = if marked { 0.95 } else { 0.4 };
            Ok(layout
                .lines
                .iter()
                .map(|region| TextLine { text: "ก".into(), rect: Some(region.rect), confidence, ..TextLine::default() })
                .collect())
        }
    }

    /// Rows of letter-like strokes, with a mark of brightness 1 at the top left.
    fn page() -> PageImage {
        let grey = GrayImage::from_fn(600, 800, |x, y| {
            let inside = (60..540).contains(&x) && (80..720).contains(&y);
            let stroke = y % 40 < 18 && x % 14 < 4 || y % 40 < 3 && x % 14 < 10;
            Luma([if (x, y) == (62, 80) {
                1
            } else if inside && stroke {
                10
            } else {
                255
            }])
        });
        PageImage { grey, color: None, dpi: 100.0, rotation: 0, skew: 0.0 }
    }

    fn settle(page: &PageImage) -> Option<PageImage> {
        let found = layout::find_lines(page);
        let lines = ByMark.read(page, &found).unwrap();
        better(page, &found, &lines, &ByMark).unwrap().map(|(page, _)| page)
    }

    #[test]
    fn an_upright_page_stays() {
        assert!(!layout::find_lines(&page()).lines.is_empty());
        assert!(settle(&page()).is_none());
    }

    #[test]
    fn a_page_on_its_head_is_turned_back() {
        let turned = settle(&prepare::turned(&page(), 180)).unwrap();
        assert_eq!(turned.rotation, 0);
        assert_eq!(turned.grey, page().grey);
    }

    /// Scribbles are the longest lines of a page and read badly; what is printed between them reads well.
    #[test]
    fn a_scribbled_page_with_print_that_reads_well_stays() {
        let page = prepare::turned(&page(), 180);
        let found = layout::find_lines(&page);
        let read = |clear: usize| -> Vec<TextLine> {
            let line = |index| match index < clear {
                true => TextLine { text: "ก".repeat(LONG), confidence: 0.97, ..TextLine::default() },
                false => TextLine { text: "ก".into(), confidence: 0.4, ..TextLine::default() },
            };
            (0..found.lines.len()).map(line).collect()
        };
        let turns = |clear| better(&page, &found, &read(clear), &ByMark).unwrap().is_some();
        assert!(found.lines.len() > 2 * CLEAR_LINES, "too few lines to be mostly scribbles");
        assert!(!turns(CLEAR_LINES));
        assert!(turns(CLEAR_LINES - 1));
    }

    #[test]
    fn an_empty_page_stays() {
        let empty = PageImage { grey: GrayImage::from_pixel(600, 800, Luma([255])), ..page() };
        assert!(settle(&empty).is_none());
    }
}

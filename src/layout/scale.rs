//! How tall the page's body letters are: everything else is measured in letter heights.

use super::ink::Blob;

/// Letters between about 7 and 40 points, in inches of consonant height.
const SMALLEST: f32 = 0.035;
const LARGEST: f32 = 0.28;
/// With fewer blobs than this a page has no text to measure.
const ENOUGH: usize = 3;

/// Height in pixels of the consonants of most of the page's text; None on a page without anything like letters.
pub fn letter_height(ink: &[Blob], dpi: f32) -> Option<f32> {
    let (low, high) = ((dpi * SMALLEST).max(4.0) as usize, (dpi * LARGEST).max(12.0) as usize);
    let mut votes = vec![0.0f32; high + 2];
    let mut voters = 0;
    for blob in ink {
        let height = blob.rect.height() as usize;
        if (low..=high).contains(&height) && blob.fill() > 0.08 && blob.width() < 12.0 * blob.height() {
            // Marks are narrow and low, consonants wide and high; words that run together count as a few letters.
            votes[height] += blob.width().min(3.0 * blob.height()) * blob.height();
            voters += 1;
        }
    }
    if voters < ENOUGH {
        return None;
    }
    let window = |height: usize| {
        let reach = (height / 10).max(1);
        votes[height.saturating_sub(reach)..(height + reach + 1).min(votes.len())].iter().sum::<f32>() / (2 * reach + 1) as f32
    };
    (low..=high).max_by(|a, b| window(*a).total_cmp(&window(*b))).map(|height| height as f32)
}

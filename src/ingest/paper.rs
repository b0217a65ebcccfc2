//! How large the paper was: a declared size where a person could hold it, A4 where nobody could.
//!
//! Letters are on A4; annexes may be A3 or A5. Files lie about it: scanners leave 72 or 96 dpi on a 300 dpi scan, programs paste a scan
//! pixel by point.

/// Inches.
const A4: (f32, f32) = (8.27, 11.69);
/// The short side of paper that a letter comes on: from A6 to A3 with a margin for bleed.
const SHORT_SIDE: std::ops::RangeInclusive<f32> = 3.9..=13.0;

/// Pixels per inch of the paper.
///
/// `declared` is what the file says (horizontally, vertically); it is believed where it makes a sheet of a size that a letter comes on. Else the picture is taken for a
/// whole sheet of A4, upright or lying, as large as fits.
pub fn dpi(width: u32, height: u32, declared: Option<(f32, f32)>) -> f32 {
    if let Some((across, down)) = declared.filter(|(across, down)| believable(width, height, *across, *down)) {
        return (across * down).sqrt();
    }
    let (short, long) = (width.min(height) as f32, width.max(height) as f32);
    (short / A4.0).max(long / A4.1)
}

fn believable(width: u32, height: u32, across: f32, down: f32) -> bool {
    let resolution = 50.0..=2400.0;
    if !resolution.contains(&across) || !resolution.contains(&down) {
        return false;
    }
    is_paper(width as f32 / across, height as f32 / down)
}

/// Whether a letter comes on paper of this size, in inches.
pub fn is_paper(width: f32, height: f32) -> bool {
    SHORT_SIDE.contains(&width.min(height)) && width.max(height) <= 2.5 * *SHORT_SIDE.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(got: f32, want: f32) {
        assert!((got - want).abs() < 0.02 * want, "{got} dpi, not about {want}");
    }

    #[test]
    fn a_believable_size_is_believed() {
        about(dpi(2480, 3508, Some((300.0, 300.0))), 300.0);
        about(dpi(3508, 4961, Some((300.0, 300.0))), 300.0);
        about(dpi(1654, 2339, Some((200.0, 200.0))), 200.0);
    }

    #[test]
    fn an_absurd_size_is_taken_for_a4() {
        about(dpi(2480, 3508, Some((96.0, 96.0))), 300.0);
        about(dpi(2480, 3508, Some((72.0, 72.0))), 300.0);
        about(dpi(3508, 2480, Some((1200.0, 1200.0))), 300.0);
        about(dpi(1654, 2339, None), 200.0);
        about(dpi(1654, 2339, Some((0.0, f32::NAN))), 200.0);
    }
}

//! A doubtful line, looked at again a little larger, smaller, wider and lower: what is on the paper reads the same each time, a guess does not.

use image::{GrayImage, Luma};
use imageproc::geometric_transformations::{Border, Interpolation, Projection, warp_into};

/// How a scaled line is changed before it is read.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glance {
    /// Width and height of letters, as a share of what they are; the line's middle row stays where it is.
    across: f32,
    up: f32,
    /// Rows downward.
    shift: f32,
}

impl Glance {
    pub const FIRST: Glance = Glance { across: 1.0, up: 1.0, shift: 0.0 };
    /// The four further looks; `python -m training evaluate` measures what they mend.
    pub const AGAIN: [Glance; 4] = [
        Glance { across: 1.04, up: 1.04, shift: 0.0 },
        Glance { across: 0.96, up: 0.96, shift: 0.0 },
        Glance { across: 1.08, up: 1.0, shift: 0.0 },
        Glance { across: 1.0, up: 1.0, shift: 1.2 },
    ];

    /// `scaled`: a line at the network's height; what comes into it from beyond its edges is `paper`, asked for only where something does.
    pub fn at(self, scaled: GrayImage, paper: impl FnOnce(&GrayImage) -> u8) -> GrayImage {
        if self == Glance::FIRST {
            return scaled;
        }
        let width = (scaled.width() as f32 * self.across).round().max(1.0) as u32;
        let middle = scaled.height() as f32 / 2.0;
        let change = Projection::scale(self.across, self.up).and_then(Projection::translate(0.0, (1.0 - self.up) * middle + self.shift));
        let mut changed = GrayImage::new(width, scaled.height());
        warp_into(&scaled, change, Interpolation::Bilinear, Border::Constant(Luma([paper(&scaled)])), &mut changed);
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_grow_and_sink_and_paper_comes_in() {
        let line = GrayImage::from_fn(100, 40, |_, y| Luma([if (15..25).contains(&y) { 0 } else { 200 }]));
        let dark = |image: &GrayImage| (0..40).filter(|y| image.get_pixel(50, *y)[0] < 100).collect::<Vec<u32>>();
        assert_eq!(Glance::FIRST.at(line.clone(), |_| 200), line);
        let lower = Glance { across: 1.0, up: 1.0, shift: 3.0 }.at(line.clone(), |_| 200);
        assert_eq!(dark(&lower), (18..28).collect::<Vec<u32>>());
        let larger = Glance { across: 1.5, up: 1.4, shift: 0.0 }.at(line.clone(), |_| 200);
        assert_eq!((larger.dimensions(), dark(&larger).len()), ((150, 40), 14));
        let smaller = Glance { across: 0.5, up: 0.5, shift: 0.0 }.at(GrayImage::from_pixel(100, 40, Luma([0])), |_| 200);
        assert_eq!((smaller.width(), smaller.get_pixel(25, 3)[0], smaller.get_pixel(25, 20)[0]), (50, 200, 0));
    }
}

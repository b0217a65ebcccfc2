//! Where things stand on a PDF page as it is shown: user space (points, y up) → shown page (points, origin top left, y down).

/// `x' = a·x + c·y + e`, `y' = b·x + d·y + f`, as PDF writes matrices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Affine {
    pub a: f64,
    pub b: f64,
    pub c: f64,
    pub d: f64,
    pub e: f64,
    pub f: f64,
}

impl Affine {
    pub fn apply(&self, x: f64, y: f64) -> (f64, f64) {
        (self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f)
    }

    /// This one first, then `next`.
    pub fn then(&self, next: &Affine) -> Affine {
        let (e, f) = next.apply(self.e, self.f);
        Affine {
            a: next.a * self.a + next.c * self.b,
            b: next.b * self.a + next.d * self.b,
            c: next.a * self.c + next.c * self.d,
            d: next.b * self.c + next.d * self.d,
            e,
            f,
        }
    }

    /// User space → shown page, for the part of user space that is shown and its `/Rotate`.
    pub fn shown(area: Area, rotate: u16) -> Affine {
        let Area { left, top: bottom, right, bottom: top } = area;
        match rotate {
            90 => Affine { a: 0.0, b: 1.0, c: 1.0, d: 0.0, e: -bottom, f: -left },
            180 => Affine { a: -1.0, b: 0.0, c: 0.0, d: 1.0, e: right, f: -bottom },
            270 => Affine { a: 0.0, b: -1.0, c: -1.0, d: 0.0, e: top, f: right },
            _ => Affine { a: 1.0, b: 0.0, c: 0.0, d: -1.0, e: -left, f: top },
        }
    }
}

/// A rectangle in points; `top` is the smaller y.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    pub fn size(&self) -> f64 {
        self.width().max(0.0) * self.height().max(0.0)
    }

    pub fn common(&self, other: &Area) -> Area {
        Area {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }

    pub fn around(&self, other: &Area) -> Area {
        Area {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether `other` lies inside, give or take `slack` points.
    pub fn holds(&self, other: &Area, slack: f64) -> bool {
        other.left >= self.left - slack
            && other.top >= self.top - slack
            && other.right <= self.right + slack
            && other.bottom <= self.bottom + slack
    }

    /// The upright rectangle around this one after `place`.
    pub fn placed(&self, place: &Affine) -> Area {
        let corners = [(self.left, self.top), (self.right, self.top), (self.left, self.bottom), (self.right, self.bottom)];
        let points = corners.map(|(x, y)| place.apply(x, y));
        points.iter().skip(1).fold(Area { left: points[0].0, top: points[0].1, right: points[0].0, bottom: points[0].1 }, |area, (x, y)| {
            area.around(&Area { left: *x, top: *y, right: *x, bottom: *y })
        })
    }
}

/// How an image's rows and columns run on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Turn {
    Upright,
    /// Clockwise.
    Quarter,
    Half,
    /// Counter-clockwise.
    ThreeQuarters,
    /// Left and right exchanged.
    Mirrored,
    /// Top and bottom exchanged.
    Flipped,
    /// Rows become columns.
    Transposed,
    /// Rows become columns, from the other corner.
    Transversed,
}

impl Turn {
    /// For an image's unit square placed by `place`; None when it stands askew.
    pub fn of(place: &Affine) -> Option<Turn> {
        // Radians: over A4 at 300 dpi this is three pixels.
        const ASKEW: f64 = 1e-3;
        let (right, down) = ((place.a, place.b), (-place.c, -place.d));
        let along = |(x, y): (f64, f64)| match () {
            () if y.abs() <= ASKEW * x.abs() && x != 0.0 => Some((x.signum(), 0.0)),
            () if x.abs() <= ASKEW * y.abs() && y != 0.0 => Some((0.0, y.signum())),
            () => None,
        };
        match (along(right)?, along(down)?) {
            ((x, 0.0), (0.0, y)) if x > 0.0 => Some(if y > 0.0 { Turn::Upright } else { Turn::Flipped }),
            ((_, 0.0), (0.0, y)) => Some(if y > 0.0 { Turn::Mirrored } else { Turn::Half }),
            ((0.0, y), (x, 0.0)) if y > 0.0 => Some(if x > 0.0 { Turn::Transposed } else { Turn::Quarter }),
            ((0.0, _), (x, 0.0)) => Some(if x > 0.0 { Turn::ThreeQuarters } else { Turn::Transversed }),
            _ => None,
        }
    }

    /// Whether rows become columns.
    pub fn lies(&self) -> bool {
        matches!(self, Turn::Quarter | Turn::ThreeQuarters | Turn::Transposed | Turn::Transversed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Area = Area { left: 10.0, top: 20.0, right: 110.0, bottom: 220.0 };

    #[test]
    fn the_shown_page_starts_at_its_top_left_corner() {
        // Where the corner that is bottom left in user space is shown.
        let corner = |rotate| Affine::shown(PAGE, rotate).apply(10.0, 20.0);
        assert_eq!(corner(0), (0.0, 200.0));
        assert_eq!(corner(90), (0.0, 0.0));
        assert_eq!(corner(180), (100.0, 0.0));
        assert_eq!(corner(270), (200.0, 100.0));
    }

    #[test]
    fn a_full_page_image_turns_with_the_page() {
        let image = Affine { a: 100.0, b: 0.0, c: 0.0, d: 200.0, e: 10.0, f: 20.0 };
        let turn = |rotate| Turn::of(&image.then(&Affine::shown(PAGE, rotate)));
        assert_eq!(turn(0), Some(Turn::Upright));
        assert_eq!(turn(90), Some(Turn::Quarter));
        assert_eq!(turn(180), Some(Turn::Half));
        assert_eq!(turn(270), Some(Turn::ThreeQuarters));
        let flipped = Affine { d: -200.0, f: 220.0, ..image };
        assert_eq!(Turn::of(&flipped.then(&Affine::shown(PAGE, 0))), Some(Turn::Flipped));
        let askew = Affine { b: 1.0, ..image };
        assert_eq!(Turn::of(&askew), None);
    }
}

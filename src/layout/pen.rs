//! A signature's stroke lifted off the letters that it runs over. A pen turns smoothly and keeps its width, so its line is followed from
//! the free paper into the print; a letter that it crosses keeps its ink on both sides of the crossing.

use image::GrayImage;

use crate::document::text::Role;

use super::ink::{Blob, connected};
use super::mask::Mask;
use super::rows::Row;

/// Where letters with their marks may stand, above and below a row's letter bodies, in its letter heights.
const MARKS_ABOVE: f32 = 0.75;
const MARKS_BELOW: f32 = 0.4;
/// How far beside a row, in its letter heights, a stroke may have taken more of its letters.
const BESIDE: f32 = 2.0;
/// Sharpest turn of a pen between two steps, in degrees, and how finely turns are tried.
const TURN: i32 = 32;
const FINE: i32 = 4;
/// Share of ink ahead that a stroke goes on with at least.
const GOES_ON: f32 = 0.62;
/// Price of turning, in shares of ink per degree.
const INERTIA: f32 = 0.004;
/// How far a pen looks ahead, and how far it moves in a step, in widths of its stroke.
const AHEAD: f32 = 2.6;
const STEP: f32 = 0.5;
/// No signature has more strokes than this, and no stroke more steps.
const STROKES: usize = 60;
const STEPS: usize = 4000;
/// What is thinner than this, in letter heights, is the pen's ragged edge.
const CRUMB: f32 = 0.07;

/// The band of a row of letters that a stroke runs through: tops and feet of the letters' bodies, and their height.
#[derive(Debug, Clone, Copy)]
pub struct Band {
    x: f32,
    top: f32,
    slope: f32,
    height: f32,
}

impl Band {
    /// The bands that `stroke` reaches into.
    pub fn reached(stroke: &Blob, rows: &[Row], letter: f32) -> Vec<Band> {
        let band = |row: &Row| {
            let x = stroke.center().0;
            Band { x, top: row.body_top(x), slope: row.body_top(x + 1.0) - row.body_top(x), height: row.height }
        };
        let apart = |row: &Row| (row.rect.left - stroke.rect.right).max(stroke.rect.left - row.rect.right) as f32;
        let lines = rows.iter().filter(|row| {
            row.role == Role::Text && row.members.len() > 1 && row.height < 1.8 * letter && apart(row) <= BESIDE * row.height
        });
        let bands = lines.map(band).filter(|band| {
            (stroke.rect.top as f32) < band.top + 0.3 * band.height && stroke.rect.bottom as f32 > band.top - 0.4 * band.height
        });
        bands.collect()
    }

    /// A row of letters that hangs on the stroke as a whole: pixel rows with far more ink runs than a pen draws.
    pub fn swallowed(stroke: &Blob, letter: f32) -> Option<Band> {
        const BUSY: usize = 8;
        let mut counts = vec![0usize; stroke.rect.height() as usize];
        stroke.runs.iter().for_each(|run| counts[(run.y - stroke.rect.top) as usize] += 1);
        let first = counts.iter().position(|count| *count >= BUSY)?;
        let last = counts.iter().rposition(|count| *count >= BUSY)?;
        let height = (last + 1 - first) as f32;
        let busy = counts[first..=last].iter().filter(|count| **count >= BUSY).count() as f32;
        let is_row = (0.45..1.3).contains(&(height / letter)) && busy >= 0.7 * height;
        is_row.then_some(Band { x: 0.0, top: (stroke.rect.top + first as i32) as f32, slope: 0.0, height })
    }

    fn holds(&self, x: f32, y: f32) -> bool {
        let below = y - (self.top + (x - self.x) * self.slope);
        below >= -MARKS_ABOVE * self.height && below <= (1.0 + MARKS_BELOW) * self.height
    }
}

/// What a stroke comes to once it is lifted: the pen's own ink, and the letters and marks that it ran over.
pub struct Lifted {
    pub pen: Blob,
    pub letters: Vec<Blob>,
}

/// None where the stroke has no ink on free paper to be followed from, or is no stroke of a pen by its size.
pub fn lift(stroke: &Blob, bands: &[Band], page: &GrayImage) -> Option<Lifted> {
    const LARGEST: f32 = 40.0;
    let height = bands.iter().map(|band| band.height).fold(0.0, f32::max);
    if stroke.width().max(stroke.height()) > LARGEST * height {
        return None;
    }
    let printed = |x: i32, y: i32| bands.iter().any(|band| band.holds(x as f32, y as f32));
    let ink = Mask::of(stroke);
    // The blurred rim of its ink makes a pen look wider than it is, and closes the gaps that letters keep to it.
    let mask = ink.darker_than(core(stroke, page, &printed)?, &|x, y| page.get_pixel(x as u32, y as u32)[0]);
    let width = stroke_width(&mask, &printed)?;
    let mut pen = Pen { drawn: mask.blank(), mask, width };
    let paths = pen.follow_all(&printed);
    let mut lines = pen.mask.clone();
    lines.retain(&pen.drawn);
    pen.crossings(&paths).into_iter().for_each(|(x, y)| lines.clear(x, y));
    let mut print = pen.mask.clone();
    print.take_out(&lines);
    let mut letters = ink.clone();
    letters.take_out(&lines.grown());
    letters.add(&print);
    let is_letter = |piece: &Blob| {
        let (x, y) = piece.center();
        let (short, long) = (piece.width().min(piece.height()), piece.width().max(piece.height()));
        printed(x as i32, y as i32) && short >= (CRUMB * height).max(2.0) && long >= 3.5 * CRUMB * height
    };
    let kept: Vec<Blob> = connected(letters.runs()).into_iter().filter(is_letter).collect();
    let mut ink = ink;
    kept.iter().for_each(|letter| ink.wipe(&letter.runs));
    let lifted = Lifted {
        pen: Blob { tint: stroke.tint, ..Blob::new(ink.runs()) },
        letters: kept.into_iter().map(|letter| Blob { tint: stroke.tint, ..letter }).collect(),
    };
    (lifted.pen.area > 0).then_some(lifted)
}

/// Brightness half-way between the pen's core on free paper and the paper.
fn core(stroke: &Blob, page: &GrayImage, printed: &impl Fn(i32, i32) -> bool) -> Option<u8> {
    let middles = stroke.runs.iter().map(|run| ((run.left + run.right) / 2, run.y)).filter(|(x, y)| !printed(*x, *y));
    let mut levels: Vec<u8> = middles.map(|(x, y)| page.get_pixel(x as u32, y as u32)[0]).collect();
    levels.sort_unstable();
    (levels.len() >= 6).then(|| levels[levels.len() / 2] / 2 + 128)
}

/// How thick the pen draws, in pixels: the median over its ink on free paper.
fn stroke_width(mask: &Mask, printed: &impl Fn(i32, i32) -> bool) -> Option<f32> {
    let mut widths: Vec<f32> = Vec::new();
    let runs = mask.runs();
    for run in runs.iter().step_by(2) {
        let x = (run.left + run.right) / 2;
        if printed(x, run.y) {
            continue;
        }
        let up = (1..).take_while(|d| mask.is_ink(x, run.y - d)).count();
        let down = (1..).take_while(|d| mask.is_ink(x, run.y + d)).count();
        let (across, along) = (run.len() as f32, (up + down + 1) as f32);
        widths.push(across * along / across.hypot(along));
    }
    widths.sort_by(f32::total_cmp);
    (widths.len() >= 6).then(|| widths[widths.len() / 2].max(1.5))
}

/// A place on a stroke and the direction that it runs in there, radians clockwise from the right.
#[derive(Debug, Clone, Copy)]
struct Place {
    x: f32,
    y: f32,
    angle: f32,
}

struct Pen {
    mask: Mask,
    /// What has been followed.
    drawn: Mask,
    width: f32,
}

impl Pen {
    /// Follows every stroke that has ink on free paper, both ways from its topmost point there.
    fn follow_all(&mut self, printed: &impl Fn(i32, i32) -> bool) -> Vec<Place> {
        let ink = self.mask.runs().into_iter().flat_map(|run| (run.left..run.right).map(move |x| (x, run.y)));
        let free: Vec<(i32, i32)> = ink.filter(|(x, y)| !printed(*x, *y)).collect();
        let mut places = Vec::new();
        let mut next = 0;
        for _ in 0..STROKES {
            while next < free.len() && self.drawn.is_ink(free[next].0, free[next].1) {
                next += 1;
            }
            let Some((x, y)) = free.get(next).map(|(x, y)| (*x as f32, *y as f32)) else { break };
            self.draw(x, y);
            let Some(forth) = self.direction(x, y, 0..360) else { continue };
            let mut path = self.follow(Place { x, y, angle: (forth as f32).to_radians() });
            if let Some(back) = self.direction(x, y, forth + 90..forth + 271) {
                path.extend(self.follow(Place { x, y, angle: (back as f32).to_radians() }));
            }
            path.iter().for_each(|place| self.draw(place.x, place.y));
            places.extend(path);
        }
        places
    }

    /// The direction (degrees) with the most ink ahead.
    fn direction(&self, x: f32, y: f32, degrees: std::ops::Range<i32>) -> Option<i32> {
        const SURE: f32 = 0.7;
        let ahead = |degree: i32, widths: f32| self.ink_ahead(x, y, (degree as f32).to_radians(), widths * self.width);
        let best = degrees.step_by(6).max_by(|a, b| ahead(*a, 4.0).total_cmp(&ahead(*b, 4.0)))?;
        (ahead(best, 3.0) >= SURE).then_some(best)
    }

    fn follow(&self, start: Place) -> Vec<Place> {
        let (ahead, step) = ((AHEAD * self.width).max(5.0), (STEP * self.width).max(1.5));
        let mut path = vec![start];
        let mut at = start;
        while path.len() < STEPS {
            let turns = (-TURN..=TURN).step_by(FINE as usize).map(|turn| {
                let angle = at.angle + (turn as f32).to_radians();
                (self.ink_ahead(at.x, at.y, angle, ahead) - turn.abs() as f32 * INERTIA, angle)
            });
            let Some((ink, angle)) = turns.max_by(|a, b| a.0.total_cmp(&b.0)) else { break };
            if ink < GOES_ON {
                break;
            }
            at = self.centered(Place { x: at.x + step * angle.cos(), y: at.y + step * angle.sin(), angle });
            if !self.is_ink(at.x, at.y) {
                break;
            }
            path.push(at);
        }
        path
    }

    /// The place moved to the middle of the stroke, where that stands alone.
    fn centered(&self, at: Place) -> Place {
        let (nx, ny) = (-at.angle.sin(), at.angle.cos());
        let limit = 1.3 * self.width;
        let reach = |side: f32| {
            (1..)
                .take_while(|d| (*d as f32) < limit + 1.0 && self.is_ink(at.x + side * nx * *d as f32, at.y + side * ny * *d as f32))
                .count()
        };
        let (before, after) = (reach(-1.0) as f32, reach(1.0) as f32);
        if before + after + 1.0 > 1.5 * self.width {
            return at;
        }
        let shift = (after - before) * 0.3;
        Place { x: at.x + nx * shift, y: at.y + ny * shift, ..at }
    }

    /// Share of ink on the way ahead.
    fn ink_ahead(&self, x: f32, y: f32, angle: f32, length: f32) -> f32 {
        let steps = length as i32;
        let (dx, dy) = (angle.cos(), angle.sin());
        (1..=steps).filter(|k| self.is_ink(x + *k as f32 * dx, y + *k as f32 * dy)).count() as f32 / steps.max(1) as f32
    }

    fn is_ink(&self, x: f32, y: f32) -> bool {
        self.mask.is_ink(x.round() as i32, y.round() as i32)
    }

    /// The pen's tip at a place.
    fn draw(&mut self, x: f32, y: f32) {
        let radius = self.width / 2.0 + 0.6;
        let reach = radius as i32 + 1;
        for py in y as i32 - reach..=y as i32 + reach + 1 {
            for px in x as i32 - reach..=x as i32 + reach + 1 {
                if (px as f32 - x).powi(2) + (py as f32 - y).powi(2) <= radius * radius {
                    self.drawn.set(px, py);
                }
            }
        }
    }

    /// Pixels of the pen's line where a letter's stroke passes under it: print on both sides.
    fn crossings(&self, places: &[Place]) -> Vec<(i32, i32)> {
        let mut found = Vec::new();
        for place in places {
            let (nx, ny) = (-place.angle.sin(), place.angle.cos());
            let print = |away: f32| {
                let (x, y) = ((place.x + away * nx).round() as i32, (place.y + away * ny).round() as i32);
                self.mask.is_ink(x, y) && !self.drawn.is_ink(x, y)
            };
            let edge = self.width / 2.0 + 1.5;
            if [-1.0, 1.0].iter().all(|side| print(side * edge) || print(side * (edge + 1.0))) {
                let reach = (2.0 * edge) as i32;
                found.extend((-reach..=reach).map(|k| {
                    let away = k as f32 / 2.0;
                    ((place.x + away * nx).round() as i32, (place.y + away * ny).round() as i32)
                }));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::super::ink::Run;
    use super::*;

    const BAND: Band = Band { x: 0.0, top: 60.0, slope: 0.0, height: 20.0 };

    fn disc(runs: &mut Vec<(i32, i32)>, x: f32, y: f32, radius: f32) {
        let reach = radius as i32 + 1;
        for dy in -reach..=reach {
            for dx in -reach..=reach {
                if ((dx * dx + dy * dy) as f32) <= radius * radius {
                    runs.push((x as i32 + dx, y as i32 + dy));
                }
            }
        }
    }

    fn blob(mut pixels: Vec<(i32, i32)>) -> Blob {
        pixels.sort_by_key(|(x, y)| (*y, *x));
        pixels.dedup();
        let runs = pixels.into_iter().map(|(x, y)| Run { y, left: x, right: x + 1 }).fold(Vec::<Run>::new(), |mut runs, run| {
            match runs.last_mut() {
                Some(last) if last.y == run.y && last.right == run.left => last.right = run.right,
                _ => runs.push(run),
            }
            runs
        });
        Blob::new(runs)
    }

    #[test]
    fn a_pen_through_a_letter_leaves_the_letter_whole() {
        let mut pixels = Vec::new();
        // A pen's line comes down from free paper, runs through the row and leaves below.
        (4..120).for_each(|i| disc(&mut pixels, 30.0 + i as f32 * 0.4, i as f32, 2.0));
        // A bar of a letter that it crosses.
        (40..90).for_each(|x| (69..72).for_each(|y| pixels.push((x, y))));
        let lifted = lift(&blob(pixels), &[BAND], &GrayImage::new(200, 200)).unwrap();
        let widest = lifted.letters.iter().max_by_key(|letter| letter.rect.width()).unwrap();
        assert!(widest.rect.left <= 42 && widest.rect.right >= 88, "{:?}", widest.rect);
        assert!(lifted.letters.iter().map(|letter| letter.area).sum::<i32>() < 230);
    }

    #[test]
    fn letters_that_all_hang_on_one_stroke_are_a_row() {
        let mut pixels = Vec::new();
        (0..200).for_each(|x| disc(&mut pixels, x as f32, 20.0 + (x as f32 / 20.0).sin() * 12.0, 2.0));
        (0..200).for_each(|x| pixels.push((x, 59)));
        (0..20).for_each(|i| (60..80).for_each(|y| pixels.push((i * 10, y))));
        let band = Band::swallowed(&blob(pixels), 20.0).unwrap();
        assert!((band.top - 60.0).abs() <= 2.0 && (band.height - 20.0).abs() <= 3.0, "{band:?}");
    }
}

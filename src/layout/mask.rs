//! A blob's pixels, to take rules and pen strokes out of.

use crate::document::Rect;

use super::ink::{Blob, Run};

/// The pixels of one blob; what lies outside its box is paper.
#[derive(Debug, Clone)]
pub struct Mask {
    rect: Rect,
    pixels: Vec<bool>,
}

impl Mask {
    pub fn of(blob: &Blob) -> Mask {
        let mut mask = Mask { rect: blob.rect, pixels: vec![false; blob.rect.area() as usize] };
        for run in &blob.runs {
            let at = mask.index(run.left, run.y);
            mask.pixels[at..at + run.len() as usize].fill(true);
        }
        mask
    }

    /// As large, without ink.
    pub fn blank(&self) -> Mask {
        Mask { rect: self.rect, pixels: vec![false; self.pixels.len()] }
    }

    /// The ink that is no brighter than `level`.
    pub fn darker_than(&self, level: u8, brightness: &impl Fn(i32, i32) -> u8) -> Mask {
        let mut mask = self.blank();
        for run in self.runs() {
            (run.left..run.right).filter(|x| brightness(*x, run.y) <= level).for_each(|x| mask.set(x, run.y));
        }
        mask
    }

    /// With a pixel more on every side, inside the box.
    pub fn grown(&self) -> Mask {
        let mut mask = self.clone();
        for run in self.runs() {
            for y in run.y - 1..=run.y + 1 {
                (run.left - 1..run.right + 1).for_each(|x| mask.set(x, y));
            }
        }
        mask
    }

    /// Adds the ink of another mask of the same blob.
    pub fn add(&mut self, other: &Mask) {
        self.pixels.iter_mut().zip(&other.pixels).for_each(|(pixel, other)| *pixel |= other);
    }

    /// Inks one pixel, if it lies inside.
    pub fn set(&mut self, x: i32, y: i32) {
        if self.holds(x, y) {
            let at = self.index(x, y);
            self.pixels[at] = true;
        }
    }

    /// Takes out the ink of another mask of the same blob.
    pub fn take_out(&mut self, other: &Mask) {
        self.pixels.iter_mut().zip(&other.pixels).for_each(|(pixel, other)| *pixel &= !other);
    }

    /// Leaves the ink that another mask of the same blob has too.
    pub fn retain(&mut self, other: &Mask) {
        self.pixels.iter_mut().zip(&other.pixels).for_each(|(pixel, other)| *pixel &= other);
    }

    pub fn clear(&mut self, x: i32, y: i32) {
        if self.holds(x, y) {
            let at = self.index(x, y);
            self.pixels[at] = false;
        }
    }

    fn holds(&self, x: i32, y: i32) -> bool {
        x >= self.rect.left && x < self.rect.right && y >= self.rect.top && y < self.rect.bottom
    }

    fn index(&self, x: i32, y: i32) -> usize {
        (y - self.rect.top) as usize * self.rect.width() as usize + (x - self.rect.left) as usize
    }

    pub fn is_ink(&self, x: i32, y: i32) -> bool {
        self.holds(x, y) && self.pixels[self.index(x, y)]
    }

    pub fn wipe(&mut self, runs: &[Run]) {
        for run in runs {
            let at = self.index(run.left, run.y);
            self.pixels[at..at + run.len() as usize].fill(false);
        }
    }

    /// Takes a level rule out, but leaves the strokes that cross it.
    pub fn wipe_level(&mut self, group: &[Run]) {
        let left = group.iter().map(|run| run.left).min().unwrap_or(0);
        let right = group.iter().map(|run| run.right).max().unwrap_or(0);
        let mut reach = vec![(i32::MAX, i32::MIN); (right - left) as usize];
        for run in group {
            for (top, bottom) in &mut reach[(run.left - left) as usize..(run.right - left) as usize] {
                *top = (*top).min(run.y);
                *bottom = (*bottom).max(run.y);
            }
        }
        for (column, (top, bottom)) in reach.into_iter().enumerate() {
            let x = left + column as i32;
            if top > bottom || (self.is_ink(x, top - 2) && self.is_ink(x, bottom + 2)) {
                continue;
            }
            // The rule's ragged edge goes with it where nothing stands on it.
            let top = if self.is_ink(x, top - 2) { top } else { top - 1 };
            let bottom = if self.is_ink(x, bottom + 2) { bottom } else { bottom + 1 };
            for y in top.max(self.rect.top)..=bottom.min(self.rect.bottom - 1) {
                let at = self.index(x, y);
                self.pixels[at] = false;
            }
        }
    }

    pub fn runs(&self) -> Vec<Run> {
        let width = self.rect.width() as usize;
        let mut runs = Vec::new();
        for (row, pixels) in self.pixels.chunks_exact(width).enumerate() {
            let y = self.rect.top + row as i32;
            let mut x = 0;
            while x < width {
                let ink = pixels[x..].iter().take_while(|p| **p).count();
                if ink > 0 {
                    let left = self.rect.left + x as i32;
                    runs.push(Run { y, left, right: left + ink as i32 });
                }
                x += ink.max(1);
            }
        }
        runs
    }
}

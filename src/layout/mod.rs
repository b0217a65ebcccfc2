//! An upright page in, its text lines in reading order out, and what is not text.
//!
//! Ink becomes blobs; rules, leaders and pictures are set aside; body letters grow into rows; level rows join into lines; marks go to the line
//! they stand over or under. All lengths are in letter heights of the page or the row, so that resolution and type size do not matter.

mod columns;
mod faint;
mod frames;
mod furniture;
mod ink;
mod leaders;
mod marks;
mod mask;
mod order;
mod overprint;
mod pen;
mod regions;
mod rows;
mod rules;
mod scale;
mod seals;
mod spans;
mod tables;

use image::GrayImage;

use crate::document::PageImage;
use crate::document::text::{FurnitureKind, PageLayout, Role};

use furniture::Aside;
use ink::{Blob, Run, Tint};

/// Every printed line of the page, whole and once, in reading order; furniture apart.
pub fn find_lines(page: &PageImage) -> PageLayout {
    let colors = page.color.as_ref().map(ink::Colors::new);
    let blobs = ink::blobs(&page.grey, colors.as_ref());
    let Some(letter) = scale::letter_height(&blobs, page.dpi) else { return PageLayout::default() };
    let blobs = match &colors {
        Some(colors) => ink::separate_inks(blobs, colors, letter),
        None => blobs,
    };
    let (blobs, blemishes) = furniture::take_blemishes(blobs, page, letter);
    let (blobs, rules) = rules::take(blobs, letter);
    let frames = frames::find(&rules, letter, page);
    let (residue, blobs): (Vec<Blob>, Vec<Blob>) = blobs.into_iter().partition(|blob| frames.is_residue(blob, letter));
    let (blobs, leaders) = leaders::take(blobs, letter);
    let aside = Aside { blemishes, rules, leaders, residue };
    let mut text = TextInk::new(blobs, &frames, letter);
    let mut pictures = furniture::emblems(&text.blobs, letter, page);
    text.free_print_on_seals(&mut pictures, page, colors.as_ref(), letter);
    pictures.extend(furniture::signatures(&text.blobs, &text.free, letter));
    text.set_aside(&pictures);
    let rows = text.into_rows(page, letter, &mut pictures, &frames);
    regions::compose(rows, aside, pictures, frames, page)
}

/// The ink that may be text, with what each blob belongs to.
struct TextInk {
    blobs: Vec<Blob>,
    roles: Vec<Role>,
    free: Vec<usize>,
}

impl TextInk {
    fn new(blobs: Vec<Blob>, frames: &frames::Frames, letter: f32) -> TextInk {
        let roles = blobs.iter().map(|blob| frames.role_of(blob, letter)).collect();
        TextInk { free: (0..blobs.len()).collect(), roles, blobs }
    }

    fn set_aside(&mut self, pictures: &[furniture::Picture]) {
        let mut taken = vec![false; self.blobs.len()];
        pictures.iter().flat_map(|picture| &picture.members).for_each(|i| taken[*i] = true);
        self.free.retain(|i| !taken[*i]);
    }

    /// Print that seals lie on becomes the text's again; what else stands in a seal is the seal's.
    fn free_print_on_seals(&mut self, pictures: &mut [furniture::Picture], page: &PageImage, colors: Option<&ink::Colors>, letter: f32) {
        self.set_aside(pictures);
        let is_letter = |blob: &&Blob| blob.tint == Tint::Dark && (0.6..1.5).contains(&(blob.height() / letter));
        let letters: Vec<Blob> = self.free.iter().map(|i| &self.blobs[*i]).filter(is_letter).step_by(8).cloned().collect();
        for picture in pictures {
            let ring = picture.members.iter().map(|i| &self.blobs[*i]).max_by_key(|blob| blob.rect.area());
            let Some(circle) = ring.filter(|_| picture.kind != FurnitureKind::QrCode).and_then(|ring| seals::Circle::of(ring, page)) else {
                continue;
            };
            let inside = |i: &usize| self.blobs[*i].tint != Tint::Blue && circle.holds(&self.blobs[*i]);
            let members: Vec<usize> = picture.members.iter().copied().chain(self.free.iter().copied().filter(inside)).collect();
            let ink: Vec<&Blob> = members.iter().map(|i| &self.blobs[*i]).collect();
            let Some(lifted) = seals::lift(&ink, &letters.iter().collect::<Vec<_>>(), page, colors, letter) else { continue };
            self.free.retain(|i| !members.contains(i));
            *picture = furniture::Picture { rect: lifted.seal.rect, members: vec![self.blobs.len()], ..*picture };
            self.add(lifted.seal);
            for piece in lifted.print {
                self.free.push(self.blobs.len());
                self.add(piece);
            }
        }
    }

    fn add(&mut self, blob: Blob) {
        self.roles.push(Role::Text);
        self.blobs.push(blob);
    }

    /// Rows with all their marks, and the blobs that their members count in.
    fn into_rows(
        mut self,
        page: &PageImage,
        letter: f32,
        pictures: &mut [furniture::Picture],
        frames: &frames::Frames,
    ) -> (Vec<Blob>, Vec<rows::Row>) {
        let slope = |role| frames.slope_of(role);
        let first = rows::grow(&self.blobs, &self.free, &self.roles, letter, slope);
        self.cut_tall_blobs(&first, letter);
        self.free_letters_under(pictures, &first, letter, &page.grey);
        overprint::give_back(&self.blobs, &mut self.roles, &first, frames);
        let rows = rows::grow(&self.blobs, &self.free, &self.roles, letter, slope);
        let walls: Vec<_> = pictures.iter().filter(|p| p.parts_columns(&self.blobs)).map(|p| p.rect).collect();
        let mut rows = columns::join_level(rows, &self.blobs, &walls, letter);
        let mut taken = vec![false; self.blobs.len()];
        rows.iter().flat_map(|row| &row.members).for_each(|i| taken[*i] = true);
        let loose: Vec<usize> = self.free.iter().copied().filter(|i| !taken[*i]).collect();
        marks::attach(&mut rows, &self.blobs, &loose, &self.roles);
        (self.blobs, rows)
    }

    /// Signatures run over the name below them, and their strokes take its letters with them: these become the text's again.
    fn free_letters_under(&mut self, pictures: &mut [furniture::Picture], rows: &[rows::Row], letter: f32, page: &GrayImage) {
        for picture in pictures.iter_mut().filter(|picture| picture.kind == FurnitureKind::Signature) {
            // Red is a seal's color, and no pen's; rows of black print are read through it.
            if self.blobs[picture.members[0]].tint == Tint::Red {
                picture.is_apart = true;
                continue;
            }
            for stroke in picture.members.clone() {
                let bands = self.bands_under(stroke, rows, letter);
                let (whole, print) = self.with_print_under(stroke, letter);
                let letters = match pen::lift(&whole, &bands, page) {
                    Some(lifted) => {
                        picture.is_apart = true;
                        self.blobs[stroke] = lifted.pen;
                        self.free.retain(|i| !print.contains(i));
                        lifted.letters
                    }
                    None => overprint::letters_under(&self.blobs[stroke], rows, letter),
                };
                for piece in letters {
                    self.free.push(self.blobs.len());
                    self.add(piece);
                }
            }
        }
    }

    /// A stroke with the print that it touches, which its color told apart: where the pen crosses a letter, the ink belongs to both.
    fn with_print_under(&self, stroke: usize, letter: f32) -> (Blob, Vec<usize>) {
        let pen = &self.blobs[stroke];
        if pen.tint == Tint::Dark {
            return (pen.clone(), Vec::new());
        }
        let near = mask::Mask::of(pen).grown();
        let touches = |blob: &Blob| blob.runs.iter().any(|run| near.is_ink(run.left, run.y) || near.is_ink(run.right - 1, run.y));
        let print: Vec<usize> = self
            .free
            .iter()
            .copied()
            .filter(|i| self.blobs[*i].tint == Tint::Dark && self.blobs[*i].height() < 3.0 * letter)
            .filter(|i| !self.blobs[*i].rect.intersection(&pen.rect).is_empty() && touches(&self.blobs[*i]))
            .collect();
        let mut runs: Vec<Run> = pen.runs.iter().chain(print.iter().flat_map(|i| &self.blobs[*i].runs)).copied().collect();
        runs.sort_by_key(|run| (run.y, run.left));
        (Blob { tint: pen.tint, ..Blob::new(runs) }, print)
    }

    fn bands_under(&self, stroke: usize, rows: &[rows::Row], letter: f32) -> Vec<pen::Band> {
        let bands = pen::Band::reached(&self.blobs[stroke], rows, letter);
        if bands.is_empty() { pen::Band::swallowed(&self.blobs[stroke], letter).into_iter().collect() } else { bands }
    }

    fn cut_tall_blobs(&mut self, rows: &[rows::Row], letter: f32) {
        for i in self.free.clone() {
            if self.blobs[i].height() < 2.2 * letter {
                continue;
            }
            let Some(pieces) = marks::cut_between_rows(&self.blobs[i], rows) else { continue };
            self.free.retain(|free| *free != i);
            for piece in pieces {
                self.free.push(self.blobs.len());
                self.roles.push(self.roles[i]);
                self.blobs.push(piece);
            }
        }
    }
}

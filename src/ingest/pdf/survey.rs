//! What stands on a PDF page: its images with their places, and whether anything else is shown that the images do not hold.

use pdfium_render::prelude::*;

use super::place::{Affine, Area};

/// An image and where it is shown.
pub struct Placed<'a> {
    pub image: PdfPageImageObject<'a>,
    /// Unit square → shown page, in points.
    pub place: Affine,
    pub area: Area,
    pub width: u32,
    pub height: u32,
    /// Whether its samples may differ from what is shown of it: masks, clipping, blending.
    pub veiled: bool,
}

/// What was found on a page.
pub struct Survey<'a> {
    /// In the order of painting.
    pub images: Vec<Placed<'a>>,
    /// Shown things that are no images and that no later image covers: text, drawings, annotations.
    pub marks: Vec<Area>,
    /// The shown page, in points.
    pub page: Area,
    /// User space → shown page.
    pub shown: Affine,
    /// Some image of the file has a mask.
    masks: bool,
}

/// Forms within forms, deeper than any honest producer nests them.
const MAX_DEPTH: u32 = 12;
/// Objects of one page; beyond, the page is rendered without a closer look.
const MAX_OBJECTS: usize = 100_000;
/// Brighter than this is paper: a white box behind a scan shows nothing.
const PAPER: u8 = 250;

impl<'a> Survey<'a> {
    /// `masks`: whether any image of the file has a mask.
    pub fn of(page: &'a PdfPage<'a>, masks: bool) -> Survey<'a> {
        let (width, height) = (f64::from(page.width().value), f64::from(page.height().value));
        let rotate = match page.rotation() {
            Ok(PdfPageRenderRotation::Degrees90) => 90,
            Ok(PdfPageRenderRotation::Degrees180) => 180,
            Ok(PdfPageRenderRotation::Degrees270) => 270,
            _ => 0,
        };
        let (across, up) = if rotate % 180 == 0 { (width, height) } else { (height, width) };
        let area = page.boundaries().bounding().map(|boundary| area_of(&boundary.bounds)).unwrap_or(Area {
            left: 0.0,
            top: 0.0,
            right: across,
            bottom: up,
        });
        let mut survey = Survey {
            images: Vec::new(),
            marks: Vec::new(),
            page: Area { left: 0.0, top: 0.0, right: width, bottom: height },
            shown: Affine::shown(area, rotate),
            masks,
        };
        let mut left = MAX_OBJECTS;
        let shown = survey.shown;
        for index in 0..page.objects().len() {
            if let Ok(object) = page.objects().get(index) {
                survey.note(object, &shown, false, 0, &mut left);
            }
        }
        survey.note_annotations(page);
        survey
    }

    /// `veiled`: the form around the object is blended.
    fn note(&mut self, object: PdfPageObject<'a>, shown: &Affine, veiled: bool, depth: u32, left: &mut usize) {
        if *left == 0 || depth > MAX_DEPTH {
            self.marks.push(self.page);
            return;
        }
        *left -= 1;
        let veiled = veiled || object.has_transparency() || is_clipped(&object);
        let bounds = object.bounds().map(|quad| area_of(&quad.to_rect()).placed(shown)).unwrap_or(self.page);
        match object {
            PdfPageObject::Image(image) => self.note_image(image, shown, veiled),
            PdfPageObject::XObjectForm(form) => {
                let shown = form.matrix().map(|matrix| affine(&matrix).then(shown)).unwrap_or(*shown);
                for index in 0..form.len() {
                    if let Ok(object) = form.get(index) {
                        self.note(object, &shown, veiled, depth + 1, left);
                    }
                }
            }
            PdfPageObject::Text(text) => {
                let drawn = !matches!(text.render_mode(), PdfPageTextRenderMode::Invisible | PdfPageTextRenderMode::InvisibleClipping);
                if drawn && bounds.common(&self.page).size() > 0.0 {
                    self.marks.push(bounds);
                }
            }
            PdfPageObject::Path(path) => {
                let filled = !matches!(path.fill_mode(), Ok(PdfPathFillMode::None));
                let stroked = path.is_stroked().unwrap_or(true);
                let is_paper = path.fill_color().is_ok_and(|color| color.red().min(color.green()).min(color.blue()) >= PAPER);
                // A white box under the scan is paper, one over it is a correction.
                let shows = stroked || filled && !(is_paper && self.images.is_empty());
                let on_page = bounds.left < self.page.right && bounds.right > 0.0 && bounds.top < self.page.bottom && bounds.bottom > 0.0;
                if shows && on_page {
                    self.marks.push(bounds);
                }
            }
            PdfPageObject::Shading(_) | PdfPageObject::Unsupported(_) => self.marks.push(bounds),
        }
    }

    fn note_image(&mut self, image: PdfPageImageObject<'a>, shown: &Affine, veiled: bool) {
        let Ok(matrix) = image.matrix() else { return };
        let place = affine(&matrix).then(shown);
        let area = UNIT.placed(&place);
        let visible = area.common(&self.page);
        if visible.width() <= 0.0 || visible.height() <= 0.0 {
            return;
        }
        let (width, height) = pixel_size(&image);
        // What an image covers is not seen any more: text below a scan is a hidden layer.
        let veiled = veiled || self.masks || is_stencil(&image);
        if !veiled {
            self.marks.retain(|mark| !area.holds(mark, 1.0));
        }
        self.images.push(Placed { image, place, area, width, height, veiled });
    }

    fn note_annotations(&mut self, page: &PdfPage<'a>) {
        for annotation in page.annotations().iter() {
            let silent = matches!(annotation.annotation_type(), PdfPageAnnotationType::Link | PdfPageAnnotationType::Popup);
            let area = annotation.bounds().map(|rect| area_of(&rect).placed(&self.shown)).unwrap_or(self.page);
            if !silent && area.common(&self.page).size() > 1.0 {
                self.marks.push(area);
            }
        }
    }
}

const UNIT: Area = Area { left: 0.0, top: 0.0, right: 1.0, bottom: 1.0 };

/// Columns and rows; (0, 0) when PDFium cannot tell.
fn pixel_size(image: &PdfPageImageObject) -> (u32, u32) {
    // PDFium decodes a JPEG 2000 image to learn of its size; the header tells it for nothing.
    if image.filters().iter().any(|filter| filter.name() == "JPXDecode")
        && let Some(size) = image.get_raw_image_data().ok().and_then(|data| jpeg2000_size(&data))
    {
        return size;
    }
    let side = |side: Result<Pixels, PdfiumError>| side.ok().and_then(|side| u32::try_from(side).ok()).unwrap_or(0);
    (side(image.width()), side(image.height()))
}

/// The SIZ marker segment: after `FF4F FF51`, a length and capabilities of 2 bytes each, the far corner and the near corner of the grid.
fn jpeg2000_size(data: &[u8]) -> Option<(u32, u32)> {
    let at = memchr::memmem::find(data, &[0xFF, 0x4F, 0xFF, 0x51])? + 8;
    let number = |index: usize| Some(u32::from_be_bytes(data.get(at + 4 * index..at + 4 * index + 4)?.try_into().ok()?));
    Some((number(0)?.saturating_sub(number(2)?), number(1)?.saturating_sub(number(3)?)))
}

/// A 1-bit image without a color space is a stencil: its samples say where ink goes, not what is dark.
fn is_stencil(image: &PdfPageImageObject) -> bool {
    let has_space = image.color_space().is_ok_and(|space| space != PdfColorSpace::Unknown);
    !has_space && image.bits_per_pixel().is_ok_and(|bits| bits == 1)
}

/// Whether a clip may take something off an object: any clip but a rectangle around it.
fn is_clipped(object: &PdfPageObject) -> bool {
    let Some(clip) = object.get_clip_path() else { return false };
    let Some(own) = object.matrix().ok().map(|matrix| UNIT.placed(&affine(&matrix))) else { return true };
    clip.iter().any(|path| {
        let points: Vec<(f64, f64)> = path.iter().map(|segment| (f64::from(segment.x().value), f64::from(segment.y().value))).collect();
        let corners = points.iter().map(|(x, y)| Area { left: *x, top: *y, right: *x, bottom: *y });
        let is_box = points.len() <= 5 && points.windows(2).all(|pair| pair[0].0 == pair[1].0 || pair[0].1 == pair[1].1);
        !is_box || !corners.reduce(|one, other| one.around(&other)).is_some_and(|around| around.holds(&own, 1.0))
    })
}

fn affine(matrix: &PdfMatrix) -> Affine {
    let [a, b, c, d, e, f] = [matrix.a(), matrix.b(), matrix.c(), matrix.d(), matrix.e(), matrix.f()].map(f64::from);
    Affine { a, b, c, d, e, f }
}

fn area_of(rect: &PdfRect) -> Area {
    let [left, bottom, right, top] = [rect.left(), rect.bottom(), rect.right(), rect.top()].map(|points| f64::from(points.value));
    Area { left, top: bottom.min(top), right, bottom: bottom.max(top) }
}

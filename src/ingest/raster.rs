//! PNG, JPEG, WebP and BMP: one page each, turned as EXIF says, on white where it is transparent.

use std::io::{BufReader, Read, Seek, SeekFrom};

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader};

use crate::document::PageScan;
use crate::document::text::Damage;
use crate::error::{Error, Stage};

use super::color;
use super::sniff::Kind;
use super::{Bytes, Limits, check_size};

/// An image file.
pub struct Raster {
    bytes: BufReader<Box<dyn Bytes>>,
    kind: Kind,
    limits: Limits,
}

impl Raster {
    /// Checks the header's size; nothing is decoded.
    pub fn open(bytes: Box<dyn Bytes>, kind: Kind, limits: Limits) -> Result<Raster, Error> {
        let mut raster = Raster { bytes: BufReader::new(bytes), kind, limits };
        let (width, height) = raster.reader()?.into_dimensions().map_err(|error| undecodable(kind, &error))?;
        check_size(width.into(), height.into(), &limits)?;
        Ok(raster)
    }

    pub fn page(&mut self) -> Result<PageScan, Error> {
        let kind = self.kind;
        let failed = |error: ImageError| undecodable(kind, &error);
        let declared = self.declared_dpi();
        let mut damage = Vec::new();
        if kind == Kind::Jpeg && !self.ends_as_jpeg() {
            damage.push(Damage::PictureCutOff);
        }
        let mut decoder = self.reader()?.into_decoder().map_err(failed)?;
        let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
        let image = color::page(DynamicImage::from_decoder(decoder).map_err(failed)?, orientation, declared);
        Ok(PageScan { page: 1, image, embedded: None, damage })
    }

    fn reader(&mut self) -> Result<ImageReader<&mut BufReader<Box<dyn Bytes>>>, Error> {
        self.rewind()?;
        let format = match self.kind {
            Kind::Png => ImageFormat::Png,
            Kind::WebP => ImageFormat::WebP,
            Kind::Bmp => ImageFormat::Bmp,
            _ => ImageFormat::Jpeg,
        };
        let mut reader = ImageReader::with_format(&mut self.bytes, format);
        let mut limits = image::Limits::default();
        // Four channels of 16 bits, and as much again for the decoder's own needs.
        limits.max_alloc = Some(self.limits.max_pixels.saturating_mul(16));
        reader.limits(limits);
        Ok(reader)
    }

    fn rewind(&mut self) -> Result<(), Error> {
        self.bytes.seek(SeekFrom::Start(0)).map(drop).map_err(|error| Error::new(Stage::Ingest, "file.unreadable", "cannot read", error))
    }

    /// Whether the last bytes hold the end marker; padding after it is common.
    fn ends_as_jpeg(&mut self) -> bool {
        const TAIL: i64 = 512;
        let mut tail = Vec::new();
        let found = self.bytes.seek(SeekFrom::End(-TAIL)).or_else(|_| self.bytes.seek(SeekFrom::Start(0)));
        found.and_then(|_| self.bytes.read_to_end(&mut tail)).is_ok() && tail.windows(2).any(|pair| pair == [0xFF, 0xD9])
    }

    /// What the header says of the resolution, horizontally and vertically.
    fn declared_dpi(&mut self) -> Option<(f32, f32)> {
        let mut head = Vec::new();
        self.rewind().ok()?;
        (&mut self.bytes).take(64 * 1024).read_to_end(&mut head).ok()?;
        match self.kind {
            Kind::Jpeg => jfif_dpi(&head),
            Kind::Png => png_dpi(&head),
            Kind::Bmp => bmp_dpi(&head),
            _ => None,
        }
    }
}

fn undecodable(kind: Kind, error: &ImageError) -> Error {
    let what = format!("cannot decode the {}", kind.name());
    match error {
        ImageError::Limits(_) => Error::new(Stage::Ingest, "page.too_large", what, error).hint("raise --max-pixels if the page is real"),
        ImageError::Unsupported(_) => Error::new(Stage::Ingest, "image.unsupported", what, error).hint("save it as PNG"),
        _ => Error::new(Stage::Ingest, "image.damaged", what, error).hint("scan or copy it again"),
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

const INCHES_PER_METER: f32 = 39.37;

/// JFIF APP0: "JFIF\0", version, unit (1 per inch, 2 per centimeter), two densities.
fn jfif_dpi(head: &[u8]) -> Option<(f32, f32)> {
    let at = head.windows(5).take(64).position(|window| window == b"JFIF\0")?;
    let per_inch = match head.get(at + 7)? {
        1 => 1.0,
        2 => 2.54,
        _ => return None,
    };
    Some((f32::from(be16(head, at + 8)?) * per_inch, f32::from(be16(head, at + 10)?) * per_inch))
}

/// PNG pHYs: pixels per unit across and down, unit 1 = meter.
fn png_dpi(head: &[u8]) -> Option<(f32, f32)> {
    let at = head.windows(4).position(|window| window == b"pHYs")? + 4;
    (head.get(at + 8) == Some(&1)).then_some(())?;
    Some((be32(head, at)? as f32 / INCHES_PER_METER, be32(head, at + 4)? as f32 / INCHES_PER_METER))
}

/// BITMAPINFOHEADER: pixels per meter at offsets 38 and 42.
fn bmp_dpi(head: &[u8]) -> Option<(f32, f32)> {
    (*head.get(14)? >= 40).then_some(())?;
    let per_meter = |at: usize| be32(head, at).map(|value| value.swap_bytes() as f32 / INCHES_PER_METER);
    Some((per_meter(38)?, per_meter(42)?))
}

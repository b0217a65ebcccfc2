//! TIFF of one or many pages, as fax servers and document scanners write it: 1-bit CCITT, grey, color, in any of its compressions.

use std::io::{BufReader, Read, Seek, SeekFrom};

use image::metadata::Orientation;
use image::{DynamicImage, GrayImage, RgbImage};
use tiff::decoder::{Decoder, DecodingResult, Limits as DecoderLimits};
use tiff::tags::Tag;
use tiff::{ColorType, TiffError};

use crate::document::PageScan;
use crate::document::text::Damage;
use crate::error::{Error, Stage};

use super::color;
use super::fax::FaxPage;
use super::{Bytes, Limits, check_size, too_many_pages};

/// Compression tag of CCITT group 3.
const GROUP_3: u16 = 3;

type Source = BufReader<Box<dyn Bytes>>;

/// An open TIFF file.
pub struct Tiff {
    decoder: Decoder<Source>,
    page_count: u32,
    limits: Limits,
}

impl Tiff {
    /// Follows the chain of directories to count the pages; no pixel is decoded.
    pub fn open(bytes: Box<dyn Bytes>, limits: Limits) -> Result<Tiff, Error> {
        let mut decoder = Decoder::new(BufReader::new(bytes)).map_err(|error| undecodable(&error))?;
        let mut allowed = DecoderLimits::default();
        allowed.decoding_buffer_size = usize::try_from(limits.max_pixels.saturating_mul(8)).unwrap_or(usize::MAX);
        allowed.intermediate_buffer_size = allowed.decoding_buffer_size;
        decoder = decoder.with_limits(allowed);
        let mut page_count = 1;
        while decoder.more_images() && decoder.next_image().is_ok() {
            page_count += 1;
            if page_count > limits.max_pages {
                return Err(too_many_pages(page_count as usize, &limits));
            }
        }
        Ok(Tiff { decoder, page_count, limits })
    }

    pub fn page_count(&self) -> u32 {
        self.page_count
    }

    pub fn page(&mut self, number: u32) -> Result<PageScan, Error> {
        let failed = |error: TiffError| undecodable(&error);
        let decoder = &mut self.decoder;
        decoder.seek_to_image(number as usize - 1).map_err(failed)?;
        let (width, height) = decoder.dimensions().map_err(failed)?;
        check_size(width.into(), height.into(), &self.limits)?;
        let declared = declared_dpi(decoder);
        let orientation = decoder.find_tag_unsigned::<u8>(Tag::Orientation).ok().flatten().unwrap_or(1);
        let orientation = Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms);
        let mut damage = Vec::new();
        let image = match decoder.find_tag_unsigned::<u16>(Tag::Compression).ok().flatten() {
            Some(GROUP_3) => {
                let (page, whole) = fax(decoder, width, height)?;
                if !whole {
                    damage.push(Damage::FaxRows);
                }
                DynamicImage::ImageLuma8(page)
            }
            _ => decode(decoder, width, height)?,
        };
        let image = color::page(image, orientation, declared);
        Ok(PageScan { page: number, image, embedded: None, damage })
    }
}

fn undecodable(error: &TiffError) -> Error {
    let what = "cannot decode the TIFF page";
    match error {
        TiffError::UnsupportedError(_) => {
            Error::new(Stage::Ingest, "tiff.unsupported", what, error).hint("convert it to PDF or to TIFF with LZW compression")
        }
        TiffError::LimitsExceeded => {
            Error::new(Stage::Ingest, "page.too_large", what, error).hint("raise --max-pixels if the page is real")
        }
        _ => Error::new(Stage::Ingest, "tiff.damaged", what, error).hint("scan or copy it again"),
    }
}

fn declared_dpi(decoder: &mut Decoder<Source>) -> Option<(f32, f32)> {
    let per_inch = match decoder.find_tag_unsigned::<u16>(Tag::ResolutionUnit).ok().flatten() {
        Some(3) => 2.54,
        Some(1) => return None,
        _ => 1.0,
    };
    let across = decoder.get_tag_f32(Tag::XResolution).ok()?;
    let down = decoder.get_tag_f32(Tag::YResolution).ok()?;
    Some((across * per_inch, down * per_inch))
}

fn decode(decoder: &mut Decoder<Source>, width: u32, height: u32) -> Result<DynamicImage, Error> {
    let failed = |error: TiffError| undecodable(&error);
    let color = decoder.colortype().map_err(failed)?;
    let palette = match color {
        ColorType::Palette(_) => decoder.get_tag_u16_vec(Tag::ColorMap).map_err(failed)?,
        _ => Vec::new(),
    };
    let samples = eight_bits(decoder.read_image().map_err(failed)?).ok_or_else(|| unsupported(color))?;
    let (columns, rows) = (width as usize, height as usize);
    let image = match color {
        ColorType::Gray(8 | 16) => GrayImage::from_raw(width, height, samples).map(DynamicImage::ImageLuma8),
        ColorType::Gray(bits @ (1 | 2 | 4)) => {
            let top = (1u16 << bits) - 1;
            let grey = unpacked(&samples, columns, rows, bits).map(|value| (u16::from(value) * 255 / top) as u8).collect();
            GrayImage::from_raw(width, height, grey).map(DynamicImage::ImageLuma8)
        }
        ColorType::Palette(bits @ (1 | 2 | 4 | 8)) => {
            let entries = 1usize << bits;
            let channel = |value: u8, channel: usize| palette.get(channel * entries + usize::from(value)).map_or(0, |v| (v >> 8) as u8);
            let values = unpacked(&samples, columns, rows, bits);
            let rgb = values.flat_map(|value| [channel(value, 0), channel(value, 1), channel(value, 2)]).collect();
            RgbImage::from_raw(width, height, rgb).map(DynamicImage::ImageRgb8)
        }
        ColorType::RGB(8 | 16) | ColorType::YCbCr(8) => RgbImage::from_raw(width, height, samples).map(DynamicImage::ImageRgb8),
        ColorType::GrayA(8 | 16) => image::GrayAlphaImage::from_raw(width, height, samples).map(DynamicImage::ImageLumaA8),
        ColorType::RGBA(8 | 16) => image::RgbaImage::from_raw(width, height, samples).map(DynamicImage::ImageRgba8),
        ColorType::CMYK(8 | 16) => RgbImage::from_raw(width, height, printed(&samples)).map(DynamicImage::ImageRgb8),
        _ => return Err(unsupported(color)),
    };
    image.ok_or_else(|| {
        Error::new(Stage::Ingest, "tiff.damaged", "cannot decode the TIFF page", "fewer samples than pixels").hint("scan or copy it again")
    })
}

/// CCITT group 3, and whether every row is whole. TIFF 6.0, sections 10 and 11.
fn fax(decoder: &mut Decoder<Source>, width: u32, height: u32) -> Result<(GrayImage, bool), Error> {
    /// T4Options: rows that refer to the row above, and rows without coding.
    const T4_OPTIONS: Tag = Tag::Unknown(292);
    const BEYOND: u32 = 0b11;
    let failed = |error: TiffError| undecodable(&error);
    let refused = |why: &str| {
        Error::new(Stage::Ingest, "tiff.unsupported", "cannot decode the TIFF page", why).hint("convert it to PDF or to CCITT group 4")
    };
    if decoder.find_tag_unsigned::<u32>(T4_OPTIONS).map_err(failed)?.unwrap_or(0) & BEYOND != 0 {
        return Err(refused("two-dimensional CCITT group 3"));
    }
    let columns = u16::try_from(width).map_err(|_| refused("a fax of more than 65,535 columns"))?;
    let low_bit_first = decoder.find_tag_unsigned::<u16>(Tag::FillOrder).map_err(failed)? == Some(2);
    let white_is_zero = decoder.find_tag_unsigned::<u16>(Tag::PhotometricInterpretation).map_err(failed)? != Some(1);
    let offsets = decoder.get_tag_u64_vec(Tag::StripOffsets).map_err(failed)?;
    let lengths = decoder.get_tag_u64_vec(Tag::StripByteCounts).map_err(failed)?;
    let mut page = FaxPage::new(columns, height);
    for (offset, length) in offsets.into_iter().zip(lengths) {
        let mut strip = Vec::new();
        let source = decoder.inner();
        let read = source.seek(SeekFrom::Start(offset)).and_then(|_| source.take(length).read_to_end(&mut strip));
        read.map_err(|error| Error::new(Stage::Ingest, "file.unreadable", "cannot read", error))?;
        if low_bit_first {
            strip.iter_mut().for_each(|byte| *byte = byte.reverse_bits());
        }
        page.add(&strip);
    }
    let (mut page, whole) = page.finish();
    if !white_is_zero {
        page.iter_mut().for_each(|sample| *sample = u8::MAX - *sample);
    }
    Ok((page, whole))
}

fn unsupported(color: ColorType) -> Error {
    Error::new(Stage::Ingest, "tiff.unsupported", "cannot decode the TIFF page", format!("samples of kind {color:?}"))
        .hint("convert it to PDF")
}

fn eight_bits(samples: DecodingResult) -> Option<Vec<u8>> {
    match samples {
        DecodingResult::U8(samples) => Some(samples),
        DecodingResult::U16(samples) => Some(samples.into_iter().map(|sample| (sample >> 8) as u8).collect()),
        _ => None,
    }
}

/// Values of `bits` each, rows padded to whole bytes, highest bit first.
fn unpacked(samples: &[u8], columns: usize, rows: usize, bits: u8) -> impl Iterator<Item = u8> {
    let per_byte = 8 / usize::from(bits);
    let stride = columns.div_ceil(per_byte);
    let mask = (1u16 << bits) - 1;
    samples.chunks(stride).take(rows).flat_map(move |row| {
        (0..columns).map(move |x| {
            let byte = u16::from(row.get(x / per_byte).copied().unwrap_or_default());
            let shift = 8 - usize::from(bits) * (x % per_byte + 1);
            ((byte >> shift) & mask) as u8
        })
    })
}

/// Inks on white paper.
fn printed(cmyk: &[u8]) -> Vec<u8> {
    let light = |ink: u8, black: u8| (u16::from(255 - ink) * u16::from(255 - black) / 255) as u8;
    cmyk.chunks_exact(4).flat_map(|p| [light(p[0], p[3]), light(p[1], p[3]), light(p[2], p[3])]).collect()
}

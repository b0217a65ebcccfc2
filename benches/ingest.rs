//! What opening a page costs: A4 at 300 dpi, from bytes in memory to brightness and colors. Needs the PDFium library.
//!
//! `cargo bench --bench ingest`; the times are wall clock, so measure on a quiet machine.

#[path = "../tests/support/pdf.rs"]
#[expect(dead_code, reason = "shared with the tests, which use all of it")]
mod pdf;

use std::io::{Cursor, Write};
use std::path::Path;

use image::{DynamicImage, GrayImage, ImageFormat, Luma, Rgb, RgbImage};
use pdf::{A4, Pdf, box_font};
use saraban::config::Config;
use saraban::ingest::{Limits, open_bytes};

const WIDTH: u32 = 2480;
const HEIGHT: u32 = 3508;

fn main() {
    divan::main();
}

/// Rows of strokes like lines of text, one in ten pixels dark.
fn is_ink(x: u32, y: u32) -> bool {
    (300..2200).contains(&x) && (300..3200).contains(&y) && y % 90 < 40 && (x / 4 + y / 7).is_multiple_of(4)
}

fn grey() -> GrayImage {
    GrayImage::from_fn(WIDTH, HEIGHT, |x, y| Luma([if is_ink(x, y) { 30 } else { 245 - ((x * 7 + y * 13) % 11) as u8 }]))
}

fn encoded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).expect("an encoder");
    file.into_inner()
}

fn scan(entries: &str, data: &[u8]) -> Vec<u8> {
    let mut file = Pdf::new();
    let image = file.image(WIDTH, HEIGHT, entries, data);
    file.scan(A4, image, "");
    file.finish()
}

fn color_jpeg() -> Vec<u8> {
    let mut picture = DynamicImage::ImageLuma8(grey()).into_rgb8();
    image::imageops::replace(&mut picture, &RgbImage::from_pixel(400, 60, Rgb([200, 30, 40])), 300, 300);
    encoded(&DynamicImage::ImageRgb8(picture), ImageFormat::Jpeg)
}

fn read(bencher: divan::Bencher, file: Vec<u8>) {
    let limits = Limits::from(&Config::default());
    bencher.with_inputs(|| file.clone()).bench_local_values(|file| {
        let mut document = open_bytes(file, Path::new("page"), &limits).unwrap_or_else(|error| panic!("{error}"));
        document.page(1).unwrap_or_else(|error| panic!("{error}"))
    });
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pdf_color_jpeg(bencher: divan::Bencher) {
    read(bencher, scan("/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", &color_jpeg()));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pdf_grey_jpeg(bencher: divan::Bencher) {
    let jpeg = encoded(&DynamicImage::ImageLuma8(grey()), ImageFormat::Jpeg);
    read(bencher, scan("/ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode", &jpeg));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pdf_one_bit(bencher: divan::Bencher) {
    let byte = |x: u32, y: u32| (0..8).fold(0u8, |byte, bit| byte << 1 | u8::from(!is_ink(8 * x + bit, y)));
    let rows: Vec<u8> = (0..HEIGHT).flat_map(|y| (0..WIDTH / 8).map(move |x| byte(x, y))).collect();
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(&rows).expect("memory");
    let data = encoder.finish().expect("memory");
    read(bencher, scan("/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /FlateDecode", &data));
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn pdf_born_digital(bencher: divan::Bencher) {
    let mut file = Pdf::new();
    let (font, codes) = box_font(&mut file, &"หนงสอราชการ ฉบบหนง ".repeat(4));
    let lines: String = (0..30).map(|line| format!("BT /F 12 Tf 60 {} Td <{codes}> Tj ET ", 780 - 24 * line)).collect();
    file.page(A4, "", &format!("/Font << /F {font} 0 R >>"), &lines);
    read(bencher, file.finish());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn jpeg(bencher: divan::Bencher) {
    read(bencher, color_jpeg());
}

#[divan::bench(sample_count = 20, sample_size = 1)]
fn png(bencher: divan::Bencher) {
    read(bencher, encoded(&DynamicImage::ImageLuma8(grey()), ImageFormat::Png));
}

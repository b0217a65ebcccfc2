//! Image files in, pages out. These tests need no library beside the crate.

use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, GrayImage, ImageEncoder, ImageFormat, Luma, LumaA, Rgb, RgbImage};
use saraban::config::Config;
use saraban::document::PageScan;
use saraban::error::Error;
use saraban::ingest::{Document, Kind, Limits, Page, open_bytes};
use tiff::encoder::{TiffEncoder, colortype};

use crate::support::pdf::quarters;

fn open(file: Vec<u8>, name: &str) -> Result<Document, Error> {
    open_bytes(file, Path::new(name), &Limits::from(&Config::default()))
}

fn page(file: Vec<u8>, number: u32) -> PageScan {
    let read = open(file, "scan").and_then(|mut document| document.page(number));
    match read.unwrap_or_else(|error| panic!("{error}")) {
        Page::Scan(scan) => scan,
        Page::Text(_) => panic!("an image is a picture"),
    }
}

fn written(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    image.write_to(&mut file, format).expect("an encoder");
    file.into_inner()
}

fn sample() -> GrayImage {
    GrayImage::from_raw(120, 170, quarters(120, 170)).expect("120 by 170 samples")
}

/// The shades in the middle of the four quarters, read like text.
fn shades(scan: &PageScan) -> [u8; 4] {
    let grey = &scan.image.grey;
    let (width, height) = grey.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| grey.get_pixel(x * width / 4, y * height / 4).0[0])
}

#[test]
fn every_format_is_told_by_its_content() {
    let image = DynamicImage::ImageLuma8(sample());
    let rgb = DynamicImage::ImageRgb8(image.to_rgb8());
    for (format, kind, picture) in [
        (ImageFormat::Png, Kind::Png, &image),
        (ImageFormat::Bmp, Kind::Bmp, &rgb),
        (ImageFormat::WebP, Kind::WebP, &rgb),
        (ImageFormat::Tiff, Kind::Tiff, &image),
    ] {
        let file = written(picture, format);
        let document = open(file.clone(), "scan.jpg").unwrap_or_else(|error| panic!("{format:?}: {error}"));
        assert_eq!((document.kind(), document.page_count()), (kind, 1));
        assert_eq!(page(file, 1).image.grey, sample(), "{format:?}");
    }
    let jpeg = page(written(&image, ImageFormat::Jpeg), 1);
    assert!(shades(&jpeg).iter().zip([0u8, 80, 160, 240]).all(|(got, wanted)| got.abs_diff(wanted) < 4), "{:?}", shades(&jpeg));
}

/// A JPEG with an EXIF block that says how to turn it.
fn turned_jpeg(orientation: u8) -> Vec<u8> {
    let jpeg = written(&DynamicImage::ImageLuma8(sample()), ImageFormat::Jpeg);
    let exif = [b"Exif\0\0MM\0\x2A\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".as_slice(), &[orientation], b"\0\0\0\0\0\0"].concat();
    let length = (exif.len() as u16 + 2).to_be_bytes();
    [&jpeg[..2], &[0xFF, 0xE1], &length, &exif, &jpeg[2..]].concat()
}

#[test]
fn a_jpeg_stands_as_exif_says() {
    let near = |got: [u8; 4], wanted: [u8; 4]| got.iter().zip(wanted).all(|(got, wanted)| got.abs_diff(wanted) < 5);
    for (orientation, wanted) in [
        (1, [0, 80, 160, 240]),
        (2, [80, 0, 240, 160]),
        (3, [240, 160, 80, 0]),
        (4, [160, 240, 0, 80]),
        (5, [0, 160, 80, 240]),
        (6, [160, 0, 240, 80]),
        (7, [240, 80, 160, 0]),
        (8, [80, 240, 0, 160]),
    ] {
        let got = shades(&page(turned_jpeg(orientation), 1));
        assert!(near(got, wanted), "orientation {orientation}: {got:?}, not {wanted:?}");
    }
}

#[test]
fn a_cmyk_jpeg_is_inks_on_white() {
    let scan = page(include_bytes!("support/cmyk.jpg").to_vec(), 1);
    let got = shades(&scan);
    assert!(got.is_sorted() && got[0] < 70 && got[3] > 220, "{got:?}");
}

#[test]
fn transparent_and_16_bit_samples() {
    let wide = DynamicImage::ImageLuma16(image::ImageBuffer::from_fn(8, 8, |x, _| Luma([x as u16 * 8_000])));
    let grey = page(written(&wide, ImageFormat::Png), 1).image.grey;
    assert!(grey.get_pixel(7, 0).0[0].abs_diff(218) <= 1 && grey.get_pixel(0, 0).0[0] == 0);
    let glass = DynamicImage::ImageLumaA8(image::ImageBuffer::from_fn(8, 8, |x, _| LumaA([0, if x < 4 { 0 } else { 255 }])));
    let grey = page(written(&glass, ImageFormat::Png), 1).image.grey;
    assert_eq!((grey.get_pixel(0, 0).0[0], grey.get_pixel(7, 0).0[0]), (255, 0));
}

#[test]
fn color_is_kept_where_there_is_some() {
    let mut red = RgbImage::from_pixel(200, 280, Rgb([255, 255, 255]));
    image::imageops::replace(&mut red, &RgbImage::from_pixel(40, 10, Rgb([200, 20, 30])), 20, 20);
    assert!(page(written(&DynamicImage::ImageRgb8(red), ImageFormat::Png), 1).image.color.is_some());
    let grey = DynamicImage::ImageRgb8(DynamicImage::ImageLuma8(sample()).to_rgb8());
    assert!(page(written(&grey, ImageFormat::Png), 1).image.color.is_none());
}

#[test]
fn resolution_is_what_the_file_says_or_a_sheet_of_a4() {
    let dpi = |file: Vec<u8>| page(file, 1).image.dpi.round();
    let image = GrayImage::from_pixel(1654, 2339, Luma([255]));
    assert_eq!(dpi(written(&DynamicImage::ImageLuma8(image.clone()), ImageFormat::Png)), 200.0);
    let mut file = Vec::new();
    let mut encoder = image::codecs::jpeg::JpegEncoder::new(&mut file);
    encoder.set_pixel_density(image::codecs::jpeg::PixelDensity::dpi(150));
    encoder.write_image(image.as_raw(), 1654, 2339, image::ExtendedColorType::L8).expect("an encoder");
    assert_eq!(dpi(file), 150.0);
}

fn tiff_of(pages: u32) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut file).expect("an encoder");
    for number in 1..=pages {
        let shade = (number * 10) as u8;
        encoder.write_image::<colortype::Gray8>(100 + number, 140, &vec![shade; (100 + number as usize) * 140]).expect("a page");
    }
    file.into_inner()
}

#[test]
fn a_tiff_has_many_pages_in_any_order() {
    let file = tiff_of(12);
    let mut document = open(file, "fax.tif").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(document.page_count(), 12);
    for number in [12, 1, 7] {
        let Ok(Page::Scan(scan)) = document.page(number) else { panic!("page {number}") };
        assert_eq!((scan.page, scan.image.width(), scan.image.grey.get_pixel(5, 5).0[0]), (number, 100 + number, (number * 10) as u8));
    }
    assert_eq!(document.page(13).map(|_| ()).unwrap_err().code, "page.out_of_range");
}

/// A little-endian TIFF of one page with `tags` of type LONG beside what every page has.
fn tiff_with(width: u32, height: u32, tags: &[(u16, u32)], data: &[u8]) -> Vec<u8> {
    let mut all = vec![(256, width), (257, height), (273, 8), (277, 1), (278, height), (279, data.len() as u32)];
    all.extend_from_slice(tags);
    all.sort_unstable();
    let directory = 8 + data.len() as u32;
    let mut file = [b"II\x2A\0".as_slice(), &directory.to_le_bytes(), data].concat();
    file.extend((all.len() as u16).to_le_bytes());
    for (tag, value) in all {
        file.extend([tag.to_le_bytes().as_slice(), &4u16.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat());
    }
    file.extend([0; 4]);
    file
}

#[test]
fn one_bit_tiffs_of_fax_servers() {
    let check = |what: &str, tags: &[(u16, u32)], data: &[u8]| {
        let scan = page(tiff_with(24, 34, tags, data), 1);
        for y in [0, 17, 33] {
            let row = [0, 12, 23].map(|x| scan.image.grey.get_pixel(x, y).0[0]);
            assert_eq!(row, [255, 0, 255], "{what}, row {y}");
        }
    };
    let ink: Vec<u8> = [0x00, 0xFF, 0x00].repeat(34);
    let paper: Vec<u8> = [0xFF, 0x00, 0xFF].repeat(34);
    check("white is zero", &[(258, 1), (259, 1), (262, 0)], &ink);
    check("black is zero", &[(258, 1), (259, 1), (262, 1)], &paper);
    check("CCITT group 4", &[(258, 1), (259, 4), (262, 0)], &crate::support::pdf::group4(34));
    let fax = crate::support::pdf::group3(34);
    check("CCITT group 3", &[(258, 1), (259, 3), (262, 0)], &fax);
    check("CCITT group 3, with a mark of its end", &[(258, 1), (259, 3), (262, 0)], &crate::support::pdf::group3_ended(34));
    let low_bit_first: Vec<u8> = fax.iter().map(|byte| byte.reverse_bits()).collect();
    check("CCITT group 3, low bit first", &[(258, 1), (259, 3), (262, 0), (266, 2)], &low_bit_first);
    let turned = page(tiff_with(24, 34, &[(258, 1), (259, 1), (262, 0), (274, 6)], &ink), 1);
    assert_eq!(turned.image.grey.dimensions(), (34, 24), "turned by its tag");
}

#[test]
fn a_fax_that_ends_early_is_doubted_and_one_in_two_dimensions_refused() {
    let tags = [(258, 1), (259, 3), (262, 0)];
    let fax = crate::support::pdf::group3(34);
    assert!(page(tiff_with(24, 34, &tags, &fax), 1).damage.is_empty());
    let cut = page(tiff_with(24, 34, &tags, &fax[..fax.len() / 2]), 1);
    assert_eq!((cut.image.grey.dimensions(), cut.damage.len()), ((24, 34), 1));
    let tags = [(258, 1), (259, 3), (262, 0), (292, 1)];
    let refused = open(tiff_with(24, 34, &tags, &fax), "scan").and_then(|mut document| document.page(1)).map(|_| ()).unwrap_err();
    assert_eq!(refused.code, "tiff.unsupported");
}

#[test]
fn a_size_is_refused_before_it_is_decoded() {
    let small = Limits { max_pixels: 1000, max_pages: 5 };
    let refused =
        |file: Vec<u8>| open_bytes(file, Path::new("scan"), &small).and_then(|mut document| document.page(1)).map(|_| ()).unwrap_err().code;
    let image = DynamicImage::ImageLuma8(sample());
    assert_eq!(refused(written(&image, ImageFormat::Png)), "page.too_large");
    assert_eq!(refused(written(&image, ImageFormat::Jpeg)), "page.too_large");
    assert_eq!(refused(tiff_of(1)), "page.too_large");
    assert_eq!(refused(tiff_of(6)), "document.too_many_pages");
}

#[test]
fn transcribed_text_is_pages_of_text() {
    let mut document = open("เรื่อง ทดสอบ\u{c}หน้าสอง".into(), "letter.txt").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!((document.kind(), document.page_count()), (Kind::Text, 2));
    let Ok(Page::Text(text)) = document.page(2) else { panic!("text") };
    assert_eq!((text.page, text.lines[0].text.as_str()), (2, "หน้าสอง"));
    assert_eq!(open(b"  \n".to_vec(), "letter.md").map(|_| ()).unwrap_err().code, "text.empty");
}

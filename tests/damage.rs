//! A folder of damaged files as a batch meets it: no crash, no hang, every file accounted for. What each damage comes to is in `broken`.

use std::io::Cursor;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};

use crate::program::Place;
use crate::support::pdf::{A4, Pdf};

const FORMATS: [(ImageFormat, &str); 5] = [
    (ImageFormat::Png, "png"),
    (ImageFormat::Jpeg, "jpg"),
    (ImageFormat::Tiff, "tif"),
    (ImageFormat::Bmp, "bmp"),
    (ImageFormat::WebP, "webp"),
];

#[test]
fn pdf_and_images_damaged_in_every_way_are_accounted_for() {
    let place = Place::new();
    let mut count = 0;
    let mut put = |name: String, bytes: &[u8]| {
        place.write(&format!("in/{name}"), bytes);
        count += 1;
    };
    let page = GrayImage::from_fn(120, 90, |x, y| Luma([if (x / 3 + y / 7) % 5 == 0 { 0 } else { 255 }]));
    let page = DynamicImage::ImageLuma8(page);
    let mut pdf = Pdf::new();
    let scan = pdf.grey(120, 90, &page.to_luma8());
    pdf.scan(A4, scan, "");
    let mut files = vec![("pdf", pdf.finish())];
    for (format, extension) in FORMATS {
        let mut bytes = Cursor::new(Vec::new());
        page.to_rgb8().write_to(&mut bytes, format).unwrap();
        files.push((extension, bytes.into_inner()));
    }
    for (extension, whole) in &files {
        for part in 0..8 {
            put(format!("cut-{part}.{extension}"), &whole[..whole.len() * part / 8]);
        }
        for flip in 0..6 {
            let mut bytes = whole.clone();
            let at = (bytes.len() - 1) * flip / 5;
            bytes[at] ^= 0x41;
            put(format!("flip-{flip}.{extension}"), &bytes);
        }
    }
    let ended = place.saraban("extract in --out out --jobs 2 --page-timeout 30 --max-pixels 1000000");
    assert_eq!(ended.status, Some(1), "{}", ended.err);
    let run = place.run_json("out");
    assert_eq!((&run["state"], &run["inputs"]), (&"finished".into(), &count.into()));
    let failures = place.lines("out/failures.ndjson");
    let of_workers: Vec<_> = failures.iter().filter(|line| line["code"].as_str().unwrap().starts_with("worker.")).collect();
    assert!(of_workers.is_empty(), "{of_workers:#?}");
}

#[test]
fn a_picture_without_its_lower_part_is_looked_at_by_a_clerk() {
    let place = Place::new();
    let page = DynamicImage::ImageLuma8(GrayImage::from_fn(400, 560, |x, y| Luma([if (x / 3 + y / 7) % 5 == 0 { 0 } else { 255 }])));
    let mut bytes = Cursor::new(Vec::new());
    page.to_rgb8().write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
    let whole = bytes.into_inner();
    place.write("in/cut.jpg", &whole[..whole.len() * 9 / 10]);
    place.saraban("extract in --out out").with(0);
    let records = place.lines("out/records.ndjson");
    let codes: Vec<&str> = records[0]["issues"].as_array().unwrap().iter().filter_map(|issue| issue["code"].as_str()).collect();
    assert!(codes.contains(&"page.cut_off") && records[0]["review"] == "needed", "{codes:?}");
}

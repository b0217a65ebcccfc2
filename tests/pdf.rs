//! PDF files in, pages out. These tests need the PDFium library (`./setup.sh` installs it); `cargo test -- --skip pdf::` runs the others.

use std::path::Path;

use saraban::config::Config;
use saraban::document::PageScan;
use saraban::error::Error;
use saraban::ingest::{Document, Limits, Page, open_bytes};

use crate::support::pdf::{A4, Pdf, box_font, group4, jbig2, quarters};

fn open(file: Vec<u8>) -> Result<Document, Error> {
    let opened = open_bytes(file, Path::new("scan.pdf"), &Limits::from(&Config::default()));
    if let Err(error) = &opened {
        assert_ne!(error.code, "pdfium.missing", "these tests need PDFium: {error}");
    }
    opened
}

fn page(file: Vec<u8>, number: u32) -> Result<PageScan, Error> {
    match open(file)?.page(number)? {
        Page::Scan(scan) => Ok(scan),
        Page::Text(_) => panic!("a PDF page is a picture"),
    }
}

fn first(file: Pdf) -> PageScan {
    page(file.finish(), 1).unwrap_or_else(|error| panic!("{error}"))
}

/// The shades in the middle of the four quarters, read like text.
fn shades(scan: &PageScan) -> [u8; 4] {
    let grey = &scan.image.grey;
    let (width, height) = grey.dimensions();
    [(1, 1), (3, 1), (1, 3), (3, 3)].map(|(x, y)| grey.get_pixel(x * width / 4, y * height / 4).0[0])
}

fn assert_shades(scan: &PageScan, wanted: [u8; 4], why: &str) {
    let got = shades(scan);
    assert!(got.iter().zip(wanted).all(|(got, wanted)| got.abs_diff(wanted) <= 6), "{why}: {got:?}, not {wanted:?}");
}

fn is_taken_as_it_lies(scan: &PageScan, width: u32, height: u32) -> bool {
    scan.image.grey.dimensions() == (width, height)
}

#[test]
fn a_page_that_is_one_image_gives_its_samples() {
    let mut file = Pdf::new();
    let samples = quarters(120, 170);
    let image = file.grey(120, 170, &samples);
    file.scan(A4, image, "");
    let scan = first(file);
    assert_eq!(scan.image.grey.as_raw(), &samples);
    assert!(scan.image.color.is_none() && scan.embedded.is_none() && scan.damage.is_empty(), "{:?}", scan.damage);
}

#[test]
fn a_scan_turns_with_its_page_and_its_matrix() {
    let samples = quarters(120, 170);
    let taken = |matrix: &str, entries: &str, size: (f64, f64)| {
        let mut file = Pdf::new();
        let image = file.grey(120, 170, &samples);
        file.page(size, entries, &format!("/XObject << /Im {image} 0 R >>"), &format!("q {matrix} cm /Im Do Q"));
        let scan = first(file);
        let lies = scan.image.width() == 170;
        assert!(is_taken_as_it_lies(&scan, if lies { 170 } else { 120 }, if lies { 120 } else { 170 }), "{matrix} {entries}");
        shades(&scan)
    };
    let upright = "595 0 0 842 0 0";
    assert_eq!(taken(upright, "", A4), [0, 80, 160, 240]);
    assert_eq!(taken(upright, "/Rotate 90", A4), [160, 0, 240, 80]);
    assert_eq!(taken(upright, "/Rotate 180", A4), [240, 160, 80, 0]);
    assert_eq!(taken(upright, "/Rotate -90", A4), [80, 240, 0, 160]);
    assert_eq!(taken("-595 0 0 842 595 0", "", A4), [80, 0, 240, 160], "mirrored");
    assert_eq!(taken("595 0 0 -842 0 842", "", A4), [160, 240, 0, 80], "flipped");
    let lying = (842.0, 595.0);
    assert_eq!(taken("0 -595 842 0 0 595", "", lying), [160, 0, 240, 80], "turned clockwise");
    assert_eq!(taken("0 595 842 0 0 0", "", lying), [240, 80, 160, 0], "transversed");
}

#[test]
fn every_coding_of_samples_comes_out_as_it_is_shown() {
    let check = |what: &str, entries: &str, data: &[u8], wanted: [u8; 4]| {
        let mut file = Pdf::new();
        let image = file.image(24, 34, entries, data);
        file.scan(A4, image, "");
        let scan = first(file);
        assert!(is_taken_as_it_lies(&scan, 24, 34), "{what}");
        assert_shades(&scan, wanted, what);
    };
    let grey = quarters(24, 34);
    let plain = [0, 80, 160, 240];
    check("8 bits", "/ColorSpace /DeviceGray /BitsPerComponent 8", &grey, plain);
    check("inverted", "/ColorSpace /DeviceGray /BitsPerComponent 8 /Decode [1 0]", &grey, [255, 175, 95, 15]);
    let wide: Vec<u8> = grey.iter().flat_map(|sample| [*sample, 7]).collect();
    check("16 bits", "/ColorSpace /DeviceGray /BitsPerComponent 16", &wide, plain);
    let rgb: Vec<u8> = grey.iter().flat_map(|sample| [*sample; 3]).collect();
    check("RGB", "/ColorSpace /DeviceRGB /BitsPerComponent 8", &rgb, plain);
    let palette = "/ColorSpace [/Indexed /DeviceGray 255 <FF";
    let inverse: String = (1..=255u8).map(|index| format!("{:02X}", 255 - index)).collect();
    check("palette", &format!("{palette}{inverse}>] /BitsPerComponent 8"), &grey, [255, 175, 95, 15]);
    let ink: Vec<u8> = grey.iter().flat_map(|sample| [0, 0, 0, 255 - *sample]).collect();
    let printed = {
        let mut file = Pdf::new();
        let image = file.image(24, 34, "/ColorSpace /DeviceCMYK /BitsPerComponent 8", &ink);
        file.scan(A4, image, "");
        shades(&first(file))
    };
    assert!(printed.is_sorted() && printed[0] < 60 && printed[3] > 220, "CMYK: {printed:?}");
}

#[test]
fn one_bit_scans_of_every_coding() {
    let check = |what: &str, entries: &str, data: &[u8], ink_in_the_middle: bool| {
        let mut file = Pdf::new();
        let image = file.image(24, 34, &format!("/ColorSpace /DeviceGray /BitsPerComponent 1 {entries}"), data);
        file.scan(A4, image, "");
        let scan = first(file);
        assert!(is_taken_as_it_lies(&scan, 24, 34), "{what}");
        let (middle, edge) = if ink_in_the_middle { (0, 255) } else { (255, 0) };
        for y in [0, 17, 33] {
            let row = [0, 12, 23].map(|x| scan.image.grey.get_pixel(x, y).0[0]);
            assert_eq!(row, [edge, middle, edge], "{what}, row {y}");
        }
    };
    let bits: Vec<u8> = [0xFF, 0x00, 0xFF].repeat(34);
    check("packed", "", &bits, true);
    check("packed, inverted", "/Decode [1 0]", &bits, false);
    let fax = "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 24 /Rows 34 >>";
    check("CCITT", fax, &group4(34), true);
    check("CCITT, inverted", &format!("{fax} /Decode [1 0]"), &group4(34), false);
    check("JBIG2", "/Filter /JBIG2Decode", &jbig2(34), true);
}

#[test]
fn jpeg_2000_is_read() {
    let mut file = Pdf::new();
    let image = file.image(32, 44, "/Filter /JPXDecode", include_bytes!("support/quarters.jp2"));
    file.scan(A4, image, "");
    let scan = first(file);
    assert!(is_taken_as_it_lies(&scan, 32, 44));
    assert_shades(&scan, [0, 80, 160, 240], "JPEG 2000");
}

#[test]
fn strips_are_put_together_without_resampling() {
    let mut file = Pdf::new();
    let samples = quarters(120, 170);
    // Three strips of 60, 60 and 50 rows on a page of 170 points; painted in any order.
    let strips = [(0, 60), (120, 50), (60, 60)].map(|(top, rows)| {
        let image = file.grey(120, rows, &samples[120 * top..120 * (top + rows as usize)]);
        (image, 170 - top as u32 - rows, rows)
    });
    let names: String = strips.iter().map(|(image, ..)| format!("/I{image} {image} 0 R ")).collect();
    let content: String =
        strips.iter().map(|(image, bottom, rows)| format!("q 480 0 0 {} 40 {} cm /I{image} Do Q ", 4 * rows, 50 + 4 * bottom)).collect();
    file.page((595.0, 800.0), "", &format!("/XObject << {names} >>"), &content);
    assert_eq!(first(file).image.grey.as_raw(), &samples);
}

/// A page of a scan and something else, with what the quarters should show; never the samples as they lie.
fn drawn(more: &str, entries: &str, wanted: [u8; 4], why: &str) {
    let mut file = Pdf::new();
    let image = file.image(120, 170, &format!("/ColorSpace /DeviceGray /BitsPerComponent 8 {entries}"), &quarters(120, 170));
    let resources = format!("/XObject << /Im {image} 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>");
    file.page(A4, "", &resources, &more.replace("SCAN", "q 595 0 0 842 0 0 cm /Im Do Q"));
    let scan = first(file);
    assert!(!is_taken_as_it_lies(&scan, 120, 170), "{why}: taken as it lies");
    assert_shades(&scan, wanted, why);
}

#[test]
fn what_stands_over_a_scan_is_on_the_picture() {
    drawn("SCAN 1 g 297 421 298 421 re f", "", [0, 255, 160, 240], "painted over in white");
    drawn("SCAN 0 0 1 rg 0 0 297 421 re f", "", [0, 80, 29, 240], "a stamp in blue");
    drawn("SCAN BT /F 12 Tf 50 800 Td (received) Tj ET", "", [0, 80, 160, 240], "words over the scan");
    drawn("q 0 0 297 842 re W n SCAN Q", "", [0, 255, 160, 255], "half of it clipped");
    drawn("0 0 1 rg SCAN", "/ImageMask true", [29, 29, 29, 29], "a stencil");
}

#[test]
fn a_mask_hides_what_it_hides() {
    let mut file = Pdf::new();
    let half: Vec<u8> = (0..170).flat_map(|_| (0..120).map(|x| if x < 60 { 255 } else { 0 })).collect();
    let mask = file.grey(120, 170, &half);
    let image = file.image(120, 170, &format!("/ColorSpace /DeviceGray /BitsPerComponent 8 /SMask {mask} 0 R"), &quarters(120, 170));
    file.scan(A4, image, "");
    let scan = first(file);
    assert_shades(&scan, [0, 255, 160, 255], "the right half is transparent");

    let mut file = Pdf::new();
    let mask = file.grey(120, 170, &[255; 120 * 170]);
    let image = file.image(120, 170, &format!("/ColorSpace /DeviceGray /BitsPerComponent 8 /SMask {mask} 0 R"), &quarters(120, 170));
    file.scan(A4, image, "");
    assert!(is_taken_as_it_lies(&first(file), 120, 170), "a mask that hides nothing");
}

#[test]
fn an_annotation_over_a_scan_is_on_the_picture() {
    let mut file = Pdf::new();
    let image = file.grey(120, 170, &quarters(120, 170));
    let look = file.stream("/Type /XObject /Subtype /Form /BBox [0 0 297 421] /Resources << >>", b"1 g 0 0 297 421 re f");
    let stamp = file.object(format!("<< /Type /Annot /Subtype /Stamp /Rect [0 421 297 842] /F 4 /AP << /N {look} 0 R >> >>"));
    file.scan(A4, image, &format!("/Annots [{stamp} 0 R]"));
    assert_shades(&first(file), [255, 80, 160, 240], "a stamp over the first quarter");
}

#[test]
fn words_hidden_under_or_on_a_scan_do_not_stop_it_from_being_taken() {
    for content in [
        "BT /F 12 Tf 50 800 Td (hidden layer) Tj ET SCAN",
        "SCAN BT /F 12 Tf 3 Tr 50 800 Td (hidden layer) Tj ET",
        "1 g 0 0 595 842 re f SCAN",
        "q 0 0 595 842 re W n SCAN Q",
    ] {
        let mut file = Pdf::new();
        let image = file.grey(120, 170, &quarters(120, 170));
        let resources = format!("/XObject << /Im {image} 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>");
        file.page(A4, "", &resources, &content.replace("SCAN", "q 595 0 0 842 0 0 cm /Im Do Q"));
        assert!(is_taken_as_it_lies(&first(file), 120, 170), "{content}");
    }
}

#[test]
fn a_page_of_absurd_size_comes_to_a4() {
    // 300 dpi samples on a page that is declared at 96 dpi: 65 by 93 centimeters.
    let declared = (1860.0, 2631.0);
    let mut file = Pdf::new();
    let image = file.image(2480, 3508, "/ColorSpace /DeviceGray /BitsPerComponent 1", &vec![0xAA; 310 * 3508]);
    file.scan(declared, image, "");
    let scan = first(file);
    assert!(is_taken_as_it_lies(&scan, 2480, 3508));
    assert!((scan.image.dpi - 300.0).abs() < 3.0, "{} dpi", scan.image.dpi);

    let mut file = Pdf::new();
    file.page(declared, "", "", "0 g 100 100 500 500 re f");
    let scan = first(file);
    assert!(scan.image.width().abs_diff(2480) < 10 && scan.image.height().abs_diff(3508) < 10, "{:?}", scan.image.grey.dimensions());
    assert!((scan.image.dpi - 300.0).abs() < 3.0, "{} dpi", scan.image.dpi);
}

/// A page with `text` in boxes for letters, and `more` content.
fn lettered(text: &str, set_up: &str, more: &str) -> PageScan {
    let mut file = Pdf::new();
    let (font, codes) = box_font(&mut file, text);
    let content = format!("BT /F 16 Tf {set_up} 60 700 Td <{codes}> Tj ET {more}");
    file.page(A4, "", &format!("/Font << /F {font} 0 R /H << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>"), &content);
    first(file)
}

#[test]
fn the_words_of_a_born_digital_page_are_its_text() {
    let scan = lettered("ขอแสดงความนบถอ ๑๒", "", "");
    let layer = scan.embedded.expect("words");
    assert_eq!(layer.text.lines[0].text, "ขอแสดงความนบถอ ๑๒");
    assert!(layer.trusted, "{:?}", layer.doubts);
    // 60 points from the left, its foot 700 points above the bottom: at 300 dpi.
    let rect = layer.text.lines[0].rect.expect("a box");
    assert!((rect.left - 250).abs() < 8 && (rect.bottom - 592).abs() < 8, "{rect:?}");
}

#[test]
fn words_on_a_turned_page_are_read_as_they_are_shown() {
    let turned = |matrix: &str| {
        let mut file = Pdf::new();
        let (font, codes) = box_font(&mut file, "เรยน");
        let content = format!("BT /F 16 Tf {matrix} Tm <{codes}> Tj ET");
        file.page(A4, "/Rotate 90", &format!("/Font << /F {font} 0 R >>"), &content);
        first(file).embedded.expect("words")
    };
    let upright = turned("0 1 -1 0 300 400");
    assert!(upright.trusted && upright.text.lines[0].text == "เรยน", "{:?}", upright.doubts);
    assert!(!turned("1 0 0 1 300 400").trusted, "it stands on its side");
}

#[test]
fn words_that_are_not_shown_are_never_text() {
    let off = lettered("ลบ", "1 0 0 1 0 300 Tm", "");
    assert!(off.embedded.is_none(), "above the sheet");
    let white = lettered("ลบ", "1 g", "");
    assert!(white.embedded.is_none(), "white on white");
    let covered = lettered("ลบ", "", "1 g 50 690 200 40 re f");
    assert!(covered.embedded.is_none(), "under a white box");
    let hidden = lettered("ดวน", "", "BT /H 16 Tf 3 Tr 60 400 Td (secret) Tj ET").embedded.expect("words");
    assert_eq!(hidden.text.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["ดวน"]);
    assert!(!hidden.trusted, "a layer that claims more than is shown");
}

#[test]
fn digits_of_a_font_that_may_draw_thai_ones_are_doubted() {
    let mut file = Pdf::new();
    let (font, codes) = box_font(&mut file, "พศ");
    let named = "<< /Type /Font /Subtype /TrueType /BaseFont /THSarabunPSK /Encoding /WinAnsiEncoding >>";
    let content = format!("BT /F 16 Tf 60 700 Td <{codes}> Tj /S 16 Tf 60 0 Td (2564) Tj ET");
    file.page(A4, "", &format!("/Font << /F {font} 0 R /S {named} >>"), &content);
    let layer = first(file).embedded.expect("words");
    assert!(!layer.trusted && layer.doubts.iter().any(|doubt| doubt.contains("Arabic digits")), "{:?}", layer.doubts);
}

#[test]
fn a_layer_over_a_scan_is_a_second_reading_only() {
    let mut file = Pdf::new();
    // Dark boxes where the words are, as ink would be.
    let mut samples = vec![255; 595 * 842];
    for y in 130..142 {
        samples[y * 595 + 60..y * 595 + 160].iter_mut().step_by(3).for_each(|sample| *sample = 0);
    }
    let image = file.grey(595, 842, &samples);
    let resources = format!("/XObject << /Im {image} 0 R >> /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>");
    let content = "q 595 0 0 842 0 0 cm /Im Do Q BT /F 16 Tf 3 Tr 60 700 Td (Any on Go) Tj 0 -300 Td (nothing) Tj ET";
    file.page(A4, "", &resources, content);
    let layer = first(file).embedded.expect("words");
    assert_eq!(layer.text.lines.iter().map(|line| line.text.as_str()).collect::<Vec<_>>(), ["Any on Go"]);
    assert!(!layer.trusted);
}

/// Resident memory of this process in MiB, its peak.
#[cfg(target_os = "linux")]
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("a Linux system");
    let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("a peak");
    line.split_whitespace().nth(1).and_then(|kilobytes| kilobytes.parse::<u64>().ok()).expect("a number") / 1024
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat_over_400_pages() {
    const PROBE: &str = "SARABAN_TEST_MEMORY";
    // In a process of its own: other tests allocate meanwhile.
    if std::env::var_os(PROBE).is_none() {
        let test = std::env::current_exe().expect("this test");
        let arguments = ["--exact", "pdf::memory_stays_flat_over_400_pages"];
        let probe = std::process::Command::new(test).args(arguments).env(PROBE, "1").output().expect("the test again");
        assert!(probe.status.success(), "{}{}", String::from_utf8_lossy(&probe.stdout), String::from_utf8_lossy(&probe.stderr));
        return;
    }
    let mut file = Pdf::new();
    for page in 0..400u32 {
        let bits: Vec<u8> = (0..104 * 1170).map(|at| if (at + page) % 5 == 0 { 0x81 } else { 0xFF }).collect();
        let image = file.image(832, 1170, "/ColorSpace /DeviceGray /BitsPerComponent 1", &bits);
        file.scan(A4, image, "");
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bundle.pdf");
    std::fs::write(&path, file.finish()).expect("a file");
    let mut document = saraban::ingest::open(&path, &Limits::from(&Config::default())).unwrap_or_else(|error| panic!("{error}"));
    let mut after_twenty = 0;
    for number in 1..=400 {
        document.page(number).unwrap_or_else(|error| panic!("{error}"));
        if number == 20 {
            after_twenty = peak();
        }
    }
    assert!(peak() < after_twenty + 8, "{after_twenty} MiB after 20 pages, {} MiB after 400", peak());
}

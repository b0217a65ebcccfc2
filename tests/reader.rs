//! Engines read a line that was drawn for them: picture in, text, places and confidences out.

use std::io::Cursor;
use std::process::Stdio;
use std::time::{Duration, Instant};

use image::{GrayImage, ImageFormat, imageops};
use saraban::document::text::{Engine, LineRegion, PageLayout, Role, TextLine};
use saraban::document::{PageImage, Rect};
use saraban::recognize;

use crate::program::Place;

/// What `reader/line.png` says, drawn in TH Sarabun New at 16 points and 200 dpi.
const TEXT: &str = "ที่ กข ๐๔๖๗.๘๙/ว ๒๓๕ วันที่ ๑ มกราคม ๒๕๖๗";

fn read_by(engine: Engine) -> TextLine {
    let grey = image::load_from_memory(include_bytes!("reader/line.png")).unwrap().into_luma8();
    let rect = Rect::new(0, 0, grey.width() as i32, grey.height() as i32);
    let line = LineRegion {
        rect,
        tilt: 0.0,
        role: Role::Text,
        baseline: 60.0,
        letter_height: 19.0,
        foreign: Vec::new(),
        under_red: false,
        pens: Vec::new(),
        overwritten: Vec::new(),
    };
    let page = PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 };
    let layout = PageLayout { lines: vec![line], furniture: Vec::new() };
    recognize::open(engine, None).unwrap().read(&page, &layout).unwrap().remove(0)
}

#[test]
fn the_network_reads_all_thai_digits() {
    let line = read_by(Engine::Network);
    assert_eq!(line.text, TEXT);
    assert!(line.confidence > 0.9, "{line:?}");
    assert_eq!(line.glyphs.len(), TEXT.chars().count());
    let slash = TEXT.chars().position(|letter| letter == '/').unwrap();
    let (left, right) = (line.glyphs[slash].left, line.glyphs[slash].right);
    // The stroke stands at columns 216–230 of the picture.
    assert!(left > 208 && right < 238, "the slash is said to be at {left}–{right}");
}

#[cfg(feature = "tesseract")]
#[test]
fn tesseract_reads_the_letters_and_not_the_digits() {
    let line = read_by(Engine::Tesseract);
    let text = line.text.replace("ํา", "ำ").replace(' ', "");
    assert!(text.contains("มกราคม") && text.contains("กข"), "{text}");
    assert!(!text.contains(['๔', '๖', '๗', '๘', '๙']), "its model has learned digits, so its warnings may go: {text}");
    assert_eq!(line.glyphs.len(), line.text.chars().count());
}

/// A small page with the line on it, `number` pixels lower than the first.
fn scan(number: u32) -> Vec<u8> {
    let line = image::load_from_memory(include_bytes!("reader/line.png")).unwrap().into_luma8();
    let mut page = GrayImage::from_pixel(line.width() + 200, 600, image::Luma([255]));
    imageops::replace(&mut page, &line, 100, i64::from(100 + number));
    let mut file = Cursor::new(Vec::new());
    page.write_to(&mut file, ImageFormat::Png).unwrap();
    file.into_inner()
}

#[test]
fn the_text_of_scans_goes_to_the_terminal_and_can_be_extracted() {
    let place = Place::new();
    place.write("in/1.png", scan(1));
    place.write("in/2.txt", "บรรทัดเดียว");
    let told = place.saraban("read in/1.png in/2.txt").with(0);
    assert_eq!((told.out.as_str(), told.err.as_str()), (format!("{TEXT}\n\u{c}บรรทัดเดียว\n").as_str(), ""));
    let told = place.saraban("read in/1.png in/missing.png --page 1").with(1);
    assert_eq!((told.out, told.err.starts_with("in/missing.png: cannot open: ")), (format!("{TEXT}\n"), true));
}

#[test]
fn pictures_of_two_scans_of_one_name_stand_side_by_side() {
    let place = Place::new();
    place.write("in/a/scan.png", scan(1));
    place.write("in/b/scan.png", scan(2));
    let told = place.saraban("read in/a/scan.png in/b/scan.png --lines cuts --debug drawn").with(0).out;
    assert_eq!(told, "in/a/scan.png, page 1: 1 lines\nin/b/scan.png, page 1: 1 lines\n");
    let cuts: Vec<_> = place.lines("cuts/lines.ndjson").iter().map(|line| (line["source"].clone(), line["file"].clone())).collect();
    assert_eq!(cuts, [("in/a/scan.png".into(), "scan-1-001.png".into()), ("in/b/scan.png".into(), "scan.2-1-001.png".into())]);
    assert!(cuts.iter().all(|(_, file)| place.path("cuts").join(file.as_str().unwrap()).exists()));
    assert!(["scan-1.png", "scan.2-1.png"].iter().all(|file| place.path("drawn").join(file).exists()));
    let told = place.saraban("read in/a/scan.png --page 0").with(2).err;
    assert!(told.starts_with("saraban: invalid value '0' for '--page <N>'"), "{told}");
}

/// The network has threads of its own, and whoever waits for them must not begin another scan meanwhile.
#[test]
fn many_scans_are_read_at_once_in_one_process() {
    let place = Place::new();
    (0..12).for_each(|number| place.write(&format!("in/{number:02}.png"), scan(number)));
    place.saraban("extract in --out apart --jobs 2").with(0);
    let mut run = place.command("extract in --out here --jobs 2 --isolation none");
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let started = Instant::now();
    while run.try_wait().unwrap().is_none() {
        if started.elapsed() > Duration::from_secs(120) {
            run.kill().unwrap();
            panic!("the run does not end");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert_eq!(place.read("here/records.ndjson"), place.read("apart/records.ndjson"));
    assert_eq!(place.lines("here/pages.ndjson").len(), 12);
}

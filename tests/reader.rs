//! Engines read a line that was drawn for them: picture in, text, places and confidences out.

use saraban::document::text::{Engine, LineRegion, PageLayout, Role, TextLine};
use saraban::document::{PageImage, Rect};
use saraban::recognize;

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

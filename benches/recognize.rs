//! How long reading takes, on one core, without ingest and layout. Run: `cargo bench --bench recognize`.

use divan::{Bencher, black_box};
use image::{GrayImage, Luma};
use saraban::document::text::{Engine, LineRegion, PageLayout, Role};
use saraban::document::{PageImage, Rect};
use saraban::recognize::{self, Recognizer};

fn main() {
    divan::main();
}

/// A dense A4 page at 200 dpi: 38 lines over the whole width of the text, in strokes as dense as print.
fn page() -> (PageImage, PageLayout) {
    let (width, height, pitch, top) = (1654, 2339, 52, 180);
    let grey = GrayImage::from_fn(width, height, |x, y| {
        let stroke = (y % pitch > 18) && (x / 3 + y / 5) % 4 == 0 && x % 17 < 11;
        Luma([if stroke { 40 } else { 250 }])
    });
    let lines = (0..38)
        .map(|line| LineRegion {
            rect: Rect::new(200, top + line * pitch as i32, 1500, top + (line + 1) * pitch as i32),
            tilt: 0.0,
            role: Role::Text,
            baseline: (top + line * pitch as i32 + 40) as f32,
            letter_height: 18.0,
            foreign: Vec::new(),
        })
        .collect();
    (PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }, PageLayout { lines, furniture: Vec::new() })
}

fn reader(engine: Engine) -> Box<dyn Recognizer> {
    recognize::open(engine, None).expect("the engine is installed")
}

#[divan::bench(sample_count = 20)]
fn dense_page_by_the_network(bencher: Bencher) {
    let (reader, (page, layout)) = (reader(Engine::Network), page());
    bencher.bench_local(|| reader.read(black_box(&page), black_box(&layout)));
}

#[cfg(feature = "tesseract")]
#[divan::bench(sample_count = 3)]
fn dense_page_by_tesseract(bencher: Bencher) {
    let (reader, (page, layout)) = (reader(Engine::Tesseract), page());
    bencher.bench_local(|| reader.read(black_box(&page), black_box(&layout)));
}

#[divan::bench(sample_count = 20)]
fn loading_the_network() -> Box<dyn Recognizer> {
    reader(Engine::Network)
}

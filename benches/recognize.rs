//! How long reading takes, on one core, without ingest and layout. Run: `cargo bench --bench recognize`.

use divan::{Bencher, black_box};
use image::{GrayImage, Luma};
use saraban::document::text::{Engine, LineRegion, PageLayout, Role};
use saraban::document::{PageImage, Rect};
use saraban::recognize::{self, Recognizer};

fn main() {
    divan::main();
}

/// A dense A4 page at 200 dpi: 38 lines over the whole width of the text, each the same drawn line twice.
fn page() -> (PageImage, PageLayout) {
    const PITCH: i32 = 52;
    let line = image::load_from_memory(include_bytes!("../tests/reader/line.png")).expect("a picture").into_luma8();
    let line = image::imageops::crop_imm(&line, 10, 14, 650, PITCH as u32).to_image();
    let mut grey = GrayImage::from_pixel(1654, 2339, Luma([250]));
    let tops: Vec<i32> = (0..38).map(|line| 180 + line * PITCH).collect();
    for top in &tops {
        image::imageops::replace(&mut grey, &line, 200, i64::from(*top));
        image::imageops::replace(&mut grey, &line, 850, i64::from(*top));
    }
    let region = |top: &i32| LineRegion {
        rect: Rect::new(200, *top, 1500, top + PITCH),
        tilt: 0.0,
        role: Role::Text,
        baseline: (top + 46) as f32,
        letter_height: 19.0,
        foreign: Vec::new(),
        under_red: false,
        pens: Vec::new(),
        overwritten: Vec::new(),
    };
    let lines = tops.iter().map(region).collect();
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

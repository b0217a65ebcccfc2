//! Upright and lines of one A4 page at 300 dpi, one core: `cargo bench --bench page`. PAGE=FILE.png measures a page of your own.

use divan::Bencher;
use image::{GrayImage, Luma};
use saraban::document::PageImage;
use saraban::{layout, prepare};

fn main() {
    divan::main();
}

/// A page of 30 lines of 60 hollow letters, or the one that PAGE names.
fn page() -> PageImage {
    let grey = match std::env::var_os("PAGE") {
        Some(path) => image::open(path).expect("PAGE names an image").to_luma8(),
        None => GrayImage::from_fn(2480, 3508, |x, y| {
            let (column, row) = (x % 34, y % 84);
            let text = (300..2300).contains(&x) && (400..3000).contains(&y);
            let ink = column < 4 || (18..22).contains(&column) || row < 4;
            Luma([if text && column < 22 && row < 27 && ink { 30 } else { 250 }])
        }),
    };
    let dpi = grey.width() as f32 / 8.27;
    PageImage { grey, color: None, dpi, rotation: 0, skew: 0.0 }
}

#[divan::bench(sample_count = 20)]
fn upright(bencher: Bencher) {
    bencher.with_inputs(page).bench_values(prepare::upright);
}

#[divan::bench(sample_count = 20)]
fn lines(bencher: Bencher) {
    let page = prepare::upright(page());
    bencher.bench(|| layout::find_lines(&page));
}

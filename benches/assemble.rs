//! From the text of pages to checked records: two-page letters per second on one core, alone and in one bundle.
//!
//! `cargo bench --bench assemble`

use divan::Bencher;
use divan::counter::ItemsCount;
use saraban::document::Source;
use saraban::document::source::PageFailure;
use saraban::document::text::PageText;
use saraban::ingest::transcript;
use saraban::pipeline::Assembler;

const LETTER: &str = include_str!("letter.txt");

fn main() {
    divan::main();
}

fn source(pages: usize) -> Source {
    Source { path: "bench.txt".to_owned(), sha256: "0".repeat(64), page_count: pages as u32 }
}

/// The same letter `count` times, each with a number of its own, pages counted through.
fn pages(count: usize) -> Vec<Result<PageText, PageFailure>> {
    let mut all = Vec::with_capacity(2 * count);
    for index in 0..count {
        let letter = LETTER.replace("{serial}", &(index + 1).to_string());
        for mut page in transcript::pages(&letter) {
            page.page = all.len() as u32 + 1;
            all.push(Ok(page));
        }
    }
    all
}

/// Every letter a file of its own.
#[divan::bench(args = [1, 100, 10_000], sample_count = 5)]
fn files(bencher: Bencher, letters: usize) {
    let assembler = Assembler::new().unwrap();
    let pages = pages(letters);
    let source = source(2);
    bencher
        .counter(ItemsCount::new(letters))
        .bench_local(|| pages.chunks(2).map(|letter| divan::black_box(assembler.assemble(&source, letter)).len()).sum::<usize>());
}

/// All letters in one file.
#[divan::bench(args = [1, 100, 10_000], sample_count = 5)]
fn bundle(bencher: Bencher, letters: usize) {
    let assembler = Assembler::new().unwrap();
    let pages = pages(letters);
    let source = source(pages.len());
    bencher.counter(ItemsCount::new(letters)).bench_local(|| {
        let records = divan::black_box(assembler.assemble(&source, &pages));
        assert_eq!(records.len(), letters, "one record for each letter");
    });
}

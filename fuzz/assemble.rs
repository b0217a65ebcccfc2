//! Any text, any pages: `assemble` must neither panic nor lose a page.
//!
//! With the feature `libfuzzer` a coverage-guided target for cargo-fuzz; without it a program that runs the files it is given, or a fixed
//! number of inputs made from a seed, so that it builds and runs on stable.
#![cfg_attr(feature = "libfuzzer", no_main)]

use std::sync::LazyLock;

use arbitrary::{Arbitrary, Unstructured};
use saraban::document::Source;
use saraban::document::geometry::Rect;
use saraban::document::text::{Engine, PageText, Role, TextLine};
use saraban::ingest::transcript;
use saraban::pipeline::Assembler;

static ASSEMBLER: LazyLock<Assembler> = LazyLock::new(|| Assembler::new().expect("the rules compile"));

#[derive(Debug, Arbitrary)]
enum Input {
    /// A file as another engine transcribed it.
    Transcript(Vec<u8>),
    /// Pages as a reader gave them, places and all.
    Pages(Vec<Vec<AnyLine>>),
}

#[derive(Debug, Arbitrary)]
struct AnyLine {
    words: Vec<u8>,
    rest: String,
    place: Option<[i16; 4]>,
    role: u8,
}

/// Words of the form, so that random lines look like letters often enough.
const WORDS: &[&str] = &[
    "ที่",
    "เรื่อง",
    "เรียน",
    "อ้างถึง",
    "สิ่งที่ส่งมาด้วย",
    "ด้วย",
    "ขอแสดงความนับถือ",
    "(นายทดลอง ตัวอย่าง)",
    "โทร.",
    "เลขรับ",
    "วันที่",
    "เวลา",
    "นม ๐๐๑๗/ว ๕",
    "๑ มกราคม ๒๕๖๗",
    "๑.",
    "๒.",
    "จำนวน ๑ ชุด",
    "ลงวันที่",
    "คำสั่ง",
    "ประกาศ",
    "บันทึกข้อความ",
    "ส่วนราชการ",
    "ถึง",
    "สั่ง ณ วันที่",
    "ผู้อำนวยการ",
    "-๒-",
    "/ต่อ...",
    "|",
    "**",
    "<td>",
    " ",
    "\t",
    "ํา",
    "เเ",
    "่",
    ".....",
    "๗",
    "ศาลากลางจังหวัด",
    "สำนักงาน",
    "ถนน",
    "๓๐๐๐๐",
    "(ลงชื่อ)",
    "นายทดลอง ตัวอย่าง",
    "ว่าที่ร้อยตรทดลอง ตัวอย่าง",
    "พ.อ.",
    "กระดาษเขียนข่าว",
    "ถึง ผู้รับปฏิบัติ",
    "ผู้เขียนข่าว",
    "นายทหารอนุมัติข่าว",
    "ลับ",
    "เลขที่ ๑๕",
    "๑๐.๔๐",
    "แบบรายงาน",
    "> - ",
    "ที่ ๕/๒๕๖๗",
    "๒๕๖๗",
];

fn run(bytes: &[u8]) {
    let Ok(input) = Input::arbitrary(&mut Unstructured::new(bytes)) else { return };
    let pages: Vec<PageText> = match input {
        Input::Transcript(bytes) => transcript::read(&bytes).unwrap_or_default(),
        Input::Pages(pages) => pages.iter().zip(1..).map(|(lines, number)| page(lines, number)).collect(),
    };
    let source = Source { path: "fuzz".to_owned(), sha256: "0".repeat(64), page_count: pages.len() as u32 };
    let numbers: Vec<u32> = pages.iter().map(|page| page.page).collect();
    let pages: Vec<_> = pages.into_iter().map(Ok).collect();
    let records = ASSEMBLER.assemble(&source, &pages);
    let lost = numbers.iter().find(|number| !records.iter().any(|record| record.source.pages.contains(number)));
    assert!(lost.is_none(), "page {lost:?} is in no record");
}

fn page(lines: &[AnyLine], number: u32) -> PageText {
    PageText { width: 2480, height: 3508, dpi: 300.0, ..PageText::of_lines(number, Engine::Network, lines.iter().map(line).collect()) }
}

fn line(any: &AnyLine) -> TextLine {
    let mut text: String = any.words.iter().map(|word| WORDS[usize::from(*word) % WORDS.len()]).collect();
    text.push_str(&any.rest);
    let role = match any.role % 8 {
        0 => Role::Stamp(u16::from(any.role)),
        1 => Role::Cell { table: 0, row: u16::from(any.role), column: 0 },
        _ => Role::Text,
    };
    let rect = any.place.map(|[left, top, right, bottom]| Rect::new(left.into(), top.into(), right.into(), bottom.into()));
    TextLine { text, rect, confidence: 1.0, role, ..TextLine::default() }
}

#[cfg(feature = "libfuzzer")]
libfuzzer_sys::fuzz_target!(|bytes: &[u8]| run(bytes));

#[cfg(not(feature = "libfuzzer"))]
fn main() -> std::io::Result<()> {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    for file in &files {
        run(&std::fs::read(file)?);
    }
    if files.is_empty() {
        let mut state = 0x5a5a_1234_9e37_79b9_u64;
        for _ in 0..20_000 {
            let length = (next(&mut state) % 2_500) as usize;
            let bytes: Vec<u8> = (0..length).map(|_| (next(&mut state) >> 24) as u8).collect();
            run(&bytes);
        }
        println!("20000 inputs held");
    }
    Ok(())
}

/// Xorshift: the same inputs on every machine.
#[cfg(not(feature = "libfuzzer"))]
fn next(state: &mut u64) -> u64 {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    *state
}

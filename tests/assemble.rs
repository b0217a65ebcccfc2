//! What holds for every text, letter or not: nothing panics, nothing is lost, every span leads back to the raw text, time stays linear.

use std::sync::LazyLock;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use saraban::document::letter::Line;
use saraban::document::record::Record;
use saraban::document::source::{PageFailure, Source};
use saraban::document::text::PageText;
use saraban::ingest::transcript;
use saraban::{normalize, segment};

use crate::golden::{self, ASSEMBLER};

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| golden::letters().into_iter().map(|(_, _, text)| text).collect());

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = serde_json::to_value(schemars::schema_for!(Record)).expect("a schema is JSON");
    jsonschema::validator_for(&schema).expect("the schema is one")
});

/// What scans and transcribers do to a text.
#[derive(Debug, Clone)]
enum Damage {
    DropLine(usize),
    DoubleLine(usize),
    SwapLines(usize, usize),
    DropChar(usize),
    Insert(usize, char),
    /// The rest of another letter follows from here on.
    Join(usize, usize),
}

fn damage() -> impl Strategy<Value = Damage> {
    let noise = prop_oneof![
        any::<char>(),
        prop::sample::select("่้๊๋ัิีึืุูํา์็ ๐๑๒๓๔๕๖๗๘๙0123456789./-()|*#<>&[]ทตดคเแ\u{200b}\u{a0}\t\n\u{c}".chars().collect::<Vec<_>>()),
    ];
    prop_oneof![
        any::<usize>().prop_map(Damage::DropLine),
        any::<usize>().prop_map(Damage::DoubleLine),
        (any::<usize>(), any::<usize>()).prop_map(|(one, other)| Damage::SwapLines(one, other)),
        any::<usize>().prop_map(Damage::DropChar),
        (any::<usize>(), noise).prop_map(|(at, noise)| Damage::Insert(at, noise)),
        (any::<usize>(), any::<usize>()).prop_map(|(at, letter)| Damage::Join(at, letter)),
    ]
}

fn damaged(text: &str, damages: &[Damage]) -> String {
    let mut text = text.to_owned();
    for damage in damages {
        let mut lines: Vec<&str> = text.split('\n').collect();
        let mut chars: Vec<char> = text.chars().collect();
        let (count, length) = (lines.len(), chars.len().max(1));
        text = match damage {
            Damage::DropLine(at) => {
                lines.remove(at % count);
                lines.join("\n")
            }
            Damage::DoubleLine(at) => {
                lines.insert(at % count, lines[at % count]);
                lines.join("\n")
            }
            Damage::SwapLines(one, other) => {
                lines.swap(one % count, other % count);
                lines.join("\n")
            }
            Damage::DropChar(at) if !chars.is_empty() => {
                chars.remove(at % length);
                chars.into_iter().collect()
            }
            Damage::DropChar(_) => text,
            Damage::Insert(at, noise) => {
                chars.insert(at % length, *noise);
                chars.into_iter().collect()
            }
            Damage::Join(at, letter) => lines[..at % count].join("\n") + "\n" + &TEXTS[letter % TEXTS.len()],
        };
    }
    text
}

fn source(pages: usize) -> Source {
    Source { path: "any.txt".to_owned(), sha256: "0".repeat(64), page_count: pages as u32 }
}

/// Everything that must hold of a text, whatever it is.
fn holds(text: &str) -> Result<(), TestCaseError> {
    let pages = transcript::pages(text);
    let read: Vec<_> = pages.iter().map(normalize::page).collect();
    for line in read.iter().flat_map(|page| &page.lines) {
        maps_back(line)?;
    }
    nothing_lost(&read)?;
    let input: Vec<Result<PageText, PageFailure>> = pages.into_iter().map(Ok).collect();
    let records = ASSEMBLER.assemble(&source(input.len()), &input);
    for page in &read {
        prop_assert!(records.iter().any(|record| record.source.pages.contains(&page.page)), "page {} is in no record", page.page);
    }
    for record in &records {
        let value = serde_json::to_value(record).expect("a record is JSON");
        prop_assert!(SCHEMA.is_valid(&value), "not a record: {value}");
        has_evidence(record, &value, &read)?;
    }
    Ok(())
}

fn maps_back(line: &Line) -> Result<(), TestCaseError> {
    prop_assert_eq!(line.map.len(), line.text.chars().count());
    for span in &line.map {
        prop_assert!(line.raw.get(span.clone()).is_some_and(|raw| !raw.is_empty()), "{span:?} is nowhere in {:?}", line.raw);
    }
    for repair in &line.repairs {
        prop_assert!(line.raw.get(repair.raw.clone()).is_some(), "{repair:?} is nowhere in {:?}", line.raw);
    }
    prop_assert_eq!(line.repairs.is_empty(), line.text == line.raw, "{} / {}", line.text, line.raw);
    Ok(())
}

/// Every char of every line stands in exactly one letter; only the blanks between two columns may go.
fn nothing_lost(pages: &[saraban::document::letter::ReadPage]) -> Result<(), TestCaseError> {
    let ink = |text: &str| text.chars().filter(|char| *char != ' ').count();
    let given: usize = pages.iter().flat_map(|page| &page.lines).map(|line| ink(&line.text)).sum();
    let kept: usize = segment::letters(pages).iter().flat_map(|letter| &letter.lines).map(|(_, line)| ink(&line.text)).sum();
    prop_assert_eq!(given, kept);
    Ok(())
}

/// Evidence points at a line of the text that holds what it quotes.
fn has_evidence(record: &Record, value: &serde_json::Value, pages: &[saraban::document::letter::ReadPage]) -> Result<(), TestCaseError> {
    for (pointer, evidence) in &record.evidence {
        prop_assert!(value.pointer(pointer).is_some_and(|value| !value.is_null()), "{pointer} holds nothing");
        let lines = pages.iter().filter(|page| page.page == evidence.page).flat_map(|page| &page.lines);
        let line = lines.into_iter().find(|line| line.number == evidence.line);
        let first = evidence.raw.lines().next().unwrap_or_default();
        prop_assert!(line.is_some_and(|line| line.raw.contains(first)), "{pointer}: {first:?} is not on line {}", evidence.line);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, max_shrink_iters: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_holds(text in any::<String>()) {
        holds(&text)?;
    }

    #[test]
    fn any_mixture_of_a_letters_words_holds(words in vec(prop::sample::select(vec![
        "ที่ ", "เรื่อง ", "เรียน ", "อ้างถึง ", "สิ่งที่ส่งมาด้วย ", "ด้วย", "\n", "\n\n", "นม ๐๐๑๗/ว ๕", " ๑ มกราคม ๒๕๖๗", "เลขรับ ๕", "วันที่ ", "เวลา ๑๐.๐๐ น.",
        "(นายทดลอง ตัวอย่าง)", "ผู้อำนวยการ", "โทร. ๐ ๒๐๐๐ ๐๐๐๐", "คำสั่ง", "ประกาศ", "บันทึกข้อความ", "ถึง ", "๑. ", "จำนวน ๑ ชุด", "| ", "<td>", "\u{c}", "....", "ํ", "่", "เ",
        "ขอแสดงความนับถือ", "สำนักงาน", "ถนน", "๓๐๐๐๐", "สั่ง ณ วันที่ ",
    ]), 0..120)) {
        holds(&words.concat())?;
    }

    #[test]
    fn any_damage_to_a_letter_holds(letter in any::<usize>(), damages in vec(damage(), 0..12)) {
        holds(&damaged(&TEXTS[letter % TEXTS.len()], &damages))?;
    }
}

#[test]
fn a_page_that_failed_leaves_as_an_issue() {
    let failure = PageFailure { page: 2, stage: "ingest".to_owned(), code: "pdf.broken".to_owned(), message: "a broken page".to_owned() };
    let first = transcript::pages(&TEXTS[0]).remove(0);
    let records = ASSEMBLER.assemble(&source(2), &[Ok(first), Err(failure.clone())]);
    let told =
        records.iter().flat_map(|record| &record.issues).any(|issue| issue.code == "page.failed" && issue.message_en.contains("page 2"));
    assert!(told, "{:?}", records.iter().map(|record| &record.issues).collect::<Vec<_>>());
    let alone = ASSEMBLER.assemble(&source(1), &[Err(failure)]);
    assert_eq!(alone.iter().flat_map(|record| &record.issues).filter(|issue| issue.code == "page.failed").count(), 1);
}

#[test]
fn digits_are_never_changed() {
    // A full-width digit is the same digit in another width.
    let narrow = |char: char| if ('０'..='９').contains(&char) { char::from(b'0' + (char as u32 - '０' as u32) as u8) } else { char };
    let digits = |text: &str| text.chars().map(narrow).filter(|char| saraban::thai::digits::is_digit(*char)).collect::<String>();
    for text in TEXTS.iter() {
        for line in transcript::pages(text).iter().flat_map(|page| normalize::page(page).lines) {
            let markup = line.repairs.iter().any(|repair| repair.rule.starts_with("markup"));
            assert!(markup || digits(&line.raw) == digits(&line.text), "{} / {}", line.raw, line.text);
        }
    }
}

/// Fastest of three, so that a busy machine does not decide.
fn fastest(text: &str) -> Duration {
    let pages: Vec<Result<PageText, PageFailure>> = transcript::pages(text).into_iter().map(Ok).collect();
    let run = |_| {
        let begun = Instant::now();
        assert!(!ASSEMBLER.assemble(&source(pages.len()), &pages).is_empty());
        begun.elapsed()
    };
    (0..3).map(run).min().expect("three runs")
}

#[test]
fn time_is_linear_in_the_length_of_the_text() {
    let letter = &TEXTS[0];
    for (what, unit) in [
        ("letters", letter.clone() + "\n\u{c}"),
        ("one line of blanks", "   ก".to_owned()),
        ("one line of digits", "๑ ".to_owned()),
        ("one line of labels", "ที่ นม ๐๐๑๗/ว ".to_owned()),
        ("one line of brackets", "[(<&".to_owned()),
        ("lines of names", "(นายทดลอง ตัวอย่าง)\n".to_owned()),
        ("lines of items", "๑. เรื่อง เรียน\n".to_owned()),
        ("lines of stamps", "เลขรับ ๑\nวันที่ ๑\n".to_owned()),
        ("a list without end", "สิ่งที่ส่งมาด้วย ๑. สำเนาหนังสือ ที่ นม ๐๐๑๗/ว ๕\n".to_owned()),
    ] {
        let small = 12_000 / unit.len() + 1;
        let (one, eight) = (fastest(&unit.repeat(small)), fastest(&unit.repeat(8 * small)));
        assert!(eight < 30 * one + Duration::from_millis(60), "{what}: {one:?} becomes {eight:?} at eight times the length");
    }
}

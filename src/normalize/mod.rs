//! Page text in, repaired lines out, each with the way back to what the reader gave.
//!
//! Repairs are made once, here, so that every rule behind sees one spelling. None of them touches a digit of a number or a date.

mod draft;
mod labels;
mod leaders;
mod marks;
mod markup;
mod remarks;

use crate::document::letter::{Line, ReadPage};
use crate::document::text::{Engine, FurnitureKind, PageText, TextLine};

use draft::Draft;

/// The repairs, in the order they are made. Plain characters come once more before the markup of a transcript, which stands between blanks.
const REPAIRS: &[fn(&mut Draft)] =
    &[marks::characters, marks::detached, marks::sara_ae, marks::order, leaders::leaders, leaders::spaces, labels::labels];

/// Repairs every line of a page and leaves blank ones out.
pub fn page(page: &PageText) -> ReadPage {
    let mut lines: Vec<Line> = Vec::with_capacity(page.lines.len());
    let mut blank_before = true;
    for (index, text_line) in page.lines.iter().enumerate() {
        let mut line = line(page, text_line);
        if line.text.is_empty() {
            blank_before = true;
            continue;
        }
        line.number = index as u32 + 1;
        line.starts_block = blank_before || lines.last().is_some_and(|before| wide_gap(before, &line));
        blank_before = false;
        lines.push(line);
    }
    ReadPage {
        page: page.page,
        width: page.width,
        height: page.height,
        dpi: page.dpi,
        lines,
        stamps: page.furniture.iter().filter(|thing| thing.kind == FurnitureKind::Stamp).map(|stamp| stamp.rect).collect(),
        second: page.second.as_deref().map(|second| Box::new(self::page(second))),
        damage: page.damage.clone(),
    }
}

fn line(page: &PageText, line: &TextLine) -> Line {
    let mut draft = Draft::new(&line.text);
    if page.engine == Engine::Transcribed {
        marks::characters(&mut draft);
        markup::markup(&mut draft);
        remarks::remarks(&mut draft);
    }
    for repair in REPAIRS {
        repair(&mut draft);
    }
    Line {
        page: page.page,
        number: 0,
        text: draft.text(),
        raw: line.text.clone(),
        map: draft.map(),
        repairs: draft.repairs,
        starts_block: false,
        rect: line.rect,
        confidence: line.confidence,
        role: line.role,
        glyphs: line.glyphs.clone(),
        alternatives: line.alternatives.clone(),
        engine: page.engine,
    }
}

/// More white between two lines than the lines are high.
fn wide_gap(above: &Line, below: &Line) -> bool {
    match (above.rect, below.rect) {
        (Some(above), Some(below)) => below.top - above.bottom > above.height().min(below.height()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn normalized(raw: &str) -> Line {
        let lines = vec![TextLine { text: raw.to_owned(), confidence: 1.0, ..TextLine::default() }];
        super::page(&PageText { lines, ..blank_page() }).lines.remove(0)
    }

    fn text(raw: &str) -> String {
        normalized(raw).text
    }

    #[test]
    fn marks_have_one_spelling() {
        assert_eq!(text("ทํางาน นํ้า น้ํา"), "ทำงาน น้ำ น้ำ");
        assert_eq!(text("เเบบ"), "แบบ");
        assert_eq!(text("ผู่้"), "ผู่้");
        assert_eq!(text("ที่่ประชุม"), "ที่ประชุม");
        assert_eq!(text("ที ่ประชุม เ รื่องนี้"), "ที่ประชุม เรื่องนี้");
        assert_eq!(text("① หนังสือ"), "(1) หนังสือ");
        assert_eq!(text("ท\u{f702}\u{f70a}ประชุม"), "ที่ประชุม");
        assert_eq!(text("\u{feff}ด้วย\u{a0}กรม\u{200b}การ"), "ด้วย กรมการ");
    }

    #[test]
    fn labels_are_spelled_as_the_form_spells_them() {
        for (raw, label) in [
            ("เรือง ขอเชิญประชุม", "เรื่อง ขอเชิญประชุม"),
            ("เรอง ขอเชิญ", "เรื่อง ขอเชิญ"),
            ("เ รื ่อง ขอเชิญ", "เรื่อง ขอเชิญ"),
            ("ที กษ ๐๒๐๑/๕", "ที่ กษ ๐๒๐๑/๕"),
            ("๗ี่ กษ ๐๒๐๑/๕", "ที่ กษ ๐๒๐๑/๕"),
            ("ท กษ ๐๒๐๑/๕", "ที่ กษ ๐๒๐๑/๕"),
            ("สิงทิส่งมาด้วย ๑. แผนที่", "สิ่งที่ส่งมาด้วย ๑. แผนที่"),
            ("อางถึง หนังสือ", "อ้างถึง หนังสือ"),
            ("บันทึก ข้อความ", "บันทึกข้อความ"),
            ("ตำสั่งจังหวัดสมมติ", "คำสั่งจังหวัดสมมติ"),
            ("ค่วนที่สุด", "ด่วนที่สุด"),
            ("หนังสือจังหวัดสมมติ ที กษ ๐๒๐๑/๕ ลงวันที ๓ มีนาคม ๒๕๖๕", "หนังสือจังหวัดสมมติ ที่ กษ ๐๒๐๑/๕ ลงวันที่ ๓ มีนาคม ๒๕๖๕"),
        ] {
            assert_eq!(text(raw), label);
        }
    }

    #[test]
    fn what_merely_looks_like_a_label_stays() {
        for raw in ["ทีมงานจำลอง", "ทัน ๕ คน", "เรืองศรี ถนนสมมติ", "เลขรับ ๗๗", "เวลา ๓ วัน", "ถูก ๕ ข้อ", "เสร็จทันที ๕ คน"]
        {
            let line = normalized(raw);
            assert_eq!((line.text.as_str(), line.repairs.len()), (raw, 0));
        }
    }

    #[test]
    fn markup_and_leaders_go_and_words_stay() {
        assert_eq!(text("## **ที่** กษ ๐๒๐๑/๕"), "ที่ กษ ๐๒๐๑/๕");
        assert_eq!(text("- สิ่งที่ส่งมาด้วย [คู่มือ](http://example.go.th/1) &amp; แบบ<br/>ใหม่"), "สิ่งที่ส่งมาด้วย คู่มือ & แบบ ใหม่");
        assert_eq!(text(r"๑\. บัญชี \- แบบ"), "๑. บัญชี - แบบ");
        assert_eq!(text("วันที่..... ๕ ก.พ. ๒๕๖๓ ......"), "วันที่ ๕ ก.พ. ๒๕๖๓");
        assert_eq!(text("พ.ศ...... โทร...... ๑"), "พ.ศ. โทร. ๑");
        assert_eq!(text("เรื่อง ร่างข้อบัญญัติ พ.ศ. ...."), "เรื่อง ร่างข้อบัญญัติ พ.ศ. ....");
        assert_eq!(text(r"$25$ เมษายน $\text{พ.ศ. 2567}$"), "25 เมษายน พ.ศ. 2567");
        assert_eq!(text(r"\boxed{\text{เลขที่รับ 217}}"), "เลขที่รับ 217");
        for kept in ["A$500 และ US$200", "$ 500 และ $ 600", r"\frac{1}{2}"] {
            assert_eq!(text(kept), kept);
        }
        assert_eq!(text("วันที่ .... เดือน ........ พ.ศ. ...."), "วันที่ เดือน พ.ศ.");
        assert_eq!(text("เรื่อง งบประมาณของ บก.ทท....."), "เรื่อง งบประมาณของ บก.ทท.");
        assert_eq!(text("วันที่...๑๐...มี.ค....๒๕๖๘..."), "วันที่ ๑๐ มี.ค. ๒๕๖๘");
        assert_eq!(text("- ๒ -"), "- ๒ -");
        assert_eq!(text("- ตัวอย่าง -"), "- ตัวอย่าง -");
        assert_eq!(text("> - **เรียน** ผู้ว่าราชการจังหวัด"), "เรียน ผู้ว่าราชการจังหวัด");
        assert_eq!(text("-\u{a0}**เรื่อง ขอเชิญประชุม**"), "เรื่อง ขอเชิญประชุม");
        assert_eq!(text("## - ๒ -"), "- ๒ -");
    }

    #[test]
    fn every_char_knows_its_raw_bytes() {
        let line = normalized("**เรือง**   ทํา");
        assert_eq!(line.text, "เรื่อง ทำ");
        let of = |word: &str| {
            let at = line.text[..line.text.find(word).expect("the word")].chars().count();
            &line.raw[line.raw_span(at..at + word.chars().count())]
        };
        assert_eq!((of("เรื่อง"), of("ทำ")), ("เรือง", "ทํา"));
        assert!(line.repairs.iter().any(|repair| repair.rule == "labels.spelling" && &line.raw[repair.raw.clone()] == "เรือง"));
    }

    #[test]
    fn blank_lines_leave_a_mark_on_the_next() {
        let text = "ก\n\nข\nค";
        let lines = text.split('\n').map(|text| TextLine { text: text.to_owned(), confidence: 1.0, ..TextLine::default() }).collect();
        let page = PageText { lines, ..blank_page() };
        let seen: Vec<(u32, bool)> = super::page(&page).lines.iter().map(|line| (line.number, line.starts_block)).collect();
        assert_eq!(seen, [(1, true), (3, true), (4, false)]);
    }

    fn blank_page() -> PageText {
        PageText {
            page: 1,
            width: 0,
            height: 0,
            dpi: 0.0,
            rotation: 0,
            lines: Vec::new(),
            furniture: Vec::new(),
            engine: Engine::Transcribed,
            second: None,
            damage: Vec::new(),
        }
    }
}

//! What a line is by its own words, before anything is known of its neighbors.

use std::sync::LazyLock;

use regex::RegexSet;

use super::lexicon::{DIGIT, MONTH, NUMBER};
use crate::thai::{copies, dates, ink, stamps};

/// What a line's own words say it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cue {
    /// `-๒-`, `หน้า ๒`
    PageNumber,
    /// `/คำต่อไป...`
    Catchword,
    /// Rules, dashes, stray signs.
    Rule,
    /// บันทึกข้อความ
    MemoTitle,
    /// กระดาษเขียนข่าว, วิทยุในราชการ
    MessageTitle,
    /// คำสั่ง⟨หน่วย⟩
    OrderTitle,
    /// ประกาศ⟨หน่วย⟩, แถลงการณ์, ข่าว
    AnnouncementTitle,
    /// ระเบียบ⟨หน่วย⟩, ข้อบังคับ
    RegulationTitle,
    /// รายงานการประชุม
    MinutesTitle,
    /// หนังสือรับรอง
    CertificateTitle,
    /// แบบ…, ใบสมัคร
    FormTitle,
    /// สิ่งที่ส่งมาด้วย ๑ alone on its line, ภาคผนวก
    AnnexTitle,
    /// - ตัวอย่าง -, สำเนาคู่ฉบับ
    Sample,
    /// ด่วนที่สุด, ลับ
    Level,
    /// เลขรับ
    ReceiptNumber,
    /// เวลา ๑๓.๕๗ น.
    ReceiptTime,
    /// วันที่ … as a labelled row
    DateRow,
    /// A date that stands alone.
    Date,
    /// สั่ง ณ วันที่, ประกาศ ณ วันที่, ให้ไว้ ณ วันที่
    GivenDate,
    /// ที่ with an agency's number
    Number,
    /// ที่ with an agency's number and the date it is cited by
    Citation,
    /// ที่ ๑๑๗/๒๕๖๔, เลขที่ ๕/๒๕๖๔, ที่ /๒๕๖๔
    OrderNumber,
    /// ส่วนราชการ
    SenderRow,
    /// เรื่อง
    Subject,
    /// เรียน, กราบเรียน, นมัสการ, เสนอ
    Salutation,
    /// ถึง
    To,
    /// อ้างถึง
    Reference,
    /// สิ่งที่ส่งมาด้วย
    Attachments,
    /// ขอแสดงความนับถือ
    Closing,
    /// สำเนาถูกต้อง
    CertifiedCopy,
    /// ร่าง, พิมพ์, ทาน, ตรวจ
    Clerks,
    /// (ลงชื่อ), (ลายมือชื่อ): the place of the signature, no name
    SignatureMark,
    /// `(นาย…)` alone, a rank before it or not
    Name,
    /// โทร., อีเมล, www
    Contact,
    /// ผู้มาประชุม, ระเบียบวาระที่ ๑
    Agenda,
    /// `๑. …`
    Item,
    /// ด้วย, ตามที่, จึงเรียนมา: how paragraphs of a letter begin
    Opening,
    Other,
}

/// How far into a line a cue can reach, in bytes.
const REACH: usize = 420;

/// First match wins. `{D}`, `{MONTH}` and `{NUMBER}` stand for the lexicon's patterns, `{SIGNATURE}`, `{PAPER}`, `{STAMPED}` and `{GIVEN}` for words of [`crate::thai`].
const CUES: &[(Cue, &str)] = &[
    (
        Cue::PageNumber,
        r"^(?:[-–—]\s?{D}{1,3}\s?[-–—]|[-–—]\s?{D}{1,3}|{D}{1,3}\s?[-–—]|\(?(?:หน้า|หน้าที่)\s?{D}{1,3}(?:\s?(?:/|จาก|ของ)\s?{D}{1,3})?(?:\s?หน้า)?\)?)$",
    ),
    (Cue::Catchword, r"^/\s?[ก-ฮเ-ไ({D}].{0,60}$"),
    (Cue::Rule, r"^[^\p{L}\p{N}]*$"),
    (Cue::MemoTitle, r"^บันทึก\s?ข้อความ$"),
    (Cue::MessageTitle, r"^กระดาษเขียนข่าว|^ข่าวราชการ$|^(?:วิทยุ|โทรสาร)(?:ใน)?ราชการ(?:\s?(?:กรม|กระทรวง|กอง|สำนัก|จังหวัด|ตำรวจ)[ก-๎]+)?$"),
    (Cue::GivenDate, r"^(?:{GIVEN})\s?ณ\s?(?:วันที่|วัน)"),
    (Cue::ReceiptNumber, r"^{STAMPED}\s?(?:[:./]|{D}|[ก-ฮA-Za-z]\.?\s?{D}|$)"),
    (Cue::ReceiptTime, r"^เวลา\s?[:.]?\s?(?:{D}{1,2}\s?[.:;]?\s?{D}{0,2}\s?)?(?:น\s?\.?)?$"),
    (Cue::ReceiptTime, r"^เวลา\s?[:.]?\s?[ก-ฮA-Za-z๐-๙0-9]{1,3}\s?[.:;]\s?[ก-ฮA-Za-z๐-๙0-9]{1,3}\s?(?:น\s?\.?)?$"),
    (Cue::ReceiptTime, r"^{D}{1,2}[.:]{D}{2}\s?น\s?\.?$"),
    (Cue::DateRow, r"^(?:ลง|รับ)?วันที่\s?[:.–-]?\s?(?:{D}.{0,40}|[ก-ฮA-Za-z]{1,2}{D}?\s?/?\s?{MONTH}.{0,14}|{MONTH}.{0,20}|/.{0,20}|)$"),
    (Cue::Date, r"^(?:วัน[ก-๙]{3,10}ที่\s?)?\S{0,4}\s?(?:{D}\s)?(?:เดือน\s?)?{MONTH}\s?(?:พ\.?\s?ศ\.?\s?)?{D}[{D}\s]{1,4}$"),
    (Cue::Citation, r"^ที่\s?{NUMBER}.{0,3}(?:ลงวันที่|ลง\s?{D}|วันที่\s?{D}.{0,60}(?:จำนวน|เรื่อง))"),
    (Cue::Number, r"^(?:เลข)?ที่\s?:?\s?{NUMBER}"),
    (Cue::OrderNumber, r"^(?:เลขที่|ที่|ฉบับที่)\s?(?:พิเศษ\s?)?{D}{0,5}\s?/\s?{D}{2,4}$"),
    (Cue::SenderRow, r"^ส่วนราชการ"),
    (
        Cue::AnnexTitle,
        r"^(?:สิ่งที่ส่งมาด้วย|สิ่งที่แนบมาด้วย|เอกสารแนบ(?:ท้าย)?|เอกสารประกอบ|เอกสารหมายเลข|ภาคผนวก|ผนวก|บัญชีแนบท้าย)\s?(?:ที่|หมายเลข|ลำดับที่)?\s?\(?(?:{D}{1,2}(?:\.{D})?|[ก-ฮA-Za-z])\)?\.?$",
    ),
    (Cue::AnnexTitle, r"^(?:ภาคผนวก|เอกสารแนบท้าย|ผนวก\s?[ก-ฮ]\s|(?:บัญชี|รายชื่อ|รายละเอียด)[ก-๎\s]{0,60}แนบ(?:ท้าย|คำสั่ง|ประกาศ|หนังสือ|บันทึก))"),
    (Cue::Attachments, r"^(?:สิ่งที่(?:ส่ง|แนบ)มาด้วย|เอกสารที่แนบมาด้วย|เอกสารแนบ\s?:?$|เอกสารแนบ\s?:\s|เอกสารแนบ\s(?:{D}|สำเนา)|สิ่งที่ส่งมาพร้อมนี้)"),
    (Cue::Reference, r"^อ้างถึง|^อ้างอิง\s"),
    (Cue::Opening, r"^(?:เรื่องเดิม|ข้อเท็จจริง|ข้อกฎหมาย|ข้อพิจารณา|ข้อเสนอ(?:แนะ)?)(?:และ[ก-๎]{4,20})?\s?:?$"),
    (Cue::Subject, r"^เรื่อง(?:\s|:|$|[ก-ฮเ-ไ])"),
    (Cue::Salutation, r"^(?:กราบเรียน|เรียน|นมัสการ|กราบนมัสการ|กราบทูล|ขอประทานกราบทูล|เสนอ)(?:\s|:|$)"),
    (Cue::Salutation, r"^เรียน(?:ผู้|นาย|นาง|คณบดี|อธิ|ท่าน|ประธาน|ปลัด|หัวหน้า|รอง|เลขาธิการ)"),
    (Cue::Salutation, r"^(?:ขอ)?เจริญพร\s?[ก-ฮเ-ไ]"),
    (Cue::To, r"^ถึง(?:\s|:|$)"),
    (Cue::Closing, r"^(?:ขอแสดงความ(?:นับถือ|เคารพ)|ขอนมัสการ|ขอเจริญพร$|ควรมิควรแล้วแต่|ด้วยความเคารพ|ขอแสดงความนับ)"),
    (Cue::CertifiedCopy, r"^\(?(?:รับรอง)?สำเนา(?:ถูกต้อง|เอกสารถูกต้อง)|^ตรวจถูกต้อง|^รับรองสำเนา"),
    (Cue::Sample, r"^[-–—(\s]*(?:ตัวอย่าง|สำเนา|สำเนาคู่ฉบับ|คู่ฉบับ|ต้นฉบับ|ร่าง)[-–—)\s]*$"),
    (Cue::Level, r"^(?:(?:ด่วนที่สุด|ด่วนมาก|ด่วน|ลับที่สุด|ลับมาก|ลับ|ปกปิด)\s?){1,2}$"),
    (Cue::Clerks, r"^(?:ร่าง|พิมพ์|ทาน|ตรวจ|ผู้พิมพ์|ผู้ร่าง|ผู้ตรวจ)(?:\s|/|:|$)"),
    // Behind the clerk's rank and the leader for the name: `ส.อ. …… ร่าง ๔ ก.ย. ๖๖`.
    (Cue::Clerks, r"^[ก-ฮ]{1,3}\.(?:[ก-ฮ]{1,3}\.)*(?:หญิง)?\s(?:\S+\s\S+\s)?(?:ร่าง|พิมพ์(?:/ทาน)?|ทาน|ตรวจ)\s[0-9๐-๙]"),
    (Cue::OrderTitle, r"^\(?(?:สำเนา\)?\s?)?คำสั่ง(?:\s?[ก-ฮเ-ไ]|$)"),
    (Cue::AnnouncementTitle, r"^(?:ประกาศ|แถลงการณ์|ข่าวประชาสัมพันธ์|ข่าวแจก|ข่าว)(?:\s?[ก-ฮเ-ไ]|$)"),
    // Begins like a regulation's title.
    (Cue::Agenda, r"^ระเบียบวาระ"),
    (Cue::RegulationTitle, r"^(?:ระเบียบ|ข้อบังคับ|ข้อบัญญัติ|เทศบัญญัติ|กฎกระทรวง)(?:\s?[ก-ฮเ-ไ]|$)"),
    (Cue::MinutesTitle, r"^(?:รายงานการประชุม|บันทึกการประชุม|รายงานประชุม)"),
    (Cue::CertificateTitle, r"^(?:หนังสือรับรอง|ใบรับรอง|หนังสือสำคัญ)"),
    (
        Cue::FormTitle,
        r"^(?:\(?แบบ\)?(?:ฟอร์ม|ติดตาม|รายงาน|สรุป|สำรวจ|ตอบรับ|คำขอ|คำร้อง|บันทึก|ประเมิน|แสดง|ขอ|ยื่น|แจ้ง|กรอก|หนังสือ|ใบ|เสนอ|ลงทะเบียน|ประวัติ|ข้อมูล|สอบถาม|เก็บ|\s?[ก-ฮ]{1,4}\.?\s?{D})|ใบ(?:สมัคร|ตอบรับ|ลา|เบิก|ลงทะเบียน|แจ้ง|สำคัญรับเงิน|ยืม|เสนอ|ขอ))",
    ),
    (
        Cue::Contact,
        r"^(?:โทร|โทรสาร|โทรศัพท์|มือถือ|แฟกซ์|ไปรษณีย์อิเล็กทรอนิกส์|อีเมล|จดหมายอิเล็กทรอนิกส์|[Ee]-?\s?[Mm]ail|www|http|เว็บไซต์|ผู้ประสานงาน|ผู้ติดต่อ|[Ll]ine|สอบถาม)",
    ),
    (Cue::SignatureMark, r"^[(\[–—*\s-]*{SIGNATURE}[)\]–—*.…\s-]*$"),
    (
        Cue::Name,
        r"^(?:\(?ลง(?:ชื่อ|นาม)\)?)?[\s.…]*(?:(?:[ก-ฮ]{1,3}\.\s?){1,5}(?:หญิง\s?)?|(?:ว่าที่\s?)?(?:พล|พัน|ร้อย|นาวา|เรือ|จ่า|สิบ|ดาบ)[ก-๙]{1,14}\s?)?\(\s?(?:[^(){D}]{4,60}|(?:นาย|นาง)[^(){D}]+{D}[^(){D}]+)\)$",
    ),
    (Cue::Agenda, r"^(?:ผู้มาประชุม|ผู้เข้าประชุม|ผู้เข้าร่วมประชุม|ผู้ไม่มาประชุม|กรรมการผู้มาประชุม|เริ่มประชุม|เปิดประชุม|วาระที่|ประธานกล่าว)"),
    (Cue::Item, r"^{D}{1,2}\s?(?:\.|\))(?:\s|[ก-ฮเ-ไ]|$)"),
    // How something is bought, below what is bought; no opening.
    (Cue::Other, r"^ด้วยวิธี"),
    (
        Cue::Opening,
        r"^(?:ด้วย|ตามที่|ตามหนังสือ|ตามคำสั่ง|ตามประกาศ|ตาม|เนื่องจาก|เนื่องด้วย|เนื่องใน|โดยที่|อนุสนธิ|อาศัยอำนาจ|ในการนี้|จึง|ทั้งนี้|เพื่อ|สืบเนื่อง|พร้อม(?:หนังสือ)?นี้|ขอ(?:ส่ง|เชิญ|แจ้ง|เรียน|รับรอง)|หนังสือฉบับนี้|ข้าพเจ้า|บัดนี้|เห็นสมควร|โดย(?:อนุมัติ|อาศัย))",
    ),
];

static SET: LazyLock<RegexSet> =
    LazyLock::new(|| RegexSet::new(CUES.iter().map(|(_, pattern)| expand(pattern))).expect("the patterns above compile: a test says so"));

/// Puts the lexicon's patterns where their names stand.
pub fn expand(pattern: &str) -> String {
    pattern
        .replace("{NUMBER}", NUMBER)
        .replace("{MONTH}", MONTH)
        .replace("{D}", DIGIT)
        .replace("{SIGNATURE}", ink::SIGNATURE)
        .replace("{PAPER}", copies::PAPER)
        .replace("{STAMPED}", stamps::NUMBER)
        .replace("{GIVEN}", dates::GIVEN)
}

/// What a normalized line is by its own words.
pub fn of(text: &str) -> Cue {
    let start = &text[..text.floor_char_boundary(REACH)];
    SET.matches(start).iter().next().map_or(Cue::Other, |first| CUES[first].0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_with_one_letter_read_as_a_digit_is_still_a_name() {
        assert_eq!(of("(นางสาวสมใจ ๙มมติวงศ์)"), Cue::Name);
        assert_eq!(of("(นายสมมติ ตัวอย่างดี)"), Cue::Name);
        assert_eq!(of("(ลงชื่อ)"), Cue::SignatureMark);
        assert_ne!(of("(นายทะเบียน จำนวน ๒๕ ราย ปี ๒๕๖๗)"), Cue::Name);
    }
}

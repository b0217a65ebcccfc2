//! The record: what one letter becomes (`saraban.record/1`). Text keeps the paper's own words; normalized parts hold Arabic digits and ISO dates.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::geometry::Rect;

pub const SCHEMA: &str = "saraban.record/1";

/// One letter, annex or form of an input file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// sha-256 of the source file, "-", index. Copies with the same bytes share it: path and id together identify a record.
    pub id: String,
    pub source: RecordSource,
    /// Id of the letter that these annex pages belong to.
    pub part_of: Option<String>,
    pub kind: Kind,
    pub urgency: Option<Urgency>,
    pub secrecy: Option<Secrecy>,
    /// ที่
    pub number: Option<Number>,
    /// วันที่
    pub date: Option<Date>,
    pub sender: Option<Sender>,
    /// เรื่อง, lines joined, no label.
    pub subject: Option<String>,
    /// คำขึ้นต้น: เรียน, กราบเรียน, นมัสการ, ถึง …
    pub salutation: Option<String>,
    /// One each, without และ.
    pub recipients: Vec<String>,
    /// อ้างถึง
    pub references: Vec<Reference>,
    /// สิ่งที่ส่งมาด้วย
    pub attachments: Vec<Attachment>,
    /// Paragraphs, joined across pages, without catchwords and page numbers.
    pub body: Vec<String>,
    /// คำลงท้าย
    pub closing: Option<String>,
    pub signatory: Option<Signatory>,
    /// ส่วนราชการเจ้าของเรื่อง
    pub owner: Option<Owner>,
    pub contacts: Vec<Contact>,
    /// Receiving stamps (ตรารับหนังสือ).
    pub receipts: Vec<Receipt>,
    /// JSON pointer of a value above → where it was read.
    pub evidence: BTreeMap<String, Evidence>,
    pub issues: Vec<Issue>,
    pub review: Review,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RecordSource {
    /// As given, relative to the input root, "/" separators.
    pub path: String,
    pub sha256: String,
    pub page_count: u32,
    /// 1-based pages of this record.
    pub pages: Vec<u32>,
    /// 1-based index of this record among the `count` of its file.
    pub index: u32,
    pub count: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// หนังสือภายนอก
    ExternalLetter,
    /// หนังสือภายใน (บันทึกข้อความ)
    InternalMemo,
    /// หนังสือประทับตรา
    StampedLetter,
    /// คำสั่ง
    Order,
    /// ระเบียบ, ข้อบังคับ
    Regulation,
    /// ประกาศ, แถลงการณ์, ข่าว
    Announcement,
    /// หนังสือรับรอง
    Certificate,
    /// รายงานการประชุม
    Minutes,
    /// กระดาษเขียนข่าว
    MessageForm,
    /// A blank form.
    Form,
    /// An annex page (สิ่งที่ส่งมาด้วย).
    Attachment,
    Other,
}

/// ชั้นความเร็ว
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// ด่วน
    Urgent,
    /// ด่วนมาก
    VeryUrgent,
    /// ด่วนที่สุด
    MostUrgent,
}

/// ชั้นความลับ
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Secrecy {
    /// ลับ
    Confidential,
    /// ลับมาก
    Secret,
    /// ลับที่สุด
    TopSecret,
}

/// A letter's number (ที่): `พบ 0023.10/ว 450`; of an order: `217/2564`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Number {
    /// Canonical: code, space, office, "/", "ว " for a circular, serial; Arabic digits.
    pub text: String,
    /// As on the paper.
    pub printed: String,
    /// Letters of the agency (รหัสตัวพยัญชนะ); null for orders.
    pub code: Option<String>,
    pub office: Option<String>,
    /// หนังสือเวียน (ว).
    pub circular: bool,
    /// Null when it was left blank.
    pub serial: Option<String>,
    /// Buddhist year of an order's number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Date {
    /// Gregorian, `YYYY-MM-DD`; null where the printed date is partial.
    pub iso: Option<String>,
    /// As on the paper.
    pub printed: String,
    pub precision: Precision,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Day,
    Month,
    Year,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sender {
    pub unit: Option<String>,
    pub address: Option<String>,
    /// Five Arabic digits.
    pub postcode: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Reference {
    pub title: Option<String>,
    pub urgency: Option<Urgency>,
    pub number: Option<Number>,
    pub date: Option<Date>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Attachment {
    /// From 1; null where the list is not numbered.
    pub ordinal: Option<u32>,
    pub title: Option<String>,
    pub urgency: Option<Urgency>,
    pub number: Option<Number>,
    pub date: Option<Date>,
    pub copies: Option<Copies>,
}

/// จำนวน N ชุด
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Copies {
    pub count: u32,
    pub unit: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Signatory {
    pub name: Option<String>,
    pub position: Option<String>,
    /// Authority phrase, e.g. ปฏิบัติราชการแทน.
    pub acting: Option<String>,
    /// The post that the phrase speaks of.
    pub acting_for: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Owner {
    pub unit: Option<String>,
    pub section: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Contact {
    #[serde(rename = "type")]
    pub kind: ContactKind,
    /// Digits only for telephones.
    pub value: String,
    pub extension: Option<String>,
    /// As on the paper.
    pub printed: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ContactKind {
    Phone,
    Fax,
    Email,
    Web,
    Person,
}

impl ContactKind {
    pub fn is_telephone(self) -> bool {
        matches!(self, ContactKind::Phone | ContactKind::Fax)
    }
}

/// One receiving stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Receipt {
    pub office: Option<String>,
    /// เลขรับ
    pub number: Option<String>,
    pub date: Option<Date>,
    /// `HH:MM`
    pub time: Option<String>,
}

/// Where a value was read and why it was believed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// 1-based page of the file.
    pub page: u32,
    /// Pixels of the page image; empty without an image.
    pub boxes: Vec<Rect>,
    /// 1-based line of the page's text.
    pub line: u32,
    /// As the reader gave it.
    pub raw: String,
    /// 0–1.
    pub confidence: f32,
    pub rule: String,
    /// Other readings that were in the running, best first.
    pub alternatives: Vec<String>,
    /// What `confidence` is made of; no part of the record's JSON.
    #[serde(skip)]
    pub signs: Signs,
}

/// What the reader and the page say for and against a reading.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Signs {
    /// The reader's confidence, 0–1: the mean over the letters, and no more than the worst letter's; of running text the mean alone.
    pub sure: f32,
    /// Letters that are expected to be wrong: the sum of what each lacks in confidence.
    pub errors: f32,
    /// Share of the page's letters that the reader doubts, 0–1.
    pub page: f32,
    /// 1 where a row of something else runs through it: print under a receiving stamp and the stamp both lose letters, and gain some.
    pub crossed: f32,
}

/// A doubt about the record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Issue {
    /// Stable, e.g. `number.missing`; `docs/issues.md` says what each means.
    pub code: String,
    pub severity: Severity,
    /// JSON pointer of the value in doubt; null for the record as a whole.
    pub field: Option<String>,
    /// In Thai, for the clerk.
    pub message: String,
    /// The same in English.
    pub message_en: String,
    pub evidence: Vec<Evidence>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    Info,
    Warning,
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Review {
    /// Every check passed and every required field is above its threshold.
    Auto,
    Needed,
}

impl Record {
    /// A record with nothing on it yet.
    pub fn empty(source: RecordSource, kind: Kind) -> Self {
        Record {
            schema: SCHEMA.to_owned(),
            id: format!("{}-{}", source.sha256, source.index),
            source,
            part_of: None,
            kind,
            urgency: None,
            secrecy: None,
            number: None,
            date: None,
            sender: None,
            subject: None,
            salutation: None,
            recipients: Vec::new(),
            references: Vec::new(),
            attachments: Vec::new(),
            body: Vec::new(),
            closing: None,
            signatory: None,
            owner: None,
            contacts: Vec::new(),
            receipts: Vec::new(),
            evidence: BTreeMap::new(),
            issues: Vec::new(),
            review: Review::Needed,
        }
    }
}

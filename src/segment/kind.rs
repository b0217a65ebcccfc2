//! What kind of document the rows between two boundaries are: the first rule that holds.

use crate::document::record::Kind;

use super::boundary::Why;
use super::cue::Cue;
use super::row::Row;

/// What a rule sees.
pub struct Scene<'r> {
    pub rows: &'r [Row],
    pub why: Why,
}

pub struct KindRule {
    pub id: &'static str,
    pub kind: Kind,
    /// 0–1: how often a letter that the rule takes is of this kind.
    pub confidence: f32,
    holds: fn(&Scene) -> bool,
}

/// Titles first, then the parts that only one kind has, then what is left.
pub const RULES: &[KindRule] = &[
    KindRule { id: "kind.message_form.title", kind: Kind::MessageForm, confidence: 0.99, holds: |scene| scene.top(Cue::MessageTitle) },
    KindRule { id: "kind.memo.title", kind: Kind::InternalMemo, confidence: 0.99, holds: |scene| scene.top(Cue::MemoTitle) },
    KindRule {
        id: "kind.memo.rows",
        kind: Kind::InternalMemo,
        confidence: 0.9,
        holds: |scene| scene.top(Cue::SenderRow) && !scene.pays_respects(),
    },
    KindRule {
        id: "kind.form.annexed",
        kind: Kind::Form,
        confidence: 0.9,
        holds: |scene| scene.first_is(Cue::AnnexTitle) && scene.first_is(Cue::FormTitle) && scene.blanks() + scene.bare_labels() >= BLANKS,
    },
    KindRule { id: "kind.attachment.title", kind: Kind::Attachment, confidence: 0.95, holds: |scene| scene.first_is(Cue::AnnexTitle) },
    KindRule { id: "kind.order.title", kind: Kind::Order, confidence: 0.98, holds: |scene| scene.titled(Cue::OrderTitle) },
    KindRule { id: "kind.regulation.title", kind: Kind::Regulation, confidence: 0.97, holds: |scene| scene.titled(Cue::RegulationTitle) },
    KindRule {
        id: "kind.announcement.title",
        kind: Kind::Announcement,
        confidence: 0.97,
        holds: |scene| scene.titled(Cue::AnnouncementTitle),
    },
    KindRule { id: "kind.minutes.title", kind: Kind::Minutes, confidence: 0.98, holds: |scene| scene.titled(Cue::MinutesTitle) },
    KindRule { id: "kind.stamped.to", kind: Kind::StampedLetter, confidence: 0.95, holds: |scene| scene.is_stamped() },
    KindRule { id: "kind.form.unfilled", kind: Kind::Form, confidence: 0.9, holds: |scene| scene.is_unfilled() },
    KindRule {
        id: "kind.certificate.title",
        kind: Kind::Certificate,
        confidence: 0.95,
        holds: |scene| scene.titled(Cue::CertificateTitle),
    },
    KindRule { id: "kind.certificate.words", kind: Kind::Certificate, confidence: 0.9, holds: |scene| scene.certifies() },
    KindRule {
        id: "kind.form.title",
        kind: Kind::Form,
        confidence: 0.9,
        holds: |scene| scene.first_is(Cue::FormTitle) && !scene.has(Cue::Closing),
    },
    KindRule { id: "kind.external.head", kind: Kind::ExternalLetter, confidence: 0.98, holds: |scene| scene.letter_parts() >= 4 },
    KindRule { id: "kind.external.parts", kind: Kind::ExternalLetter, confidence: 0.85, holds: |scene| scene.letter_parts() >= 2 },
    KindRule { id: "kind.form.blanks", kind: Kind::Form, confidence: 0.7, holds: |scene| scene.is_blank_form() },
    KindRule { id: "kind.attachment.page", kind: Kind::Attachment, confidence: 0.7, holds: |scene| matches!(scene.why, Why::Annex) },
    KindRule { id: "kind.other", kind: Kind::Other, confidence: 0.5, holds: |_| true },
];

/// Rows that a title can stand in, stamps and levels not counted.
const TOP: usize = 14;

/// Ruled blanks from which on a page is there to be filled in.
const BLANKS: usize = 5;

/// Titles of a person of whom a form knows nothing yet.
const CHOICES: &[&str] = &["นาย/นาง", "ด.ช./ด.ญ.", "ด.ช./นาย", "ชาย/หญิง"];

/// What a form asks for on a row of its own.
const LABELS: &[&str] = &["ชื่อ", "ชื่อ-สกุล", "ชื่อ-นามสกุล", "ตำแหน่ง", "หน่วยงาน", "สังกัด", "ที่อยู่", "โทรศัพท์", "อีเมล", "ลงชื่อ", "วันที่"];

/// The first rule that holds; the last always does.
pub fn of(scene: &Scene) -> &'static KindRule {
    RULES.iter().find(|rule| (rule.holds)(scene)).unwrap_or(&RULES[RULES.len() - 1])
}

impl Scene<'_> {
    /// Rows that stand for something, from the top.
    fn told(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| !row.is_aside())
    }

    /// In the top rows, above any text.
    fn top(&self, cue: Cue) -> bool {
        self.told().take(TOP).take_while(|row| row.cue != Cue::Opening).any(|row| row.cue == cue)
    }

    fn first_is(&self, cue: Cue) -> bool {
        self.told().take(3).any(|row| row.cue == cue)
    }

    fn has(&self, cue: Cue) -> bool {
        self.rows.iter().any(|row| row.cue == cue && !row.in_table())
    }

    /// The title stands above every labelled row of a letter.
    fn titled(&self, title: Cue) -> bool {
        let labels = [Cue::Subject, Cue::Salutation, Cue::To, Cue::Number, Cue::Reference, Cue::Attachments, Cue::Opening, Cue::Item];
        let title_row = self.told().take(TOP).take_while(|row| !labels.contains(&row.cue)).position(|row| row.cue == title);
        title_row.is_some() && !(self.has(Cue::Salutation) && self.has(Cue::Closing))
    }

    fn certifies(&self) -> bool {
        let words = ["หนังสือฉบับนี้ให้ไว้", "ขอรับรองว่า", "ให้ไว้เพื่อรับรอง", "หนังสือรับรองฉบับนี้"];
        let says = self.told().take(2 * TOP).any(|row| words.iter().any(|word| row.text().contains(word)));
        let given = self.rows.iter().any(|row| row.cue == Cue::GivenDate && row.text().starts_with("ให้ไว้"));
        let issued = given || self.has(Cue::Name) && !self.has(Cue::Subject);
        says && issued && !self.has(Cue::Salutation)
    }

    /// What somebody is to certify: blanks or titles to choose from where a certificate names a person, and nobody named has signed.
    fn is_unfilled(&self) -> bool {
        let chooses = |row: &Row| CHOICES.iter().any(|choice| row.text().replace(' ', "").contains(choice));
        let open = self.blanks() >= BLANKS || self.rows.iter().any(chooses);
        open && !self.has(Cue::Name) && !self.has(Cue::Closing) && !self.has(Cue::Salutation) && !self.has(Cue::Number)
    }

    /// ขอแสดงความนับถือ, which no memo says.
    fn pays_respects(&self) -> bool {
        self.rows.iter().any(|row| row.cue == Cue::Closing && row.text().starts_with("ขอแสดงความ"))
    }

    fn blanks(&self) -> usize {
        self.rows.iter().flat_map(|row| &row.line.repairs).filter(|repair| repair.rule == "leaders.dropped").count()
    }

    /// Rows that name what is to be written on them and say nothing of it: of leaders drawn on a scan nothing else is left.
    fn bare_labels(&self) -> usize {
        let bare = |text: &str| LABELS.contains(&text.replace(' ', "").trim_end_matches([':', '.']));
        self.rows.iter().filter(|row| bare(row.text())).count()
    }

    fn is_stamped(&self) -> bool {
        self.top(Cue::To) && !self.top(Cue::Subject) && !self.has(Cue::Closing)
    }

    /// How many parts that only letters have were found: number, date, subject, salutation, closing.
    fn letter_parts(&self) -> usize {
        let parts = [self.top(Cue::Number), self.top(Cue::Date), self.top(Cue::Subject), self.top(Cue::Salutation), self.has(Cue::Closing)];
        parts.into_iter().filter(|part| *part).count()
    }

    /// Nothing of a letter's head: all of it is text.
    pub fn has_no_head(&self) -> bool {
        !(self.has(Cue::Number) || self.has(Cue::Subject) || self.has(Cue::Salutation) || self.has(Cue::Closing))
    }

    fn is_blank_form(&self) -> bool {
        self.blanks() >= BLANKS && !self.has(Cue::Closing)
    }
}

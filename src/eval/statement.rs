//! A record taken apart into statements that can be compared one by one, normalized as auditors compare them: Arabic digits, no blanks.

use crate::document::record::{Date, Number, Record};
use crate::thai::digits;

/// One value of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// One of [`FIELDS`].
    pub field: &'static str,
    /// JSON pointer under which the evidence stands, or its parent does.
    pub pointer: String,
    /// As it is compared.
    pub text: String,
    /// As a person reads it.
    pub shown: String,
}

/// Every field that is compared, in the order of the record. The body is compared by paragraphs and kept out of "wholly right": the character
/// error rate speaks of running text.
pub const FIELDS: &[&str] = &[
    "kind",
    "urgency",
    "secrecy",
    "number",
    "date",
    "sender.unit",
    "sender.address",
    "subject",
    "salutation",
    "recipients",
    "references",
    "references.title",
    "attachments",
    "attachments.title",
    BODY,
    "closing",
    "signatory.name",
    "signatory.position",
    "signatory.acting",
    "signatory.acting_for",
    "owner.unit",
    "owner.section",
    "contacts",
    "receipts.number",
    "receipts.date",
    "receipts.office",
    "receipts.time",
];
pub const BODY: &str = "body";

/// Arabic digits, ํา as ำ, one kind of dash and quotation mark, no blanks.
pub fn normalized(text: &str) -> String {
    let arabic = digits::to_arabic(text).replace('–', "-").replace(['“', '”'], "\"");
    let mut out = String::with_capacity(arabic.len());
    for letter in arabic.chars().filter(|c| !c.is_whitespace() && *c != '\u{200b}') {
        if letter != 'า' {
            out.push(letter);
            continue;
        }
        let tone = out.chars().next_back().filter(|c| ('\u{e48}'..='\u{e4b}').contains(c));
        let stem = out.strip_suffix(|c| Some(c) == tone).unwrap_or(&out);
        match stem.strip_suffix('\u{e4d}') {
            Some(stem) => out = format!("{stem}{}ำ", tone.map(String::from).unwrap_or_default()),
            None => out.push(letter),
        }
    }
    out
}

/// Everything that the record says.
pub fn statements(record: &Record) -> Vec<Statement> {
    let mut said = Said(Vec::new());
    said.head(record);
    said.lists(record);
    said.foot(record);
    said.0
}

struct Said(Vec<Statement>);

impl Said {
    /// Down to the salutation.
    fn head(&mut self, record: &Record) {
        self.add("kind", "/kind", word(&record.kind));
        self.add("urgency", "/urgency", record.urgency.and_then(|level| word(&level)));
        self.add("secrecy", "/secrecy", record.secrecy.and_then(|level| word(&level)));
        self.add("number", "/number", number(&record.number));
        self.add("date", "/date", iso(&record.date));
        if let Some(sender) = &record.sender {
            self.add("sender.unit", "/sender/unit", sender.unit.clone());
            self.add("sender.address", "/sender/address", sender.address.clone());
        }
        self.add("subject", "/subject", record.subject.clone());
        self.add("salutation", "/salutation", record.salutation.clone());
    }

    /// Recipients, references, attachments, paragraphs.
    fn lists(&mut self, record: &Record) {
        for (index, name) in record.recipients.iter().enumerate() {
            self.add("recipients", &format!("/recipients/{index}"), Some(name.clone()));
        }
        for (index, item) in record.references.iter().enumerate() {
            let pointer = format!("/references/{index}");
            self.add("references", &pointer, cited(number(&item.number), iso(&item.date)));
            self.add("references.title", &pointer, item.title.clone());
        }
        for (index, item) in record.attachments.iter().enumerate() {
            let pointer = format!("/attachments/{index}");
            let copies = item.copies.as_ref().map(|copies| format!("{} {}", copies.count, copies.unit.as_deref().unwrap_or_default()));
            let cited = cited(number(&item.number), iso(&item.date)).unwrap_or_default();
            self.add("attachments", &pointer, Some(format!("{cited}; {}", copies.unwrap_or_default())));
            self.add("attachments.title", &pointer, item.title.clone());
        }
        for (index, paragraph) in record.body.iter().enumerate() {
            self.add(BODY, &format!("/body/{index}"), Some(paragraph.clone()));
        }
    }

    /// From the closing on, and the stamps.
    fn foot(&mut self, record: &Record) {
        self.add("closing", "/closing", record.closing.clone());
        if let Some(signatory) = &record.signatory {
            self.add("signatory.name", "/signatory/name", signatory.name.clone());
            self.add("signatory.position", "/signatory/position", signatory.position.clone());
            self.add("signatory.acting", "/signatory/acting", signatory.acting.clone());
            self.add("signatory.acting_for", "/signatory/acting_for", signatory.acting_for.clone());
        }
        if let Some(owner) = &record.owner {
            self.add("owner.unit", "/owner/unit", owner.unit.clone());
            self.add("owner.section", "/owner/section", owner.section.clone());
        }
        for (index, contact) in record.contacts.iter().enumerate() {
            let kind = word(&contact.kind).unwrap_or_default();
            let extension = contact.extension.as_ref().map(|extension| format!(" ต่อ {extension}")).unwrap_or_default();
            self.add("contacts", &format!("/contacts/{index}"), Some(format!("{kind} {}{extension}", contact.value)));
        }
        for (index, stamp) in record.receipts.iter().enumerate() {
            let pointer = format!("/receipts/{index}");
            self.add("receipts.number", &format!("{pointer}/number"), stamp.number.clone());
            self.add("receipts.date", &format!("{pointer}/date"), iso(&stamp.date));
            self.add("receipts.office", &format!("{pointer}/office"), stamp.office.clone());
            self.add("receipts.time", &format!("{pointer}/time"), stamp.time.clone());
        }
    }

    fn add(&mut self, field: &'static str, pointer: &str, shown: Option<String>) {
        let Some(shown) = shown else { return };
        let text = normalized(&shown);
        if !text.is_empty() {
            self.0.push(Statement { field, pointer: pointer.to_owned(), text, shown });
        }
    }
}

/// The word of a plain enumeration, as in the record.
fn word(value: &impl serde::Serialize) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

fn number(number: &Option<Number>) -> Option<String> {
    number.as_ref().map(|number| number.text.clone())
}

fn iso(date: &Option<Date>) -> Option<String> {
    date.as_ref()?.iso.clone()
}

/// What an item is known by; None where it has neither.
fn cited(number: Option<String>, date: Option<String>) -> Option<String> {
    (number.is_some() || date.is_some()).then(|| format!("{} | {}", number.unwrap_or_default(), date.unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::normalized;

    #[test]
    fn spelling_of_digits_blanks_and_sara_am_does_not_count() {
        assert_eq!(normalized("ที่ พบ ๐๐๒๓/ว ๔๕๐"), "ที่พบ0023/ว450");
        assert_eq!(normalized("จํานวน นํ้า"), normalized("จำนวน น้ำ"));
        assert_ne!(normalized("สถานที่"), normalized("สถานที"));
    }
}

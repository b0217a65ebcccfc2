//! Codes of issues. Each is declared once, beside what raises it; `saraban rules issues` lists them all in `docs/issues.md`.

use super::record::{Evidence, Issue, Severity};

/// One kind of doubt. Only a declared code makes an [`Issue`].
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Stands in each issue of its kind. A `*` stands for the field in doubt: `*.ambiguous` is raised as `number.ambiguous`.
    pub id: &'static str,
    pub severity: Severity,
    /// For the clerk, in one line: what it means and what to do.
    pub about: &'static str,
}

impl Code {
    /// Surely wrong or missing.
    pub const fn error(id: &'static str, about: &'static str) -> Code {
        Code { id, severity: Severity::Error, about }
    }

    /// A person should look.
    pub const fn warning(id: &'static str, about: &'static str) -> Code {
        Code { id, severity: Severity::Warning, about }
    }

    /// A remark that sends no letter to review.
    pub const fn info(id: &'static str, about: &'static str) -> Code {
        Code { id, severity: Severity::Info, about }
    }

    /// A doubt about the value at a JSON pointer; empty for the record as a whole. `thai` is for the clerk, `english` says the same.
    pub fn issue(&self, pointer: &str, (thai, english): (impl Into<String>, impl Into<String>), evidence: Vec<Evidence>) -> Issue {
        let field = pointer.split('/').nth(1).unwrap_or_default();
        Issue {
            code: self.id.replace('*', field),
            severity: self.severity,
            field: (!pointer.is_empty()).then(|| pointer.to_owned()),
            message: thai.into(),
            message_en: english.into(),
            evidence,
        }
    }

    /// Whether an issue with this code is of this kind.
    pub fn is(&self, code: &str) -> bool {
        match self.id.strip_prefix('*') {
            Some(doubt) => code.strip_suffix(doubt).is_some_and(|field| !field.is_empty() && !field.contains('.')),
            None => self.id == code,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_is_the_field_in_doubt() {
        const TORN: Code = Code::warning("*.torn", "A part is missing. Look at the page.");
        let issue = TORN.issue("/receipts/0/date", ("ขาด", "torn"), Vec::new());
        assert_eq!(
            (issue.code.as_str(), issue.severity, issue.field.as_deref()),
            ("receipts.torn", Severity::Warning, Some("/receipts/0/date"))
        );
        assert!(TORN.is("receipts.torn"));
        assert!(!TORN.is(".torn") && !TORN.is("signatory.name.torn") && !TORN.is("receipts.lost"));
    }
}

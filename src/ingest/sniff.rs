//! What a file is, by its first bytes. Extensions lie: a JPEG named `.png` is a JPEG, a text named `.pdf` is no scan.

use std::io::{Read, SeekFrom};
use std::path::Path;

use crate::error::{Error, Stage};

use super::Bytes;

/// The kinds of files that can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Pdf,
    Png,
    Jpeg,
    Tiff,
    WebP,
    Bmp,
    /// Text that was transcribed before, in UTF-8.
    Text,
}

impl Kind {
    pub fn name(&self) -> &'static str {
        match self {
            Kind::Pdf => "PDF",
            Kind::Png => "PNG",
            Kind::Jpeg => "JPEG",
            Kind::Tiff => "TIFF",
            Kind::WebP => "WebP",
            Kind::Bmp => "BMP",
            Kind::Text => "text",
        }
    }
}

/// Readers accept junk before `%PDF-`, as far as this (ISO 32000-1, annex H, implementation note 13).
const PDF_HEADER_WITHIN: usize = 1024;
const HEAD: usize = 4096;

/// Extensions under which text is a transcription.
const TEXT_EXTENSIONS: [&str; 3] = ["txt", "md", "text"];
/// Extensions that promise a scan.
const SCAN_EXTENSIONS: [&str; 9] = ["pdf", "png", "jpg", "jpeg", "jpe", "tif", "tiff", "webp", "bmp"];

/// Formats that are known and not read, with what to do about them.
const FOREIGN: [(&[u8], &str, &str); 8] = [
    (b"PK\x03\x04", "a ZIP archive or an Office document", "unpack it, or save it as PDF"),
    (b"\xD0\xCF\x11\xE0", "an old Office document", "save it as PDF"),
    (b"GIF8", "a GIF", "save it as PNG"),
    (b"{\\rtf", "an RTF document", "save it as PDF"),
    (b"\x00\x00\x00\x0CjP  ", "a JPEG 2000 image", "convert it to PNG or PDF"),
    (b"\xFF\x4F\xFF\x51", "a JPEG 2000 codestream", "convert it to PNG or PDF"),
    (b"%!PS", "PostScript", "convert it to PDF"),
    (b"AT&TFORM", "DjVu", "convert it to PDF"),
];

/// Tells what the bytes are and rewinds them.
pub fn kind(bytes: &mut impl Bytes, name: &Path) -> Result<Kind, Error> {
    let unreadable = |error| Error::new(Stage::Ingest, "file.unreadable", "cannot read", error);
    let mut head = Vec::with_capacity(HEAD);
    bytes.take(HEAD as u64).read_to_end(&mut head).map_err(unreadable)?;
    bytes.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    kind_of(&head, name)
}

fn kind_of(head: &[u8], name: &Path) -> Result<Kind, Error> {
    let unsupported = |why: &str, hint: &str| Error::new(Stage::Ingest, "file.unsupported", "not a file that can be read", why).hint(hint);
    if head.is_empty() {
        return Err(Error::new(Stage::Ingest, "file.empty", "empty file", "0 bytes").hint("scan or copy it again"));
    }
    if let Some(kind) = by_magic(head) {
        return Ok(kind);
    }
    if let Some((_, what, hint)) = FOREIGN.iter().find(|(magic, ..)| head.starts_with(magic)) {
        return Err(unsupported(what, hint));
    }
    if head.get(4..8) == Some(b"ftyp") {
        return Err(unsupported("a HEIC, AVIF or video file", "convert it to JPEG or PNG"));
    }
    let extension = name.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let claims_text = TEXT_EXTENSIONS.contains(&extension.as_str());
    let claims_scan = SCAN_EXTENSIONS.contains(&extension.as_str());
    match (is_text(head), claims_text, claims_scan) {
        (_, true, _) => Ok(Kind::Text),
        (true, false, true) => {
            let why = format!("the name says .{extension}, the content is text");
            Err(Error::new(Stage::Ingest, "file.mislabelled", "not what it claims to be", why).hint("name transcriptions .txt or .md"))
        }
        (false, false, true) => {
            let why = format!("the name says .{extension}, the first bytes are of no known format");
            Err(Error::new(Stage::Ingest, "file.damaged", "not what it claims to be", why).hint("scan or copy it again"))
        }
        (..) => Err(unsupported("of no known format", "PDF, PNG, JPEG, TIFF, WebP, BMP, .txt and .md can be read")),
    }
}

fn by_magic(head: &[u8]) -> Option<Kind> {
    match head {
        [0x89, b'P', b'N', b'G', ..] => Some(Kind::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(Kind::Jpeg),
        [b'I', b'I', 42 | 43, 0, ..] | [b'M', b'M', 0, 42 | 43, ..] => Some(Kind::Tiff),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Kind::WebP),
        // Two letters are a weak sign: the header's size must be one that exists.
        [b'B', b'M', ..] if head.len() > 18 && matches!(head[14], 12 | 16 | 40 | 52 | 56 | 64 | 108 | 124) && head[15..18] == [0; 3] => {
            Some(Kind::Bmp)
        }
        _ => {
            let start = &head[..head.len().min(PDF_HEADER_WITHIN)];
            start.windows(5).any(|window| window == b"%PDF-").then_some(Kind::Pdf)
        }
    }
}

/// UTF-8 without control characters; the last character may be cut by the end of `head`.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(head: &[u8], name: &str) -> Result<Kind, &'static str> {
        kind_of(head, Path::new(name)).map_err(|error| error.code)
    }

    #[test]
    fn content_decides_not_the_name() {
        assert_eq!(of(b"\xFF\xD8\xFF\xE0", "scan.png"), Ok(Kind::Jpeg));
        assert_eq!(of(b"junk before\n%PDF-1.4", "scan"), Ok(Kind::Pdf));
        assert_eq!(of("เรื่อง".as_bytes(), "letter.TXT"), Ok(Kind::Text));
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        assert_eq!(of(b"", "a.pdf"), Err("file.empty"));
        assert_eq!(of("เรื่อง".as_bytes(), "letter.pdf"), Err("file.mislabelled"));
        assert_eq!(of(b"\x00\x01\x02", "scan.tif"), Err("file.damaged"));
        assert_eq!(of(b"PK\x03\x04", "letter.docx"), Err("file.unsupported"));
        assert_eq!(of(b"a,b\n1,2", "table.csv"), Err("file.unsupported"));
    }

    #[test]
    fn a_character_cut_by_the_end_of_the_head_is_still_text() {
        let text = "ก".repeat(HEAD);
        assert_eq!(of(&text.as_bytes()[..HEAD], "a.md"), Ok(Kind::Text));
    }
}

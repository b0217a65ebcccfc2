//! The lower end of a letter: คำลงท้าย, name, post, then the owner's block, in whatever order a reader met them.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Rect;
use crate::document::letter::Zone;
use crate::thai::{names, posts};

use super::cue::Cue;
use super::lexicon;
use super::row::Row;

/// A longer line is text of the letter, not a row of its tail (chars).
const LONGEST: usize = 110;

/// A person in brackets, whatever notes stand beside them on the row.
static PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?x)[(\[][[:blank:]]*{}[[:blank:]]*[)\]]", *names::PERSON)).expect("built from constants and covered by tests")
});

/// A person alone on the row, as transcripts without brackets have it.
static PLAIN_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(r"(?x)^(?:\(?ลงชื่อ\)?)?[[:blank:]]*{}(?:[[:blank:]]+ร\.น\.)?$", *names::PERSON))
        .expect("built from constants and covered by tests")
});

/// A person whose opening bracket a pen took, and at most two signs of it before the name.
static HALF_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(&format!(
        r"(?x)^[^ก-๎(]{{0,2}}[[:blank:]]*(?:{}|(?<bare>[ก-ฮเ-ไ][ก-๎]+[[:blank:]]+[ก-ฮเ-ไ][ก-๎]+))[[:blank:]]*\)$",
        *names::PERSON
    ))
    .expect("built from constants and covered by tests")
});

/// A person whose closing bracket is lost.
static OPEN_PERSON: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"(?x)^\([[:blank:]]*{}$", *names::PERSON)).expect("built from constants and covered by tests"));

/// Posts that are half a post without the office on the next line.
const BARE_POSTS: &[&str] = &[
    "ผู้อำนวยการ",
    "รองผู้อำนวยการ",
    "หัวหน้า",
    "คณบดี",
    "รองคณบดี",
    "ประธาน",
    "เลขาธิการ",
    "อธิการบดี",
    "รองอธิการบดี",
    "ปลัด",
    "นายก",
    "ผู้จัดการ",
    "ผู้บังคับการ",
    "ผู้บัญชาการ",
    "หัวหน้าสำนักปลัด",
    "เจ้าอาวาส",
    "ปฏิบัติราชการแทน",
    "ปฏิบัติการแทน",
    "รักษาราชการแทน",
    "รักษาการในตำแหน่ง",
    "ทำการแทน",
    "ปฏิบัติหน้าที่",
    "รักษาการแทน",
    "ปฏิบัติหน้าที่แทน",
];

/// What was seen of the tail so far.
#[derive(Debug, Default)]
pub struct Tail {
    named: bool,
    posted: bool,
    owned: bool,
    /// The row before was a post that its office has yet to follow.
    bare_post: bool,
    /// Rows that still belong to the block of สำเนาถูกต้อง.
    copy: usize,
    /// Where the signatory's name stands on the page.
    name: Option<Rect>,
    /// Where the last row of name and post stands.
    last: Option<Rect>,
    /// Another person than the signatory was named, who approves or bears witness: what follows is that one's.
    another: bool,
}

/// Whether the body is over at this row.
pub fn begins(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    if row.in_table() {
        return false;
    }
    match row.cue {
        Cue::Closing | Cue::CertifiedCopy => true,
        Cue::GivenDate => row.length < LONGEST,
        Cue::Name => {
            let ends = row.line.starts_block || near_end(rows, at) || signed(rows, at) || requested(rows, at);
            row.length < LONGEST && !closing_follows(rows, at) && ends
        }
        Cue::Contact => row.length < LONGEST && !closing_follows(rows, at) && !text_follows(rows, at),
        _ if dates_seal(rows, at) || owns(rows, at) => true,
        Cue::Date => !closing_follows(rows, at) && !text_follows(rows, at),
        _ if names::is_rank(row.text()) => !closing_follows(rows, at),
        _ => ends_memo(rows, at),
    }
}

/// The office and the date that stand by the seal of a stamped letter.
fn dates_seal(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let office = row.cue == Cue::Other && row.length < LONGEST && lexicon::names_office(row.text());
    let dated = rows.get(at + 1).is_some_and(|next| next.cue == Cue::Date && !next.in_table());
    office && dated && !closing_follows(rows, at) && !text_follows(rows, at)
}

/// The office in charge with its telephone below, where nothing that was read stands between it and the text.
fn owns(rows: &[Row], at: usize) -> bool {
    let row = &rows[at];
    let office = row.cue == Cue::Other && row.length < LONGEST && row.line.starts_block && lexicon::names_office(row.text());
    let reached = rows[at + 1..].iter().take(2).any(|next| next.cue == Cue::Contact && names_telephone(next.text()));
    office && reached && !closing_follows(rows, at) && !text_follows(rows, at)
}

/// How the last paragraph of a memo or of minutes begins.
const LAST_WORDS: [&str; 7] = ["จึงเรียนมา", "จึงเสนอมา", "จึงแจ้งมา", "จึงนมัสการมา", "จึงกราบเรียนมา", "เลิกประชุม", "ปิดประชุม"];

/// A post or a name without brackets straight under "จึงเรียนมาเพื่อ…".
fn ends_memo(rows: &[Row], at: usize) -> bool {
    let above = at.checked_sub(1).map(|above| rows[above].text());
    let request = above.is_some_and(|text| LAST_WORDS.iter().any(|word| text.starts_with(word)));
    let row = &rows[at];
    let text = row.text();
    let signs = lexicon::names_post(text) || lexicon::names_office(text) || is_person(text);
    let person_alone =
        PERSON.is_match(text) && text.starts_with('(') || PLAIN_PERSON.is_match(text) && post_is_next(rows, at) || is_half_person(rows, at);
    request && row.length < LONGEST && (row.line.starts_block && signs || person_alone)
}

/// Names of schools and hospitals begin like persons, but have no post below them, nor the name once more.
fn post_is_next(rows: &[Row], at: usize) -> bool {
    let next = rows.get(at + 1).filter(|next| next.length < LONGEST);
    next.is_some_and(|next| next.cue == Cue::Name || lexicon::names_post(next.text()))
}

fn closing_follows(rows: &[Row], at: usize) -> bool {
    let ahead =
        rows[at + 1..].iter().take(40).take_while(|row| !matches!(row.cue, Cue::Number | Cue::Subject | Cue::MemoTitle | Cue::OrderTitle));
    ahead.into_iter().any(|row| matches!(row.cue, Cue::Closing | Cue::GivenDate) && !row.in_table())
}

fn text_follows(rows: &[Row], at: usize) -> bool {
    let ahead =
        rows[at + 1..].iter().take(8).take_while(|row| !matches!(row.cue, Cue::Number | Cue::Subject | Cue::MemoTitle | Cue::OrderTitle));
    ahead.into_iter().any(|row| row.length > LONGEST || matches!(row.cue, Cue::Opening | Cue::Item))
}

/// Where the transcriber saw ink right above.
fn signed(rows: &[Row], at: usize) -> bool {
    at.checked_sub(1).is_some_and(|above| rows[above].cue == Cue::SignatureMark)
}

/// The row above, past what a reader makes of a signature between them.
fn above_ink(rows: &[Row], at: usize) -> Option<&Row> {
    const INK: usize = 3;
    rows[..at].iter().rev().find(|row| row.length > INK)
}

/// The memo's last words stand above.
fn requested(rows: &[Row], at: usize) -> bool {
    above_ink(rows, at).is_some_and(|row| LAST_WORDS.iter().any(|word| row.text().starts_with(word)))
}

/// A post stands below, or nothing much.
fn near_end(rows: &[Row], at: usize) -> bool {
    rows.get(at + 1).is_none_or(|next| next.length < LONGEST && (lexicon::names_post(next.text()) || rows.len() - at < 6))
}

/// The post is still to come: what stands between it and the name is the owner's block.
fn post_follows(rows: &[Row], at: usize) -> bool {
    let ahead =
        rows[at + 1..].iter().take(6).take_while(|row| !matches!(row.cue, Cue::Number | Cue::Subject | Cue::MemoTitle | Cue::OrderTitle));
    ahead.into_iter().any(|row| row.stamp.is_none() && lexicon::names_post(row.text()))
}

fn is_person(text: &str) -> bool {
    PERSON.is_match(text) || (PLAIN_PERSON.is_match(text) && !lexicon::names_post(text))
}

/// The same of a row that lost a bracket; without a title only below a rank.
fn is_half_person(rows: &[Row], at: usize) -> bool {
    let Some(found) = HALF_PERSON.captures(rows[at].text()) else { return OPEN_PERSON.is_match(rows[at].text()) };
    found.name("bare").is_none() || above_ink(rows, at).is_some_and(|row| names::is_rank(row.text()))
}

impl Tail {
    pub fn step(&mut self, rows: &[Row], at: usize) -> Zone {
        let row = &rows[at];
        let bare_post = std::mem::take(&mut self.bare_post);
        let person = is_person(row.text()) || is_half_person(rows, at);
        if !self.named && !row.in_table() && row.length <= LONGEST && person {
            self.sign(row);
            return Zone::Closing;
        }
        if row.in_table() || row.cue == Cue::Item || (row.length > LONGEST && row.cue != Cue::Contact) || row.text().starts_with("หมายเหตุ")
        {
            return Zone::Body;
        }
        match row.cue {
            Cue::CertifiedCopy => {
                self.copy = 4;
                return Zone::Noise;
            }
            Cue::Clerks | Cue::SignatureMark => return Zone::Noise,
            Cue::Closing | Cue::GivenDate => return Zone::Closing,
            Cue::Contact => return self.owner(),
            _ if row.text().starts_with("พ.ศ.") && at > 0 && rows[at - 1].cue == Cue::GivenDate => return Zone::Closing,
            _ => {}
        }
        if self.copy > 0 {
            self.copy -= 1;
            if matches!(row.cue, Cue::Name | Cue::Date | Cue::DateRow) || lexicon::names_post(row.text()) || names::is_rank(row.text()) {
                return Zone::Noise;
            }
        }
        self.person(rows, at, bare_post)
    }

    fn person(&mut self, rows: &[Row], at: usize, bare_post: bool) -> Zone {
        let row = &rows[at];
        let text = row.text();
        if self.is_anothers(row) {
            return Zone::Noise;
        }
        if row.cue == Cue::Name && !self.named {
            self.sign(row);
        }
        if matches!(row.cue, Cue::Name | Cue::Date) || names::is_rank(text) {
            return Zone::Closing;
        }
        if names_telephone(text) {
            return self.owner();
        }
        let below_post = at > 0 && self.posted && !row.line.starts_block && row.line.rect.is_none();
        if below_post && posts::begins_with_acting(text) && !posts::begins_with_acting(rows[at - 1].text()) {
            return Zone::Closing;
        }
        if lexicon::names_post(text) {
            return if self.is_beside(row) { Zone::Footer } else { self.post(row) };
        }
        // The branch of an office whose head signs, on the row right below the post: others are the owner's.
        let post_above = at > 0 && lexicon::names_post(rows[at - 1].text());
        let beside = row.line.starts_block || self.is_aside(row) || rows.get(at + 1).is_some_and(|next| names_telephone(next.text()));
        let branch = post_above && !self.owned && text.starts_with("สาขา") && !text.starts_with("สาขาวิชา") && !beside;
        if bare_post && lexicon::names_office(text) && !self.is_aside(row) || branch {
            return Zone::Closing;
        }
        let under_name = at > 0 && rows[at - 1].cue == Cue::Name && !self.posted && !self.owned;
        let own_post = under_name && (!row.line.starts_block || !post_follows(rows, at));
        if own_post && lexicon::names_office(text) {
            return self.post(row);
        }
        if lexicon::names_office(text) || (self.owned && lexicon::is_address(text)) {
            return self.owner();
        }
        self.unknown(rows, at)
    }

    /// Whether a row is of another person's block than the signatory's.
    fn is_anothers(&mut self, row: &Row) -> bool {
        let text = row.text();
        let post = lexicon::names_post(text) && !names_telephone(text);
        let named = match row.cue {
            Cue::Name => self.owned || self.posted || self.another,
            _ => self.posted && (PLAIN_PERSON.is_match(text) && !post || PERSON.is_match(text)),
        };
        let opinion = self.posted && self.named && posts::OPINIONS.iter().any(|word| text.starts_with(word));
        // A rank stands above its name: below a post it is another person's.
        let ranked = self.posted && names::is_rank(text) && (self.named || self.owned);
        let above_name = ranked || self.posted && row.cue == Cue::Date && self.owned;
        self.another |= self.named && (named || ranked) || opinion;
        (self.named && named) || opinion || above_name || (self.another && post)
    }

    fn sign(&mut self, row: &Row) {
        self.named = true;
        self.name = row.line.rect;
        self.last = row.line.rect;
    }

    /// Whether a row stands to the left or right of the signatory's name: the owner's block, a remark in ink.
    fn is_beside(&self, row: &Row) -> bool {
        self.name.zip(row.line.rect).is_some_and(|(name, row)| row.is_beside(&name))
    }

    /// Whether a row is neither in the middle below the signatory's name nor begins where it does.
    fn is_aside(&self, row: &Row) -> bool {
        const FAR: i32 = 4;
        let aside = |(name, row): (Rect, Rect)| {
            let (middles, edges) = ((name.left + name.right - row.left - row.right) / 2, name.left - row.left);
            middles.abs() > FAR * row.height() && edges.abs() > FAR * row.height()
        };
        self.name.zip(row.line.rect).is_some_and(aside)
    }

    /// Whether a row goes on with the post above it, though rows of the owner's block beside it were read between them.
    fn continues_post(&self, row: &Row) -> bool {
        let below = |(last, row): (Rect, Rect)| !row.is_beside(&last) && row.top - last.bottom < row.height();
        self.last.zip(row.line.rect).is_some_and(below)
    }

    fn post(&mut self, row: &Row) -> Zone {
        if self.owned && self.posted && !self.continues_post(row) {
            return Zone::Footer;
        }
        let text = row.text();
        self.last = row.line.rect;
        self.posted = true;
        self.bare_post = BARE_POSTS.iter().any(|post| text == *post || (text.ends_with(post) && post.chars().count() > 8));
        Zone::Closing
    }

    fn owner(&mut self) -> Zone {
        self.owned = true;
        Zone::Footer
    }

    /// A row that no word gives away: a post that no list knows, a section of the owner's, or a remark in ink.
    fn unknown(&mut self, rows: &[Row], at: usize) -> Zone {
        let next = rows.get(at + 1);
        if !self.named {
            let signature = next.is_some_and(|next| next.cue == Cue::Name);
            return if signature { Zone::Noise } else { Zone::Closing };
        }
        if !self.posted && !self.owned {
            // A remark written beside the signature is no post.
            if self.is_beside(&rows[at]) {
                return Zone::Noise;
            }
            self.posted = true;
            return Zone::Closing;
        }
        if !self.owned && goes_on(rows, at) {
            return Zone::Closing;
        }
        let owner_follows =
            next.is_some_and(|next| next.cue == Cue::Contact || names_telephone(next.text()) || lexicon::names_office(next.text()));
        if owner_follows && !next.is_some_and(|next| next.stamp.is_some() || next.line.starts_block) { self.owner() } else { Zone::Noise }
    }
}

/// Whether a row is the wrapped rest of the post above it. What transcripts set right below a post is; a page has remarks in ink there, so that its
/// rows must say so themselves.
fn goes_on(rows: &[Row], at: usize) -> bool {
    let (row, Some(above)) = (&rows[at], at.checked_sub(1).map(|above| &rows[above])) else { return false };
    let joins = ["และ", "แห่ง", "ประจำ"].iter().any(|word| row.text().starts_with(word));
    let owner_follows = rows.get(at + 1).is_some_and(|next| !next.line.starts_block && names_telephone(next.text()));
    lexicon::names_post(above.text()) && (joins || (row.line.rect.is_none() && !row.line.starts_block && !owner_follows))
}

fn names_telephone(text: &str) -> bool {
    text.len() < 400
        && (is_telephone(text) || text.contains("โทร.") || text.contains("โทรสาร") || text.contains("โทรศัพท์") || text.contains(" โทร "))
}

/// A number with its area code behind a label that could not be read.
fn is_telephone(text: &str) -> bool {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"(?x)^ [ก-๎./[:blank:]]{{0,14}} {} ", crate::thai::phones::NUMBER))
            .expect("built from constants and covered by tests")
    });
    NUMBER.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::letter::{Line, ReadPage};

    /// Rows of the end of a letter with the places of their left and right edges.
    fn zones(rows: &[(&str, i32, i32)]) -> Vec<(Zone, String)> {
        let head = [("ที่ นค ๐๐๑๘/๑", 100, 300), ("เรื่อง การทดลอง", 100, 400), ("เรียน นายอำเภอ", 100, 400), ("ด้วยจังหวัดทดลอง", 200, 900)];
        let lines = head.iter().chain(rows).zip(1..).map(|((text, left, right), number)| Line {
            number,
            text: (*text).to_owned(),
            raw: (*text).to_owned(),
            rect: Some(Rect::new(*left, number as i32 * 20, *right, number as i32 * 20 + 30)),
            ..Line::blank()
        });
        let page = ReadPage { lines: lines.collect(), ..ReadPage::empty(1) };
        let letters = crate::segment::letters(&[page]);
        letters[0].lines.iter().skip(head.len()).map(|(zone, line)| (*zone, line.text.clone())).collect()
    }

    #[test]
    fn a_remark_beside_the_signature_is_no_post() {
        let rows =
            [("ขอแสดงความนับถือ", 500, 700), ("(นายสมมุติ ตัวอย่าง)", 450, 700), ("เห็นควรมอบกลุ่มทดลอง", 100, 380), ("รองคณบดีฝ่ายจำลอง", 450, 700)];
        let found: Vec<Zone> = zones(&rows).into_iter().map(|(zone, _)| zone).collect();
        assert_eq!(found, [Zone::Closing, Zone::Closing, Zone::Noise, Zone::Closing]);
    }

    #[test]
    fn the_owner_may_stand_beside_the_signature() {
        let rows = [
            ("ขอแสดงความนับถือ", 500, 700),
            ("สำนักงานทดลอง", 100, 300),
            ("(นายสมมุติ ตัวอย่าง)", 450, 700),
            ("โทร. ๐ ๒๐๐๐ ๐๐๐๐", 100, 300),
            ("คณบดีคณะจำลอง ปฏิบัติราชการแทน", 420, 720),
            ("ผู้ประสานงาน นางสาวทดลอง", 100, 300),
            ("อธิการบดีมหาวิทยาลัยจำลอง", 430, 710),
        ];
        let closing: Vec<String> = zones(&rows).into_iter().filter(|(zone, _)| *zone == Zone::Closing).map(|(_, text)| text).collect();
        assert_eq!(closing[1..], ["(นายสมมุติ ตัวอย่าง)", "คณบดีคณะจำลอง ปฏิบัติราชการแทน", "อธิการบดีมหาวิทยาลัยจำลอง"]);
    }
}

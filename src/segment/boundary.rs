//! Where one letter of a bundle ends and the next begins.
//!
//! The hard thing is that the signs of a beginning also stand in the middle: a citation wraps before its ที่, an order quotes a title,
//! a stamp on top of a letter is the last thing a reader saw of the page before. Each sign is believed only with what follows it.

use crate::document::letter::Zone;
use crate::document::record::Kind;

use super::cue::Cue;
use super::form::{Form, Phase};
use super::lexicon;
use super::row::Row;

/// Rows in which the rest of a head must show up.
const HEAD_REACH: usize = 14;

/// A title is short (chars).
const TITLE: usize = 130;

/// Why a letter begins at a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The bundle begins here.
    First,
    /// ที่ and a head.
    Number,
    /// A title line.
    Title,
    /// A form's title.
    Form,
    /// สิ่งที่ส่งมาด้วย ๑, ภาคผนวก, or a page that follows a finished letter and has no head.
    Annex,
    /// เรื่อง and เรียน of a letter whose first rows were lost.
    Subject,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Start {
    /// Index of the first row.
    pub row: usize,
    pub why: Why,
}

/// The rows at which letters begin; the first is row 0.
pub fn starts(rows: &[Row]) -> Vec<Start> {
    let mut starts = vec![Start { row: 0, why: Why::First }];
    let mut form = Form::new();
    let mut zones: Vec<Zone> = Vec::with_capacity(rows.len());
    for at in 0..rows.len() {
        let floor = starts.last().map_or(0, |start| start.row);
        if at > floor
            && let Some(why) = begins(rows, at, &form)
            && let Some(row) = first_row(rows, at, why, floor, &zones)
        {
            starts.push(Start { row, why });
            form = if matches!(why, Why::Form | Why::Annex) { Form::of(Kind::Attachment) } else { Form::new() };
            zones.truncate(row);
            for again in row..at {
                zones.push(form.step(rows, again));
            }
        }
        zones.push(form.step(rows, at));
    }
    starts
}

fn begins(rows: &[Row], at: usize, form: &Form) -> Option<Why> {
    let row = &rows[at];
    if row.stamp.is_some() || row.in_table() {
        return annex_page(rows, at, form);
    }
    let short = row.length < TITLE;
    let why = match row.cue {
        Cue::Number if !form.is_fresh() && (form.phase != Phase::Head || form.subject) => heads_letter(rows, at).then_some(Why::Number),
        Cue::MemoTitle | Cue::MessageTitle => (!form.is_fresh()).then_some(Why::Title),
        Cue::SenderRow => (form.phase == Phase::Tail).then_some(Why::Title),
        Cue::OrderTitle | Cue::AnnouncementTitle | Cue::RegulationTitle | Cue::MinutesTitle | Cue::CertificateTitle => {
            let place = form.phase == Phase::Tail || (form.phase == Phase::Body && opens_block(rows, at));
            (short && place && heads_document(rows, at)).then_some(Why::Title)
        }
        Cue::Agenda => (short && form.phase == Phase::Tail && opens_block(rows, at) && is_attached_agenda(rows, at)).then_some(Why::Annex),
        Cue::FormTitle => (short && form.phase == Phase::Tail && opens_block(rows, at)).then_some(Why::Form),
        Cue::AnnexTitle => {
            let place = form.phase == Phase::Tail || (form.phase == Phase::Body && row.opens_page);
            (short && place).then_some(Why::Annex)
        }
        Cue::Subject => (form.phase == Phase::Tail && salutation_follows(rows, at)).then_some(Why::Subject),
        Cue::Other => (short && form.phase == Phase::Tail && opens_block(rows, at) && heads_list(rows, at)).then_some(Why::Annex),
        _ => None,
    };
    why.or_else(|| annex_page(rows, at, form))
}

/// Whether white stands above the row, or could: some transcripts have no empty line at all.
fn opens_block(rows: &[Row], at: usize) -> bool {
    let together = |row: &Row| row.opens_page || (!row.line.starts_block && row.line.rect.is_none());
    let below_rule = at > 0 && matches!(rows[at - 1].cue, Cue::Rule | Cue::PageNumber);
    below_rule || rows[at].line.starts_block || rows.iter().filter(|row| row.line.page == rows[at].line.page).all(together)
}

/// The title of a list behind a finished letter: the list stands below, or to which letter it is attached (`(แนบหนังสือ … ที่ … ลง …)`).
fn heads_list(rows: &[Row], at: usize) -> bool {
    let attached = |row: &Row| row.text().trim_start_matches('(').starts_with("แนบ");
    lexicon::names_list(rows[at].text()) && rows[at + 1..].iter().take(4).any(|row| row.in_table() || attached(row))
}

/// The agenda of a meeting behind the letter whose list names it.
fn is_attached_agenda(rows: &[Row], at: usize) -> bool {
    const AGENDA: &str = "ระเบียบวาระการประชุม";
    rows[at].text().starts_with(AGENDA) && rows[..at].iter().rev().take(60).any(|row| row.text().contains(AGENDA))
}

/// A page after a finished letter that has no head of its own.
fn annex_page(rows: &[Row], at: usize, form: &Form) -> Option<Why> {
    let row = &rows[at];
    if !row.opens_page || form.phase != Phase::Tail {
        return None;
    }
    let page: Vec<usize> = (at..rows.len()).take_while(|&next| rows[next].line.page == row.line.page).collect();
    let words: usize = page.iter().filter(|&&next| !rows[next].is_aside()).map(|&next| rows[next].length).sum();
    let numbered = page.iter().take(3).any(|&next| rows[next].cue == Cue::PageNumber && !is_first_page(rows[next].text()));
    let own_head = page.iter().any(|&next| match rows[next].cue {
        Cue::Number => heads_letter(rows, next),
        Cue::MemoTitle | Cue::MessageTitle | Cue::AnnexTitle | Cue::FormTitle => true,
        Cue::OrderTitle | Cue::AnnouncementTitle | Cue::RegulationTitle | Cue::MinutesTitle | Cue::CertificateTitle => {
            heads_document(rows, next)
        }
        Cue::Subject => salutation_follows(rows, next),
        _ => false,
    });
    let goes_on = page.iter().take(4).any(|&next| matches!(rows[next].cue, Cue::Closing | Cue::GivenDate));
    (words > 60 && !numbered && !own_head && !goes_on).then_some(Why::Annex)
}

fn is_first_page(text: &str) -> bool {
    let digits = crate::thai::digits::only(text);
    digits == "1"
}

/// ที่ is a letter's own when the rest of a head follows before any text does.
fn heads_letter(rows: &[Row], at: usize) -> bool {
    let ahead = (at + 1..rows.len()).take(HEAD_REACH).filter(|&row| !rows[row].is_aside());
    for next in ahead {
        let row = &rows[next];
        match row.cue {
            Cue::CertificateTitle if row.length < TITLE && opens_block(rows, next) && heads_document(rows, next) => return true,
            Cue::Subject | Cue::Salutation | Cue::To => return true,
            Cue::Opening | Cue::Closing | Cue::GivenDate | Cue::Contact | Cue::Item | Cue::Number | Cue::Citation | Cue::Name => {
                return false;
            }
            _ if row.length > TITLE => return false,
            _ => {}
        }
    }
    false
}

/// A title is a document's own when its number, subject or opening words follow.
fn heads_document(rows: &[Row], at: usize) -> bool {
    let text = rows[at].text();
    if ["ลงวันที่", "ดังกล่าว", "ฉบับนี้", "จำนวน", "ข้างต้น"].iter().any(|word| text.contains(word))
    {
        return false;
    }
    let ahead = rows[at + 1..].iter().take(6).filter(|row| !row.is_aside());
    for row in ahead {
        let text = row.text();
        match (rows[at].cue, row.cue) {
            (_, Cue::OrderNumber) => return true,
            (Cue::OrderTitle | Cue::AnnouncementTitle, Cue::Subject) => return true,
            (Cue::RegulationTitle, _) if text.starts_with("ว่าด้วย") || text.starts_with("พ.ศ.") || text.starts_with("เรื่อง") =>
            {
                return true;
            }
            (Cue::MinutesTitle, _) if text.contains("ครั้งที่") || text.contains("วันที่") || text.starts_with("ผู้มาประชุม") =>
            {
                return true;
            }
            (Cue::CertificateTitle, Cue::Opening | Cue::Number) => return true,
            (_, Cue::Opening | Cue::Closing | Cue::Name | Cue::Contact) => return false,
            _ => {}
        }
    }
    matches!(rows[at].cue, Cue::RegulationTitle) && text.contains("ว่าด้วย")
        || matches!(rows[at].cue, Cue::MinutesTitle) && text.contains("ครั้งที่")
}

fn salutation_follows(rows: &[Row], at: usize) -> bool {
    rows[at + 1..].iter().take(4).take_while(|row| row.length < 2 * TITLE).any(|row| matches!(row.cue, Cue::Salutation | Cue::To))
}

/// The row where the letter that shows itself at `at` really begins: stamps, levels and a sender may stand before its number.
///
/// None when the page belongs to the letter before: a scanned page is one letter's.
fn first_row(rows: &[Row], at: usize, why: Why, floor: usize, zones: &[Zone]) -> Option<usize> {
    let page = rows[at].line.page;
    let top = (floor..=at).find(|&first| rows[first].line.page == page)?;
    let text_above = zones[top..at].iter().any(|zone| matches!(zone, Zone::Body | Zone::Closing));
    let opens_page = !text_above && top > floor;
    if rows[at].line.rect.is_some() {
        return opens_page.then_some(top);
    }
    // A letterhead on top of a page of a transcript.
    if opens_page && rows[top].opens_page && is_sender_row(&rows[top]) && !sender_follows(rows, at) {
        return Some(top);
    }
    let row = numbered_above(rows, at, floor).unwrap_or_else(|| walk_back(rows, at, why, floor));
    (row > floor).then_some(row)
}

/// The number of a certificate above its title, with none but the sender's rows between them.
fn numbered_above(rows: &[Row], at: usize, floor: usize) -> Option<usize> {
    const REACH: usize = 6;
    let above = (floor + 1..at).rev().take(REACH).filter(|_| rows[at].cue == Cue::CertificateTitle);
    let numbered = |row: usize| matches!(rows[row].cue, Cue::Number | Cue::OrderNumber);
    let mut head = above.take_while(|&row| numbered(row) || is_sender_row(&rows[row]));
    head.find(|&row| numbered(row))
}

fn walk_back(rows: &[Row], at: usize, why: Why, floor: usize) -> usize {
    let sender_below = why == Why::Number && sender_follows(rows, at);
    let mut first = at;
    let same_page = |row: usize| rows[row].line.page == rows[at].line.page;
    let sender = if sender_below { sender_row(rows, at) } else { None };
    // Orders behind a letter are hardly stamped by themselves: the stamp is the addressed letter's above.
    let titled = matches!(rows[at].cue, Cue::OrderTitle | Cue::AnnouncementTitle | Cue::RegulationTitle);
    let issued = titled && rows[floor..at].iter().any(|row| matches!(row.cue, Cue::Salutation | Cue::To));
    let received = |row: usize| issued && rows[row].stamp.is_some() || sender.is_some_and(|sender| received_by(rows, row, sender.text()));
    while first > floor + 1 && same_page(first - 1) && belongs_before(rows, first - 1, why, sender_below) && !received(first - 1) {
        first -= 1;
    }
    first
}

/// Whether the row is of a stamp of the office that sends the letter below: what it received is the letter above.
fn received_by(rows: &[Row], at: usize, sender: &str) -> bool {
    let Some(stamp) = rows[at].stamp else { return false };
    let office = rows[..=at].iter().rev().take_while(|row| row.stamp == Some(stamp)).find(|row| lexicon::names_office(row.text()));
    office.is_some_and(|office| office.text() == sender)
}

/// Whether a row above the sign of a beginning belongs to the new letter.
fn belongs_before(rows: &[Row], at: usize, why: Why, sender_below: bool) -> bool {
    let row = &rows[at];
    let annexed = matches!(why, Why::Form | Why::Annex);
    if row.stamp.is_some() {
        return !annexed;
    }
    let between_stamps = at > 0 && rows[at - 1].stamp.is_some() && rows[at + 1].stamp.is_some();
    if matches!(row.cue, Cue::Level | Cue::Sample) || (between_stamps && !annexed) {
        return true;
    }
    // The lower edge of a box drawn with signs.
    if row.cue == Cue::Rule && at > 0 && rows[at - 1].stamp.is_some() && !annexed {
        return true;
    }
    // Between a stamp and the number stands the sender, as the last row of the stamp's table or by itself.
    if at > 0 && rows[at - 1].stamp.is_some() && is_sender_row(row) {
        return true;
    }
    match why {
        Why::Number if !sender_below => is_sender_row(row),
        Why::Subject => is_sender_row(row) || matches!(row.cue, Cue::Date | Cue::DateRow | Cue::Number),
        _ => false,
    }
}

fn is_sender_row(row: &Row) -> bool {
    row.cue == Cue::Other && !row.text().contains("โทร") && (lexicon::is_address(row.text()) || lexicon::names_office(row.text()))
}

/// The sender stands below ที่, so that an office above it is the end of the letter before.
fn sender_follows(rows: &[Row], at: usize) -> bool {
    sender_row(rows, at).is_some()
}

fn sender_row(rows: &[Row], at: usize) -> Option<&Row> {
    let head = rows[at + 1..].iter().take(HEAD_REACH).take_while(|row| !matches!(row.cue, Cue::Subject | Cue::Salutation | Cue::To));
    head.into_iter().find(|row| row.stamp.is_none() && is_sender_row(row))
}

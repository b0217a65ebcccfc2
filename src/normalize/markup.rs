//! Markdown and HTML that other engines write around the words: emphasis, headings, bullets, links, tags, entities.

use super::draft::{Draft, Edit};

/// No tag, link or entity of a transcript is longer than this many characters; keeps the search linear.
const LONGEST: usize = 400;

/// Takes the markup away and leaves the words.
pub fn markup(draft: &mut Draft) {
    let opening = opening(draft);
    draft.apply("markup.opening", opening);
    let links = links(draft);
    draft.apply("markup.link", links);
    let tags = tags(draft);
    draft.apply("markup.tag", tags);
    let entities = entities(draft);
    draft.apply("markup.entity", entities);
    let emphasis = emphasis(draft);
    draft.apply("markup.emphasis", emphasis);
    let formulas = formulas(draft);
    draft.apply("markup.formula", formulas);
    let escapes = escapes(draft);
    draft.apply("markup.escape", escapes);
}

/// `$25$`, `\text{…}`, `\boxed{…}`: engines that were taught formulas write numbers and boxes as such; what stands inside stays. A dollar sign of money
/// stands behind a letter or before a blank, or has no other to go with it, and stays.
fn formulas(draft: &Draft) -> Vec<Edit> {
    let mut edits = commands(draft);
    let dollars: Vec<usize> = (0..draft.pieces.len()).filter(|at| draft.char(*at) == Some('$')).collect();
    let outer = |at: Option<usize>| at.and_then(|at| draft.char(at)).is_none_or(|char| !char.is_alphanumeric());
    let inner = |at: usize| draft.char(at).is_some_and(|char| char != ' ');
    let mut at = 0;
    while let Some([open, close]) = dollars.get(at..at + 2) {
        if outer(open.checked_sub(1)) && outer(Some(close + 1)) && inner(open + 1) && inner(close - 1) && close - open <= LONGEST {
            edits.extend([Edit::delete(*open..open + 1), Edit::delete(*close..close + 1)]);
            at += 1;
        }
        at += 1;
    }
    edits.sort_by_key(|edit| edit.range.start);
    edits
}

/// Commands of one argument, each with the bracket that closes it.
fn commands(draft: &Draft) -> Vec<Edit> {
    const KNOWN: [&str; 4] = ["\\text{", "\\boxed{", "\\mathrm{", "\\textbf{"];
    let begins = |at: usize, word: &str| word.chars().enumerate().all(|(behind, letter)| draft.char(at + behind) == Some(letter));
    let (mut edits, mut open): (Vec<Edit>, Vec<Option<Edit>>) = (Vec::new(), Vec::new());
    let mut at = 0;
    while let Some(letter) = draft.char(at) {
        let known = KNOWN.iter().find(|word| begins(at, word)).map(|word| word.chars().count());
        match (known, letter) {
            (Some(length), _) => open.push(Some(Edit::delete(at..at + length))),
            (_, '{') => open.push(None),
            (_, '}') => {
                if let Some(Some(command)) = open.pop() {
                    edits.extend([command, Edit::delete(at..at + 1)]);
                }
            }
            _ => {}
        }
        at += known.unwrap_or(1);
    }
    edits
}

/// `๑\. …`, `\- …`: the sign stays, what kept it from being markup goes.
fn escapes(draft: &Draft) -> Vec<Edit> {
    // At the end of a line it is a line break.
    let escaped =
        |at: &usize| draft.char(*at) == Some('\\') && draft.char(at + 1).is_none_or(|next| next == ' ' || next.is_ascii_punctuation());
    let mut edits: Vec<Edit> = Vec::new();
    for at in (0..draft.pieces.len()).filter(escaped) {
        if edits.last().is_none_or(|last| last.range.end < at) {
            edits.push(Edit::delete(at..at + 1));
        }
    }
    edits
}

/// `## `, `> `, `- `, `* `, `> - ` at the start of a line. A dash that is answered by one at the end is a page number or a mark, not a bullet.
fn opening(draft: &Draft) -> Vec<Edit> {
    let last = draft.pieces.iter().rposition(|piece| piece.char != ' ').unwrap_or(0);
    let is_blank = |at: usize| draft.char(at) == Some(' ');
    let answered = matches!(draft.char(last), Some('-' | '–' | '*')) && last.checked_sub(1).is_some_and(is_blank);
    let mut end = 0;
    loop {
        let sign = (end..).find(|at| !is_blank(*at)).unwrap_or(end);
        let hashes = (sign..).take_while(|at| draft.char(*at) == Some('#')).count();
        let frame = matches!(draft.char(sign), Some('-' | '*' | '–')) && answered && last > sign;
        let bullet = matches!(draft.char(sign), Some('-' | '*' | '•' | '>' | '+' | '–')) && is_blank(sign + 1);
        end = match (hashes > 0, bullet && !frame) {
            (true, _) => sign + hashes,
            (_, true) => sign + 2,
            _ if end > 0 => return vec![Edit::delete(0..end)],
            _ => return Vec::new(),
        };
    }
}

/// `[words](address)` leaves the words, `![picture](address)` nothing.
fn links(draft: &Draft) -> Vec<Edit> {
    let (mut opens, mut closes, mut ends) = (Seeker::new('['), Seeker::new(']'), Seeker::new(')'));
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(open) = opens.from(draft, at) {
        at = open + 1;
        let Some(close) = closes.from(draft, open).filter(|close| close - open <= LONGEST) else { continue };
        if draft.char(close + 1) != Some('(') {
            continue;
        }
        let Some(end) = ends.from(draft, close).filter(|end| end - close <= LONGEST) else { continue };
        if open > 0 && draft.char(open - 1) == Some('!') {
            edits.push(Edit::delete(open - 1..end + 1));
        } else {
            edits.push(Edit::delete(open..open + 1));
            edits.push(Edit::delete(close..end + 1));
        }
        at = end + 1;
    }
    edits
}

/// `<u>`, `</center>`, `<img …>`: a letter or slash must follow the bracket, so that `a < b` stays.
fn tags(draft: &Draft) -> Vec<Edit> {
    let (mut opens, mut closes) = (Seeker::new('<'), Seeker::new('>'));
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(open) = opens.from(draft, at) {
        at = open + 1;
        if !draft.char(open + 1).is_some_and(|char| char.is_ascii_alphabetic() || matches!(char, '/' | '!')) {
            continue;
        }
        let Some(close) = closes.from(draft, open).filter(|close| close - open <= LONGEST) else { continue };
        if let Some(end) = described(draft, open, close) {
            edits.push(Edit::delete(open..end));
            at = end;
            continue;
        }
        edits.push(Edit::replace(open..close + 1, if is_break(draft, open) { " " } else { "" }));
        at = close + 1;
    }
    edits
}

/// Where `<img>ตราครุฑ</img>` ends: what the picture shows, in the engine's words. With digits it may be a stamp, whose words stay.
fn described(draft: &Draft, open: usize, close: usize) -> Option<usize> {
    let text =
        |from: usize, to: usize| -> String { draft.pieces[from..to.min(draft.pieces.len())].iter().map(|piece| piece.char).collect() };
    let is_picture = ["img", "signature", "watermark"].contains(&text(open + 1, close).as_str());
    let rest = is_picture.then(|| text(close + 1, close + LONGEST))?;
    let (words, _) = rest.split_once("</")?;
    let end = close + 1 + words.chars().count();
    let after = (end..draft.pieces.len()).find(|at| draft.char(*at) == Some('>'))? + 1;
    (!words.chars().any(crate::thai::digits::is_digit)).then_some(after)
}

fn is_break(draft: &Draft, open: usize) -> bool {
    draft.char(open + 1).is_some_and(|char| char.eq_ignore_ascii_case(&'b'))
        && draft.char(open + 2).is_some_and(|char| char.eq_ignore_ascii_case(&'r'))
}

const ENTITIES: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", " "),
    ("ndash", "–"),
    ("mdash", "—"),
    ("hellip", "…"),
];

fn entities(draft: &Draft) -> Vec<Edit> {
    let (mut opens, mut closes) = (Seeker::new('&'), Seeker::new(';'));
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(open) = opens.from(draft, at) {
        at = open + 1;
        let Some(close) = closes.from(draft, open).filter(|close| close - open <= 10) else { continue };
        let name: String = draft.pieces[open + 1..close].iter().map(|piece| piece.char).collect();
        if let Some(text) = decode(&name) {
            edits.push(Edit::replace(open..close + 1, text));
            at = close + 1;
        }
    }
    edits
}

fn decode(name: &str) -> Option<String> {
    if let Some((_, text)) = ENTITIES.iter().find(|(entity, _)| *entity == name) {
        return Some((*text).to_owned());
    }
    let code = name.strip_prefix('#')?;
    let code = match code.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => code.parse().ok()?,
    };
    char::from_u32(code).filter(|char| !char.is_control()).map(String::from)
}

/// `**bold**`, `__bold__`, backticks, a backslash before punctuation. A lone `*` may be a footnote and stays; `__` that is longer is a ruled blank.
fn emphasis(draft: &Draft) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut at = 0;
    while at < draft.pieces.len() {
        let start = at;
        let char = draft.pieces[start].char;
        while draft.char(at) == Some(char) {
            at += 1;
        }
        let length = at - start;
        let markup = match char {
            '*' => length >= 2,
            '_' => length == 2,
            '`' => true,
            '\\' => length == 1 && draft.char(at).is_some_and(|next| next.is_ascii_punctuation()),
            _ => false,
        };
        if markup {
            edits.push(Edit::delete(start..at));
        }
    }
    edits
}

/// Finds one character from ever later places; all searches together look at each piece once.
struct Seeker {
    wanted: char,
    /// Where the next one stands, as far as was looked.
    next: usize,
}

impl Seeker {
    fn new(wanted: char) -> Self {
        Seeker { wanted, next: 0 }
    }

    fn from(&mut self, draft: &Draft, from: usize) -> Option<usize> {
        if self.next < from || draft.char(self.next) != Some(self.wanted) {
            let start = self.next.max(from);
            let ahead = draft.pieces.get(start..).unwrap_or_default();
            self.next = start + ahead.iter().position(|piece| piece.char == self.wanted).unwrap_or(ahead.len());
        }
        (self.next < draft.pieces.len()).then_some(self.next)
    }
}

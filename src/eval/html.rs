//! One page per letter with errors: what was found against what is true, with the rule and the place on the page.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::error::{Error, Stage};
use crate::output::pages::PageLine;

use super::judge::{Judged, Verdict};

/// Writes `folder/index.html` and a page for every letter that is not wholly right. `root`: where the scans lie.
pub fn write(folder: &Path, root: &Path, judged: &[Judged], pages: &[PageLine]) -> Result<(), Error> {
    let fail = |why: std::io::Error| Error::new(Stage::Output, "eval.html", "cannot be written", why).at(folder.display());
    fs::create_dir_all(folder).map_err(fail)?;
    let mut index = head("Letters with errors");
    index.push_str("<ol>");
    for (number, letter) in judged.iter().enumerate().filter(|(_, letter)| !letter.wholly_right()) {
        let file = format!("{number:04}.html");
        let wrong = letter.verdicts.iter().filter(|verdict| !verdict.right).count();
        let _ = write!(index, "<li><a href=\"{file}\">{}</a>: {wrong} values</li>", escaped(letter.source));
        fs::write(folder.join(file), page(root, letter, pages)).map_err(fail)?;
    }
    index.push_str("</ol>");
    fs::write(folder.join("index.html"), index).map_err(fail)
}

fn page(root: &Path, letter: &Judged, pages: &[PageLine]) -> String {
    let mut out = head(letter.source);
    let scan = root.join(letter.source);
    let scan = scan.canonicalize().unwrap_or(scan);
    let numbers = letter.found.map(|record| record.source.pages.as_slice()).unwrap_or_default();
    let _ = write!(out, "<p><a href=\"{}\">scan</a>, pages {numbers:?}</p>", escaped(&scan.to_string_lossy()));
    out.push_str("<table><tr><th>field<th>true<th>found<th>rule<th>confidence<th>page");
    for verdict in letter.verdicts.iter().filter(|verdict| !verdict.right) {
        out.push_str(&row(verdict));
    }
    out.push_str("</table>");
    if let Some(record) = letter.found {
        out.push_str("<ul>");
        for issue in &record.issues {
            let _ = write!(out, "<li>{}: {}</li>", escaped(&issue.code), escaped(&issue.message_en));
        }
        out.push_str("</ul>");
    }
    for line in pages.iter().filter(|line| line.source.path == letter.source && numbers.contains(&line.text.page)) {
        out.push_str(&drawing(letter, line));
    }
    out
}

fn row(verdict: &Verdict) -> String {
    let cell = |text: &Option<String>| escaped(text.as_deref().unwrap_or("–"));
    let confidence = verdict.confidence.map_or_else(String::new, |confidence| format!("{confidence:.2}"));
    let place = verdict.place.as_ref().map_or_else(String::new, |(page, _)| page.to_string());
    format!(
        "<tr class=\"{}\"><td>{}<td>{}<td>{}<td>{}<td>{confidence}<td>{place}",
        if verdict.near { "near" } else { "wrong" },
        verdict.field,
        cell(&verdict.truth),
        cell(&verdict.found),
        cell(&verdict.rule)
    )
}

/// The page as it was read: every line at its place, wrong values framed.
fn drawing(letter: &Judged, line: &PageLine) -> String {
    let (page, scale) = (&line.text, 900.0 / f64::from(line.text.width.max(1)));
    let mut out =
        format!("<svg viewBox=\"0 0 {} {}\" width=\"900\" height=\"{:.0}\">", page.width, page.height, f64::from(page.height) * scale);
    for text in &page.lines {
        if let Some(rect) = text.rect {
            let size = rect.height() as f64 * 0.6;
            let _ = write!(
                out,
                "<text x=\"{}\" y=\"{}\" font-size=\"{size:.0}\" textLength=\"{}\">{}</text>",
                rect.left,
                f64::from(rect.bottom) - size * 0.4,
                rect.width(),
                escaped(&text.text)
            );
        }
    }
    for verdict in letter.verdicts.iter().filter(|verdict| !verdict.right) {
        let boxes = verdict.place.iter().filter(|(number, _)| *number == page.page).flat_map(|(_, boxes)| boxes);
        for rect in boxes {
            let _ = write!(
                out,
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"><title>{}</title></rect>",
                rect.left,
                rect.top,
                rect.width(),
                rect.height(),
                verdict.field
            );
        }
    }
    out + "</svg>"
}

fn head(title: &str) -> String {
    format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{0}</title><style>body{{font:16px/1.5 sans-serif;margin:2em}}td,th{{border:1px solid #ccc;padding:.3em;\
         text-align:left}}.near td:nth-child(3){{background:#fff3c0}}.wrong td:nth-child(3){{background:#ffd9d6}}svg{{border:1px solid #ccc;display:block;\
         margin:1em 0}}rect{{fill:none;stroke:#c00;stroke-width:5}}</style><h1>{0}</h1>",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

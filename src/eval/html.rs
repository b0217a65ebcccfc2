//! One page per letter with errors: what was found against what is true, the rule that fired, and the scan with the boxes of lines and values.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::document::Rect;
use crate::document::record::Review;
use crate::error::{Error, Stage};
use crate::output::pages::PageLine;

use super::judge::{Judged, Verdict};
use super::picture;

/// Writes `folder/index.html`, the worst letter first, and for every letter that is not wholly right a page with the pictures of its scan.
/// `root`: where the scans lie.
pub fn write(folder: &Path, root: &Path, judged: &[Judged], pages: &[PageLine]) -> Result<(), Error> {
    let fail = |why: std::io::Error| {
        Error::new(Stage::Output, "eval.html", "cannot be written", why).at(folder.display()).hint("choose another folder for --html")
    };
    fs::create_dir_all(folder).map_err(fail)?;
    let wrong = |letter: &Judged| letter.verdicts.iter().filter(|verdict| !verdict.right).count();
    let mut worst: Vec<(usize, &Judged)> = judged.iter().enumerate().filter(|(_, letter)| !letter.wholly_right()).collect();
    worst.sort_by_key(|(number, letter)| (std::cmp::Reverse(wrong(letter)), *number));
    let mut index = head("Letters with errors");
    index.push_str("<ol>");
    for (number, letter) in worst {
        let name = format!("{number:04}");
        let told = match letter.found.map(|record| record.review) {
            Some(Review::Needed) => "sent to review",
            Some(Review::Auto) => "<b>nobody is told</b>",
            None => "no record",
        };
        let _ = write!(index, "<li><a href=\"{name}.html\">{}</a>: {} values, {told}", escaped(letter.source), wrong(letter));
        fs::write(folder.join(format!("{name}.html")), page(folder, &name, root, letter, pages)?).map_err(fail)?;
    }
    index.push_str("</ol>");
    fs::write(folder.join("index.html"), index).map_err(fail)
}

fn page(folder: &Path, name: &str, root: &Path, letter: &Judged, pages: &[PageLine]) -> Result<String, Error> {
    let mut out = head(letter.source);
    let scan = root.join(letter.source);
    // Of a letter that was not found, the pages where it should have been.
    let missed = || letter.truth.and_then(|truth| truth.pages.as_deref()).unwrap_or_default();
    let numbers = letter.found.map_or_else(missed, |record| record.source.pages.as_slice());
    let file = scan.canonicalize().unwrap_or_else(|_| scan.clone());
    let _ = write!(out, "<p><a href=\"{}\">scan</a>, pages {numbers:?}</p>", escaped(&file.to_string_lossy()));
    out.push_str(HEADINGS);
    letter.verdicts.iter().filter(|verdict| !verdict.right).for_each(|verdict| out.push_str(&row(verdict)));
    out.push_str("</table>");
    if let Some(record) = letter.found {
        let _ = write!(out, "<p>review: {:?}</p><ul>", record.review);
        for issue in &record.issues {
            let field = issue.field.as_deref().unwrap_or_default();
            let _ = write!(out, "<li>{} {}: {}</li>", escaped(&issue.code), escaped(field), escaped(&issue.message_en));
        }
        out.push_str("</ul>");
    }
    for line in pages.iter().filter(|line| line.source.path == letter.source && numbers.contains(&line.text.page)) {
        let file = format!("{name}-{}.jpg", line.text.page);
        match picture::of(&scan, &line.text) {
            Ok(picture) => {
                let fail = |why: image::ImageError| {
                    Error::new(Stage::Output, "eval.html", "cannot be written", why).hint("choose another folder for --html")
                };
                picture.save(folder.join(&file)).map_err(|why| fail(why).at(folder.join(&file).display()))?;
                out.push_str(&drawing(letter, line, Some(&file)));
            }
            Err(why) => {
                let _ = write!(out, "<p>page {}: {}</p>", line.text.page, escaped(&why.to_string()));
                out.push_str(&drawing(letter, line, None));
            }
        }
    }
    let _ = write!(out, "<details><summary>values that are right</summary>{HEADINGS}");
    letter.verdicts.iter().filter(|verdict| verdict.right).for_each(|verdict| out.push_str(&row(verdict)));
    Ok(out + "</table></details>")
}

const HEADINGS: &str = "<table><tr><th>field<th>true<th>found<th>rule<th>confidence<th>page";

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

/// The page with every line that was found, right values in green, wrong ones in red with their field and rule. Without a picture, the text of the
/// lines stands in its place.
fn drawing(letter: &Judged, line: &PageLine, picture: Option<&str>) -> String {
    let page = &line.text;
    let height = 1000.0 * f64::from(page.height) / f64::from(page.width.max(1));
    let mut out = format!("<svg viewBox=\"0 0 {} {}\" width=\"1000\" height=\"{height:.0}\">", page.width, page.height);
    if let Some(file) = picture {
        let size = format!("width=\"{}\" height=\"{}\"", page.width, page.height);
        let _ = write!(out, "<image href=\"{file}\" {size} preserveAspectRatio=\"none\"/>");
    }
    for text in &page.lines {
        let Some(rect) = text.rect else { continue };
        out.push_str(&framed(rect, "line", &text.text));
        if picture.is_none() {
            let size = rect.height() as f64 * 0.6;
            let (left, bottom, width) = (rect.left, f64::from(rect.bottom) - size * 0.4, rect.width());
            let text = escaped(&text.text);
            let _ = write!(out, "<text x=\"{left}\" y=\"{bottom}\" font-size=\"{size:.0}\" textLength=\"{width}\">{text}</text>");
        }
    }
    let here = |verdict: &&Verdict| verdict.place.as_ref().is_some_and(|(number, _)| *number == page.page);
    // Wrong ones last: they lie on top.
    let mut verdicts: Vec<&Verdict> = letter.verdicts.iter().filter(here).collect();
    verdicts.sort_by_key(|verdict| !verdict.right);
    for verdict in verdicts {
        let boxes = verdict.place.iter().flat_map(|(_, boxes)| boxes);
        let told = format!("{} ({})", verdict.field, verdict.rule.as_deref().unwrap_or_default());
        for (index, rect) in boxes.enumerate() {
            out.push_str(&framed(*rect, if verdict.right { "right" } else { "wrong" }, &told));
            if index == 0 && !verdict.right {
                let size = page.width / 70;
                let _ = write!(out, "<text class=\"told\" x=\"{}\" y=\"{}\" font-size=\"{size}\">{told}</text>", rect.left, rect.top);
            }
        }
    }
    out + "</svg>"
}

fn framed(rect: Rect, class: &str, title: &str) -> String {
    let (left, top, width, height) = (rect.left, rect.top, rect.width(), rect.height());
    let title = escaped(title);
    format!("<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"><title>{title}</title></rect>")
}

fn head(title: &str) -> String {
    format!(
        "<!doctype html><meta charset=\"utf-8\"><title>{0}</title><style>body{{font:16px/1.5 sans-serif;margin:2em}}td,th{{border:1px solid #ccc;padding:.3em;\
         text-align:left}}.near td:nth-child(3){{background:#fff3c0}}.wrong td:nth-child(3){{background:#ffd9d6}}svg{{border:1px solid #ccc;display:block;\
         margin:1em 0}}rect{{fill:transparent;stroke:#99c;stroke-width:2}}rect.right{{stroke:#080;stroke-width:4}}rect.wrong{{stroke:#c00;\
         stroke-width:6}}text.told{{fill:#c00}}</style><h1>{0}</h1>",
        escaped(title)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

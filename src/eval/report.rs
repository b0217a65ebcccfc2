//! The accuracy document: tables out of scores, nothing typed by hand.

use std::fmt::Write;

use super::calibrate::{Checked, Trusted};
use super::reasons::Reason;
use super::score::{FieldScore, Scores, Share, TARGET};

/// The whole document; runs of the same set stand side by side.
pub fn document(all: &[Scores]) -> String {
    let out = String::from(
        "# Accuracy\n\nWritten by `saraban eval`, never by hand. A value is right when it equals the true one after normalization (Arabic digits, no blanks);\n\
         *near* also counts values that differ in at most one character in ten. Lists are compared item by item. How a figure comes about: `src/eval/`.\n",
    );
    out + &sections(all)
}

/// The tables of each set under its name.
pub fn sections(all: &[Scores]) -> String {
    let mut out = String::new();
    let mut sets: Vec<&str> = all.iter().map(|scores| scores.run.set.as_str()).collect();
    sets.dedup();
    for set in sets {
        let runs: Vec<&Scores> = all.iter().filter(|scores| scores.run.set == set).collect();
        let _ = write!(out, "\n## {set}\n\n{}", section(&runs));
    }
    out
}

/// The tables of one set.
pub fn section(runs: &[&Scores]) -> String {
    let mut out = summary(runs);
    for scores in runs {
        let engine = &scores.run.engine;
        let _ = write!(out, "\n### Fields, {engine}\n\n{}", fields(&scores.fields));
        if !scores.inked.is_empty() {
            let _ = write!(out, "\nRubber-stamped or handwritten values alone:\n\n{}", fields(&scores.inked));
        }
        let _ = write!(out, "\n### Trust, {engine}\n\n{}", trust(scores));
    }
    out
}

fn percent(share: Share) -> String {
    if share.of == 0 { "–".to_owned() } else { format!("{:.1} %", 100.0 * share.rate()) }
}

fn counted(share: Share) -> String {
    format!("{} ({}/{})", percent(share), share.part, share.of)
}

/// One column per run.
fn summary(runs: &[&Scores]) -> String {
    let mut out = String::from("| |");
    runs.iter().for_each(|scores| {
        let _ = write!(out, " {} |", scores.run.engine);
    });
    out.push_str("\n|---|");
    out.push_str(&"---|".repeat(runs.len()));
    let mut row = |name: &str, cell: &dyn Fn(&Scores) -> String| {
        let cells: Vec<String> = runs.iter().map(|scores| cell(scores)).collect();
        let _ = write!(out, "\n| {name} | {} |", cells.join(" | "));
    };
    row("scans, letters", &|s| format!("{}, {}", s.sources, s.letters.of));
    row("**letters wholly right**", &|s| format!("**{}**", counted(s.letters)));
    row("**silent errors** (wrong values in records marked `auto`, of all values; paragraphs apart)", &|s| {
        format!("**{}**", counted(Share { part: s.silent_wrong, of: s.values }))
    });
    row("true values missing in records marked `auto`", &|s| s.silent_missing.to_string());
    row("paragraphs not read letter by letter in records marked `auto`", &|s| counted(s.silent_paragraphs));
    row("**records to review**", &|s| format!("**{}**", counted(s.review)));
    row("values, micro F1", &|s| {
        let sum = |count: fn(&FieldScore) -> usize| s.fields.iter().map(count).sum::<usize>();
        format!("{:.1} %", 200.0 * sum(|f| f.right) as f64 / (sum(|f| f.found) + sum(|f| f.support)).max(1) as f64)
    });
    row("boundaries between letters, precision / recall", &|s| {
        format!("{} / {}", percent(s.boundaries.precision()), percent(s.boundaries.recall()))
    });
    row("character error rate per page, median / p95", &|s| {
        s.text.as_ref().map_or("–".to_owned(), |t| format!("{:.2} % / {:.2} %", 100.0 * t.median, 100.0 * t.p95))
    });
    row("character error rate over all characters", &|s| {
        s.text.as_ref().map_or("–".to_owned(), |t| counted(Share { part: t.errors, of: t.characters }))
    });
    row("runs of Thai digits read exactly", &|s| s.text.as_ref().map_or("–".to_owned(), |t| counted(t.digit_runs)));
    row("pages per CPU-second", &|s| s.run.pages_per_cpu_second.map_or("–".to_owned(), |rate| format!("{rate:.2}")));
    row("model", &|s| if s.run.model.is_empty() { "–".to_owned() } else { s.run.model.clone() });
    row("version, fingerprint", &|s| format!("{}, `{}`", s.run.version, s.run.fingerprint));
    row("machine", &|s| s.run.machine.clone());
    out.push('\n');
    out
}

fn fields(scores: &[FieldScore]) -> String {
    let mut out = String::from("| field | precision | recall | F1 | near | support |\n|---|---|---|---|---|---|\n");
    for score in scores {
        let near = Share { part: score.near, of: score.support };
        let (precision, recall) = (percent(score.precision()), percent(score.recall()));
        let _ = writeln!(
            out,
            "| {} | {precision} | {recall} | {:.1} % | {} | {} |",
            score.field,
            100.0 * score.f1(),
            percent(near),
            score.support
        );
    }
    out
}

/// Reasons that sent one letter only, and were right to, are left out.
fn sent(reasons: &[Reason]) -> String {
    let mut out = String::from(
        "\nWhat sends letters to review (a letter may have several reasons; needless: for this reason alone, and every value is right):\n\n\
         | reason | letters | with a wrong value | else with one missing | needless |\n|---|---|---|---|---|\n",
    );
    for Reason { reason, letters, wrong, missing, needless } in reasons.iter().filter(|reason| reason.letters > 1 || reason.needless > 0) {
        let _ = writeln!(out, "| {reason} | {letters} | {wrong} | {missing} | {needless} |");
    }
    out
}

/// What each target costs and how far chances can be believed, on letters that taught neither.
pub fn checked(checked: &Checked) -> String {
    let mut out = String::from(
        "Chances and threshold taught by four fifths of the letters, measured on the other:\n\n| target | to review | silent errors |\n|---|---|---|\n",
    );
    for cost in &checked.costs {
        let _ = writeln!(out, "| {:.1} % | {} | {} |", 100.0 * cost.target, counted(cost.review), counted(cost.silent));
    }
    out.push_str("\n| group of fields | right, of values given 0.9 or more | right, of all |\n|---|---|---|\n");
    for Trusted { group, sure, all } in checked.groups.iter().filter(|trusted| trusted.all.of > 0) {
        let _ = writeln!(out, "| {group} | {} | {} |", counted(*sure), counted(*all));
    }
    out
}

fn trust(scores: &Scores) -> String {
    let mut out = String::from(
        "Of the values given a confidence, right:\n\n| confidence | right | values | right, paragraphs of the text | paragraphs |\n|---|---|---|---|---|\n",
    );
    for (index, band) in scores.bands.iter().enumerate() {
        let text = scores.body_bands.get(index).map_or(Share::default(), |band| band.right);
        if band.right.of + text.of > 0 {
            let (right, told) = (percent(band.right), percent(text));
            let _ = writeln!(out, "| {:.2}–{:.2} | {right} | {} | {told} | {} |", band.from, band.to, band.right.of, text.of);
        }
    }
    out.push_str(&sent(&scores.reasons));
    out.push_str("\nIf records passed whose checks are clean and whose least sure value reaches a threshold:\n\n| threshold | to review | silent errors |\n|---|---|---|\n");
    for point in &scores.curve {
        let _ = writeln!(out, "| {:.2} | {} | {} |", point.threshold, percent(point.review), counted(point.silent));
    }
    let met = scores.curve.iter().find(|point| point.silent.rate() <= TARGET);
    let told = met.map_or("No threshold".to_owned(), |point| format!("{:.2} ({} to review)", point.threshold, percent(point.review)));
    let _ = writeln!(out, "\nLowest threshold with at most {:.1} % silent errors: {told}.", 100.0 * TARGET);
    out.push_str(
        "\nWrong values in letters not yet looked at, the worst letters first:\n\n| letters looked at | wrong values left |\n|---|---|\n",
    );
    for (share, left) in &scores.queue {
        let _ = writeln!(out, "| {:.0} % | {left} |", 100.0 * share);
    }
    out
}

//! How far the run is, for a person, a log or a program. Everything goes to standard error.

use std::io::{IsTerminal, Write, stderr};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::summary::Totals;

/// How often a log gets a line.
const LINE_EVERY: Duration = Duration::from_secs(30);
/// How often a program gets one.
const JSON_EVERY: Duration = Duration::from_secs(1);

/// How progress is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// A bar on a terminal, lines elsewhere.
    Auto,
    Bar,
    Lines,
    /// One JSON object per line.
    Json,
    None,
}

/// One look at a run.
#[derive(Debug, Clone, Serialize)]
pub struct View<'a> {
    #[serde(flatten)]
    pub totals: &'a Totals,
    /// Inputs that there are, once the walk is through.
    pub expected: Option<u64>,
    /// Pages per second of this run.
    pub pages_per_second: f64,
    /// Inputs per second of this run.
    pub inputs_per_second: f64,
}

impl View<'_> {
    /// Seconds until the end at the present speed.
    pub fn seconds_left(&self) -> Option<f64> {
        let left = self.expected?.saturating_sub(self.totals.done());
        (self.inputs_per_second > 0.0).then(|| left as f64 / self.inputs_per_second)
    }
}

pub struct Progress {
    style: Style,
    bar: Option<ProgressBar>,
    told: Instant,
}

impl Progress {
    pub fn new(style: Style) -> Progress {
        let style = match style {
            Style::Auto if stderr().is_terminal() => Style::Bar,
            Style::Auto => Style::Lines,
            style => style,
        };
        let bar = (style == Style::Bar).then(|| {
            let looks = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}").unwrap_or_else(|_| ProgressStyle::default_bar());
            ProgressBar::new(0).with_style(looks)
        });
        Progress { style, bar, told: Instant::now() }
    }

    /// Shows the present state, if it is time to.
    pub fn show(&mut self, view: &View) {
        match (self.style, &self.bar) {
            (Style::Bar, Some(bar)) => {
                bar.set_length(view.expected.unwrap_or(view.totals.inputs));
                bar.set_position(view.totals.done());
                bar.set_message(sentence(view));
            }
            (Style::Lines, _) if self.told.elapsed() >= LINE_EVERY => {
                self.told = Instant::now();
                let of = view.expected.map(|expected| format!(" of {expected}")).unwrap_or_default();
                self.say(&format!("{}{of} files, {}", view.totals.done(), sentence(view)));
            }
            (Style::Json, _) if self.told.elapsed() >= JSON_EVERY => {
                self.told = Instant::now();
                self.json(view);
            }
            _ => {}
        }
    }

    /// Tells one thing on its own line.
    pub fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            // Nobody listens any more: not a reason to stop.
            None => drop(writeln!(stderr(), "{line}")),
        }
    }

    /// Ends the display; a program gets the last state.
    pub fn end(&self, view: &View) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        if self.style == Style::Json {
            self.json(view);
        }
    }

    /// Whether people read along.
    pub fn is_for_people(&self) -> bool {
        matches!(self.style, Style::Bar | Style::Lines)
    }

    fn json(&self, view: &View) {
        if let Ok(line) = serde_json::to_string(view) {
            self.say(&line);
        }
    }
}

fn sentence(view: &View) -> String {
    let left = view.seconds_left().map(|seconds| format!(", {} left", clock(seconds))).unwrap_or_default();
    let totals = view.totals;
    format!(
        "{} pages, {:.1}/s, {} failed, {} in review{left}",
        totals.counts.pages,
        view.pages_per_second,
        totals.failed + totals.incomplete,
        totals.counts.review
    )
}

/// Seconds as hours, minutes and seconds.
pub fn clock(seconds: f64) -> String {
    let whole = seconds as u64;
    match (whole / 3600, whole / 60 % 60, whole % 60) {
        (0, 0, seconds) => format!("{seconds} s"),
        (0, minutes, seconds) => format!("{minutes} min {seconds} s"),
        (hours, minutes, _) => format!("{hours} h {minutes} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_left_follows_the_present_speed() {
        let totals = Totals { recorded: 10, ..Totals::default() };
        let mut view = View { totals: &totals, expected: Some(100), pages_per_second: 4.0, inputs_per_second: 0.5 };
        assert_eq!(view.seconds_left().map(clock), Some("3 min 0 s".to_owned()));
        assert_eq!(sentence(&view), "0 pages, 4.0/s, 0 failed, 0 in review, 3 min 0 s left");
        view.expected = None;
        assert_eq!(view.seconds_left(), None);
        assert_eq!(clock(7322.0), "2 h 2 min");
    }
}

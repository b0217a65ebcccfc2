use clap::Subcommand;

use crate::check::CHECKS;
use crate::document::Code;
use crate::error::{Error, Stage};
use crate::fields::{self, Extractor, FIELDS, corpus, guide};
use crate::pipeline;

use super::Exit;
use super::screen::show;

/// The rules that read fields: check them, or print the guide
#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    action: Action,
}

#[derive(Subcommand)]
enum Action {
    /// Checks every rule against its examples and the laws of the catalogue
    Check,
    /// Prints docs/fields.md
    Guide,
    /// Prints docs/issues.md: what each issue means and what to do
    Issues,
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        match self.action {
            Action::Check => check(),
            Action::Guide => {
                show(guide::markdown(FIELDS))?;
                Ok(Exit::Success)
            }
            Action::Issues => {
                show(issues())?;
                Ok(Exit::Success)
            }
        }
    }
}

fn check() -> Result<Exit, Error> {
    let extractor = Extractor::new(FIELDS).map_err(|bad| {
        let all: Vec<String> = bad.iter().map(ToString::to_string).collect();
        Error::new(Stage::Configure, "rules.bad_pattern", "cannot compile the rules", all.join("\n"))
            .at("src/fields")
            .hint("a rule's pattern stands in the file of its field")
    })?;
    let broken = corpus::check(&extractor, &pipeline::line);
    for violation in &broken {
        show(format!("{violation}\n"))?;
    }
    let rules: usize = FIELDS.iter().map(|field| field.rules.len()).sum();
    let examples: usize = FIELDS.iter().map(|field| field.examples.len()).sum();
    show(format!("{} fields, {rules} rules, {examples} examples, {} broken laws\n", FIELDS.len(), broken.len()))?;
    Ok(if broken.is_empty() { Exit::Success } else { Exit::Failures })
}

/// Every code that an issue can have, with what raises it.
pub fn codes() -> Vec<(&'static str, &'static Code)> {
    let read = fields::codes().map(|code| ("reading", code));
    let checked = CHECKS.iter().flat_map(|check| check.codes.iter().map(|code| (check.id, *code)));
    let mut all: Vec<_> = read.chain(checked).collect();
    all.sort_by_key(|(_, code)| code.id);
    all
}

/// `docs/issues.md` as Markdown.
pub fn issues() -> String {
    let rows = codes().into_iter().map(|(by, code)| {
        let severity = format!("{:?}", code.severity).to_lowercase();
        format!("| `{}` | {severity} | {by} | {} |\n", code.id, code.about)
    });
    let head = "# Issues\n\nGenerated from the code by `saraban rules issues`; do not edit.\n\n\
        An issue is a doubt about a record. An `error` or a `warning` sends the record to review, an `info` is a remark. Its `field` points at the \
        value in doubt and its `evidence` says where on the page to look. *Raised by* names the check (`src/check/`), or reading itself \
        (`src/fields/`). A `*` is the id of the [field](fields.md) in doubt: `number.ambiguous`, `receipts.second_reading`.\n\n\
        | code | severity | raised by | what it means, what to do |\n|---|---|---|---|\n";
    head.to_owned() + &rows.collect::<String>()
}

use clap::Subcommand;

use crate::error::{Error, Stage};
use crate::fields::{Extractor, FIELDS, corpus, guide};
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
}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        match self.action {
            Action::Check => check(),
            Action::Guide => {
                show(guide::markdown(FIELDS))?;
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

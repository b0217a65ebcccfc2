//! The command line: one file per command.
//!
//! Exit status: 0 all is well, 1 some inputs failed, 2 the command could not start, 130 interrupted.

mod bundles;
mod debug;
mod eval;
mod explain;
mod extract;
mod merge;
mod queue;
mod read;
pub mod rules;
pub mod schema;
mod screen;
mod status;
mod worker;

use std::process::ExitCode;
use std::sync::LazyLock;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::error::Error;
use crate::recognize::bundle;

/// Program and model: both decide what comes out.
static VERSION: LazyLock<String> = LazyLock::new(|| format!("{} (model {})", env!("CARGO_PKG_VERSION"), bundle::built_in()));

#[derive(Parser)]
#[command(
    name = "saraban",
    bin_name = "saraban",
    version = VERSION.as_str(),
    about = "Turns scanned Thai official letters (หนังสือราชการ) into checked records",
    max_term_width = 120
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Eval(eval::Args),
    Extract(Box<extract::Args>),
    Read(read::Args),
    Explain(explain::Args),
    Status(status::Args),
    Queue(queue::Args),
    Merge(merge::Args),
    Rules(rules::Args),
    Schema(schema::Args),
    Worker(worker::Args),
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    Success,
    /// Some inputs failed.
    Failures,
    /// The command could not start.
    Unable,
    Interrupted,
}

impl Exit {
    fn status(self) -> u8 {
        match self {
            Exit::Success => 0,
            Exit::Failures => 1,
            Exit::Unable => 2,
            Exit::Interrupted => 130,
        }
    }
}

/// Runs the program's command line.
pub fn run() -> ExitCode {
    let exit = match Cli::try_parse() {
        Ok(cli) => cli.command.run().unwrap_or_else(|error| {
            eprintln!("{error}");
            Exit::Unable
        }),
        Err(error) => refuse(&error),
    };
    ExitCode::from(exit.status())
}

impl Command {
    fn run(self) -> Result<Exit, Error> {
        match self {
            Command::Eval(args) => args.run(),
            Command::Extract(args) => args.run(),
            Command::Read(args) => args.run().map(|all| if all { Exit::Success } else { Exit::Failures }),
            Command::Explain(args) => args.run(),
            Command::Status(args) => args.run(),
            Command::Queue(args) => args.run(),
            Command::Merge(args) => args.run(),
            Command::Rules(args) => args.run(),
            Command::Schema(args) => args.run(),
            Command::Worker(args) => args.run(),
        }
    }
}

/// Tells in one line what is wrong with the arguments; help and version are no mistakes.
fn refuse(error: &clap::Error) -> Exit {
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        // A closed pipe is the reader's choice.
        let _ = error.print();
        return Exit::Success;
    }
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        eprintln!("saraban: no command given; hint: saraban --help lists them");
        return Exit::Unable;
    }
    let text = error.to_string();
    let told: Vec<&str> = text.lines().map(str::trim).take_while(|line| !line.is_empty()).collect();
    let what = told.join(" ").replace("error: ", "");
    let tip = text.lines().find_map(|line| line.trim().strip_prefix("tip: ")).unwrap_or("saraban --help");
    eprintln!("saraban: {what}; hint: {tip}");
    Exit::Unable
}

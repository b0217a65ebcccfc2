use crate::document::Record;
use crate::error::Error;

use super::Exit;
use super::screen::show;

/// Prints the JSON Schema of a record
#[derive(clap::Args)]
pub struct Args {}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        show(text())?;
        Ok(Exit::Success)
    }
}

/// The schema as it stands in `docs/record.schema.json`.
pub fn text() -> String {
    let schema = serde_json::to_string_pretty(&schemars::schema_for!(Record));
    schema.map(|schema| schema + "\n").unwrap_or_default()
}

use crate::batch::worker;
use crate::error::Error;

use super::Exit;

/// Reads pages for the process that started it; speaks over its standard input, a socket
#[derive(clap::Args)]
#[command(hide = true)]
pub struct Args {}

impl Args {
    pub fn run(self) -> Result<Exit, Error> {
        worker::serve().map(|()| Exit::Success)
    }
}

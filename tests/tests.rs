//! Every integration test, in one binary.

mod architecture;
mod batch;
mod broken;
mod claims;
mod cli;
mod damage;
mod faults;
mod images;
mod laws;
mod pdf;
mod program;
mod reader;
mod readme;
mod support;

//! Every integration test, in one binary.

mod architecture;
mod assemble;
mod batch;
mod broken;
mod claims;
mod cli;
mod damage;
mod eval;
mod explain;
mod faults;
mod golden;
mod images;
mod issues;
mod laws;
mod layout;
mod pdf;
mod program;
mod reader;
mod readme;
mod support;

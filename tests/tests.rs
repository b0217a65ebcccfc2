//! Every integration test, in one binary.

mod architecture;
mod broken;
mod images;
mod laws;
mod pdf;
mod support;

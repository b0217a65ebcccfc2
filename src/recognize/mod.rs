//! Line regions in, text with confidences out. Two engines: saraban's own network and Tesseract.

mod beam;
pub mod bundle;
mod cut;
mod decode;
mod doubt;
mod network;
#[cfg(feature = "tesseract")]
pub mod tesseract;
mod vote;
mod wording;

use std::path::Path;

use crate::document::PageImage;
use crate::document::text::{Engine, PageLayout, TextLine};
use crate::error::{Error, Stage};

pub use bundle::Bundle;
pub use cut::Cut;
pub use network::Network;

/// What a process that reads pages beside others has in its environment from its first instruction, so that every reader keeps to one thread:
/// OpenMP looks while it is loaded. With more, Tesseract's threads wait for each other, and it takes about five times as long.
pub const ONE_THREAD: [(&str, &str); 3] = [("OMP_THREAD_LIMIT", "1"), ("RAYON_NUM_THREADS", "1"), ("RTEN_NUM_THREADS", "1")];

/// Something that reads lines. What it gives for a line does not depend on the other lines of the page.
pub trait Recognizer: Send + Sync {
    fn engine(&self) -> Engine;

    /// Name and checksum of the model, for the fingerprint and `--version`.
    fn model(&self) -> String;

    /// One `TextLine` per region of `layout`, in its order; a line that reads as nothing is an empty text.
    fn read(&self, page: &PageImage, layout: &PageLayout) -> Result<Vec<TextLine>, Error>;
}

/// The reader of page images for `engine`, ready to read. `model` is a folder as in `models/`, for the network only; without it
/// `SARABAN_MODEL`, without that the model that is compiled in.
pub fn open(engine: Engine, model: Option<&Path>) -> Result<Box<dyn Recognizer>, Error> {
    match engine {
        Engine::Network => Ok(Box::new(Network::open(Bundle::open(model)?)?)),
        Engine::Tesseract => open_tesseract(),
        Engine::Embedded | Engine::Transcribed => {
            let what = format!("{engine:?} is no reader of page images");
            Err(Error::new(Stage::Recognize, "engine.not_a_reader", what, "").hint("choose network or tesseract"))
        }
    }
}

#[cfg(feature = "tesseract")]
fn open_tesseract() -> Result<Box<dyn Recognizer>, Error> {
    Ok(Box::new(tesseract::Tesseract::open()?))
}

#[cfg(not(feature = "tesseract"))]
fn open_tesseract() -> Result<Box<dyn Recognizer>, Error> {
    Err(Error::new(
        Stage::Recognize,
        "engine.not_built",
        "no Tesseract in this build of saraban",
        "it was built without the feature `tesseract`",
    )
    .hint("build with the default features, or use --engine network"))
}

/// A line's confidence, 0–1: the mean of its letters'; 0 for an empty line.
fn mean_confidence(letters: impl ExactSizeIterator<Item = f32>) -> f32 {
    let count = letters.len().max(1) as f32;
    letters.sum::<f32>() / count
}

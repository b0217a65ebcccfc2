//! The PDFium library: found once, bound once per process.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use pdfium_render::prelude::{Pdfium, PdfiumError};

use crate::error::{Error, Stage};

/// Overrides where the library is looked for.
pub const VARIABLE: &str = "SARABAN_PDFIUM";

static PDFIUM: OnceLock<Result<Pdfium, Error>> = OnceLock::new();

/// The library, or why there is none.
pub fn pdfium() -> Result<&'static Pdfium, Error> {
    PDFIUM.get_or_init(bind).as_ref().map_err(Clone::clone)
}

fn bind() -> Result<Pdfium, Error> {
    let missing = |why: String| {
        Error::new(Stage::Configure, "pdfium.missing", "cannot load the PDFium library", why)
            .hint(format!("run ./setup.sh, or set {VARIABLE} to the path of libpdfium"))
    };
    // What the user names is meant: no quiet fall-back to another version.
    if let Some(named) = std::env::var_os(VARIABLE) {
        let path = PathBuf::from(named);
        let path = if path.is_dir() { Pdfium::pdfium_platform_library_name_at_path(&path) } else { path };
        let bindings = Pdfium::bind_to_library(&path).map_err(|error| missing(format!("{}: {}", path.display(), reason(&error))))?;
        return Ok(Pdfium::new(bindings));
    }
    if let Some(path) = places().into_iter().find(|path| path.is_file()) {
        let bindings = Pdfium::bind_to_library(&path).map_err(|error| missing(format!("{}: {}", path.display(), reason(&error))))?;
        return Ok(Pdfium::new(bindings));
    }
    Pdfium::bind_to_system_library().map(Pdfium::new).map_err(|error| missing(reason(&error)))
}

/// One line: the library's own display is a dump.
fn reason(error: &PdfiumError) -> String {
    match error {
        PdfiumError::LoadLibraryError(cause) => cause.to_string(),
        error => format!("{error:?}"),
    }
}

/// Beside the executable, then in `.tools/pdfium` of the folders above it and of the working folder.
fn places() -> Vec<PathBuf> {
    let executable = std::env::current_exe().ok();
    let beside = executable.as_deref().and_then(Path::parent).map(Pdfium::pdfium_platform_library_name_at_path);
    let above = executable.iter().flat_map(|path| path.ancestors().skip(1).take(5).map(Path::to_owned).collect::<Vec<_>>());
    let working = std::env::current_dir().ok();
    let tools = above.chain(working).map(|folder| Pdfium::pdfium_platform_library_name_at_path(&folder.join(".tools/pdfium")));
    beside.into_iter().chain(tools).collect()
}

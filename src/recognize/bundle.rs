//! A version of the line reader as `models/` keeps it: network, alphabet, manifest. One is compiled in, so that saraban reads wherever it
//! is copied to; a folder given with `--model` or `SARABAN_MODEL` takes its place. `models/README.md` says what the numbers mean.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::error::{Error, Stage};

macro_rules! shipped {
    ($file:literal) => {
        include_bytes!(concat!("../../models/thai-lines-5/", $file))
    };
}

/// A reader's files, checked against their manifest.
#[derive(Debug)]
pub struct Bundle {
    pub manifest: Manifest,
    /// ONNX.
    pub network: Cow<'static, [u8]>,
    /// The letter of class `n + 1`; class 0 is the CTC blank.
    pub alphabet: Vec<char>,
    /// Which letters follow which, for letters in doubt; None: the frames alone decide.
    pub wording: Option<Cow<'static, [u8]>>,
    /// The same in persons' names.
    pub names: Option<Cow<'static, [u8]>>,
}

/// `manifest.toml`, as far as reading a line needs it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Manifest {
    pub name: String,
    pub network: NetworkFile,
    pub alphabet: AlphabetFile,
    pub wording: Option<WordingFile>,
    pub names: Option<WordingFile>,
    pub input: Input,
    pub output: Output,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NetworkFile {
    pub file: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Name of the network's input.
    pub input: String,
    /// Name of its output.
    pub output: String,
    /// Its depthwise convolutions, in the order in which they run.
    #[serde(default)]
    pub looks: Vec<LookNodes>,
}

/// A depthwise convolution inside the network.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct LookNodes {
    /// Names of what goes in and of what comes out.
    pub input: String,
    pub output: String,
    /// Channels, rows, columns.
    pub kernel: [usize; 3],
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AlphabetFile {
    pub file: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Letters and the blank.
    pub classes: usize,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct WordingFile {
    pub file: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    /// Exponent of a letter's chance after those before it, beside what the frames say.
    pub weight: f64,
    /// Natural logarithm of what every letter is worth by itself.
    pub bonus: f64,
}

/// What a line must become before the network sees it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Input {
    /// Rows that every line is scaled to.
    pub height: u32,
    /// Lines are padded at the right to a multiple of this many columns.
    pub width_multiple: u32,
    /// Share of the pixels, 0–1, that are darker than paper.
    pub paper_share: f64,
    /// Share of the pixels, 0–1, that are at least as dark as ink.
    pub ink_share: f64,
    /// Grey levels between paper and ink below which a line counts as this pale.
    pub least_contrast: u8,
    /// What normalized pixels are clamped to; paper is 0, ink about 1.
    pub low: f32,
    pub high: f32,
    /// How blank rows go; without it lines are scaled as they were cut.
    pub tight: Option<Tight>,
}

/// Which rows above and below a line's ink are left out before it is scaled. Shares are of the rows cut, but for `ink_depth` and `margin`.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Tight {
    /// A pixel has ink where it is darker than paper by this share of what lies between paper and ink.
    pub ink_depth: f64,
    /// A row has ink where so many pixels have.
    pub ink_pixels: usize,
    /// Lines whose ink reaches over this share of their rows stay as they are.
    pub loose: f64,
    /// Rows that stay on either side, as a share of the rows from first to last ink.
    pub margin: f64,
    /// No fewer rows than this share stay: a dash is not a letter.
    pub least: f64,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Output {
    /// Columns of the scaled line for each frame.
    pub frame_width: f32,
    /// What scores are divided by before softmax, so that confidences come true.
    #[serde(default = "one")]
    pub temperature: f32,
}

fn one() -> f32 {
    1.0
}

/// What was measured of the confidences of the model that [`Bundle::open`] opens, with its place; an empty text where nothing was.
pub fn calibration(folder: Option<&Path>) -> Result<(String, Cow<'static, str>), Error> {
    let Some(folder) = named(folder) else {
        return Ok(("the compiled-in model".into(), String::from_utf8_lossy(shipped!("calibration.toml"))));
    };
    let path = folder.join("calibration.toml");
    let text = match fs::read_to_string(&path) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => String::new(),
        text => text.map_err(|cause| {
            Error::new(Stage::Recognize, "model.unreadable", "cannot read the model's calibration", cause).at(path.display())
        })?,
    };
    Ok((path.display().to_string(), text.into()))
}

/// The folder of the model that was asked for; None: the one that is compiled in.
fn named(folder: Option<&Path>) -> Option<PathBuf> {
    folder.map(Path::to_path_buf).or_else(|| env::var_os("SARABAN_MODEL").map(PathBuf::from))
}

/// Name of the model that is compiled in, e.g. `thai-lines-5-b168d70fa9ac`, without looking at the model itself.
pub fn built_in() -> String {
    let manifest: Result<Manifest, _> = toml::from_slice(shipped!("manifest.toml"));
    manifest.map_or_else(|_| "no model".into(), |manifest| manifest.model())
}

impl Manifest {
    /// Name and the beginning of the files' checksums: changes whenever a reading may change.
    fn model(&self) -> String {
        let beside: String = [&self.wording, &self.names].into_iter().flatten().map(|file| format!("-{:.6}", file.sha256)).collect();
        format!("{}-{:.12}{beside}", self.name, self.network.sha256)
    }
}

impl Bundle {
    /// The reader in `folder`; without one, that of `SARABAN_MODEL`; without that, the one compiled in.
    pub fn open(folder: Option<&Path>) -> Result<Bundle, Error> {
        match named(folder) {
            Some(folder) => Bundle::load(&folder),
            None => Bundle::check("the compiled-in model", shipped!("manifest.toml"), |file| {
                Ok(Cow::Borrowed(match file {
                    "alphabet.txt" => shipped!("alphabet.txt"),
                    "wording.bin" => shipped!("wording.bin"),
                    "names.bin" => shipped!("names.bin"),
                    _ => shipped!("network.onnx"),
                }))
            }),
        }
    }

    /// Name and the beginning of the files' checksums: changes whenever a reading may change.
    pub fn name(&self) -> String {
        self.manifest.model()
    }

    fn load(folder: &Path) -> Result<Bundle, Error> {
        let read = |file: &str| {
            let path = folder.join(file);
            fs::read(&path).map(Cow::Owned).map_err(|cause| {
                Error::new(Stage::Recognize, "model.unreadable", "cannot read the model", cause)
                    .at(path.display())
                    .hint("--model and SARABAN_MODEL take a folder with manifest.toml, a network and an alphabet")
            })
        };
        Bundle::check(&folder.display().to_string(), &read("manifest.toml")?, read)
    }

    fn check(place: &str, manifest: &[u8], read: impl Fn(&str) -> Result<Cow<'static, [u8]>, Error>) -> Result<Bundle, Error> {
        let wrong =
            |code, what: &str, why: String| Error::new(Stage::Recognize, code, what, why).at(place).hint("copy the model's folder again");
        let manifest: Manifest = toml::from_slice(manifest)
            .map_err(|cause| wrong("model.bad_manifest", "cannot understand manifest.toml", cause.message().to_owned()))?;
        let checked = |file: &str, expected: &str| {
            let bytes = read(file)?;
            let found = sha256(&bytes);
            if found != *expected {
                let why = format!("sha-256 is {found:.12}…, the manifest says {expected:.12}…");
                return Err(wrong("model.wrong_checksum", &format!("{file} is damaged or of another version"), why));
            }
            Ok(bytes)
        };
        let network = checked(&manifest.network.file, &manifest.network.sha256)?;
        let alphabet = checked(&manifest.alphabet.file, &manifest.alphabet.sha256)?;
        let beside = |about: &Option<WordingFile>| about.as_ref().map(|about| checked(&about.file, &about.sha256)).transpose();
        let (wording, names) = (beside(&manifest.wording)?, beside(&manifest.names)?);
        let alphabet = letters(&alphabet).map_err(|why| wrong("model.bad_alphabet", &manifest.alphabet.file, why))?;
        if alphabet.len() + 1 != manifest.alphabet.classes {
            let why = format!("{} letters and a blank for {} classes", alphabet.len(), manifest.alphabet.classes);
            return Err(wrong("model.bad_alphabet", "the alphabet does not belong to the network", why));
        }
        Ok(Bundle { manifest, network, alphabet, wording, names })
    }
}

/// One letter a line.
fn letters(file: &[u8]) -> Result<Vec<char>, String> {
    let text = std::str::from_utf8(file).map_err(|cause| cause.to_string())?;
    text.split_terminator('\n')
        .enumerate()
        .map(|(index, line)| {
            let mut letters = line.chars();
            match (letters.next(), letters.next()) {
                (Some(letter), None) => Ok(letter),
                _ => Err(format!("line {} is not one letter", index + 1)),
            }
        })
        .collect()
}

fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copy_of_shipped(change: impl Fn(&Path)) -> Result<Bundle, Error> {
        let folder = tempfile::tempdir().unwrap();
        let write = |file: &str, bytes: &[u8]| fs::write(folder.path().join(file), bytes).unwrap();
        write("manifest.toml", shipped!("manifest.toml"));
        write("alphabet.txt", shipped!("alphabet.txt"));
        write("network.onnx", shipped!("network.onnx"));
        write("wording.bin", shipped!("wording.bin"));
        write("names.bin", shipped!("names.bin"));
        change(folder.path());
        Bundle::open(Some(folder.path()))
    }

    #[test]
    fn the_compiled_in_model_fits_its_manifest() {
        let bundle = Bundle::open(None).unwrap();
        assert!(bundle.name().starts_with("thai-lines-"), "{}", bundle.name());
        assert_eq!(bundle.name(), built_in());
        for digit in '๐'..='๙' {
            assert!(bundle.alphabet.contains(&digit), "{digit} is missing");
        }
    }

    #[test]
    fn a_folder_opens_like_the_compiled_in_model() {
        let bundle = copy_of_shipped(|_| {}).unwrap();
        assert_eq!(bundle.name(), Bundle::open(None).unwrap().name());
    }

    #[test]
    fn a_damaged_network_is_told() {
        let error = copy_of_shipped(|folder| fs::write(folder.join("network.onnx"), b"damaged").unwrap()).unwrap_err();
        assert_eq!(error.code, "model.wrong_checksum");
        assert!(error.to_string().contains("network.onnx is damaged or of another version: sha-256 is"), "{error}");
    }

    #[test]
    fn a_foreign_alphabet_is_told() {
        let error = copy_of_shipped(|folder| {
            fs::write(folder.join("alphabet.txt"), "a\nb\n").unwrap();
            let manifest = String::from_utf8(shipped!("manifest.toml").to_vec()).unwrap();
            let old = sha256(shipped!("alphabet.txt"));
            fs::write(folder.join("manifest.toml"), manifest.replace(&old, &sha256(b"a\nb\n"))).unwrap();
        })
        .unwrap_err();
        assert_eq!(error.code, "model.bad_alphabet");
        assert!(error.to_string().contains("2 letters and a blank for"), "{error}");
    }

    #[test]
    fn a_missing_folder_is_told_with_its_path() {
        let error = Bundle::open(Some(Path::new("/no/such/model"))).unwrap_err();
        assert_eq!(error.code, "model.unreadable");
        assert!(error.to_string().starts_with("/no/such/model/manifest.toml: cannot read the model"), "{error}");
    }
}

//! What can be told of a PDF by reading its bytes once, without understanding them.

use std::io::SeekFrom;

use memchr::memmem;

use crate::error::{Error, Stage};
use crate::ingest::Bytes;

/// Signs found in a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Signs {
    /// Some image has a mask: its samples are not all of what it shows.
    pub masks: bool,
    /// The end marker is missing: the tail of the file is lost.
    pub cut_off: bool,
}

/// How far from the end readers look for the end marker (ISO 32000-1, annex H, implementation note 18), with room for padding.
const TAIL: usize = 4096;
const CHUNK: usize = 256 * 1024;
/// The longest sign and what follows it.
const OVERLAP: usize = 32;

/// Reads the file to its end and rewinds it.
///
/// An image's dictionary always stands in plain sight: streams cannot lie in object streams, and encryption leaves names alone.
pub fn signs(bytes: &mut impl Bytes) -> Result<Signs, Error> {
    let unreadable = |error| Error::new(Stage::Ingest, "file.unreadable", "cannot read", error);
    let mut signs = Signs { masks: false, cut_off: true };
    let mut buffer = vec![0; OVERLAP + CHUNK];
    let mut kept = 0;
    let mut tail: Vec<u8> = Vec::with_capacity(2 * TAIL);
    loop {
        let read = bytes.read(&mut buffer[kept..]).map_err(unreadable)?;
        if read == 0 {
            break;
        }
        let filled = kept + read;
        signs.masks = signs.masks || holds_mask(&buffer[..filled]);
        tail.extend_from_slice(&buffer[filled - read.min(TAIL)..filled]);
        tail.drain(..tail.len().saturating_sub(TAIL));
        kept = filled.min(OVERLAP);
        buffer.copy_within(filled - kept..filled, 0);
    }
    signs.cut_off = memmem::find(&tail, b"%%EOF").is_none() && memmem::find(&tail, b"startxref").is_none();
    bytes.seek(SeekFrom::Start(0)).map_err(unreadable)?;
    Ok(signs)
}

/// `/SMask` or `/Mask` with a value other than `/None`.
fn holds_mask(bytes: &[u8]) -> bool {
    let followed = |name: &[u8]| {
        memmem::find_iter(bytes, name).any(|at| {
            let rest = bytes[at + name.len()..].trim_ascii_start();
            matches!(rest.first(), Some(b'0'..=b'9' | b'['))
        })
    };
    followed(b"/SMask") || followed(b"/Mask")
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn of(bytes: &[u8]) -> Signs {
        signs(&mut Cursor::new(bytes.to_vec())).expect("bytes in memory")
    }

    #[test]
    fn masks_are_seen_and_their_absence_too() {
        assert!(of(b"<< /SMask 12 0 R >>").masks);
        assert!(of(b"<</Mask[0 0]>>").masks);
        assert!(!of(b"<< /SMask /None /MaskedFont 1 >>").masks);
        let mut large = vec![b' '; CHUNK + OVERLAP - 3];
        large.extend_from_slice(b"/SMask 7 0 R");
        assert!(of(&large).masks, "a sign across two chunks");
    }

    #[test]
    fn a_cut_off_file_is_noticed() {
        assert!(!of(b"%PDF-1.4 ... startxref 9 %%EOF\r\n").cut_off);
        let mut cut = b"startxref 9 %%EOF".to_vec();
        cut.resize(2 * CHUNK, b'x');
        assert!(of(&cut).cut_off);
    }
}

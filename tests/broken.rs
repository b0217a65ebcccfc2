//! Broken files, generated: whatever comes in, the answer is a page or an error with a code; never a crash, never a hang, never a flood of
//! memory. Files named `pdf …` need the PDFium library.

use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use saraban::config::Config;
use saraban::ingest::{Limits, Page, open_bytes};

use crate::support::pdf::{Pdf, group4, jbig2, quarters};

/// What a file may come to.
enum Outcome {
    /// Exactly this error, at opening or at its first page.
    Refused(&'static str),
    /// The first page is read, without doubts or with some.
    Read,
    /// Read with a doubt.
    Doubted,
    /// Either is right: the damage may lie where nothing is lost.
    Either,
}

use Outcome::{Doubted, Either, Read, Refused};

/// A6 in points: a fourth of the pixels of A4 where a page is drawn.
const A6: (f64, f64) = (298.0, 420.0);

/// The longest that a file may take, on a machine that does other things too. What takes longer is for the batch's time limit.
const PATIENCE: Duration = Duration::from_secs(30);

fn check(files: Vec<(String, Vec<u8>, Outcome)>) {
    let limits = Limits { max_pixels: 60_000_000, ..Limits::from(&Config::default()) };
    let mut wrong = Vec::new();
    for (name, bytes, outcome) in files {
        let begun = Instant::now();
        let first = open_bytes(bytes, Path::new(name.rsplit(' ').next().unwrap_or_default()), &limits).and_then(|mut document| {
            let first = document.page(1)?;
            (2..=document.page_count().min(5)).for_each(|number| drop(document.page(number)));
            Ok(first)
        });
        let fits = match (&outcome, &first) {
            (Refused(code), Err(error)) => error.code == *code,
            (Read, Ok(_)) => true,
            (Doubted, Ok(Page::Scan(scan))) => !scan.damage.is_empty(),
            (Either, _) => true,
            _ => false,
        };
        let told =
            first.as_ref().err().is_none_or(|error| !error.what.is_empty() && !error.code.is_empty() && error.code != "pdfium.missing");
        if !fits || !told || begun.elapsed() > PATIENCE {
            let got = first.map_or_else(|error| format!("{error} [{}]", error.code), |_| "read".to_owned());
            wrong.push(format!("{name}: {got} after {:?}", begun.elapsed()));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

fn named(name: &str, bytes: impl Into<Vec<u8>>, outcome: Outcome) -> (String, Vec<u8>, Outcome) {
    (name.to_owned(), bytes.into(), outcome)
}

fn squeezed(data: impl Iterator<Item = u8>) -> Vec<u8> {
    let mut encoder = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    let mut chunk = Vec::with_capacity(1 << 16);
    for byte in data {
        chunk.push(byte);
        if chunk.len() == 1 << 16 {
            encoder.write_all(&chunk).expect("memory");
            chunk.clear();
        }
    }
    encoder.write_all(&chunk).expect("memory");
    encoder.finish().expect("memory")
}

/// Three pages, each a scan of its own.
fn good() -> Pdf {
    let mut file = Pdf::new();
    for _ in 0..3 {
        let image = file.grey(120, 170, &quarters(120, 170));
        file.scan(A6, image, "");
    }
    file
}

fn one_page(entries: &str, resources: &str, content: &str) -> Vec<u8> {
    let mut file = Pdf::new();
    file.page(A6, entries, resources, content);
    file.finish()
}

fn one_image(width: u32, height: u32, entries: &str, data: &[u8]) -> Vec<u8> {
    let mut file = Pdf::new();
    let image = file.image(width, height, entries, data);
    file.scan(A6, image, "");
    file.finish()
}

fn position(bytes: &[u8], needle: &str) -> usize {
    bytes.windows(needle.len()).position(|window| window == needle.as_bytes()).unwrap_or_else(|| panic!("no {needle}"))
}

#[test]
fn no_pdf_at_all() {
    check(vec![
        named("an empty.pdf", b"", Refused("file.empty")),
        named("a text.pdf", "เรื่อง ขอความอนุเคราะห์".repeat(20), Refused("file.mislabelled")),
        named("a web page.html", "<html><body>404</body></html>", Refused("file.unsupported")),
        named("noise.pdf", noise(5000), Refused("file.damaged")),
        named("noise.jpg", noise(5000), Refused("file.damaged")),
        named("an archive.pdf", b"PK\x03\x04 and more", Refused("file.unsupported")),
        named("a document.doc", b"\xD0\xCF\x11\xE0\xA1\xB1", Refused("file.unsupported")),
        named("an animation.png", b"GIF89a", Refused("file.unsupported")),
        named("zeros.tif", vec![0; 4096], Refused("file.damaged")),
    ]);
}

#[test]
fn pdf_cut_off_anywhere() {
    let whole = good().finish();
    let mut cuts: Vec<usize> = ["1 0 obj", "/Kids", "stream", "endstream", "xref", "trailer", "startxref", "%%EOF"]
        .iter()
        .flat_map(|mark| [position(&whole, mark), position(&whole, mark) + 3])
        .collect();
    cuts.extend((1..20).map(|part| whole.len() * part / 20));
    cuts.sort_unstable();
    cuts.dedup();
    let files = cuts.iter().map(|at| {
        let outcome = match at {
            // Without its catalog nothing of a PDF is left.
            at if *at < position(&whole, "2 0 obj") => Refused("pdf.damaged"),
            at if *at < position(&whole, "startxref") => Either,
            _ => Read,
        };
        named(&format!("pdf cut off at {at}.pdf"), &whole[..*at], outcome)
    });
    check(files.collect());
    let end = position(&whole, "trailer");
    check(vec![named("pdf without its end.pdf", &whole[..end], Either)]);
}

#[test]
fn pdf_with_flipped_bits() {
    let whole = good().finish();
    // Nothing in the samples, where a flipped bit is a speck.
    let structure: Vec<usize> = (0..whole.len()).filter(|at| *at < 500 || *at > whole.len() - 1500).collect();
    let files = (0..40u64).map(|seed| {
        let mut bytes = whole.clone();
        for step in 0..=seed % 5 {
            let at = structure[(mixed(seed * 7 + step) % structure.len() as u64) as usize];
            bytes[at] ^= 1 << (mixed(seed + step) % 8);
        }
        named(&format!("pdf with flipped bits, seed {seed}.pdf"), bytes, Either)
    });
    check(files.collect());
}

#[test]
fn pdf_with_a_broken_skeleton() {
    let tree = |body: &str| {
        let mut file = good();
        file.set(2, body);
        file.finish()
    };
    let root = |body: &str| {
        let mut file = good();
        file.set(1, body);
        file.finish()
    };
    let nested = {
        let mut file = Pdf::new();
        let leaf = file.page(A6, "", "", "");
        let mut kid = leaf;
        for _ in 0..3000 {
            kid = file.object(format!("<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>"));
        }
        file.set(2, format!("<< /Type /Pages /Kids [{kid} 0 R] /Count 1 >>"));
        file.finish()
    };
    let locked = |dictionary: &str| {
        let mut file = good();
        let lock = file.object(dictionary);
        file.trailer = format!("/Encrypt {lock} 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]");
        file.finish()
    };
    let (owner, user) = ("AB".repeat(32), "CD".repeat(32));
    let many = tree("<< /Type /Pages /Kids [5 0 R] /Count 20000 >>");
    let no_table = String::from_utf8_lossy(&good().finish()).into_owned().replace("startxref\n", "startxref\n9");
    check(vec![
        named("pdf with only a header.pdf", b"%PDF-1.7\n", Refused("pdf.damaged")),
        named("pdf with a header and noise.pdf", [b"%PDF-1.7\n".as_slice(), &noise(3000)].concat(), Refused("pdf.damaged")),
        named("pdf without pages.pdf", tree("<< /Type /Pages /Kids [] /Count 0 >>"), Refused("pdf.no_pages")),
        named("pdf without a page tree.pdf", root("<< /Type /Catalog >>"), Either),
        named("pdf whose root is a number.pdf", root("42"), Either),
        named("pdf whose page tree is its own kid.pdf", tree("<< /Type /Pages /Kids [2 0 R] /Count 3 >>"), Either),
        named("pdf whose kids are missing.pdf", tree("<< /Type /Pages /Kids [90 0 R 91 0 R] /Count 2 >>"), Either),
        named("pdf with a negative count.pdf", tree("<< /Type /Pages /Kids [5 0 R] /Count -3 >>"), Either),
        named("pdf with too many pages.pdf", many, Refused("document.too_many_pages")),
        named("pdf with a deep page tree.pdf", nested, Either),
        named("pdf with a wrong table.pdf", no_table, Read),
        named(
            "pdf that is a table in a loop.pdf",
            b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Prev 9 >>\nstartxref\n9\n%%EOF",
            Refused("pdf.damaged"),
        ),
        named(
            "pdf with a password.pdf",
            locked(&format!("<< /Filter /Standard /V 1 /R 2 /O <{owner}> /U <{user}> /P -4 >>")),
            Refused("pdf.password_required"),
        ),
        named("pdf with an unknown lock.pdf", locked("<< /Filter /Secret.Handler /V 9 >>"), Refused("pdf.unknown_encryption")),
    ]);
}

#[test]
fn pdf_with_odd_pages() {
    let sized = |media: &str| {
        let mut file = Pdf::new();
        let page = file.page(A6, "", "", "0 g 10 10 100 100 re f");
        file.set(page, format!("<< /Type /Page /Parent 2 0 R /MediaBox {media} /Resources << >> >>"));
        file.finish()
    };
    let form_in_itself = {
        let mut file = Pdf::new();
        let form = file.stream("/Type /XObject /Subtype /Form /BBox [0 0 100 100]", b"");
        let body = format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 100 100] /Resources << /XObject << /F {form} 0 R >> >> /Length 13 >>\nstream\n/F Do 0 0 m f\nendstream"
        );
        file.set(form, body);
        file.page(A6, "", &format!("/XObject << /F {form} 0 R >>"), "/F Do");
        file.finish()
    };
    let mut bomb = Pdf::new();
    let content = bomb.stream("/Filter /FlateDecode", &squeezed(std::iter::repeat_n(b"q ", 3_000_000).flatten().copied()));
    let page = bomb.page(A6, "", "", "");
    bomb.set(page, format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 298 420] /Resources << >> /Contents {content} 0 R >>"));
    check(vec![
        named("pdf page without a size.pdf", sized("[]"), Read),
        named("pdf page of no size.pdf", sized("[0 0 0 0]"), Read),
        named("pdf page of negative size.pdf", sized("[595 842 0 0]"), Read),
        named("pdf page of a thousand miles.pdf", sized("[0 0 1e9 1e9]"), Either),
        named("pdf page of a thread.pdf", sized("[0 0 1 100000]"), Either),
        named("pdf page of a point.pdf", sized("[0 0 1 1]"), Either),
        named("pdf page of words for numbers.pdf", sized("[/a /b (c) null]"), Read),
        named("pdf page turned by 45 degrees.pdf", one_page("/Rotate 45", "", "0 g 10 10 100 100 re f"), Read),
        named("pdf page of noise.pdf", one_page("", "", &String::from_utf8_lossy(&noise(20_000))), Read),
        named("pdf page with a form in itself.pdf", form_in_itself, Either),
        named("pdf page with endless saves.pdf", one_page("", "", &"q ".repeat(200_000)), Read),
        named("pdf page with endless nesting.pdf", one_page("", "", &"[".repeat(200_000)), Read),
        named("pdf page with a huge dash.pdf", one_page("", "", "[0.0001] 0 d 0 0 m 595 842 l S"), Read),
        named("pdf page with an unknown font.pdf", one_page("", "", "BT /Nothing 12 Tf 50 50 Td (text) Tj ET"), Read),
        named("pdf page that is a bomb.pdf", bomb.finish(), Either),
    ]);
}

#[test]
fn pdf_with_broken_images() {
    let grey = "/ColorSpace /DeviceGray /BitsPerComponent 8";
    let bits = "/ColorSpace /DeviceGray /BitsPerComponent 1";
    let jpeg = jpeg();
    let header = b"\xFF\x4F\xFF\x51\x00\x29\x00\x00";
    let giant = [header.as_slice(), &30_000u32.to_be_bytes(), &30_000u32.to_be_bytes(), &[0; 40]].concat();
    let bomb = squeezed(std::iter::repeat_n(0, 3_000_000));
    let spoiled = |data: Vec<u8>| data.iter().map(|byte| byte ^ 0x5A).collect::<Vec<u8>>();
    check(vec![
        named("pdf image of 1 pixel.pdf", one_image(1, 1, grey, &[0]), Read),
        named("pdf image of no pixels.pdf", one_image(0, 0, grey, &[]), Either),
        named("pdf image of 30000 by 30000 bits.pdf", one_image(30_000, 30_000, bits, &[0; 100]), Refused("page.too_large")),
        named(
            "pdf image of 30000 by 30000.pdf",
            one_image(30_000, 30_000, &format!("{grey} /Filter /FlateDecode"), &bomb),
            Refused("page.too_large"),
        ),
        named("pdf image of 65536 by 65536.pdf", one_image(65_536, 65_536, grey, &[0; 100]), Refused("page.too_large")),
        named("pdf image of JPEG 2000, giant.pdf", one_image(30_000, 30_000, "/Filter /JPXDecode", &giant), Refused("page.too_large")),
        named("pdf image of JPEG 2000, noise.pdf", one_image(100, 100, "/Filter /JPXDecode", &noise(500)), Refused("pdf.blank_render")),
        named(
            "pdf image of JPEG, cut off.pdf",
            one_image(120, 170, &format!("{grey} /Filter /DCTDecode"), &jpeg[..jpeg.len() / 2]),
            Doubted,
        ),
        named(
            "pdf image of JPEG, noise.pdf",
            one_image(120, 170, &format!("{grey} /Filter /DCTDecode"), &noise(500)),
            Refused("pdf.blank_render"),
        ),
        named("pdf image of JBIG2, noise.pdf", one_image(24, 34, &format!("{bits} /Filter /JBIG2Decode"), &noise(200)), Either),
        named("pdf image of JBIG2, spoiled.pdf", one_image(24, 34, &format!("{bits} /Filter /JBIG2Decode"), &spoiled(jbig2(34))), Either),
        named("pdf image of CCITT, noise.pdf", one_image(24, 34, &format!("{bits} /Filter /CCITTFaxDecode"), &noise(200)), Either),
        named(
            "pdf image of CCITT, too wide.pdf",
            one_image(24, 34, &format!("{bits} /Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 100000 >>"), &group4(34)),
            Either,
        ),
        named("pdf image of too few samples.pdf", one_image(120, 170, grey, &[9; 50]), Either),
        named("pdf image of an unknown coding.pdf", one_image(120, 170, &format!("{grey} /Filter /WonderDecode"), &noise(500)), Either),
        named(
            "pdf image of a thousand codings.pdf",
            one_image(120, 170, &format!("{grey} /Filter [{}]", "/ASCIIHexDecode ".repeat(1000)), b"00"),
            Either,
        ),
        named("pdf image of 3 bits.pdf", one_image(120, 170, "/ColorSpace /DeviceGray /BitsPerComponent 3", &noise(8000)), Either),
        named("pdf image of no color space.pdf", one_image(120, 170, "/BitsPerComponent 8", &noise(120 * 170)), Either),
        named("pdf image all black.pdf", one_image(120, 170, grey, &[0; 120 * 170]), Read),
        named("pdf image all white.pdf", one_image(120, 170, grey, &[255; 120 * 170]), Read),
        named("pdf image of noise.pdf", one_image(120, 170, grey, &noise(120 * 170)), Read),
    ]);
}

fn jpeg() -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    let image = image::GrayImage::from_raw(120, 170, noise(120 * 170)).expect("samples");
    image.write_to(&mut file, image::ImageFormat::Jpeg).expect("an encoder");
    file.into_inner()
}

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut file = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(8, 8).write_to(&mut file, image::ImageFormat::Png).expect("an encoder");
    let mut bytes = file.into_inner();
    bytes[16..24].copy_from_slice(&[width.to_be_bytes(), height.to_be_bytes()].concat());
    let checked = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&checked.to_be_bytes());
    bytes
}

/// As PNG reckons it (ISO 15948, annex D).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xEDB8_8320 } else { sum >> 1 }))
}

#[test]
fn images_of_all_kinds() {
    let png_file = png(8, 8);
    let jpeg = jpeg();
    let mut wide_jpeg = jpeg.clone();
    let frame = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).expect("a frame header");
    wide_jpeg[frame + 5..frame + 9].copy_from_slice(&[0xFF; 4]);
    let entry =
        |tag: u16, value: u32| [tag.to_le_bytes().as_slice(), &4u16.to_le_bytes(), &1u32.to_le_bytes(), &value.to_le_bytes()].concat();
    let tiff = |width: u32, height: u32, strip: u32, next: u32| {
        let tags = [(256, width), (257, height), (258, 8), (259, 1), (262, 1), (273, strip), (277, 1), (278, height), (279, 100)];
        let entries: Vec<u8> = tags.iter().flat_map(|(tag, value)| entry(*tag, *value)).collect();
        [b"II\x2A\0\x08\0\0\0\x09\0".as_slice(), &entries, &next.to_le_bytes(), &[7; 100]].concat()
    };
    let bmp = |width: i32, height: i32, coding: u32| {
        let info = [40u32.to_le_bytes(), width.to_le_bytes(), height.to_le_bytes(), [1, 0, 24, 0], coding.to_le_bytes()].concat();
        [b"BM\xFF\0\0\0\0\0\0\0\x36\0\0\0".as_slice(), &info, &[0; 20], &[9; 192]].concat()
    };
    let webp = [b"RIFF\xFF\0\0\0WEBPVP8L".as_slice(), &[20, 0, 0, 0, 0x2F, 0xFF, 0xFF, 0xFF, 0x0F], &noise(50)].concat();
    let mut files = vec![
        named("png of 30000 by 30000.png", png(30_000, 30_000), Refused("page.too_large")),
        named("png of no size.png", png(0, 0), Refused("image.damaged")),
        named("png with a wrong name.pdf", png_file.clone(), Read),
        named("jpeg with a wrong name.tif", jpeg.clone(), Read),
        named("jpeg of 65535 by 65535.jpg", wide_jpeg, Refused("page.too_large")),
        named("jpeg cut off.jpg", &jpeg[..jpeg.len() / 2], Either),
        named("jpeg of its start.jpg", b"\xFF\xD8\xFF", Refused("image.damaged")),
        named("tiff whole.tif", tiff(10, 10, 122, 0), Read),
        named("tiff of 30000 by 30000.tif", tiff(30_000, 30_000, 122, 0), Refused("page.too_large")),
        named("tiff of no size.tif", tiff(0, 0, 122, 0), Either),
        named("tiff whose samples lie outside.tif", tiff(10, 10, 1_000_000, 0), Refused("tiff.damaged")),
        named("tiff whose pages run in a circle.tif", tiff(10, 10, 122, 8), Either),
        named("tiff of its start.tif", b"II\x2A\0\x08\0\0\0", Refused("tiff.damaged")),
        named("tiff of endless entries.tif", b"II\x2A\0\x08\0\0\0\xFF\xFF\0\0\0\0\0\0", Refused("tiff.damaged")),
        named("bmp of 30000 by 30000.bmp", bmp(30_000, 30_000, 0), Refused("page.too_large")),
        named("bmp of negative width.bmp", bmp(-8, 8, 0), Refused("image.damaged")),
        named("bmp of least height.bmp", bmp(8, i32::MIN, 0), Either),
        named("bmp of an unknown coding.bmp", bmp(8, 8, 77), Either),
        named("webp of 16384 by 16384.webp", webp, Either),
    ];
    files.extend((8..png_file.len()).step_by(5).map(|at| named(&format!("png cut off at {at}.png"), &png_file[..at], Either)));
    files.extend((0..30u64).map(|seed| {
        let mut bytes = jpeg.clone();
        (0..4).for_each(|step| bytes[(mixed(seed * 9 + step) % 700) as usize + 3] = mixed(seed + step) as u8);
        named(&format!("jpeg spoiled, seed {seed}.jpg"), bytes, Either)
    }));
    check(files);
}

/// The same bytes every time (splitmix64).
fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

fn noise(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| mixed(at) as u8).collect()
}

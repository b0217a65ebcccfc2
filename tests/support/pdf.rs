//! Small PDF files, written object by object, so that a test can make any of them wrong.

/// A4 in points.
pub const A4: (f64, f64) = (595.0, 842.0);

/// Objects in order; object 1 is the catalog, object 2 the page tree.
#[derive(Clone)]
pub struct Pdf {
    objects: Vec<Vec<u8>>,
    pages: Vec<usize>,
    /// More entries of the trailer, e.g. `/Encrypt 5 0 R`.
    pub trailer: String,
}

impl Pdf {
    pub fn new() -> Pdf {
        Pdf { objects: vec![b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), Vec::new()], pages: Vec::new(), trailer: String::new() }
    }

    /// Adds an object and gives its number.
    pub fn object(&mut self, body: impl Into<Vec<u8>>) -> usize {
        self.objects.push(body.into());
        self.objects.len()
    }

    /// `entries` go into the stream's dictionary beside `/Length`.
    pub fn stream(&mut self, entries: &str, data: &[u8]) -> usize {
        let head = format!("<< {entries} /Length {} >>\nstream\n", data.len());
        self.object([head.as_bytes(), data, b"\nendstream"].concat())
    }

    /// An image that gives its size and `entries` such as `/ColorSpace /DeviceGray /BitsPerComponent 8`.
    pub fn image(&mut self, width: u32, height: u32, entries: &str, data: &[u8]) -> usize {
        self.stream(&format!("/Type /XObject /Subtype /Image /Width {width} /Height {height} {entries}"), data)
    }

    /// 8-bit grey samples, as they are.
    pub fn grey(&mut self, width: u32, height: u32, samples: &[u8]) -> usize {
        self.image(width, height, "/ColorSpace /DeviceGray /BitsPerComponent 8", samples)
    }

    /// `entries` of the page beside its size, e.g. `/Rotate 90`; `resources` such as `/XObject << /Im 4 0 R >>`.
    pub fn page(&mut self, (width, height): (f64, f64), entries: &str, resources: &str, content: &str) -> usize {
        let content = self.stream("", content.as_bytes());
        let page = format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] {entries} /Resources << {resources} >> /Contents {content} 0 R >>"
        );
        let page = self.object(page);
        self.pages.push(page);
        page
    }

    /// A page that is one image.
    pub fn scan(&mut self, size: (f64, f64), image: usize, entries: &str) -> usize {
        let content = format!("q {} 0 0 {} 0 0 cm /Im Do Q", size.0, size.1);
        self.page(size, entries, &format!("/XObject << /Im {image} 0 R >>"), &content)
    }

    /// Replaces an object.
    pub fn set(&mut self, number: usize, body: impl Into<Vec<u8>>) {
        self.objects[number - 1] = body.into();
    }

    /// The file, with the page tree unless the test wrote its own.
    pub fn finish(mut self) -> Vec<u8> {
        if self.objects[1].is_empty() {
            let kids: String = self.pages.iter().map(|page| format!("{page} 0 R ")).collect();
            self.objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()).into_bytes();
        }
        let mut file = b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n".to_vec();
        let mut offsets = Vec::new();
        for (index, body) in self.objects.iter().enumerate() {
            offsets.push(file.len());
            file.extend(format!("{} 0 obj\n", index + 1).as_bytes());
            file.extend(body);
            file.extend(b"\nendobj\n");
        }
        let start = file.len();
        file.extend(format!("xref\n0 {}\n0000000000 65535 f \n", offsets.len() + 1).as_bytes());
        for offset in &offsets {
            file.extend(format!("{offset:010} 00000 n \n").as_bytes());
        }
        let trailer = format!("trailer\n<< /Size {} /Root 1 0 R {} >>\nstartxref\n{start}\n%%EOF\n", offsets.len() + 1, self.trailer);
        file.extend(trailer.as_bytes());
        file
    }
}

/// A picture whose four quarters have four shades: 0 and 80 above, 160 and 240 below.
pub fn quarters(width: u32, height: u32) -> Vec<u8> {
    let shade = |x: u32, y: u32| 80 * (u8::from(2 * x >= width) + 2 * u8::from(2 * y >= height));
    (0..height).flat_map(|y| (0..width).map(move |x| shade(x, y))).collect()
}

/// The bits of `codes`, padded to whole bytes.
fn packed(codes: &str) -> Vec<u8> {
    let bits: Vec<u8> = codes.bytes().filter(|bit| matches!(bit, b'0' | b'1')).map(|bit| bit - b'0').collect();
    bits.chunks(8).map(|byte| byte.iter().enumerate().fold(0, |sum, (at, bit)| sum | bit << (7 - at))).collect()
}

/// CCITT group 4 (ITU-T T.6) of 24 columns: 8 white, 8 black, 8 white in every row.
pub fn group4(rows: usize) -> Vec<u8> {
    let first = "001 10011 000101 1";
    let end_of_block = "000000000001 000000000001";
    packed(&format!("{first} {} {end_of_block}", "111 ".repeat(rows - 1)))
}

/// The same picture in CCITT group 3 (ITU-T T.4), one-dimensional, without a mark of its end.
pub fn group3(rows: usize) -> Vec<u8> {
    packed(&"000000000001 10011 000101 10011 ".repeat(rows))
}

/// The same with the six row marks that end a page.
pub fn group3_ended(rows: usize) -> Vec<u8> {
    packed(&format!("{}{}", "000000000001 10011 000101 10011 ".repeat(rows), "000000000001 ".repeat(6)))
}

/// The same picture as JBIG2 (ITU-T T.88) as it is embedded in PDF: a page and one generic region in MMR coding.
pub fn jbig2(rows: usize) -> Vec<u8> {
    let size = [24u32.to_be_bytes(), (rows as u32).to_be_bytes()].concat();
    let page = [size.as_slice(), &[0; 8], &[0], &[0, 0]].concat();
    let region = [size.as_slice(), &[0; 8], &[0], &[1], &group4(rows)].concat();
    let segment = |number: u32, kind: u8, data: &[u8]| {
        [number.to_be_bytes().as_slice(), &[kind, 0, 1], &(data.len() as u32).to_be_bytes(), data].concat()
    };
    [segment(0, 48, &page), segment(1, 38, &region)].concat()
}

/// A font whose glyphs for the characters of `text` are black boxes, and the codes that spell `text` in it.
///
/// Codes count from 1, two hexadecimal digits each; the font says by `/ToUnicode` what they stand for.
pub fn box_font(pdf: &mut Pdf, text: &str) -> (usize, String) {
    let mut alphabet: Vec<char> = text.chars().collect();
    alphabet.sort_unstable();
    alphabet.dedup();
    let glyph = pdf.stream("", b"600 0 50 0 550 700 d1 50 0 500 700 re f");
    let blank = pdf.stream("", b"300 0 0 0 0 0 d1");
    let mapped: String = alphabet.iter().enumerate().map(|(at, c)| format!("<{:02X}> <{:04X}>\n", at + 1, *c as u32)).collect();
    let map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Boxes def /CMapType 2 def\n\
         1 begincodespacerange <00> <FF> endcodespacerange\n{} beginbfchar\n{mapped}endbfchar\nendcmap end end",
        alphabet.len()
    );
    let map = pdf.stream("", map.as_bytes());
    let names: String = (1..=alphabet.len()).map(|code| format!("/g{code} ")).collect();
    let glyphs: String =
        alphabet.iter().zip(1..).map(|(c, code)| format!("/g{code} {} 0 R ", if *c == ' ' { blank } else { glyph })).collect();
    let widths: String = alphabet.iter().map(|c| if *c == ' ' { "300 " } else { "600 " }).collect();
    let font = pdf.object(format!(
        "<< /Type /Font /Subtype /Type3 /FontBBox [0 0 600 700] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 /LastChar {} \
         /Widths [{widths}] /CharProcs << {glyphs} >> /Encoding << /Type /Encoding /Differences [1 {names}] >> /ToUnicode {map} 0 R \
         /Resources << >> >>",
        alphabet.len()
    ));
    let code = |c: char| alphabet.iter().position(|other| *other == c).map_or(0, |at| at + 1);
    (font, text.chars().map(|c| format!("{:02X}", code(c))).collect())
}

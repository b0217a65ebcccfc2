//! Pages drawn here, line by line: what layout makes of them.

use image::{GrayImage, Luma};
use saraban::document::text::{FurnitureKind, PageLayout, Role};
use saraban::document::{PageImage, Rect};
use saraban::{layout, prepare};

/// Height of a drawn letter in pixels: 16 point type at 200 dpi.
const LETTER: i32 = 18;

struct Sheet(GrayImage);

impl Sheet {
    fn new() -> Sheet {
        Sheet(GrayImage::from_pixel(1654, 2339, Luma([255])))
    }

    fn fill(&mut self, rect: Rect) {
        for y in rect.top..rect.bottom {
            for x in rect.left..rect.right {
                self.0.put_pixel(x as u32, y as u32, Luma([20]));
            }
        }
    }

    /// A hollow letter on a baseline, with an upper mark over every third and a lower one under every fifth.
    fn letter(&mut self, left: i32, baseline: i32, number: i32, height: i32) {
        let (width, stroke) = (height * 5 / 6, (height / 7).max(2));
        self.fill(Rect::new(left, baseline - height, left + stroke, baseline));
        self.fill(Rect::new(left + width - stroke, baseline - height, left + width, baseline));
        self.fill(Rect::new(left, baseline - height, left + width, baseline - height + stroke));
        if number % 3 == 0 {
            self.fill(Rect::new(left, baseline - height * 17 / 10, left + width * 3 / 4, baseline - height * 13 / 10));
        }
        if number % 5 == 0 {
            self.fill(Rect::new(left + width / 2, baseline + height / 6, left + width, baseline + height / 2));
        }
    }

    /// Words of seven letters; gives where the last letter ends.
    fn line(&mut self, left: i32, baseline: i32, letters: i32, height: i32) -> i32 {
        let mut x = left;
        for number in 0..letters {
            self.letter(x, baseline, number, height);
            x += height + if number % 7 == 6 { height } else { 0 };
        }
        x - height / 6
    }

    fn dots(&mut self, left: i32, right: i32, y: i32) {
        for x in (left..right).step_by(7) {
            self.fill(Rect::new(x, y, x + 3, y + 3));
        }
    }

    fn page(self) -> PageImage {
        PageImage { grey: self.0, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    fn found(self) -> PageLayout {
        layout::find_lines(&self.page())
    }
}

fn holds(outer: Rect, inner: Rect) -> bool {
    outer.intersection(&inner) == inner
}

#[test]
fn a_paragraph_is_its_lines_from_top_to_bottom_with_their_marks() {
    let mut sheet = Sheet::new();
    let baselines = [400, 456, 512, 568];
    let ends: Vec<i32> = baselines.iter().map(|baseline| sheet.line(260, *baseline, 50, LETTER)).collect();
    let found = sheet.found();
    assert_eq!(found.lines.len(), 4);
    for ((line, baseline), end) in found.lines.iter().zip(baselines).zip(ends) {
        assert!((line.baseline - baseline as f32).abs() < 2.0, "{line:?}");
        assert!((line.letter_height - LETTER as f32).abs() < 2.0);
        let ink = Rect::new(260, baseline - LETTER * 17 / 10, end, baseline + LETTER / 2);
        assert!(holds(line.rect, ink) && line.rect.height() < ink.height() + LETTER, "{:?} around {ink:?}", line.rect);
    }
}

#[test]
fn number_and_sender_are_two_lines_and_an_enclosure_with_its_count_is_one() {
    let mut sheet = Sheet::new();
    sheet.line(260, 300, 12, LETTER);
    sheet.line(1000, 300, 20, LETTER);
    sheet.line(1000, 356, 16, LETTER);
    for row in 0..3 {
        sheet.line(260, 600 + row * 56, 25, LETTER);
        sheet.line(1250, 600 + row * 56, 7, LETTER);
    }
    let found = sheet.found();
    let lefts: Vec<i32> = found.lines.iter().map(|line| (line.rect.left + 20) / 100).collect();
    assert_eq!(lefts, [2, 10, 10, 2, 2, 2], "{:?}", found.lines);
    assert!(found.lines[3..].iter().all(|line| line.rect.right > 1350));
}

#[test]
fn a_leader_joins_nothing_and_is_painted_over() {
    let mut sheet = Sheet::new();
    sheet.line(260, 400, 14, LETTER);
    sheet.dots(560, 1500, 397);
    sheet.line(260, 460, 40, LETTER);
    let page = sheet.page();
    let found = layout::find_lines(&page);
    assert_eq!(found.lines.len(), 2);
    assert!(found.lines[0].rect.right < 620, "{:?}", found.lines[0].rect);
    assert!(found.furniture.iter().any(|thing| thing.kind == FurnitureKind::Rule));
    let cut = page.line(&found.lines[0]);
    assert_eq!(cut.width() as i32, found.lines[0].rect.width());
}

#[test]
fn a_pen_over_a_name_is_painted_over_or_seen_through() {
    let mut sheet = Sheet::new();
    for row in 0..8 {
        sheet.line(260, 400 + row * 56, 50, LETTER);
    }
    sheet.line(1000, 1100, 14, LETTER);
    for step in 0..500 {
        let (x, y) = (950 + step, (1030.0 + 60.0 * (step as f32 / 70.0).sin()) as i32);
        sheet.fill(Rect::new(x, y, x + 4, y + 5));
    }
    let page = sheet.page();
    let found = layout::find_lines(&page);
    let name = found.lines.iter().find(|line| line.rect.top > 1000 && !line.overwritten.is_empty()).expect("a line under the pen");
    let seen = name.under_pens().unwrap();
    let ink = |line: &image::GrayImage| line.pixels().filter(|pixel| pixel[0] < 128).count();
    let (lifted, seen) = (page.line(name), page.line(&seen));
    assert_eq!(lifted.dimensions(), seen.dimensions());
    assert!(ink(&seen) > ink(&lifted) + 50, "{} and {}", ink(&seen), ink(&lifted));
    assert!(found.lines[..8].iter().all(|line| line.under_pens().is_none()));
}

#[test]
fn a_title_stays_whole_and_large_words_beside_it_are_their_own_line() {
    let mut sheet = Sheet::new();
    sheet.line(300, 200, 6, LETTER * 9 / 4);
    sheet.line(700, 200, 6, LETTER * 9 / 5);
    for row in 0..8 {
        sheet.line(260, 400 + row * 56, 50, LETTER);
    }
    let found = sheet.found();
    assert_eq!(found.lines.len(), 10);
    assert!(found.lines[0].rect.right < 600 && found.lines[1].rect.left > 650);
}

#[test]
fn text_in_a_stamp_belongs_to_the_stamp_and_comes_last() {
    let mut sheet = Sheet::new();
    for (left, top, right, bottom) in [(1100, 100, 1500, 103), (1100, 297, 1500, 300), (1100, 100, 1103, 300), (1497, 100, 1500, 300)] {
        sheet.fill(Rect::new(left, top, right, bottom));
    }
    for row in 0..3 {
        sheet.line(1130, 160 + row * 50, 12, LETTER);
    }
    for row in 0..6 {
        sheet.line(260, 400 + row * 56, 50, LETTER);
    }
    let found = sheet.found();
    let stamped: Vec<bool> = found.lines.iter().map(|line| line.role == Role::Stamp(0)).collect();
    assert_eq!(stamped, [false, false, false, false, false, false, true, true, true]);
    assert!(found.furniture.iter().any(|thing| thing.kind == FurnitureKind::Stamp));
}

/// The lines of a table of two rows and two columns, each cell with one, whose middle rule begins at column `middle`.
fn table(middle: i32) -> Vec<Role> {
    let mut sheet = Sheet::new();
    for (left, y) in [(200, 300), (middle, 400), (200, 500)] {
        sheet.fill(Rect::new(left, y, 1400, y + 3));
    }
    for x in [200, 700, 1397] {
        sheet.fill(Rect::new(x, 300, x + 3, 503));
    }
    for (x, y) in [(240, 350), (740, 350), (240, 470), (740, 470)] {
        sheet.line(x, y, 14, LETTER);
    }
    sheet.found().lines.iter().map(|line| line.role).collect()
}

#[test]
fn cells_of_a_table_are_lines_of_their_own() {
    let cell = |row, column| Role::Cell { table: 0, row, column };
    assert_eq!(table(200), [cell(0, 0), cell(0, 1), cell(1, 0), cell(1, 1)]);
}

#[test]
fn a_label_below_a_worn_off_rule_stays_with_its_value() {
    assert_eq!(table(700), table(200));
}

#[test]
fn a_page_without_text_has_no_lines() {
    assert_eq!(Sheet::new().found().lines.len(), 0);
    let black = PageImage { grey: GrayImage::new(1654, 2339), color: None, dpi: 200.0, rotation: 0, skew: 0.0 };
    assert_eq!(layout::find_lines(&prepare::upright(black)).lines.len(), 0);
    let dot = PageImage { grey: GrayImage::new(1, 1), color: None, dpi: 200.0, rotation: 0, skew: 0.0 };
    assert_eq!(layout::find_lines(&prepare::upright(dot)).lines.len(), 0);
}

#[test]
fn a_page_of_noise_ends_soon() {
    let mut state = 7u32;
    let noise = GrayImage::from_fn(1654, 2339, |_, _| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        Luma([(state >> 24) as u8])
    });
    let page = PageImage { grey: noise, color: None, dpi: 200.0, rotation: 0, skew: 0.0 };
    let started = std::time::Instant::now();
    layout::find_lines(&prepare::upright(page));
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}

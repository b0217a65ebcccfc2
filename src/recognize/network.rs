//! saraban's own line reader, run with `rten` (its only user): line regions in, text out. `models/README.md` is the contract.
//!
//! The hard thing is that a line's reading must not depend on what it was read beside: lines share a batch only when their padded widths are equal.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use fast_image_resize::Resizer;
use image::GrayImage;
use rten::{Dimension, Model, NodeId, RunOptions, ThreadPool, ValueOrView};
use rten_tensor::NdTensor;
use rten_tensor::prelude::*;

use super::bundle::{Bundle, LookNodes, Manifest, WordingFile};
use super::cut::Cut;
use super::decode::{Decoded, Frames};
use super::doubt::Weighed;
use super::wording::Wording;
use super::{Recognizer, mean_confidence};
use crate::document::PageImage;
use crate::document::text::{Engine, Glyph, LineRegion, PageLayout, Reading, TextLine};
use crate::error::{Error, Stage};

mod glance;
mod looks;
mod person;
mod reading;
mod scaled;
use glance::Glance;
use looks::Look;
use reading::{ALTERNATIVES, Read, clearer, doubtful, settled, wants_alternatives};
use scaled::{Levels, padded, scale, tight};

/// Lines that go through the network together. More gains nothing on one core and costs memory.
const BATCH: usize = 4;
/// Half the width, as a share of the line's height, beyond which a character does not reach from its center.
const REACH: f32 = 0.35;
/// Other readings less probable than this share of the best are noise.
const LEAST_SHARE: f64 = 0.02;

pub struct Network {
    model: Model,
    input: NodeId,
    output: NodeId,
    /// In the order in which the network runs them.
    looks: Vec<Look>,
    manifest: Manifest,
    alphabet: Vec<char>,
    text: Option<Weighed>,
    names: Option<Weighed>,
    name: String,
    options: RunOptions,
}

/// One way to look at a line of the layout.
struct View<'a> {
    /// Index of the line.
    line: usize,
    region: Cow<'a, LineRegion>,
    glance: Glance,
}

/// A line ready for the network.
struct Prepared {
    /// Index of its view.
    index: usize,
    cut: Cut,
    scaled: GrayImage,
}

impl Network {
    /// Loads the network of a checked bundle. It runs on one core: pages are what runs in parallel.
    pub fn open(bundle: Bundle) -> Result<Network, Error> {
        let name = bundle.name();
        let wrong = |why: String| Error::new(Stage::Recognize, "model.bad_network", "cannot load the network", why).at(&name);
        let model = match bundle.network {
            Cow::Borrowed(bytes) => Model::load_static_slice(bytes),
            Cow::Owned(bytes) => Model::load(bytes),
        }
        .map_err(|cause| wrong(cause.to_string()))?;
        let node = |node: &str| model.find_node(node).ok_or_else(|| wrong(format!("it has no {node}")));
        let (input, output) = (node(&bundle.manifest.network.input)?, node(&bundle.manifest.network.output)?);
        let options = RunOptions::default().with_thread_pool(Some(Arc::new(ThreadPool::with_num_threads(1))));
        let wording = |about: &Option<WordingFile>, file: &Option<Cow<[u8]>>| {
            let (Some(about), Some(file)) = (about, file) else { return Ok(None) };
            let wording = Wording::read(file, &bundle.alphabet).map_err(|why| wrong(format!("{}: {why}", about.file)))?;
            Ok::<_, Error>(Some((Arc::new(wording), about.weight, about.bonus)))
        };
        let text = wording(&bundle.manifest.wording, &bundle.wording)?;
        let names = wording(&bundle.manifest.names, &bundle.names)?;
        let beside = text.as_ref().map(|(wording, ..)| wording.clone());
        let names = names.map(|(names, weight, bonus)| Weighed::of_names(names, beside, weight, bonus));
        let text = text.map(|(text, weight, bonus)| Weighed::of_text(text, weight, bonus));
        let looked = |look: &LookNodes| Ok::<_, Error>((node(&look.input)?, node(&look.output)?));
        let looks: Vec<(NodeId, NodeId)> = bundle.manifest.network.looks.iter().map(looked).collect::<Result<_, _>>()?;
        let mut network = Network {
            model,
            input,
            output,
            looks: Vec::new(),
            manifest: bundle.manifest,
            alphabet: bundle.alphabet,
            text,
            names,
            name: name.clone(),
            options,
        };
        network.looks = network.learned(&looks)?;
        let classes = network.probe()?;
        if classes != network.alphabet.len() + 1 {
            return Err(wrong(format!(
                "it tells {classes} classes apart, the alphabet has {} letters and a blank",
                network.alphabet.len()
            )));
        }
        Ok(network)
    }

    /// Classes of the network, found by running it on the smallest line.
    fn probe(&self) -> Result<usize, Error> {
        let input = &self.manifest.input;
        let scores = self.scores(NdTensor::zeros([1, 1, input.height as usize, input.width_multiple as usize]))?;
        Ok(scores.size(2))
    }

    fn learned(&self, nodes: &[(NodeId, NodeId)]) -> Result<Vec<Look>, Error> {
        let kernels = self.manifest.network.looks.iter().map(|look| look.kernel);
        let look = |(nodes, kernel): (&(NodeId, NodeId), [usize; 3])| {
            Look::learn(*nodes, kernel, self.high(nodes.0), |lines| self.run(vec![(nodes.0, lines.into())], nodes.1))
        };
        nodes.iter().zip(kernels).map(look).collect()
    }

    /// Rows of the values at `node`, where the network fixes them.
    fn high(&self, node: NodeId) -> Option<usize> {
        match self.model.node_info(node)?.shape()?.get(2)? {
            Dimension::Fixed(rows) => Some(*rows),
            Dimension::Symbolic(_) => None,
        }
    }

    /// Raw scores (lines, frames, classes) of normalized lines (lines, 1, height, width).
    fn scores(&self, lines: NdTensor<f32, 4>) -> Result<NdTensor<f32, 3>, Error> {
        let mut known = vec![(self.input, lines.into())];
        for look in &self.looks {
            let seen: NdTensor<f32, 4> = self.run(known, look.input)?;
            let looked = look.apply(&seen);
            known = vec![(look.input, seen.into()), (look.output, looked.into())];
        }
        self.run(known, self.output)
    }

    /// What the network makes of what is `known` of it, at node `wanted`.
    fn run<const N: usize>(&self, known: Vec<(NodeId, ValueOrView)>, wanted: NodeId) -> Result<NdTensor<f32, N>, Error> {
        let failed = |why: String| Error::new(Stage::Recognize, "network.failed", "the network failed", why).at(&self.name);
        let [found] = self.model.run_n(known, [wanted], Some(self.options.clone())).map_err(|cause| failed(cause.to_string()))?;
        found.try_into().map_err(|_| failed(format!("it gives no tensor of {N} dimensions of f32")))
    }

    /// Scaled lines of equal padded width as the network takes them: paper 0, ink about 1, paper at the right.
    fn normalized(&self, lines: &[&GrayImage]) -> NdTensor<f32, 4> {
        let input = &self.manifest.input;
        let width = padded(lines[0].width(), input.width_multiple) as usize;
        let high = input.height as usize;
        let mut values = vec![0.0; lines.len() * high * width];
        for (line, plane) in lines.iter().zip(values.chunks_exact_mut(high * width)) {
            let levels = Levels::of(line, input).table(input);
            for (row, out) in line.as_raw().chunks_exact(line.width() as usize).zip(plane.chunks_exact_mut(width)) {
                out.iter_mut().zip(row).for_each(|(value, grey)| *value = levels[usize::from(*grey)]);
            }
        }
        NdTensor::from_data([lines.len(), 1, high, width], values)
    }

    /// Reads lines of equal padded width.
    fn read_batch(&self, batch: &[Prepared], views: &[View], reads: &mut [Option<Read>]) -> Result<(), Error> {
        let scaled: Vec<&GrayImage> = batch.iter().map(|line| &line.scaled).collect();
        let scores = self.scores(self.normalized(&scaled))?;
        let classes = scores.size(2);
        let size = scores.size(1) * classes;
        let scores = scores.into_data();
        for (line, scores) in batch.iter().zip(scores.chunks_exact(size)) {
            let frames = Frames::from_scores(scores, classes, self.manifest.output.temperature);
            reads[line.index] = Some(self.line(line, &views[line.index].region, &frames));
        }
        Ok(())
    }

    /// One reading per view; None for a region off the page.
    fn read_views(&self, page: &PageImage, views: &[View]) -> Result<Vec<Option<Read>>, Error> {
        let mut by_width: BTreeMap<u32, Vec<Prepared>> = BTreeMap::new();
        let mut resizer = Resizer::new();
        for (index, view) in views.iter().enumerate() {
            let Some(cut) = Cut::new(page, &view.region) else { continue };
            let what = || format!("cannot scale the line at {:?}", view.region.rect);
            let scaled = scale(&mut resizer, &tight(&cut.grey, &self.manifest.input), self.manifest.input.height)
                .map_err(|cause| Error::new(Stage::Recognize, "network.cannot_scale", what(), cause))?;
            let scaled = view.glance.at(scaled, |line| Levels::of(line, &self.manifest.input).paper());
            by_width.entry(padded(scaled.width(), self.manifest.input.width_multiple)).or_default().push(Prepared { index, cut, scaled });
        }
        let mut reads: Vec<Option<Read>> = views.iter().map(|_| None).collect();
        for batch in by_width.values().flat_map(|lines| lines.chunks(BATCH)) {
            self.read_batch(batch, views, &mut reads)?;
        }
        Ok(reads)
    }

    fn line(&self, line: &Prepared, region: &LineRegion, frames: &Frames) -> Read {
        let plain = frames.greedy();
        let settled = self.text.as_ref().map_or_else(|| plain.clone(), |text| text.settle(frames, &plain, 0));
        let decoded = self.person(frames, &plain, region).unwrap_or(settled);
        let text = self.text_of(&decoded);
        let glyphs = self.glyphs(line, &decoded);
        let confidence = mean_confidence(glyphs.iter().map(|glyph| glyph.confidence));
        let wanted = wants_alternatives(&text, &region.doubted(glyphs.clone(), LineRegion::GUESS));
        let mut alternatives = if wanted { self.alternatives(frames, &text, confidence) } else { Vec::new() };
        self.keep_plain(&plain, &text, &mut alternatives);
        let value = self.text.as_ref().map_or(f64::from(confidence), |text| text.value(&decoded));
        let line_read = TextLine { text, rect: Some(region.rect), confidence, role: region.role, glyphs, alternatives };
        Read { line: line_read, value, view: line.index, through_pens: false }
    }

    /// Doubtful lines are read at every [`Glance`], and the readings vote.
    fn look_again(&self, page: &PageImage, views: &[View], lines: &mut [Option<Read>]) -> Result<(), Error> {
        let doubtful = |(line, read): (usize, &Option<Read>)| Some((line, read.as_ref().filter(|read| doubtful(&read.line.glyphs))?.view));
        let again: Vec<View> = lines
            .iter()
            .enumerate()
            .filter_map(doubtful)
            .flat_map(|(line, view)| Glance::AGAIN.map(|glance| View { line, region: Cow::Borrowed(&*views[view].region), glance }))
            .collect();
        let mut readings: BTreeMap<usize, Vec<Read>> = BTreeMap::new();
        for (view, read) in again.iter().zip(self.read_views(page, &again)?) {
            readings.entry(view.line).or_default().extend(read);
        }
        for (line, others) in readings {
            lines[line] = lines[line].take().map(|first| settled(first, others));
        }
        Ok(())
    }

    /// What the frames alone would have read stays beside what was made of it.
    fn keep_plain(&self, plain: &[Decoded], text: &str, alternatives: &mut Vec<Reading>) {
        let seen = self.text_of(plain);
        if seen == text || alternatives.iter().any(|other| other.text == seen) {
            return;
        }
        let confidence = mean_confidence(plain.iter().map(|letter| letter.confidence));
        alternatives.insert(0, Reading { text: seen, confidence });
        alternatives.truncate(ALTERNATIVES);
    }

    fn text_of(&self, letters: &[Decoded]) -> String {
        self.text(&letters.iter().map(|letter| letter.class).collect::<Vec<usize>>())
    }

    fn text(&self, classes: &[usize]) -> String {
        classes.iter().filter_map(|class| self.alphabet.get(class.checked_sub(1)?)).collect()
    }

    /// Each character reaches half-way to its neighbors, but no farther than a character can.
    fn glyphs(&self, line: &Prepared, decoded: &[Decoded]) -> Vec<Glyph> {
        let frame = self.manifest.output.frame_width;
        let reach = REACH * self.manifest.input.height as f32;
        let scale = line.cut.grey.width() as f32 / line.scaled.width() as f32;
        let center = |index: usize| decoded[index].center * frame;
        (0..decoded.len())
            .map(|index| {
                let left = index.checked_sub(1).map_or(reach, |before| ((center(index) - center(before)) / 2.0).min(reach));
                let right = if index + 1 < decoded.len() { ((center(index + 1) - center(index)) / 2.0).min(reach) } else { reach };
                let column = |x: f32| line.cut.column(x.clamp(0.0, line.scaled.width() as f32) * scale);
                Glyph {
                    left: column(center(index) - left),
                    right: column(center(index) + right),
                    confidence: decoded[index].confidence.clamp(0.0, 1.0),
                }
            })
            .collect()
    }

    /// Other texts that paths of the network support. Each is as sure as the line's text, times how much less probable it is.
    fn alternatives(&self, frames: &Frames, text: &str, confidence: f32) -> Vec<Reading> {
        let best: Vec<(String, f64)> =
            frames.best(ALTERNATIVES + 1).into_iter().map(|(classes, share)| (self.text(&classes), share)).collect();
        let Some(highest) = best.first().map(|(_, share)| *share).filter(|share| *share > 0.0) else { return Vec::new() };
        best.into_iter()
            .filter(|(other, share)| other != text && *share >= LEAST_SHARE * highest)
            .take(ALTERNATIVES)
            .map(|(text, share)| Reading { text, confidence: confidence * (share / highest) as f32 })
            .collect()
    }
}

impl Recognizer for Network {
    fn engine(&self) -> Engine {
        Engine::Network
    }

    fn model(&self) -> String {
        self.name.clone()
    }

    fn read(&self, page: &PageImage, layout: &PageLayout) -> Result<Vec<TextLine>, Error> {
        let first = |line, region| View { line, region, glance: Glance::FIRST };
        let views: Vec<View> = layout
            .lines
            .iter()
            .enumerate()
            .flat_map(|(line, region)| {
                let seen = region.under_pens().map(|seen| first(line, Cow::Owned(seen)));
                std::iter::once(first(line, Cow::Borrowed(region))).chain(seen)
            })
            .collect();
        let mut lines: Vec<Option<Read>> = layout.lines.iter().map(|_| None).collect();
        for (view, read) in views.iter().zip(self.read_views(page, &views)?) {
            lines[view.line] = match (lines[view.line].take(), read) {
                (Some(lifted), Some(seen)) => Some(clearer(lifted, seen)),
                (one, other) => one.or(other),
            };
        }
        self.look_again(page, &views, &mut lines)?;
        let empty = |region: &LineRegion| TextLine { rect: Some(region.rect), role: region.role, ..TextLine::default() };
        Ok(lines
            .into_iter()
            .zip(&layout.lines)
            .map(|(read, region)| read.map_or_else(|| empty(region), |read| read.under_pens(region)))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::geometry::Rect;

    fn network() -> Network {
        Network::open(Bundle::open(None).unwrap()).unwrap()
    }

    /// A page of dark and light strokes: not text, but enough for every part to have something to do.
    fn page() -> PageImage {
        let grey = GrayImage::from_fn(900, 300, |x, y| image::Luma([if (x * 7 + y * 13) % 19 < 6 && x % 11 < 7 { 30 } else { 240 }]));
        PageImage { grey, color: None, dpi: 200.0, rotation: 0, skew: 0.0 }
    }

    fn layout(rects: &[[i32; 4]]) -> PageLayout {
        let lines = rects.iter().map(|rect| LineRegion { rect: Rect::from(*rect), letter_height: 12.0, ..LineRegion::default() }).collect();
        PageLayout { lines, furniture: Vec::new() }
    }

    #[test]
    fn what_is_read_does_not_depend_on_the_lines_beside_it() {
        let (network, page) = (network(), page());
        let rects = [[0, 0, 500, 40], [10, 50, 510, 90], [20, 100, 520, 140], [5, 150, 505, 190], [0, 200, 500, 240], [0, 250, 300, 290]];
        let together = network.read(&page, &layout(&rects)).unwrap();
        for (rect, line) in rects.iter().zip(&together) {
            assert_eq!(network.read(&page, &layout(&[*rect])).unwrap()[0], *line);
        }
    }

    #[test]
    fn a_line_off_the_page_reads_as_nothing() {
        let read = network().read(&page(), &layout(&[[2000, 0, 2100, 30], [0, 0, 0, 0]])).unwrap();
        assert_eq!(read.len(), 2);
        assert!(read.iter().all(|line| line.text.is_empty() && line.rect.is_some()));
    }

    #[test]
    fn a_glyph_for_every_character_from_left_to_right() {
        let read = network().read(&page(), &layout(&[[100, 10, 800, 60]])).unwrap();
        let line = &read[0];
        assert_eq!(line.glyphs.len(), line.text.chars().count());
        assert!(line.glyphs.iter().all(|glyph| 100 <= glyph.left && glyph.left <= glyph.right && glyph.right <= 800));
        assert!(line.glyphs.is_sorted_by_key(|glyph| glyph.left));
    }

    /// What the trainer's network says of a made-up line, written beside every model by `python -m training export`.
    #[derive(serde::Deserialize)]
    struct Reference {
        width: u32,
        grey: Vec<u8>,
        /// A loose crop of 24 columns, and what is left of it.
        loose: Vec<u8>,
        tight: Vec<u8>,
        scores: Vec<f32>,
    }

    #[test]
    fn a_network_says_what_it_was_taught_to_say() {
        let folder = std::env::var_os("SARABAN_MODEL").unwrap_or(concat!(env!("CARGO_MANIFEST_DIR"), "/models/thai-lines-5").into());
        let path = std::path::Path::new(&folder).join("reference.json");
        let reference: Reference = serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap();
        let (network, grey) = (network(), GrayImage::from_raw(reference.width, 40, reference.grey).unwrap());
        let scores = network.scores(network.normalized(&[&grey])).unwrap();
        assert_eq!(scores.len(), reference.scores.len());
        for (here, there) in scores.iter().zip(&reference.scores) {
            assert!((here - there).abs() < 1e-3, "{here} here, {there} in training");
        }
        let loose = GrayImage::from_raw(24, reference.loose.len() as u32 / 24, reference.loose).unwrap();
        assert_eq!(*tight(&loose, &network.manifest.input).as_raw(), reference.tight);
    }

    #[test]
    fn looks_see_what_rten_sees() {
        let network = network();
        assert!(!network.looks.is_empty());
        let lines = NdTensor::from_data([2, 1, 40, 96], (0..2 * 40 * 96).map(|at| (at * 37 % 101) as f32 / 101.0).collect::<Vec<f32>>());
        let here = network.scores(lines.clone()).unwrap();
        let there: NdTensor<f32, 3> = network.run(vec![(network.input, lines.into())], network.output).unwrap();
        for (here, there) in here.iter().zip(there.iter()) {
            assert!((here - there).abs() < 1e-3, "{here} here, {there} by rten alone");
        }
    }
}

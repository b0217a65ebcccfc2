//! Prefix beam search over CTC frames: the most probable texts, each with the probability of all its paths.

use std::collections::HashMap;

/// Class 0: no new character in this frame.
pub const BLANK: usize = 0;
/// How far a search goes.
#[derive(Debug, Clone, Copy)]
pub struct Breadth {
    /// Prefixes kept at each frame.
    pub width: usize,
    /// Classes less probable than this in a frame do not extend a prefix.
    pub least: f32,
}

pub const USUAL: Breadth = Breadth { width: 12, least: 1e-3 };
/// Classes of a text that have a say in what comes after them.
pub const LOOK_BACK: usize = 8;
/// A text, and what speaks for it.
pub struct Prefix {
    pub classes: Vec<usize>,
    pub ends: Ends,
    /// Sum of what its letters were worth beside each other.
    pub worth: f64,
}

/// Probability of all paths of a prefix, by what they end with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ends {
    pub blank: f64,
    pub letter: f64,
}

impl Ends {
    pub fn sum(&self) -> f64 {
        self.blank + self.letter
    }
}

/// The best texts of `frames`, best first. `before` is the class that the frame before the first one told: a repetition of it is no new letter.
/// `worth(text, class)`: natural logarithm of what `class` is worth after `text` (the last [`LOOK_BACK`] classes of it), beside its probability.
pub fn search<'a>(
    frames: impl Iterator<Item = &'a [f32]>,
    before: usize,
    breadth: Breadth,
    worth: impl Fn(&[usize], usize) -> f64,
) -> Vec<Prefix> {
    let mut trie = Trie::new(before);
    let start = if before == BLANK { Ends { blank: 1.0, letter: 0.0 } } else { Ends { blank: 0.0, letter: 1.0 } };
    let mut beam: Vec<(usize, Ends)> = vec![(Trie::ROOT, start)];
    for shares in frames {
        beam = extend(&mut trie, &beam, shares, breadth, &worth);
    }
    beam.into_iter()
        .map(|(prefix, ends)| Prefix { classes: trie.text(prefix, usize::MAX), ends, worth: trie.nodes[prefix].worth })
        .collect()
}

/// Prefixes of the search; each knows its last class and the prefix before it.
struct Trie {
    nodes: Vec<Node>,
    children: HashMap<(usize, usize), usize>,
}

struct Node {
    parent: usize,
    class: usize,
    worth: f64,
}

impl Trie {
    const ROOT: usize = 0;

    fn new(before: usize) -> Trie {
        Trie { nodes: vec![Node { parent: Trie::ROOT, class: before, worth: 0.0 }], children: HashMap::new() }
    }

    fn child(&mut self, prefix: usize, class: usize, worth: &impl Fn(&[usize], usize) -> f64) -> usize {
        if let Some(known) = self.children.get(&(prefix, class)) {
            return *known;
        }
        let worth = self.nodes[prefix].worth + worth(&self.text(prefix, LOOK_BACK), class);
        self.nodes.push(Node { parent: prefix, class, worth });
        self.children.insert((prefix, class), self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    /// The last `most` classes of a prefix.
    fn text(&self, mut prefix: usize, most: usize) -> Vec<usize> {
        let mut classes = Vec::new();
        while prefix != Trie::ROOT && classes.len() < most {
            classes.push(self.nodes[prefix].class);
            prefix = self.nodes[prefix].parent;
        }
        classes.reverse();
        classes
    }
}

/// Every prefix of the beam, one frame later; the best of them.
fn extend(
    trie: &mut Trie,
    beam: &[(usize, Ends)],
    shares: &[f32],
    breadth: Breadth,
    worth: &impl Fn(&[usize], usize) -> f64,
) -> Vec<(usize, Ends)> {
    let likely: Vec<usize> = (1..shares.len()).filter(|&class| shares[class] >= breadth.least).collect();
    let mut next: HashMap<usize, Ends> = HashMap::with_capacity(beam.len() * (likely.len() + 1));
    for &(prefix, ends) in beam {
        let last = trie.nodes[prefix].class;
        let stay = next.entry(prefix).or_default();
        stay.blank += ends.sum() * f64::from(shares[BLANK]);
        if last != BLANK {
            stay.letter += ends.letter * f64::from(shares[last]);
        }
        for &class in &likely {
            let paths = if class == last { ends.blank } else { ends.sum() };
            if paths > 0.0 {
                next.entry(trie.child(prefix, class, worth)).or_default().letter += paths * f64::from(shares[class]);
            }
        }
    }
    let value = |prefix: usize, ends: &Ends| ends.sum().ln() + trie.nodes[prefix].worth;
    let mut beam: Vec<(usize, Ends, f64)> = next.into_iter().map(|(prefix, ends)| (prefix, ends, value(prefix, &ends))).collect();
    beam.sort_by(|(a, _, one), (b, _, other)| other.total_cmp(one).then(a.cmp(b)));
    beam.truncate(breadth.width);
    beam.into_iter().map(|(prefix, ends, _)| (prefix, ends)).collect()
}

//! Rows that are a person's name, most of them under a signature: given names are few, and what stands in surnames is known too.

use super::Network;
use crate::document::text::LineRegion;
use crate::recognize::decode::{Decoded, Frames};
use crate::thai::names;

/// A row all of whose letters are surer than this, with no pen over it, needs no doubt because a name is rare.
const SURE: f32 = 0.98;

impl Network {
    /// The row as names go, where it is a name. `plain`: the best path of `frames`.
    pub(super) fn person(&self, frames: &Frames, plain: &[Decoded], region: &LineRegion) -> Option<Vec<Decoded>> {
        let known = self.names.as_ref()?;
        let from = names::given_name_at(&self.text_of(plain))?;
        let mut person = known.settle(frames, plain, from);
        let in_doubt = person[from..].iter().any(|letter| letter.confidence < SURE);
        if in_doubt || !region.overwritten.is_empty() {
            let given = self.text_of(&person[from..]).chars().take_while(|letter| !letter.is_whitespace()).count();
            known.doubt_unlikely(&mut person, from..from + given);
        }
        Some(person)
    }
}

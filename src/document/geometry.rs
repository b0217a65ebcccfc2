//! Places on a page: pixels of the upright page image, origin at the top left, x to the right, y down.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A rectangle in pixels, `right` and `bottom` exclusive. Written in JSON as `[left, top, right, bottom]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize, JsonSchema)]
#[serde(from = "[i32; 4]", into = "[i32; 4]")]
pub struct Rect {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

impl Rect {
    pub fn new(left: i32, top: i32, right: i32, bottom: i32) -> Self {
        Rect { left, top, right, bottom }
    }

    pub fn width(&self) -> i32 {
        self.right - self.left
    }

    pub fn height(&self) -> i32 {
        self.bottom - self.top
    }

    pub fn is_empty(&self) -> bool {
        self.width() <= 0 || self.height() <= 0
    }

    /// Square pixels; 0 when empty.
    pub fn area(&self) -> i64 {
        if self.is_empty() { 0 } else { i64::from(self.width()) * i64::from(self.height()) }
    }

    /// The smallest rectangle that holds both.
    pub fn union(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.min(other.left),
            top: self.top.min(other.top),
            right: self.right.max(other.right),
            bottom: self.bottom.max(other.bottom),
        }
    }

    /// Whether one stands wholly to the left or right of the other.
    pub fn is_beside(&self, other: &Rect) -> bool {
        self.right < other.left || other.right < self.left
    }

    /// What both cover; may be empty.
    pub fn intersection(&self, other: &Rect) -> Rect {
        Rect {
            left: self.left.max(other.left),
            top: self.top.max(other.top),
            right: self.right.min(other.right),
            bottom: self.bottom.min(other.bottom),
        }
    }
}

impl From<[i32; 4]> for Rect {
    fn from([left, top, right, bottom]: [i32; 4]) -> Self {
        Rect { left, top, right, bottom }
    }
}

impl From<Rect> for [i32; 4] {
    fn from(rect: Rect) -> Self {
        [rect.left, rect.top, rect.right, rect.bottom]
    }
}

"""How a cut line becomes the network's input. The Rust reader does exactly the same (see models/README.md)."""

import numpy as np
from PIL import Image

HEIGHT = 40
WIDTH_MULTIPLE = 32
PAPER_SHARE, INK_SHARE = 0.70, 0.005
LEAST_CONTRAST = 48
LOW, HIGH = -0.25, 1.25


def scale(line: np.ndarray) -> np.ndarray:
    """A grey crop of any size, to 40 rows at the same proportions (Pillow's bilinear: a triangle filter, antialiased)."""
    rows, columns = line.shape
    width = max(8, int(columns * HEIGHT / rows + 0.5))
    return np.asarray(Image.fromarray(line).resize((width, HEIGHT), Image.BILINEAR))


def contrast(line: np.ndarray) -> np.ndarray:
    """Grey 0–255 to paper 0, ink 1, by the line's own paper and ink levels."""
    counts = np.cumsum(np.bincount(line.reshape(-1), minlength=256))
    paper = int(np.searchsorted(counts, PAPER_SHARE * line.size))
    ink = int(np.searchsorted(counts, INK_SHARE * line.size))
    span = max(paper - ink, LEAST_CONTRAST)
    return np.clip((paper - line.astype(np.float32)) / span, LOW, HIGH)


def padded(width: int) -> int:
    return -(-width // WIDTH_MULTIPLE) * WIDTH_MULTIPLE


def batch(lines: list[np.ndarray]) -> np.ndarray:
    """Scaled grey lines to one `(lines, 1, 40, width)` array, each padded at its right with paper."""
    width = padded(max(line.shape[1] for line in lines))
    out = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for i, line in enumerate(lines):
        out[i, 0, :, : line.shape[1]] = contrast(line)
    return out

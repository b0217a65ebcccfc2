"""How a cut line becomes the network's input. The Rust reader does exactly the same (see models/README.md)."""

import numpy as np
from PIL import Image

HEIGHT = 40
WIDTH_MULTIPLE = 32
PAPER_SHARE, INK_SHARE = 0.70, 0.005
LEAST_CONTRAST = 48
LOW, HIGH = -0.25, 1.25
INK_DEPTH, INK_PIXELS = 0.35, 2  # a row has ink where so many pixels are darker than paper by this share of the span
LOOSE, MARGIN, LEAST_BAND = 0.8, 0.1, 0.4


def tight(line: np.ndarray) -> np.ndarray:
    """A grey crop without the blank rows above and below its ink, where they are many: what is cut loosely would reach the network in small print."""
    rows = line.shape[0]
    paper, span = levels(line)
    inked = np.flatnonzero((line < paper - INK_DEPTH * span).sum(1) >= INK_PIXELS)
    if len(inked) == 0 or inked[-1] + 1 - inked[0] >= LOOSE * rows:
        return line
    top, bottom = int(inked[0]), int(inked[-1]) + 1
    margin = max(1, int(MARGIN * (bottom - top) + 0.5))
    margin += max(0, int(LEAST_BAND * rows + 0.5) - (bottom - top + 2 * margin) + 1) // 2
    return line[max(0, top - margin) : bottom + margin]


def scale(line: np.ndarray) -> np.ndarray:
    """A grey crop of any size, to 40 rows at the same proportions (Pillow's bilinear: a triangle filter, antialiased)."""
    rows, columns = line.shape
    width = max(8, int(columns * HEIGHT / rows + 0.5))
    return np.asarray(Image.fromarray(line).resize((width, HEIGHT), Image.BILINEAR))


def contrast(line: np.ndarray) -> np.ndarray:
    """Grey 0–255 to paper 0, ink 1, by the line's own paper and ink levels."""
    paper, span = levels(line)
    return np.clip((paper - line.astype(np.float32)) / span, LOW, HIGH)


def levels(line: np.ndarray) -> tuple[int, int]:
    """The grey of paper, and how much darker ink is."""
    counts = np.cumsum(np.bincount(line.reshape(-1), minlength=256))
    paper = int(np.searchsorted(counts, PAPER_SHARE * line.size))
    ink = int(np.searchsorted(counts, INK_SHARE * line.size))
    return paper, max(paper - ink, LEAST_CONTRAST)


def padded(width: int) -> int:
    return -(-width // WIDTH_MULTIPLE) * WIDTH_MULTIPLE


def batch(lines: list[np.ndarray]) -> np.ndarray:
    """Scaled grey lines to one `(lines, 1, 40, width)` array, each padded at its right with paper."""
    width = padded(max(line.shape[1] for line in lines))
    out = np.zeros((len(lines), 1, HEIGHT, width), np.float32)
    for i, line in enumerate(lines):
        out[i, 0, :, : line.shape[1]] = contrast(line)
    return out

"""`python -m training cut`: training lines cut from whole drawn pages (`drawing/`), with all that stands around them there.

Where a folder of cuts made by `saraban` lies beside the pages, a line is what layout found; else its true band, taken carelessly.
"""

import json
import random
import tempfile
from pathlib import Path

import cv2
import numpy as np

from PIL import Image

from drawing import fonts as page_fonts
from drawing import marks
from drawing import pages as drawn

from . import fonts, hand, labels, shards
from .generate import fits

PAGES_PER_SHARD = 16


def keep_out() -> None:
    """Pages are drawn without the kept-out typeface and with all hands but the kept-out ones."""
    page_fonts.FAMILIES[fonts.KEPT_OUT.lower()] = page_fonts.FAMILIES["kinnari"]
    few_hands = marks.handwriting

    def many_hands(text, height, rng):
        mask = hand.write(text, round(height * marks.MM), random.Random(int(rng.integers(1 << 31))))
        return few_hands(text, height, rng) if mask is None else Image.fromarray(mask)

    marks.handwriting = many_hands


def endless(folder: Path, seed: int, first: int, count: int | None) -> None:
    """Draws pages `first`… of the endless series `seed` and adds a shard of lines for every few."""
    keep_out()
    folder.mkdir(parents=True, exist_ok=True)
    number = first
    while count is None or number < first + count:
        with tempfile.TemporaryDirectory() as scratch:
            drawn.train(PAGES_PER_SHARD, seed, scratch, number * PAGES_PER_SHARD)
            rng = random.Random(f"{seed} {number}")
            crops = [line for page in sorted(Path(scratch).glob("*.json")) for line in true_lines(page, rng)]
        shards.save(folder / f"{number:06}.npz", crops)
        number += 1


def true_lines(page: Path, rng: random.Random) -> list[tuple[np.ndarray, str]]:
    """The lines of one page by their true quads, turned upright, with careless margins."""
    truth = json.loads(page.read_text(encoding="utf-8"))
    grey = cv2.imread(str(page.parent / truth["source"]), cv2.IMREAD_GRAYSCALE)
    crops = []
    for line in truth["lines"]:
        text = labels.canonical(line["text"])
        crop = _upright(grey, np.float32(line["quad"]), rng)
        if crop is not None and labels.known(text) and fits(crop, text):
            crops.append((crop, text))
    return crops


def _upright(grey, quad, rng):
    left_top, right_top, _, left_bottom = quad
    across, down = right_top - left_top, left_bottom - left_top
    width, height = float(np.hypot(*across)), float(np.hypot(*down))
    if width < 4 or height < 6:
        return None
    above, below = (rng.uniform(-0.03, 0.15) * height for _ in range(2))
    before, after = (rng.choice((0, 1, 2, 4, 8, 14)) for _ in range(2))
    x, y = across / width, down / height
    lean = rng.gauss(0, 0.001) * y * width
    corner = left_top - x * before - y * above
    source = np.float32([corner, corner + x * (width + before + after) + lean, corner + y * (height + above + below)])
    size = int(width + before + after), int(height + above + below)
    turn = cv2.getAffineTransform(source, np.float32([(0, 0), (size[0], 0), (0, size[1])]))
    return cv2.warpAffine(grey, turn, size, flags=cv2.INTER_LINEAR, borderValue=255)

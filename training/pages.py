"""`python -m training cut`: training lines cut from whole drawn pages (`drawing/`), with all that stands around them there.

With `--layout 'saraban read'` the lines are those that saraban's own stages find and clean; without, their true bands, taken carelessly.
"""

import json
import random
import re
import shlex
import subprocess
import tempfile
from pathlib import Path

import cv2
import numpy as np

from PIL import Image

from drawing import fonts as page_fonts
from drawing import invent, marks
from drawing import pages as drawn

from . import fonts, hand, labels, shards, text
from .generate import fits
from .text import Writer

PAGES_PER_SHARD = 48
OWN: dict[str, list[str]] = {}  # what the page drawer says of itself
LABEL = re.compile("^ที่(?=[ก-ฮ]{2} ?[๐-๙0-9])")  # the truth omits the white between a label and a value on leaders


def choose(kept_out: bool) -> None:
    """Pages are drawn without the kept-out typeface, in those of `.fonts/` too, and with all hands but the kept-out ones; or, to measure, with what is `kept_out` alone."""
    if kept_out:
        invent.TYPEFACES[:] = [fonts.KEPT_OUT.lower()]
    else:
        page_fonts.FAMILIES[fonts.KEPT_OUT.lower()] = page_fonts.FAMILIES["kinnari"]
        _fetched()
    few_hands = marks.handwriting

    def many_hands(text, height, rng):
        mask = hand.write(text, round(height * marks.MM), random.Random(int(rng.integers(1 << 31))), kept_out)
        return few_hands(text, height, rng) if mask is None else Image.fromarray(mask)

    marks.handwriting = many_hands


def _fetched() -> None:
    """The families of `.fonts/` that letters might be set in join those that pages are drawn in."""
    for regular in sorted(fonts.FETCHED.glob("*_400Regular.ttf")):
        family = regular.stem.partition("_")[0]
        bold = regular.with_name(f"{family}_700Bold.ttf")
        if family not in fonts.SHOWY and bold.exists() and {"ก", "a", "."} <= fonts.characters(str(regular)):
            page_fonts.FAMILIES[family] = (str(regular), str(bold))
            invent.TYPEFACES.append(family)


def endless(folder: Path, seed: int, first: int, count: int | None, layout: str | None, kept_out: bool = False) -> None:
    """Draws pages `first`… of the endless series `seed` and adds a shard of lines for every few."""
    choose(kept_out)
    folder.mkdir(parents=True, exist_ok=True)
    number = first
    while count is None or number < first + count:
        rng = random.Random(f"{seed} {number}")
        widen(Writer(rng))
        with tempfile.TemporaryDirectory() as scratch:
            drawn.train(PAGES_PER_SHARD, seed, scratch, number * PAGES_PER_SHARD)
            pages = sorted(Path(scratch).glob("*.json"))
            crops = found_lines(pages, layout) if layout else [line for page in pages for line in true_lines(page, rng)]
        shards.save(folder / f"{number:06}.npz", crops)
        number += 1


def widen(writer: Writer) -> None:
    """Other matter for the next pages: the page drawer's own few sentences would soon be known by heart."""
    make = {
        "TOPICS": writer.phrase, "NAMES": lambda: writer.person().strip("()"), "AIMS": writer.phrase, "PAPERS": lambda: writer.pick((writer.phrase(), writer.citation())),
        "POSTS": lambda: writer.pick(text.POSTS) + writer.word(), "ASKS": lambda: writer.pick(text.SUBJECTS), "MIDDLES": lambda: writer.body(160), "CAUSES": lambda: writer.body(120),
    }
    for name, one in make.items():
        own = OWN.setdefault(name, list(_listed(getattr(invent, name))))
        fresh = [phrase for phrase in (one() for _ in range(40)) if not set(phrase) & set("{}|")]
        setattr(invent, name, own + fresh)


def _listed(things):
    return things.split("|") if isinstance(things, str) else things


def found_lines(pages: list[Path], layout: str) -> list[tuple[np.ndarray, str]]:
    """The lines that saraban cuts out of the pages, each with the true text of what it covers; doubtful ones are left out."""
    truths = {page.stem: json.loads(page.read_text(encoding="utf-8")) for page in pages}
    images = [str(page.parent / truths[page.stem]["source"]) for page in pages]
    cuts = pages[0].parent / "cuts"
    subprocess.run([*shlex.split(layout), "--lines", str(cuts), *images], check=False, stdout=subprocess.DEVNULL)
    crops = []
    for row in (cuts / "lines.ndjson").read_text(encoding="utf-8").splitlines():
        found = json.loads(row)
        label = covered(found["quad"], truths[Path(found["source"]).stem])
        crop = cv2.imread(str(cuts / found["file"]), cv2.IMREAD_GRAYSCALE) if label else None
        if crop is not None and crop.shape[0] >= 8 and crop.shape[1] >= 4 and labels.known(label) and fits(crop, label):
            crops.append((crop, label))
    return crops


def covered(quad, truth) -> str | None:
    """The text of the true lines that a found line covers from end to end; None where one is cut, or none is covered."""
    left, top, right, bottom = _level(quad, truth)
    parts = []
    for line in truth["lines"]:
        a, b, c, d = _level(line["quad"], truth)
        down = (min(bottom, d) - max(top, b)) / (d - b)
        across = (min(right, c) - max(left, a)) / (c - a)
        slack = 0.5 * (d - b) / (c - a)
        if down < 0.5 or across < 0.02:
            continue
        if across < 1 - min(0.2, max(0.02, 0.3 * slack)) or down < 0.75 or bottom - top > 2.4 * (d - b):
            return None
        parts.append((a, line["text"]))
    label = labels.canonical(" ".join(words for _, words in sorted(parts)))
    return LABEL.sub("ที่ ", label) or None


def _level(quad, truth) -> tuple[float, float, float, float]:
    """The box around a quad on the page turned upright."""
    turn = cv2.getRotationMatrix2D((truth["width"] / 2, truth["height"] / 2), truth["skew"], 1)
    points = np.float32(quad) @ turn[:, :2].T + turn[:, 2]
    return (*points.min(0), *points.max(0))


def true_lines(page: Path, rng: random.Random) -> list[tuple[np.ndarray, str]]:
    """The lines of one page by their true quads, turned upright, with careless margins."""
    truth = json.loads(page.read_text(encoding="utf-8"))
    grey = cv2.imread(str(page.parent / truth["source"]), cv2.IMREAD_GRAYSCALE)
    crops = []
    for line in truth["lines"]:
        label = labels.canonical(line["text"])
        crop = _upright(grey, np.float32(line["quad"]), rng)
        if crop is not None and labels.known(label) and fits(crop, label):
            crops.append((crop, label))
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

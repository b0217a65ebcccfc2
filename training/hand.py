"""Handwriting. Thai digits are cells of `digit-N.png` (64 px, 32 a row, ink on white; the last two rows are kept for the test, cells that show no such digit are left out);
Arabic digits are MNIST's where `fonts.sh` fetched them; else they, words and some Thai digits come from typefaces that look written; signatures are drawn."""

import json
import random
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw

from . import fonts

SHEETS = Path(__file__).parents[2] / "shared" / "handwriting"
CELL, ACROSS, KEPT_ROWS = 64, 32, 2


@cache
def cells(kept_out: bool) -> list[list[np.ndarray]]:
    """Per digit, ink masks (0–255) cut to their ink."""
    digits = []
    for n in range(10):
        sheet = 255 - cv2.imread(str(SHEETS / f"digit-{n}.png"), cv2.IMREAD_GRAYSCALE)
        rows = sheet.shape[0] // CELL
        wanted = range(rows - KEPT_ROWS, rows) if kept_out else range(rows - KEPT_ROWS)
        places = [(r, c) for r in wanted for c in range(ACROSS) if r * ACROSS + c not in _not_digits()[n]]
        grid = [sheet[r * CELL : (r + 1) * CELL, c * CELL : (c + 1) * CELL] for r, c in places]
        digits.append([ink for ink in map(_trim, grid) if ink is not None])
    return digits


@cache
def _not_digits() -> list[set[int]]:
    """Per digit, cells of its sheet that show something else."""
    lines = (Path(__file__).parent / "not_digits.txt").read_text().splitlines()
    rows = dict(line.split(":") for line in lines if not line.startswith("#"))
    return [set(map(int, rows.get(str(n), "").split())) for n in range(10)]


@cache
def _arabic_cells() -> list[list[np.ndarray]]:
    """Per Arabic digit, ink masks (0–255) of about 84 rows; none where they were not fetched."""
    paths = [fonts.FETCHED / "digits" / f"{n}.json" for n in range(10)]
    return [_enlarged(json.loads(path.read_text())["data"]) for path in paths] if all(path.exists() for path in paths) else []


def _enlarged(values: list[float]) -> list[np.ndarray]:
    small = (np.float32(values).reshape(-1, 28, 28) * 255).clip(0, 255)
    large = (cv2.resize(ink, (112, 112), interpolation=cv2.INTER_CUBIC) for ink in small)
    return [ink for ink in (_trim(((ink - 64) * 2).clip(0, 255).astype(np.uint8)) for ink in large) if ink is not None]


def _arabic(letter: str, face: str | None, size: int, rng: random.Random) -> np.ndarray:
    """A digit by a hand, its stroke anything from a pencil's to a marker's; or by the typeface at `face`."""
    if face:
        return _typed(letter, face, size, rng)
    pool = _arabic_cells()[int(letter)]
    ink = pool[rng.randrange(len(pool))]
    thin = rng.randint(1, 8)
    thinner = cv2.erode(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (thin, thin)))
    ink = thinner if thinner.max() > 200 else ink
    factor = size / max(ink.shape[0], 0.5 * ink.shape[1])
    return cv2.resize(_bend(ink, rng), None, fx=factor * rng.uniform(0.75, 1.2), fy=factor, interpolation=cv2.INTER_AREA)


def write(text: str, height: int, rng: random.Random, kept_out: bool = False) -> np.ndarray | None:
    """`text` by one hand, as an ink mask about `height` rows high: digits one by one, words in one go. None if a letter has no hand."""
    if not set(text) <= set("๐๑๒๓๔๕๖๗๘๙0123456789./:"):
        return None if kept_out else _worded(text, height, rng)
    written = fonts.written(rng) if not _arabic_cells() or rng.random() < 0.3 else None
    typed = fonts.hand(rng) if not kept_out and rng.random() < 0.15 else None
    glyphs, thick, slant = [], rng.choice((-1, 0, 0, 0, 1)), rng.uniform(-0.05, 0.35)
    pen = rng.uniform(0.04, 0.13) if not kept_out and rng.random() < 0.5 else None
    for letter in text:
        if letter in "๐๑๒๓๔๕๖๗๘๙":
            pool = cells(kept_out)["๐๑๒๓๔๕๖๗๘๙".index(letter)]
            ink = _typed(letter, typed, 64, rng) if typed else pool[rng.randrange(len(pool))]
            ink = _by_pen(ink, pen) if pen and not typed else ink
            size = height * rng.uniform(0.72, 1.0)
            factor = size / max(ink.shape[0], 0.6 * ink.shape[1])
            ink = _bend(ink, rng)
            ink = cv2.resize(ink, None, fx=factor * rng.uniform(0.75, 1.2), fy=factor, interpolation=cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR)
        elif letter in "./:":
            ink = _stroke(letter, height, rng)
        elif letter in "0123456789" and not kept_out:
            ink = _arabic(letter, written, int(height * rng.uniform(0.7, 1.0)), rng)
        else:
            return None
        glyphs.append(_weigh(ink, thick))
    if not glyphs:
        return None
    gap = rng.uniform(-0.12, 0.15) * height
    width = int(sum(g.shape[1] + max(gap, -0.3 * g.shape[1]) for g in glyphs) + height)
    mask = np.zeros((int(height * 1.35), max(width, 8)), np.uint8)
    x = 2.0
    for glyph in glyphs:
        h, w = glyph.shape
        h, w = min(h, mask.shape[0]), min(w, mask.shape[1] - int(x))
        y = int((mask.shape[0] - h) / 2 + rng.uniform(-0.08, 0.08) * height)
        y = min(max(y, 0), mask.shape[0] - h)
        spot = mask[y : y + h, int(x) : int(x) + w]
        np.maximum(spot, glyph[:h, :w], out=spot)
        x += max(w + gap, 0.4 * w)
    shear = np.float32([[1, -slant, slant * mask.shape[0] / 2], [0, 1, 0]])
    return cv2.warpAffine(mask, shear, (mask.shape[1], mask.shape[0]))[:, : int(x + 0.4 * height)]


def scribble(width: int, height: int, rng: random.Random, pen: int | None = None) -> np.ndarray:
    """A signature-like stroke, as an ink mask; `pen` pixels thick."""
    mask = np.zeros((height, width), np.uint8)
    n = rng.randint(5, 12)
    xs = np.cumsum([rng.uniform(-0.5, 1.0) for _ in range(n)])
    xs = (xs - xs.min()) / max(float(np.ptp(xs)), 1e-3) * (width - 1)
    points = [np.array([x, rng.uniform(0, height - 1)]) for x in xs]
    curve = []
    for a, b, c in zip(points, points[1:], points[2:]):
        start, end = (a + b) / 2, (b + c) / 2
        curve += [(1 - t) ** 2 * start + 2 * t * (1 - t) * b + t * t * end for t in np.linspace(0, 1, 12)]
    cv2.polylines(mask, [np.int32(curve)], False, 255, pen or rng.choice((1, 1, 2, 2, 3)), cv2.LINE_AA)
    return mask


def _stroke(letter, height, rng):
    if letter in ".:":
        ink = np.zeros((height, max(3, height // 5)), np.uint8)
        for y in (height - 3,) if letter == "." else (height - 3, height // 2):
            cv2.circle(ink, (ink.shape[1] // 2, y), max(1, height // 22), 255, -1, cv2.LINE_AA)
        return ink
    ink = np.zeros((height, max(4, height // 3)), np.uint8)
    cv2.line(ink, (1, height - 2), (ink.shape[1] - 2, 1), 255, rng.choice((1, 2, 2)), cv2.LINE_AA)
    return ink


def _by_pen(ink, thickness):
    """The digit drawn along the middle of its strokes with another pen, as thick as this share of its height: one row is written with one pen."""
    large = cv2.copyMakeBorder(cv2.resize(ink, None, fx=4, fy=4, interpolation=cv2.INTER_CUBIC), 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=0)
    depth = cv2.distanceTransform((large > 128).astype(np.uint8), cv2.DIST_L2, 5)
    ridge = (depth > 0) & (depth >= cv2.dilate(depth, np.ones((3, 3))) - 0.5)
    if not ridge.any():
        return ink
    middle = (ridge & (depth > 0.6 * np.median(depth[ridge]))).astype(np.uint8) * 255
    across = max(3, int(thickness * 4 * ink.shape[0]))
    drawn = cv2.dilate(middle, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (across, across)))
    drawn = _trim(cv2.resize(cv2.GaussianBlur(drawn, (0, 0), 2), None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA))
    return ink if drawn is None else drawn


def _bend(ink, rng):
    """The same digit by another hand: leaned, turned, stretched toward one corner."""
    rows, columns = ink.shape
    padded = cv2.copyMakeBorder(ink, rows // 4, rows // 4, columns // 4, columns // 4, cv2.BORDER_CONSTANT, value=0)
    high, wide = padded.shape
    corners = np.float32([(0, 0), (wide, 0), (wide, high), (0, high)])
    moved = corners + np.float32([(rng.gauss(0, 0.09) * wide, rng.gauss(0, 0.09) * high) for _ in range(4)])
    bent = cv2.warpPerspective(padded, cv2.getPerspectiveTransform(corners, moved), (wide, high))
    trimmed = _trim(_sway(bent, rng))
    return ink if trimmed is None else trimmed


def _sway(ink, rng):
    """Every stroke a little aside of where it was."""
    rows, columns = ink.shape
    reach = rng.uniform(0, 0.06) * min(rows, columns)
    noise = np.random.default_rng(rng.getrandbits(32))
    fields = noise.uniform(-reach, reach, (2, 4, 4)).astype(np.float32)
    across, down = (cv2.resize(field, (columns, rows), interpolation=cv2.INTER_CUBIC) for field in fields)
    x, y = np.meshgrid(np.arange(columns, dtype=np.float32), np.arange(rows, dtype=np.float32))
    return cv2.remap(ink, x + across, y + down, cv2.INTER_LINEAR)


def _worded(text, height, rng):
    path = fonts.hand(rng)
    if not set(text) <= fonts.characters(path):
        return None
    ink = _trim(_sway(_typed(text, path, height, rng), rng))
    return ink if ink is None else _weigh(ink, rng.choice((-1, 0, 0, 1)))


def _typed(letter, path, height, rng):
    font = fonts.load(path, max(8, height))
    left, top, right, bottom = font.getbbox(letter)
    image = Image.new("L", (max(2, right - left + 2), max(2, bottom - top + 2)), 0)
    ImageDraw.Draw(image).text((1 - left, 1 - top), letter, font=font, fill=255)
    ink = np.asarray(image)
    factor = height / ink.shape[0]
    return cv2.resize(ink, None, fx=factor * rng.uniform(0.8, 1.15), fy=factor, interpolation=cv2.INTER_LINEAR)


def _weigh(ink, thick):
    if thick == 0:
        return ink
    kernel = np.ones((2, 2), np.uint8)
    return cv2.dilate(ink, kernel) if thick > 0 else np.maximum(cv2.erode(ink, kernel), (ink * 0.5).astype(np.uint8))


def _trim(ink):
    rows, columns = np.where(ink.max(1) > 60)[0], np.where(ink.max(0) > 60)[0]
    if len(rows) < 6 or len(columns) < 4:
        return None
    return np.ascontiguousarray(ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1])
